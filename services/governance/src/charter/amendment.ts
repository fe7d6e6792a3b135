import type { Manifest } from '@nexus/chain/manifest'
import type { Contract } from '@nexus/deploy/powers'
import { inputError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import { type AbiFunction, type Address, getAddress, type Hex, isAddress, toHex, zeroAddress } from 'viem'
import { toFunctionSelector, toFunctionSignature } from 'viem/utils'
import { z } from 'zod'
import { carrierKinds } from './charter.ts'

const hash = z.string().regex(/^0x[0-9a-fA-F]{64}$/, 'a 32-byte hash') as unknown as z.ZodType<Hex>
const carrierSchema = z.union([
  z.strictObject({ contract: z.string().min(1), function: z.string().min(1) }),
  z.strictObject({
    policy: z.string().regex(/^[1-9]\d{0,77}$/, 'a policy id'),
    contract: z.string().min(1).optional(),
  }),
  z.strictObject({ feed: hash }),
])
const clauseSchema = z.strictObject({
  label: z.string().min(1),
  text: z.string(),
  carriers: z.array(carrierSchema).optional(),
})
const amendmentSchema = z.strictObject({ clauses: z.array(clauseSchema).min(1) })

const ZERO_HASH: Hex = `0x${'00'.repeat(32)}`

export interface Carrier {
  kind: number
  target: Address
  selector: Hex
  id: Hex
}

/** A clause as the contract takes it. */
export interface ClauseText {
  label: string
  text: string
  carriers: Carrier[]
}

/**
 * An amendment as people write it: `{"clauses":[{"label","text","carriers":[{"contract","function"} | {"policy"} | {"feed"}]}]}`, contracts by
 * name or address, functions by name, signature or selector. An empty text repeals.
 * @throws NexusError `bad-amendment` with the place of what is wrong
 */
export function parseAmendment(json: unknown, contracts: readonly Contract[], { policyBook }: Manifest): ClauseText[] {
  const parsed = amendmentSchema.safeParse(json)
  if (!parsed.success) {
    const [first = 'the document is malformed'] = explainIssues(parsed.error, json)
    const at = parsed.error.issues[0]?.path.join('.') ?? ''
    throw inputError('bad-amendment', `amendment: ${first}`, { at, problems: explainIssues(parsed.error, json) })
  }
  const seen = new Set<string>()
  return parsed.data.clauses.map(({ label, text, carriers = [] }, n) => {
    if (seen.has(label)) throw problem(`clauses.${n}.label`, `clause "${label}" is in it twice`)
    seen.add(label)
    return { label, text, carriers: carriers.map((one, m) => carrierOf(one, `clauses.${n}.carriers.${m}`)) }
  })

  function carrierOf(given: z.infer<typeof carrierSchema>, at: string): Carrier {
    if ('feed' in given) return { ...carrier('feed'), id: given.feed.toLowerCase() as Hex }
    if ('policy' in given) {
      const target = given.contract ? contractOf(given.contract, at).address : policyBook
      return { ...carrier('policy'), target, id: toHex(BigInt(given.policy), { size: 32 }) }
    }
    const contract = contractOf(given.contract, at)
    return { ...carrier('function'), target: contract.address, selector: selectorOf(contract, given.function, at) }
  }

  function contractOf(text: string, at: string): Contract {
    const found = contracts.filter(one => one.name === text || one.address.toLowerCase() === text.toLowerCase())
    const [only] = found
    if (only && found.length === 1) return only
    // A contract of others may carry a clause, too; of it only selectors can be named.
    if (isAddress(text)) return { name: text, address: getAddress(text), abi: [] }
    const why = only ? 'is several contracts: say its address' : 'is no contract of the manifest'
    throw problem(at, `"${text}" ${why}; known: ${[...new Set(contracts.map(({ name }) => name))].join(', ')}`)
  }
}

const problem = (at: string, what: string) => inputError('bad-amendment', `amendment: ${at}: ${what}`, { at })

const carrier = (kind: (typeof carrierKinds)[number]): Carrier => ({
  ...{ kind: carrierKinds.indexOf(kind), target: zeroAddress, selector: '0x00000000', id: ZERO_HASH },
})

function selectorOf({ name, abi }: Contract, text: string, at: string): Hex {
  const functions = abi.filter((item): item is AbiFunction => item.type === 'function')
  const found = functions.filter(
    item =>
      item.name === text ||
      toFunctionSignature(item) === text.replaceAll(' ', '') ||
      toFunctionSelector(item) === text.toLowerCase(),
  )
  const [only] = found
  if (only && found.length === 1) return toFunctionSelector(only)
  if (only) throw problem(at, `${name} has several "${text}": say ${found.map(toFunctionSignature).join(' or ')}`)
  if (abi.length === 0 && /^0x[0-9a-fA-F]{8}$/.test(text)) return text.toLowerCase() as Hex
  throw problem(at, `${name} has no function "${text}"`)
}
