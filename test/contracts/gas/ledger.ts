import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const file = fileURLToPath(new URL('../../../docs/gas.json', import.meta.url))
const writing = process.env['NEXUS_GAS'] === 'write'

export interface GasEntry {
  gasUsed: number
  /** What it may cost at most; peers have no limit. */
  most: number | null
}
export type GasLedger = Record<string, GasEntry>

export const readLedger = (): GasLedger =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as GasLedger) : {}

/** Signatures and times differ between runs, and their zero bytes cost less. One storage read is 2,100 gas. */
const TOLERANCE = 0.005

/**
 * Holds a receipt's gas against its limit and against the figure that the docs publish: a change of it is seen, a cheaper one
 * too. `npm run bench` writes the figures anew.
 * @param tolerance part of the figure by which it may differ where chance decides what is done, such as who is drawn
 */
export function recordGas(what: string, gasUsed: bigint, most: bigint | null = null, tolerance = TOLERANCE): void {
  const ledger = readLedger()
  if (writing) {
    const entry: GasEntry = { gasUsed: Number(gasUsed), most: most === null ? null : Number(most) }
    const sorted = Object.entries({ ...ledger, [what]: entry }).sort(([a], [b]) =>
      a.localeCompare(b, 'en', { numeric: true }),
    )
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
  } else {
    const published = ledger[what]?.gasUsed ?? 0
    expect(
      Number(gasUsed),
      `gas of "${what}" beside the published figure; \`npm run bench\` publishes anew`,
    ).to.be.closeTo(published, Math.ceil(published * tolerance))
  }
  if (most !== null) expect(gasUsed, `gas of "${what}"`).to.be.at.most(most)
}
