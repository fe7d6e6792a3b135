import { disputeBondAbi } from '@nexus/chain/abi/DisputeBond'
import { evidenceGuardAbi } from '@nexus/chain/abi/EvidenceGuard'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { railBookAbi } from '@nexus/chain/abi/RailBook'
import { railGovernorAbi } from '@nexus/chain/abi/RailGovernor'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { encodeFunctionData, type Hex, keccak256, stringToHex } from 'viem'
import { accounts } from '../accounts.ts'
import { errorNameOf, type Seats } from '../nvm.ts'
import type { GovernanceOutcome } from '../outcome.ts'
import { until } from '../poll.ts'
import { seconds } from '../scenario.ts'
import { encoded, type GovernanceDeps, HOUR, must } from './deps.ts'
import { BOND } from './hand-over.ts'

/** As in IGovernor. */
const CANCELED = 2
const SUCCEEDED = 4
const ANCHORED_WITHIN_MS = 180_000

/** A proposal of a rail on a reading that is anchored, disputed and voided before it can be executed. */
export async function voidedEvidence(
  { stack, rpc, manifest, clock, events, scenario }: GovernanceDeps,
  nvm: Seats,
  { governor: address, disputeBond }: { governor: Hex; disputeBond: Hex },
  say: (detail: string) => void,
): Promise<Omit<GovernanceOutcome['rail'], 'governor' | 'timelock'>> {
  const { client, send } = rpc
  const { rails, registry } = manifest
  const [asset] = Object.values(manifest.assets)
  if (!rails || !asset) throw new Error('the manifest lacks rails or an asset')
  const governor = { address, abi: [...railGovernorAbi, ...evidenceGuardAbi] } as const
  const [ana, ben, carla] = accounts.holders

  const { late } = scenario
  say('one more reading is anchored')
  const observatory = stack.lateObservatory(late)
  await observatory.start()
  const anchor = await until(
    async () =>
      (await events.anchors()).find(({ feedId, from }) => feedId === late.feedId && from === seconds(late.from)),
    { what: `an anchor of ${late.name}`, withinMs: ANCHORED_WITHIN_MS },
  )
  await observatory.stop()

  say('a member proposes on it, three of four agree')
  const description = 'Lower the fee, for the ground was quiet'
  const fee = { abi: railBookAbi, functionName: 'setFee', args: [keccak256(stringToHex('premium')), 100] } as const
  const cite = { abi: evidenceGuardAbi, functionName: 'cite', args: [[anchor.aepId]] } as const
  const content = [
    [rails.evidenceGuard, rails.book],
    [0n, 0n],
    [encodeFunctionData(cite), encodeFunctionData(fee)],
  ] as const
  const action = [...content, keccak256(stringToHex(description))] as const
  await send(ana, { ...governor, functionName: 'propose', args: [...content, description] })
  const id = await client.readContract({ ...governor, functionName: 'getProposalId', args: action })
  const stateOf = () => client.readContract({ ...governor, functionName: 'state', args: [id] })
  await clock.moveBy(HOUR + 1)
  for (const member of [ana, ben, carla]) await send(member, { ...governor, functionName: 'castVote', args: [id, 1] })
  must((await stateOf()) === SUCCEEDED, 'a proposal did not succeed with three quarters for it')

  say('the reading is disputed, for a bond')
  const token = { address: asset, abi: testStablecoinAbi } as const
  const { sponsor } = accounts
  await send(sponsor, { ...token, functionName: 'mint', args: [sponsor.address, BOND] })
  await send(sponsor, { ...token, functionName: 'approve', args: [disputeBond, BOND] })
  const bond = { address: disputeBond, abi: disputeBondAbi } as const
  const reason = keccak256(stringToHex('the catalogue was corrected'))
  await send(sponsor, { ...bond, functionName: 'dispute', args: [anchor.aepId, reason] })
  const refused = await client
    .simulateContract({ ...governor, functionName: 'queue', args: action, account: ana.address })
    .then(() => undefined, errorNameOf)
  must(refused === 'Citation_Disputed', 'a proposal could be queued on disputed evidence', { refused })

  say('the seats void it')
  const rule = encoded(registry, {
    ...{ abi: evidenceRegistryAbi, functionName: 'rule', args: [anchor.aepId, false, reason] },
  })
  const ruling = await nvm.open(0, 'the source has corrected the reading', [rule], [anchor.aepId])
  const yes: ['yes', string] = ['yes', 'the correction is public']
  await nvm.relay(ruling, { 0: yes, 1: yes, 2: yes, 3: yes })
  await clock.moveTo((await nvm.decisionOf(ruling.id)).readyAt)
  await nvm.execute(ruling)
  await send(sponsor, { ...governor, functionName: 'cancel', args: action })
  must((await stateOf()) === CANCELED, 'a proposal outlived its evidence')
  await send(sponsor, { ...bond, functionName: 'settle', args: [anchor.aepId] })
  const returned = await client.readContract({ ...token, functionName: 'balanceOf', args: [sponsor.address] })
  must(returned >= BOND, 'the bond of a dispute that was right did not come back')
  say('disputed, it could not be queued; void, anyone could cancel it; the bond came back')
  return { proposalId: id.toString(), citedAep: anchor.aepId, whileDisputed: refused, ended: 'canceled' }
}
