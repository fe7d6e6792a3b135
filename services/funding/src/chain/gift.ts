/** What somebody wants to have given to a project in one token from now on; token 0 is the asset. */
export interface GiftWish {
  projectId: number
  token: number
  assets: bigint
}

export const MOST_GIFT = 2n ** 112n - 1n

/** projectId 32 bits at 224 | token 8 at 112 | assets 112 at 0: as in `Gift.sol`. */
export const giftWord = ({ projectId, token, assets }: GiftWish): bigint =>
  (BigInt(projectId) << 224n) | (BigInt(token) << 112n) | assets

export const giftOfWord = (word: bigint): GiftWish => ({
  projectId: Number(word >> 224n),
  token: Number((word >> 112n) & 0xffn),
  assets: word & MOST_GIFT,
})
