import { nipRegistryAbi } from '@nexus/chain/abi/NipRegistry'
import { inputError } from '@nexus/kit/errors'
import { type Address, type Hex, keccak256, stringToBytes } from 'viem'
import { blockTimes, type ChainReader, registryAt } from '../registry/chain.ts'
import { versionText } from '../registry/version.ts'

/** As in NipState. */
export const nipStates = [
  'none',
  'draft',
  'review',
  'last-call',
  'vote',
  'final',
  'rejected',
  'withdrawn',
  'superseded',
] as const
export type NipState = (typeof nipStates)[number]

/** Who moves a proposal on from each state, in words; the others nobody moves on. */
export const nextMover: Partial<Record<NipState, string>> = {
  draft: 'an editor',
  review: 'a maintainer of the specification',
  'last-call': 'anyone',
  vote: 'the outcome of the vote',
}

export const specIdOf = (name: string): Hex => keccak256(stringToBytes(name))

export interface NipView {
  nipId: number
  state: NipState
  specName: string
  specId: Hex
  specHash: Hex
  uri: string
  version: string
  author: Address
  activationSeconds: number
  /** Since when it is in its state, or since its text last changed. Unix seconds. */
  enteredAt: number
  /** When it can move on at the earliest; null where nothing can. */
  earliestAt: number | null
  sendBacks: number
  moves: { event: string; from?: NipState; to?: NipState; by?: Address; reasonHash: Hex; at: number }[]
}

const registryOf = ({ manifest }: ChainReader) =>
  ({ address: registryAt(manifest, 'nip'), abi: nipRegistryAbi }) as const

async function submissions(chain: ChainReader) {
  const { client, manifest } = chain
  return client.getContractEvents({
    ...{ ...registryOf(chain), eventName: 'NipSubmitted' },
    ...{ fromBlock: BigInt(manifest.deployedAtBlock), strict: true },
  } as const)
}

/** All proposals, oldest first, without what happened to each. */
export async function listNips(chain: ChainReader): Promise<Omit<NipView, 'moves'>[]> {
  const submitted = await submissions(chain)
  return Promise.all(submitted.map(({ args }) => summaryOf(chain, args.nipId, args.draft)))
}

async function summaryOf(
  chain: ChainReader,
  nipId: bigint,
  draft: { specName: string; uri: string },
): Promise<Omit<NipView, 'moves'>> {
  const registry = registryOf(chain)
  const args = [nipId] as const
  const [nip, state] = await Promise.all([
    chain.client.readContract({ ...registry, functionName: 'nipOf', args }),
    chain.client.readContract({ ...registry, functionName: 'stateOf', args }),
  ])
  const named = nipStates[state] ?? 'none'
  const earliestAt =
    named in nextMover
      ? Number(await chain.client.readContract({ ...registry, functionName: 'earliestAt', args }))
      : null
  const { specId, specHash, author, version, activationSeconds, enteredAt, sendBacks } = nip
  return {
    ...{ nipId: Number(nipId), state: named, specName: draft.specName, specId, specHash, uri: draft.uri },
    ...{ version: versionText(version), author, activationSeconds, enteredAt, earliestAt, sendBacks },
  }
}

/** @throws NexusError `no-such-nip` */
export async function viewNip(chain: ChainReader, nipId: bigint): Promise<NipView> {
  const submitted = (await submissions(chain)).find(({ args }) => args.nipId === nipId)
  if (!submitted) throw inputError('no-such-nip', `there is no proposal ${nipId}`, { nipId })
  const { client, manifest } = chain
  const range = { fromBlock: BigInt(manifest.deployedAtBlock), strict: true, args: { nipId } } as const
  const [moved, revised] = await Promise.all([
    client.getContractEvents({ ...registryOf(chain), eventName: 'NipMoved', ...range }),
    client.getContractEvents({ ...registryOf(chain), eventName: 'NipRevised', ...range }),
  ])
  const timeOf = blockTimes(chain)
  const events = [...moved, ...revised].sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
  const moves = await Promise.all(
    events.map(async log => {
      const at = await timeOf(log.blockNumber)
      if (log.eventName === 'NipRevised') return { event: log.eventName, reasonHash: log.args.reasonHash, at }
      const { from, to, by, reasonHash } = log.args
      return { event: log.eventName, from: nipStates[from] ?? 'none', to: nipStates[to] ?? 'none', by, reasonHash, at }
    }),
  )
  // the last text's place is in the last revision
  const uri = revised.at(-1)?.args.uri ?? submitted.args.draft.uri
  return { ...(await summaryOf(chain, nipId, { ...submitted.args.draft, uri })), moves }
}

export interface VersionView {
  version: string
  specHash: Hex
  nipId: number
  /** Unix seconds. */
  inForceFrom: number
  /** Until the next one; null for the last. */
  inForceUntil: number | null
  inForce: boolean
  /** With the version before it. */
  compatible: boolean
}

/** All accepted versions of a specification, oldest first, and which is in force at a time. */
export async function versionsOf(chain: ChainReader, specName: string, atSeconds: number): Promise<VersionView[]> {
  const registry = registryOf(chain)
  const specId = specIdOf(specName)
  const count = await chain.client.readContract({ ...registry, functionName: 'versionCount', args: [specId] })
  const all = await Promise.all(
    Array.from({ length: Number(count) }, (_, n) =>
      chain.client.readContract({ ...registry, functionName: 'versionAt', args: [specId, BigInt(n + 1)] }),
    ),
  )
  return all.map(({ nip, version, inForceFrom, compatible, specHash }, n) => {
    const inForceUntil = all[n + 1]?.inForceFrom ?? null
    const inForce = inForceFrom <= atSeconds && (inForceUntil === null || atSeconds < inForceUntil)
    return {
      ...{ version: versionText(version), specHash, nipId: Number(nip) },
      ...{ inForceFrom, inForceUntil, inForce, compatible },
    }
  })
}
