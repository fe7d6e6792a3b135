import type { Coverage, Dataset, Observation } from '../types.ts'
import { parseDay, parseInstant, parseMonth } from './calendar.ts'
import { Refusal } from './refusal.ts'

/**
 * Several inputs of one dataset as one. An observation that comes twice is kept once if both agree; else the one with the newest
 * `updated` attribute, and where nothing says which is newer the inputs contradict each other and are refused.
 */
export function mergeDatasets(datasets: readonly Dataset[]): Dataset {
  const [first, ...rest] = datasets
  if (first === undefined) throw new Refusal('no-input', 'there is no input to read')
  if (rest.length === 0) return first
  const byId = new Map<string, Observation>()
  for (const { observations } of datasets)
    for (const observation of observations) {
      const known = byId.get(observation.id)
      byId.set(observation.id, known === undefined ? observation : newer(known, observation))
    }
  const observations = [...byId.values()].sort(
    (a, b) => position(a.time) - position(b.time) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
  return { observations, coverage: rest.reduce((sum, { coverage }) => join(sum, coverage), first.coverage) }
}

function newer(a: Observation, b: Observation): Observation {
  if (sameText(a) === sameText(b)) return a
  const [x, y] = [a.attributes['updated'], b.attributes['updated']]
  if (typeof x === 'number' && typeof y === 'number' && x !== y) return x > y ? a : b
  throw new Refusal('conflicting-inputs', `two inputs disagree about ${a.id}`, { id: a.id })
}

const sameText = ({ id, time, value, unit, quality, attributes }: Observation): string =>
  JSON.stringify([
    id,
    time,
    value,
    unit,
    quality,
    Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  ])

/** A common axis for instants, days and months; a dataset has only one kind. */
const position = (time: string): number => parseInstant(time) ?? parseDay(time) ?? parseMonth(time) ?? 0

/** What both cover together: only without a gap between them, and only as whole as the less whole of the two. */
function join(a: Coverage, b: Coverage): Coverage {
  const limits = JSON.stringify(Object.entries(a.limits ?? {}).sort())
  if (limits !== JSON.stringify(Object.entries(b.limits ?? {}).sort()))
    throw new Refusal('conflicting-inputs', 'the inputs were asked for with different filters')
  const [early, late] =
    a.from !== null && b.from !== null && position(b.from) < position(a.from) ? ([b, a] as const) : ([a, b] as const)
  const touching =
    early.from !== null &&
    early.to !== null &&
    late.from !== null &&
    late.to !== null &&
    position(late.from) <= position(early.to)
  const generated = [a.generatedAt, b.generatedAt].filter(time => time !== null)
  const to = touching && position(late.to ?? '') > position(early.to ?? '') ? late.to : early.to
  return {
    from: touching ? early.from : null,
    to: touching ? to : null,
    generatedAt: generated.length === 2 ? (generated.sort()[0] ?? null) : null,
    truncated: a.truncated || b.truncated,
    ...(a.limits === undefined ? {} : { limits: a.limits }),
  }
}
