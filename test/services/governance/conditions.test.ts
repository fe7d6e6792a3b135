import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { type Manifest, readManifest } from '@nexus/chain/manifest'
import { roles } from '@nexus/deploy/roles'
import { readConditions } from '@nexus/governance/conditions'
import { safeAbi } from '@nexus/governance/safe'
import { accounts } from '@nexus/local/accounts'
import { chainClock } from '@nexus/local/clock'
import { deployLocally } from '@nexus/local/deployment'
import { handOver } from '@nexus/local/governance/hand-over'
import { runLayout } from '@nexus/local/layout'
import { type NvmCall, type Seats, seats } from '@nexus/local/nvm'
import { localRpc } from '@nexus/local/rpc'
import { spawnLocalChain } from '@nexus/localchain/spawn'
import { expect } from 'chai'
import { type Abi, encodeFunctionData, type Hex, zeroAddress } from 'viem'

const DAY = 86_400
const idOf = (name: string) => roles.find(role => role.name === name)?.id ?? -1n

describe('the constitution that the powers are handed over under', function () {
  this.timeout(180_000)
  let folder: string
  let chain: Awaited<ReturnType<typeof spawnLocalChain>>
  let rpc: ReturnType<typeof localRpc>
  let handed: Awaited<ReturnType<typeof handOver>>
  let manifest: Manifest
  let nvm: Seats
  let clock: ReturnType<typeof chainClock>
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-constitution-'))
    chain = await spawnLocalChain({ journal: path.join(folder, 'chain.jsonl') })
    rpc = localRpc(chain.url)
    const layout = runLayout(folder)
    const deployed = await deployLocally(chain.url, rpc, layout)
    clock = chainClock(rpc.request)
    handed = await handOver({ rpc, manifest: deployed, layout, clock })
    manifest = readManifest(layout.manifest)
    nvm = seats(rpc, handed.established.nvm)
  })
  after(async () => {
    await chain?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const call = (to: Hex, abi: Abi, functionName: string, args: readonly unknown[]): NvmCall => ({
    ...{ to, value: 0n, data: encodeFunctionData({ abi, functionName, args }) },
  })
  const onRoles = (functionName: 'grantRole' | 'revokeRole' | 'setRoleAdmin', ...args: readonly unknown[]) =>
    call(manifest.accessManager, accessManagerAbi as Abi, functionName, args)
  const five = Object.fromEntries([0, 1, 2, 3, 4].map(seat => [seat, ['yes', 'agreed'] as ['yes', string]]))
  /** Passes with five of six, and is ready. */
  async function passed(calls: readonly NvmCall[], days = 7) {
    const decision = await nvm.open(0, 'because', calls)
    await nvm.relay(decision, five)
    await clock.moveBy(days * DAY)
    return decision
  }

  it('holds from the start: threshold, what the roles rest on, every pool', async () => {
    const conditions = await readConditions({ client: rpc.client, manifest })
    expect(conditions.map(({ holds }) => holds)).to.deep.equal(conditions.map(() => true))
    expect(conditions.map(({ index }) => index)).to.deep.equal(conditions.map((_, n) => n))
    const reads = handed.conditions.map(one => one.reads)
    const role = (name: string, holder: string, others: string[], admin = true) => [
      `AccessManager.hasRole(roleId: ${name}, account: ${holder}), isMember, is true`,
      `AccessManager.hasRole(roleId: ${name}, account: ${holder}), executionDelay, is 0`,
      ...others.map(one => `AccessManager.getAccess(roleId: ${name}, account: ${one}), since, is 0`),
      ...(admin ? [`AccessManager.getRoleAdmin(roleId: ${name}) is ADMIN`] : []),
    ]
    const former = ['whoever deployed it', 'whoever governed before']
    expect(reads).to.deep.equal([
      'Safe.getThreshold() is 3 to 6',
      'Safe.isModuleEnabled(module: NexusValidationModule) is true',
      'Safe.getStorageAt(offset: guard, length: 1), word 2, is NexusGuard',
      'Safe.getStorageAt(offset: moduleGuard, length: 1), word 2, is NexusGuard',
      ...role('ADMIN', 'Safe', former, false),
      ...role('DISPUTER', 'DisputeBond', [...former, 'Safe']),
      ...role('CAPPING', 'ComponentRegistry', [...former, 'Safe']),
      ...role('TEMPLATES', 'ComponentRegistry', [...former, 'Safe']),
      ...role('COMPENSATING', 'GrievanceOrders', [...former, 'Safe']),
      ...role('GRIEVANCE_CASES', 'GrievanceRail', [...former, 'Safe']),
      ...role('GRIEVANCE_LEDGER', 'GrievanceRail', [...former, 'Safe']),
      ...Object.keys(manifest.pools).map(name => `RiskPool:${name}.isSolvent() is true`),
      ...Object.keys(manifest.assets).map(symbol => `CommonsFund.coversAwards(asset: Asset:${symbol}) is true`),
    ])
  })

  it('lets a decision be executed that breaks none', async () => {
    const [pool] = Object.values(manifest.pools) as [Hex]
    const { underwriter, keeper } = accounts
    const decision = await passed([call(pool, riskPoolAbi as Abi, 'setUnderwriter', [keeper.address, true])], 0)
    await nvm.execute(decision)
    expect(underwriter.address).not.to.equal(keeper.address)
    expect((await nvm.decisionOf(decision.id)).state).to.equal(4) // executed
  })

  const attacks: [string, () => NvmCall[]][] = [
    ['gives the powers away', () => [onRoles('revokeRole', 0n, handed.established.safe)]],
    ['gives ADMIN back to the deployer', () => [onRoles('grantRole', 0n, accounts.deployer.address, 0)]],
    [
      'gives the Safe a dispute without a bond',
      () => [onRoles('grantRole', idOf('DISPUTER'), handed.established.safe, 0)],
    ],
    [
      'takes caps from the registry of components',
      () => [onRoles('revokeRole', idOf('CAPPING'), manifest.registries?.component)],
    ],
    [
      'has the Safe wait for ever before it uses ADMIN',
      () => [onRoles('grantRole', 0n, handed.established.safe, 2 ** 32 - 1)],
    ],
    [
      'lets another role than ADMIN give disputes',
      () => [onRoles('setRoleAdmin', idOf('DISPUTER'), idOf('UNDERWRITING'))],
    ],
    [
      'takes a guard from the Safe',
      () => [call(handed.established.safe, safeAbi as unknown as Abi, 'setGuard', [zeroAddress])],
    ],
    [
      'lets two owners act for the Safe',
      () => [call(handed.established.safe, safeAbi as unknown as Abi, 'changeThreshold', [2n])],
    ],
  ]
  for (const [name, calls] of attacks)
    it(`reverts a decision of five seats that ${name}, whole`, async () => {
      const harmless = onRoles('grantRole', idOf('UNDERWRITING'), accounts.keeper.address, 0)
      const decision = await passed([harmless, ...calls()])
      expect(await nvm.executeRefused(decision)).to.equal('Constitution_Broken')
      expect((await readConditions({ client: rpc.client, manifest })).every(({ holds }) => holds)).to.equal(true)
      expect((await nvm.decisionOf(decision.id)).state).to.equal(3) // still ready
    })

  it('is changed like everything constitutional: by a decision that says so', async () => {
    const { constitution, safe } = handed.established
    const at =
      handed.conditions.find(({ reads }) => reads.includes('getAccess(roleId: DISPUTER, account: Safe)'))?.index ?? -1
    const remove = call(constitution, constitutionAbi as Abi, 'remove', [[BigInt(at)]])
    const decision = await passed([remove, onRoles('grantRole', idOf('DISPUTER'), safe, 0)])
    await nvm.execute(decision)
    const left = await readConditions({ client: rpc.client, manifest })
    expect(left.map(({ index }) => index))
      .to.have.length(handed.conditions.length - 1)
      .and.not.to.include(at)
  })
})
