import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { accounts } from '@nexus/local/accounts'
import { expect } from 'chai'
import { id } from 'ethers'
import { type RecordsWorld, startRecords } from './records.ts'

const { governor, sponsor: author, keeper: stranger } = accounts
const [editor, maintainer] = accounts.holders
const DAY = 86_400
const SPEC = 'standards/report'
const FIRST = '# Reports\n\nA report says what was seen.\n'
const SECOND = '# Reports\n\nA report says what was seen, and by whom.\n'
/** As `sha256sum` prints it. */
const sha256 = (text: string) => `0x${createHash('sha256').update(text).digest('hex')}`
const why = (text: string) => ['--reason', text]

describe('nexus nip', function () {
  this.timeout(600_000)
  let world: RecordsWorld
  before(async () => {
    world = await startRecords()
  })
  after(() => world?.stop())

  if (!editor || !maintainer) throw new Error('too few accounts')
  const submit = async (version: string, text: string, ...more: string[]) => {
    await writeFile(world.file('spec.md'), text)
    return [
      ...['nip', 'submit', '--spec', SPEC, '--spec-version', version, '--file', world.file('spec.md')],
      ...['--uri', 'ipfs://spec', ...why('it is needed'), ...more],
    ]
  }
  const inDays = async (days: number) =>
    new Date(((await world.clock.nowSeconds()) + days * DAY) * 1000).toISOString().replace(/\.\d+Z/, 'Z')
  const stateOf = async (nipId: number) => (await world.look('nip', 'show', `${nipId}`)).json()
  /** Everything but the vote. */
  const upToVote = async (nipId: string) => {
    for (const [who, days] of [
      [editor, 2],
      [maintainer, 14],
      [stranger, 7],
    ] as const) {
      await world.clock.moveBy(days * DAY)
      await world.act(who, 'nip', 'advance', nipId, ...why('read and found in order'))
    }
    await world.clock.moveBy(3 * DAY)
  }

  it('gives terms to an editor and a maintainer, by the role that may', async () => {
    const until = await inDays(300)
    const grant = ['nip', 'grant-editor', editor.address, '--until', until, ...why('elected')]
    expect(await world.refused(stranger, ...grant)).to.equal('AccessManagedUnauthorized')
    const { effects } = (await world.act(governor, ...grant)).json()
    expect(effects.needs).to.include({ role: 'NIP_OFFICES', class: 'ordinary' })
    await world.act(
      governor,
      ...['nip', 'grant-maintainer', maintainer.address, '--spec', SPEC, '--until', until, ...why('elected')],
    )
  })

  it('takes a proposal from draft to final, each step by whose it is and not before its time', async () => {
    const { effects } = (await world.act(author, ...(await submit('1.0.0', FIRST)))).json()
    expect(effects).to.include({ nipId: '1', specHash: sha256(FIRST), specId: id(SPEC), version: '1.0.0' })
    const draft = await stateOf(1)
    expect(draft).to.include({ state: 'draft', specName: SPEC, version: '1.0.0', nextBy: 'an editor' })
    expect(Date.parse(draft.earliestAt) - Date.parse(draft.enteredAt)).to.equal(2 * DAY * 1000)

    const advance = ['nip', 'advance', '1', ...why('read')]
    expect(await world.refused(editor, ...advance)).to.equal('Nip_TooSoon')
    await world.clock.moveBy(2 * DAY)
    expect(await world.refused(stranger, ...advance)).to.equal('Nip_NotEditor')
    const moved = (await world.act(editor, ...advance)).json()
    expect(moved.effects).to.include({ from: 'draft', to: 'review' })

    await world.act(editor, 'nip', 'send-back', '1', ...why('a word is missing'))
    await writeFile(world.file('spec.md'), SECOND)
    const revise = ['nip', 'revise', '1', '--file', world.file('spec.md'), '--uri', 'ipfs://second', ...why('added')]
    const revised = (await world.act(author, ...revise)).json()
    expect(revised.effects).to.include({ specHash: sha256(SECOND), specHashBefore: sha256(FIRST) })
    await upToVote('1')

    const accept = ['nip', 'record-outcome', '1', '--accepted', ...why('41 to 2')]
    expect(await world.refused(governor, ...accept, '--spec-hash', sha256(FIRST))).to.equal('Nip_OtherSpecification')
    await world.act(governor, ...accept, '--file', world.file('spec.md'))
    const final = await stateOf(1)
    expect(final).to.deep.include({ state: 'final', sendBacks: 1, uri: 'ipfs://second', earliestAt: null })
    expect(final.moves.map((one: { to?: string }) => one.to ?? 'revised')).to.deep.equal([
      ...['draft', 'review', 'draft', 'revised', 'review', 'last-call', 'vote', 'final'],
    ])
    expect(final.moves.at(-1)).to.include({ by: governor.address, reasonHash: id('41 to 2') })
    const text = await world.read('nip', 'show', '1')
    expect(text)
      .to.match(/brings +standards\/report 1\.0\.0/)
      .and.to.include('vote to final, by')
  })

  it('says which version is in force since when, and that the next one breaks it', async () => {
    const early = await world.nexus(
      author,
      ...(await submit('2.0.0', FIRST)),
      ...world.on,
      '--key-env',
      'THE_KEY',
      '--yes',
    )
    expect([early.status, early.error().details.reason]).to.deep.equal([3, 'Nip_ActivationOutOfRange'])
    // a text counts once, also when another one took its place
    const third = `${SECOND}And when.\n`
    await world.act(author, ...(await submit('2.0.0', third, '--activation-days', '30')))
    await upToVote('2')

    // what only a role may do can be put to the seats instead: the same call, in words
    const outcome = ['nip', 'record-outcome', '2', '--accepted', ...why('30 to 9')]
    const printed = await world.nexus(stranger, ...outcome, ...world.on, '--as-calls')
    expect(printed.json()).to.deep.equal([
      {
        ...{ contract: 'NipRegistry', function: 'recordOutcome' },
        args: ['2', sha256(third), true, id('30 to 9')],
      },
    ])
    expect(printed.stderr).to.include('NIP_OUTCOME').and.to.include('ratification')
    await world.act(governor, ...outcome)

    const before = (await world.look('nip', 'versions', SPEC)).json()
    expect(before.inForce).to.equal('1.0.0')
    expect(before.versions.map((one: { version: string }) => one.version)).to.deep.equal(['1.0.0', '2.0.0'])
    const [first, second] = before.versions
    expect(first).to.include({ inForce: true, nipId: 1, specHash: sha256(SECOND), inForceUntil: second.inForceFrom })
    expect(second).to.include({ inForce: false, compatible: false, inForceUntil: null })
    await world.clock.moveBy(30 * DAY)
    expect((await world.look('nip', 'versions', SPEC)).json().inForce).to.equal('2.0.0')
    expect((await stateOf(1)).state).to.equal('superseded')
    expect(await world.read('nip', 'versions', SPEC)).to.match(/^ {2}1\.0\.0 +first .*\n\* 2\.0\.0 +breaks /)
  })

  it('lists proposals by state, and lets the author alone withdraw one', async () => {
    await world.act(author, ...(await submit('2.0.1', 'another text\n')))
    const withdraw = ['nip', 'withdraw', '3', ...why('found wanting')]
    expect(await world.refused(stranger, ...withdraw)).to.equal('Nip_NotAuthor')
    await world.act(author, ...withdraw)
    const all = (await world.look('nip', 'list')).json()
    expect(all.map((one: { state: string }) => one.state)).to.deep.equal(['superseded', 'final', 'withdrawn'])
    expect((await world.look('nip', 'list', '--state', 'final')).json()).to.have.length(1)
  })

  it('rejects what had no outcome for ninety days, by anyone, and not before', async () => {
    await world.act(author, ...(await submit('2.0.1', 'a third text\n')))
    await upToVote('4')
    const lapse = ['nip', 'lapse', '4', ...why('nobody counted')]
    expect(await world.refused(stranger, ...lapse)).to.equal('Nip_TooSoon')
    await world.clock.moveBy(90 * DAY)
    await world.act(stranger, ...lapse)
    expect((await stateOf(4)).state).to.equal('rejected')
  })

  it('ends a term at once', async () => {
    const { effects } = (await world.act(governor, 'nip', 'end-editor', editor.address, ...why('resigned'))).json()
    expect(effects).to.include({ office: 'editor', holder: editor.address, until: null })
  })

  it('refuses what cannot be meant, with a code and nothing sent', async () => {
    const bad = async (...args: string[]) => {
      const run = await world.nexus(author, 'nip', ...args, ...world.on, '--key-env', 'THE_KEY')
      expect(run.status, run.stdout).to.equal(2)
      return run.error().code
    }
    expect(await bad('advance', 'one', ...why('x'))).to.equal('bad-nip')
    expect(await bad('advance', '1')).to.equal('no-reason')
    expect(await bad('advance', '1', '--reason', ' ')).to.equal('no-reason')
    expect(await bad(...(await submit('1.0', FIRST)).slice(1))).to.equal('bad-version')
    expect(await bad('revise', '1', '--file', world.file('none'), '--uri', 'u', ...why('x'))).to.equal('no-such-file')
    expect(await bad('record-outcome', '1', '--accepted', '--rejected', ...why('x'))).to.equal('usage')
    expect(await bad('versions')).to.equal('usage')
    const unconfirmed = await world.nexus(
      author,
      ...(await submit('2.0.1', 'a fourth text\n')),
      ...[...world.on, '--key-env', 'THE_KEY'],
    )
    expect([unconfirmed.status, unconfirmed.stderr.includes('not-confirmed')]).to.deep.equal([2, true])
    const none = await world.nexus(author, 'nip', 'show', '99', ...world.on)
    expect([none.status, none.error().code]).to.deep.equal([2, 'no-such-nip'])
  })
})
