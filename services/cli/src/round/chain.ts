import { attestationGateAbi } from '@nexus/chain/abi/AttestationGate'
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import type { Manifest } from '@nexus/chain/manifest'
import { type RoundOnChain, readRound } from '@nexus/funding/chain/round'
import { type RoundsOnChain, type RoundTerms, readTerms, tokensOf } from '@nexus/funding/chain/terms'
import { inputError } from '@nexus/kit/errors'
import { type Address, zeroAddress, zeroHash } from 'viem'
import { type Asset, assetAt } from '../policy/amounts.ts'
import type { Network } from '../policy/network.ts'
import { parseAddress } from '../policy/suite.ts'
import type { RecordCall } from '../records/act.ts'

type Funding = NonNullable<Manifest['funding']>

/** @throws NexusError `no-funding` */
export function fundingOf({ funding }: Manifest): Funding {
  if (funding) return funding
  throw inputError('no-funding', 'the manifest names no factory of rounds: this chain has none')
}

export const roundsOn = ({ client, manifest }: Network): RoundsOnChain => ({
  client,
  factory: fundingOf(manifest).factory,
  fromBlock: BigInt(manifest.deployedAtBlock),
})

/** A round's terms, and its tokens by number. A name for what it is in, where a token gives one. */
export interface RoundTokens {
  address: Address
  terms: RoundTerms
  tokens: readonly Asset[]
}

const describe = (network: Network, address: Address): Promise<Asset> =>
  assetAt(network, address).catch(() => ({ address, symbol: 'units', decimals: 0 }))

export async function tokensAt(network: Network, text: string): Promise<RoundTokens> {
  const address = parseAddress(text)
  const terms = await readTerms(roundsOn(network), address)
  return { address, terms, tokens: await Promise.all(tokensOf(terms).map(token => describe(network, token))) }
}

export type RoundView = RoundTokens & { round: RoundOnChain }

export async function roundAt(network: Network, text: string): Promise<RoundView> {
  const known = await tokensAt(network, text)
  return { ...known, round: await readRound(roundsOn(network), known.address) }
}

export const onRound = (address: Address, functionName: string, args: readonly unknown[] = []): RecordCall => ({
  ...{ contract: 'QuadraticRound', address, function: functionName, args },
})

/** @throws NexusError `bad-project`, `no-such-project` */
export function projectOf({ round }: RoundView, text: string) {
  const projectId = parseProject(text)
  const project = round.projects[projectId]
  if (project) return project
  throw inputError('no-such-project', `the round has ${round.projects.length} projects, none is ${projectId}`, {
    projectId,
  })
}

/** @throws NexusError `bad-project` */
export function parseProject(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text)
  throw inputError('bad-project', `"${text}" is no number of a project: they count from 0`, { text })
}

/** By number or symbol; the asset where nothing is said. @throws NexusError `no-such-token` */
export function tokenNamed({ tokens }: RoundTokens, text = '0'): number {
  const index = /^\d$/.test(text) ? Number(text) : tokens.findIndex(({ symbol }) => symbol === text)
  if (tokens[index]) return index
  throw inputError('no-such-token', `the round takes ${tokens.map(({ symbol }) => symbol).join(', ')}, not "${text}"`, {
    text,
  })
}

/** @throws NexusError for a number that the round has no token of */
export function tokenOf({ tokens }: RoundTokens, index: number): Asset {
  const token = tokens[index]
  if (token) return token
  throw inputError('no-such-token', `the round has ${tokens.length} tokens, none is ${index}`, { index })
}

/** Whether an account counts as a person in a round, and by which attestation. */
export async function personAt({ client }: Network, { address, terms }: RoundTokens, account: Address) {
  const attestation = await client.readContract({
    ...{ address, abi: quadraticRoundAbi, functionName: 'attestationOf', args: [account] },
  } as const)
  const isRegistered = attestation !== zeroHash
  const isRevoked =
    isRegistered &&
    terms.gate !== zeroAddress &&
    (await client.readContract({
      ...{ address: terms.gate, abi: attestationGateAbi, functionName: 'isRevoked', args: [attestation] },
    } as const))
  return { account, isRegistered, attestation: isRegistered ? attestation : null, isRevoked }
}
