import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import { type Address, getAddress, type Hex, size, slice } from 'viem'
import { governanceOf, type Network } from './contracts.ts'
import { algorithmOf } from './seat-key.ts'

export const MOST_SEATS = 7

export interface SeatView {
  seatId: number
  owner: Address
  termEndsAt: number
  epoch: number
  signer: Hex
  /** What the signer is, as far as its form and its code tell. */
  key:
    | { kind: 'account'; address: Address }
    /** It has code: what is its signature it says itself (ERC-1271). */
    | { kind: 'contract'; address: Address }
    | { kind: 'verifier'; verifier: Address; key: Hex; algorithm: string | null }
  /** Its term is over: no ballot, but still an owner. */
  lapsed: boolean
}

export async function readSeat({ client, manifest }: Network, seatId: number): Promise<SeatView | null> {
  const module = { address: governanceOf(manifest).nvm, abi: nexusValidationModuleAbi } as const
  const seat = await client.readContract({ ...module, functionName: 'seatOf', args: [seatId] })
  if (seat.epoch === 0) return null
  const { timestamp } = await client.getBlock()
  const first = getAddress(slice(seat.signer, 0, 20))
  return {
    seatId,
    owner: seat.owner,
    termEndsAt: seat.termEndsAt,
    epoch: seat.epoch,
    signer: seat.signer,
    key: size(seat.signer) === 20 ? await holderKey(client, first) : verifierKey(first, slice(seat.signer, 20)),
    lapsed: Number(timestamp) >= seat.termEndsAt,
  }
}

async function holderKey(client: Network['client'], address: Address): Promise<SeatView['key']> {
  const code = await client.getCode({ address })
  return { kind: code && code !== '0x' ? 'contract' : 'account', address }
}

const verifierKey = (verifier: Address, key: Hex): SeatView['key'] => ({
  ...{ kind: 'verifier', verifier, key, algorithm: algorithmOf(key) },
})

/** Held seats only. */
export async function readSeats(network: Network): Promise<SeatView[]> {
  const seats: SeatView[] = []
  for (let seatId = 0; seatId < MOST_SEATS; seatId++) {
    const seat = await readSeat(network, seatId)
    if (seat) seats.push(seat)
  }
  return seats
}

export const seatsMatchOwners = ({ client, manifest }: Network): Promise<boolean> =>
  client.readContract({
    ...{ address: governanceOf(manifest).nvm, abi: nexusValidationModuleAbi, functionName: 'seatsMatchOwners' },
  } as const)
