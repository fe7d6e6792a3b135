import { access } from 'node:fs/promises'
import { writeFileDurably } from '@nexus/aep/durable'
import { nexusGuardAbi } from '@nexus/chain/abi/NexusGuard'
import {
  BREAK_GLASS_SIGNATURES,
  type BreakGlass,
  type BreakGlassStanding,
  breakGlassDocument,
  type OwnerSignature,
  packedSignatures,
  prepareBreakGlass,
  readBreakGlass,
  safeTxHashOf,
  standingOf,
} from '@nexus/governance/break-glass'
import { parseCalls } from '@nexus/governance/calls-file'
import { governanceOf } from '@nexus/governance/contracts'
import { decodeCalls } from '@nexus/governance/decode'
import { safeAbi } from '@nexus/governance/safe'
import { readSeats } from '@nexus/governance/seats'
import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds } from '@nexus/kit/time'
import { zeroAddress } from 'viem'
import { readJson } from '../files.ts'
import type { Plan } from '../policy/actions.ts'
import { type Network, reading } from '../policy/network.ts'
import { type SignerOptions, signerOf } from '../policy/signer.ts'
import { type Deps, type PlannedCall, simulate } from '../policy/write.ts'
import { callDocuments, callRows, rows } from './actions.ts'
import { p256KeyIn } from './ballot.ts'

export const breakGlassIn = async (file: string): Promise<BreakGlass> => readBreakGlass(await readJson(file), file)

const write = (file: string, transaction: BreakGlass) =>
  writeFileDurably(
    file,
    new TextEncoder().encode(`${JSON.stringify(breakGlassDocument(transaction), null, 2)}\n`),
  ).catch(cause => {
    throw inputError('not-written', `${file} cannot be written: ${(cause as Error).message}`, { file }, cause)
  })

/** Makes the file. What was signed before is not written over. */
export async function prepare(network: Network, rpcUrl: string, calls: unknown, file: string): Promise<BreakGlass> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) throw inputError('file-exists', `${file} is there already: name another`, { file })
  const transaction = await prepareBreakGlass(network, rpcUrl, parseCalls(calls, network.manifest))
  // refused now, where it says what is wrong, and not after five have signed it
  await reading(() => standingOf(network, transaction))
  await write(file, transaction)
  return transaction
}

function announcementText({ announcement }: BreakGlassStanding): string {
  switch (announcement.kind) {
    case 'not-needed':
      return 'not needed for its class'
    case 'needed':
      return 'needed, 7 days before: --announce'
    default:
      return `${announcement.kind}: usable ${formatUtcSeconds(announcement.usableFrom)} to ${formatUtcSeconds(announcement.usableUntil)}`
  }
}

/** What it does, its class, and what is missing. */
export async function describe(network: Network, transaction: BreakGlass) {
  const standing = await reading(() => standingOf(network, transaction))
  const { to, value, data, nonce, signatures } = transaction
  const calls = await reading(() => decodeCalls(network, [{ to, value, data }]))
  const { announcement } = standing
  const document = {
    ...{ safeTxHash: safeTxHashOf(transaction), nonce, ...standing, calls: callDocuments(calls) },
    announcement:
      'usableFrom' in announcement
        ? {
            kind: announcement.kind,
            usableFrom: formatUtcSeconds(announcement.usableFrom),
            usableUntil: formatUtcSeconds(announcement.usableUntil),
          }
        : announcement,
  }
  const text = rows(`a transaction of the owners, past the NVM, of the ${standing.class} class`, [
    ['hash', document.safeTxHash],
    ['nonce', `${nonce}${standing.isStale ? ': the Safe has moved on; prepare and sign it anew' : ''}`],
    ...callRows(calls),
    ['announced', announcementText(standing)],
    ['signed', `${signatures.length} of ${BREAK_GLASS_SIGNATURES}`],
    ...signatures.map(({ owner }): [string, string] => ['', owner]),
  ])
  return { standing, document, text }
}

/** Announces it in the guard, by an owner's own transaction. */
export async function planAnnounce(deps: Deps, transaction: BreakGlass): Promise<Plan> {
  const { network } = deps
  requireSameSafe(network, transaction)
  const { to, value, data, operation } = transaction
  const { document, text } = await describe(network, transaction)
  const call: PlannedCall = {
    ...{ label: 'announce', address: governanceOf(network.manifest).nvmGuard, abi: nexusGuardAbi },
    ...{ functionName: 'announce', args: [to, value, data, operation] },
  }
  await simulate(deps, call)
  return { calls: [call], effects: document, text: `announce ${text}` }
}

/** Sends it with the signatures that there are. @throws NexusError `too-few-signatures`, `stale` */
export async function planBreak(deps: Deps, transaction: BreakGlass): Promise<Plan> {
  const { network } = deps
  requireSameSafe(network, transaction)
  const { standing, document, text } = await describe(network, transaction)
  if (standing.isStale)
    throw inputError('stale', 'the Safe has moved on: prepare and sign it anew', { nonce: transaction.nonce })
  if (standing.missing > 0)
    throw inputError('too-few-signatures', `${standing.missing} more owners must sign it`, { signed: standing.signed })
  const { to, value, data, operation, signatures } = transaction
  const call: PlannedCall = {
    ...{ label: 'execute', address: transaction.safe, abi: safeAbi, functionName: 'execTransaction' },
    args: [to, value, data, operation, 0n, 0n, 0n, zeroAddress, zeroAddress, packedSignatures(signatures)],
  }
  await simulate(deps, call)
  return { calls: [call], effects: document, text: `execute ${text}` }
}

function requireSameSafe({ manifest }: Network, { chainId, safe }: BreakGlass): void {
  if (chainId !== manifest.chainId || safe !== governanceOf(manifest).safe)
    throw inputError('another-chain', 'the transaction is of another chain or Safe than the manifest names', {
      expected: { chainId: manifest.chainId, safe: governanceOf(manifest).safe },
      actual: { chainId, safe },
    })
}

/**
 * Adds one owner's signature to the file. An account signs without any chain; a P-256 seat's owner is a contract, which only
 * the chain can name.
 * @throws NexusError `already-signed`, `not-the-seats-key`
 */
export async function sign(
  file: string,
  options: SignerOptions & { p256?: string },
  network: Network | null,
): Promise<BreakGlass> {
  const transaction = await breakGlassIn(file)
  const hash = safeTxHashOf(transaction)
  const added = options.p256 ? await byP256(options.p256, hash, network) : await byAccount(options, hash)
  if (transaction.signatures.some(({ owner }) => owner === added.owner))
    throw inputError('already-signed', `${added.owner} has signed ${file}`, { file, owner: added.owner })
  const signed = { ...transaction, signatures: [...transaction.signatures, added] }
  await write(file, signed)
  return signed
}

async function byAccount(options: SignerOptions, hash: `0x${string}`): Promise<OwnerSignature> {
  const account = await signerOf(options)
  return { owner: account.address, signature: await account.sign({ hash }), isContract: false }
}

async function byP256(file: string, hash: `0x${string}`, network: Network | null): Promise<OwnerSignature> {
  if (!network) throw inputError('no-rpc', 'a P-256 seat owns through a contract: name the chain with --rpc URL')
  const key = await p256KeyIn(file)
  const seats = await reading(() => readSeats(network))
  const seat = seats.find(one => one.key.kind === 'verifier' && one.key.key === key.publicKey)
  if (!seat) throw inputError('not-the-seats-key', `no seat has the key of ${file}`, { file, key: key.publicKey })
  return { owner: seat.owner, signature: key.sign(hash), isContract: true }
}
