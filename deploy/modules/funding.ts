import { buildModule } from '@nomicfoundation/ignition-core'
import { assignFunctions } from './nexus.ts'
import { railsModule } from './rails.ts'

/** Rounds of quadratic funding: what each is a clone of, and the factory. `commons`: where leftovers go, by address. */
export const fundingModule = buildModule('Funding', m => {
  const suite = m.useModule(railsModule)
  const quadraticRound = m.contract('QuadraticRound')
  const roundFactory = m.contract('RoundFactory', [suite.access, quadraticRound, m.getParameter('commons')])
  assignFunctions(m, suite.access, roundFactory, 'RoundFactory')
  return { ...suite, quadraticRound, roundFactory }
})
