import { unscaleDecimal } from '@nexus/kit/decimal'
import { type Formula, isInt64, payoutAt, WAD } from './formula.ts'

const COLUMNS = 61
const ROWS = 11

/** What a formula pays against its index, for a terminal: the line, and where `x` stands on it. */
export function plotPayout(f: Formula, x: bigint): string {
  const [first] = f.knots
  const last = f.knots[f.knots.length - 1] ?? first
  const low = first.x < x ? first.x : x
  const high = last.x > x ? last.x : x
  // Room on both sides, so that what is paid left of the first and right of the last knot shows.
  const margin = (high - low) / 5n + BigInt(COLUMNS) / 4n
  const from = clamp(low - margin)
  const to = clamp(high + margin)
  const columns = BigInt(COLUMNS - 1)
  const indexAt = (column: number) => from + ((to - from) * BigInt(column)) / columns
  const columnOf = (index: bigint) => Number(((index - from) * columns + (to - from) / 2n) / (to - from))
  const rowOf = (wad: bigint) => ROWS - 1 - Number((wad * BigInt(ROWS - 1) + WAD / 2n) / WAD)

  const grid = Array.from({ length: ROWS }, () => Array.from({ length: COLUMNS }, () => ' '))
  const put = (row: number, column: number, mark: string) => {
    const line = grid[row]
    if (line && column >= 0 && column < COLUMNS) line[column] = mark
  }
  const here = columnOf(x)
  for (let row = 0; row < ROWS; row++) put(row, here, '┊')
  for (let column = 0; column < COLUMNS; column++) put(rowOf(payoutAt(f, indexAt(column)).payoutWad), column, '─')
  for (const knot of f.knots) put(rowOf(knot.at), columnOf(knot.x), '○')
  put(rowOf(payoutAt(f, x).payoutWad), here, '●')

  const lines = grid.map((line, row) => {
    const percent = row % 5 === 0 ? `${100 - (row * 100) / (ROWS - 1)} %` : ''
    return `${percent.padStart(6)} │${line.join('').trimEnd()}`
  })
  const ends = [from, to].map(index => unscaleDecimal(index, f.xDecimals))
  const [left = '', right = ''] = ends
  const axis = `${' '.repeat(7)}└${'─'.repeat(COLUMNS)}`
  return [...lines, axis, `${' '.repeat(8)}${left}${right.padStart(COLUMNS - left.length)}`].join('\n')
}

const clamp = (x: bigint): bigint => (isInt64(x) ? x : x < 0n ? -(2n ** 63n) : 2n ** 63n - 1n)
