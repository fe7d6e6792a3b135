import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { competenceCredentialsAbi } from '@nexus/chain/abi/CompetenceCredentials'
import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import { disputeBondAbi } from '@nexus/chain/abi/DisputeBond'
import { effectsGuardAbi } from '@nexus/chain/abi/EffectsGuard'
import { evidenceGuardAbi } from '@nexus/chain/abi/EvidenceGuard'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
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
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import type { Manifest } from '@nexus/chain/manifest'
import { inputError } from '@nexus/kit/errors'
import { type Abi, type Address, getAddress, type PublicClient } from 'viem'

/** A chain, and what is where on it. */
export interface Network {
  client: Pick<PublicClient, 'readContract' | 'getContractEvents' | 'getBlock'>
  manifest: Manifest
}

export type Rails = NonNullable<Manifest['rails']>

/** @throws NexusError `no-rails` */
export function railsOf({ rails }: Manifest): Rails {
  if (rails) return rails
  throw inputError('no-rails', 'the manifest names no factory of rails: this suite has none')
}

/** The five addresses that are a rail. */
export interface RailAddresses {
  governor: Address
  timelock: Address
  membership: Address
  treasury: Address
  votes: Address
}

/** A contract as people call it. */
export interface Named {
  name: string
  address: Address
  abi: Abi
}

/** What the manifest names, and what a rail consists of. */
export function contractsFor(manifest: Manifest, rail?: RailAddresses): Named[] {
  const { governance, registries, rails, pools, assets, disputeBond, commons } = manifest
  const all: [string, Address | undefined, Abi][] = [
    ['RailGovernor', rail?.governor, railGovernorAbi],
    ['RailTimelock', rail?.timelock, railTimelockAbi],
    ['RailMembership', rail?.membership, railMembershipAbi],
    ['RailTreasury', rail?.treasury, railTreasuryAbi],
    ['RailFactory', rails?.factory, railFactoryAbi],
    ['RailBook', rails?.book, railBookAbi],
    ['CompetenceCredentials', rails?.competence, competenceCredentialsAbi],
    ['EvidenceGuard', rails?.evidenceGuard, evidenceGuardAbi],
    ['EffectsGuard', rails?.effectsGuard, effectsGuardAbi],
    ['AccessManager', manifest.accessManager, accessManagerAbi],
    ['EvidenceRegistry', manifest.registry, evidenceRegistryAbi],
    ['TermsStore', manifest.termsStore, termsStoreAbi],
    ['PolicyBook', manifest.policyBook, policyBookAbi],
    ['DisputeBond', disputeBond, disputeBondAbi],
    ['CommonsFund', commons, commonsFundAbi],
    ['NipRegistry', registries?.nip, nipRegistryAbi],
    ['ComponentRegistry', registries?.component, componentRegistryAbi],
    ['CharterRegistry', registries?.charter, charterRegistryAbi],
    ['NexusValidationModule', governance?.nvm, nexusValidationModuleAbi],
    ['NexusGuard', governance?.nvmGuard, nexusGuardAbi],
    ['ActionClasses', governance?.actionClasses, actionClassesAbi],
    ['Constitution', governance?.constitution, constitutionAbi],
    ...Object.entries(pools).map(([name, at]): [string, Address, Abi] => [`RiskPool:${name}`, at, riskPoolAbi]),
    ...Object.entries(assets).map(([name, at]): [string, Address, Abi] => [`Asset:${name}`, at, testStablecoinAbi]),
  ]
  return all.flatMap(([name, address, abi]) => (address ? [{ name, address: getAddress(address), abi }] : []))
}

/** What any contract here can say or refuse with, each once. */
export const speechAbi: Abi = [
  ...railGovernorAbi,
  ...railTimelockAbi,
  ...railMembershipAbi,
  ...railTreasuryAbi,
  ...railFactoryAbi,
  ...railBookAbi,
  ...competenceCredentialsAbi,
  ...evidenceGuardAbi,
  ...effectsGuardAbi,
  ...accessManagerAbi,
  ...evidenceRegistryAbi,
  ...termsStoreAbi,
  ...policyBookAbi,
  ...disputeBondAbi,
  ...nipRegistryAbi,
  ...componentRegistryAbi,
  ...charterRegistryAbi,
  ...nexusValidationModuleAbi,
  ...riskPoolAbi,
  ...testStablecoinAbi,
]
  .filter(({ type }) => type === 'error' || type === 'event')
  .filter((item, index, all) => all.findIndex(other => JSON.stringify(other) === JSON.stringify(item)) === index)
