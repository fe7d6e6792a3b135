import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { HardhatUserConfig } from 'hardhat/config'
import { createHardhatRuntimeEnvironment } from 'hardhat/hre'

export interface Fork {
  request(method: string, ...params: unknown[]): Promise<unknown>
  close(): Promise<void>
}

export interface ForkOptions {
  /** Endpoint of the chain to fork; it has to serve the state of that block, and to keep serving it meanwhile. */
  url: string
  chainId: number
  blockNumber: number
}

/**
 * A chain in this process that has the state of another after a block; what happens here, happens only here. Gas may cost
 * nothing, so that balances change by what is done alone, and several blocks may have the same time.
 */
export async function openFork({ url, chainId, blockNumber }: ForkOptions): Promise<Fork> {
  // what is remembered of a chain goes by its id, and local chains all have the same: nothing is kept from one to the next
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-fork-'))
  const forget = () => rm(folder, { recursive: true, force: true })
  try {
    const networks: HardhatUserConfig['networks'] = {
      fork: {
        type: 'edr-simulated',
        chainType: 'l1',
        chainId,
        hardfork: 'osaka',
        forking: { url, blockNumber },
        allowBlocksWithSameTimestamp: true,
        throwOnTransactionFailures: false,
        loggingEnabled: false,
        accounts: [],
      },
    }
    // the package's own folder: the caller may be anywhere
    const root = fileURLToPath(new URL('..', import.meta.url))
    const hre = await createHardhatRuntimeEnvironment({ networks, paths: { cache: folder } }, {}, root)
    const connection = await hre.network.create('fork')
    const request: Fork['request'] = (method, ...params) => connection.provider.request({ method, params })
    // by which rules the other chain's own blocks were made is not known here: the first block on top is ours
    const { timestamp } = (await request('eth_getBlockByNumber', 'latest', false)) as { timestamp: string }
    await request('evm_setNextBlockTimestamp', Number(timestamp))
    await request('evm_mine')
    return {
      request,
      async close() {
        await connection.close()
        await forget()
      },
    }
  } catch (error) {
    await forget()
    throw error
  }
}
