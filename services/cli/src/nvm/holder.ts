import { readFile } from 'node:fs/promises'
import type { BallotSigner } from '@nexus/governance/ballot-file'
import { readSeatKey, type SeatKey } from '@nexus/governance/seat-key'
import type { SeatView } from '@nexus/governance/seats'
import { inputError } from '@nexus/kit/errors'
import { requirePrivate } from '@nexus/runtime/private-file'
import type { Command } from 'commander'
import type { Hex } from 'viem'
import { type SignerOptions, signerOf } from '../policy/signer.ts'
import { parseAddress } from '../policy/suite.ts'

export interface HolderOptions extends SignerOptions {
  pem?: string
  wallet?: string
}

export const withHolder = (command: Command): Command =>
  command
    .option('--pem <file>', 'the seat’s P-256 or RSA key: it signs, and the other key, if any, only pays')
    .option('--wallet <address>', 'the contract that holds the seat (ERC-1271): the key signs for it')

/** Whoever signs for a seat. */
export interface Holder {
  by: Exclude<BallotSigner, { kind: 'other' }>
  sign(digest: Hex): Promise<Hex>
}

/** @throws NexusError `secret-readable`, `bad-key-file`, `no-such-file` */
async function seatKeyIn(file: string): Promise<SeatKey> {
  const pem = await readFile(file, 'utf8').catch(cause => {
    throw inputError('no-such-file', `${file} cannot be read: ${(cause as Error).message}`, { file }, cause)
  })
  requirePrivate(file)
  return readSeatKey(pem, file)
}

/** By a key file; else by an account, for itself or for a contract. */
export async function holderOf(options: HolderOptions): Promise<Holder> {
  const { pem, wallet } = options
  if (pem && wallet) throw inputError('usage', 'a seat is held by a key or by a contract: --pem or --wallet')
  if (pem) {
    const { kind, publicKey, sign } = await seatKeyIn(pem)
    return { by: { kind, publicKey }, sign: async digest => sign(digest) }
  }
  const contract = wallet === undefined ? null : parseAddress(wallet)
  const account = await signerOf(options)
  return {
    by: contract ? { kind: 'contract', address: contract } : { kind: 'account', address: account.address },
    sign: digest => account.sign({ hash: digest }),
  }
}

const holds = (by: BallotSigner, { key }: SeatView): boolean => {
  switch (by.kind) {
    case 'account':
    case 'contract':
      return key.kind === by.kind && key.address === by.address
    case 'other':
      return true
    default:
      return key.kind === 'verifier' && key.key === by.publicKey
  }
}

/** Refused here, where it says why, and not by the module. @throws NexusError `not-the-seats-key` */
export function requireHolder(seat: SeatView, by: BallotSigner, where = ''): void {
  if (holds(by, seat)) return
  const hint = seat.key.kind === 'contract' && by.kind === 'account' ? ', a contract: say --wallet' : ''
  throw inputError('not-the-seats-key', `${where}seat ${seat.seatId} has another key${hint}`, {
    ...{ seatId: seat.seatId, signer: by, seat: seat.signer },
  })
}
