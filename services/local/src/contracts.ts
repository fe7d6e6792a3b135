import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { arbiterRegisterAbi } from '@nexus/chain/abi/ArbiterRegister'
import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { competenceCredentialsAbi } from '@nexus/chain/abi/CompetenceCredentials'
import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import { disputeBondAbi } from '@nexus/chain/abi/DisputeBond'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { grievanceDeskAbi } from '@nexus/chain/abi/GrievanceDesk'
import { grievanceLedgerAbi } from '@nexus/chain/abi/GrievanceLedger'
import { grievanceOrdersAbi } from '@nexus/chain/abi/GrievanceOrders'
import { grievancePanelsAbi } from '@nexus/chain/abi/GrievancePanels'
import { grievanceRailAbi } from '@nexus/chain/abi/GrievanceRail'
import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import { nexusGuardAbi } from '@nexus/chain/abi/NexusGuard'
import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import { nipRegistryAbi } from '@nexus/chain/abi/NipRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { railBookAbi } from '@nexus/chain/abi/RailBook'
import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { railGovernorAbi } from '@nexus/chain/abi/RailGovernor'
import { railMembershipAbi } from '@nexus/chain/abi/RailMembership'
import { railTimelockAbi } from '@nexus/chain/abi/RailTimelock'
import { railTreasuryAbi } from '@nexus/chain/abi/RailTreasury'
import { respondentBondsAbi } from '@nexus/chain/abi/RespondentBonds'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { roundFactoryAbi } from '@nexus/chain/abi/RoundFactory'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import type { Governance, Manifest } from '@nexus/chain/manifest'
import type { Heirs } from '@nexus/deploy/handover'
import type { Contract } from '@nexus/deploy/powers'
import type { Address } from 'viem'

/** Every contract of the suite that somebody could have a power in. */
export function suiteContracts(manifest: Manifest): Contract[] {
  const { registries, rails, pools, commons, funding, grievance } = manifest
  if (!registries || !rails) throw new Error('the manifest has no registries or no rails')
  return [
    { name: 'AccessManager', address: manifest.accessManager, abi: accessManagerAbi },
    { name: 'EvidenceRegistry', address: manifest.registry, abi: evidenceRegistryAbi },
    { name: 'TermsStore', address: manifest.termsStore, abi: termsStoreAbi },
    { name: 'PolicyBook', address: manifest.policyBook, abi: policyBookAbi },
    ...Object.values(pools).map(address => ({ name: 'RiskPool', address, abi: riskPoolAbi })),
    { name: 'NipRegistry', address: registries.nip, abi: nipRegistryAbi },
    { name: 'ComponentRegistry', address: registries.component, abi: componentRegistryAbi },
    { name: 'CharterRegistry', address: registries.charter, abi: charterRegistryAbi },
    { name: 'CompetenceCredentials', address: rails.competence, abi: competenceCredentialsAbi },
    { name: 'RailBook', address: rails.book, abi: railBookAbi },
    { name: 'RailFactory', address: rails.factory, abi: railFactoryAbi },
    ...(commons ? [{ name: 'CommonsFund', address: commons, abi: commonsFundAbi }] : []),
    ...(funding
      ? [
          { name: 'RoundFactory', address: funding.factory, abi: roundFactoryAbi },
          { name: 'MatchPosts', address: funding.posts, abi: matchPostsAbi },
        ]
      : []),
    ...(grievance
      ? [
          { name: 'GrievanceRail', address: grievance.rail, abi: grievanceRailAbi },
          { name: 'GrievanceDesk', address: grievance.desk, abi: grievanceDeskAbi },
          { name: 'GrievanceLedger', address: grievance.ledger, abi: grievanceLedgerAbi },
          { name: 'ArbiterRegister', address: grievance.register, abi: arbiterRegisterAbi },
          { name: 'GrievancePanels', address: grievance.panels, abi: grievancePanelsAbi },
          { name: 'RespondentBonds', address: grievance.respondents, abi: respondentBondsAbi },
          { name: 'GrievanceOrders', address: grievance.orders, abi: grievanceOrdersAbi },
        ]
      : []),
  ]
}

/** Who holds the powers of a suite once they are handed over. */
export function heirsOf({ registries, grievance }: Manifest, nvm: Address, disputeBond: Address): Heirs {
  if (!registries || !grievance) throw new Error('the manifest has no registries or no grievances')
  return {
    ...{ nvm, DisputeBond: disputeBond, ComponentRegistry: registries.component },
    ...{ GrievanceRail: grievance.rail, GrievanceOrders: grievance.orders },
    ...{ ArbiterRegister: grievance.register, RespondentBonds: grievance.respondents },
  }
}

/** The NVM's own; with an address, where disputes are bonded, too. */
export const nvmContracts = (
  {
    nvm,
    nvmGuard,
    actionClasses,
    constitution,
  }: Pick<Governance, 'nvm' | 'nvmGuard' | 'actionClasses' | 'constitution'>,
  disputeBond?: Contract['address'],
): Contract[] => [
  { name: 'NexusValidationModule', address: nvm, abi: nexusValidationModuleAbi },
  { name: 'NexusGuard', address: nvmGuard, abi: nexusGuardAbi },
  { name: 'ActionClasses', address: actionClasses, abi: actionClassesAbi },
  { name: 'Constitution', address: constitution, abi: constitutionAbi },
  ...(disputeBond ? [{ name: 'DisputeBond', address: disputeBond, abi: disputeBondAbi }] : []),
]

/** A rail's own. */
export const railContracts = (
  rail: Record<'governor' | 'timelock' | 'membership' | 'treasury', Contract['address']>,
): Contract[] => [
  { name: 'RailGovernor', address: rail.governor, abi: railGovernorAbi },
  { name: 'RailTimelock', address: rail.timelock, abi: railTimelockAbi },
  { name: 'RailMembership', address: rail.membership, abi: railMembershipAbi },
  { name: 'RailTreasury', address: rail.treasury, abi: railTreasuryAbi },
]
