import { attack, expectedUnder, openAgainst } from '@nexus/funding/posted/attack'
import { readChallenge, readPost } from '@nexus/funding/posted/read'
import { expect } from 'chai'
import { type Address, createPublicClient, custom } from 'viem'
import { connection } from '../../evidence/world.ts'
import { lie, withRaw } from './liar.ts'
import {
  closedRound,
  deploy,
  follow,
  make,
  numbers,
  postIt,
  Status,
  someContributions,
  statusOf,
  USD,
} from './world.ts'

describe('Challenges as the chain tells them', () => {
  for (const variant of ['pairwise', 'cluster'] as const) {
    it(`are what their events made of them, at every move: ${variant}`, async () => {
      const w = await deploy()
      const parameter = variant === 'pairwise' ? 25n * USD : USD
      const terms = { variant, parameter, budgetAssets: 900n * USD, capAssets: 300n * USD, projectCount: 7 }
      const r = await closedRound(w, terms, someContributions(80, 7))
      const posted = withRaw(r.right, r.terms, (raw, p) => (p === 3 ? raw + 1n : raw))
      const postId = await postIt(w, r, posted)
      const chain = {
        client: createPublicClient({ transport: custom(connection.provider) }),
        address: (await w.posts.getAddress()) as Address,
        fromBlock: 0n,
      }
      const { posting, status, poster } = await readPost(chain, postId)
      expect({ posting, status, poster }).to.deep.equal({
        posting: posted.posting,
        status: 'live',
        poster: w.poster.address,
      })
      const expected = expectedUnder(r.right, posting, r.terms)
      const answers = lie(posted, r.sums, parameter, numbers(3))
      // another challenge beside it, of which nothing must get into the view
      await make(w, w.other, { functionName: 'demand', args: [postId, true] })
      let view = await follow(w, await make(w, w.challenger, openAgainst(postId, posting, expected) ?? expect.fail()))
      let moves = 0
      while ((await statusOf(w, postId)) === Status.live) {
        const read = await readChallenge(chain, view.challengeId)
        expect(read).to.deep.equal(view)
        const posters = read.turn.startsWith('poster')
        const move = posters ? answers(read) : attack(read, posting, expected, r.sums)
        if (!move) break
        try {
          view = await follow(w, await make(w, posters ? w.poster : w.challenger, move), view)
        } catch (error) {
          if (posters && String(error).includes('Posts_NotThisTerm')) break
          throw error
        }
        moves++
      }
      expect(moves).to.be.greaterThan(5)
    })
  }
})
