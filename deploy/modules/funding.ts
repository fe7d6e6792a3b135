import {
  buildModule,
  type IgnitionModuleBuilder,
  type ModuleParameterRuntimeValue,
  type NamedArtifactContractDeploymentFuture,
} from '@nomicfoundation/ignition-core'
import { assignFunctions } from './nexus.ts'
import { matchPosts } from './posted.ts'
import { railsModule } from './rails.ts'

type Contract = NamedArtifactContractDeploymentFuture<string>

/** Rounds of quadratic funding: what each is a clone of, and the factory. `commons`: where leftovers go. */
export function deployFunding(
  m: IgnitionModuleBuilder,
  { access, commons }: { access: Contract; commons: Contract | ModuleParameterRuntimeValue<string> },
) {
  const quadraticRound = m.contract('QuadraticRound')
  const roundFactory = m.contract('RoundFactory', [access, quadraticRound, commons])
  assignFunctions(m, access, roundFactory, 'RoundFactory')
  return { quadraticRound, roundFactory }
}

/** Rounds beside a suite whose asset and commons are given by their addresses. */
export const fundingModule = buildModule('Funding', m => {
  const suite = m.useModule(railsModule)
  const [asset, commons] = [m.getParameter<string>('asset'), m.getParameter<string>('commons')]
  const rounds = deployFunding(m, { ...suite, commons })
  const posts = matchPosts(m, { rounds: rounds.roundFactory, asset, commons })
  return { ...suite, ...rounds, matchPosts: posts }
})
