import { readFile, rm, writeFile } from 'node:fs/promises'
import { arbiterRegisterAbi } from '@nexus/chain/abi/ArbiterRegister'
import { competenceCredentialsAbi } from '@nexus/chain/abi/CompetenceCredentials'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { grievanceTerms } from '@nexus/deploy/modules/grievance'
import { type Account, accounts } from '@nexus/local/accounts'
import { expect } from 'chai'
import { encodeFunctionData, type Hex, keccak256, stringToBytes, zeroHash } from 'viem'
import { type RecordsWorld, startRecords } from './records.ts'

const { governor, sponsor: household, keeper: stranger } = accounts
const [insurer] = accounts.depositors
const arbiters = accounts.holders
const DAY = 86_400
const UNIT = 1_000_000n
const hash = (text: string) => keccak256(stringToBytes(text))

describe('nexus grievance', function () {
  this.timeout(600_000)
  let world: RecordsWorld
  if (!insurer) throw new Error('too few accounts')

  const send = async (from: Account, to: Hex, data: Hex) => {
    const tx = (await world.rpc.request('eth_sendTransaction', { from: from.address, to, data })) as Hex
    const receipt = await world.rpc.client.waitForTransactionReceipt({ hash: tx })
    expect(receipt.status).to.equal('success')
  }

  before(async () => {
    const small = { panelSize: 1, appealPanelSize: 3, drawBlocks: 40, appealDrawBlocks: 32 }
    world = await startRecords({ parameters: { Local: { grievanceTerms: { ...grievanceTerms, ...small } } } })
    const { manifest } = world
    const asset = Object.values(manifest.assets)[0] as Hex
    const { grievance } = manifest
    if (!grievance) throw new Error('nothing was deployed')
    const competence = manifest.rails?.competence as Hex
    const credentials = { abi: competenceCredentialsAbi }
    const field = await world.rpc.client.readContract({
      ...{ address: grievance.register, abi: arbiterRegisterAbi, functionName: 'field' },
    } as const)
    expect(field).to.equal(hash('arbitration'))
    const allow = encodeFunctionData({
      ...{ ...credentials, functionName: 'setIssuer', args: [governor.address, field, true] },
    } as const)
    await send(governor, competence, allow)
    const until = (await world.clock.nowSeconds()) + 900 * DAY
    for (const one of [...arbiters, household, insurer]) {
      const mint = { abi: testStablecoinAbi, functionName: 'mint', args: [one.address, 10_000n * UNIT] } as const
      await send(governor, asset, encodeFunctionData(mint))
    }
    for (const { address } of arbiters) {
      const issue = { ...credentials, functionName: 'issue', args: [address, field, 3, until, zeroHash] } as const
      await send(governor, competence, encodeFunctionData(issue))
    }
  })
  after(() => world?.stop())

  /** One at a time: the journal of a local chain keeps each. */
  const mine = async (blocks: number) => {
    for (let i = 0; i < blocks; i++) await world.rpc.request('evm_mine')
  }
  const show = async (caseId: number) => (await world.look('grievance', 'show', `${caseId}`)).json()
  const write = async (name: string, text: string) => {
    await writeFile(world.file(name), text)
    return world.file(name)
  }
  const open = async (name: string, ...more: string[]) => [
    ...['grievance', 'open', '--respondent', insurer.address, '--compensation', '800 nxUSD'],
    ...['--claim-file', await write('claim.txt', 'The drought was there; the payout was not.')],
    ...['--salt-file', world.file(`${name}.salt`), ...more],
  ]
  const toDeadline = async (caseId: number) => world.clock.moveTo(Date.parse((await show(caseId)).deadline) / 1000)

  it('lets arbiters join, and lists them a week later', async () => {
    for (const one of arbiters) await world.act(one, 'grievance', 'arbiters', 'join')
    expect(await world.refused(arbiters[0], 'grievance', 'arbiters', 'enlist', arbiters[0].address)).to.equal(
      'Arbiters_TooEarly',
    )
    await world.clock.moveBy(7 * DAY)
    for (const one of arbiters) await world.act(stranger, 'grievance', 'arbiters', 'enlist', one.address)
    const all = (await world.look('grievance', 'arbiters', 'list')).json()
    expect(all.map((one: { listed: boolean }) => one.listed)).to.deep.equal([true, true, true, true])
  })

  it('shows what a case would claim and cost, and sends nothing without a yes', async () => {
    const run = await world.nexus(household, ...(await open('dry')), ...world.on, '--key-env', 'THE_KEY', '--dry-run')
    expect(run.status, run.stderr).to.equal(0)
    expect(run.stdout + run.stderr)
      .to.include('800 nxUSD')
      .and.to.include('10 nxUSD; back unless the case is dismissed')
    expect(run.stdout).to.include('nothing was sent')
    expect((await world.look('grievance', 'stats')).json().opened).to.equal(0)
  })

  it('takes a case from its filing through answer, panel and appeal to its orders', async () => {
    await world.act(household, ...(await open('one', '--remedies', 'apology')))
    expect(await readFile(world.file('one.salt'), 'utf8')).to.match(/^0x[0-9a-f]{64}\n$/)
    const answering = await show(1)
    expect(answering).to.include({ state: 'answering', claimedAssets: `${800n * UNIT}`, answered: false })
    expect(answering.next).to.equal('goes to a panel; the silence is on record')
    const answer = ['--answer-file', await write('answer.txt', 'The index says otherwise.')]
    await world.act(insurer, 'grievance', 'answer', '1', ...answer, '--salt-file', world.file('answer.salt'))
    expect(await world.refused(stranger, 'grievance', 'advance', '1')).to.equal('Grievance_TooEarly')
    await toDeadline(1)
    await world.act(stranger, 'grievance', 'advance', '1')
    await mine(45)
    await world.act(stranger, 'grievance', 'advance', '1')

    const panelOf = async (instance: number) =>
      (await show(1)).seats
        .filter((seat: { instance: number }) => seat.instance === instance)
        .map((seat: { arbiter: Hex }) => arbiters.find(one => one.address === seat.arbiter) as Account) as Account[]
    const reasons = await write('reasons.txt', 'The station was read right.')
    const rule = async (who: Account, name: string, ...how: string[]) =>
      world.act(who, 'grievance', 'commit', '1', ...how, '--reasons-file', reasons, '--file', world.file(name))
    const [first] = await panelOf(1)
    if (!first) throw new Error('no panel')
    await rule(first, 'first.json', '--dismiss')
    await world.act(first, 'grievance', 'reveal', '1', '--file', world.file('first.json'))
    await world.act(stranger, 'grievance', 'advance', '1')
    expect(await show(1)).to.include({ state: 'appealable', ruling: 'dismissed' })

    expect(await world.refused(stranger, 'grievance', 'appeal', '1')).to.be.a('string') // no tokens, or no party
    await world.act(household, 'grievance', 'appeal', '1')
    await mine(40)
    await world.act(stranger, 'grievance', 'advance', '1')
    const second = await panelOf(2)
    expect(second).to.have.length(3)
    for (const [i, one] of second.entries())
      await rule(one, `second-${i}.json`, '--uphold', i === 0 ? '4' : '3', '--remedies', 'apology')
    for (const [i, one] of second.entries())
      await world.act(one, 'grievance', 'reveal', '1', '--file', world.file(`second-${i}.json`))
    await world.act(stranger, 'grievance', 'advance', '1')
    const closed = await show(1)
    expect(closed).to.include({ state: 'closed', outcome: 'upheld', ruling: 'upheld: 75 % of the claim, apology' })
    expect(closed.dueAssets).to.equal(`${600n * UNIT}`)
    expect(closed.orders.map((one: { kind: string }) => one.kind)).to.deep.equal(['compensation', 'apology'])
    expect(closed.timeline.map((one: { event: string }) => one.event)).to.include.members([
      ...['CaseOpened', 'CaseAnswered', 'PanelDrawn', 'RulingCommitted', 'RulingRevealed', 'CaseAppealed'],
      ...['PanelRuled', 'CaseClosed', 'OrderIssued'],
    ])

    const text = ['--text-file', await write('sorry.txt', 'We are sorry.'), '--uri', 'ipfs://sorry']
    expect(await world.refused(stranger, 'grievance', 'apologise', '1', ...text)).to.equal('Orders_NotRespondent')
    await world.act(insurer, 'grievance', 'apologise', '1', ...text)
    await world.act(stranger, 'grievance', 'collect', household.address)
    const stats = (await world.look('grievance', 'stats')).json()
    expect(stats).to.include({ opened: 1, upheld: 1, appealed: 1, dismissed: 0 })
    expect(await world.read('grievance', 'show', '1')).to.include('order        apology: done')
  })

  it('refuses a ruling that could not be revealed, and never writes over a file that holds a salt', async () => {
    await world.act(household, ...(await open('two')))
    const again = await world.nexus(household, ...(await open('two')), ...world.on, '--key-env', 'THE_KEY', '--yes')
    expect([again.status, again.error().code]).to.deep.equal([2, 'file-exists'])
    const reasons = ['--reasons-file', await write('r.txt', 'r'), '--file', world.file('r.json')]
    const commit = ['grievance', 'commit', '2', ...reasons, ...world.on, '--key-env', 'THE_KEY', '--yes']
    for (const [how, code] of [
      [['--uphold', '4', '--remedies', 'apology'], 'not-requested'],
      [['--uphold', '5'], 'bad-ruling'],
      [['--dismiss', '--remedies', 'apology'], 'bad-ruling'],
      [['--uphold', '1', '--remedies', 'revenge'], 'bad-remedy'],
      [[], 'usage'],
    ] as const) {
      const run = await world.nexus(arbiters[0], ...commit, ...how)
      expect([run.status, run.error().code], how.join(' ')).to.deep.equal([2, code])
    }
    await rm(world.file('r.json'), { force: true })
    expect(await world.refused(arbiters[0], ...['grievance', 'commit', '2', '--dismiss', ...reasons])).to.equal(
      'Panels_NotSeated',
    )
  })

  it('settles what both sides signed in one file', async () => {
    const file = ['--file', world.file('settlement.json')]
    const sign = (who: Account, ...more: string[]) =>
      world.nexus(who, 'grievance', 'sign-settlement', '2', ...file, ...more, ...world.on, '--key-env', 'THE_KEY')
    const expires = new Date(((await world.clock.nowSeconds()) + 10 * DAY) * 1000).toISOString().replace(/\.\d+Z/, 'Z')
    const words = ['--text', await write('terms.txt', 'No fault.'), '--expires', expires, '--apology']
    expect((await sign(household, ...words)).status).to.equal(0)
    const early = await world.nexus(
      stranger,
      'grievance',
      'settle',
      '2',
      ...file,
      ...world.on,
      '--key-env',
      'THE_KEY',
      '--yes',
    )
    expect(early.error().code).to.equal('not-signed')
    expect((await sign(insurer)).status).to.equal(0)
    await world.act(stranger, 'grievance', 'settle', '2', ...file)
    expect(await show(2)).to.include({ state: 'closed', outcome: 'settled' })
  })

  const does = (who: Account, ...args: string[]) => world.act(who, 'grievance', ...args)
  const no = (who: Account, ...args: string[]) => world.refused(who, 'grievance', ...args)
  const bad = async (...args: string[]) => {
    const run = await world.nexus(governor, 'grievance', ...args, ...world.on, '--key-env', 'THE_KEY', '--yes')
    expect(run.status, run.stdout).to.equal(2)
    return run.error().code
  }

  it('bonds respondents: posted by anyone, there until a notice is over, and then collected', async () => {
    const bond = async () => (await world.look('grievance', 'bonds', 'show', insurer.address)).json()
    const none = { respondent: insurer.address, bondAssets: '0', releasableAt: null, owedAssets: '0' }
    expect(await bond()).to.deep.equal(none)
    expect(await no(insurer, 'bonds', 'announce')).to.equal('Bonds_NothingBonded')
    const { effects } = (await does(insurer, 'bonds', 'post', '120 nxUSD')).json()
    expect(effects).to.deep.include({ respondent: insurer.address, bondAssets: `${120n * UNIT}` })
    await does(household, 'bonds', 'post', '30 nxUSD', '--for', insurer.address)
    expect(await bond()).to.deep.equal({ ...none, bondAssets: `${150n * UNIT}` })

    expect(await no(insurer, 'bonds', 'keep')).to.equal('Bonds_NoNotice')
    await does(insurer, 'bonds', 'announce')
    const announced = (await bond()).releasableAt
    const leaves = Date.parse(announced) / 1000
    expect(leaves - (await world.clock.nowSeconds())).to.be.within(166 * DAY, 167 * DAY)
    expect(await world.read('grievance', 'bonds', 'show', insurer.address))
      .to.include('150 nxUSD')
      .and.to.include(announced)
    expect(await no(insurer, 'bonds', 'announce')).to.equal('Bonds_NoticeGiven')
    await does(insurer, 'bonds', 'keep')
    expect((await bond()).releasableAt).to.equal(null)

    await does(insurer, 'bonds', 'announce')
    expect(await no(stranger, 'bonds', 'release', insurer.address)).to.equal('Bonds_NoticeRuns')
    await world.clock.moveBy(168 * DAY)
    await does(stranger, 'bonds', 'release', insurer.address)
    expect(await bond()).to.deep.equal({ ...none, owedAssets: `${150n * UNIT}` })
    const collected = (await does(stranger, 'collect', insurer.address)).json()
    expect(collected.effects).to.deep.include({ owner: insurer.address, assets: `${150n * UNIT}` })
    expect(await bond()).to.deep.equal(none)
  })

  it('shows the terms of cases, and has the role set others: only what is named changes, and only from then on', async () => {
    const terms = async (...more: string[]) => (await world.look('grievance', 'terms', ...more)).json()
    const first = await terms()
    expect(first).to.deep.include({ version: 1, arbiterBondAssets: `${500n * UNIT}` })
    expect(first.terms).to.deep.include({ bondAssets: `${10n * UNIT}`, answerSeconds: 14 * DAY, panelSize: 1 })
    expect(await world.read('grievance', 'terms')).to.match(
      /bondAssets +10 nxUSD\n.*answerSeconds +1209600 s \(14 d\)/s,
    )

    const set = ['set-terms', '--set', 'rewardAssets=0', `answerSeconds=${10 * DAY}`, 'bondAssets=12.50 nxUSD']
    expect(await no(household, ...set)).to.equal('AccessManagedUnauthorized')
    const printed = await world.nexus(stranger, 'grievance', ...set, ...world.on, '--as-calls')
    expect(printed.status, printed.stderr).to.equal(0)
    const next = { ...first.terms, rewardAssets: '0', answerSeconds: 10 * DAY, bondAssets: '12500000' }
    expect(printed.json()).to.deep.equal([{ contract: 'GrievanceDesk', function: 'setTerms', args: [next] }])
    expect(printed.stderr)
      .to.include('GRIEVANCE_TERMS')
      .and.to.include('10 nxUSD → 12.5 nxUSD')
      .and.not.to.include('panelSize')
    const { effects } = (await does(governor, ...set)).json()
    expect(effects).to.deep.include({ version: 2, terms: next })
    expect(await terms()).to.deep.include({ version: 2, terms: next })
    expect(await terms('--terms-version', '1')).to.deep.equal(first)

    for (const [changes, code] of [
      [['answerSeconds=864000'], 'nothing-changes'],
      [['patience=3'], 'bad-term'],
      [['panelSize=1.5'], 'bad-term'],
      [['panelSize=3', 'panelSize=5'], 'bad-term'],
      [['bondAssets=1 gold'], 'wrong-unit'],
    ] as const)
      expect(await bad('set-terms', '--set', ...changes), changes.join(' ')).to.equal(code)
    expect(await no(governor, 'set-terms', '--set', 'panelSize=2')).to.equal('Terms_Even')
    expect(await no(governor, 'set-terms', '--set', 'commitSeconds=1')).to.equal('Terms_OutOfRange')
  })

  it('sets the bond of arbiters by the same role, and gives who left theirs back', async () => {
    const setBond = ['arbiters', 'set-bond', '600 nxUSD']
    expect(await no(arbiters[0], ...setBond)).to.equal('AccessManagedUnauthorized')
    const { effects } = (await does(governor, ...setBond)).json()
    expect(effects).to.deep.include({ before: `${500n * UNIT}`, bondAssets: `${600n * UNIT}` })
    expect((await world.look('grievance', 'terms')).json().arbiterBondAssets).to.equal(`${600n * UNIT}`)

    const [, , , leaving] = arbiters
    await does(leaving, 'arbiters', 'resign')
    expect(await no(stranger, 'arbiters', 'release', leaving.address)).to.equal('Arbiters_TooEarly')
    await world.clock.moveBy(168 * DAY)
    await does(stranger, 'arbiters', 'release', leaving.address)
    const { owedAssets } = (await world.look('grievance', 'bonds', 'show', leaving.address)).json()
    expect(BigInt(owedAssets) >= 500n * UNIT, 'what was bonded, and pay').to.equal(true)
    const listed = (await world.look('grievance', 'arbiters', 'list')).json()
    expect(listed.map(({ arbiter }: { arbiter: string }) => arbiter)).not.to.include(leaving.address)
  })

  it('has the commons get what a dismissed case took and did not spend, and the reserve what anyone gives', async () => {
    await does(household, 'give', '5 nxUSD')
    await does(household, ...(await open('three')).slice(1))
    expect((await show(3)).deadline).to.be.a('string')
    expect(await no(stranger, 'strike', '3', '--aep', hash('never cited'))).to.equal('Grievance_NotExhibited')
    expect(await no(stranger, 'forward', '3')).to.equal('Ledger_Nothing')
    await toDeadline(3)
    await does(stranger, 'advance', '3')
    await mine(45)
    await does(stranger, 'advance', '3')
    const [seat] = (await show(3)).seats
    const judge = arbiters.find(one => one.address === seat.arbiter) as Account
    const reasons = ['--reasons-file', await write('why.txt', 'Nothing was shown.')]
    await does(judge, 'commit', '3', '--dismiss', ...reasons, '--file', world.file('three.json'))
    await does(judge, 'reveal', '3', '--file', world.file('three.json'))
    await does(stranger, 'advance', '3')
    await toDeadline(3)
    await does(stranger, 'advance', '3')
    expect(await show(3)).to.include({ state: 'closed', outcome: 'dismissed' })

    const commons = world.manifest.commons as Hex
    const asset = Object.values(world.manifest.assets)[0] as Hex
    const held = () =>
      world.rpc.client.readContract({
        address: asset,
        abi: testStablecoinAbi,
        functionName: 'balanceOf',
        args: [commons],
      })
    const before = await held()
    await does(stranger, 'forward', '3')
    // the bond of version 2, of which nobody is paid
    expect((await held()) - before).to.equal(12_500_000n)
    expect(await no(stranger, 'forward', '3')).to.equal('Ledger_Nothing')
  })
})
