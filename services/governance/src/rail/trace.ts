import { type Address, getAddress, type Hex, toHex } from 'viem'

/** One instruction of a trace; the top of the stack is last. */
export interface Step {
  op: string
  depth: number
  stack?: readonly string[] | null
}

interface Frame {
  /** Whose storage is written. null while a contract is being made: its address is known when that is done. */
  self: Address | null
  slots: Set<Hex>
  /** It runs another's code, and writes what is its caller's. */
  isBorrowed?: true
}

const word = (text: string | undefined): bigint => BigInt(!text ? 0 : text.startsWith('0x') ? text : `0x${text}`)
const addressOf = (text: string | undefined): Address =>
  getAddress(toHex(word(text) & ((1n << 160n) - 1n), { size: 20 }))

/** Which slots a transaction wrote, and whose coins it moved; what was undone within it is among them. */
export function touchedBy(steps: readonly Step[], to: Address) {
  const slots = new Map<string, { target: Address; slot: Hex }>()
  const coins = new Set<Address>()
  const frames: Frame[] = [{ self: getAddress(to), slots: new Set() }]
  let next: Frame | null = null
  const leave = (stack: readonly string[]) => {
    const left = frames.pop()
    if (!left || left.isBorrowed) return
    const self = left.self ?? addressOf(stack.at(-1))
    for (const slot of left.slots) slots.set(`${self}${slot}`, { target: self, slot })
  }
  for (const { op, depth, stack: found } of steps) {
    const stack = found ?? []
    if (depth > frames.length && next) frames.push(next)
    while (frames.length > depth) leave(stack)
    next = null
    const frame = frames.at(-1)
    if (!frame) break
    if (op === 'SSTORE') frame.slots.add(toHex(word(stack.at(-1)), { size: 32 }))
    else if (op === 'DELEGATECALL' || op === 'CALLCODE')
      next = { self: frame.self, slots: frame.slots, isBorrowed: true }
    else if (op === 'CALL' || op === 'STATICCALL') {
      next = { self: addressOf(stack.at(-2)), slots: new Set() }
      if (op === 'CALL' && word(stack.at(-3)) > 0n) for (const one of [frame.self, next.self]) if (one) coins.add(one)
    } else if (op === 'CREATE' || op === 'CREATE2') {
      next = { self: null, slots: new Set() }
      if (word(stack.at(-1)) > 0n && frame.self) coins.add(frame.self)
    } else if (op === 'SELFDESTRUCT') {
      coins.add(addressOf(stack.at(-1)))
      if (frame.self) coins.add(frame.self)
    }
  }
  while (frames.length > 0) leave([])
  return { slots: [...slots.values()], coins: [...coins] }
}

/** The slot that was read last: what a getter of a mapping looks at. */
export function lastRead(steps: readonly Step[]): Hex | null {
  const read = steps.findLast(({ op }) => op === 'SLOAD')
  return read ? toHex(word(read.stack?.at(-1)), { size: 32 }) : null
}
