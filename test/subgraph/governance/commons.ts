import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { roles } from '@nexus/deploy/roles'
import { ensureDeployed, ensureSingletonFactory, ownArtifact } from '@nexus/governance/create2'
import type { Hex } from '@nexus/kit/canonical'
import { type Account, accounts } from '@nexus/local/accounts'
import { zeroAddress } from 'viem'
import { toFunctionSelector } from 'viem/utils'
import { DAY, type World, why } from './world.ts'

const SOURCES = { fee: 0, leftover: 1, slash: 2, gift: 3 } as const
const SETTINGS = { grantLimit: 0, compensationLimit: 1, floor: 2 } as const
const { deployer, governor, sponsor } = accounts
const [ana, ben, carla, dana] = accounts.holders

/** A commons with income of every source and awards of every kind and ending. @returns its address */
export async function fundCommons(
  { rpc, manifest, clock }: World,
  { feedId, aepId }: { feedId: Hex; aepId: Hex },
): Promise<Hex> {
  const { client, send } = rpc
  const wiring = { client, wallet: rpc.walletOf(deployer) }
  await ensureSingletonFactory(wiring)
  const shares = [
    { keptBps: 2_000, beneficiary: dana.address },
    { keptBps: 10_000, beneficiary: zeroAddress },
    { keptBps: 3_333, beneficiary: carla.address },
    { keptBps: 10_000, beneficiary: zeroAddress },
  ]
  const address = await ensureDeployed(wiring, 'CommonsFund', ownArtifact('CommonsFund'), [
    ...[manifest.accessManager, manifest.registry, shares],
  ])
  for (const { id, functions } of roles) {
    const signatures = 'CommonsFund' in functions ? functions.CommonsFund : []
    if (signatures.length === 0) continue
    const selectors = signatures.map(signature => toFunctionSelector(`function ${signature}`))
    await send(deployer, {
      ...{ address: manifest.accessManager, abi: accessManagerAbi },
      ...{ functionName: 'setTargetFunctionRole', args: [address, selectors, id] },
    })
    // one of them is a contract's; until the powers are handed over, here it is the governor's too
    await send(deployer, {
      ...{ address: manifest.accessManager, abi: accessManagerAbi },
      ...{ functionName: 'grantRole', args: [id, governor.address, 0] },
    })
  }
  const fund = { address, abi: commonsFundAbi } as const
  const asset = Object.values(manifest.assets)[0] as Hex
  const token = { address: asset, abi: testStablecoinAbi } as const
  const act = (from: Account, functionName: string, ...args: unknown[]) => send(from, { ...fund, functionName, args })

  await send(sponsor, { ...token, functionName: 'mint', args: [sponsor.address, 10_000n] })
  await send(sponsor, { ...token, functionName: 'approve', args: [address, 9_000n] })
  for (const [index, source] of Object.values(SOURCES).entries())
    await act(sponsor, 'deposit', asset, 1_001n + BigInt(index), source, why(`income ${index}`))
  await act(sponsor, 'deposit', asset, 2_000n, SOURCES.fee, why('more of it'))
  await send(sponsor, { ...token, functionName: 'transfer', args: [address, 7n] })
  await act(ana, 'take', asset)
  await act(ana, 'fetch', asset, SOURCES.slash)

  await act(governor, 'announce', asset, SETTINGS.grantLimit, 9_999n, why('too much'))
  await act(governor, 'announce', asset, SETTINGS.grantLimit, 2_000n, why('in place of it'))
  await act(governor, 'announce', asset, SETTINGS.compensationLimit, 300n, why('for who was wronged'))
  await clock.moveBy(15 * DAY)
  await act(governor, 'announce', asset, SETTINGS.compensationLimit, 400n, why('and more'))
  await act(governor, 'announce', asset, SETTINGS.floor, 100n, why('leave something'))

  const terms = (decision: string, to: Account, assets: bigint, part = 0) => ({
    ...{ decision: why(decision), part, asset, to: to.address, assets },
  })
  const idOf = (decision: string, part = 0) =>
    client.readContract({ ...fund, functionName: 'awardIdOf', args: [governor.address, why(decision), part] })
  const now = await clock.nowSeconds()
  await act(governor, 'grant', terms('a grant', ana, 100n))
  await act(governor, 'grant', terms('a grant', ben, 50n, 1))
  await act(ana, 'redirect', await idOf('a grant'), dana.address)
  await act(sponsor, 'collect', await idOf('a grant'))
  await act(governor, 'stream', terms('a stream', ben, 365n), now, now + 10 * DAY, now + 365 * DAY)
  const milestone = { feedId, threshold: -5n, from: 0, to: now, minEql: 1, atLeast: true }
  await act(governor, 'pledge', terms('on evidence', carla, 70n), milestone, now + 200 * DAY)
  await act(governor, 'pledge', terms('never shown', carla, 71n), { ...milestone, atLeast: false }, now + 190 * DAY)
  await act(sponsor, 'release', await idOf('on evidence'), aepId)
  await act(governor, 'awardCompensation', asset, ben.address, 40n, why('case 1'))
  await act(governor, 'awardCompensation', asset, ana.address, 1_000n, why('case 2'))
  await act(governor, 'awardCompensation', asset, ana.address, 1n, why('case 3')) // nothing is left for it
  await clock.moveBy(100 * DAY)
  await act(governor, 'awardCompensation', asset, ana.address, 30n, why('case 2')) // of what it did not get
  await act(sponsor, 'collect', await idOf('a stream'))
  await act(governor, 'revoke', await idOf('a stream'), why('it is not done'))
  await clock.moveBy(100 * DAY)
  await act(sponsor, 'lapse', await idOf('never shown'))
  return address
}
