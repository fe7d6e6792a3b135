import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import { writeManifest } from '@nexus/chain/manifest'
import { batchOf, safeAbi } from '@nexus/governance/safe'
import { type Account, accounts } from '@nexus/local/accounts'
import { writeKeystore } from '@nexus/local/keys'
import { expect } from 'chai'
import { type Address, encodeFunctionData, type Hex, keccak256, toBytes } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { nexus as runNexus } from '../../support/nexus.ts'
import { DAY, type GovernanceWorld, HOUR, holders, P256_SEAT, startGovernance } from '../governance/fixture.ts'

const { keeper } = accounts
const holder = (seat: number): Account => {
  const account = holders[seat]
  if (!account) throw new Error(`no account holds seat ${seat}`)
  return account
}

describe('nexus nvm', function () {
  this.timeout(600_000)
  let world: GovernanceWorld
  const file = (name: string) => path.join(world.folder, name)
  const text = (name: string) => readFile(file(name), 'utf8')

  /** Runs as `who`, whose key is in the environment; nothing it prints may show it. */
  async function nexus(who: Account, ...args: string[]) {
    const env = { PATH: process.env['PATH'] ?? '', THE_KEY: who.privateKey }
    const { status, stdout, stderr } = await runNexus(['nvm', ...args], { env })
    expect(`${stdout}${stderr}`.toLowerCase()).not.to.include(who.privateKey.slice(2).toLowerCase())
    return { status, stdout, stderr, json: () => JSON.parse(stdout), error: () => JSON.parse(stderr) }
  }
  const chain = () => ['--rpc', world.url, '--manifest', world.manifestFile]
  const act = (who: Account, ...args: string[]) => nexus(who, ...args, ...chain(), '--key-env', 'THE_KEY', '--json')
  const look = async (...args: string[]) => {
    const seen = await nexus(keeper, ...args, ...chain(), '--json')
    expect(seen.status, seen.stderr).to.equal(0)
    return seen.json()
  }
  const head = () => world.rpc.client.getBlockNumber()
  async function done(running: ReturnType<typeof nexus>) {
    const result = await running
    expect(result.status, result.stderr).to.equal(0)
    return result.json()
  }
  const refusal = async (running: ReturnType<typeof nexus>) => {
    const { status, stderr } = await running
    // with --json nothing but the error is on stderr
    const { code, message, details } = JSON.parse(stderr.trim().split('\n').at(-1) ?? '')
    return { status, code, message, details }
  }
  const calls = async (name: string, content: unknown) => {
    await writeFile(file(name), JSON.stringify(content))
    return file(name)
  }

  /** Answers of a seat, offline: a keystore or a P-256 key, and what its holder was told. No chain, no manifest. */
  async function offline(seat: number, decision: Hex, choice: string, to: string, ...more: string[]) {
    const epoch = (await look('seats')).seats[seat].epoch
    const key = seat === P256_SEAT ? ['--pem', file('seat.pem')] : keystoreOf(seat)
    const about = ['--chain-id', '31337', '--module', world.established.nvm, '--epoch', `${epoch}`]
    const say = ['--decision', decision, '--seat', `${seat}`, '--choice', choice, '--rationale', `${choice} by ${seat}`]
    return nexus(keeper, 'vote', ...say, ...about, ...key, '--export', file(to), '--json', ...more)
  }
  const keystoreOf = (seat: number) => [
    ...['--keystore', file(`keystore-${seat}.json`), '--passphrase', file(`passphrase-${seat}`)],
  ]
  const opens = async (seat: number, content: unknown, ...more: string[]) => {
    const from = ['--calls', await calls(`calls-${seat}.json`, content), '--seat', `${seat}`, '--rationale', 'because']
    return done(act(holder(seat), 'open', ...from, '--yes', ...more))
  }
  const stateOf = async (decision: Hex) => (await look('show', '--decision', decision)).state

  before(async () => {
    world = await startGovernance()
    await writeFile(file('seat.pem'), world.p256.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    for (const seat of [1, 2, 3])
      await writeKeystore(holder(seat), file(`keystore-${seat}.json`), file(`passphrase-${seat}`))
  })
  after(() => world?.stop())

  describe('an ordinary decision', () => {
    const underwriter = accounts.holders[0]?.address as Address
    let decision: Hex
    const setUnderwriter = [{ contract: 'RiskPool', function: 'setUnderwriter', args: [underwriter, true] }]
    const aepId = keccak256(toBytes('a pack'))

    it('is shown with its class and effects before anything is sent', async () => {
      const from = ['--calls', await calls('calls.json', setUnderwriter), '--seat', '0', '--rationale', 'a new one']
      const before = await head()
      const dry = await done(act(holder(0), 'open', ...from, '--dry-run'))
      expect(dry).to.deep.include({ sent: false, transactions: [] })
      expect(dry.effects).to.include({ class: 'ordinary', seatId: 0 })
      expect(dry.effects.calls[0]).to.deep.include({
        ...{ contract: 'RiskPool:local', function: 'setUnderwriter(address,bool)' },
        args: [
          { name: 'account', type: 'address', value: underwriter },
          { name: 'enabled', type: 'bool', value: true },
        ],
      })
      const unasked = await refusal(act(holder(0), 'open', ...from))
      expect([unasked.status, unasked.code]).to.deep.equal([2, 'not-confirmed'])
      const { stderr } = await nexus(holder(0), 'open', ...from, ...chain(), '--key-env', 'THE_KEY', '--dry-run')
      expect(stderr)
        .to.include('open a decision of the ordinary class')
        .and.to.include(`RiskPool:local.setUnderwriter(account: ${underwriter}, enabled: true)`)
        .and.to.include('3 yes, 3 vetoes kill, no delay, each dissent 12 h more')
      expect(await head()).to.equal(before)
    })

    it('is opened by a seat, cites a pack, and has the id that the module computes', async () => {
      const opened = await opens(0, setUnderwriter, '--cite', aepId, '--rationale-uri', 'https://example.org/why')
      decision = opened.effects.decisionId
      expect(opened.transactions[0].events[0]).to.deep.include({ event: 'DecisionOpened' })
      expect(opened.transactions[0].events[0].args.id).to.equal(decision)
      const shown = await look('show', '--decision', decision)
      expect(shown).to.include({
        class: 'ordinary',
        state: 'open',
        openedBy: 0,
        rationaleURI: 'https://example.org/why',
      })
      expect(shown.rationaleHash).to.equal(keccak256(toBytes('because')))
      expect(shown.cited).to.deep.equal([{ aepId, state: 'none' }])
      expect(shown.remains).to.match(/^3 more yes before .*; 3 more vetoes kill it$/)
    })

    it('is found by the pack it cites', async () => {
      expect((await look('show', '--aep', aepId)).decisions.map(({ id }: { id: Hex }) => id)).to.deep.equal([decision])
      expect((await look('show', '--aep', keccak256(toBytes('another')))).decisions).to.deep.equal([])
    })

    it('takes the owner’s own ballot, once', async () => {
      const say = ['vote', '--decision', decision, '--seat', '0', '--choice', 'yes', '--rationale', 'I am for it']
      const cast = await done(act(holder(0), ...say, '--yes'))
      expect(cast.transactions[0].events[0]).to.deep.include({ event: 'BallotCast' })
      expect(cast.effects.calls[0].function).to.equal('setUnderwriter(address,bool)')
      const again = await refusal(act(holder(0), ...say, '--yes'))
      expect([again.status, again.code, again.details.reason]).to.deep.equal([3, 'refused', 'Nvm_AlreadyCast'])
      // another's key signs for no seat but its own
      const other = await refusal(act(holder(1), 'vote', ...say.slice(1, 3), '--seat', '2', ...say.slice(5), '--yes'))
      expect([other.status, other.code]).to.deep.equal([2, 'not-the-seats-key'])
    })

    it('takes ballots that were signed without any chain, a dissent and a P-256 seat among them, in one transaction', async () => {
      for (const [seat, choice] of [
        [2, 'yes'],
        [3, 'no'],
        [P256_SEAT, 'yes'],
      ] as const) {
        const exported = await done(offline(seat, decision, choice, `ballot-${seat}.json`))
        expect(exported.ballot).to.include({ choice, decisionId: decision, rationale: `${choice} by ${seat}` })
        const digest = await world.rpc.client.readContract({
          ...{ address: world.established.nvm, abi: nexusValidationModuleAbi, functionName: 'ballotDigest' },
          args: [decision, seat, choice === 'yes' ? 0 : 1, keccak256(toBytes(`${choice} by ${seat}`))],
        } as const)
        expect(exported.ballot.digest).to.equal(digest)
      }
      const files = [2, 3, P256_SEAT].map(seat => file(`ballot-${seat}.json`))
      const dry = await done(nexus(keeper, 'relay', ...files, ...chain(), '--dry-run', '--json'))
      expect(dry.sent).to.equal(false)
      const carried = await done(act(keeper, 'relay', ...files, '--yes'))
      expect(carried.transactions).to.have.length(1)
      const events = carried.transactions[0].events.map(({ event }: { event: string }) => event)
      expect(events).to.deep.equal(['BallotCast', 'BallotCast', 'Dissent', 'BallotCast', 'QuorumReached'])
      const shown = await look('show', '--decision', decision)
      expect(shown.tally).to.deep.equal({ yes: [0, 2, P256_SEAT], no: [3], abstain: [], veto: [], recuse: [] })
      expect(
        shown.ballots.map(({ seatId, choice }: { seatId: number; choice: string }) => [seatId, choice]),
      ).to.deep.equal([
        ...[
          [0, 'yes'],
          [2, 'yes'],
          [3, 'no'],
          [P256_SEAT, 'yes'],
        ],
      ])
      expect(shown.ballots[2].rationaleHash).to.equal(keccak256(toBytes('no by 3')))
      const again = await refusal(act(keeper, 'relay', ...files, '--yes'))
      expect([again.status, again.details.reason]).to.deep.equal([3, 'Nvm_AlreadyCast'])
      // the words of the dissent, from its ballot; those of a seat that published none stay a hash
      const worded = await look('show', '--decision', decision, '--rationales', file('ballot-3.json'))
      expect(worded.ballots.map(({ rationale }: { rationale: string | null }) => rationale)).to.deep.equal([
        ...[null, null, 'no by 3', null],
      ])
    })

    it('waits for as long as the dissent demands, then anyone executes it', async () => {
      expect(await stateOf(decision)).to.equal('passed')
      const early = await refusal(act(keeper, 'execute', '--decision', decision, '--yes'))
      expect([early.status, early.details.reason]).to.deep.equal([75, 'Nvm_NotReady'])
      await world.clock.moveBy(12 * HOUR)
      const executed = await done(act(keeper, 'execute', '--decision', decision, '--yes'))
      expect(executed.transactions[0].events.map(({ event }: { event: string }) => event)).to.include(
        'DecisionExecuted',
      )
      const set = executed.transactions[0].events.find(({ event }: { event: string }) => event === 'UnderwriterSet')
      expect(set.args).to.deep.equal({ underwriter, enabled: true })
      const twice = await refusal(act(keeper, 'execute', '--decision', decision, '--yes'))
      expect([twice.status, twice.details.reason]).to.deep.equal([3, 'Nvm_NotReady'])
      expect((await look('show', '--decision', decision)).remains).to.equal('nothing: it is executed')
    })
  })

  describe('an emergency stop', () => {
    const pause = [{ contract: 'EvidenceRegistry', function: 'pause', args: [72 * HOUR] }]

    it('takes two seats, lapses by itself, and does not come again within a week', async () => {
      const opened = await opens(1, pause)
      expect(opened.effects.class).to.equal('emergency')
      const decision: Hex = opened.effects.decisionId
      for (const seat of [1, 2]) await done(offline(seat, decision, 'yes', `stop-${seat}.json`))
      await done(act(keeper, 'relay', file('stop-1.json'), file('stop-2.json'), '--yes'))
      const executed = await done(act(keeper, 'execute', '--decision', decision, '--yes'))
      const events = executed.transactions[0].events.map(({ event }: { event: string }) => event)
      expect(events).to.include.members(['Paused', 'EmergencyPaused'])
      const registry = { address: world.manifest.registry, abi: evidenceRegistryAbi } as const
      const until = await world.rpc.client.readContract({ ...registry, functionName: 'pausedUntil' })
      const [emergency] = (await look('show')).emergencies
      expect(emergency).to.deep.include({ decisionId: decision, contract: 'EvidenceRegistry', state: 'paused' })
      expect(Date.parse(emergency.pausedUntil) / 1000).to.equal(until)

      await world.clock.moveTo(until)
      expect((await look('show')).emergencies[0].state).to.equal('lapsed')

      const second: Hex = (await opens(2, pause)).effects.decisionId
      for (const seat of [1, 2]) await done(offline(seat, second, 'yes', `again-${seat}.json`))
      await done(act(keeper, 'relay', file('again-1.json'), file('again-2.json'), '--yes'))
      const soon = await refusal(act(keeper, 'execute', '--decision', second, '--yes'))
      expect([soon.status, soon.code, soon.details.reason]).to.deep.equal([3, 'refused', 'Nvm_EmergencyTooSoon'])
    })
  })

  describe('the class that is said beforehand', () => {
    const dryClass = async (content: unknown) => {
      const from = ['--calls', await calls('class.json', content), '--seat', '0', '--rationale', 'look']
      return (await done(act(holder(0), 'open', ...from, '--dry-run'))).effects
    }

    it('is that of the highest part, in a batch too, whose calls are shown one by one', async () => {
      const { registry, policyBook } = world.manifest
      const data = encodeFunctionData({ abi: evidenceRegistryAbi, functionName: 'pause', args: [HOUR] })
      const batch = [registry, policyBook].map(to => ({ to, value: 0n, data }))
      const { class: name, calls: shown } = await dryClass([{ to: world.established.multiSend, data: batchOf(batch) }])
      expect(name).to.equal('ordinary')
      expect(shown[0].contract).to.equal('MultiSendCallOnly')
      expect(shown[0].carries.map(({ contract }: { contract: string }) => contract)).to.deep.equal([
        'EvidenceRegistry',
        'PolicyBook',
      ])
    })

    it('is constitutional for roles, for the Safe itself, and for what nobody knows', async () => {
      const { safe } = world.established
      const grant = await dryClass([{ contract: 'AccessManager', function: 'grantRole', args: ['4', safe, 0] }])
      expect([grant.class, grant.rule.yes]).to.deep.equal(['constitutional', 5])
      expect((await dryClass([{ contract: 'Safe', function: 'changeThreshold', args: [2] }])).class).to.equal(
        'constitutional',
      )
      const unknown = await dryClass([{ to: keeper.address, value: '1', data: '0x' }])
      expect(unknown).to.include({ class: 'constitutional' })
      expect(unknown.calls[0]).to.include({ contract: null, function: null, value: '1' })
      expect((await dryClass([{ contract: 'PolicyBook', function: 'listPool', args: [safe] }])).class).to.equal(
        'ratification',
      )
    })

    it('is none where a batch hides a delegatecall', async () => {
      const pause = encodeFunctionData({ abi: evidenceRegistryAbi, functionName: 'pause', args: [HOUR] })
      const call = batchOf([{ to: world.manifest.registry, value: 0n, data: pause }])
      // the packed batch begins behind selector, offset and length; its first byte is the operation
      const at = 2 + 2 * (4 + 32 + 32)
      const data = `${call.slice(0, at)}01${call.slice(at + 2)}`
      const from = ['--calls', await calls('smuggled.json', [{ to: world.established.multiSend, data }])]
      const refused = await refusal(act(holder(0), 'open', ...from, '--seat', '0', '--rationale', 'trust me', '--yes'))
      expect([refused.status, refused.details.reason]).to.deep.equal([3, 'Actions_DelegateCall'])
    })

    it('reads what an AccessManager would carry', async () => {
      const data = encodeFunctionData({ abi: evidenceRegistryAbi, functionName: 'pause', args: [HOUR] })
      const execute = [{ contract: 'AccessManager', function: 'execute', args: [world.manifest.registry, data] }]
      const { class: name, calls: shown } = await dryClass(execute)
      expect(name).to.equal('ordinary')
      expect(shown[0].carries[0]).to.include({ contract: 'EvidenceRegistry', function: 'pause(uint40)' })
    })
  })

  describe('seats', () => {
    it('are shown with owner, key and term', async () => {
      const { seats, ownersMatch } = await look('seats')
      expect(ownersMatch).to.equal(true)
      expect(seats.map(({ owner }: { owner: Address }) => owner).slice(0, 5)).to.deep.equal(holders.map(h => h.address))
      expect(seats[P256_SEAT].key).to.include({ kind: 'verifier', verifier: world.established.p256Verifier })
      const { stdout } = await nexus(keeper, 'seats', ...chain())
      expect(stdout).to.include('owners of the Safe are the owners of the seats')
    })

    it('of a P-256 key open decisions through anybody’s transaction', async () => {
      const from = ['--calls', await calls('p.json', [{ contract: 'PolicyBook', function: 'pause', args: [HOUR] }])]
      const opened = await done(
        act(
          keeper,
          'open',
          ...from,
          '--seat',
          `${P256_SEAT}`,
          '--rationale',
          'stop',
          '--pem',
          file('seat.pem'),
          '--yes',
        ),
      )
      expect(opened.transactions[0].events[0].args.seatId).to.equal(P256_SEAT)
      const wrong = await refusal(
        act(keeper, 'open', ...from, '--seat', '0', '--rationale', 'stop', '--pem', file('seat.pem'), '--yes'),
      )
      expect([wrong.status, wrong.code]).to.deep.equal([2, 'not-the-seats-key'])
      const stranger = await refusal(act(keeper, 'open', ...from, '--seat', '0', '--rationale', 'stop', '--yes'))
      expect([stranger.status, stranger.details.reason]).to.deep.equal([3, 'Nvm_NotOwner'])
    })
  })

  describe('ballot files', () => {
    let decision: Hex
    before(async () => {
      const listPool = [{ contract: 'PolicyBook', function: 'listPool', args: [world.established.safe] }]
      decision = (await opens(4, listPool)).effects.decisionId
    })

    it('are completed by a signature made elsewhere', async () => {
      const unsigned = file('elsewhere.json')
      const about = ['--decision', decision, '--seat', '4', '--choice', 'abstain', '--rationale', 'no view']
      const { ballot } = await done(
        nexus(keeper, 'vote', ...about, ...chain(), '--digest-only', '--export', unsigned, '--json'),
      )
      expect(ballot.signature).to.equal(null)
      const early = await refusal(act(keeper, 'relay', unsigned, '--yes'))
      expect([early.status, early.code]).to.deep.equal([2, 'ballot-unsigned'])
      const signature = await privateKeyToAccount(holder(4).privateKey).sign({ hash: ballot.digest })
      await done(nexus(keeper, 'vote', '--ballot', unsigned, '--signature', signature, '--json'))
      const twice = await refusal(nexus(keeper, 'vote', '--ballot', unsigned, '--signature', signature, '--json'))
      expect([twice.status, twice.code]).to.deep.equal([2, 'already-signed'])
      await done(act(keeper, 'relay', unsigned, '--yes'))
      expect((await look('show', '--decision', decision)).tally.abstain).to.deep.equal([4])
    })

    it('are not needed where the P-256 key is at hand: anybody’s transaction carries the answer', async () => {
      const say = [
        '--decision',
        decision,
        '--seat',
        `${P256_SEAT}`,
        '--choice',
        'recuse',
        '--rationale',
        'we own that pool',
      ]
      const cast = await done(act(keeper, 'vote', ...say, '--pem', file('seat.pem'), '--yes'))
      expect(cast.transactions[0].events[0]).to.deep.include({ event: 'BallotCast' })
      expect((await look('show', '--decision', decision)).tally.recuse).to.deep.equal([P256_SEAT])
      const after = await refusal(act(keeper, 'vote', ...say, '--pem', file('seat.pem'), '--yes'))
      expect([after.status, after.details.reason]).to.deep.equal([3, 'Nvm_Recused'])
    })

    it('of another chain, module or epoch are refused by name', async () => {
      const about = ['--decision', decision, '--seat', '1', '--choice', 'yes', '--rationale', 'r', ...keystoreOf(1)]
      const { nvm, nvmGuard } = world.established
      const cases = [
        ['another-chain', ['--chain-id', '1', '--module', nvm, '--epoch', '2']],
        ['another-chain', ['--chain-id', '31337', '--module', nvmGuard, '--epoch', '2']],
        ['another-epoch', ['--chain-id', '31337', '--module', nvm, '--epoch', '9']],
      ] as const
      for (const [n, [code, flags]] of cases.entries()) {
        const name = file(`foreign-${n}.json`)
        await done(nexus(keeper, 'vote', ...about, ...flags, '--export', name, '--json'))
        const refused = await refusal(act(keeper, 'relay', name, '--yes'))
        expect([refused.status, refused.code, refused.details.file]).to.deep.equal([2, code, name])
      }
    })

    it('are not written over, and leave nothing half-written', async () => {
      await mkdir(file('outbox'))
      await done(offline(1, decision, 'yes', 'outbox/one.json'))
      const before = await text('outbox/one.json')
      const again = await refusal(offline(1, decision, 'no', 'outbox/one.json'))
      expect([again.status, again.code]).to.deep.equal([2, 'file-exists'])
      expect(await text('outbox/one.json')).to.equal(before)
      expect(await readdir(file('outbox'))).to.deep.equal(['one.json'])
    })

    it('that were changed, torn or given twice are refused', async () => {
      await done(offline(1, decision, 'yes', 'sound.json'))
      await done(offline(P256_SEAT, decision, 'yes', 'sound-p256.json'))
      const sound = JSON.parse(await text('sound.json'))
      const other = JSON.parse(await text('sound-p256.json'))
      const forged: [Record<string, unknown>, RegExp][] = [
        [{ ...sound, choice: 'veto' }, /digest is of other fields/],
        [{ ...sound, signer: { kind: 'account', address: holder(2).address } }, /not signed by its signer/],
        [{ ...sound, signature: other.signature }, /not signed by its signer/],
        // a contract's signature only the chain could check; but this seat is held by none
        [{ ...sound, signer: { ...sound.signer, kind: 'contract' } }, /not-the-seats-key/],
      ]
      for (const [content, message] of forged) {
        const refused = await refusal(act(keeper, 'relay', await calls('forged.json', content), '--yes'))
        expect(refused.status, refused.message).to.be.oneOf([2, 3])
        expect(`${refused.code} ${refused.message}`).to.match(message)
      }
      await writeFile(file('none.json'), '{"version":')
      const torn = await refusal(act(keeper, 'relay', file('none.json'), '--yes'))
      expect([torn.status, torn.code]).to.deep.equal([2, 'bad-json'])
      const twice = await refusal(act(keeper, 'relay', file('sound.json'), file('sound.json'), '--yes'))
      expect([twice.status, twice.code]).to.deep.equal([2, 'ballot-twice'])
    })
  })

  it('refuses files of calls with the place of what is wrong', async () => {
    const wrong: [unknown, string, RegExp][] = [
      [[{ contract: 'Nobody', function: 'pause' }], 'no-such-contract', /no contract "Nobody"/],
      [[{ contract: 'EvidenceRegistry', function: 'pause', args: ['long'] }], 'bad-calls', /calls\[0\]\.args\[0\]/],
    ]
    for (const [content, code, message] of wrong) {
      const from = ['--calls', await calls('wrong.json', content), '--seat', '0', '--rationale', 'r', '--yes']
      const refused = await refusal(act(holder(0), 'open', ...from))
      expect([refused.status, refused.code], JSON.stringify(content)).to.deep.equal([2, code])
      expect(refused.message).to.match(message)
    }
  })

  it('refuses answers without a reason, seats and decisions that are none, and manifests without an NVM', async () => {
    const about = ['--choice', 'yes', '--yes']
    const someId = `0x${'11'.repeat(32)}`
    const cases: [string[], number, string][] = [
      [['vote', '--decision', someId, '--seat', '0', ...about], 2, 'no-rationale'],
      [['vote', '--decision', someId, '--seat', '0', '--rationale', ' ', ...about], 2, 'no-rationale'],
      [['vote', '--decision', someId, '--seat', '9', '--rationale', 'r', ...about], 2, 'bad-seat'],
      [['vote', '--decision', someId, '--seat', '6', '--rationale', 'r', ...about], 2, 'vacant-seat'],
      [['vote', '--decision', '0x11', '--seat', '0', '--rationale', 'r', ...about], 2, 'bad-decision-id'],
      [['vote', '--decision', someId, '--seat', '0', '--rationale', 'r', ...about], 2, 'no-such-decision'],
      [['vote', '--decision', someId, '--seat', '0', '--rationale', 'r', '--choice', 'aye', '--yes'], 2, 'bad-choice'],
      [['vote', '--seat', '0', ...about], 2, 'usage'],
      [['open', '--seat', '0', '--rationale', 'r', '--yes'], 2, 'usage'],
      [['execute', '--decision', someId, '--yes'], 2, 'no-such-decision'],
    ]
    for (const [args, status, code] of cases) {
      const refused = await refusal(act(holder(0), ...args))
      expect([refused.status, refused.code], args.join(' ')).to.deep.equal([status, code])
    }
    const { governance: _, ...bare } = world.manifest
    writeManifest(file('bare.json'), bare)
    const none = await refusal(nexus(keeper, 'seats', '--rpc', world.url, '--manifest', file('bare.json'), '--json'))
    expect([none.status, none.code]).to.deep.equal([2, 'no-governance'])
    const gone = await refusal(nexus(keeper, 'seats', '--rpc', 'http://127.0.0.1:9', '--manifest', world.manifestFile))
    expect([gone.status, gone.code]).to.deep.equal([75, 'chain-unavailable'])
  })

  it('takes a P-256 key only from a file that is one and that nobody else can read', async () => {
    const say = ['--decision', `0x${'11'.repeat(32)}`, '--seat', '5', '--choice', 'yes', '--rationale', 'r']
    const about = [
      '--chain-id',
      '31337',
      '--module',
      world.established.nvm,
      '--epoch',
      '1',
      '--export',
      file('never.json'),
    ]
    await writeFile(file('open.pem'), await text('seat.pem'), { mode: 0o644 })
    await writeFile(file('text.pem'), 'no key', { mode: 0o600 })
    for (const [name, code] of [
      ['open.pem', 'secret-readable'],
      ['text.pem', 'bad-key-file'],
      ['absent.pem', 'no-such-file'],
    ]) {
      const refused = await refusal(nexus(keeper, 'vote', ...say, ...about, '--pem', file(`${name}`)))
      expect([refused.status, refused.code]).to.deep.equal([2, code])
    }
    expect(await readdir(world.folder)).not.to.include('never.json')
  })

  describe('break-glass', () => {
    // no chain, no manifest
    const signs = (seat: number, name: string) =>
      nexus(holder(seat), 'break-glass', file(name), '--sign', '--key-env', 'THE_KEY', '--json')
    const passkey = (name: string) =>
      nexus(keeper, 'break-glass', file(name), '--sign', '--pem', file('seat.pem'), ...chain(), '--json')
    const prepared = async (name: string, content: unknown) =>
      done(
        nexus(keeper, 'break-glass', file(name), '--calls', await calls('glass.json', content), ...chain(), '--json'),
      )
    const stands = async (name: string) => look('break-glass', file(name))
    const on = { contract: 'RiskPool', function: 'setUnderwriter' }

    it('takes five owners, a P-256 seat among them, for what is not constitutional', async () => {
      const [first, second] = accounts.holders.slice(1, 3).map(({ address }) => address)
      const made = await prepared('two.json', [
        { ...on, args: [first, true] },
        { ...on, args: [second, true] },
      ])
      expect(made).to.deep.include({ class: 'ordinary', announcement: { kind: 'not-needed' }, missing: 5 })
      expect(made.calls[0].carries).to.have.length(2)
      for (const seat of [0, 1, 2, 3]) await done(signs(seat, 'two.json'))
      const twice = await refusal(signs(3, 'two.json'))
      expect([twice.status, twice.code]).to.deep.equal([2, 'already-signed'])
      const four = await refusal(act(keeper, 'break-glass', file('two.json'), '--execute', '--yes'))
      expect([four.status, four.code]).to.deep.equal([2, 'too-few-signatures'])
      expect((await done(passkey('two.json'))).missing).to.equal(0)
      const executed = await done(act(keeper, 'break-glass', file('two.json'), '--execute', '--yes'))
      const events = executed.transactions[0].events.map(({ event }: { event: string }) => event)
      expect(events).to.have.members(['UnderwriterSet', 'UnderwriterSet', 'BreakGlass'])
      const again = await refusal(act(keeper, 'break-glass', file('two.json'), '--execute', '--yes'))
      expect([again.status, again.code]).to.deep.equal([2, 'stale'])
      expect((await stands('two.json')).isStale).to.equal(true)
    })

    it('announces what is constitutional, and waits seven days', async () => {
      const { safe } = world.established
      const made = await prepared('grave.json', [{ contract: 'Safe', function: 'changeThreshold', args: [4] }])
      expect(made).to.deep.include({ class: 'constitutional', announcement: { kind: 'needed' } })
      for (const seat of [0, 1, 2, 3, 4]) await done(signs(seat, 'grave.json'))
      const unannounced = await refusal(act(keeper, 'break-glass', file('grave.json'), '--execute', '--yes'))
      expect([unannounced.status, unannounced.details.reason]).to.deep.equal([3, 'Guard_NotAnnounced'])
      const stranger = await refusal(act(keeper, 'break-glass', file('grave.json'), '--announce', '--yes'))
      expect([stranger.status, stranger.details.reason]).to.deep.equal([3, 'Guard_NotOwner'])
      await done(act(holder(0), 'break-glass', file('grave.json'), '--announce', '--yes'))
      expect((await stands('grave.json')).announcement.kind).to.equal('waiting')
      const [announced] = (await look('show')).announcements
      expect(announced).to.deep.include({ state: 'waiting', by: holder(0).address, delegateCall: false })
      expect(announced.calls[0]).to.include({ contract: 'Safe', function: 'changeThreshold(uint256)' })
      const early = await refusal(act(keeper, 'break-glass', file('grave.json'), '--execute', '--yes'))
      expect([early.status, early.details.reason]).to.deep.equal([75, 'Guard_TooEarly'])
      await world.clock.moveBy(7 * DAY)
      await done(act(keeper, 'break-glass', file('grave.json'), '--execute', '--yes'))
      const read = { address: safe, abi: safeAbi, functionName: 'getThreshold' } as const
      expect(await world.rpc.client.readContract(read)).to.equal(4n)
      expect((await look('show')).announcements[0].state).to.equal('used')
    })

    it('refuses files that were changed, and does not write over one', async () => {
      await prepared('third.json', [{ ...on, args: [keeper.address, true] }])
      await done(signs(0, 'third.json'))
      const sound = JSON.parse(await text('third.json'))
      const [mine] = sound.signatures
      const forged: [Record<string, unknown>, RegExp][] = [
        [{ ...sound, to: keeper.address }, /its hash is of other fields/],
        [{ ...sound, signatures: [{ ...mine, owner: holder(1).address }] }, /it is not signed by/],
      ]
      for (const [content, message] of forged) {
        const refused = await refusal(
          nexus(keeper, 'break-glass', await calls('forged-glass.json', content), ...chain(), '--json'),
        )
        expect([refused.status, refused.code]).to.deep.equal([2, 'bad-break-glass'])
        expect(refused.message).to.match(message)
      }
      const over = ['--calls', await calls('glass.json', [{ ...on, args: [keeper.address, true] }])]
      const there = await refusal(nexus(keeper, 'break-glass', file('third.json'), ...over, ...chain(), '--json'))
      expect([there.status, there.code]).to.deep.equal([2, 'file-exists'])
    })
  })

  describe('afterwards', () => {
    it('shows everything that is before the NVM in words', async () => {
      const { stdout, status } = await nexus(keeper, 'show', ...chain())
      expect(status).to.equal(0)
      expect(stdout)
        .to.include('emergency stop of EvidenceRegistry: lapsed')
        .and.to.match(/seat 3 +no, rationale 0x/)
        .and.to.include('remains    nothing: it is executed')
    })

    it('carries no ballot of a seat whose term is over', async () => {
      await world.clock.moveBy(2 * 365 * DAY)
      const late = await refusal(act(keeper, 'relay', file('sound.json'), '--yes'))
      expect([late.status, late.code, late.details.seatId]).to.deep.equal([2, 'seat-lapsed', 1])
      expect((await look('seats')).seats.every(({ lapsed }: { lapsed: boolean }) => lapsed)).to.equal(true)
    })
  })
})
