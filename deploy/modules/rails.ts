import { buildModule } from '@nomicfoundation/ignition-core'
import { assignFunctions, nexusModule } from './nexus.ts'

/** What all rails share, and the factory that opens them. */
export const railsModule = buildModule('Rails', m => {
  const suite = m.useModule(nexusModule)
  const { access, registry, componentRegistry } = suite
  const competence = m.contract('CompetenceCredentials', [access])
  const railBook = m.contract('RailBook', [access, competence, componentRegistry])
  const evidenceGuard = m.contract('EvidenceGuard', [registry])
  const effectsGuard = m.contract('EffectsGuard')
  const governor = m.contract('RailGovernor', [railBook, evidenceGuard, effectsGuard])
  const timelock = m.contract('RailTimelock', [railBook, evidenceGuard, effectsGuard])
  const membership = m.contract('RailMembership')
  const treasury = m.contract('RailTreasury')
  const railFactory = m.contract('RailFactory', [access, governor, timelock, membership, treasury])
  assignFunctions(m, access, competence, 'CompetenceCredentials')
  assignFunctions(m, access, railBook, 'RailBook')
  assignFunctions(m, access, railFactory, 'RailFactory')
  return { ...suite, competence, railBook, evidenceGuard, effectsGuard, railFactory }
})
