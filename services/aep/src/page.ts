import { unscaleDecimal } from '@nexus/kit/decimal'
import type { IndexResult } from '@nexus/kit/observation'
import { type ChartThreshold, drawChart } from './chart.ts'
import { unanchoredEql } from './eql.ts'
import { html, Markup, nothing } from './html.ts'
import { INDEX_CLAIM, observationClaimName } from './leaves.ts'
import type { OpenedPack } from './pack.ts'
import { STYLE } from './page-style.ts'
import { parseSeconds } from './time.ts'

/** A payout formula as the chart needs it; a `Formula` of `@nexus/terms` is one. */
export interface PageFormula {
  readonly xDecimals: number
  readonly knots: readonly { readonly x: bigint; readonly below: bigint; readonly at: bigint; readonly above: bigint }[]
}

export interface PageInput {
  pack: OpenedPack
  /** What the pack's own code gives; the page draws this series, not one that somebody says. */
  recomputed: Pick<IndexResult, 'series'>
  /** Operators whose receipts in the pack verified. */
  operators: readonly string[]
  /** The level it holds, where a quorum has anchored it; else it shows min(eql, 2). */
  anchored?: { eql: number; label: string } | undefined
  /** Of the index, such as mm; the model's catalogue knows it. */
  unit?: string | undefined
  title?: string | undefined
  cover?: { formula: PageFormula; outcome: string } | undefined
}

const percent = (wad: bigint): string => `${unscaleDecimal(wad * 100n, 18).replace(/\.?0+$/, '')} %`

/** What is paid at a knot, and the jump if there is one. */
function thresholdsOf({ xDecimals, knots }: PageFormula): ChartThreshold[] {
  return knots.map(({ x, below, at, above }) => {
    const paid = below !== at ? [below, at] : at !== above ? [at, above] : [at]
    const value = unscaleDecimal(x, xDecimals)
    return { value: Number(value), label: `${value}: ${paid.map(percent).join(' → ')}` }
  })
}

const SIMPLE_UNCERTAINTY = /^[±]?(\d+(?:\.\d+)?)(?:\s+[A-Za-z°%/]+(?:\s+units?)?)?$/

/** Half-width of the band, where one number in the index's own unit says it all; a share of it (%) does not. */
export function uncertaintyBand(text: string | undefined): number | null {
  const match = SIMPLE_UNCERTAINTY.exec(text ?? '')
  return match?.[1] === undefined || text?.includes('%') ? null : Number(match[1])
}

const day = (time: string): string => time.replace('T00:00:00Z', '')
const short = (hash: string): Markup => html`<code title="${hash}">${hash.slice(0, 10)}…${hash.slice(-6)}</code>`
const row = (name: string, value: string | number | Markup): Markup =>
  html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`

const LEVELS = [
  'provenance not known',
  'provenance known',
  'validated model, stated uncertainty',
  'recomputed by a quorum',
  'several sources, signed devices',
]

/**
 * One self-contained page about one pack: nothing is fetched, nothing runs. Everything on it comes from the pack, from what
 * its code gives, or from the arguments.
 */
export function renderPage(input: PageInput): string {
  const { pack, unit = '', cover } = input
  const claims = pack.documents['claims.json']
  const { feed, index, window } = claims
  const title = input.title ?? feed.model
  const value = `${index.value}${unit === '' ? '' : ` ${unit}`}`
  const span = `${day(window.from)} to ${day(window.to)}`
  const eql = input.anchored?.eql ?? unanchoredEql(claims.eql)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${value} · ${title} · ${span}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<p class="kind">Evidence pack${claims.provisional ? ', provisional' : ''}${claims.revises === null ? '' : ', revision'}</p>
<h1>${title}</h1>
<p class="reading"><strong>${index.value}</strong> <b>${unit}</b></p>
<p class="when">${index.time === null ? 'over' : `${index.time}, in`} the window ${span}, end exclusive</p>
<p class="id"><code>${pack.aepId}</code></p>
</header>
<main>
<figure>
<div class="plot" tabindex="0" role="group" aria-label="Plot">${drawSeries(input, value, span)}</div>
<figcaption>${captionOf(input)}</figcaption>
</figure>
${cover === undefined ? nothing : html`<section><h2>Cover</h2><p>${cover.outcome}</p></section>`}
<section><h2>Lineage</h2>${lineage(input)}</section>
<section class="columns">
<div><h2>Index</h2><table><tbody>
${row('value', value)}
${row('observed', index.time ?? 'over the whole window')}
${row('uncertainty', claims.uncertainty === null ? 'none stated' : `${claims.uncertainty.value} (${claims.uncertainty.source})`)}
${row('EQL', `${eql}: ${LEVELS[eql] ?? ''}${input.anchored ? `, ${input.anchored.label}` : ', not anchored'}`)}
${row('sequence', claims.sequence)}
${row('feed', short(claims.feedId))}
${claims.revises === null ? nothing : row('revises', short(claims.revises))}
</tbody></table></div>
<div><h2>Quality</h2><table><tbody>
${row('observations', `${claims.quality.used} used, ${claims.observations.length} decided the index`)}
${row('left out', list(Object.entries(claims.quality.excluded).map(([reason, n]) => `${reason} ${n}`)))}
${row('missing days', claims.quality.missingDays)}
${row('coverage', `${Math.round(claims.quality.coverage * 1000) / 10} % of the window`)}
${row('flags', list(claims.quality.flags))}
</tbody></table></div>
</section>
<section><h2>Observations that decided it</h2>${observations(pack)}</section>
<section><h2>Parameters and assumptions</h2>
<table><tbody>${Object.entries({ ...feed.params, ...feed.source.options }).map(([name, param]) => row(name, String(param)))}</tbody></table>
<ul>${pack.documents['assumptions.json'].assumptions.map(({ subject, statement }) => html`<li><b>${subject}</b>: ${statement}</li>`)}</ul></section>
<section><h2>Check it yourself</h2>
<pre>nexus aep verify ${pack.aepId}.zip
nexus aep prove ${pack.aepId}.zip --claim ${INDEX_CLAIM}</pre>
<p>${pack.leaves.length} leaves under the root: ${1 + claims.observations.length} claims and ${pack.leaves.length - 1 - claims.observations.length} files, the source of the model among them.</p></section>
</main>
</body>
</html>
`
  return page.text
}

const list = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.join(', '))

function drawSeries({ pack, recomputed, unit = '', cover }: PageInput, value: string, span: string): Markup {
  const { index, window, uncertainty, feed } = pack.documents['claims.json']
  return drawChart({
    title: `${feed.model}: ${value}`,
    description: `Series of ${recomputed.series.length} values in the window ${span}; the index is ${value}.`,
    unit,
    series: recomputed.series,
    window: { from: parseSeconds(window.from), to: parseSeconds(window.to) },
    index: { time: index.time, value: Number(index.value), label: `index ${index.value}` },
    uncertainty: uncertaintyBand(uncertainty?.value),
    thresholds: cover === undefined ? [] : thresholdsOf(cover.formula),
  })
}

function captionOf({ pack, cover }: PageInput): Markup {
  const { uncertainty } = pack.documents['claims.json']
  const band =
    uncertainty === null
      ? 'No uncertainty is stated.'
      : uncertaintyBand(uncertainty.value) === null
        ? `Uncertainty: ${uncertainty.value} (not drawn: it is not one number).`
        : `Band: ${uncertainty.value}.`
  const knots = cover === undefined ? '' : ' Dashed: knots of the payout formula, with what is paid there.'
  return html`Shaded: the window. Line: the index. ${band}${knots}`
}

function lineage({ pack, operators }: PageInput): Markup {
  const { 'inputs.json': inputs, 'model.json': model, 'claims.json': claims } = pack.documents
  const sources = inputs.inputs.map(
    ({ name, url, licence, retrievedAt, bytes, sha256 }) => html`<li><b>${name}</b>
<span>${url ?? 'origin not stated'}</span>
<span>${licence ?? 'no licence stated'}${retrievedAt === null ? '' : `, retrieved ${retrievedAt}`}</span>
<span>${bytes.toLocaleString('en')} bytes ${short(sha256)}</span></li>`,
  )
  return html`<ol class="lineage">
${sources}
<li><b>observations</b><span>read by ${model.source.adapter}</span><span>${short(model.source.codeHash)}</span></li>
<li><b>index</b><span>${model.model.id} ${model.model.version}</span><span>${short(model.model.codeHash)}</span></li>
<li><b>pack</b><span>sequence ${claims.sequence}</span><span>${short(pack.aepId)}</span></li>
<li><b>${operators.length} ${operators.length === 1 ? 'receipt' : 'receipts'}</b><span>${operators.length === 0 ? 'no operator has recomputed it yet' : 'recomputed and signed by'}</span>${operators.map(operator => html`<span>${short(operator)}</span>`)}</li>
</ol>`
}

const MOST_ROWS = 200

function observations(pack: OpenedPack): Markup {
  const all = pack.documents['claims.json'].observations
  if (all.length === 0) return html`<p>None: the source was looked at, and nothing qualified.</p>`
  const rows = all
    .slice(0, MOST_ROWS)
    .map(
      ({ id, time, value, unit, quality }, n) =>
        html`<tr><td><code>${observationClaimName(n)}</code></td><td>${id}</td><td>${time}</td><td class="number">${value ?? 'missing'} ${unit}</td><td>${quality}</td></tr>`,
    )
  const table = html`<table><thead><tr><th scope="col">claim</th><th scope="col">id</th><th scope="col">time</th><th scope="col">value</th><th scope="col">quality</th></tr></thead><tbody>${rows}</tbody></table>`
  const rest = all.length > MOST_ROWS ? html`<p>and ${all.length - MOST_ROWS} more in claims.json</p>` : nothing
  return all.length > 12
    ? html`<details><summary>${all.length} observations</summary>${table}${rest}</details>`
    : html`${table}${rest}`
}
