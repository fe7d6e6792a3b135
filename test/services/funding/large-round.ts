import { open } from 'node:fs/promises'

const PROJECTS = 1_000
const CONTRIBUTORS = 250_000
const LINES_AT_ONCE = 50_000

/** A round as a chain would give it: addresses, 18 decimals, some contributors more than once to a project. The same bytes each time. */
export async function writeLargeRound(path: string, contributions: number): Promise<void> {
  let state = 123_456_789 // xorshift32 (Marsaglia 2003)
  const random = (below: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  const address = (n: number): string =>
    `0x${Array.from({ length: 5 }, (_, i) => (Math.imul(n + i * 7_919, 2_654_435_761) >>> 0).toString(16).padStart(8, '0')).join('')}`
  const file = await open(path, 'w')
  try {
    await file.write('project,contributor,amount\n')
    for (let done = 0; done < contributions; done += LINES_AT_ONCE) {
      const count = Math.min(LINES_AT_ONCE, contributions - done)
      const lines = Array.from({ length: count }, () => {
        const amount = BigInt(random(1_000_000)) * 10n ** 13n + BigInt(random(1_000_000_000))
        return `${address(random(PROJECTS))},${address(PROJECTS + random(CONTRIBUTORS))},${amount}\n`
      })
      await file.write(lines.join(''))
    }
  } finally {
    await file.close()
  }
}
