import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { effectsGuardAbi } from '@nexus/chain/abi/EffectsGuard'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { railBookAbi } from '@nexus/chain/abi/RailBook'
import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { railGovernorAbi } from '@nexus/chain/abi/RailGovernor'
import { railTimelockAbi } from '@nexus/chain/abi/RailTimelock'
import { writeManifest } from '@nexus/chain/manifest'
import { type Account, accounts } from '@nexus/local/accounts'
import { expect } from 'chai'
import { type Abi, type Address, erc20Abi, type Hex, keccak256, stringToHex, zeroAddress, zeroHash } from 'viem'
import { nexus as runNexus } from '../../support/nexus.ts'
import { CHAIN_ID, startChain, type World } from '../reconstruct/fixture.ts'

const { governor: powers, keeper, sponsor, holders } = accounts
const [ana, ben, carla, dora] = holders
const HOUR = 3_600
const DAY = 24 * HOUR
const PAID = 250_000_000n
const hashOf = (text: string): Hex => keccak256(stringToHex(text))

interface Change {
  token: Address
  account: Address
  change: string
}

describe('nexus rail', function () {
  this.timeout(300_000)
  let world: World
  let folder: string
  let book: Address
  let factory: Address
  let effectsGuard: Address
  let rail: { governor: Address; timelock: Address; membership: Address; treasury: Address }
  const file = (name: string) => path.join(folder, name)
  const save = async (name: string, document: unknown) => {
    await writeFile(file(name), JSON.stringify(document))
    return file(name)
  }

  /** Runs in a folder of its own as `who`, whose key is in the environment. */
  async function nexus(who: Account, ...args: string[]) {
    const env = { PATH: process.env['PATH'] ?? '', THE_KEY: who.privateKey }
    const { status, stdout, stderr } = await runNexus(['rail', ...args], { env, cwd: folder })
    expect(`${stdout}${stderr}`.toLowerCase()).not.to.include(who.privateKey.slice(2).toLowerCase())
    const last = () => JSON.parse(`${stderr.trim().split('\n').at(-1)}`)
    return { status, stdout, stderr, json: () => JSON.parse(stdout), error: last }
  }
  const at = () => ['--rpc', world.url, '--manifest', file('manifest.json')]
  const look = (...args: string[]) => nexus(keeper, ...args, ...at(), '--json')
  const act = (who: Account, ...args: string[]) => nexus(who, ...args, ...at(), '--key-env', 'THE_KEY', '--json')
  /** What has to succeed. */
  async function done(who: Account, ...args: string[]) {
    const ran = await act(who, ...args, '--yes')
    expect(ran.status, ran.stderr).to.equal(0)
    return ran.json()
  }
  const send = (who: Account, address: Address, abi: Abi, functionName: string, ...args: unknown[]) =>
    world.rpc.send(who, { address, abi, functionName, args })
  const assetsOf = (account: Address) =>
    world.rpc.client.readContract({ address: world.asset, abi: erc20Abi, functionName: 'balanceOf', args: [account] })
  const showOf = async (id: string) => (await look('show', '--proposal', id)).json()
  const consent = (operationId: Hex) =>
    send(powers, book, railBookAbi as Abi, 'consent', rail.timelock, operationId, hashOf('agreed'))
  const calls = (paid = PAID) => [
    { contract: 'RailBook', function: 'setFee', args: [hashOf('premium'), 100] },
    { contract: 'RailTreasury', function: 'pay', args: [world.asset, ben.address, `${paid}`, hashOf('work')] },
  ]

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-rail-'))
    world = await startChain()
    await world.open()
    const { hash: genesis } = await world.rpc.client.getBlock({ blockNumber: 0n })
    const deployed = (id: string) => world.deployed[`Rails#${id}`] as Address
    factory = deployed('RailFactory')
    book = deployed('RailBook')
    effectsGuard = deployed('EffectsGuard')
    writeManifest(file('manifest.json'), {
      ...{ chainId: CHAIN_ID, genesis, deployedAtBlock: 0, accessManager: world.access, registry: world.registry },
      ...{ termsStore: world.termsStore, policyBook: world.book },
      ...{ pools: { village: world.pool }, assets: { nxUSD: world.asset } },
      rails: {
        ...{ factory, book, effectsGuard, evidenceGuard: deployed('EvidenceGuard') },
        competence: deployed('CompetenceCredentials'),
      },
    })
    const terms = {
      ...{ name: 'Village Rail', metadataURI: 'data:,village', votes: zeroAddress, timelockDelay: DAY },
      ...{ reasonHash: hashOf('they live there'), founders: [ana, ben, carla, dora].map(({ address }) => address) },
      voting: {
        ...{ votingDelay: HOUR, votingPeriod: 2 * DAY, lateQuorumExtension: DAY, quorumPercent: 34 },
        ...{ superQuorumPercent: 75, proposalThreshold: 1n, guardian: zeroAddress },
      },
      page: {
        ...{ charterHash: hashOf('charter'), leastLevel: 2, voteUnit: 10_000n, packs: [] },
        ...{ fees: [], weights: [{ field: hashOf('hydrology'), bpsByLevel: [0, 1_000, 2_000, 3_000, 5_000] }] },
      },
    }
    await send(powers, factory, railFactoryAbi as Abi, 'openRail', terms)
    const [governor, timelock, membership, treasury] = await world.rpc.client.readContract({
      ...{ address: factory, abi: railFactoryAbi, functionName: 'railOf', args: [1n] },
    } as const)
    rail = { governor, timelock, membership, treasury }
    await world.mint(treasury, 1_000_000_000n)
  })
  after(async () => {
    await world?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('shows a rail by its number or its governor: members, settings, page', async () => {
    const byNumber = (await look('show', '1')).json()
    expect(byNumber).to.deep.include({ id: '1', name: 'Village Rail', ...rail, proposals: [] })
    expect((await look('show', rail.governor)).json()).to.deep.equal(byNumber)
    expect(byNumber.members.map(({ account }: { account: Address }) => account)).to.have.members(
      holders.map(({ address }) => address),
    )
    expect(byNumber.settings).to.include({ votingDelaySeconds: HOUR, quorumPercent: 34, timelockDelaySeconds: DAY })
    expect(byNumber.page.weights[0].bpsByLevel).to.deep.equal([0, 1_000, 2_000, 3_000, 5_000])
    const { stdout } = await nexus(keeper, 'show', ...at())
    expect(stdout).to.match(/votes +one member, one vote/)
    const none = await look('show', '2')
    expect([none.status, none.error().code]).to.deep.equal([2, 'no-such-rail'])
  })

  it('says where a file is wrong, and that a chain does not answer', async () => {
    const wrong = await save('wrong.json', [
      ...calls(),
      { contract: 'RailBook', function: 'setFee', args: ['0x12', 1] },
    ])
    const bad = await act(ana, 'propose', '--calls', wrong, '--description', 'x', '--dry-run')
    expect([bad.status, bad.error().code, bad.error().details.at]).to.deep.equal([2, 'bad-calls', 'calls[2].args[0]'])
    const nowhere = await save('nowhere.json', [{ contract: 'Nowhere', function: 'f' }])
    expect((await look('simulate', '--calls', nowhere)).error().message).to.include(
      'calls[0]: there is no contract "Nowhere"',
    )
    const off = ['--rpc', 'http://127.0.0.1:9', '--manifest', file('manifest.json')]
    const unreached = await nexus(keeper, 'show', ...off)
    expect([unreached.status, unreached.error().code]).to.deep.equal([75, 'chain-unavailable'])
    const other = await look('vote', 'no-such-file', 'for')
    expect([other.status, other.error().code]).to.deep.equal([2, 'no-key'])
    expect((await look('simulate')).error().code).to.equal('usage')
  })

  it('carries a proposal from its simulation to what it did, which is what was simulated', async () => {
    const pack = await world.anchor({ untilFinal: false })
    const wanted = await save('calls.json', calls())
    const height = await world.rpc.client.getBlockNumber()
    const simulated = await look('simulate', '--calls', wanted)
    expect(simulated.status, simulated.stderr).to.equal(0)
    await writeFile(file('effects.json'), simulated.stdout)
    const { effects, slots, balances, roles } = simulated.json()
    expect(await world.rpc.client.getBlockNumber()).to.equal(height)
    expect(roles).to.deep.equal([])
    const changes = new Map(balances.map(({ account, change }: Change) => [account, change]))
    expect(changes).to.deep.equal(
      new Map([
        [rail.treasury, `-${PAID}`],
        [ben.address, `${PAID}`],
      ]),
    )
    // the fee's slot is exposed by the book, the token's balances are slots that nobody exposes
    expect(
      effects.slots.map(({ target, value }: { target: Address; value: Hex }) => [target, BigInt(value)]),
    ).to.deep.equal([[book, 100n]])
    expect(slots.filter(({ exposed }: { exposed: boolean }) => !exposed)).to.have.length(2)
    // the guard's own word on the hash
    const [balanceRefs, amounts] = [
      effects.balances.map(({ token, account }: Change) => ({ token, account })),
      effects.balances.map(({ change }: Change) => BigInt(change)),
    ]
    const [slotRefs, values] = [
      effects.slots.map(({ target, slot }: { target: Address; slot: Hex }) => ({ target, slot })),
      effects.slots.map(({ value }: { value: Hex }) => value),
    ]
    const onChain = await world.rpc.client.readContract({
      ...{ address: effectsGuard, abi: effectsGuardAbi, functionName: 'hashEffects' },
      args: [balanceRefs, amounts, slotRefs, values],
    } as const)
    expect(effects.effectsHash).to.equal(onChain)

    const proposing = ['propose', '--calls', wanted, '--cite', pack.aepId, '--effects', file('effects.json')]
    const described = [...proposing, '--description', 'Pay Ben for the gauge']
    const dry = await act(ana, ...described, '--dry-run')
    expect(dry.json(), dry.stderr).to.deep.include({ sent: false, transactions: [] })
    expect(dry.json().effects.cited).to.deep.equal([{ aepId: pack.aepId, state: 'anchored' }])
    expect((await act(ana, ...described)).stderr).to.include('not-confirmed')
    const stranger = await act(sponsor, ...described, '--yes')
    expect([stranger.status, stranger.error().details.reason]).to.deep.equal([3, 'GovernorInsufficientProposerVotes'])
    const proposed = await done(ana, ...described)
    const { proposalId: id, operationId, track } = proposed.effects
    expect(track).to.equal('rail and NVM')
    expect(proposed.effects.calls.map(({ highImpact }: { highImpact: boolean }) => highImpact)).to.deep.equal(
      [false, false, true, false], // citation, fee, payment, declaration
    )
    const kept = JSON.parse(await readFile(file(`proposal-${id}.json`), 'utf8'))
    expect(kept).to.include({ proposalId: id, governor: rail.governor })
    expect(kept.description).to.equal(`Pay Ben for the gauge\n#proposer=${ana.address}`)
    // the same id and operation as the contracts derive
    const governor = { address: rail.governor, abi: railGovernorAbi } as const
    const content = [
      kept.calls.map(({ to }: { to: Address }) => to),
      kept.calls.map(({ value }: { value: string }) => BigInt(value)),
      kept.calls.map(({ data }: { data: Hex }) => data),
    ] as const
    const found = await world.rpc.client.readContract({
      ...{ ...governor, functionName: 'getProposalId', args: [...content, hashOf(kept.description)] },
    } as const)
    expect(`${found}`).to.equal(id)
    const salt = `0x${(BigInt(rail.governor.padEnd(66, '0')) ^ BigInt(hashOf(kept.description))).toString(16).padStart(64, '0')}`
    const operation = await world.rpc.client.readContract({
      ...{ address: rail.timelock, abi: railTimelockAbi, functionName: 'hashOperationBatch' },
      args: [...content, zeroHash, salt as Hex],
    } as const)
    expect(operation).to.equal(operationId)

    expect((await showOf(id)).waits[0]).to.match(/^its vote, which begins after /)
    const early = await act(ana, 'vote', id, 'for', '--yes')
    expect([early.status, early.error().details.reason]).to.deep.equal([3, 'GovernorUnexpectedProposalState'])
    await world.clock.moveBy(HOUR + 1)
    const voted = await done(ana, 'vote', id, 'for', '--reason', 'the gauge works')
    expect(voted.effects).to.include({ votes: '10000', support: 'for' })
    expect(voted.transactions[0].events[0].args.reason).to.equal('the gauge works')
    await done(ben, 'vote', file(`proposal-${id}.json`), 'for')
    expect(await showOf(id)).to.include({ state: 'active' })
    await done(carla, 'vote', id, 'for')
    expect((await showOf(id)).votes).to.include({ for: '30000', against: '0', abstain: '0' })

    await send(powers, world.registry, evidenceRegistryAbi as Abi, 'dispute', pack.aepId, hashOf('why'))
    const disputed = await act(keeper, 'queue', id, '--yes')
    expect([disputed.status, disputed.error().details.reason]).to.deep.equal([3, 'Citation_Disputed'])
    expect((await showOf(id)).waits[0]).to.equal(`the dispute of ${pack.aepId} to be decided`)
    const stopped = await look('simulate', id)
    expect([stopped.status, stopped.error().details.reason]).to.deep.equal([3, 'Citation_Disputed'])
    await send(powers, world.registry, evidenceRegistryAbi as Abi, 'rule', pack.aepId, true, hashOf('it holds'))

    await done(keeper, 'queue', id)
    await world.clock.moveBy(DAY + 1)
    const alone = await act(keeper, 'execute', id, '--yes')
    expect([alone.status, alone.error().details.reason]).to.deep.equal([3, 'Rails_NeedsConsent'])
    expect((await showOf(id)).waits).to.include('the consent of the NVM to its operation')
    await consent(operationId)
    expect((await showOf(id)).waits).to.deep.equal(['anyone to execute it'])
    const again = (await look('simulate', id)).json()
    expect(again.commitment).to.deep.equal({ declared: onChain, actual: onChain, holds: true })

    const before = await Promise.all([rail.treasury, ben.address].map(assetsOf))
    await done(keeper, 'execute', id)
    const after = await Promise.all([rail.treasury, ben.address].map(assetsOf))
    expect(after.map((assets, n) => assets - (before[n] ?? 0n))).to.deep.equal([-PAID, PAID])
    const view = (await look('show')).json()
    expect(view.page.fees).to.deep.equal([{ kind: 'premium', bps: 100 }])
    expect(view.proposals[0]).to.include({ id, state: 'executed' })
    expect(view.proposals[0].waits).to.deep.equal([])
    const { stdout } = await nexus(keeper, 'show', ...at())
    expect(stdout)
      .to.match(/RailTreasury\.pay\(.*\[needs the NVM\]/)
      .and.to.include(`${pack.aepId}, upheld`)
  })

  it('does not execute what would do other things than it committed to', async () => {
    const other = await save('other.json', calls(PAID + 1n))
    const proposed = await done(
      ...([ana, 'propose', '--calls', other, '--description', 'Pay a little more'] as const),
      ...['--effects', file('effects.json'), '--out', file('more.json')],
    )
    const { proposalId: id, operationId } = proposed.effects
    const { commitment } = (await look('simulate', file('more.json'))).json()
    expect(commitment).to.include({ declared: proposed.effects.effectsHash, holds: false })
    await world.clock.moveBy(HOUR + 1)
    for (const member of [ana, ben, carla]) await done(member, 'vote', id, 'for')
    await done(keeper, 'queue', id)
    await consent(operationId)
    await world.clock.moveBy(DAY + 1)
    const refused = await act(keeper, 'execute', file('more.json'), '--yes')
    expect([refused.status, refused.error().details.reason]).to.deep.equal([3, 'Effects_Differ'])
    // what the chain found is what the simulation said it would find
    expect(refused.error().details.args).to.deep.equal([commitment.actual, commitment.declared])
  })

  it('refuses effects that are not what their hash says', async () => {
    const effects = JSON.parse(await readFile(file('effects.json'), 'utf8')).effects
    const [first, ...others] = effects.balances
    const forged = await save('forged.json', { ...effects, balances: [{ ...first, change: '1' }, ...others] })
    const wanted = ['propose', '--calls', file('calls.json'), '--description', 'x', '--effects', forged, '--dry-run']
    const refused = await act(ana, ...wanted)
    expect([refused.status, refused.error().code]).to.deep.equal([2, 'bad-effects'])
  })

  it('finds coins that move without an event of any token, and has words for all of it', async () => {
    await world.rpc.request('eth_sendTransaction', { from: keeper.address, to: rail.treasury, value: '0x64' })
    const pay = { contract: 'RailTreasury', function: 'pay', args: [zeroAddress, carla.address, '70', hashOf('x')] }
    const wanted = ['--calls', await save('coins.json', [pay]), '--balances-only']
    const { effects } = (await look('simulate', ...wanted)).json()
    expect(effects.slots).to.deep.equal([])
    expect(effects.balances).to.have.deep.members([
      { token: zeroAddress, account: rail.treasury, change: '-70' },
      { token: zeroAddress, account: carla.address, change: '70' },
    ])
    const { stdout } = await nexus(keeper, 'simulate', ...wanted, ...at())
    expect(stdout)
      .to.match(/balances +RailTreasury: -70 wei\n/)
      .and.to.include(effects.effectsHash)
  })

  it('simulates what the rail does to itself: settings of its governor, its delay, its document', async () => {
    const own = [
      { contract: 'RailGovernor', function: 'setVotingDelay', args: [2 * HOUR] },
      { contract: 'RailTimelock', function: 'setDaoURI', args: ['data:,new'] },
      { contract: 'RailGovernor', function: 'setVotingPeriod', args: [3 * DAY] },
      { contract: 'RailTimelock', function: 'updateDelay', args: [`${2 * DAY}`] },
    ]
    const simulated = await look('simulate', '--calls', await save('own.json', own))
    expect(simulated.status, simulated.stderr).to.equal(0)
    const { events, slots, effects } = simulated.json()
    const said = events.map(({ event }: { event: string }) => event)
    expect(said).to.include.members(['VotingDelaySet', 'DAOURIUpdate', 'VotingPeriodSet', 'MinDelayChange'])
    // delay and period share a slot; the document and the delay of the timelock have one each
    expect(slots.map(({ target }: { target: Address }) => target)).to.have.members([
      rail.governor,
      rail.timelock,
      rail.timelock,
    ])
    expect(effects.slots).to.have.length(3)
    const late = await save('late.json', [...own, { ...own[0], args: [1] }])
    const refused = await look('simulate', '--calls', late)
    expect([refused.status, refused.error().details.reason, refused.error().details.index]).to.deep.equal([
      3,
      'Rails_TimeOutOfRange',
      4,
    ])
  })

  it('tells from a simulation what depends on the time, and who is given a role', async () => {
    const admit = { contract: 'RailMembership', function: 'admit', args: [keeper.address, hashOf('x')] }
    const simulated = (await look('simulate', '--calls', await save('admit.json', [admit]))).json()
    const unsteady = simulated.slots.filter(({ steady }: { steady: boolean }) => !steady)
    expect(unsteady).not.to.have.length(0) // since when somebody is a member
    const declared = simulated.effects.slots.map(({ slot }: { slot: Hex }) => slot)
    for (const { slot } of unsteady) expect(declared).not.to.include(slot)
    const grant = { contract: 'AccessManager', function: 'grantRole', args: ['4', keeper.address, 0] }
    const refused = await look('simulate', '--calls', await save('grant.json', [admit, grant]))
    expect([refused.status, refused.error().details.reason, refused.error().details.index]).to.deep.equal([
      3,
      'AccessManagerUnauthorizedAccount',
      1,
    ])
    const access = { address: world.access, abi: (await import('@nexus/chain/abi/AccessManager')).accessManagerAbi }
    await send(accounts.deployer, access.address, access.abi as Abi, 'grantRole', 0n, rail.timelock, 0)
    const granted = (await look('simulate', '--calls', file('grant.json'))).json()
    expect(granted.roles.map(({ event }: { event: string }) => event)).to.deep.equal(['RoleGranted'])
    expect(granted.roles[0].args).to.include({ roleId: '4', account: keeper.address })
    expect(granted.effects.slots.map(({ target }: { target: Address }) => target)).not.to.include(world.access)
  })

  it('prepares an admission for a member to propose, and lets anyone cancel what stood on void evidence', async () => {
    const reason = ['--reason', 'she keeps the gauge']
    const prepared = await look('join', '--account', sponsor.address, ...reason, '--out', file('join.json'))
    expect(prepared.status, prepared.stderr).to.equal(0)
    expect(prepared.json().decoded).to.include({ contract: 'RailMembership', function: 'admit(address,bytes32)' })
    const member = await look('join', '--account', ana.address, ...reason)
    expect([member.status, member.error().details.reason]).to.deep.equal([3, 'Membership_AlreadyMember'])
    const own = await act(sponsor, 'join', ...reason, '--yes')
    expect([own.status, own.error().details.reason]).to.deep.equal([3, 'GovernorInsufficientProposerVotes'])

    const window = { from: '2012-03-02T00:00:00Z', to: '2012-03-13T00:00:00Z' }
    const pack = await world.anchor({ window, sequence: 2, untilFinal: false })
    const { description } = prepared.json()
    const proposed = await done(
      ...([ben, 'propose', '--calls', file('join.json'), '--description', description] as const),
      ...['--cite', pack.aepId],
    )
    const { proposalId: id, track } = proposed.effects
    expect(track).to.equal('rail alone')
    const early = await act(keeper, 'cancel', id, '--yes')
    expect([early.status, early.error().details.reason]).to.deep.equal([3, 'GovernorUnableToCancel'])
    await send(powers, world.registry, evidenceRegistryAbi as Abi, 'dispute', pack.aepId, hashOf('why'))
    await send(powers, world.registry, evidenceRegistryAbi as Abi, 'rule', pack.aepId, false, hashOf('it is wrong'))
    expect((await showOf(id)).waits.at(-1)).to.equal(`nothing: ${pack.aepId} is void, anyone may cancel it`)
    await done(keeper, 'cancel', id)
    expect(await showOf(id)).to.include({ state: 'canceled' })
    const dead = await act(ben, 'propose', '--calls', file('join.json'), '--description', 'again', '--cite', pack.aepId)
    expect([dead.status, dead.error().details.reason]).to.deep.equal([3, 'Citation_Void'])
  })

  it('prepares the decision that opens a rail, and refuses terms that the contracts would', async () => {
    const terms = {
      ...{
        version: 1,
        name: 'River Rail',
        metadataURI: 'data:,river',
        timelockDelaySeconds: DAY,
        reason: 'neighbours',
      },
      founders: [ana.address, ben.address],
      voting: {
        ...{ delaySeconds: HOUR, periodSeconds: DAY, lateQuorumSeconds: HOUR, quorumPercent: 40 },
        ...{ superQuorumPercent: 80, proposalThreshold: '1' },
      },
      page: { charterHash: hashOf('c'), leastLevel: 2, voteUnit: '10000', fees: { premium: 50 } },
    }
    const offline = ['--manifest', file('manifest.json'), '--json']
    const opened = await nexus(
      ...([keeper, 'open', '--terms', await save('terms.json', terms), '--out', file('open.json')] as const),
      ...offline,
    )
    expect(opened.status, opened.stderr).to.equal(0)
    expect(opened.stderr).to.include('RailFactory.openRail(').and.to.include('River Rail')
    const [call] = JSON.parse(await readFile(file('open.json'), 'utf8'))
    expect(call).to.include({ to: factory, value: '0' })
    // the contracts take it from who may open rails
    const { client } = world.rpc
    await client.call({ account: powers.address, to: call.to, data: call.data })
    const short = { ...terms, voting: { ...terms.voting, periodSeconds: HOUR } }
    const refused = await nexus(keeper, 'open', '--terms', await save('short.json', short), ...offline)
    expect([refused.status, refused.error().code]).to.deep.equal([2, 'bad-terms'])
    expect(refused.error().message).to.include('voting.periodSeconds must be at least 86400')
  })

  it('writes what ERC-4824 asks of a rail, for any web server, and the same for whoever asks', async () => {
    const [base, out] = ['https://rails.example/village', file('documents')]
    const made = await look('documents', '1', '--base', `${base}/`, '--out', out)
    expect(made.status, made.stderr).to.equal(0)
    expect(made.json().daoURI).to.equal(`${base}/dao.json`)
    const dao = JSON.parse(await readFile(path.join(out, 'dao.json'), 'utf8'))
    expect(dao).to.include({ type: 'DAO', name: 'Village Rail', membersURI: `${base}/members.json` })
    const { proposals } = JSON.parse(await readFile(path.join(out, 'proposals.json'), 'utf8'))
    const known = (await look('show', '1')).json().proposals as { id: string; state: string; description: string }[]
    expect(proposals.map(({ status }: { status: string }) => status)).to.deep.equal(known.map(({ state }) => state))
    for (const [n, { id, description }] of known.entries()) {
      expect(proposals[n].contentURI).to.equal(`${base}/proposals/${id}.md`)
      expect(await readFile(path.join(out, 'proposals', `${id}.md`), 'utf8')).to.equal(description)
    }
    const again = await look('documents', '--base', base, '--out', file('again'))
    expect(again.json().files).to.deep.equal(made.json().files)
    const wrong = await look('documents', '--base', 'javascript:alert(1)', '--out', out)
    expect([wrong.status, wrong.error().code]).to.deep.equal([2, 'bad-base'])
  })
})
