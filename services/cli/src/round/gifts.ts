import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { type GiftWish, MOST_GIFT } from '@nexus/funding/chain/gift'
import { inputError } from '@nexus/kit/errors'
import type { Address } from 'viem'
import { amountText, parseAmount } from '../policy/amounts.ts'
import type { Network } from '../policy/network.ts'
import { parseProject, type RoundTokens, tokenNamed, tokenOf } from './chain.ts'

/**
 * `PROJECT=AMOUNT`: the amount in base units of `--token`, or with the symbol of a token of the round.
 * @throws NexusError `bad-gift`
 */
export function parseGift(tokens: RoundTokens, text: string, byDefault?: string): GiftWish {
  const at = text.indexOf('=')
  if (at < 1) throw inputError('bad-gift', `"${text}" is no gift: PROJECT=AMOUNT`, { text })
  const amount = text.slice(at + 1).trim()
  const symbol = /\s*([A-Za-z]\S*)$/.exec(amount)?.[1]
  const token = tokenNamed(tokens, symbol ?? byDefault)
  const assets = parseAmount(amount, tokenOf(tokens, token))
  if (assets > MOST_GIFT) throw inputError('bad-gift', `${text}: more than a gift can be, ${MOST_GIFT}`, { text })
  return { projectId: parseProject(text.slice(0, at)), token, assets }
}

export function parseGifts(tokens: RoundTokens, texts: readonly string[], byDefault?: string): GiftWish[] {
  const gifts = texts.map(text => parseGift(tokens, text, byDefault))
  const seen = new Set<string>()
  for (const { projectId, token } of gifts) {
    const key = `${projectId} ${token}`
    if (seen.has(key)) throw inputError('bad-gift', `project ${projectId} is named twice`, { projectId })
    seen.add(key)
  }
  return gifts
}

/** What a change of gifts costs its payer and gives back, by token. */
export interface Change {
  token: number
  /** To be paid, after what comes back of the same money. */
  due: bigint
  back: bigint
}

/** What each gift was before, as the chain has it. */
export async function giftsBefore(
  { client }: Network,
  round: Address,
  contributor: Address,
  gifts: readonly GiftWish[],
) {
  return Promise.all(
    gifts.map(async gift => {
      const [assets, payer] = await client.readContract({
        ...{ address: round, abi: quadraticRoundAbi, functionName: 'giftOf' },
        args: [gift.projectId, contributor, gift.token],
      } as const)
      return { ...gift, before: assets, payer }
    }),
  )
}

export function changesOf(
  gifts: readonly (GiftWish & { before: bigint; payer: Address })[],
  { contributor, payer }: { contributor: Address; payer: Address },
): Change[] {
  const changes = new Map<number, Change>()
  for (const { token, assets, before, payer: paidBefore } of gifts) {
    const change = changes.get(token) ?? { token, due: 0n, back: 0n }
    changes.set(token, change)
    if (assets > before) change.due += assets - before
    // what another paid is owed to that one, and does not come back to the contributor
    else if (paidBefore === contributor) change.back += before - assets
  }
  return [...changes.values()].map(change => {
    const { token, due, back } = change
    if (contributor !== payer) return change
    return due > back ? { token, due: due - back, back: 0n } : { token, due: 0n, back: back - due }
  })
}

export const giftText = (tokens: RoundTokens, { projectId, token, assets }: GiftWish): string =>
  `project ${projectId}: ${assets === 0n ? 'nothing any more' : amountText(assets, tokenOf(tokens, token))}`
