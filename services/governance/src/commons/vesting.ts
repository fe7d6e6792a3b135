/** `standards/commons.md`, in integers, as `Vesting.sol` has it. */

const UNIT_BPS = 10_000n

/** What of an income stays in the commons: rounded up, so that no splitting keeps less. `keptBps`: at most 10,000. */
export const keptAssets = (assets: bigint, keptBps: number): bigint =>
  (assets * BigInt(keptBps) + UNIT_BPS - 1n) / UNIT_BPS

/** Unix seconds; `startAt ≤ cliffAt ≤ endAt`. */
export interface Schedule {
  startAt: number
  cliffAt: number
  endAt: number
}

/** What of a stream has vested: nothing before its cliff, all from its end on, between them its share of the time, rounded down. */
export function vestedAssets(assets: bigint, { startAt, cliffAt, endAt }: Schedule, timeSeconds: number): bigint {
  if (timeSeconds >= endAt) return assets
  if (timeSeconds < cliffAt || timeSeconds < startAt) return 0n
  return (assets * BigInt(timeSeconds - startAt)) / BigInt(endAt - startAt)
}
