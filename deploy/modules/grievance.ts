import {
  buildModule,
  type IgnitionModuleBuilder,
  type ModuleParameterRuntimeValue,
  type NamedArtifactContractDeploymentFuture,
} from '@nomicfoundation/ignition-core'
import { type Role, roles } from '../roles.ts'
import { assignFunctions } from './nexus.ts'
import { railsModule } from './rails.ts'

/** Four weeks to answer and to settle, then a panel; see the desk for the bounds. In base units of a token of six decimals. */
export const grievanceTerms = {
  bondAssets: 10_000_000n,
  appealBondAssets: 100_000_000n,
  answerSeconds: 14 * 86_400,
  mediationSeconds: 14 * 86_400,
  rewardAssets: 50_000_000n,
  penaltyAssets: 100_000_000n,
  drawSeconds: 7 * 86_400,
  commitSeconds: 7 * 86_400,
  mostClaimAssets: 50_000_000_000n,
  revealSeconds: 3 * 86_400,
  appealSeconds: 14 * 86_400,
  /** 28 days of blocks of 12 seconds, and an hour: the panel is not known while both can still settle. */
  drawBlocks: 28 * 7200 + 300,
  /** An hour of them: nobody who appeals knows the hash that draws. */
  appealDrawBlocks: 300,
  panelSize: 3,
  appealPanelSize: 5,
  leastLevel: 3,
} as const

type Contract = NamedArtifactContractDeploymentFuture<string>

/** What cases rest on. The token is what bonds and compensation are in; the commons takes income and awards compensation. */
export interface GrievanceGround {
  access: Contract
  registry: Contract
  componentRegistry: Contract
  competence: Contract
  railFactory: Contract
  asset: Contract | ModuleParameterRuntimeValue<string>
  commons: Contract | ModuleParameterRuntimeValue<string>
}

/** Cases, their arbiters and their remedies, with what of the roles is theirs. */
export function deployGrievances(m: IgnitionModuleBuilder, ground: GrievanceGround) {
  const { access, registry, componentRegistry, competence, railFactory, asset, commons } = ground
  const ledger = m.contract('GrievanceLedger', [access, asset, commons])
  const desk = m.contract('GrievanceDesk', [
    ...[access, componentRegistry, registry, competence, railFactory],
    m.getParameter('decimals', 6),
    m.getParameter('grievanceTerms', grievanceTerms),
  ])
  const arbiterBond = m.getParameter('arbiterBondAssets', 500_000_000n)
  const register = m.contract('ArbiterRegister', [access, ledger, competence, arbiterBond])
  const panels = m.contract('GrievancePanels', [access, register])
  const respondents = m.contract('RespondentBonds', [access, ledger])
  const orders = m.contract('GrievanceOrders', [access, commons, asset, componentRegistry, registry])
  const rail = m.contract('GrievanceRail', [
    access,
    { ledger, desk, register, panels, respondents, orders, evidence: registry },
  ])
  const restricted = {
    GrievanceLedger: ledger,
    GrievanceDesk: desk,
    ArbiterRegister: register,
    GrievancePanels: panels,
    RespondentBonds: respondents,
    GrievanceOrders: orders,
  }
  for (const [name, contract] of Object.entries(restricted))
    assignFunctions(m, access, contract, name as keyof typeof restricted) // its keys are these names
  const holders = new Map<string, Contract>(Object.entries({ ...restricted, GrievanceRail: rail }))
  for (const { id, name, heldBy = '', alsoHeldBy = [] } of roles as readonly Role[])
    for (const known of [heldBy, ...alsoHeldBy]) {
      const holder = holders.get(known)
      if (holder) m.call(access, 'grantRole', [id, holder, 0], { id: `grant_${name}_${known}` })
    }
  return { ...restricted, GrievanceRail: rail }
}

/** Grievances beside a suite whose asset and commons are given by their addresses. */
export const grievanceModule = buildModule('Grievance', m => {
  const suite = m.useModule(railsModule)
  const [asset, commons] = [m.getParameter<string>('asset'), m.getParameter<string>('commons')]
  return { ...suite, ...deployGrievances(m, { ...suite, asset, commons }) }
})
