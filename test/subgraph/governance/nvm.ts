import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import { disputeBondAbi } from '@nexus/chain/abi/DisputeBond'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { nexusGuardAbi } from '@nexus/chain/abi/NexusGuard'
import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { roles } from '@nexus/deploy/roles'
import { batchOf, executeSigned } from '@nexus/governance/safe'
import type { Hex } from '@nexus/kit/canonical'
import { accounts } from '@nexus/local/accounts'
import { encoded } from '@nexus/local/governance/deps'
import { BOND } from '@nexus/local/governance/hand-over'
import { openRail } from '@nexus/local/governance/open-rail'
import { type NvmCall, type OpenDecision, seats } from '@nexus/local/nvm'
import { encodeFunctionData } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { DAY, type World, why } from './world.ts'

const [COMMITTEE] = roles

const HOUR = 3_600

type Choice = 'yes' | 'no' | 'abstain' | 'veto' | 'recuse'

/** Decisions of every class and ending, seats that change hands in the middle of one, and owners who act past the module. */
export async function decide(world: World, anchor: (aep: string) => Promise<Hex>) {
  const { rpc, manifest, clock } = world
  const { client, send } = rpc
  const { governance, disputeBond } = manifest
  if (!governance || !disputeBond) throw new Error('nobody has handed the powers over')
  const nvm = seats(rpc, governance.nvm)
  const say = (votes: Record<number, Choice>) =>
    Object.fromEntries(
      Object.entries(votes).map(([seat, choice]) => [seat, [choice, `${seat} says ${choice}`] as [Choice, string]]),
    )
  const execute = async (decision: OpenDecision) => {
    await clock.moveTo((await nvm.decisionOf(decision.id)).readyAt)
    await nvm.execute(decision)
  }
  const book = (functionName: string, ...args: unknown[]) =>
    encoded(manifest.policyBook, { abi: policyBookAbi, functionName, args } as never)
  const pool = Object.values(manifest.pools)[0] as Hex

  await openRail({ ...world, railsUrl: 'http://127.0.0.1' }, nvm, () => {})

  const killed = await nvm.open(1, 'list a pool that nobody knows', [book('listPool', pool)], [why('no such evidence')])
  await nvm.relay(killed, say({ 0: 'yes', 2: 'veto' }))
  await nvm.relay(killed, say({ 3: 'veto' }))

  const stop = await nvm.open(2, 'stop', [book('pause', HOUR)])
  await nvm.relay(stop, say({ 2: 'yes', 3: 'yes' }))
  await nvm.execute(stop)
  const longer = await nvm.open(3, 'longer', [book('extendPause', HOUR, stop.id)])
  await nvm.relay(longer, say({ 2: 'yes', 3: 'yes', 5: 'yes' }))
  await nvm.execute(longer)

  const bond = { address: disputeBond, abi: disputeBondAbi } as const
  const token = { address: Object.values(manifest.assets)[0] as Hex, abi: testStablecoinAbi } as const
  const { sponsor } = accounts
  const dispute = async (aepId: Hex) => {
    await send(sponsor, { ...token, functionName: 'mint', args: [sponsor.address, BOND] })
    await send(sponsor, { ...token, functionName: 'approve', args: [disputeBond, BOND] })
    await send(sponsor, { ...bond, functionName: 'dispute', args: [aepId, why('it is wrong')] })
  }
  const [right, wrong] = [await anchor('disputed, and right'), await anchor('disputed, and wrong')]
  await dispute(right)
  await dispute(wrong)
  const rule = encoded(manifest.registry, {
    ...{ abi: evidenceRegistryAbi, functionName: 'rule', args: [wrong, false, why('it is')] },
  })
  const ruling = await nvm.open(0, 'it is wrong', [rule], [wrong])
  await nvm.relay(ruling, say({ 0: 'yes', 1: 'yes', 2: 'yes', 3: 'yes', 4: 'no' }))
  await execute(ruling)
  await send(sponsor, { ...bond, functionName: 'settle', args: [wrong] })
  await clock.moveBy(15 * DAY) // nobody ruled
  await send(sponsor, { ...bond, functionName: 'settle', args: [right] })
  await dispute(await anchor('disputed still'))

  // It has its quorum, and loses it to a change of seats
  const torn = await nvm.open(5, 'list it again', [book('listPool', pool)])
  await nvm.relay(torn, say({ 0: 'yes', 1: 'yes', 2: 'no', 3: 'recuse', 4: 'yes', 5: 'yes' }))
  const condition = {
    target: manifest.accessManager,
    ...{ gasCap: 60_000, word: 0, least: 1n, most: 1n },
    data: encodeFunctionData({
      ...{ abi: accessManagerAbi, functionName: 'hasRole', args: [COMMITTEE.id, governance.safe] },
    }),
  }
  const until = (await clock.nowSeconds()) + 900 * DAY
  const [fifth, sixth] = [accounts.keeper, accounts.underwriter]
  const own = (functionName: string, ...args: unknown[]): NvmCall =>
    encoded(governance.nvm, { abi: nexusValidationModuleAbi, functionName, args } as never)
  const change = await nvm.open(0, 'new people', [
    own('renewSeat', 0, until),
    own('replaceSeat', 5, fifth.address, fifth.address, until),
    own('vacateSeat', 4),
    own('grantSeat', 6, sixth.address, sixth.address, until),
    encoded(governance.constitution, { abi: constitutionAbi, functionName: 'add', args: [[condition]] }),
  ])
  await nvm.relay(change, say({ 0: 'yes', 1: 'yes', 2: 'yes', 3: 'yes', 4: 'abstain', 5: 'yes' }))
  await execute(change)

  // Past the module: something ordinary, and something constitutional that was announced
  const { safe, multiSend, nvmGuard } = governance
  const owners = [...accounts.seats.slice(0, 4), fifth].map(({ privateKey }) => privateKeyToAccount(privateKey))
  const wiring = { client, wallet: rpc.walletOf(sponsor) }
  const signed = (calls: NvmCall[]) => executeSigned(wiring, { safe, multiSend, owners, calls })
  const remove = encoded(governance.constitution, { abi: constitutionAbi, functionName: 'remove', args: [[0n]] })
  const announce = (...content: unknown[]) =>
    send(fifth, {
      address: nvmGuard,
      abi: nexusGuardAbi,
      functionName: 'announce',
      args: content,
    })
  await announce(multiSend, 0n, batchOf([remove]), 1)
  await announce(manifest.policyBook, 1n, '0x1234', 0)
  await signed([
    encoded(pool, { abi: riskPoolAbi, functionName: 'setUnderwriter', args: [accounts.underwriter.address, false] }),
  ])
  return {
    /** With what is done while an index follows. */
    async further() {
      await clock.moveBy(7 * DAY)
      await signed([remove])
      const ordinary = await nvm.open(1, 'and the underwriter back', [
        encoded(pool, { abi: riskPoolAbi, functionName: 'setUnderwriter', args: [accounts.underwriter.address, true] }),
      ])
      await nvm.relay(ordinary, say({ 0: 'yes', 1: 'yes', 2: 'no' }))
      await nvm.relay(ordinary, say({ 3: 'yes' }))
      await clock.moveBy(13 * HOUR) // a dissent asks for twelve: it is ready, and nobody executes it
    },
  }
}
