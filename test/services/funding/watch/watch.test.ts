import { mkdirSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import type { KnownRound } from '@nexus/funding/chain/known'
import type { PostedResult } from '@nexus/funding/posted/post'
import { readPost } from '@nexus/funding/posted/read'
import { type Account, accounts } from '@nexus/local/accounts'
import { writeKeystore } from '@nexus/local/keys'
import { freePorts } from '@nexus/runtime/ports'
import { expect } from 'chai'
import { type Abi, erc20Abi, getAddress, type Hex } from 'viem'
import { withRaw } from '../../../contracts/funding/posted/liar.ts'
import { eventually, getJson, type Service, serviceProcess } from '../../../support/process.ts'
import { closedPostedRound, type RoundsWorld, startRounds, UNIT } from '../../cli/rounds-world.ts'
import { posterOn } from './liar.ts'

const DAY = 86_400
const { governor, keeper, projects, sponsor, holders } = accounts
const [withholder, griefer] = holders
const POST_BOND = 5_000n * UNIT
const CHALLENGE_BOND = 500n * UNIT

describe('a watcher', function () {
  this.timeout(600_000)
  let world: RoundsWorld
  let watcher: Service
  let round: Hex
  let known: KnownRound
  let databaseFile: string
  let lied: PostedResult
  if (!withholder || !griefer) throw new Error('too few accounts')
  /** As on a chain with other people on it, blocks go on. */
  let mining = true
  let miner: Promise<void> | undefined
  const mine = async () => {
    for (; mining; await setTimeout(100)) await world.rpc.request('evm_mine')
  }
  const postIds: Record<'right' | 'lie' | 'withheld', bigint> = { right: 0n, lie: 0n, withheld: 0n }

  before(async () => {
    world = await startRounds()
    const { manifest, chain, file, mint, factory, posts } = world
    await mint(keeper, 20_000n * UNIT)
    const terms = { variant: 'pairwise', parameter: '25000000', capBps: 400 }
    ;({ round, known } = await closedPostedRound(world, terms))
    expect(known.right.posting.totals.capped > 0n, 'a project is over the cap').to.equal(true)
    lied = withRaw(known.right, known.indexed.terms, (raw, p) => (p === 1 ? raw + 1_000_000n : raw))

    const folder = file('watch')
    mkdirSync(folder)
    databaseFile = path.join(folder, 'watch.db')
    const [keystore, passphrase] = [path.join(folder, 'keystore.json'), path.join(folder, 'passphrase')]
    await writeKeystore(keeper, keystore, passphrase)
    const [port] = await freePorts(1)
    const config = path.join(folder, 'watch.json')
    await writeFile(
      config,
      JSON.stringify({
        account: { keystoreFile: 'keystore.json', passphraseFile: 'passphrase' },
        chain: {
          ...{ chainId: manifest.chainId, rpcUrls: [chain.url], factory, posts, fromBlock: manifest.deployedAtBlock },
          ...{ confirmations: 2, pollMs: 100 },
        },
        listen: { port },
        databaseFile: 'watch.db',
        retryMs: 300,
        transactions: { rebroadcastMs: 300 },
      }),
    )
    miner = mine()
    watcher = serviceProcess({
      ...{ name: 'watcher', url: `http://127.0.0.1:${port}`, logFile: path.join(folder, 'watch.log') },
      args: ['fund', 'watch', '--config', config],
      crashing: [fileURLToPath(new URL('./crashing.ts', import.meta.url)), config],
    })
  })
  after(async () => {
    mining = false
    await miner
    await watcher?.kill9()
    await world?.stop()
  })
  afterEach(function () {
    if (this.currentTest?.state === 'failed') process.stderr.write(`${watcher.log().slice(-6_000)}\n`)
  })

  const forgetDatabase = () => {
    for (const file of [databaseFile, `${databaseFile}-journal`]) rmSync(file, { force: true })
  }
  const statusOf = async (postId: bigint) =>
    (await readPost({ client: world.rpc.client, address: world.posts }, postId)).status
  const defeated = (postId: bigint) =>
    eventually(`post ${postId} to be defeated`, async () =>
      (await statusOf(postId)) === 'defeated' ? true : undefined,
    )
  const challengesOf = async (postId: bigint, challenger: Account) =>
    world.rpc.client.getContractEvents({
      ...{ address: world.posts, abi: matchPostsAbi, eventName: 'ChallengeOpened', strict: true, fromBlock: 0n },
      args: { postId, challenger: challenger.address },
    } as const)
  const challenged = (postId: bigint) =>
    eventually(`post ${postId} to be challenged`, async () => (await challengesOf(postId, keeper))[0]?.args.challengeId)
  const turnOf = async (challengeId: bigint) =>
    (
      await world.rpc.client.readContract({
        ...{ address: world.posts, abi: matchPostsAbi, functionName: 'challengeOf', args: [challengeId] },
      } as const)
    )[2]
  const POSTERS = [1, 2, 3, 4, 5]
  const postersTurn = (challengeId: bigint) =>
    eventually('the watcher to have moved', async () =>
      POSTERS.includes(await turnOf(challengeId)) ? true : undefined,
    )

  it('is not needed for what `nexus fund post` says: the one right result, once', async () => {
    await world.act(keeper, 'fund', 'post', round)
    const again = await world.nexus(keeper, 'fund', 'post', round, ...world.on, '--key-env', 'THE_KEY', '--yes')
    expect([again.status, again.error().code]).to.deep.equal([2, 'posted-already'])
    postIds.right = 1n
    postIds.lie = await posterOn(world, sponsor).post(round, lied.posting)
    const posting = { ...known.right.posting, resultRoot: `0x${'ab'.repeat(32)}` as Hex }
    postIds.withheld = await posterOn(world, withholder).post(round, posting)
    const { posts } = (await world.look('fund', 'posts', round)).json()
    expect(posts.map((one: { isRight: boolean }) => one.isRight)).to.deep.equal([true, false, false])
    expect(await world.read('fund', 'posts')).to.match(/post 1: right[\s\S]*post 2: WRONG[\s\S]*post 3: WRONG/)
  })

  it('is killed at the steps of an opening, the last time without its database, and opens each challenge once', async () => {
    const crash = async (step: string) => {
      await watcher.start({ crashAfter: `${step} open:` })
      await watcher.died()
    }
    await crash('call-stored')
    // so much that a second bond would be taken, too
    await world.rpc.send(keeper, {
      ...{ address: world.asset, abi: erc20Abi as Abi, functionName: 'approve', args: [world.posts, 10n ** 12n] },
    })
    await crash('transaction-stored')
    // its block is the last one, and nothing but the chain knows of it
    mining = false
    await miner
    await crash('transaction-sent')
    forgetDatabase()
    await watcher.start()
    for (const postId of [postIds.lie, postIds.withheld]) await challenged(postId)
    await watcher.kill9()
    mining = true
    miner = mine()
    await watcher.start()
    const ready = await getJson<{ account: string; posts: number }>(`${watcher.url}/ready`)
    expect(ready).to.deep.include({ ready: true, account: keeper.address, posts: 3, bondsShort: false })
    for (const postId of [postIds.lie, postIds.withheld])
      expect(await challengesOf(postId, keeper), `post ${postId}`).to.have.lengthOf(1)
    expect(await challengesOf(postIds.right, keeper)).to.deep.equal([])
    const metrics = await (await fetch(`${watcher.url}/metrics`)).text()
    expect(metrics).to.match(/nexus_fund_watch_posts_wrong 2/)
  })

  it('is killed in the middle of a challenge, also without its database, and defeats a liar that answers everything', async () => {
    const challengeId = await challenged(postIds.lie)
    const liar = posterOn(world, sponsor)
    const kills = [
      () => watcher.kill9(),
      async () => {
        await watcher.kill9()
        forgetDatabase()
      },
    ]
    const said: string[] = []
    while ((await statusOf(postIds.lie)) === 'live') {
      await postersTurn(challengeId).catch(() => undefined)
      const kill = kills.shift()
      if (kill) await kill()
      const answer = await liar.defendLie(challengeId, lied, known)
      if (!watcher.isRunning()) {
        // between its answer and ours: each move that is due is made after a kill that came before it was sent, too
        if (kills.length === 0) {
          await watcher.start({ crashAfter: 'transaction-stored move:' })
          await watcher.died()
        }
        await watcher.start()
      }
      if (!answer) break
      said.push(answer)
      await eventually('the watcher to answer', async () =>
        (await statusOf(postIds.lie)) !== 'live' || POSTERS.includes(await turnOf(challengeId)) ? true : undefined,
      )
    }
    expect(said).to.include.members(['showNodes', 'showResult', 'nameParts'])
    expect(kills).to.have.lengthOf(0)
    if ((await statusOf(postIds.lie)) === 'live') await world.clock.moveBy(3 * DAY + 1)
    await defeated(postIds.lie)
    expect(await challengesOf(postIds.lie, keeper)).to.have.lengthOf(1)
  })

  it('has the time of a poster run out that keeps everything back', async () => {
    await world.clock.moveBy(3 * DAY + 1)
    await defeated(postIds.withheld)
    expect(await challengesOf(postIds.withheld, keeper)).to.have.lengthOf(1)
  })

  it('answers whoever doubts what is right, and takes the bond of who then is silent', async () => {
    const challengeId = await posterOn(world, griefer).demand(postIds.right)
    await eventually('an answer', async () => (POSTERS.includes(await turnOf(challengeId)) ? undefined : true))
    await world.clock.moveBy(3 * DAY + 1)
    await eventually('the challenge to be lost', async () => ((await turnOf(challengeId)) === 0 ? true : undefined))
    expect(await statusOf(postIds.right)).to.not.equal('defeated')
  })

  it('has what is right concluded, adopted and paid, and every bond collected', async () => {
    await world.clock.moveBy(DAY)
    await eventually('the round to adopt it', async () =>
      (await world.look('round', 'show', round)).json().status === 'matched' ? true : undefined,
    )
    const { projects: lines } = (await world.look('round', 'show', round)).json()
    const right = known.right.results.map(leaf => `${leaf.matched}`)
    expect(lines.map((one: { matchedAssets: string }) => one.matchedAssets)).to.deep.equal(right)
    for (const [n, project] of projects.entries()) {
      const { effects } = (await world.act(governor, 'round', 'collect', round, `${n}`)).json()
      const paid = effects.pays.find((one: { what: string }) => one.what === 'collectMatch')
      expect(paid.assets, `project ${n}`).to.equal(right[n])
      expect(await world.balance(project.address)).to.be.greaterThan(BigInt(right[n] ?? 0))
    }
    // two liars' halves and a griefer's bond on top of what it had; its own bonds are back
    const expected = 20_000n * UNIT + 2n * (POST_BOND / 2n) + CHALLENGE_BOND
    await eventually('all bonds to be collected', async () =>
      (await world.balance(keeper.address)) === expected ? true : undefined,
    )
    const owed = await world.rpc.client.readContract({
      ...{ address: world.posts, abi: matchPostsAbi, functionName: 'owedToCommons', args: [getAddress(round)] },
    } as const)
    expect(owed).to.equal(0n)
  })

  it('stops when it is told to, and its log has no key in it', async () => {
    await watcher.stop()
    expect(watcher.isRunning()).to.equal(false)
    expect(watcher.log().toLowerCase()).to.not.include(keeper.privateKey.slice(2).toLowerCase())
  })
})
