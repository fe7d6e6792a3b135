import { formatUtcSeconds } from '@nexus/kit/time'
import type { Reconstruction, StepResult } from './reconstruct.ts'

const MOST_CHARACTERS = 400

/** Ends of a window, which the chain has in unix seconds. */
const TIMES: ReadonlySet<string> = new Set(['from', 'to'])

function words(name: string, value: unknown): string {
  if (TIMES.has(name) && /^\d{1,12}$/.test(String(value))) return formatUtcSeconds(Number(value))
  if (Array.isArray(value)) return value.map(item => words('', item)).join(', ') || 'none'
  if (typeof value === 'object' && value !== null) return fields(value, ', ') || 'none'
  return String(value)
}

const fields = (value: object, separator: string): string =>
  Object.entries(value)
    .map(([name, part]) => `${name} ${words(name, part)}`)
    .join(separator)

const cut = (text: string): string => (text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text)

/** Long hashes are told by their ends. */
const shorten = (text: string): string => text.replace(/0x([0-9a-fA-F]{8})[0-9a-fA-F]{24,}([0-9a-fA-F]{6})/g, '0x$1…$2')

function lines({ step, ok, expected, actual, note }: StepResult): string[] {
  const head = `  ${ok ? '✓' : '✗'} ${step.padEnd(10)}`
  if (ok) return [`${head} ${cut(shorten(fields(actual ?? {}, ' · ')))}`, ...(note ? [`               ${note}`] : [])]
  return [
    `${head} ${note || 'differs'}`,
    ...(expected
      ? [
          `               the chain says ${cut(fields(expected, ' · '))}`,
          `               derived        ${cut(fields(actual ?? {}, ' · '))}`,
        ]
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
