import { nexusGuardAbi } from '@nexus/chain/abi/NexusGuard'
import {
  announcementDigest,
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
import { contractsOf, governanceOf } from '@nexus/governance/contracts'
import { asNvmReads, decodeCalls } from '@nexus/governance/decode'
import { safeAbi } from '@nexus/governance/safe'
import { readSeats } from '@nexus/governance/seats'
import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds } from '@nexus/kit/time'
import { type Address, type Hex, zeroAddress } from 'viem'
import { readJson, requireAbsent, writeJson } from '../files.ts'
import { type Row, rows } from '../output.ts'
import type { Plan } from '../policy/actions.ts'
import { type Network, reading } from '../policy/network.ts'
import { type Deps, type PlannedCall, simulate } from '../policy/write.ts'
import { callRows } from './actions.ts'
import { type HolderOptions, holderOf } from './holder.ts'

export const breakGlassIn = async (file: string): Promise<BreakGlass> => readBreakGlass(await readJson(file), file)

const write = (file: string, transaction: BreakGlass) => writeJson(file, breakGlassDocument(transaction))

/** Makes the file. What was signed before is not written over. */
export async function prepare(network: Network, rpcUrl: string, calls: unknown, file: string): Promise<BreakGlass> {
  await requireAbsent(file)
  const transaction = await prepareBreakGlass(network, rpcUrl, parseCalls(calls, contractsOf(network.manifest)))
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
  const { to, value, data, nonce, signatures, announcement } = transaction
  const calls = await reading(() => decodeCalls(asNvmReads(network), [{ to, value, data }]))
  const { announcement: announced } = standing
  const document = {
    ...{ safeTxHash: safeTxHashOf(transaction), nonce, ...standing, calls },
    announcement:
      'usableFrom' in announced
        ? {
            kind: announced.kind,
            usableFrom: formatUtcSeconds(announced.usableFrom),
            usableUntil: formatUtcSeconds(announced.usableUntil),
          }
        : announced,
    announcementSignedBy: announcement?.owner ?? null,
  }
  const text = rows(`a transaction of the owners, past the NVM, of the ${standing.class} class`, [
    ['hash', document.safeTxHash],
    ['nonce', `${nonce}${standing.isStale ? ': the Safe has moved on; prepare and sign it anew' : ''}`],
    ...callRows(calls),
    ['announced', announcementText(standing)],
    ...(announcement ? [['', `${announcement.owner} has signed that it is`] as const] : []),
    ['signed', `${signatures.length} of ${BREAK_GLASS_SIGNATURES}`],
    ...signatures.map(({ owner }): Row => ['', owner]),
  ])
  return { standing, document, text }
}

/** Announces it in the guard: by the owner whose signature is in the file, through anybody's transaction, or by an owner's own. */
export async function planAnnounce(deps: Deps, transaction: BreakGlass): Promise<Plan> {
  const { network } = deps
  requireSameSafe(network, transaction)
  const { to, value, data, operation, announcement } = transaction
  const { document, text } = await describe(network, transaction)
  const content = [to, value, data, operation] as const
  const call: PlannedCall = {
    ...{ label: 'announce', address: governanceOf(network.manifest).nvmGuard, abi: nexusGuardAbi },
    ...(announcement
      ? { functionName: 'announceFor', args: [announcement.owner, ...content, announcement.signature] }
      : { functionName: 'announce', args: content }),
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

function requireSameSafe({ manifest }: Network, { chainId, safe, guard }: BreakGlass): void {
  const { safe: expectedSafe, nvmGuard } = governanceOf(manifest)
  if (chainId !== manifest.chainId || safe !== expectedSafe || guard !== nvmGuard)
    throw inputError('another-chain', 'the transaction is of another chain, Safe or guard than the manifest names', {
      expected: { chainId: manifest.chainId, safe: expectedSafe, guard: nvmGuard },
      actual: { chainId, safe, guard },
    })
}

/**
 * Adds one owner's signature to the file. An account signs without any chain, and so does whoever signs for a contract that owns; a
 * key that has no account owns through a contract, which only the chain can name.
 * @throws NexusError `already-signed`, `not-the-seats-key`
 */
export async function sign(file: string, options: HolderOptions, network: Network | null): Promise<BreakGlass> {
  const transaction = await breakGlassIn(file)
  const added = await ownerSignature(safeTxHashOf(transaction), options, network)
  if (transaction.signatures.some(({ owner }) => owner === added.owner))
    throw inputError('already-signed', `${added.owner} has signed ${file}`, { file, owner: added.owner })
  return written(file, { ...transaction, signatures: [...transaction.signatures, added] })
}

/** Puts an owner's announcement into the file, for anyone to carry. */
export async function signAnnouncement(
  file: string,
  options: HolderOptions,
  network: Network | null,
): Promise<BreakGlass> {
  const transaction = await breakGlassIn(file)
  const announcement = await ownerSignature(announcementDigest(transaction), options, network)
  return written(file, { ...transaction, announcement })
}

async function written(file: string, transaction: BreakGlass): Promise<BreakGlass> {
  await write(file, transaction)
  return transaction
}

async function ownerSignature(digest: Hex, options: HolderOptions, network: Network | null): Promise<OwnerSignature> {
  const { by, sign: signed } = await holderOf(options)
  const owner = 'address' in by ? by.address : await ownerByKey(by.publicKey, network)
  return { owner, signature: await signed(digest), isContract: by.kind !== 'account' }
}

async function ownerByKey(publicKey: Hex, network: Network | null): Promise<Address> {
  if (!network)
    throw inputError('no-rpc', 'a key without an account owns through a contract: name the chain with --rpc URL')
  const seats = await reading(() => readSeats(network))
  const seat = seats.find(({ key }) => key.kind === 'verifier' && key.key === publicKey)
  if (seat) return seat.owner
  throw inputError('not-the-seats-key', 'no seat has that key', { key: publicKey })
}
