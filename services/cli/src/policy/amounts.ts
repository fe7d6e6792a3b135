import { scaleDecimal, trimDecimal, unscaleDecimal } from '@nexus/kit/decimal'
import { inputError } from '@nexus/kit/errors'
import { type Address, erc20Abi } from 'viem'
import { type Network, reading } from './network.ts'

export interface Asset {
  address: Address
  symbol: string
  decimals: number
}

export async function assetAt({ client }: Network, address: Address): Promise<Asset> {
  const token = { address, abi: erc20Abi } as const
  const [symbol, decimals] = await reading(() =>
    Promise.all([
      client.readContract({ ...token, functionName: 'symbol' }),
      client.readContract({ ...token, functionName: 'decimals' }),
    ]),
  )
  // A token's name of itself goes to a terminal: only what cannot be mistaken for anything else.
  return { address, symbol: /^[\w.-]{1,16}$/.test(symbol) ? symbol : 'units', decimals }
}

export const amountText = (assets: bigint, { symbol, decimals }: Asset): string =>
  `${trimDecimal(unscaleDecimal(assets, decimals))} ${symbol}`

/**
 * Amounts carry their unit: `1250000` are base units, `1.25 nxUSD` the asset's own.
 * @throws NexusError `bad-amount`, `wrong-unit`, `too-many-decimals`
 */
export function parseAmount(text: string, asset: Asset | null): bigint {
  const [, digits = '', fraction, unit] = /^(\d+)(\.\d+)?(?:\s*([A-Za-z]\S*))?$/.exec(text.trim()) ?? []
  if (digits === '') throw inputError('bad-amount', `"${text}" is no amount such as 1250000 or 1.25 USD`, { text })
  if (!unit) {
    if (fraction) throw inputError('bad-amount', `${text} has a fraction and no unit: base units are whole`, { text })
    return BigInt(digits)
  }
  if (unit !== asset?.symbol)
    throw inputError('wrong-unit', `${text}: the asset is ${asset?.symbol ?? 'unknown without --rpc'}`, { text, unit })
  return scaleDecimal(`${digits}${fraction ?? ''}`, asset.decimals)
}
