import { printable } from '@nexus/kit/printable'
import { type Abi, type AbiFunction, decodeFunctionData, type Hex, size } from 'viem'

export interface FunctionCalled {
  item: AbiFunction
  args: readonly unknown[]
}

/** Which function of a contract is called, with what; null for what is none of its functions, or not its arguments. */
export function functionCalled(abi: Abi, data: Hex): FunctionCalled | null {
  if (size(data) < 4) return null
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi, data })
    const item = abi.find(
      (one): one is AbiFunction =>
        one.type === 'function' && one.name === functionName && one.inputs.length === args.length,
    )
    return item ? { item, args } : null
  } catch {
    return null
  }
}

/** Text of others goes to a terminal. */
export const plainText = (value: unknown): string =>
  printable(
    typeof value === 'object' && value !== null
      ? JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? v.toString() : v))
      : String(value),
  )
