import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { type Hex, keccak256, stringToHex, zeroAddress } from 'viem'
import { accounts } from '../accounts.ts'
import type { Seats } from '../nvm.ts'
import type { GovernanceOutcome } from '../outcome.ts'
import { DAY } from '../scenario.ts'
import { encoded, type GovernanceDeps, HOUR, must } from './deps.ts'

const NAME = 'Pacific Northwest Rail'

/** How many bits of a bitmap of seats are set. */
const seatsIn = (bitmap: number): number => bitmap.toString(2).replaceAll('0', '').length

/** A ratification with a dissent. The rail names on chain where its documents are while `nexus up` stays up, now and when it is resumed. */
export async function openRail(
  { rpc, manifest, clock, railsUrl }: Pick<GovernanceDeps, 'rpc' | 'manifest' | 'clock' | 'railsUrl'>,
  nvm: Seats,
  say: (detail: string) => void,
): Promise<{ governor: Hex; timelock: Hex; decision: GovernanceOutcome['decision'] }> {
  const { rails } = manifest
  if (!rails) throw new Error('the manifest has no rails')
  const factory = { address: rails.factory, abi: railFactoryAbi } as const
  const railId = (await rpc.client.readContract({ ...factory, functionName: 'railCount' })) + 1n
  const terms = {
    name: NAME,
    metadataURI: `${railsUrl}/rails/${railId}/dao.json`,
    votes: zeroAddress,
    timelockDelay: DAY,
    reasonHash: keccak256(stringToHex('households with covers, one member each')),
    founders: accounts.holders.map(({ address }) => address),
    voting: {
      votingDelay: HOUR,
      votingPeriod: 2 * DAY,
      lateQuorumExtension: DAY,
      quorumPercent: 34,
      superQuorumPercent: 75,
      proposalThreshold: 1n,
      guardian: zeroAddress,
    },
    page: {
      charterHash: keccak256(stringToHex('What this rail is for.')),
      leastLevel: 2,
      voteUnit: 10_000n,
      packs: [],
      fees: [],
      weights: [],
    },
  }
  const call = encoded(rails.factory, { abi: railFactoryAbi, functionName: 'openRail', args: [terms] })
  const decision = await nvm.open(4, 'the households of the Northwest shall rule their own rail', [call])
  await nvm.relay(decision, {
    0: ['yes', 'members are known'],
    1: ['yes', 'its charter is in order'],
    2: ['yes', 'agreed'],
    3: ['no', 'too few members as yet'],
    4: ['yes', 'it was asked for by those concerned'],
  })
  const { readyAt, quorumAt, ...seen } = await nvm.decisionOf(decision.id)
  const [yes, no] = [seatsIn(seen.yes), seatsIn(seen.no)]
  must(readyAt - quorumAt === 2 * DAY + 12 * HOUR, 'a dissent did not lengthen the delay', { readyAt, quorumAt })
  await clock.moveTo(readyAt - 60)
  must((await nvm.executeRefused(decision)) === 'Nvm_NotReady', 'a decision could be executed before its delay')
  await clock.moveTo(readyAt)
  await nvm.execute(decision)
  const [governor, timelock] = await rpc.client.readContract({ ...factory, functionName: 'railOf', args: [railId] })
  say(`${yes} yes, ${no} no, ${(readyAt - quorumAt) / HOUR} h; four households are its members`)
  return { governor, timelock, decision: { id: decision.id, yes, dissents: no, delaySeconds: readyAt - quorumAt } }
}
