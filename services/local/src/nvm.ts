import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import { type Hex, keccak256, stringToHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { accounts } from './accounts.ts'
import type { LocalRpc } from './rpc.ts'

export interface NvmCall {
  to: Hex
  value: bigint
  data: Hex
}

/** A broken condition reverts in its own words. */
const withConstitution = [...nexusValidationModuleAbi, ...constitutionAbi] as const

/** As in the contract. */
export const choices = { yes: 0, no: 1, abstain: 2, veto: 3, recuse: 4 } as const
type Choice = keyof typeof choices

const ballotTypes = {
  Ballot: [
    { name: 'decisionId', type: 'bytes32' },
    { name: 'seatId', type: 'uint8' },
    { name: 'seatEpoch', type: 'uint32' },
    { name: 'choice', type: 'uint8' },
    { name: 'rationaleHash', type: 'bytes32' },
  ],
} as const

export interface OpenDecision {
  id: Hex
  contextHash: Hex
  calls: readonly NvmCall[]
}

/** The six seats on the local chain. They sign; the sponsor, who is nobody to the NVM, carries. */
export function seats({ client, send }: LocalRpc, module: Hex) {
  const nvm = { address: module, abi: nexusValidationModuleAbi } as const
  const holder = (seatId: number) => {
    const account = accounts.seats[seatId]
    if (!account) throw new Error(`there is no seat ${seatId}`)
    return privateKeyToAccount(account.privateKey)
  }
  const rationale = (text: string) => keccak256(stringToHex(text))
  let nonce = 0n

  const decisionOf = (id: Hex) => client.readContract({ ...nvm, functionName: 'decisionOf', args: [id] })
  return {
    decisionOf,
    /** Opened by a seat's signature. */
    async open(seatId: number, why: string, calls: readonly NvmCall[], citedAeps: readonly Hex[] = []) {
      const content = { seatId, nonce: nonce++, calls, rationaleHash: rationale(why) }
      const proposal = { ...content, rationaleURI: `data:,${encodeURIComponent(why)}`, citedAeps }
      const [id, contextHash] = await client.readContract({ ...nvm, functionName: 'decisionIdOf', args: [proposal] })
      const digest = await client.readContract({ ...nvm, functionName: 'openDigest', args: [id, seatId] })
      const signature = await holder(seatId).sign({ hash: digest })
      await send(accounts.sponsor, { ...nvm, functionName: 'open', args: [proposal, signature] })
      return { id, contextHash, calls } satisfies OpenDecision
    },
    /** Ballots signed apart, carried in one transaction. */
    async relay({ id }: OpenDecision, votes: Readonly<Record<number, [Choice, string]>>): Promise<Hex> {
      const chainId = await client.getChainId()
      const domain = { name: 'Nexus NVM', version: '1', chainId, verifyingContract: module }
      const ballots = await Promise.all(
        Object.entries(votes).map(async ([seat, [choice, why]]) => {
          const seatId = Number(seat)
          const { epoch } = await client.readContract({ ...nvm, functionName: 'seatOf', args: [seatId] })
          const said = { seatId, choice: choices[choice], rationaleHash: rationale(why) }
          const message = { decisionId: id, seatEpoch: epoch, ...said }
          const signature = await holder(seatId).signTypedData({
            ...{ domain, types: ballotTypes, primaryType: 'Ballot', message },
          })
          return { ...said, signature }
        }),
      )
      return send(accounts.sponsor, { ...nvm, functionName: 'relay', args: [id, ballots] })
    },
    execute: ({ id, calls, contextHash }: OpenDecision): Promise<Hex> =>
      send(accounts.sponsor, { ...nvm, functionName: 'execute', args: [id, calls, contextHash] }),
    /** The name of the error with which executing it would revert now. */
    async executeRefused({ id, calls, contextHash }: OpenDecision): Promise<string | undefined> {
      try {
        await client.simulateContract({
          ...{ address: module, abi: withConstitution, functionName: 'execute' },
          ...{ args: [id, calls, contextHash], account: accounts.sponsor.address },
        })
        return undefined
      } catch (error) {
        return errorNameOf(error)
      }
    },
  }
}
export type Seats = ReturnType<typeof seats>

/** Of a contract's custom error, wherever in the chain of causes it is. */
export function errorNameOf(error: unknown): string {
  for (let one = error as { data?: { errorName?: string }; cause?: unknown } | undefined; one; one = one.cause as never)
    if (one.data?.errorName) return one.data.errorName
  throw error
}
