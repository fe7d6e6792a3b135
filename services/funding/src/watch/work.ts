import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import type { Calls } from '@nexus/runtime/calls'
import { type Chain, readChain } from '@nexus/runtime/chain'
import type { Log } from '@nexus/runtime/log'
import type { Retries } from '@nexus/runtime/retries'
import type { Sender } from '@nexus/runtime/sender'
import type { Address } from 'viem'
import { turns } from '../posted/view.ts'
import { type Bonds, bondOf, readFunds } from './bonds.ts'
import { approval, callOf } from './calls.ts'
import { type Action, plan, type Scene } from './plan.ts'
import type { SceneReader, Seen } from './scene.ts'

export interface WorkDeps {
  chain: Chain
  log: Log
  scenes: SceneReader
  bonds(): Promise<Bonds>
  sender: Pick<Sender, 'submit' | 'get'>
  calls: Pick<Calls, 'openAttempts'>
  retries: Retries
  posts: Address
  self: Address
  postResults: boolean
}

export interface Worked {
  queued: number
  scene: Scene
  /** The block that was planned from. */
  block: bigint
  /** Bonds that we would have to put down and cannot, base units. */
  shortAssets: bigint
}

/** One pass: reads, plans, and queues what is due and not on its way. Safe to repeat, from nothing but the chain. */
export async function work(deps: WorkDeps): Promise<Worked> {
  const { scenes, sender, retries, log, posts, self, postResults } = deps
  const seen = await scenes.read()
  const isDue = ({ key }: { key: string }) => retries.isDue(key, sender.get(key))
  const due = plan(seen.scene, { self, postResults }).filter(isDue)
  const fresh: Action[] = []
  for (const action of due) if (!(await isUnderWay(deps, seen, action))) fresh.push(action)
  const { affordable, shortAssets, approve } = await withBonds(deps, fresh)
  if (approve && isDue(approve)) sender.submit(approve)
  for (const action of affordable) {
    log.info(fieldsOf(action, seen.scene.nowSeconds), 'to be done')
    sender.submit(callOf(action, { posts, self }))
  }
  return { queued: affordable.length + (approve ? 1 : 0), scene: seen.scene, block: seen.deep.number, shortAssets }
}

const fieldsOf = (action: Action, nowSeconds: number) => ({
  action: action.kind,
  ...('move' in action ? { move: action.move.functionName } : {}),
  ...('postId' in action ? { postId: `${action.postId}` } : {}),
  ...('challengeId' in action && action.challengeId !== undefined ? { challengeId: `${action.challengeId}` } : {}),
  ...('round' in action ? { round: action.round } : {}),
  ...(action.by < Number.MAX_SAFE_INTEGER ? { leftSeconds: action.by - nowSeconds } : {}),
})

/** What is planned from a deep block may have been done since, in one that is not deep yet, by us before a restart. */
async function isUnderWay({ chain, posts, self }: WorkDeps, { head, deep }: Seen, action: Action): Promise<boolean> {
  const { client } = chain
  if (head.number === deep.number) return false
  const at = { address: posts, abi: matchPostsAbi } as const
  const since = { ...at, fromBlock: deep.number + 1n, toBlock: head.number, strict: true } as const
  if (action.kind === 'open') {
    const args = { postId: action.postId, challenger: self }
    const own = await readChain(() => client.getContractEvents({ ...since, eventName: 'ChallengeOpened', args }))
    return own.length > 0
  }
  if (action.kind === 'post') {
    const args = { round: action.round, poster: self }
    return (await readChain(() => client.getContractEvents({ ...since, eventName: 'Posted', args }))).length > 0
  }
  if (action.kind !== 'move' || action.challengeId === undefined) return false
  const args = [action.challengeId] as const
  const [now, then] = await readChain(() =>
    Promise.all(
      [head, deep].map(({ number }) =>
        client.readContract({ ...at, functionName: 'challengeOf', args, blockNumber: number }),
      ),
    ),
  )
  return turns[now?.[2] ?? 0] !== turns[then?.[2] ?? 0] || now?.[3] !== then?.[3]
}

/**
 * What costs no bond, and of the rest as much as there is money for, once MatchPosts may take it. While transactions of this account that
 * this process does not know are on their way, one of them may be the very thing: then no bond is put down.
 */
async function withBonds(deps: WorkDeps, actions: readonly Action[]) {
  const { chain, log, posts, self, calls } = deps
  const bonds = await deps.bonds()
  const free = actions.filter(action => bondOf(action, bonds) === 0n)
  const bonded = actions.filter(action => bondOf(action, bonds) > 0n)
  if (bonded.length === 0) return { affordable: free, shortAssets: 0n, approve: undefined }
  if (await hasUnknownTransactions(chain, self, calls)) {
    log.warn({ account: self }, 'waiting: transactions of this account are on their way that were sent elsewhere')
    return { affordable: free, shortAssets: 0n, approve: undefined }
  }
  const { balance, allowance } = await readFunds(chain, bonds, self, posts)
  let [rest, wanted] = [balance, 0n]
  const affordable = bonded.filter(action => {
    const bond = bondOf(action, bonds)
    wanted += bond
    if (bond > rest) return false
    rest -= bond
    return true
  })
  const shortAssets = wanted > balance ? wanted - balance : 0n
  if (shortAssets > 0n) log.error({ account: self, balance: `${balance}`, wanted: `${wanted}` }, 'too little for bonds')
  const total = balance - rest
  if (total <= allowance) return { affordable: [...affordable, ...free], shortAssets, approve: undefined }
  const key = `approve:${allowance}:${affordable.map(action => action.key).join()}`
  return { affordable: free, shortAssets, approve: approval(key, bonds.asset, posts, total) }
}

async function hasUnknownTransactions({ client }: Chain, self: Address, calls: WorkDeps['calls']): Promise<boolean> {
  const count = (blockTag: 'pending' | 'latest') =>
    readChain(() => client.getTransactionCount({ address: self, blockTag }))
  const [pending, latest] = [await count('pending'), await count('latest')]
  const ours = new Set(calls.openAttempts().map(({ nonce }) => nonce))
  return Array.from({ length: Math.max(0, pending - latest) }, (_, n) => latest + n).some(nonce => !ours.has(nonce))
}
