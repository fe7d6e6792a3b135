/**
 * Every power in the suite: who may call what, through one AccessManager, and what that can never do. What is not listed
 * here and not open to everyone is the manager's ADMIN role alone.
 */
export interface Role {
  id: bigint
  name: string
  may: string
  mayNever: string
  /** Functions by the contract of the suite that has them; `RiskPool` means every pool. */
  functions: Partial<Record<'EvidenceRegistry' | 'PolicyBook' | 'RiskPool', readonly string[]>>
}

export const roles = [
  {
    id: 1n,
    name: 'COMMITTEE',
    may: 'announce the next set of operators, at least a challenge window ahead',
    mayNever: 'change the present set, sign evidence, shorten a window, go below a Byzantine quorum',
    functions: { EvidenceRegistry: ['announceConfiguration(address[],bytes32[],uint8,uint40)'] },
  },
  {
    id: 2n,
    name: 'DISPUTER',
    may: 'open the one dispute an anchor may have, before it is final',
    mayNever: 'void an anchor, dispute a final one, dispute one twice',
    functions: { EvidenceRegistry: ['dispute(bytes32,bytes32)'] },
  },
  {
    id: 3n,
    name: 'ADJUDICATOR',
    may: 'uphold or void a disputed anchor within 14 days',
    mayNever: 'touch an undisputed or final anchor, change a value, move money',
    functions: { EvidenceRegistry: ['rule(bytes32,bool,bytes32)'] },
  },
  {
    id: 4n,
    name: 'GUARDIAN',
    may: 'pause anchoring or policies for at most 72 hours, not again within 7 days',
    mayNever: 'pause disputes or rulings, cost anyone a deadline, move money, extend a pause',
    functions: { EvidenceRegistry: ['pause(uint40)'], PolicyBook: ['pause(uint40)'] },
  },
  {
    id: 5n,
    name: 'UNDERWRITING',
    may: 'say whose signed quotes a pool honours',
    mayNever: 'touch bound policies, capital, premiums or exits',
    functions: { RiskPool: ['setUnderwriter(address,bool)'] },
  },
  {
    id: 6n,
    name: 'LISTING',
    may: 'list a pool, so that its underwriters can write policies',
    mayNever: 'delist one, or touch its capital',
    functions: { PolicyBook: ['listPool(address)'] },
  },
] as const satisfies readonly Role[]

export type RoleName = (typeof roles)[number]['name']
