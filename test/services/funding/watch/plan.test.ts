import type { KnownRound } from '@nexus/funding/chain/known'
import { expectedUnder } from '@nexus/funding/posted/attack'
import { computePost, type Posting } from '@nexus/funding/posted/post'
import { indexRound, type PostedTerms } from '@nexus/funding/posted/round'
import { sumsOf } from '@nexus/funding/posted/sums'
import { newView, type Turn } from '@nexus/funding/posted/view'
import { plan, type Scene, type WatchedChallenge, type WatchedPost } from '@nexus/funding/watch/plan'
import { clockLeft, wrongPosts } from '@nexus/funding/watch/status'
import { expect } from 'chai'
import type { Address } from 'viem'
import { withRaw, withTotals } from '../../../contracts/funding/posted/liar.ts'

const address = (n: number): Address => `0x${n.toString(16).padStart(40, '0')}`
const [round, self, liar, other] = [address(1), address(2), address(3), address(4)]
const NOW = 1_000_000
const terms: PostedTerms = {
  ...{ variant: 'pairwise', parameter: 25_000_000n, budgetAssets: 900_000_000n, capAssets: 900_000_000n },
  projectCount: 3,
}
const contributions = Array.from({ length: 12 }, (_, n) => ({
  ...{ project: n % 3, contributor: address(100 + (n % 5)), amount: BigInt(1_000_000 * (n + 1)) },
}))
const unique = [...new Map(contributions.map(one => [`${one.project} ${one.contributor}`, one])).values()]
const indexed = indexRound(terms, unique)
const known = { indexed, right: computePost(indexed), sums: sumsOf(indexed) } as unknown as KnownRound
const lied = withRaw(known.right, terms, (raw, p) => (p === 1 ? raw + 1n : raw))

const post = (change: Partial<WatchedPost> = {}): WatchedPost => ({
  ...{ postId: 1n, round, poster: liar, status: 'live', challengeBy: NOW + 100, openChallenges: 0n },
  posting: lied.posting,
  ...change,
})
const right: { posting: Posting } = { posting: known.right.posting }

const challenge = (turn: Turn, change: Partial<WatchedChallenge> = {}): WatchedChallenge => ({
  ...{ challengeId: 7n, postId: 1n, challenger: self, moveBy: NOW + 50, moves: 3 },
  view: {
    ...newView(7n, 1n),
    ...{ turn, demanded: { height: 2, index: 0, node: known.right.resultTree.root } },
    shown: [{ height: 2, index: 0, nodes: lied.resultTree.below(2, 0, 2) }],
  },
  ...change,
})
const scene = (change: Partial<Scene> & { watched?: Partial<Scene['rounds'][number]> } = {}): Scene => ({
  ...{ nowSeconds: NOW, posts: [], challenges: [], owedAssets: 0n, credits: 0 },
  rounds: [
    {
      ...{ address: round, known, isOpen: true, finalPost: 0n, hasFailed: false, postBy: NOW + 500 },
      ...{ owedToCommons: 0n, defeats: 0, ...change.watched },
    },
  ],
  ...change,
})
const kinds = (change: Parameters<typeof scene>[0], postResults = false) =>
  plan(scene(change), { self, postResults }).map(({ kind }) => kind)

describe('what a watcher does', () => {
  it('challenges what is wrong, once, within its window, and never its own or what is right', () => {
    expect(kinds({ posts: [post()] })).to.deep.equal(['open'])
    expect(kinds({ posts: [post(right)] })).to.deep.equal([])
    expect(kinds({ posts: [post({ poster: self })] })).to.deep.equal([])
    expect(kinds({ posts: [post({ challengeBy: NOW })] })).to.deep.equal([])
    expect(kinds({ posts: [post({ status: 'defeated' })] })).to.deep.equal([])
    expect(kinds({ posts: [post()], challenges: [challenge('poster-nodes')] })).to.deep.equal([])
  })

  it('challenges beside whoever does already: that may be a sham', () => {
    const sham = challenge('poster-nodes', { challenger: other })
    expect(kinds({ posts: [post()], challenges: [sham] })).to.deep.equal(['open'])
  })

  it('opens anew, under another key, where it lost one', () => {
    const lost = challenge('closed')
    const [again] = plan(scene({ posts: [post()], challenges: [lost] }), { self, postResults: false })
    expect(again?.key).to.equal('open:1:1')
  })

  it('moves when it is its turn, and answers for its own post only', () => {
    expect(kinds({ posts: [post()], challenges: [challenge('challenger-node')] })).to.deep.equal(['move'])
    const doubt = challenge('poster-nodes', { challenger: other })
    expect(kinds({ posts: [post({ ...right, poster: self })], challenges: [doubt] })).to.deep.equal(['move'])
    expect(kinds({ posts: [post(right)], challenges: [doubt] })).to.deep.equal([])
  })

  it('ends what is out of time on the right side only', () => {
    const late = { moveBy: NOW - 1 }
    expect(kinds({ posts: [post()], challenges: [challenge('poster-nodes', late)] })).to.deep.equal(['expire'])
    expect(kinds({ posts: [post(right)], challenges: [challenge('challenger-node', late)] })).to.deep.equal(['expire'])
    expect(kinds({ posts: [post(right)], challenges: [challenge('poster-nodes', late)] })).to.deep.equal([])
    const others = challenge('challenger-node', { ...late, challenger: other })
    expect(kinds({ posts: [post()], challenges: [others, challenge('poster-nodes')] })).to.deep.equal([])
    // the last moment is still the mover's
    const last = challenge('poster-nodes', { moveBy: NOW })
    expect(kinds({ posts: [post()], challenges: [last] })).to.deep.equal([])
  })

  it('takes its bond back where the post fell to something else', () => {
    expect(kinds({ posts: [post({ status: 'defeated' })], challenges: [challenge('poster-nodes')] })).to.deep.equal([
      'settle',
    ])
  })

  it('has only what is right concluded and adopted', () => {
    const over = { challengeBy: NOW }
    expect(kinds({ posts: [post({ ...right, ...over })] })).to.deep.equal(['conclude'])
    expect(kinds({ posts: [post({ ...right, ...over, openChallenges: 1n })] })).to.deep.equal([])
    expect(kinds({ posts: [post(over)] })).to.deep.equal([])
    const final = { status: 'final' as const }
    expect(kinds({ posts: [post({ ...right, ...final })], watched: { finalPost: 1n } })).to.deep.equal(['adopt'])
    expect(kinds({ posts: [post(final)], watched: { finalPost: 1n } })).to.deep.equal([])
    expect(kinds({ posts: [post({ ...right, ...final })], watched: { finalPost: 1n, isOpen: false } })).to.deep.equal(
      [],
    )
    expect(kinds({ watched: { hasFailed: true } })).to.deep.equal(['lapse'])
  })

  it('posts what is right only where it was told to, in time, and where nobody has', () => {
    expect(kinds({})).to.deep.equal([])
    expect(kinds({}, true)).to.deep.equal(['post'])
    expect(kinds({ posts: [post(right)] }, true)).to.deep.equal([])
    expect(kinds({ posts: [post({ ...right, status: 'defeated' })] }, true)).to.deep.equal(['post'])
    expect(kinds({ watched: { postBy: NOW } }, true)).to.deep.equal([])
  })

  it('does nothing where the gifts are not fixed, or go back', () => {
    const unknown = { known: undefined }
    const all = { posts: [post()], challenges: [challenge('challenger-node')] }
    expect(kinds({ ...all, watched: unknown }, true)).to.deep.equal([])
    expect(wrongPosts(scene({ posts: [post()], watched: unknown }))).to.deep.equal([])
  })

  it('gets out of a cancelled round what is its own, and leaves the rest', () => {
    const watched = { known: undefined, isOpen: false }
    const over = { challengeBy: NOW }
    expect(kinds({ posts: [post({ ...over, poster: self })], watched })).to.deep.equal(['conclude'])
    expect(kinds({ posts: [post(over)], watched })).to.deep.equal([])
    const late = [challenge('poster-nodes', { moveBy: NOW - 1 })]
    const own = post({ poster: self, openChallenges: 1n })
    expect(kinds({ posts: [post()], challenges: late, watched })).to.deep.equal(['expire'])
    expect(
      kinds({ posts: [own], challenges: late.map(one => ({ ...one, challenger: other })), watched }),
    ).to.deep.equal(['expire'])
    expect(
      kinds({ posts: [post()], challenges: late.map(one => ({ ...one, challenger: other })), watched }),
    ).to.deep.equal([])
    expect(kinds({ posts: [post({ status: 'void' })], challenges: late, watched })).to.deep.equal(['settle'])
  })

  it('does first what has least time left', () => {
    const due = plan(
      scene({
        posts: [post(), post({ postId: 2n, challengeBy: NOW + 10 })],
        challenges: [challenge('challenger-node')],
        owedAssets: 1n,
      }),
      { self, postResults: false },
    )
    expect(due.map(({ key }) => key)).to.deep.equal(['open:2:0', 'move:7:3', 'collect:0'])
  })

  it('counts the time on its own clocks', () => {
    const posts = [post()]
    expect(clockLeft(scene({ posts, challenges: [challenge('challenger-node')] }), self)?.leftSeconds).to.equal(50)
    expect(clockLeft(scene({ posts, challenges: [challenge('poster-nodes')] }), self)).to.equal(undefined)
    expect(wrongPosts(scene({ posts })).map(({ postId }) => postId)).to.deep.equal([1n])
  })

  it('knows a wrong total without a wrong line', () => {
    const posting = withTotals(known.right.posting, { raw: known.right.posting.totals.raw + 1n })
    expect(expectedUnder(known.right, posting, terms).results).to.have.lengthOf(3)
    expect(kinds({ posts: [post({ posting })] })).to.deep.equal(['open'])
  })
})
