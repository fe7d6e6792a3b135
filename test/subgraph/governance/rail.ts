import { effectsGuardAbi } from '@nexus/chain/abi/EffectsGuard'
import { evidenceGuardAbi } from '@nexus/chain/abi/EvidenceGuard'
import { railBookAbi } from '@nexus/chain/abi/RailBook'
import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { railGovernorAbi } from '@nexus/chain/abi/RailGovernor'
import { railMembershipAbi } from '@nexus/chain/abi/RailMembership'
import { railTimelockAbi } from '@nexus/chain/abi/RailTimelock'
import { railTreasuryAbi } from '@nexus/chain/abi/RailTreasury'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { declaration } from '@nexus/governance/rail/effects'
import type { Hex } from '@nexus/kit/canonical'
import { type Account, accounts } from '@nexus/local/accounts'
import {
  type Abi,
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  keccak256,
  numberToHex,
  parseAbiParameters,
  stringToHex,
  toFunctionSelector,
  zeroAddress,
} from 'viem'
import { HYDROLOGY, SEISMOLOGY } from './records.ts'
import { DAY, NOISE, sendRaw, type World, why } from './world.ts'

const HOUR = 3_600
const { governor: nvm, sponsor } = accounts
const [ana, ben, carla, dana] = accounts.holders
const PREMIUM = keccak256(stringToHex('premium'))
const page = {
  charterHash: why('a charter'),
  leastLevel: 2,
  voteUnit: 3_000n,
  packs: [] as Hex[],
  fees: [] as object[],
  weights: [] as object[],
}

/** A rail with everything on its page, that votes, delegates, pays, changes itself, and loses a member. */
export async function liveRail(
  { rpc, manifest, clock }: World,
  { model, aepId }: { model: Hex; aepId: Hex },
): Promise<void> {
  const { client, send } = rpc
  const { rails } = manifest
  if (!rails) throw new Error('the manifest has no rails')
  const factory = { address: rails.factory, abi: railFactoryAbi } as const
  const book = { address: rails.book, abi: railBookAbi } as const
  const terms = {
    ...{
      name: 'First Rail',
      metadataURI: 'ipfs://first',
      votes: zeroAddress,
      timelockDelay: DAY,
      reasonHash: why('they began'),
    },
    founders: [ana, ben, carla].map(({ address }) => address),
    voting: {
      ...{
        votingDelay: HOUR,
        votingPeriod: 3 * DAY,
        lateQuorumExtension: 2 * DAY,
        quorumPercent: 20,
        superQuorumPercent: 90,
      },
      ...{ proposalThreshold: 1n, guardian: sponsor.address },
    },
    page: {
      ...page,
      packs: [model],
      fees: [{ kind: PREMIUM, bps: 250 }],
      weights: [
        { field: HYDROLOGY, bpsByLevel: [100, 200, 5000, 7000, 10000] },
        { field: SEISMOLOGY, bpsByLevel: [1, 2, 3, 4, 5] },
      ].sort((a, b) => (a.field < b.field ? -1 : 1)),
    },
  }
  await send(nvm, { ...factory, functionName: 'openRail', args: [terms] })
  const [governor, timelock, membership, treasury] = await client.readContract({
    ...factory,
    functionName: 'railOf',
    args: [1n],
  })
  const governed = { address: governor, abi: [...railGovernorAbi, ...evidenceGuardAbi, ...effectsGuardAbi] } as const
  const members = { address: membership, abi: railMembershipAbi } as const

  // a page of somebody who is no rail, with a fee on it
  await send(dana, { ...book, functionName: 'open', args: [page] })
  await send(dana, { ...book, functionName: 'setFee', args: [PREMIUM, 999] })
  await send(dana, { ...book, functionName: 'setTrack', args: [dana.address, '0x11223344', true] })

  const shares = [
    { delegate: ben.address, bps: 4_000 },
    { delegate: dana.address, bps: 1_000 },
  ].sort((a, b) => (BigInt(a.delegate) < BigInt(b.delegate) ? -1 : 1))
  await send(ana, { ...members, functionName: 'delegateShares', args: [[{ delegate: carla.address, bps: 10_000 }]] })
  await send(ana, { ...members, functionName: 'delegateShares', args: [shares] })
  await send(carla, { ...members, functionName: 'delegate', args: [ben.address] })
  await clock.moveBy(10)

  const call = (to: Hex, abi: Abi, functionName: string, ...args: unknown[]) => ({
    to,
    data: encodeFunctionData({ abi, functionName, args }),
  })
  type Call = { to: Hex; data: Hex }
  const content = (calls: readonly Call[]) =>
    [calls.map(({ to }) => to), calls.map(() => 0n), calls.map(({ data }) => data)] as const
  const propose = async (description: string, calls: readonly Call[]) => {
    await send(ana, { ...governed, functionName: 'propose', args: [...content(calls), description] })
    const action = [...content(calls), keccak256(stringToHex(description))] as const
    const id = await client.readContract({ ...governed, functionName: 'getProposalId', args: action })
    await clock.moveBy(2 * HOUR + 1)
    return { action, id }
  }
  type Proposed = Awaited<ReturnType<typeof propose>>
  const vote = (from: Account, { id }: Proposed, support: number, reason = '') =>
    send(from, { ...governed, functionName: 'castVoteWithReason', args: [id, support, reason] })
  const queue = async ({ id, action }: Proposed) => {
    const deadline = await client.readContract({ ...governed, functionName: 'proposalDeadline', args: [id] })
    await clock.moveTo(Number(deadline) + 1)
    await send(ben, { ...governed, functionName: 'queue', args: action })
    const salt = numberToHex(BigInt(numberToHex(BigInt(governor), { size: 20 }).padEnd(66, '0')) ^ BigInt(action[3]), {
      size: 32,
    })
    return client.readContract({
      ...{ address: timelock, abi: railTimelockAbi, functionName: 'hashOperationBatch' },
      args: [action[0], action[1], action[2], numberToHex(0, { size: 32 }), salt],
    })
  }
  const execute = async ({ action }: Proposed) => {
    await clock.moveBy(DAY + 1)
    await send(ben, { ...governed, functionName: 'execute', args: action })
  }

  const small = await propose('Lower the fee, on evidence', [
    call(rails.evidenceGuard, evidenceGuardAbi, 'cite', [aepId]),
    call(rails.book, railBookAbi, 'setFee', PREMIUM, 100),
    call(rails.book, railBookAbi, 'disablePack', model),
  ])
  const parts = encodeAbiParameters(parseAbiParameters('bytes32, bytes16'), [
    concat([numberToHex(3_000n, { size: 16 }), numberToHex(5_000n, { size: 16 })]),
    numberToHex(1_000n, { size: 16 }),
  ])
  await send(ben, {
    ...governed,
    functionName: 'castVoteWithReasonAndParams',
    args: [small.id, 255, 'in parts', `0x${parts.slice(2, 98)}`],
  })
  await vote(ana, small, 1, 'yes')
  await vote(ben, small, 1, 'the rest')
  await queue(small)
  await execute(small)

  const token = Object.values(manifest.assets)[0] as Hex
  await send(sponsor, { address: token, abi: testStablecoinAbi, functionName: 'mint', args: [treasury, 77n] })
  const large = await propose('Change ourselves', [
    call(treasury, railTreasuryAbi, 'pay', token, dana.address, 7n, why('for work')),
    call(treasury, railTreasuryAbi, 'sign', why('an order'), 2_000_000_000),
    call(membership, railMembershipAbi, 'admit', dana.address, why('works with us')),
    call(rails.book, railBookAbi, 'setCharter', why('another charter')),
    call(rails.book, railBookAbi, 'setLeastLevel', 3),
    call(rails.book, railBookAbi, 'setWeights', [{ field: HYDROLOGY, bpsByLevel: [9, 8, 7, 6, 5] }]),
    call(rails.book, railBookAbi, 'setTrack', treasury, toFunctionSelector('function sign(bytes32,uint40)'), true),
    call(timelock, railTimelockAbi, 'setDaoURI', 'ipfs://second'),
    call(timelock, railTimelockAbi, 'updateDelay', 2n * BigInt(DAY)),
    call(governor, railGovernorAbi, 'setVotingDelay', 2 * HOUR),
    call(governor, railGovernorAbi, 'setVotingPeriod', 4 * DAY),
    call(governor, railGovernorAbi, 'setProposalThreshold', 2n),
    call(governor, railGovernorAbi, 'setLateQuorumVoteExtension', DAY),
    call(governor, railGovernorAbi, 'updateSuperQuorumNumerator', 95n),
    call(governor, railGovernorAbi, 'updateQuorumNumerator', 25n),
    declaration(rails.effectsGuard, { balances: [], slots: [] }),
  ])
  await clock.moveBy(2 * DAY)
  await vote(ben, large, 1, 'late, so that the vote is longer')
  await vote(ana, large, 2)
  const operation = await queue(large)
  const consent = (functionName: string, reason: string) =>
    send(nvm, { ...book, functionName, args: [timelock, operation, why(reason)] })
  await consent('consent', 'it may')
  await consent('withdrawConsent', 'it may not')
  await consent('consent', 'it may after all')
  await execute(large)

  const open = await propose('Remove a member', [
    call(membership, railMembershipAbi, 'remove', carla.address, why('is never here')),
  ])
  await vote(carla, open, 0).catch(() => undefined) // has delegated all of her votes
  await vote(ben, open, 0, 'she is')
  await send(carla, { ...members, functionName: 'resign', args: [] })

  const noise = encodeAbiParameters(parseAbiParameters('address[], uint256[], bytes[], bytes'), [
    [governor],
    [0n],
    ['0x112233'],
    NOISE,
  ])
  await sendRaw(
    rpc,
    ana,
    governor,
    concat([toFunctionSelector('function propose(address[],uint256[],bytes[],string)'), noise]),
  )
  await send(sponsor, { ...governed, functionName: 'cancel', args: [[governor], [0n], ['0x112233'], keccak256(NOISE)] })
}
