import { noTotals } from '@nexus/funding/posted/scale'
import type { Scene } from '@nexus/funding/watch/plan'
import { type WorkDeps, work } from '@nexus/funding/watch/work'
import type { Chain } from '@nexus/runtime/chain'
import { silentLog } from '@nexus/runtime/log'
import { expect } from 'chai'
import type { Address } from 'viem'

const address = (n: number): Address => `0x${n.toString(16).padStart(40, '0')}`
const [round, self, posts] = [address(1), address(2), address(3)]
const posting = {
  ...{ resultRoot: `0x${'00'.repeat(32)}`, contributionRoot: `0x${'00'.repeat(32)}`, dataHash: `0x${'00'.repeat(32)}` },
  ...{ contributionCount: 0n, totals: noTotals },
} as const
const scene: Scene = {
  ...{ nowSeconds: 10, posts: [], challenges: [], owedAssets: 1n, credits: 1 },
  rounds: [
    {
      ...{ address: round, isOpen: true, finalPost: 0n, hasFailed: false, postBy: 500, owedToCommons: 0n, defeats: 0 },
      known: { right: { posting } } as unknown as NonNullable<Scene['rounds'][number]['known']>,
    },
  ],
}

/** One pass of a watcher that is to post, with this much money and these transactions on their way. */
async function pass({ balance = 5_000n, allowance = 5_000n, pending = 7, ours = [] as number[] } = {}) {
  const submitted: string[] = []
  const head = { number: 20n, hash: `0x${'22'.repeat(32)}`, timestamp: 10, baseFeePerGas: 0n } as const
  const client = {
    getTransactionCount: async ({ blockTag }: { blockTag: string }) => (blockTag === 'pending' ? pending : 7),
    readContract: async ({ functionName }: { functionName: string }) =>
      functionName === 'balanceOf' ? balance : allowance,
  }
  const deps = {
    ...{ chain: { client } as unknown as Chain, log: silentLog, posts, self, postResults: true },
    scenes: { read: async () => ({ scene, head, deep: head }) },
    bonds: async () => ({ asset: address(9), postAssets: 5_000n, challengeAssets: 500n }),
    sender: { get: () => undefined, submit: ({ key }: { key: string }) => void submitted.push(key) },
    calls: { openAttempts: () => ours.map(nonce => ({ nonce })) },
    retries: { isDue: () => true },
  } as unknown as WorkDeps
  const { shortAssets } = await work(deps)
  return { submitted, shortAssets }
}

describe('one pass of a watcher', () => {
  const [bonded, free] = [`post:${round}:0`, 'collect:1']

  it('puts a bond down where it has one, and may', async () => {
    expect(await pass()).to.deep.equal({ submitted: [bonded, free], shortAssets: 0n })
  })

  it('lets MatchPosts take it first, and only as much as is due', async () => {
    expect((await pass({ allowance: 4_999n })).submitted).to.deep.equal([`approve:4999:${bonded}`, free])
  })

  it('says what is missing, and goes on with what costs nothing', async () => {
    expect(await pass({ balance: 4_000n })).to.deep.equal({ submitted: [free], shortAssets: 1_000n })
  })

  it('INV-WATCH-4: puts none down while a transaction is on its way that it does not know', async () => {
    expect((await pass({ pending: 8 })).submitted).to.deep.equal([free])
    expect((await pass({ pending: 8, ours: [7] })).submitted).to.deep.equal([bonded, free])
    expect((await pass({ pending: 9, ours: [7] })).submitted).to.deep.equal([free])
  })
})
