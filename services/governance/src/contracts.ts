import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { arbiterRegisterAbi } from '@nexus/chain/abi/ArbiterRegister'
import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { competenceCredentialsAbi } from '@nexus/chain/abi/CompetenceCredentials'
import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import { disputeBondAbi } from '@nexus/chain/abi/DisputeBond'
import { effectsGuardAbi } from '@nexus/chain/abi/EffectsGuard'
import { evidenceGuardAbi } from '@nexus/chain/abi/EvidenceGuard'
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
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
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
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import type { Governance, Manifest } from '@nexus/chain/manifest'
import { inputError } from '@nexus/kit/errors'
import { type Abi, type Address, getAddress, type PublicClient } from 'viem'
import { multiSendAbi, safeAbi } from './safe.ts'

/** A chain, and what is where on it. */
export interface Network {
  client: Pick<PublicClient, 'readContract' | 'getContractEvents' | 'getBlock' | 'getBlockNumber' | 'getCode'>
  manifest: Manifest
}

/** @throws NexusError `no-governance` */
export function governanceOf({ governance }: Manifest): Governance {
  if (governance) return governance
  throw inputError('no-governance', 'the manifest names no NVM: nobody has handed the powers over on this chain')
}

export type Rails = NonNullable<Manifest['rails']>

/** @throws NexusError `no-rails` */
export function railsOf({ rails }: Manifest): Rails {
  if (rails) return rails
  throw inputError('no-rails', 'the manifest names no factory of rails: this suite has none')
}

/** The contracts that are a rail. */
export interface RailAddresses {
  governor: Address
  timelock: Address
  membership: Address
  treasury: Address
}

/** A contract as people call it. */
export interface Named {
  name: string
  address: Address
  abi: Abi
}

const named = (name: string, address: Address | undefined, abi: Abi): Named[] =>
  address ? [{ name, address: getAddress(address), abi }] : []

/** @param suffix tells the contracts of one rail from another's */
export const railContracts = (rail: RailAddresses, suffix = ''): Named[] => [
  ...named(`RailGovernor${suffix}`, rail.governor, railGovernorAbi),
  ...named(`RailTimelock${suffix}`, rail.timelock, railTimelockAbi),
  ...named(`RailMembership${suffix}`, rail.membership, railMembershipAbi),
  ...named(`RailTreasury${suffix}`, rail.treasury, railTreasuryAbi),
]

/** Everything that the manifest names, and what a rail consists of. Pools and assets go by `RiskPool:NAME` and `Asset:SYMBOL`. */
export function contractsOf(manifest: Manifest, rail?: RailAddresses): Named[] {
  const { governance, pools, assets, registries, rails, disputeBond, commons, funding, grievance } = manifest
  return [
    ...(rail ? railContracts(rail) : []),
    ...named('AccessManager', manifest.accessManager, accessManagerAbi),
    ...named('EvidenceRegistry', manifest.registry, evidenceRegistryAbi),
    ...named('TermsStore', manifest.termsStore, termsStoreAbi),
    ...named('PolicyBook', manifest.policyBook, policyBookAbi),
    ...Object.entries(pools).flatMap(([name, address]) => named(`RiskPool:${name}`, address, riskPoolAbi)),
    ...Object.entries(assets).flatMap(([symbol, address]) => named(`Asset:${symbol}`, address, testStablecoinAbi)),
    ...named('NipRegistry', registries?.nip, nipRegistryAbi),
    ...named('ComponentRegistry', registries?.component, componentRegistryAbi),
    ...named('CharterRegistry', registries?.charter, charterRegistryAbi),
    ...named('RailFactory', rails?.factory, railFactoryAbi),
    ...named('RailBook', rails?.book, railBookAbi),
    ...named('CompetenceCredentials', rails?.competence, competenceCredentialsAbi),
    ...named('EvidenceGuard', rails?.evidenceGuard, evidenceGuardAbi),
    ...named('EffectsGuard', rails?.effectsGuard, effectsGuardAbi),
    ...named('CommonsFund', commons, commonsFundAbi),
    ...named('RoundFactory', funding?.factory, roundFactoryAbi),
    ...named('MatchPosts', funding?.posts, matchPostsAbi),
    ...named('GrievanceRail', grievance?.rail, grievanceRailAbi),
    ...named('GrievanceDesk', grievance?.desk, grievanceDeskAbi),
    ...named('GrievanceLedger', grievance?.ledger, grievanceLedgerAbi),
    ...named('ArbiterRegister', grievance?.register, arbiterRegisterAbi),
    ...named('GrievancePanels', grievance?.panels, grievancePanelsAbi),
    ...named('RespondentBonds', grievance?.respondents, respondentBondsAbi),
    ...named('GrievanceOrders', grievance?.orders, grievanceOrdersAbi),
    ...named('DisputeBond', disputeBond, disputeBondAbi),
    ...named('Safe', governance?.safe, safeAbi),
    ...named('NexusValidationModule', governance?.nvm, nexusValidationModuleAbi),
    ...named('NexusGuard', governance?.nvmGuard, nexusGuardAbi),
    ...named('ActionClasses', governance?.actionClasses, actionClassesAbi),
    ...named('Constitution', governance?.constitution, constitutionAbi),
    ...named('MultiSendCallOnly', governance?.multiSend, multiSendAbi),
  ]
}

/** By its name, also without what follows the colon where there is only one such. @returns in words why there is none */
export function contractNamed(contracts: readonly Named[], name: string): Named | string {
  const found = contracts.filter(one => one.name === name || one.name.split(':')[0] === name)
  const [only] = found
  if (only && (found.length === 1 || only.name === name)) return only
  const why = found.length > 1 ? `"${name}" is several contracts` : `there is no contract "${name}"`
  return `${why}; known: ${contracts.map(one => one.name).join(', ')}`
}

const speaking: readonly Abi[] = [
  nexusValidationModuleAbi,
  nexusGuardAbi,
  actionClassesAbi,
  constitutionAbi,
  railGovernorAbi,
  railTimelockAbi,
  railMembershipAbi,
  railTreasuryAbi,
  railFactoryAbi,
  railBookAbi,
  competenceCredentialsAbi,
  evidenceGuardAbi,
  effectsGuardAbi,
  accessManagerAbi,
  evidenceRegistryAbi,
  termsStoreAbi,
  policyBookAbi,
  disputeBondAbi,
  commonsFundAbi,
  roundFactoryAbi,
  quadraticRoundAbi,
  matchPostsAbi,
  grievanceRailAbi,
  grievanceDeskAbi,
  grievanceLedgerAbi,
  arbiterRegisterAbi,
  grievancePanelsAbi,
  respondentBondsAbi,
  grievanceOrdersAbi,
  nipRegistryAbi,
  componentRegistryAbi,
  charterRegistryAbi,
  riskPoolAbi,
  testStablecoinAbi,
]

/** Whatever a contract here can say or refuse with, each once. */
export const speechAbi: Abi = speaking
  .flat()
  .filter(({ type }) => type === 'error' || type === 'event')
  .filter((item, index, all) => all.findIndex(other => JSON.stringify(other) === JSON.stringify(item)) === index)
