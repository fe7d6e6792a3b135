import type { Observation } from '../../types.ts'

/**
 * One event may be reported by several networks: records that share a source id, directly or through others, are one event. The newest
 * `updated` speaks for it; where two are equally new, the smaller id.
 */
export function newestOfEach(records: readonly Observation[]): { events: readonly Observation[]; duplicates: number } {
  const parent = records.map((_, i) => i)
  const find = (i: number): number => {
    let root = i
    while (parent[root] !== root) root = parent[root] ?? root
    for (let at = i; at !== root; ) {
      const next = parent[at] ?? root
      parent[at] = root
      at = next
    }
    return root
  }

  const firstWith = new Map<string, number>()
  records.forEach((record, i) => {
    for (const id of idsOf(record)) {
      const other = firstWith.get(id)
      if (other === undefined) firstWith.set(id, i)
      else parent[find(i)] = find(other)
    }
  })

  const newest = new Map<number, Observation>()
  records.forEach((record, i) => {
    const root = find(i)
    const best = newest.get(root)
    if (best === undefined || supersedes(record, best)) newest.set(root, record)
  })
  return { events: [...newest.values()], duplicates: records.length - newest.size }
}

const idsOf = (record: Observation): readonly string[] => [
  record.id,
  ...String(record.attributes['ids'] ?? '')
    .split(',')
    .filter(id => id !== ''),
]

const updatedOf = (record: Observation): number => {
  const updated = record.attributes['updated']
  return typeof updated === 'number' ? updated : Number.NEGATIVE_INFINITY
}

const supersedes = (a: Observation, b: Observation): boolean => {
  const [x, y] = [updatedOf(a), updatedOf(b)]
  return x > y || (x === y && a.id < b.id)
}
