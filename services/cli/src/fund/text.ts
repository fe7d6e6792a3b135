import { bar, percent } from '@nexus/funding/bars'
import type { CollusionReport, VariantCollusion } from '@nexus/funding/collusion'
import { byMatch, type Matching } from '@nexus/funding/match'
import type { MatchLeaf } from '@nexus/funding/posted/post'
import { capOf, largest } from '@nexus/funding/share'
import { printable } from '@nexus/kit/printable'
import type { Row } from '../output.ts'
import { type Asset, amountText } from '../policy/amounts.ts'

const MOST_ROWS = 40
const BAR = 32
const NAME = 44

const nameText = (project: string): string => {
  const text = printable(project)
  return text.length > NAME ? `${text.slice(0, NAME - 1)}…` : text
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** Columns side by side: the first to the left, the last as it is, numbers between them to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map(row => (row[i] ?? '').length)))
  return rows.map(row =>
    row
      .map((text, i) =>
        i === 0 ? text.padEnd(widths[i] ?? 0) : i === row.length - 1 ? text : text.padStart(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

/** A matching for people: what each project was given and gets, largest first, and the two as bars on one scale. */
export function matchText(
  { variant, budget, matched, leftover, projects }: Matching,
  capBps: number | null,
  includes: boolean,
): string {
  const cap = capOf(budget, capBps)
  const shown = [...projects].sort(byMatch).slice(0, MOST_ROWS)
  const longest = largest(shown.flatMap(({ contributed, matched: own }) => [contributed, own]))
  const capped = cap === null ? 0 : projects.filter(project => project.matched === cap && cap > 0n).length
  return [
    `${variant}: ${plural(projects.length, 'project')}, ${matched} of ${budget} matched (${percent(matched, budget)}), ${leftover} left over`,
    ...(cap === null ? [] : [`cap ${cap} (${percent(cap, budget)} of the budget), ${plural(capped, 'project')} at it`]),
    '',
    ...table([
      ['project', 'contributed', 'sqrtSum', 'matched', 'share', ''],
      ...shown.flatMap(project => [
        [
          nameText(project.project),
          `${project.contributed}`,
          `${project.sqrtSum}`,
          `${project.matched}`,
          percent(project.matched, budget),
          bar(project.matched, longest, BAR),
        ],
        ['', '', '', '', '', '░'.repeat(bar(project.contributed, longest, BAR).length)],
      ]),
    ]),
    ...(projects.length > shown.length ? [`… and ${projects.length - shown.length} more: --json has them all`] : []),
    '',
    `█ matched${includes ? ', contributions included' : ''}   ░ contributed`,
  ].join('\n')
}

/** The lines of a result, the largest first, with bars. */
export function lineBars(results: readonly MatchLeaf[], asset: Asset): Row[] {
  const longest = largest(results.map(one => one.matched))
  const sorted = [...results].sort((a, b) => (a.matched < b.matched ? 1 : a.matched > b.matched ? -1 : 0))
  const shown = sorted.slice(0, MOST_ROWS)
  return shown.map(
    ({ project, matched }): Row => [
      `project ${project}`,
      `${amountText(matched, asset)} ${bar(matched, longest, BAR)}`.trimEnd(),
    ],
  )
}

/** The report for people: what so many identities draw, as a share of the budget, by variant. */
export function collusionText({ budget, capital, identities, variants }: CollusionReport): string {
  return [
    `What identities that are one person could have drawn from a budget of ${budget}.`,
    '',
    `To a project of their own, ${capital} in parts as equal as can be:`,
    '',
    ...variants.flatMap(variant => [...ownText(variant, budget), '']),
    `To the projects with the largest match: by the ${identities} largest members were they one person (members), and by ${identities} new identities with ${capital} (joined):`,
    '',
    ...variants.flatMap(projectsText),
    'Drawn is what matching pays beyond what they put in. Variants that look at who gave what may be played better than by equal parts.',
  ].join('\n')
}

function ownText({ variant, refused, own }: VariantCollusion, budget: bigint): string[] {
  if (refused !== null) return [`${variant}: ${refused}`]
  const rows = own.map(({ identities, drawn }) => [
    `  ${identities}`,
    `${drawn}`,
    percent(drawn, budget),
    bar(drawn, budget, BAR),
  ])
  return [variant, ...table([['  identities', 'drawn', 'of budget', ''], ...rows])]
}

function projectsText({ variant, refused, projects }: VariantCollusion): string[] {
  if (refused !== null || projects.length === 0) return []
  const rows = projects.map(({ project, matched, members, joined }) => [
    `  ${nameText(project)}`,
    `${matched}`,
    members === null ? 'not known' : `${members}`,
    `${joined}`,
    '',
  ])
  return [variant, ...table([['  project', 'matched', 'members', 'joined', ''], ...rows]), '']
}
