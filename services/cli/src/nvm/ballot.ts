import { type BallotFile, ballotDocument, readBallot } from '@nexus/governance/ballot-file'
import { governanceOf } from '@nexus/governance/contracts'
import { ballotDigest, type ChoiceName, choiceNames, type ModuleAt } from '@nexus/governance/decision'
import { inputError } from '@nexus/kit/errors'
import { getAddress, type Hex, isAddress, isHex } from 'viem'
import { readJson, requireAbsent, writeJson } from '../files.ts'
import { manifestOf, type NetworkOptions, openNetwork } from '../policy/network.ts'
import { seatAt } from './actions.ts'
import { type HolderOptions, holderOf } from './holder.ts'
import { parseDecisionId, parseSeatId, parseWhole, type RationaleOptions, rationaleOf } from './options.ts'

export interface BallotOptions extends NetworkOptions, HolderOptions, RationaleOptions {
  decision: string
  seat: string
  choice: string
  chainId?: string
  module?: string
  epoch?: string
}

export function parseChoice(text: string): ChoiceName {
  const choice = choiceNames.find(name => name === text)
  if (choice) return choice
  throw inputError('bad-choice', `"${text}" is no answer: ${choiceNames.join(', ')}`, { text })
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

/** Signs with whichever key is named: a key file, a keystore, the environment. */
export async function signedBy(ballot: BallotFile, options: HolderOptions): Promise<BallotFile> {
  const { by, sign } = await holderOf(options)
  return { ...ballot, signer: by, signature: await sign(ballotDigest(ballot, ballot)) }
}

/** A ballot that was signed before is not written over. @throws NexusError `file-exists` */
export async function exportBallot(file: string, ballot: BallotFile): Promise<void> {
  await requireAbsent(file)
  await writeBallot(file, ballot)
}

const writeBallot = (file: string, ballot: BallotFile) => writeJson(file, ballotDocument(ballot))

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
