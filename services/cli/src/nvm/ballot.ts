import { access, readFile } from 'node:fs/promises'
import { writeFileDurably } from '@nexus/aep/durable'
import { type BallotFile, ballotDocument, readBallot } from '@nexus/governance/ballot-file'
import { governanceOf } from '@nexus/governance/contracts'
import { ballotDigest, ballotTypedData, type ChoiceName, choiceNames, type ModuleAt } from '@nexus/governance/decision'
import { type P256Key, readP256Key } from '@nexus/governance/p256'
import { inputError } from '@nexus/kit/errors'
import { requirePrivate } from '@nexus/runtime/private-file'
import { getAddress, type Hex, isAddress, isHex } from 'viem'
import { readJson } from '../files.ts'
import { manifestOf, type NetworkOptions, openNetwork } from '../policy/network.ts'
import { type SignerOptions, signerOf } from '../policy/signer.ts'
import { seatAt } from './actions.ts'
import { parseDecisionId, parseSeatId, parseWhole, type RationaleOptions, rationaleOf } from './options.ts'

export interface BallotOptions extends NetworkOptions, SignerOptions, RationaleOptions {
  decision: string
  seat: string
  choice: string
  chainId?: string
  module?: string
  epoch?: string
  p256?: string
}

export function parseChoice(text: string): ChoiceName {
  const choice = choiceNames.find(name => name === text)
  if (choice) return choice
  throw inputError('bad-choice', `"${text}" is no answer: ${choiceNames.join(', ')}`, { text })
}

/** @throws NexusError `secret-readable`, `bad-p256-key`, `no-such-file` */
export async function p256KeyIn(file: string): Promise<P256Key> {
  const pem = await readFile(file, 'utf8').catch(cause => {
    throw inputError('no-such-file', `${file} cannot be read: ${(cause as Error).message}`, { file }, cause)
  })
  requirePrivate(file)
  return readP256Key(pem, file)
}

/** Chain and module from flags, so that nothing else is needed on a machine without network; else from the manifest. */
function moduleIn(options: BallotOptions): ModuleAt {
  const { chainId, module } = options
  if ((chainId === undefined) !== (module === undefined))
    throw inputError('usage', 'without a manifest both are needed: --chain-id N and --module ADDRESS')
  if (chainId !== undefined && module !== undefined) {
    if (!isAddress(module)) throw inputError('bad-address', `"${module}" is no address`, { text: module })
    const id = Number(parseWhole(chainId, '--chain-id', BigInt(Number.MAX_SAFE_INTEGER)))
    return { chainId: id, module: getAddress(module) }
  }
  const manifest = manifestOf(options)
  return { chainId: manifest.chainId, module: governanceOf(manifest).nvm }
}

/** What a seat says, in a form that can be signed here or elsewhere. */
export async function ballotOf(options: BallotOptions): Promise<BallotFile> {
  const seatId = parseSeatId(options.seat)
  const at = moduleIn(options)
  const { text, hash } = await rationaleOf(options)
  const seat = options.rpc ? await seatAt(await openNetwork(options), seatId) : null
  if (!seat && options.epoch === undefined)
    throw inputError('no-epoch', 'without --rpc the seat’s epoch is needed: --epoch N, as `nexus nvm seats` shows it')
  const epoch = options.epoch === undefined ? null : Number(parseWhole(options.epoch, '--epoch', 2n ** 32n - 1n))
  if (seat && epoch !== null && epoch !== seat.epoch)
    throw inputError('another-epoch', `seat ${seatId} is in epoch ${seat.epoch}, not ${epoch}`, {
      ...{ seatId, expected: seat.epoch, actual: epoch },
    })
  return {
    ...at,
    decisionId: parseDecisionId(options.decision),
    seatId,
    seatEpoch: seat?.epoch ?? epoch ?? 0,
    choice: parseChoice(options.choice),
    rationale: text,
    rationaleHash: hash,
    signer: { kind: 'other' },
    signature: null,
  }
}

/** Signs with whichever key is named: a P-256 key file, a keystore, the environment. */
export async function signedBy(ballot: BallotFile, options: BallotOptions): Promise<BallotFile> {
  if (options.p256) {
    const key = await p256KeyIn(options.p256)
    const signature = key.sign(ballotDigest(ballot, ballot))
    return { ...ballot, signer: { kind: 'p256', publicKey: key.publicKey }, signature }
  }
  const account = await signerOf(options)
  const signature = await account.signTypedData(ballotTypedData(ballot, ballot))
  return { ...ballot, signer: { kind: 'account', address: account.address }, signature }
}

/** A file whole or none; a ballot that was signed before is not written over. @throws NexusError `file-exists` */
export async function exportBallot(file: string, ballot: BallotFile): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) throw inputError('file-exists', `${file} is there already: name another`, { file })
  await writeBallot(file, ballot)
}

const writeBallot = (file: string, ballot: BallotFile) =>
  writeFileDurably(file, new TextEncoder().encode(`${JSON.stringify(ballotDocument(ballot), null, 2)}\n`)).catch(
    cause => {
      throw inputError('not-written', `${file} cannot be written: ${(cause as Error).message}`, { file }, cause)
    },
  )

/** Puts a signature that was made elsewhere into a ballot. @throws NexusError `bad-ballot`, `bad-signature`, `already-signed` */
export async function completeBallot(file: string, signature: string): Promise<BallotFile> {
  const ballot = await readBallot(await readJson(file), file)
  if (ballot.signature !== null) throw inputError('already-signed', `${file} is signed already`, { file })
  if (!isHex(signature) || signature.length < 4 || signature.length % 2 !== 0)
    throw inputError('bad-signature', '--signature takes 0x and hexadecimal bytes', { file })
  const signed: BallotFile = { ...ballot, signature: signature.toLowerCase() as Hex }
  // read again as a relayer will: a signature by another key must not wait until then
  await readBallot(ballotDocument(signed), file)
  await writeBallot(file, signed)
  return signed
}
