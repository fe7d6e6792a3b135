import type { Check } from '@nexus/aep/verify'

/** What checks are about, told by their names, and what of it a reader counts. The first that fits counts. */
const GROUPS: readonly { name: string; of: RegExp; counted?: RegExp }[] = [
  { name: 'receipt', of: /^signatures\//, counted: /^signatures\/[^ ]+/ },
  { name: 'input', of: /^inputs\b|of the inputs$/, counted: /^inputs\/.+/ },
  { name: 'code', of: /^(model|source) code/ },
  { name: 'recomputation', of: /^recompute/ },
  { name: 'root', of: /^(root|aepId|packSecret|window of the salts|claims)$/ },
  { name: 'form', of: /^zip$|\.json$|^ro-crate$|files$|^names that clash$/ },
]
const OTHERS = 'claims'

/** A line's worth of many checks: `5 receipts ✓`, and ✗ where any of the group failed. */
export function groupChecks(checks: readonly Check[]): string[] {
  const groups = new Map<string, Check[]>()
  for (const check of checks) {
    const name = GROUPS.find(({ of }) => of.test(check.check))?.name ?? OTHERS
    groups.set(name, [...(groups.get(name) ?? []), check])
  }
  return [...groups].map(([name, members]) => {
    const counted = GROUPS.find(group => group.name === name)?.counted
    const things = new Set(counted ? members.flatMap(({ check }) => counted.exec(check)?.[0] ?? []) : [])
    const title = things.size === 0 ? name : `${things.size} ${name}${things.size === 1 ? '' : 's'}`
    return `${title} ${members.every(({ ok }) => ok) ? '✓' : '✗'}`
  })
}
