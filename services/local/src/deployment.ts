import { type Manifest, writeManifest } from '@nexus/chain/manifest'
import { type DeploymentParameters, deployModule } from '@nexus/deploy/deploy'
import { grievanceTerms } from '@nexus/deploy/modules/grievance'
import { localModule } from '@nexus/deploy/modules/local'
import type { Hex } from '@nexus/kit/canonical'
import { accounts } from './accounts.ts'
import type { RunLayout } from './layout.ts'
import type { LocalRpc } from './rpc.ts'
import { DAY } from './scenario.ts'
import { ASSET, POOL } from './suite.ts'

/** Two days: long enough for people to look, short enough for households to wait. */
export const CHALLENGE_SECONDS = 2 * DAY
/** Longer than evidence of these feeds lags behind its window, and the challenge after it. */
const REPORTING_LAG_SECONDS = 28 * DAY

/**
 * Deploys the suite on a fresh local chain and writes its manifest.
 * @param more parameters of the modules, by their names, beside those that every local chain has or in their place
 */
export async function deployLocally(
  rpcUrl: string,
  { client }: LocalRpc,
  layout: RunLayout,
  more: DeploymentParameters = {},
): Promise<Manifest> {
  const { deployer, governor, underwriter } = accounts
  const deployedAtBlock = Number(await client.getBlockNumber())
  const contracts = await deployModule({
    module: localModule,
    parameters: {
      ...more,
      Nexus: { admin: deployer.address, challengeSeconds: CHALLENGE_SECONDS },
      Local: {
        governor: governor.address,
        underwriter: underwriter.address,
        reportingLagSeconds: REPORTING_LAG_SECONDS,
        // a local chain has a block only where something happens
        grievanceTerms: { ...grievanceTerms, drawBlocks: 32, appealDrawBlocks: 32 },
        ...more['Local'],
      },
    },
    rpcUrl,
    accounts: [deployer.address, governor.address],
    deploymentDir: layout.deployment,
  })
  const contract = (id: string): Hex => {
    const address = contracts[id]
    if (!address) throw new Error(`the deployment has no ${id}`)
    return address
  }
  const genesis = await client.getBlock({ blockNumber: 0n })
  const manifest: Manifest = {
    chainId: await client.getChainId(),
    genesis: genesis.hash,
    deployedAtBlock,
    accessManager: contract('Nexus#AccessManager'),
    registry: contract('Nexus#EvidenceRegistry'),
    termsStore: contract('Nexus#TermsStore'),
    policyBook: contract('Nexus#PolicyBook'),
    registries: {
      nip: contract('Nexus#NipRegistry'),
      component: contract('Nexus#ComponentRegistry'),
      charter: contract('Nexus#CharterRegistry'),
    },
    rails: {
      factory: contract('Rails#RailFactory'),
      book: contract('Rails#RailBook'),
      competence: contract('Rails#CompetenceCredentials'),
      evidenceGuard: contract('Rails#EvidenceGuard'),
      effectsGuard: contract('Rails#EffectsGuard'),
    },
    commons: contract('Commons#CommonsFund'),
    funding: {
      factory: contract('Local#RoundFactory'),
      posts: contract('Local#MatchPosts'),
      attestations: contract('Local#TestAttestations'),
    },
    grievance: {
      rail: contract('Local#GrievanceRail'),
      desk: contract('Local#GrievanceDesk'),
      ledger: contract('Local#GrievanceLedger'),
      register: contract('Local#ArbiterRegister'),
      panels: contract('Local#GrievancePanels'),
      respondents: contract('Local#RespondentBonds'),
      orders: contract('Local#GrievanceOrders'),
    },
    pools: { [POOL]: contract('Local#RiskPool') },
    assets: { [ASSET]: contract('Local#TestStablecoin') },
  }
  writeManifest(layout.manifest, manifest)
  return manifest
}
