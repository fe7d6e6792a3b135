import { canonicalJson } from '@nexus/kit/canonical'
import type { Reconstruction, StepResult } from './reconstruct.ts'

const MOST_CHARACTERS = 400

const brief = (value: unknown): string => {
  const text = canonicalJson(value)
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}

/** Long hashes are told by their ends. */
const shorten = (text: string): string => text.replace(/0x([0-9a-fA-F]{8})[0-9a-fA-F]{24,}([0-9a-fA-F]{6})/g, '0x$1…$2')

const summary = (actual: Record<string, unknown>): string =>
  shorten(
    Object.entries(actual)
      .map(([name, value]) => `${name} ${typeof value === 'string' ? value : brief(value)}`)
      .join(' · '),
  )

function lines({ step, ok, expected, actual, note }: StepResult): string[] {
  const head = `  ${ok ? '✓' : '✗'} ${step.padEnd(10)}`
  if (ok) return [`${head} ${summary(actual ?? {})}`, ...(note ? [`               ${note}`] : [])]
  return [
    `${head} ${note || 'differs'}`,
    ...(expected
      ? [`               the chain says ${brief(expected)}`, `               derived        ${brief(actual)}`]
      : []),
  ]
}

/** For people: each policy, each step, what was derived and, where it differs, both. */
export function renderReconstruction({ payoutTx, ok, steps }: Reconstruction): string {
  const policies = [...new Set(steps.map(({ policyId }) => policyId))]
  return [
    `settlement ${payoutTx}`,
    ...policies.flatMap(policyId => [
      '',
      `policy ${policyId}`,
      ...steps.filter(step => step.policyId === policyId).flatMap(lines),
    ]),
    '',
    ok ? 'every step holds' : 'NOT every step holds',
  ].join('\n')
}
