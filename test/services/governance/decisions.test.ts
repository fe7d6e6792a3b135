import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { railGovernorAbi } from '@nexus/chain/abi/RailGovernor'
import { railTimelockAbi } from '@nexus/chain/abi/RailTimelock'
import type { Call, ClassName } from '@nexus/governance/class-table'
import type { Network } from '@nexus/governance/contracts'
import {
  ballotTypedData,
  type ChoiceName,
  choiceNames,
  decisionIdOf,
  rationaleHashOf,
} from '@nexus/governance/decision'
import { classOf, readDecision, readDecisions, readEmergencies, remainsOf } from '@nexus/governance/decisions'
import { asNvmReads, asRailReads, callLines, decodeCalls } from '@nexus/governance/decode'
import { batchOf, multiSendAbi } from '@nexus/governance/safe'
import { readSeats, seatsMatchOwners } from '@nexus/governance/seats'
import { NexusError } from '@nexus/kit/errors'
import { accounts } from '@nexus/local/accounts'
import { expect } from 'chai'
import { type Abi, encodeFunctionData, type Hex, parseAbi, zeroHash } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { DAY, type GovernanceWorld, HOUR, holders, startGovernance, TIMELOCK } from './fixture.ts'

const at = <T>(list: readonly T[], n: number): T => {
  const one = list[n]
  if (one === undefined) throw new Error(`there is no number ${n}`)
  return one
}

describe('reading decisions', function () {
  this.timeout(300_000)
  let world: GovernanceWorld
  let network: Network
  let pause: Call
  let pausePolicies: Call
  before(async () => {
    world = await startGovernance()
    network = { client: world.rpc.client, manifest: world.manifest }
    const { registry, policyBook } = world.manifest
    const data = encodeFunctionData({ abi: evidenceRegistryAbi, functionName: 'pause', args: [HOUR] })
    pause = { to: registry, value: 0n, data }
    const other = encodeFunctionData({ abi: policyBookAbi, functionName: 'pause', args: [HOUR] })
    pausePolicies = { to: policyBook, value: 0n, data: other }
  })
  after(() => world?.stop())

  describe('decodes and classifies', () => {
    const timelockAbi = parseAbi([
      'function schedule(address target, uint256 value, bytes data, bytes32 predecessor, bytes32 salt, uint256 delay)',
      'function executeBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt)',
    ])
    const managerAbi = parseAbi([
      'function schedule(address target, bytes data, uint48 when)',
      'function execute(address target, bytes data)',
      'function multicall(bytes[] data)',
      'function setTargetClosed(address target, bool closed)',
    ])
    const managerCall = (functionName: 'execute') =>
      encodeFunctionData({ abi: managerAbi, functionName, args: [pause.to, pause.data] })
    const torn = encodeFunctionData({ abi: multiSendAbi, functionName: 'multiSend', args: ['0x00112233'] })
    const cases: [string, () => Call, ClassName, string[]][] = [
      ['a call by itself', () => pause, 'emergency', ['EvidenceRegistry.pause(durationSeconds: 3600 (1 h))']],
      [
        'a batch',
        () => ({ to: world.established.multiSend, value: 0n, data: batchOf([pause, pausePolicies]) }),
        'ordinary',
        [
          'MultiSendCallOnly.multiSend()',
          '  EvidenceRegistry.pause(durationSeconds: 3600 (1 h))',
          '  PolicyBook.pause(durationSeconds: 3600 (1 h))',
        ],
      ],
      [
        'a timelock’s schedule',
        () => ({
          ...{ to: TIMELOCK, value: 0n },
          data: encodeFunctionData({
            ...{ abi: timelockAbi, functionName: 'schedule' },
            args: [pause.to, 0n, pause.data, zeroHash, zeroHash, 60n],
          } as const),
        }),
        'ordinary',
        ['timelock.schedule()', '  EvidenceRegistry.pause(durationSeconds: 3600 (1 h))'],
      ],
      [
        'a batch in a timelock in a batch',
        () => {
          const inner = { to: world.established.multiSend, data: batchOf([pausePolicies]) }
          const data = encodeFunctionData({
            ...{ abi: timelockAbi, functionName: 'executeBatch' },
            args: [[pause.to, inner.to], [0n, 0n], [pause.data, inner.data], zeroHash, zeroHash],
          } as const)
          return { to: world.established.multiSend, value: 0n, data: batchOf([{ to: TIMELOCK, value: 0n, data }]) }
        },
        'ordinary',
        [
          'MultiSendCallOnly.multiSend()',
          '  timelock.executeBatch()',
          '    EvidenceRegistry.pause(durationSeconds: 3600 (1 h))',
          '    MultiSendCallOnly.multiSend()',
          '      PolicyBook.pause(durationSeconds: 3600 (1 h))',
        ],
      ],
      [
        'an AccessManager’s batch, with what is constitutional inside',
        () => {
          const schedule = encodeFunctionData({
            abi: managerAbi,
            functionName: 'schedule',
            args: [pause.to, pause.data, 0],
          })
          const close = encodeFunctionData({ abi: managerAbi, functionName: 'setTargetClosed', args: [pause.to, true] })
          const data = encodeFunctionData({ abi: managerAbi, functionName: 'multicall', args: [[schedule, close]] })
          return { to: world.manifest.accessManager, value: 0n, data }
        },
        'constitutional',
        [
          'AccessManager.multicall()',
          '  AccessManager.schedule()',
          '    EvidenceRegistry.pause(durationSeconds: 3600 (1 h))',
          '  AccessManager.setTargetClosed(target: REGISTRY, closed: true)',
        ],
      ],
      [
        'what nobody knows, and does not guess from its selector',
        () => ({ to: accounts.keeper.address, value: 7n, data: pause.data }),
        'constitutional',
        [`unknown contract ${accounts.keeper.address}: unknown call PAUSE with 7 wei`],
      ],
      [
        'a batch that is torn: nothing is shown as if it were read',
        () => ({ to: world.established.multiSend, value: 0n, data: torn }),
        'constitutional',
        ['MultiSendCallOnly.multiSend(transactions: 0x00112233)'],
      ],
    ]
    for (const [name, call, expectedClass, lines] of cases)
      it(name, async () => {
        const one = call()
        expect(await classOf(network, [one])).to.equal(expectedClass)
        const expected = lines.map(line => line.replace('REGISTRY', pause.to).replace('PAUSE', pause.data))
        expect(callLines(await decodeCalls(asNvmReads(network), [one]))).to.deep.equal(expected)
      })

    it('the same for a rail, by what its contracts are, and what its governor relays', async () => {
      const { multiSend } = world.established
      const [governor, timelock, membership, treasury] = holders.map(one => one.address) as [Hex, Hex, Hex, Hex]
      const rail = { governor, timelock, membership, treasury }
      const batch = { to: multiSend, value: 0n, data: batchOf([pause]) }
      const data = encodeFunctionData({
        ...{ abi: railTimelockAbi, functionName: 'scheduleBatch' },
        args: [[batch.to], [0n], [batch.data], zeroHash, zeroHash, 60n],
      } as const)
      const relay = encodeFunctionData({
        ...{ abi: railGovernorAbi, functionName: 'relay' },
        args: [world.manifest.accessManager, 0n, managerCall('execute')],
      } as const)
      const lines = callLines(
        await decodeCalls(asRailReads(world.manifest, rail), [
          { to: timelock, value: 0n, data },
          { to: governor, value: 0n, data: relay },
        ]),
      )
      expect(lines).to.deep.equal([
        'RailTimelock.scheduleBatch()',
        '  MultiSendCallOnly.multiSend()',
        '    EvidenceRegistry.pause(durationSeconds: 3600 (1 h))',
        'RailGovernor.relay()',
        '  AccessManager.execute()',
        '    EvidenceRegistry.pause(durationSeconds: 3600 (1 h))',
      ])
      // another rail's timelock is none to this one
      const other = await decodeCalls(asRailReads(world.manifest), [{ to: timelock, value: 0n, data }])
      expect(callLines(other)).to.deep.equal([`unknown contract ${timelock}: unknown call ${data}`])
    })

    it('text of others as text: no control character reaches a terminal', async () => {
      const abi = parseAbi(['function labelRole(uint64 roleId, string label)'])
      const data = encodeFunctionData({ abi, functionName: 'labelRole', args: [1n, '\u001b[2Jok'] })
      const [line] = callLines(
        await decodeCalls(asNvmReads(network), [{ to: world.manifest.accessManager, value: 0n, data }]),
      )
      expect(line).to.equal('AccessManager.labelRole(roleId: 1, label: \\u{1b}[2Jok)')
    })
  })

  describe('follows a seat that changes hands', () => {
    const module = () => ({ address: world.established.nvm, abi: nexusValidationModuleAbi as Abi })
    const keyAt = (seat: number) => privateKeyToAccount(at(holders, seat).privateKey)
    const hash = rationaleHashOf('why')
    let nonce = 0n
    async function open(seatId: number, calls: Call[]): Promise<{ id: Hex; contextHash: Hex; calls: Call[] }> {
      const texts = { rationaleHash: hash, rationaleURI: '', citedAeps: [] }
      const proposal = { seatId, nonce: nonce++, calls, ...texts }
      const { epoch } = at(await readSeats(network), seatId)
      const { chainId } = world.manifest
      await world.rpc.send(at(holders, seatId), { ...module(), functionName: 'open', args: [proposal, '0x'] })
      return { ...decisionIdOf({ chainId, module: world.established.nvm }, proposal, epoch), calls }
    }
    async function answers(decisionId: Hex, choices: [number, ChoiceName][]) {
      const seats = await readSeats(network)
      const ballots = await Promise.all(
        choices.map(async ([seatId, choice]) => {
          const ballot = { decisionId, seatId, seatEpoch: at(seats, seatId).epoch, choice, rationaleHash: hash }
          const typed = ballotTypedData({ chainId: world.manifest.chainId, module: world.established.nvm }, ballot)
          const signature = await keyAt(seatId).signTypedData(typed)
          return { seatId, choice: choiceNames.indexOf(choice), rationaleHash: hash, signature }
        }),
      )
      await world.rpc.send(accounts.keeper, { ...module(), functionName: 'relay', args: [decisionId, ballots] })
    }
    const execute = ({ id, contextHash, calls }: { id: Hex; contextHash: Hex; calls: Call[] }) =>
      world.rpc.send(accounts.keeper, { ...module(), functionName: 'execute', args: [id, calls, contextHash] })

    it('what its holder before has said is shown, and does not count', async () => {
      const listPool = encodeFunctionData({
        abi: policyBookAbi,
        functionName: 'listPool',
        args: [world.established.safe],
      })
      const pending = await open(0, [{ to: world.manifest.policyBook, value: 0n, data: listPool }])
      await answers(pending.id, [
        [0, 'yes'],
        [3, 'abstain'],
        [4, 'veto'],
      ])
      const before = await readDecision(network, pending.id)
      expect(before).to.deep.include({ class: 'ratification', state: 'open' })
      expect(before.tally.veto).to.deep.equal([4])
      expect(before.remains).to.match(/^3 more yes before .*; 1 more veto kills it$/)

      const newcomer = accounts.keeper.address
      const { termEndsAt } = at(await readSeats(network), 4)
      const data = encodeFunctionData({
        ...{ abi: nexusValidationModuleAbi, functionName: 'replaceSeat', args: [4, newcomer, newcomer, termEndsAt] },
      } as const)
      const amendment = await open(1, [{ to: world.established.nvm, value: 0n, data }])
      expect((await readDecision(network, amendment.id)).class).to.equal('constitutional')
      await answers(
        amendment.id,
        [0, 1, 2, 3, 4].map(seat => [seat, 'yes']),
      )
      expect((await readDecision(network, amendment.id)).remains).to.match(
        /^waits until .*, dissent makes it longer; 2 more vetoes/,
      )
      await world.clock.moveBy(7 * DAY)
      expect((await readDecision(network, amendment.id)).remains).to.match(/^anyone may execute it before/)
      await execute(amendment)

      const after = await readDecision(network, pending.id)
      expect(after.tally.veto).to.deep.equal([])
      expect(after.ballots.map(({ seatId, choice, counts }) => [seatId, choice, counts])).to.deep.equal([
        [0, 'yes', true],
        [3, 'abstain', true],
        [4, 'veto', false],
      ])
      expect(at(await readSeats(network), 4)).to.include({ owner: newcomer, lapsed: false })
      expect(await seatsMatchOwners(network)).to.equal(true)
      const all = await readDecisions(network)
      expect(all.map(({ id, state }) => [id, state])).to.deep.equal([
        [pending.id, 'open'],
        [amendment.id, 'executed'],
      ])
    })

    it('an emergency, its extension by three, and its end', async () => {
      const stop = await open(0, [pause])
      await answers(stop.id, [
        [0, 'yes'],
        [1, 'yes'],
      ])
      await execute(stop)
      const data = encodeFunctionData({
        abi: evidenceRegistryAbi,
        functionName: 'extendPause',
        args: [2 * HOUR, stop.id],
      })
      const longer = await open(0, [{ ...pause, data }])
      expect((await readDecision(network, longer.id)).class).to.equal('ordinary')
      await answers(longer.id, [
        [0, 'yes'],
        [1, 'yes'],
        [2, 'yes'],
      ])
      await execute(longer)
      const [paused] = await readEmergencies(network)
      expect(paused).to.include({ decisionId: stop.id, contract: 'EvidenceRegistry', state: 'paused' })
      expect((paused?.pausedUntil ?? 0) - (paused?.until ?? 0)).to.equal(2 * HOUR)
      await world.clock.moveBy(3 * HOUR)
      expect((await readEmergencies(network))[0]?.state).to.equal('lapsed')
    })

    it('the end of terms, and of a decision nobody answered', async () => {
      const lone = await open(0, [pausePolicies])
      await world.clock.moveBy(DAY)
      expect((await readDecision(network, lone.id)).remains).to.equal('nothing: it is expired')
      const killed = await open(0, [pausePolicies])
      await answers(killed.id, [
        [0, 'veto'],
        [1, 'veto'],
        [2, 'veto'],
      ])
      expect(remainsOf(await readDecision(network, killed.id))).to.equal('nothing: it is killed')
      await world.clock.moveBy(2 * 365 * DAY)
      expect((await readSeats(network)).every(({ lapsed }) => lapsed)).to.equal(true)
    })
  })

  it('says of a decision that it was never opened', async () => {
    const error = await readDecision(network, zeroHash).catch(one => one)
    expect(error).to.be.instanceOf(NexusError)
    expect((error as NexusError).code).to.equal('no-such-decision')
  })
})
