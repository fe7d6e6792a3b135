import { leastQuorum } from '@nexus/kit/report'
import { accounts } from './accounts.ts'
import { conserves, type Outcome } from './outcome.ts'
import type { Scenario } from './scenario.ts'

/** The faults that the story brings about, in order, and what must come of each. */
const expectedFaults = [
  'forged-value refused',
  'killed taken-over',
  'forged-source refused',
  'killed waited',
  'killed waited',
  'killed waited',
]

/** What did not come out as the data, the terms and the story say it must; empty when everything did. */
export function surprises(
  outcome: Omit<Outcome, 'ok' | 'timings' | 'governance' | 'commons'>,
  { covers, spi }: Scenario,
): string[] {
  const found: string[] = []
  const expect = (what: string, actual: unknown, expected: unknown) => {
    if (actual !== expected) found.push(`${what}: ${actual}, not ${expected}`)
  }
  const quorum = leastQuorum(accounts.operators.length)
  for (const { name, feedId, expected } of [...Object.values(covers), spi]) {
    const anchored = outcome.aeps.filter(({ feed }) => feed === feedId)
    expect(`anchors of ${name}`, anchored.length, 1)
    for (const aep of anchored) {
      expect(`index of ${name}`, aep.value, expected.value)
      expect(`level of ${name}`, aep.eql, expected.eql)
      expect(`signers of ${name}`, aep.signers.length, quorum)
    }
  }
  for (const { name, feedId, expectedPaid } of Object.values(covers)) {
    const policy = outcome.policies.find(({ feed }) => feed === feedId)
    expect(`paid for ${name}`, policy?.paidAssets, `${expectedPaid}`)
    expect(`status of ${name}`, policy?.status, expectedPaid > 0n ? 'paid' : 'zero')
    const proof = outcome.reconstructions.find(({ payoutTx }) => payoutTx === policy?.settleTx)
    const failed = proof?.steps.filter(({ ok }) => !ok).map(({ step }) => step)
    expect(`re-derivation of ${name}`, proof?.ok ? 'equal' : `differs in ${failed?.join(', ')}`, 'equal')
  }
  const faults = outcome.faults.map(fault => `${fault.kind} ${fault.outcome}`)
  expect('faults', faults.join(', '), expectedFaults.join(', '))
  expect('conservation', conserves(outcome.conservation) ? 'holds' : 'broken', 'holds')
  return found
}
