import { buildModule } from '@nomicfoundation/ignition-core'
import { type Role, roles } from '../roles.ts'
import { assignFunctions } from './nexus.ts'
import { railsModule } from './rails.ts'

const SUITE = ['GrievanceRail', 'GrievanceOrders', 'ArbiterRegister', 'RespondentBonds'] as const

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

/**
 * Cases, their arbiters and their remedies. The token that bonds are in, its decimals, and the commons (as one contract takes income and
 * awards compensation) are given; whoever deploys the commons lets `orders` award from it.
 */
export const grievanceModule = buildModule('Grievance', m => {
  const rails = m.useModule(railsModule)
  const { access, registry, componentRegistry, competence, railFactory } = rails
  const [asset, commons] = [m.getParameter<string>('asset'), m.getParameter<string>('commons')]
  const ledger = m.contract('GrievanceLedger', [access, asset, commons])
  const desk = m.contract('GrievanceDesk', [
    access,
    componentRegistry,
    registry,
    competence,
    railFactory,
    m.getParameter('decimals', 6),
    m.getParameter('terms', grievanceTerms),
  ])
  const register = m.contract('ArbiterRegister', [
    access,
    ledger,
    competence,
    m.getParameter('arbiterBondAssets', 500_000_000n),
  ])
  const panels = m.contract('GrievancePanels', [access, register])
  const respondents = m.contract('RespondentBonds', [access, ledger])
  const orders = m.contract('GrievanceOrders', [access, commons, asset, componentRegistry, registry])
  const rail = m.contract('GrievanceRail', [
    access,
    { ledger, desk, register, panels, respondents, orders, evidence: registry },
  ])
  const contracts = {
    GrievanceLedger: ledger,
    GrievanceDesk: desk,
    ArbiterRegister: register,
    GrievancePanels: panels,
    RespondentBonds: respondents,
    GrievanceOrders: orders,
    GrievanceRail: rail,
  } as const
  for (const name of [
    'GrievanceLedger',
    'GrievanceDesk',
    'ArbiterRegister',
    'GrievancePanels',
    'RespondentBonds',
    'GrievanceOrders',
  ] as const)
    assignFunctions(m, access, contracts[name], name)
  for (const { id, name, heldBy, alsoHeldBy = [] } of roles as readonly Role[])
    for (const holder of [heldBy, ...alsoHeldBy]) {
      const known = SUITE.find(one => one === holder)
      if (known) m.call(access, 'grantRole', [id, contracts[known], 0], { id: `grant_${name}_${known}` })
    }
  return { ...rails, ...contracts }
})
