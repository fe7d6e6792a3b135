import type { ChainReader } from '../registry/chain.ts'
import { grievanceContracts } from './contracts.ts'

/** The terms of a case, in the order that the contract has them, and what each counts. */
export const termUnits = {
  bondAssets: 'assets',
  appealBondAssets: 'assets',
  answerSeconds: 'seconds',
  mediationSeconds: 'seconds',
  rewardAssets: 'assets',
  penaltyAssets: 'assets',
  drawSeconds: 'seconds',
  commitSeconds: 'seconds',
  mostClaimAssets: 'assets',
  revealSeconds: 'seconds',
  appealSeconds: 'seconds',
  drawBlocks: 'blocks',
  appealDrawBlocks: 'blocks',
  panelSize: 'arbiters',
  appealPanelSize: 'arbiters',
  leastLevel: 'levels',
} as const

export type DeskTerms = {
  [Name in keyof typeof termUnits]: (typeof termUnits)[Name] extends 'assets' ? bigint : number
}

/** The terms that cases are opened under now, or those of an earlier version. */
export async function deskTerms(chain: ChainReader, version?: number): Promise<{ version: number; terms: DeskTerms }> {
  const { desk } = grievanceContracts(chain)
  const asked = version ?? (await chain.client.readContract({ ...desk, functionName: 'termsVersion' }))
  return {
    version: asked,
    terms: await chain.client.readContract({ ...desk, functionName: 'termsOf', args: [asked] }),
  }
}
