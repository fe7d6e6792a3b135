type Request = (method: string, ...params: unknown[]) => Promise<unknown>

/** Moves a local chain's clock forward by mining one block at the given time; never back. */
export function chainClock(request: Request) {
  const nowSeconds = async () =>
    Number(((await request('eth_getBlockByNumber', 'latest', false)) as { timestamp: string }).timestamp)
  return {
    nowSeconds,
    async moveTo(seconds: number): Promise<void> {
      if ((await nowSeconds()) >= seconds) return
      await request('evm_setNextBlockTimestamp', seconds)
      await request('evm_mine')
    },
    async moveBy(seconds: number): Promise<void> {
      await request('evm_increaseTime', seconds)
      await request('evm_mine')
    },
  }
}
export type ChainClock = ReturnType<typeof chainClock>
