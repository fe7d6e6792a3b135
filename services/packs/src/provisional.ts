import type { Dataset, IndexResult } from '@nexus/kit/observation'

/** Words by which sources say that a reading has not been looked at by a person yet, or will be replaced. */
const EARLY: ReadonlySet<string> = new Set(['automatic', 'preliminary', 'provisional', 'estimated'])

/** Whether an index rests on a reading that its own source calls early. Everybody gets the same answer from the same data. */
export function isProvisional(dataset: Dataset, result: IndexResult): boolean {
  const quality = new Map(dataset.observations.map(observation => [observation.id, observation.quality]))
  return result.used.some(id => EARLY.has(quality.get(id) ?? ''))
}
