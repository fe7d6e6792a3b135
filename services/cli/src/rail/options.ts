import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { railsOf } from '@nexus/governance/contracts'
import { type ProposalFile, parseProposal } from '@nexus/governance/rail/proposal'
import { type Created, findProposal, findRail, type Rail } from '@nexus/governance/rail/read'
import { inputError } from '@nexus/kit/errors'
import type { Command } from 'commander'
import { readJson, readText } from '../files.ts'
import { type Network, reading } from '../policy/network.ts'

export interface RailOptions {
  rail?: string
}

export const withRail = (command: Command): Command =>
  command.option('--rail <number|governor>', 'the rail (default: the only one there is)')

/** @throws NexusError `no-rail`: there is none, or there are several and none is named */
export async function railIn(network: Network, text: string | undefined): Promise<Rail> {
  if (text !== undefined) return reading(() => findRail(network, text))
  const factory = { address: railsOf(network.manifest).factory, abi: railFactoryAbi } as const
  const count = await reading(() => network.client.readContract({ ...factory, functionName: 'railCount' }))
  if (count === 1n) return reading(() => findRail(network, '1'))
  throw inputError('no-rail', count === 0n ? 'no rail has been opened' : `name one of ${count} rails with --rail`, {
    count,
  })
}

/** A proposal by its id, whose content the chain has, or by its file. */
export async function proposalIn(
  network: Network,
  { rail: named }: RailOptions,
  text: string,
): Promise<{ rail: Rail; created: Created }> {
  if (/^(0x[0-9a-fA-F]{1,64}|\d{1,78})$/.test(text)) {
    const rail = await railIn(network, named)
    return { rail, created: await reading(() => findProposal(network, rail, BigInt(text))) }
  }
  const file: ProposalFile = parseProposal(await readJson(text))
  if (file.chainId !== network.manifest.chainId)
    throw inputError('another-chain', `${text}: the proposal is of another chain than the manifest`, {
      ...{ file: text, expected: network.manifest.chainId, actual: file.chainId },
    })
  const rail = await railIn(network, file.governor)
  return { rail, created: await reading(() => findProposal(network, rail, file.proposalId)) }
}

/** Words, or a file of words when there is one with that name. */
export async function textOf(value: string): Promise<string> {
  if (!/\.(md|txt)$/.test(value)) return value
  return (await readText(value)).trimEnd()
}
