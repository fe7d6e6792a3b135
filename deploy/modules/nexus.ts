import {
  buildModule,
  type IgnitionModuleBuilder,
  type NamedArtifactContractDeploymentFuture,
} from '@nomicfoundation/ignition-core'
import { toFunctionSelector } from 'viem/utils'
import { type Role, roles } from '../roles.ts'

type Contract = NamedArtifactContractDeploymentFuture<string>

/** Gives the functions of one contract to the roles that have them. */
export function assignFunctions(
  m: IgnitionModuleBuilder,
  access: Contract,
  contract: Contract,
  contractName: keyof Role['functions'],
) {
  return (roles as readonly Role[]).flatMap(({ id, name, functions }) => {
    const selectors = (functions[contractName] ?? []).map(signature => toFunctionSelector(`function ${signature}`))
    if (selectors.length === 0) return []
    return m.call(access, 'setTargetFunctionRole', [contract, selectors, id], { id: `${contractName}_${name}` })
  })
}

/** Evidence, cover and the registries: the part of the suite that every pool shares. The deployer is its first admin. */
export const nexusModule = buildModule('Nexus', m => {
  const access = m.contract('AccessManager', [m.getParameter('admin')])
  const registry = m.contract('EvidenceRegistry', [access, m.getParameter('challengeSeconds')])
  const termsStore = m.contract('TermsStore', [access])
  const policyBook = m.contract('PolicyBook', [access, registry, termsStore])
  const nipRegistry = m.contract('NipRegistry', [access])
  const componentRegistry = m.contract('ComponentRegistry', [access, registry, termsStore])
  const charterRegistry = m.contract('CharterRegistry', [access, termsStore])
  for (const { id, name } of roles) m.call(access, 'labelRole', [id, name], { id: `label_${name}` })
  assignFunctions(m, access, registry, 'EvidenceRegistry')
  assignFunctions(m, access, termsStore, 'TermsStore')
  assignFunctions(m, access, policyBook, 'PolicyBook')
  assignFunctions(m, access, nipRegistry, 'NipRegistry')
  assignFunctions(m, access, componentRegistry, 'ComponentRegistry')
  assignFunctions(m, access, charterRegistry, 'CharterRegistry')
  for (const { id, name, heldBy } of roles as readonly Role[])
    if (heldBy === 'ComponentRegistry') m.call(access, 'grantRole', [id, componentRegistry, 0], { id: `grant_${name}` })
  return { access, registry, termsStore, policyBook, nipRegistry, componentRegistry, charterRegistry }
})
