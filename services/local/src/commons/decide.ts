import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { competenceCredentialsAbi } from '@nexus/chain/abi/CompetenceCredentials'
import { roundFactoryAbi } from '@nexus/chain/abi/RoundFactory'
import { ensureDeployed, ownArtifact } from '@nexus/governance/create2'
import { type Hex, keccak256, stringToHex, zeroAddress, zeroHash } from 'viem'
import { accounts } from '../accounts.ts'
import { encoded, type GovernanceDeps, must } from '../governance/deps.ts'
import type { Seats } from '../nvm.ts'
import { DAY, USD } from '../scenario.ts'

export const SCHEMA = keccak256(stringToHex('bytes32 identity,uint256 score'))
/** Of a score, at least: who has less is nobody yet. */
export const THRESHOLD = 20_000n
/** A project gets at most this share of the pool. */
export const CAP_BPS = 3_500
export const fields = { equity: keccak256(stringToHex('equity')), arbitration: keccak256(stringToHex('arbitration')) }
/** As in MatchVariant and Setting. */
const [LINEAR, COMPENSATION_LIMIT] = [0, 1]

/** When a round takes what. */
export interface RoundTimes {
  contributeFrom: number
  contributeUntil: number
  reviewUntil: number
}

/** One decision: a round, what the commons may award for cases in any 30 days, and who may say what people are able to do. */
export async function grantPowers(
  { rpc, manifest, clock }: GovernanceDeps,
  nvm: Seats,
): Promise<{ round: Hex; terms: RoundTimes }> {
  const { funding, commons, rails } = manifest
  const [asset] = Object.values(manifest.assets)
  if (!funding?.attestations || !commons || !rails || !asset) throw new Error('the manifest has no funding or commons')
  const { client } = rpc
  const { attester, reviewer, deployer } = accounts
  const wiring = { client, wallet: rpc.walletOf(deployer) }
  const gate = await ensureDeployed(wiring, 'AttestationGate', ownArtifact('AttestationGate'), [
    ...[funding.attestations, SCHEMA, attester.address, THRESHOLD, zeroAddress, zeroHash, 0],
  ])

  const opensAt = (await clock.nowSeconds()) + 3 * DAY
  const times = {
    applyUntil: opensAt + DAY,
    contributeFrom: opensAt + 2 * DAY,
    contributeUntil: opensAt + 16 * DAY,
    reviewUntil: opensAt + 18 * DAY,
    payoutUntil: opensAt + 90 * DAY,
  }
  const terms = {
    ...{ asset, variant: LINEAR, capBps: CAP_BPS, ...times, reviewer: reviewer.address, gate, results: zeroAddress },
    ...{ postedParameter: 0n, milestoneBps: [10_000], others: [], metadataURI: 'data:,What%20a%20valley%20needs' },
  }
  const decision = keccak256(stringToHex('households that were wronged shall be compensated'))
  const issuer = (field: Hex) =>
    encoded(rails.competence, {
      ...{ abi: competenceCredentialsAbi, functionName: 'setIssuer', args: [reviewer.address, field, true] },
    })
  const opened = await nvm.open(0, 'a round for the valley, and somebody to hear those who complain', [
    encoded(funding.factory, { abi: roundFactoryAbi, functionName: 'openRound', args: [terms] }),
    encoded(commons, {
      ...{ abi: commonsFundAbi, functionName: 'announce' },
      args: [asset, COMPENSATION_LIMIT, 5_000n * USD, decision],
    }),
    issuer(fields.arbitration),
    issuer(fields.equity),
  ])
  const yes: ['yes', string] = ['yes', 'as asked for']
  await nvm.relay(opened, { 0: yes, 1: yes, 2: yes, 3: yes })
  await clock.moveTo((await nvm.decisionOf(opened.id)).readyAt)
  await nvm.execute(opened)
  must((await clock.nowSeconds()) < opensAt, 'the round was opened later than its terms assume', { opensAt })
  const events = await client.getContractEvents({
    ...{ address: funding.factory, abi: roundFactoryAbi, eventName: 'RoundOpened', fromBlock: 0n, strict: true },
  })
  const round = events.at(-1)?.args.round
  if (!round) throw new Error('the decision opened no round')
  return { round, terms: times }
}
