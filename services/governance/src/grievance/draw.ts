import { type Address, concat, encodeAbiParameters, type Hex, hexToBigInt, keccak256, numberToHex } from 'viem'

/** Where a case is decided: chain and panels' contract. */
export interface Court {
  chainId: number
  panels: Address
}

/** As long as EIP-2935 serves a hash. */
export const WINDOW = 8191n
/** As many of the list are looked at, at most. */
export const MOST_DEALT = 48

/** The block that a draw fixed to `first` takes in block `present`: the only one of its row whose hash can be read then. */
export const drawBlockAt = (first: bigint, present: bigint): bigint =>
  present <= first ? first : first + ((present - first - 1n) / WINDOW) * WINDOW

export const seedOf = ({ chainId, panels }: Court, caseId: bigint, instance: number, blockHash: Hex): Hex =>
  keccak256(
    encodeAbiParameters(
      [
        { type: 'string' },
        { type: 'uint256' },
        { type: 'address' },
        { type: 'uint256' },
        { type: 'uint8' },
        { type: 'bytes32' },
      ],
      ['Nexus Grievance draw', BigInt(chainId), panels, caseId, instance, blockHash],
    ),
  )

/**
 * The panel: the list in the order of a Fisher–Yates shuffle from the front, place j taking what lies at j + keccak256(seed, j) mod
 * (length − j); of those, the first who are free. Null when not enough are among the first MOST_DEALT.
 */
export function drawPanel(
  seed: Hex,
  list: readonly Address[],
  isFree: (arbiter: Address) => boolean,
  size: number,
): Address[] | null {
  const cards = [...list]
  const panel: Address[] = []
  for (let j = 0; j < Math.min(cards.length, MOST_DEALT) && panel.length < size; j++) {
    const random = hexToBigInt(keccak256(concat([seed, numberToHex(j, { size: 32 })])))
    const place = j + Number(random % BigInt(cards.length - j))
    const [here, there] = [cards[j], cards[place]]
    if (here === undefined || there === undefined) throw new Error(`no card at ${j} or ${place}`)
    cards[place] = here
    cards[j] = there
    if (isFree(there)) panel.push(there)
  }
  return panel.length === size ? panel : null
}

export interface CommittedRuling {
  caseId: bigint
  instance: number
  arbiter: Address
  /** One byte; see ruling.ts. */
  ruling: number
  reasonsHash: Hex
  salt: Hex
}

export const commitmentOf = ({ chainId, panels }: Court, r: CommittedRuling): Hex =>
  keccak256(
    encodeAbiParameters(
      [
        { type: 'string' },
        { type: 'uint256' },
        { type: 'address' },
        { type: 'uint256' },
        { type: 'uint8' },
        { type: 'address' },
        { type: 'uint8' },
        { type: 'bytes32' },
        { type: 'bytes32' },
      ],
      [
        'Nexus Grievance ruling',
        BigInt(chainId),
        panels,
        r.caseId,
        r.instance,
        r.arbiter,
        r.ruling,
        r.reasonsHash,
        r.salt,
      ],
    ),
  )
