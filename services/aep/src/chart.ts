import { scaleLinear, scaleUtc } from 'd3-scale'
import { html, type Markup, nothing } from './html.ts'
import { observationMs } from './time.ts'

export interface ChartPoint {
  /** As in Observation: an instant, a day or a month. */
  time: string
  /** Decimal text; null where the series is missing. */
  value: string | null
}

export interface ChartThreshold {
  value: number
  label: string
}

export interface Chart {
  title: string
  /** One sentence for those who do not see it. */
  description: string
  unit: string
  series: readonly ChartPoint[]
  /** Half-open, unix seconds. */
  window: { from: number; to: number }
  index: { time: string | null; value: number; label: string }
  /** Half-width of the uncertainty band around the index, when it is one number. */
  uncertainty: number | null
  thresholds: readonly ChartThreshold[]
}

const SIZE = { width: 960, height: 380 }
const PLOT = { left: 64, right: 812, top: 24, bottom: 332 }
const LABEL_GAP = 15
/** Up to so many values each has its own dot; more are a line. */
const MOST_DOTS = 80

interface Placed {
  x: number
  y: number
}

const round = (value: number): number => Math.round(value * 10) / 10

const path = (points: readonly Placed[]): string =>
  points.map(({ x, y }, n) => `${n === 0 ? 'M' : 'L'}${round(x)},${round(y)}`).join('')

/** Stretches without missing values: a line must not run over a gap. */
function stretches<T>(points: readonly (T | null)[]): T[][] {
  const runs: T[][] = [[]]
  for (const point of points) {
    if (point === null) runs.push([])
    else runs.at(-1)?.push(point)
  }
  return runs.filter(run => run.length > 0)
}

/** Undefined: by the tick, months and years, as the scale does by itself. */
function dateFormat(seconds: number): string | undefined {
  const days = seconds / 86_400
  return days <= 2 ? '%b %d %H:%M' : days <= 120 ? '%b %d' : undefined
}

/** Moves labels apart, downwards, in the order in which they stand; the last may not leave the plot. */
export function spread(places: readonly number[], gap: number, bottom: number): number[] {
  const order = places.map((y, n) => ({ y, n })).sort((a, b) => a.y - b.y)
  let last = Number.NEGATIVE_INFINITY
  for (const place of order) {
    place.y = Math.max(place.y, last + gap)
    last = place.y
  }
  let next = bottom + gap
  for (const place of order.toReversed()) {
    place.y = Math.min(place.y, next - gap)
    next = place.y
  }
  return order.sort((a, b) => a.n - b.n).map(({ y }) => y)
}

/** The index series, its window, the index with its uncertainty, and what terms compare it with. */
export function drawChart(chart: Chart): Markup {
  const { series, window, index, uncertainty, thresholds } = chart
  const values = series.flatMap(({ value }) => (value === null ? [] : [Number(value)]))
  const times = series.map(({ time }) => observationMs(time))
  const band = uncertainty ?? 0
  // Zero is always in sight: a level means little without it.
  const low = Math.min(0, index.value - band, ...values, ...thresholds.map(({ value }) => value))
  const high = Math.max(0, index.value + band, ...values, ...thresholds.map(({ value }) => value))
  const margin = (window.to - window.from) * 20 // 2 % of the window, in milliseconds
  const [begin, end] = [window.from * 1000, window.to * 1000]
  const x = scaleUtc()
    .domain([Math.min(begin, ...times) - margin, Math.max(end, ...times) + margin])
    .range([PLOT.left, PLOT.right])
  const y = scaleLinear()
    .domain([low, high === low ? low + 1 : high])
    .range([PLOT.bottom, PLOT.top])
    .nice(6)

  const placed = series.map(({ value }, n) =>
    value === null ? null : { x: x(times[n] ?? begin), y: y(Number(value)), value, time: series[n]?.time ?? '' },
  )
  const dots = placed.flatMap(point => (point === null ? [] : [point]))
  const at = index.time === null ? null : { x: x(observationMs(index.time)), y: y(index.value) }
  const [left, right] = [round(x(begin)), round(x(end))]
  const yFormat = y.tickFormat(6)
  const format = dateFormat(window.to - window.from)
  const xFormat = format === undefined ? x.tickFormat() : x.tickFormat(7, format)

  const labels = [
    ...thresholds.map(({ value, label }) => ({ y: y(value), label, kind: 'threshold' })),
    { y: y(index.value), label: index.label, kind: 'index' },
  ]
  const labelY = spread(
    labels.map(label => label.y),
    LABEL_GAP,
    PLOT.bottom,
  )

  return html`<svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-labelledby="chart-title chart-desc">
<title id="chart-title">${chart.title}</title><desc id="chart-desc">${chart.description}</desc>
<rect class="window" x="${left}" y="${PLOT.top}" width="${round(right - left)}" height="${PLOT.bottom - PLOT.top}"/>
<g class="grid">${y.ticks(6).map(tick => html`<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text x="${PLOT.left - 8}" y="${round(y(tick)) + 4}" text-anchor="end">${yFormat(tick)}</text>`)}</g>
<g class="axis">${x.ticks(7).map(tick => html`<line x1="${round(x(tick))}" x2="${round(x(tick))}" y1="${PLOT.bottom}" y2="${PLOT.bottom + 5}"/><text x="${round(x(tick))}" y="${PLOT.bottom + 20}" text-anchor="middle">${xFormat(tick)}</text>`)}<text class="unit" x="${PLOT.left}" y="${PLOT.top - 10}">${chart.unit}</text></g>
<g class="edge"><line x1="${left}" x2="${left}" y1="${PLOT.top}" y2="${PLOT.bottom}"/><line x1="${right}" x2="${right}" y1="${PLOT.top}" y2="${PLOT.bottom}"/></g>
${
  uncertainty === null
    ? nothing
    : html`<rect class="band" x="${PLOT.left}" width="${PLOT.right - PLOT.left}" y="${round(y(index.value + band))}" height="${round(Math.abs(y(index.value - band) - y(index.value + band)))}"/>`
}
${thresholds.map(({ value }) => html`<line class="threshold" x1="${PLOT.left}" x2="${PLOT.right}" y1="${round(y(value))}" y2="${round(y(value))}"/>`)}
<line class="index" x1="${PLOT.left}" x2="${PLOT.right}" y1="${round(y(index.value))}" y2="${round(y(index.value))}"/>
${
  dots.length <= MOST_DOTS
    ? html`<g class="dots">${dots.map(dot => html`<line x1="${round(dot.x)}" x2="${round(dot.x)}" y1="${round(y(0))}" y2="${round(dot.y)}"/><circle cx="${round(dot.x)}" cy="${round(dot.y)}" r="3"><title>${dot.time}: ${dot.value}</title></circle>`)}</g>`
    : html`<path class="line" d="${stretches(placed).map(path).join('')}"/>`
}
${at === null ? nothing : html`<circle class="at" cx="${round(at.x)}" cy="${round(at.y)}" r="6"/>`}
<g class="labels">${labels.map(({ label, kind, y: from }, n) => html`<line class="${kind}" x1="${PLOT.right}" x2="${PLOT.right + 8}" y1="${round(from)}" y2="${round(labelY[n] ?? from)}"/><text class="${kind}" x="${PLOT.right + 12}" y="${round((labelY[n] ?? from) + 4)}">${label}</text>`)}</g>
</svg>`
}
