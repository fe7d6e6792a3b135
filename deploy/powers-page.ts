import type { Address } from 'viem'
import type { Powers } from './powers.ts'
import { type Role, roles } from './roles.ts'

const ADMIN = {
  id: 0n,
  name: 'ADMIN',
  may: 'say who holds a role and which functions ask for it',
  mayNever: 'be a key: what holds it is a contract through which several decide',
}

/**
 * The powers that a chain showed, as a page.
 * @param nameOf what an address is called; addresses differ from chain to chain, names do not
 * @param conditions of the constitution, in words
 */
export function powersPage(
  { functions, holders }: Powers,
  nameOf: (address: Address) => string,
  conditions: readonly { reads: string }[],
): string {
  const all = [ADMIN, ...(roles as readonly Role[])]
  const rows = all.map(({ id, name, may, mayNever }) => {
    const who = (holders.get(id) ?? []).map(nameOf).sort().join(', ') || 'nobody'
    const opens = functions.filter(({ gate }) => 'role' in gate && gate.role === id)
    const names = opens.map(({ contract, function: title }) => `\`${contract}.${title.replace(/\(.*$/, '')}\``)
    return `| **${name}** | ${who} | ${may} | ${mayNever} | ${names.join(', ') || '–'} |`
  })
  const others = functions.flatMap(({ contract, function: title, gate }) =>
    'only' in gate ? [`| \`${contract}.${title.replace(/\(.*$/, '')}\` | ${gate.only} |`] : [],
  )
  return [
    '# Powers',
    '',
    'Who can do what that not everybody can, read from a chain on which the suite was deployed, the powers handed over and a rail opened: every function',
    'that changes anything was called by a stranger, and whoever turned them away was asked whom they would let in. `npm run powers` writes this page; a test',
    'compares it with a chain of its own. What each role may and may never do is written in [deploy/roles.ts](../deploy/roles.ts).',
    '',
    '## Roles of the AccessManager',
    '| Role | Held by | May | May never | Functions |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    '## Doors of the contracts themselves',
    '| Function | Lets in |',
    '|---|---|',
    ...others.sort(),
    '',
    '## What no decision may break',
    'Conditions of the constitution. One that held before a decision and does not after it makes the whole decision revert; emergencies skip them.',
    '',
    ...conditions.map(({ reads }) => `- ${reads}`),
    '',
    'Everything else is open to everyone, or to whoever owns what it moves. The Safe acts by decisions of six seats: [governance](governance.md).',
    '',
  ].join('\n')
}
