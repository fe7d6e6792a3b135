import type { CaseView } from '@nexus/governance/grievance/case'
import { printable } from '@nexus/kit/printable'
import { formatUtcSeconds } from '@nexus/kit/time'
import { plain } from './options.ts'

/** For machines. */
export const caseDocument = (view: CaseView): Record<string, unknown> => ({
  ...(plain(view) as Record<string, unknown>),
  deadline: view.deadline === 0 ? null : formatUtcSeconds(view.deadline),
  orders: view.orders.map(one => ({ ...one, until: formatUtcSeconds(one.until) })),
  timeline: view.timeline.map(({ at, event, args }) => ({ at: formatUtcSeconds(at), event, args: plain(args) })),
})

/** For people. */
export function caseText(view: CaseView): string {
  const rows: [string, string][] = [
    ['state', view.state === 'closed' ? `closed: ${view.outcome}` : `${view.state}, panel ${view.instance}`],
    ...(view.deadline === 0
      ? []
      : [['until', `${formatUtcSeconds(view.deadline)}; then, by default: ${view.next}`] as [string, string]]),
    ...(view.ruling === null ? [] : [['ruling', view.ruling] as [string, string]]),
    ['complainant', `${view.complainant}${view.takenOver ? ' (alone)' : ''}`],
    ['respondent', `${view.respondent}${view.answered ? '' : ' (did not answer)'}`],
    ['claims', `${view.claimedAssets} base units${view.requested.map(one => `, ${one}`).join('')}`],
    ...view.seats.map(({ instance, arbiter, state, ruling }): [string, string] => [
      `panel ${instance}`,
      `${arbiter} ${ruling ?? state}`,
    ]),
    ...view.orders.map(({ kind, state, until }): [string, string] => [
      'order',
      `${kind}: ${state}${state === 'open' ? `, until ${formatUtcSeconds(until)}` : ''}`,
    ]),
    ...view.timeline.map(({ at, event, args }): [string, string] => [
      formatUtcSeconds(at),
      `${event} ${Object.entries(args)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}`,
    ]),
  ]
  return [`case ${view.caseId}`, ...rows.map(([name, value]) => `  ${name.padEnd(12)} ${printable(value)}`)].join('\n')
}
