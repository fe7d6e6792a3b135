import { bar, percent } from '@nexus/funding/bars'
import type { Difference, Forecast } from '@nexus/funding/chain/forecast'
import type { RoundOnChain } from '@nexus/funding/chain/round'
import { largest } from '@nexus/funding/share'
import { printable } from '@nexus/kit/printable'
import { formatUtcSeconds } from '@nexus/kit/time'
import { table } from '../fund/text.ts'
import { type Row, rows } from '../output.ts'
import { amountText } from '../policy/amounts.ts'
import { type RoundTokens, type RoundView, tokenOf } from './chain.ts'

const BAR = 32
const MOST_ROWS = 40

/** What can be done in a phase, and until when; unix seconds. */
export function phaseOf({ phase, terms, timestamp }: RoundOnChain): {
  phase: string
  what: string
  until: number | null
} {
  const isApplying = timestamp < terms.applyUntil
  switch (phase) {
    case 'application':
      return isApplying
        ? { phase, what: 'projects apply', until: terms.applyUntil }
        : { phase, what: 'applications are reviewed', until: terms.contributeFrom }
    case 'contribution':
      return { phase, what: 'people give, change and take back', until: terms.contributeUntil }
    case 'review':
      return { phase, what: 'projects are disqualified, persons struck', until: terms.reviewUntil }
    case 'matching':
      return { phase, what: 'anyone pushes the matching', until: null }
    case 'payout':
      return timestamp < terms.payoutUntil
        ? { phase, what: 'milestones are released or forfeited', until: terms.payoutUntil }
        : { phase, what: 'all that was not forfeited is due', until: null }
    default:
      return { phase, what: 'everything goes back', until: null }
  }
}

export const termsRows = ({ terms, tokens }: RoundTokens): Row[] => [
  ['variant', terms.variant + (terms.postedParameter > 0n ? `, parameter ${terms.postedParameter}` : '')],
  ['cap', terms.capBps === 10_000 ? 'none' : `${terms.capBps / 100} % of the pool for one project`],
  ['asset', `${tokens[0]?.symbol ?? 'units'} ${terms.asset}`],
  ...terms.others.map(
    ({ token, unitsWad }, n): Row => [
      n === 0 ? 'also takes' : '',
      `${tokens[n + 1]?.symbol ?? 'units'} ${token}, ${unitsWad} / 10^18 units each`,
    ],
  ),
  ['apply', `until ${formatUtcSeconds(terms.applyUntil)}`],
  ['give', `${formatUtcSeconds(terms.contributeFrom)} to ${formatUtcSeconds(terms.contributeUntil)}`],
  ['review', `until ${formatUtcSeconds(terms.reviewUntil)}`],
  [
    'payout',
    `${terms.milestoneBps.map(bps => `${bps / 100} %`).join(', ')}; all by ${formatUtcSeconds(terms.payoutUntil)}`,
  ],
  ['reviewer', terms.reviewer],
  ['gate', terms.gate],
  ['more at', terms.metadataURI],
]

/** A round for people: where it stands, and the match as bars, as large as they would be now. */
export function roundText(view: RoundView, said: Forecast, differences: readonly Difference[]): string {
  const { round, tokens } = view
  const asset = tokenOf(view, 0)
  const text = (assets: bigint) => amountText(assets, asset)
  const { phase, what, until } = phaseOf(round)
  const isStanding = round.status === 'matched'
  const longest = largest(said.matched)
  const shown = [...round.projects]
    .sort((a, b) => Number((said.matched[b.projectId] ?? 0n) > (said.matched[a.projectId] ?? 0n)) * 2 - 1)
    .slice(0, MOST_ROWS)
  const people = new Set(round.given.map(one => one.contributor)).size
  return [
    rows(`round ${round.address}`, [
      ['phase', `${phase}: ${what}${until === null ? '' : ` until ${formatUtcSeconds(until)}`}`],
      ['pool', text(round.poolAssets)],
      ['people', `${people} gave ${text(round.given.reduce((sum, one) => sum + one.units, 0n))}`],
      [isStanding ? 'left over' : 'would be left', text(isStanding ? round.leftoverAssets : said.leftoverAssets)],
      ...termsRows({ address: round.address, terms: round.terms, tokens }),
      ...round.applications.map(
        ({ applicant, dossierHash }, n): Row => [n === 0 ? 'applied' : '', `${applicant}, dossier ${dossierHash}`],
      ),
    ]),
    '',
    ...(shown.length === 0
      ? ['no projects']
      : table([
          ['project', 'given', 'people', 'match', 'of pool', ''],
          ...shown.map(({ projectId, recipient, status, contributed, contributors, heldUntil }) => {
            const matched = said.matched[projectId] ?? 0n
            const notes = [
              ...(status === 'disqualified' ? ['disqualified'] : []),
              ...(heldUntil > round.timestamp ? [`held until ${formatUtcSeconds(heldUntil)}`] : []),
            ]
            return [
              `${projectId} ${recipient}`,
              text(contributed),
              `${contributors}`,
              text(matched),
              percent(matched, round.poolAssets),
              notes.length > 0 ? notes.join(', ') : bar(matched, longest, BAR),
            ]
          }),
        ])),
    ...(round.projects.length > shown.length
      ? [`… and ${round.projects.length - shown.length} more: --json has them all`]
      : []),
    '',
    differences.length === 0
      ? `computed from the events: the contract counts the same`
      : `the contract counts otherwise than the events say: ${differences.map(differenceText).join('; ')}`,
  ]
    .map(line => line.split('\n').map(printable).join('\n'))
    .join('\n')
}

const differenceText = ({ projectId, what, computed, onChain }: Difference): string =>
  `${what} of project ${projectId} is ${onChain}, not ${computed}`
