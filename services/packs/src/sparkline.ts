const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']
const MISSING = '·'

export interface SparklineInput {
  /** Decimal text, null where missing. */
  values: readonly (string | null)[]
  /** Which of them to mark; null: none. */
  marked: number | null
  width: number
}

/**
 * A series in one line of bars and, below it, a mark under one value. A longer series is drawn in equal pieces, each as its highest value; only the
 * piece of the marked value shows that value itself.
 */
export function sparkline({ values, marked, width }: SparklineInput): string {
  if (values.length === 0) return '(no values)'
  const numbers = values.map(value => (value === null ? null : Number(value)))
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of numbers) {
    if (value === null) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const columns = Math.min(width, numbers.length)
  const columnOf = (i: number) => Math.floor((i * columns) / numbers.length)

  const pieces: (number | null)[] = Array.from({ length: columns }, () => null)
  numbers.forEach((value, i) => {
    const column = columnOf(i)
    const before = pieces[column] ?? null
    if (value !== null && (before === null || value > before)) pieces[column] = value
  })
  const mark = marked === null ? null : columnOf(marked)
  if (mark !== null && marked !== null) pieces[mark] = numbers[marked] ?? null

  const bar = (value: number) => {
    const height = high === low ? 0 : Math.floor(((value - low) / (high - low)) * BARS.length)
    return BARS[Math.min(height, BARS.length - 1)] ?? ''
  }
  const line = pieces.map(value => (value === null ? MISSING : bar(value))).join('')
  return mark === null ? line : `${line}\n${' '.repeat(mark)}▲`
}
