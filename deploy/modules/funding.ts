import {
  buildModule,
  type IgnitionModuleBuilder,
  type ModuleParameterRuntimeValue,
  type NamedArtifactContractDeploymentFuture,
} from '@nomicfoundation/ignition-core'
import { assignFunctions } from './nexus.ts'
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

export interface PostingGround {
  roundFactory: Contract
  asset: Contract | ModuleParameterRuntimeValue<string>
  commons: Contract | ModuleParameterRuntimeValue<string>
}

/** Where results that are computed off chain are posted, and shown wrong. In base units of a token of six decimals. */
export const deployPosts = (m: IgnitionModuleBuilder, { roundFactory, asset, commons }: PostingGround) =>
  m.contract('MatchPosts', [
    ...[roundFactory, asset, commons],
    m.getParameter('postBondAssets', 5_000_000_000n),
    m.getParameter('challengeBondAssets', 500_000_000n),
    m.getParameter('rewardBps', 5_000),
    m.getParameter('postingSeconds', 14 * 86_400),
    m.getParameter('challengeSeconds', 7 * 86_400),
    m.getParameter('clockSeconds', 5 * 86_400),
  ])

/** Rounds beside a suite whose asset and commons are given by their addresses. */
export const fundingModule = buildModule('Funding', m => {
  const suite = m.useModule(railsModule)
  const [asset, commons] = [m.getParameter<string>('asset'), m.getParameter<string>('commons')]
  const rounds = deployFunding(m, { ...suite, commons })
  return { ...suite, ...rounds, matchPosts: deployPosts(m, { ...rounds, asset, commons }) }
})
