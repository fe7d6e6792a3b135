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

/** Evidence and cover: the part of the suite that every pool shares. The deployer is its first admin. */
export const nexusModule = buildModule('Nexus', m => {
  const access = m.contract('AccessManager', [m.getParameter('admin')])
  const registry = m.contract('EvidenceRegistry', [access, m.getParameter('challengeSeconds')])
  const termsStore = m.contract('TermsStore')
  const policyBook = m.contract('PolicyBook', [access, registry, termsStore])
  for (const { id, name } of roles) m.call(access, 'labelRole', [id, name], { id: `label_${name}` })
  assignFunctions(m, access, registry, 'EvidenceRegistry')
  assignFunctions(m, access, policyBook, 'PolicyBook')
  return { access, registry, termsStore, policyBook }
})
