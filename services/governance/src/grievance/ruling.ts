import { inputError } from '@nexus/kit/errors'

/** Bits of the remedies beside compensation, as in Remedies. */
export const remedyBits = { suspension: 1, delisting: 2, correction: 4, apology: 8 } as const
export type Remedy = keyof typeof remedyBits
const names = Object.keys(remedyBits) as Remedy[]

export interface Ruling {
  upheld: boolean
  /** How many quarters of the claimed compensation, 0 to 4. */
  quarters: number
  remedies: readonly Remedy[]
}

/** Names to bits; a delisting is also a suspension, which comes first. @throws NexusError `bad-remedy` */
export function remediesOf(list: readonly string[]): number {
  let bits = 0
  for (const name of list) {
    const known = names.find(one => one === name)
    if (!known) throw inputError('bad-remedy', `"${name}" is no remedy; known: ${names.join(', ')}`, { name })
    bits |= remedyBits[known]
  }
  return bits & remedyBits.delisting ? bits | remedyBits.suspension : bits
}

export const remedyNames = (bits: number): Remedy[] => names.filter(name => bits & remedyBits[name])

/** One byte: `uint4 remedies | uint3 quarters | bool upheld`. @throws NexusError `bad-ruling` for what a panel refuses */
export function packRuling({ upheld, quarters, remedies }: Ruling): number {
  if (!Number.isInteger(quarters) || quarters < 0 || quarters > 4)
    throw inputError('bad-ruling', `${quarters} is no number of quarters from 0 to 4`, { quarters })
  const bits = remediesOf(remedies)
  if (!upheld && (quarters !== 0 || bits !== 0))
    throw inputError('bad-ruling', 'a dismissal gives neither money nor remedies', { quarters, remedies })
  return (bits << 4) | (quarters << 1) | (upheld ? 1 : 0)
}

export const unpackRuling = (word: number): Ruling => ({
  upheld: (word & 1) !== 0,
  quarters: (word >> 1) & 7,
  remedies: remedyNames(word >> 4),
})

/** What a panel's rulings come to: each question as more than half of those who revealed have it; a tie is not more than half. */
export function majorityOf(rulings: readonly number[]): number {
  const isMost = (has: (word: number) => boolean) => 2 * rulings.filter(has).length > rulings.length
  if (!isMost(word => unpackRuling(word).upheld)) return 0
  const quarters = [4, 3, 2, 1].find(most => isMost(word => unpackRuling(word).quarters >= most)) ?? 0
  const remedies = names.filter(name => isMost(word => unpackRuling(word).remedies.includes(name)))
  return packRuling({ upheld: true, quarters, remedies })
}

export function rulingText(word: number): string {
  const { upheld, quarters, remedies } = unpackRuling(word)
  if (!upheld) return 'dismissed'
  const money = quarters === 0 ? 'no compensation' : `${quarters * 25} % of the claim`
  return `upheld: ${[money, ...remedies].join(', ')}`
}
