import type { Hex } from '@nexus/kit/canonical'

/** What `nexus up --once --json` prints. Amounts and values are decimal strings of base units. */
export interface Outcome {
  ok: boolean
  chainId: number
  aeps: AepOutcome[]
  policies: PolicyOutcome[]
  reconstructions: { payoutTx: Hex; ok: boolean; steps: { step: string; ok: boolean }[] }[]
  faults: Fault[]
  conservation: Conservation
  timings: { readingToAnchoredMs: number; readingToPaidMs: number; challengeSecondsSkipped: number; totalMs: number }
  governance: GovernanceOutcome
  commons: CommonsOutcome
}

/** Who rules in the end, and what was done with it once. */
export interface GovernanceOutcome {
  safe: Hex
  nvm: Hex
  powers: { restrictedFunctions: number; heldByDeployer: number }
  /** What holds, and no decision may break. */
  constitution: { conditions: number }
  decision: { id: Hex; yes: number; dissents: number; delaySeconds: number }
  emergency: { id: Hex; pausedSeconds: number; renewal: 'refused' }
  rail: {
    governor: Hex
    timelock: Hex
    proposalId: string
    citedAep: Hex
    /** The error with which it could not be queued. */
    whileDisputed: string
    ended: 'canceled'
  }
}

/** What people decided to fund together, and how somebody who was wronged was heard. */
export interface CommonsOutcome {
  round: {
    round: Hex
    variant: string
    budget: string
    capBps: number
    /** As the contract matched them, and as they were computed again from what was given. */
    projects: { project: string; contributed: string; sqrtSum: string; matched: string }[]
    /** Went to the commons. */
    leftover: string
    /** The errors with which who should not count was refused. */
    refused: { secondWallet: string; belowThreshold: string }
  }
  grievance: {
    caseId: string
    policyId: string
    arbiters: Hex[]
    ruling: string
    claimedAssets: string
    /** By the commons. */
    paidAssets: string
    openSeconds: number
  }
}

export interface AepOutcome {
  aepId: Hex
  feed: Hex
  /** For people. */
  name: string
  model: string
  /** Scaled by `decimals`. */
  value: string
  decimals: number
  from: string
  to: string
  provisional: boolean
  eql: number
  signers: Hex[]
  anchorTx: Hex
  gasUsed: number
}

export interface PolicyOutcome {
  policyId: string
  name: string
  feed: Hex
  aepId: Hex
  asset: Hex
  assetDecimals: number
  holder: Hex
  coverAssets: string
  premiumAssets: string
  from: string
  to: string
  status: 'paid' | 'zero' | 'lapsed'
  payoutWad: string
  paidAssets: string
  settleTx: Hex
}

export interface Fault {
  operator: Hex | 'observatory'
  kind: 'forged-value' | 'forged-source' | 'killed'
  outcome: 'refused' | 'taken-over' | 'waited'
  detail: string
}

/** `in` (deposits and premiums) is the sum of the rest, to the unit. */
export interface Conservation {
  in: string
  paid: string
  redeemed: string
  unearned: string
  locked: string
  free: string
}

export function conserves({ in: received, ...rest }: Conservation): boolean {
  return BigInt(received) === Object.values(rest).reduce((sum, part) => sum + BigInt(part), 0n)
}
