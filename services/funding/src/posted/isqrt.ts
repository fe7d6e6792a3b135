const EXACT = 2n ** 52n

/** `⌊√n⌋`. Below 2^52 a double's square root is exact enough to be cut off; above, Newton's iteration from that of the double. */
export function isqrt(n: bigint): bigint {
  if (n < EXACT) return BigInt(Math.floor(Math.sqrt(Number(n))))
  let root = BigInt(Math.floor(Math.sqrt(Number(n))))
  for (;;) {
    const next = (root + n / root) >> 1n
    const step = next - root
    if (step <= 1n && step >= -1n) {
      // within one of the root; the largest of them whose square is not above n
      root = next + 1n
      while (root * root > n) root -= 1n
      return root
    }
    root = next
  }
}
