import { fileURLToPath } from 'node:url'
import { type Chain, connectChain } from '@nexus/runtime/chain'
import type { Clock } from '@nexus/runtime/clock'
import { chainSchema } from '@nexus/runtime/config'
import { createHardhatRuntimeEnvironment } from 'hardhat/hre'
import { custom, type Hex } from 'viem'

/** Time that passes when a test says so. A sleep ends when its time has come. */
export function manualClock(startMs = 1_700_000_000_000) {
  let now = startMs
  const sleepers = new Set<{ untilMs: number; wake: () => void }>()
  const clock: Clock = {
    nowMs: () => now,
    sleep: (ms, signal) =>
      new Promise(resolve => {
        const sleeper = { untilMs: now + ms, wake: resolve }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper)
          resolve()
        })
        if (signal?.aborted) resolve()
      }),
  }
  return {
    clock,
    pass(ms: number) {
      now += ms
      for (const sleeper of sleepers)
        if (sleeper.untilMs <= now) {
          sleepers.delete(sleeper)
          sleeper.wake()
        }
    },
    sleeping: () => sleepers.size,
  }
}

export interface SimulatedChain {
  chain: Chain
  rpc(method: string, ...params: unknown[]): Promise<unknown>
  mine(blocks?: number): Promise<void>
  /** The next requests fail as if no endpoint answered. */
  cut(isCut: boolean): void
  close(): Promise<void>
}

/** A chain in this process that makes a block when it is told to. */
export async function simulatedChain(confirmations = 1): Promise<SimulatedChain> {
  const hre = await createHardhatRuntimeEnvironment({
    // not those that are compiled here: they would be read before the first block
    paths: { artifacts: fileURLToPath(new URL('./no-artifacts', import.meta.url)) },
    networks: {
      simulated: { type: 'edr-simulated', chainType: 'l1', chainId: 31337, mining: { auto: false, interval: 0 } },
    },
  })
  const connection = await hre.network.create('simulated')
  const { provider } = connection
  let isCut = false
  const request = async ({ method, params }: { method: string; params?: unknown }) => {
    if (isCut) throw new Error('connection refused')
    return provider.request({ method, params: params as unknown[] })
  }
  const config = chainSchema.parse({ chainId: 31337, rpcUrls: ['http://localhost:1'], confirmations, pollMs: 1_000 })
  const rpc = (method: string, ...params: unknown[]) => provider.request({ method, params })
  return {
    chain: connectChain(config, custom({ request }, { retryCount: 0 })),
    rpc,
    async mine(blocks = 1) {
      for (let n = 0; n < blocks; n++) await rpc('evm_mine')
    },
    cut(cutNow) {
      isCut = cutNow
    },
    close: () => connection.close(),
  }
}

/** Runtime code that refuses every call with this error: PUSH4 selector, MSTORE, REVERT of its four bytes. */
export const refusingWith = (selector: Hex): Hex => `0x63${selector.slice(2)}5f526004601cfd`
/** Runtime code that takes every call: STOP. */
export const ACCEPTING: Hex = '0x00'
