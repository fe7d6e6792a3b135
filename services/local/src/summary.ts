import { unscaleDecimal } from '@nexus/kit/decimal'
import type { Outcome, PolicyOutcome } from './outcome.ts'
import { table } from './table.ts'

export interface CoverRow {
  policyId: string
  name: string
  source: string
  observations: number
  index: string
  trigger: string
  eql: number
  signed: string
}

const group = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ',')
/** Base units as whole units with their decimals, trailing zeros left out: `250,000` or `1,234.5`. */
export function money(assets: string, decimals: number): string {
  const [whole = '0', fraction = ''] = unscaleDecimal(BigInt(assets), decimals).split('.')
  const digits = fraction.replace(/0+$/, '')
  return group(whole) + (digits ? `.${digits}` : '')
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

function powersText({ safe, powers, constitution, decision, emergency, rail }: Outcome['governance']): string[] {
  const hours = (duration: number) => `${duration / 3_600} h`
  return [
    `  handed over  ${powers.restrictedFunctions} functions that are not everybody's: to the Safe of six institutions, ${safe.slice(0, 8)}…; ${powers.heldByDeployer} left to the deployer`,
    `  constitution ${constitution.conditions} conditions hold, and every decision was executed under them`,
    `  decided      a rail was opened by ${decision.yes} of 6 seats with ${decision.dissents} dissent, after ${hours(decision.delaySeconds)}`,
    `  stopped      two seats stopped anchoring for ${hours(emergency.pausedSeconds)}; it was over by itself, and a renewal was ${emergency.renewal}`,
    `  died         proposal ${rail.proposalId.slice(0, 6)}… of the rail: refused while its evidence was disputed, ${rail.ended} when that was void`,
  ]
}

function commonsText({ commons: { round, grievance }, policies }: Outcome, decimals: number): string[] {
  const cover = policies.find(({ policyId }) => policyId === grievance.policyId)?.name
  const matched = round.projects.map(({ project, contributed, matched }) => {
    return `${project} ${money(contributed, decimals)} + ${money(matched, decimals)}`
  })
  return [
    `  given+match  ${matched.join(', ')}; no project more than ${round.capBps / 100} % of ${money(round.budget, decimals)}`,
    `  left over    ${money(round.leftover, decimals)} to the commons; a second wallet and a person below the threshold were refused`,
    `  complaint    about ${cover}, ${grievance.ruling}: ${money(grievance.paidAssets, decimals)} from the commons after ${Math.ceil(grievance.openSeconds / 86_400)} days`,
  ]
}

/** What a person reads when a run is over. */
export function summary(
  outcome: Outcome,
  rows: readonly CoverRow[],
  unexpected: readonly string[],
  next: readonly string[],
): string {
  const policies = new Map(outcome.policies.map(policy => [policy.policyId, policy]))
  const decimals = outcome.policies[0]?.assetDecimals ?? 0
  const rederived = (policy: PolicyOutcome) =>
    outcome.reconstructions.find(({ payoutTx }) => payoutTx === policy.settleTx)?.ok ? '✓ equal' : '✗ differs'
  const covers = table(
    ['Cover', 'Source, n', 'Index vs trigger', 'EQL', 'Signed', 'Premium', 'Paid / cover', 'Re-derived'],
    rows.map(row => {
      const policy = policies.get(row.policyId)
      const amounts = policy
        ? [
            money(policy.premiumAssets, decimals),
            `${money(policy.paidAssets, decimals)} / ${money(policy.coverAssets, decimals)}`,
            rederived(policy),
          ]
        : ['–', 'no cover accepts it', '–']
      const source = `${row.source}, ${group(`${row.observations}`)}`
      return [row.name, source, `${row.index} vs ${row.trigger}`, `${row.eql}`, row.signed, ...amounts]
    }),
    ['left', 'left', 'left', 'right', 'right', 'right', 'right'],
  )
  const faults = outcome.faults.map(({ operator, kind, outcome: result, detail }) => {
    const who = operator === 'observatory' ? operator : `${operator.slice(0, 8)}…`
    return `  ${who.padEnd(11)}  ${kind.padEnd(13)}  ${result.padEnd(10)}  ${detail}`
  })
  const { in: received, paid, redeemed, unearned, locked, free } = outcome.conservation
  const parts = { paid, redeemed, unearned, locked, free }
  const sum = Object.entries(parts).map(([name, assets]) => `${money(assets, decimals)} ${name}`)
  const gas = outcome.aeps.map(({ gasUsed }) => gasUsed)
  const { readingToAnchoredMs, readingToPaidMs, challengeSecondsSkipped, totalMs } = outcome.timings
  return [
    '',
    ...covers,
    '',
    'Faults, and what came of them',
    ...faults,
    '',
    'The powers, in the end',
    ...powersText(outcome.governance),
    '',
    'The commons',
    ...commonsText(outcome, decimals),
    '',
    `Conservation   ${money(received, decimals)} in = ${sum.join(' + ')}`,
    `Gas            ${group(`${Math.min(...gas)}`)}–${group(`${Math.max(...gas)}`)} to anchor the first report of a feed, which opens it`,
    `Time           ${seconds(totalMs)}; slowest reading anchored in ${seconds(readingToAnchoredMs)}, paid in ${seconds(readingToPaidMs)}` +
      ` (${challengeSecondsSkipped / 3600} h of challenge windows skipped by moving the clock)`,
    '',
    ...(outcome.ok
      ? ['Everything came out as it should.']
      : ['Not everything came out as it must:', ...unexpected.map(line => `  ${line}`)]),
    '',
    'Next',
    ...next.map(command => `  ${command}`),
  ].join('\n')
}
