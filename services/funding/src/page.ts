import { html, Markup, nothing } from '@nexus/aep/html'
import { STYLE } from '@nexus/aep/page-style'
import { percent, stepsOf } from './bars.ts'
import { byMatch, type Matching, type ProjectMatch } from './match.ts'
import { capOf, largest } from './share.ts'

const MOST_BARS = 40
const MOST_ROWS = 500
const SIZE = { width: 960, row: 34, top: 34, left: 220, right: 120 }

const MORE_STYLE = `
svg .contributed{fill:var(--line)}svg .matched{fill:var(--index)}svg .cap{stroke:var(--threshold);stroke-dasharray:5 4}svg text.cap{fill:var(--threshold);stroke:none}
td.number{text-align:right}
`

const excerpt = (text: string): string => (text.length > 30 ? `${text.slice(0, 29)}…` : text)

/** One self-contained page about one matching: nothing is fetched, nothing runs. Names of projects are foreign text and stay text. */
export function matchPage(matching: Matching, capBps: number | null, includesContributions: boolean): string {
  const { variant, budget, matched, leftover, projects } = matching
  const sorted = [...projects].sort(byMatch)
  const cap = capOf(budget, capBps)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${`${variant} · ${matched} of ${budget} matched`}</title>
<style>${new Markup(STYLE + MORE_STYLE)}</style>
</head>
<body>
<header>
<p class="kind">Quadratic funding, ${variant}</p>
<h1>${projects.length} ${projects.length === 1 ? 'project' : 'projects'}</h1>
<p class="reading"><strong>${percent(matched, budget)}</strong> <b>of the budget matched</b></p>
<p class="when">${`${matched} of ${budget}, ${leftover} left over${cap === null ? '' : `; at most ${cap} a project`}`}</p>
</header>
<main>
<figure>
<div class="plot" tabindex="0" role="group" aria-label="Plot">${chart(sorted.slice(0, MOST_BARS), budget, cap)}</div>
<figcaption>Upper bars: matched${includesContributions ? ', contributions included' : ''}. Lower bars: contributed. One scale, base units.${cap === null ? '' : ' Dashed: the cap.'}${sorted.length > MOST_BARS ? ` The ${MOST_BARS} with the largest match.` : ''}</figcaption>
</figure>
<section><h2>Projects</h2>
<table><thead><tr><th scope="col">project</th><th scope="col">contributed</th><th scope="col">Σ√c</th><th scope="col">matched</th><th scope="col">of the budget</th></tr></thead>
<tbody>${sorted
    .slice(0, MOST_ROWS)
    .map(
      ({ project, contributed, sqrtSum, matched: own }) =>
        html`<tr><td>${project}</td><td class="number">${`${contributed}`}</td><td class="number">${`${sqrtSum}`}</td><td class="number">${`${own}`}</td><td class="number">${percent(own, budget)}</td></tr>`,
    )}</tbody></table>
${sorted.length > MOST_ROWS ? html`<p>and ${sorted.length - MOST_ROWS} more</p>` : nothing}</section>
</main>
</body>
</html>
`
  return page.text
}

function chart(projects: readonly ProjectMatch[], budget: bigint, cap: bigint | null): Markup {
  const longest = largest([cap ?? 0n, ...projects.flatMap(({ contributed, matched }) => [contributed, matched])])
  const span = SIZE.width - SIZE.left - SIZE.right
  const lengthOf = (amount: bigint) => stepsOf(amount, longest, span * 10) / 10
  const height = SIZE.top + projects.length * SIZE.row + 10
  const capAt = cap === null ? null : SIZE.left + lengthOf(cap)
  return html`<svg viewBox="0 0 ${SIZE.width} ${height}" role="img" aria-labelledby="chart-title chart-desc">
<title id="chart-title">Contributed and matched, by project</title><desc id="chart-desc">${projects.map(({ project, matched }) => `${project}: ${percent(matched, budget)} of the budget. `)}</desc>
${capAt === null ? nothing : html`<line class="cap" x1="${capAt}" x2="${capAt}" y1="${SIZE.top - 8}" y2="${height - 6}"/><text class="cap" x="${capAt}" y="${SIZE.top - 14}" text-anchor="middle">cap</text>`}
${projects.map(({ project, contributed, matched }, i) => {
  const y = SIZE.top + i * SIZE.row
  return html`<g><title>${project}: ${`${contributed}`} contributed, ${`${matched}`} matched</title>
<text x="${SIZE.left - 10}" y="${y + 16}" text-anchor="end">${excerpt(project)}</text>
<rect class="matched" x="${SIZE.left}" y="${y}" width="${lengthOf(matched)}" height="14"/>
<rect class="contributed" x="${SIZE.left}" y="${y + 15}" width="${lengthOf(contributed)}" height="7"/>
<text x="${SIZE.left + lengthOf(matched) + 6}" y="${y + 12}">${percent(matched, budget)}</text></g>`
})}
</svg>`
}
