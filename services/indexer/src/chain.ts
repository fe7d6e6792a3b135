import { call } from './json-rpc.ts'

export interface Chain {
  /** Decimal. */
  id(): Promise<string>
  /** Hash of a block, hex without prefix; undefined when there is none of that number. */
  blockHash(block: number): Promise<string | undefined>
  head(): Promise<number>
}

export const chainAt = (rpcUrl: string): Chain => ({
  id: async () => BigInt(await call<string>(rpcUrl, 'eth_chainId', [])).toString(),
  async blockHash(block) {
    const found = await call<{ hash: string } | null>(rpcUrl, 'eth_getBlockByNumber', [
      `0x${block.toString(16)}`,
      false,
    ])
    return found?.hash.slice(2)
  },
  head: async () => Number(BigInt(await call<string>(rpcUrl, 'eth_blockNumber', []))),
})
