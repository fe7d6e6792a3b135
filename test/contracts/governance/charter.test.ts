import { expect } from 'chai'
import { AbiCoder, keccak256, toUtf8Bytes } from 'ethers'
import type { CharterRegistry } from '../../../types/ethers-contracts/index.ts'
import { bind, deploy as deployCapital, ethers, hash, networkHelpers, people, ZeroAddress } from '../capital/world.ts'

const REASON = hash('reason')
const NONE = `0x${'0'.repeat(64)}`
const NAME = 'rail: Horn of Africa'
const CHARTER = hash(NAME)
const Kind = { call: 0, policy: 1, feed: 2 } as const
const NO_SELECTOR = '0x00000000'

interface Carrier {
  kind: number
  target: string
  selector: string
  id: string
}
interface ClauseText {
  label: string
  text: string
  carriers: Carrier[]
}

const ROLE = { chartering: 51n, amending: 52n } as const

/** A charter that is open, beside a real policy book with a policy, a real terms store with a feed. */
async function deploy() {
  const w = await deployCapital()
  const { authority, store, book } = w
  const { guardian: chartering, curator: keeper, alice: otherKeeper, stranger } = await people()
  const charters = await ethers.deployContract('CharterRegistry', [authority, store])
  const selectors = (names: readonly ('open' | 'changeKeeper' | 'amend')[]) =>
    names.map(name => charters.interface.getFunction(name).selector)
  await authority.setTargetFunctionRole(charters, selectors(['open', 'changeKeeper']), ROLE.chartering)
  await authority.setTargetFunctionRole(charters, selectors(['amend']), ROLE.amending)
  await authority.grantRole(ROLE.chartering, chartering.address, 0)
  for (const who of [keeper, otherKeeper]) await authority.grantRole(ROLE.amending, who.address, 0)
  const specification = toUtf8Bytes('{"model":"spi"}')
  await store.publishFeed(specification)
  const { policyId } = await bind(w)
  await charters.connect(chartering).open(NAME, keeper.address)
  const carriers = {
    pause: {
      kind: Kind.call,
      target: await book.getAddress(),
      selector: book.interface.getFunction('pause').selector,
      id: NONE,
    },
    policy: {
      kind: Kind.policy,
      target: await book.getAddress(),
      selector: NO_SELECTOR,
      id: ethers.toBeHex(policyId, 32),
    },
    feed: { kind: Kind.feed, target: ZeroAddress, selector: NO_SELECTOR, id: keccak256(specification) },
  }
  return { ...w, charters, chartering, keeper, otherKeeper, stranger, carriers }
}
type World = Awaited<ReturnType<typeof deploy>>

const clause = (label: string, text: string, ...carriers: Carrier[]): ClauseText => ({ label, text, carriers })
const amend = (w: World, expected: number, clauses: ClauseText[], reason = REASON) =>
  w.charters.connect(w.keeper).amend(CHARTER, expected, clauses, reason)

/** What a clause should read as. */
const read = ({ label, text, carriers }: ClauseText, since: number) => [
  hash(label),
  label,
  text === '' ? NONE : hash(text),
  BigInt(since),
  carriers.map(c => [BigInt(c.kind), c.target, c.selector, c.id]),
]

const clauseType =
  'tuple(string label,string text,tuple(uint8 kind,address target,bytes4 selector,bytes32 id)[] carriers)[]'
/** keccak256(abi.encode(before, version, keccak256(abi.encode(clauses)), reason)), from the interface's words. */
const nextHash = (before: string, version: number, clauses: ClauseText[], reason = REASON) => {
  const coder = AbiCoder.defaultAbiCoder()
  const inner = keccak256(coder.encode([clauseType], [clauses]))
  return keccak256(coder.encode(['bytes32', 'uint32', 'bytes32', 'bytes32'], [before, version, inner, reason]))
}

describe('Charter', () => {
  it('says clause by clause what was promised and what carries it out', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const { pause, policy, feed } = w.carriers
    const clauses = [
      clause('1', 'Payments stop for three days at most.', pause),
      clause('2.1', 'The household on the hill is covered.', policy, feed),
      clause('2.2', 'We are kind to each other.'), // nothing on chain carries that out, and the reader sees so
    ]
    const sent = amend(w, 0, clauses)
    for (const c of clauses)
      await expect(sent)
        .to.emit(w.charters, 'ClauseSet')
        .withArgs(
          CHARTER,
          hash(c.label),
          1,
          c.label,
          hash(c.text),
          c.text,
          c.carriers.map(x => Object.values(x)),
        )
    await expect(sent)
      .to.emit(w.charters, 'CharterAmended')
      .withArgs(CHARTER, 1, nextHash(NONE, 1, clauses), REASON)
    expect(await w.charters.clausesOf(CHARTER)).to.deep.equal(clauses.map(c => read(c, 1)))
    expect(await w.charters.clauseIdsOf(CHARTER)).to.deep.equal(clauses.map(c => hash(c.label)))
    for (const c of clauses) {
      expect(await w.charters.clauseIdOf(c.label)).to.equal(hash(c.label))
      expect(await w.charters.clauseOf(CHARTER, hash(c.label))).to.deep.equal(read(c, 1))
    }
    const { keeper, version, clauses: count, amendedAt } = await w.charters.charterOf(CHARTER)
    expect([keeper, version, count]).to.deep.equal([w.keeper.address, 1n, 3n])
    expect(amendedAt).to.equal(BigInt(await networkHelpers.time.latest()))
  })

  it('keeps every version readable, and hashes its whole history', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const { pause, feed } = w.carriers
    const amendments = [
      [clause('1', 'one', pause), clause('2', 'two')],
      [clause('2', 'two, better', feed), clause('3', 'three')],
      [clause('1', '')], // repealed
      [clause('1', 'one, again')],
    ]
    const model: ClauseText[][] = []
    let charterHash = NONE
    for (const [n, clauses] of amendments.entries()) {
      await amend(w, n, clauses)
      charterHash = nextHash(charterHash, n + 1, clauses)
      expect((await w.charters.charterOf(CHARTER)).charterHash).to.equal(charterHash)
      const standing = new Map((model[n - 1] ?? []).map(c => [c.label, c]))
      for (const c of clauses) standing.set(c.label, c)
      model.push([...standing.values()])
    }
    for (const [n, clauses] of model.entries())
      for (const label of ['1', '2', '3']) {
        const expected = clauses.find(c => c.label === label)
        const at = w.charters.clauseAt(CHARTER, hash(label), n + 1)
        if (!expected)
          await expect(at)
            .to.be.revertedWithCustomError(w.charters, 'Charter_UnknownClause')
            .withArgs(CHARTER, hash(label))
        else {
          const since = amendments.findLastIndex((a, i) => i <= n && a.includes(expected)) + 1
          expect(await at, `${label} at ${n + 1}`).to.deep.equal(read(expected, since))
        }
      }
    for (const version of [0, 5])
      await expect(w.charters.clauseAt(CHARTER, hash('1'), version))
        .to.be.revertedWithCustomError(w.charters, 'Charter_UnknownVersion')
        .withArgs(CHARTER, version)
  })

  it('shows what stands, and nothing that was repealed', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    await amend(w, 0, [clause('1', 'one'), clause('2', 'two'), clause('3', 'three')])
    await amend(w, 1, [clause('2', '')])
    expect((await w.charters.clausesOf(CHARTER)).map(c => c.label)).to.deep.equal(['1', '3'])
    expect(await w.charters.clauseOf(CHARTER, hash('2'))).to.deep.equal(read(clause('2', ''), 2))
    await expect(amend(w, 2, [clause('2', '', w.carriers.pause)]))
      .to.be.revertedWithCustomError(w.charters, 'Charter_RepealedCarries')
      .withArgs(hash('2'))
  })

  it('is amended by its own keeper alone, who holds the role besides', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const words = [clause('1', 'one')]
    for (const who of [w.stranger, w.chartering])
      await expect(w.charters.connect(who).amend(CHARTER, 0, words, REASON))
        .to.be.revertedWithCustomError(w.charters, 'AccessManagedUnauthorized')
        .withArgs(who.address)
    // the keeper of another charter has the role, and yet no say here
    await w.charters.connect(w.chartering).open('another rail', w.otherKeeper.address)
    await expect(w.charters.connect(w.otherKeeper).amend(CHARTER, 0, words, REASON))
      .to.be.revertedWithCustomError(w.charters, 'Charter_NotKeeper')
      .withArgs(CHARTER, w.otherKeeper.address)
    await w.authority.revokeRole(ROLE.amending, w.keeper.address)
    await expect(amend(w, 0, words)).to.be.revertedWithCustomError(w.charters, 'AccessManagedUnauthorized')
  })

  it('refuses an amendment that was made for another version, so none is made twice', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    await amend(w, 0, [clause('1', 'one')])
    for (const expected of [0, 2])
      await expect(amend(w, expected, [clause('1', 'one')]))
        .to.be.revertedWithCustomError(w.charters, 'Charter_VersionMoved')
        .withArgs(CHARTER, 1, expected)
  })

  it('is opened once, with a name and a keeper, by the role alone', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const as = w.charters.connect(w.chartering)
    await expect(as.open('suite', w.keeper.address))
      .to.emit(as, 'CharterOpened')
      .withArgs(hash('suite'), 'suite', w.keeper.address)
    expect(await as.charterIdOf('suite')).to.equal(hash('suite'))
    await expect(as.open('suite', w.stranger.address))
      .to.be.revertedWithCustomError(as, 'Charter_AlreadyOpen')
      .withArgs(hash('suite'))
    for (const name of ['', 'x'.repeat(65)])
      await expect(as.open(name, w.keeper.address))
        .to.be.revertedWithCustomError(as, 'Charter_NameLength')
        .withArgs(name.length, 64)
    await expect(as.open('nobody’s', ZeroAddress)).to.be.revertedWithCustomError(as, 'Charter_NoKeeper')
    await expect(w.charters.connect(w.keeper).open('mine', w.keeper.address)).to.be.revertedWithCustomError(
      as,
      'AccessManagedUnauthorized',
    )
  })

  it('goes over to another keeper by the role alone, with a reason', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const as = w.charters.connect(w.chartering)
    await expect(as.changeKeeper(CHARTER, w.otherKeeper.address, REASON))
      .to.emit(as, 'KeeperChanged')
      .withArgs(CHARTER, w.otherKeeper.address, REASON)
    await expect(amend(w, 0, [clause('1', 'one')])).to.be.revertedWithCustomError(as, 'Charter_NotKeeper')
    await w.charters.connect(w.otherKeeper).amend(CHARTER, 0, [clause('1', 'one')], REASON)
    await expect(as.changeKeeper(CHARTER, ZeroAddress, REASON)).to.be.revertedWithCustomError(as, 'Charter_NoKeeper')
    await expect(as.changeKeeper(CHARTER, w.keeper.address, NONE)).to.be.revertedWithCustomError(as, 'Charter_NoReason')
    await expect(
      w.charters.connect(w.keeper).changeKeeper(CHARTER, w.keeper.address, REASON),
    ).to.be.revertedWithCustomError(as, 'AccessManagedUnauthorized')
  })

  it('refuses what cannot be a clause, saying what is wrong', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const { pause, policy, feed } = w.carriers
    const book = pause.target
    const words = (...carriers: Carrier[]) => [clause('1', 'one', ...carriers)]
    const cases: [clauses: ClauseText[], error: string, args: unknown[]][] = [
      [[], 'Charter_NothingChanges', []],
      [[clause('', 'x')], 'Charter_LabelLength', [0, 32]],
      [[clause('x'.repeat(33), 'x')], 'Charter_LabelLength', [33, 32]],
      [[clause('1', 'x'.repeat(8193))], 'Charter_TextLength', [8193, 8192]],
      [[clause('1', '')], 'Charter_UnknownClause', [CHARTER, hash('1')]], // nothing to repeal
      [[clause('1', 'a'), clause('1', 'b')], 'Charter_ClauseTwice', [hash('1')]],
      [words(...Array<Carrier>(17).fill(pause)), 'Charter_TooManyCarriers', [17, 16]],
      [words(pause, { ...pause, selector: NO_SELECTOR }), 'Charter_MalformedCarrier', [1]],
      [words({ ...pause, target: ZeroAddress }), 'Charter_MalformedCarrier', [0]],
      [words({ ...pause, id: feed.id }), 'Charter_MalformedCarrier', [0]],
      [words({ ...policy, selector: pause.selector }), 'Charter_MalformedCarrier', [0]],
      [words({ ...policy, id: NONE }), 'Charter_MalformedCarrier', [0]],
      [words({ ...policy, target: ZeroAddress }), 'Charter_MalformedCarrier', [0]],
      [words({ ...feed, target: book }), 'Charter_MalformedCarrier', [0]],
      [words({ ...feed, selector: pause.selector }), 'Charter_MalformedCarrier', [0]],
      [words({ ...feed, id: NONE }), 'Charter_MalformedCarrier', [0]],
      [words({ ...pause, target: w.stranger.address }), 'Charter_TargetWithoutCode', [w.stranger.address]],
      [words({ ...policy, target: w.stranger.address }), 'Charter_TargetWithoutCode', [w.stranger.address]],
      [words({ ...policy, id: hash('none') }), 'Charter_UnknownPolicy', [book, hash('none')]],
    ]
    for (const [clauses, error, args] of cases)
      await expect(amend(w, 0, clauses), error)
        .to.be.revertedWithCustomError(w.charters, error)
        .withArgs(...args)
    await expect(amend(w, 0, words({ ...feed, id: hash('unpublished') })))
      .to.be.revertedWithCustomError(w.store, 'Terms_UnknownFeed')
      .withArgs(hash('unpublished'))
    await expect(amend(w, 0, words(), NONE)).to.be.revertedWithCustomError(w.charters, 'Charter_NoReason')
    await expect(amend(w, 0, words({ ...feed, kind: 3 }))).to.revert(ethers)
    await amend(w, 0, [clause('x'.repeat(32), 'x'.repeat(8192), ...Array<Carrier>(16).fill(pause))])
  })

  it('has at most 128 clauses ever, so that reading it stays possible', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    for (let n = 0; n < 4; n++)
      await amend(
        w,
        n,
        Array.from({ length: 32 }, (_, i) => clause(`${n}.${i}`, 'x')),
      )
    expect(await w.charters.clausesOf(CHARTER)).to.have.length(128)
    await expect(amend(w, 4, [clause('one more', 'x')]))
      .to.be.revertedWithCustomError(w.charters, 'Charter_TooManyClauses')
      .withArgs(129, 128)
    await amend(w, 4, [clause('0.0', 'y')])
  })

  it('says that it does not know what it does not know', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const none = hash('none')
    const { charters } = w
    const reads: ((c: CharterRegistry) => Promise<unknown>)[] = [
      c => c.charterOf(none),
      c => c.clauseIdsOf(none),
      c => c.clauseOf(none, none),
      c => c.clauseAt(none, none, 1),
      c => c.clausesOf(none),
      c => c.connect(w.chartering).changeKeeper(none, w.keeper.address, REASON),
      c => c.connect(w.keeper).amend(none, 0, [clause('1', 'x')], REASON),
    ]
    for (const call of reads)
      await expect(call(charters)).to.be.revertedWithCustomError(charters, 'Charter_Unknown').withArgs(none)
    await amend(w, 0, [clause('1', 'one')])
    await expect(charters.clauseOf(CHARTER, none))
      .to.be.revertedWithCustomError(charters, 'Charter_UnknownClause')
      .withArgs(CHARTER, none)
  })
})
