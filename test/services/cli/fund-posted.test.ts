import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import type { KnownRound } from '@nexus/funding/chain/known'
import { accounts } from '@nexus/local/accounts'
import { expect } from 'chai'
import { type Abi, erc20Abi, type Hex } from 'viem'
import { withRaw } from '../../contracts/funding/posted/liar.ts'
import { eventually } from '../../support/process.ts'
import { posterOn } from '../funding/watch/liar.ts'
import { closedPostedRound, type RoundsWorld, startRounds, UNIT } from './rounds-world.ts'

const DAY = 86_400
const { governor, keeper, sponsor, holders, depositors } = accounts
const [other, griefer] = holders
const [honest] = depositors

describe('nexus fund, of what is posted', function () {
  this.timeout(600_000)
  let world: RoundsWorld
  let round: Hex
  let known: KnownRound
  if (!other || !griefer || !honest) throw new Error('too few accounts')

  before(async () => {
    world = await startRounds()
    const terms = { variant: 'cluster', parameter: '1000000', capBps: 400 }
    ;({ round, known } = await closedPostedRound(world, terms, async open => {
      const early = await world.nexus(honest, 'fund', 'post', open, ...world.on, '--key-env', 'THE_KEY', '--yes')
      expect([early.status, early.error().code]).to.deep.equal([2, 'no-right-result'])
    }))
    for (const one of [honest, keeper]) await world.mint(one, 20_000n * UNIT)
  })
  after(() => world?.stop())

  const lieOf = (by: bigint) => withRaw(known.right, known.indexed.terms, (raw, p) => (p === 0 ? raw + by : raw))
  const statusOf = async (postId: bigint) =>
    (await world.look('fund', 'posts')).json().posts.find((one: { postId: string }) => one.postId === `${postId}`)
      .status

  it('posts what is computed from the events, and shows it with bars first', async () => {
    const looked = await world.nexus(honest, 'fund', 'post', round, ...world.on, '--key-env', 'THE_KEY', '--dry-run')
    expect(looked.stderr).to.match(/project \d +[\d.]+ nxUSD █{10,}/)
    expect(looked.stderr).to.include('40 nxUSD each, reached by 2')
    const { effects } = (await world.act(honest, 'fund', 'post', round, '--uri', 'ipfs://lines')).json()
    expect(effects.posting.resultRoot).to.equal(known.right.posting.resultRoot)
    expect(effects.bondAssets).to.equal(`${5_000n * UNIT}`)
  })

  it('challenges a lie move by move, and goes on from the chain each time', async () => {
    const lied = lieOf(10n ** 9n)
    const liar = posterOn(world, sponsor)
    const postId = await liar.post(round, lied.posting)
    const opened = (await world.act(keeper, 'fund', 'challenge', `${postId}`, '--once')).json()
    expect(opened.transactions.map((tx: { label: string }) => tx.label)).to.deep.equal(['approve', 'demand'])
    expect(opened.effects.opens).to.equal('demand')
    const [own] = await world.rpc.client.getContractEvents({
      ...{ address: world.posts, abi: matchPostsAbi, eventName: 'ChallengeOpened', strict: true, fromBlock: 0n },
      args: { postId },
    } as const)
    const challengeId = own?.args.challengeId ?? 0n
    const moves: string[] = []
    while ((await statusOf(postId)) === 'live') {
      if (!(await liar.defendLie(challengeId, lied, known))) break
      const { transactions } = (await world.act(keeper, 'fund', 'challenge', `${postId}`, '--once')).json()
      moves.push(...transactions.map((tx: { label: string }) => tx.label))
    }
    if ((await statusOf(postId)) === 'live') {
      await world.clock.moveBy(3 * DAY + 1)
      await world.act(governor, 'fund', 'expire', `${challengeId}`)
    }
    expect(await statusOf(postId)).to.equal('defeated')
    expect(moves).to.include('choose')
    const { effects } = (await world.act(other, 'fund', 'collect', keeper.address)).json()
    expect(effects.assets).to.equal(`${3_000n * UNIT}`) // half of the bond, and its own
    const paid = (await world.act(other, 'fund', 'pay-commons', round)).json()
    expect(paid.effects.assets).to.equal(`${2_500n * UNIT}`)
  })

  it('plays on by itself until the post is defeated', async () => {
    const lied = lieOf(10n ** 8n)
    const liar = posterOn(world, other)
    const postId = await liar.post(round, lied.posting)
    const playing = world.act(keeper, 'fund', 'challenge', `${postId}`)
    let isOver = false
    void playing.finally(() => (isOver = true)).catch(() => undefined)
    const challengeId = await eventually('a challenge', async () => {
      const [own] = await world.rpc.client.getContractEvents({
        ...{ address: world.posts, abi: matchPostsAbi, eventName: 'ChallengeOpened', strict: true, fromBlock: 0n },
        args: { postId },
      } as const)
      return own?.args.challengeId
    })
    let silentFor = 0
    await eventually('the end', async () => {
      if (isOver) return true
      const answer = await liar.defendLie(challengeId, lied, known)
      silentFor = answer ? 0 : silentFor + 1
      if (silentFor === 100) await world.clock.moveBy(3 * DAY + 1)
      return undefined
    })
    expect((await playing).json().status).to.equal('defeated')
    expect(await statusOf(postId)).to.equal('defeated')
  })

  it('challenges nothing that is right, answers who does, and has it concluded', async () => {
    const challenge = await world.nexus(
      keeper,
      ...['fund', 'challenge', '1', ...world.on, '--key-env', 'THE_KEY', '--yes'],
    )
    expect([challenge.status, challenge.error().code]).to.deep.equal([3, 'post-is-right'])
    const doubted = await posterOn(world, griefer).demand(1n)
    expect(await world.refused(griefer, 'fund', 'answer', `${doubted}`)).to.equal('Posts_NotParty')
    const { effects } = (await world.act(honest, 'fund', 'answer', `${doubted}`)).json()
    expect(effects.move).to.equal('showNodes')
    expect(await world.refused(other, 'fund', 'expire', `${doubted}`)).to.equal('Posts_InTime')
    await world.clock.moveBy(4 * DAY)
    expect(await world.refused(other, 'fund', 'conclude', '1')).to.equal('Posts_Challenged')
    await world.act(other, 'fund', 'expire', `${doubted}`)
    await world.act(other, 'fund', 'conclude', '1')
    await world.act(other, 'round', 'adopt', round)
    const shown = (await world.look('round', 'show', round)).json()
    expect(shown.phase).to.equal('payout')
    expect(shown.projects[0].matchedAssets).to.equal(`${known.right.results[0]?.matched}`)
  })

  it('gives a bond back where the post fell to another challenge', async () => {
    const postId = await posterOn(world, sponsor).post(round, lieOf(7n).posting)
    const mine = await posterOn(world, other).demand(postId)
    await posterOn(world, griefer).demand(postId)
    await world.clock.moveBy(3 * DAY + 1)
    await world.act(governor, 'fund', 'expire', `${mine + 1n}`)
    await world.act(governor, 'fund', 'settle', `${mine}`)
    expect(await world.refused(governor, 'fund', 'settle', `${mine}`)).to.equal('Posts_NotOver')
    await world.rpc.send(other, {
      ...{ address: world.asset, abi: erc20Abi as Abi, functionName: 'approve', args: [world.posts, 0n] },
    })
  })
})
