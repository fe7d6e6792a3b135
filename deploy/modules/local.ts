import { buildModule } from '@nomicfoundation/ignition-core'
import { type Role, roles } from '../roles.ts'
import { commonsModule } from './commons.ts'
import { deployFunding } from './funding.ts'
import { deployGrievances } from './grievance.ts'
import { assignFunctions } from './nexus.ts'
import { matchPosts } from './posted.ts'

/** The whole suite on a local chain: a stablecoin of no value, one pool, and every role with one account. */
export const localModule = buildModule('Local', m => {
  const suite = m.useModule(commonsModule)
  const { access, policyBook } = suite
  const governor = m.getParameter<string>('governor')
  const asset = m.contract('TestStablecoin', ['Nexus Test Dollar', 'nxUSD', 6])
  const pool = m.contract('RiskPool', [
    asset,
    'Nexus Local Risk Pool',
    'nxLOCAL',
    access,
    policyBook,
    m.getParameter('reportingLagSeconds'),
  ])
  const assigned = assignFunctions(m, access, pool, 'RiskPool')
  const granted = (roles as readonly Role[])
    .filter(({ heldBy }) => !heldBy)
    .map(({ id, name }) => m.call(access, 'grantRole', [id, governor, 0], { id: `grant_${name}` }))
  const listed = m.call(policyBook, 'listPool', [pool], { from: m.getAccount(1), after: granted })
  m.call(pool, 'setUnderwriter', [m.getParameter('underwriter'), true], {
    from: m.getAccount(1),
    after: [listed, ...assigned],
  })
  const rounds = deployFunding(m, suite)
  const posts = matchPosts(m, { ...suite, rounds: rounds.roundFactory, asset })
  // people attest what they like here: it makes nobody a person anywhere else
  const attestations = m.contract('TestAttestations')
  return {
    ...{ ...suite, asset, pool, ...rounds, matchPosts: posts, attestations },
    ...deployGrievances(m, { ...suite, asset }),
  }
})
