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
})
