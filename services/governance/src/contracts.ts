import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { competenceCredentialsAbi } from '@nexus/chain/abi/CompetenceCredentials'
import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import { disputeBondAbi } from '@nexus/chain/abi/DisputeBond'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { nexusGuardAbi } from '@nexus/chain/abi/NexusGuard'
import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import { nipRegistryAbi } from '@nexus/chain/abi/NipRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { railBookAbi } from '@nexus/chain/abi/RailBook'
import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import type { Governance, Manifest } from '@nexus/chain/manifest'
import { inputError } from '@nexus/kit/errors'
import { type Abi, type Address, getAddress, type PublicClient } from 'viem'
import { multiSendAbi, safeAbi } from './safe.ts'

/** A chain, and what is where on it. */
export interface Network {
  client: Pick<PublicClient, 'readContract' | 'getContractEvents' | 'getBlock' | 'getBlockNumber'>
  manifest: Manifest
}

/** @throws NexusError `no-governance` */
export function governanceOf({ governance }: Manifest): Governance {
  if (governance) return governance
  throw inputError('no-governance', 'the manifest names no NVM: nobody has handed the powers over on this chain')
}

/** A contract as people call it. */
export interface Named {
  name: string
  address: Address
  abi: Abi
}

/** Everything that the manifest names. Pools and assets go by `RiskPool:NAME` and `Asset:SYMBOL`; the only pool by `RiskPool` too. */
export function contractsOf(manifest: Manifest): Named[] {
  const { governance, pools, assets, registries, rails, disputeBond, commons } = manifest
  const named = (name: string, address: Address, abi: Abi): Named => ({ name, address: getAddress(address), abi })
  return [
    named('AccessManager', manifest.accessManager, accessManagerAbi),
    named('EvidenceRegistry', manifest.registry, evidenceRegistryAbi),
    named('TermsStore', manifest.termsStore, termsStoreAbi),
    named('PolicyBook', manifest.policyBook, policyBookAbi),
    ...Object.entries(pools).map(([name, address]) => named(`RiskPool:${name}`, address, riskPoolAbi)),
    ...Object.entries(assets).map(([symbol, address]) => named(`Asset:${symbol}`, address, testStablecoinAbi)),
    ...(registries
      ? [
          named('NipRegistry', registries.nip, nipRegistryAbi),
          named('ComponentRegistry', registries.component, componentRegistryAbi),
          named('CharterRegistry', registries.charter, charterRegistryAbi),
        ]
      : []),
    ...(rails
      ? [
          named('RailFactory', rails.factory, railFactoryAbi),
          named('RailBook', rails.book, railBookAbi),
          named('CompetenceCredentials', rails.competence, competenceCredentialsAbi),
        ]
      : []),
    ...(commons ? [named('CommonsFund', commons, commonsFundAbi)] : []),
    ...(disputeBond ? [named('DisputeBond', disputeBond, disputeBondAbi)] : []),
    ...(governance
      ? [
          named('Safe', governance.safe, safeAbi),
          named('NexusValidationModule', governance.nvm, nexusValidationModuleAbi),
          named('NexusGuard', governance.nvmGuard, nexusGuardAbi),
          named('ActionClasses', governance.actionClasses, actionClassesAbi),
          named('Constitution', governance.constitution, constitutionAbi),
          named('MultiSendCallOnly', governance.multiSend, multiSendAbi),
        ]
      : []),
  ]
}

/** @throws NexusError `no-such-contract` */
export function contractNamed(manifest: Manifest, name: string): Named {
  const all = contractsOf(manifest)
  const found = all.filter(one => one.name === name || one.name.split(':')[0] === name)
  const [only] = found
  if (only && (found.length === 1 || only.name === name)) return only
  const known = all.map(one => one.name)
  const why = found.length > 1 ? `"${name}" is several contracts` : `the manifest names no contract "${name}"`
  throw inputError('no-such-contract', `${why}; known: ${known.join(', ')}`, { name, known })
}

/** Whatever a contract here can say or refuse with. */
export const governanceAbi: Abi = [
  ...nexusValidationModuleAbi,
  ...nexusGuardAbi,
  ...actionClassesAbi,
  ...constitutionAbi,
  ...accessManagerAbi,
  ...evidenceRegistryAbi,
  ...policyBookAbi,
  ...riskPoolAbi,
  ...nipRegistryAbi,
  ...componentRegistryAbi,
  ...charterRegistryAbi,
  ...railFactoryAbi,
  ...railBookAbi,
  ...competenceCredentialsAbi,
  ...disputeBondAbi,
  ...commonsFundAbi,
]
  .filter(({ type }) => type === 'error' || type === 'event')
  .filter((item, index, all) => all.findIndex(other => JSON.stringify(other) === JSON.stringify(item)) === index)
