import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import type { Hex } from '@nexus/kit/canonical'
import { packAttestation, packHeader, type Report } from '@nexus/kit/report'
import { accounts } from '@nexus/local/accounts'
import { writeKeystore } from '@nexus/local/keys'
import { type Cover, DAY, seconds, USD } from '@nexus/local/scenario'
import { signReport } from '@nexus/relayer/signatures'
import { freePorts } from '@nexus/runtime/ports'
import { expect } from 'chai'
import { type Cluster, startCluster } from '../../oracles/relayer/support/cluster.ts'
import { eventually, getJson, type Service, serviceProcess } from '../../support/process.ts'

const QUORUM = 5
const status = { active: 1, paid: 2, zero: 3, lapsed: 4 } as const

describe('a keeper', function () {
  this.timeout(180_000)
  let cluster: Cluster
  let keeper: Service
  let sequence = 0
  const [holder] = accounts.holders

  before(async () => {
    cluster = await startCluster('keeper')
    const { layout, manifest, chain, actions, clock } = cluster
    const [depositor] = accounts.depositors
    await actions.deposit(depositor, 10_000_000n * USD)
    await clock.moveTo(seconds('2018-01-10'))
    const [port] = await freePorts(1)
    const { config, keystore, passphrase, database, folder } = layout.keeper
    await writeKeystore(accounts.keeper, keystore, passphrase)
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      config,
      JSON.stringify({
        account: { keystoreFile: path.basename(keystore), passphraseFile: path.basename(passphrase) },
        chain: {
          chainId: manifest.chainId,
          rpcUrls: [chain.url],
          registry: manifest.registry,
          policyBook: manifest.policyBook,
          termsStore: manifest.termsStore,
          fromBlock: manifest.deployedAtBlock,
          confirmations: 1,
          pollMs: 100,
        },
        listen: { port },
        databaseFile: path.basename(database),
        retryMs: 200,
        transactions: { rebroadcastMs: 300 },
      }),
    )
    keeper = serviceProcess({
      name: 'keeper',
      url: `http://127.0.0.1:${port}`,
      logFile: path.join(folder, 'keeper.log'),
      args: ['keeper', '--config', config],
      crashing: [fileURLToPath(new URL('./crashing.ts', import.meta.url)), config],
    })
  })
  after(async () => {
    await keeper?.kill9()
    await cluster?.stop()
  })
  afterEach(() => keeper.kill9())

  /** A cover of one day, some days from now: its evidence is its own. */
  const bound = async (of: 'hualien' | 'tokyo' = 'hualien'): Promise<{ policyId: bigint; cover: Cover }> => {
    const day = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10)
    const now = await cluster.clock.nowSeconds()
    const [from, to] = [day(now + 9 * DAY), day(now + 10 * DAY)]
    const cover = { ...cluster.scenario.covers[of], from, to }
    return { policyId: await cluster.actions.bind(cover, holder), cover }
  }
  const policyOf = (policyId: bigint) =>
    cluster.rpc.client.readContract({
      address: cluster.manifest.policyBook,
      abi: policyBookAbi,
      functionName: 'policyOf',
      args: [policyId],
    })
  const closedAs = (policyId: bigint, as: keyof typeof status) =>
    eventually(`policy ${policyId} to be ${as}`, async () => {
      const policy = await policyOf(policyId)
      return policy.status === status[as] ? policy : undefined
    })
  const balance = () =>
    cluster.rpc.client.readContract({
      address: cluster.actions.asset,
      abi: testStablecoinAbi,
      functionName: 'balanceOf',
      args: [holder.address],
    })
  const events = (eventName: 'Settled' | 'PolicyHeld' | 'PolicyReleased', policyId: bigint) =>
    cluster.rpc.client.getContractEvents({
      address: cluster.manifest.policyBook,
      abi: policyBookAbi,
      eventName,
      args: { policyId },
      fromBlock: 0n,
    })
  const keeperSaw = (block: bigint) =>
    eventually(`the keeper to have seen block ${block}`, async () => {
      const ready = await getJson<{ block: number }>(`${keeper.url}/ready`)
      return ready && BigInt(ready.block) >= block ? true : undefined
    })

  /** Anchors a value as a quorum of operators would, without their relayers: only the signatures count. */
  async function anchor(cover: Cover, value: bigint, aepRoot: Hex): Promise<void> {
    const { clock, rpc, manifest } = cluster
    await clock.moveTo(seconds(cover.to))
    const report: Report = {
      feedId: cover.feedId,
      aepRoot,
      value,
      from: seconds(cover.from),
      to: seconds(cover.to),
      sequence: ++sequence,
      eql: 3,
      flags: 0,
      receiptsRoot: `0x${'77'.repeat(32)}`,
      configVersion: 1,
    }
    const domain = { chainId: manifest.chainId, registry: manifest.registry }
    const signed = new Map<Hex, Hex>()
    for (const { address, privateKey } of accounts.operators.slice(0, QUORUM))
      signed.set(address, await signReport(domain, report, privateKey))
    const { signers, signatures } = packAttestation(
      accounts.operators.map(({ address }) => address),
      signed,
    )
    await rpc.send(accounts.deployer, {
      address: manifest.registry,
      abi: evidenceRegistryAbi,
      functionName: 'anchor',
      args: [report.feedId, aepRoot, report.receiptsRoot, packHeader(report, signers), signatures],
    })
  }
  const aep = (n: number): Hex => `0x${n.toString(16).padStart(64, 'a')}`
  const becomeFinal = () => cluster.clock.moveBy(2 * DAY + 1)

  it('pays a cover in full once its evidence is final, closes another that gets nothing, and touches neither before', async () => {
    const [quake, calm] = [await bound(), await bound('tokyo')]
    await keeper.start()
    await anchor(quake.cover, 640n, aep(1))
    await anchor(calm.cover, 0n, aep(2))
    await keeperSaw(await cluster.rpc.client.getBlockNumber())
    expect(await events('Settled', quake.policyId)).to.deep.equal([])
    const before = await balance()
    await becomeFinal()
    expect(await closedAs(quake.policyId, 'paid')).to.include({ paidAssets: quake.cover.coverAssets })
    expect(await closedAs(calm.policyId, 'zero')).to.include({ paidAssets: 0n })
    expect((await balance()) - before).to.equal(quake.cover.coverAssets)
    expect(await events('Settled', calm.policyId), 'a payment of nothing is on record too').to.have.length(1)
  })

  for (const [index, step] of (
    ['call-stored', 'transaction-stored', 'transaction-sent', 'transaction-mined', 'call-confirmed'] as const
  ).entries())
    it(`killed -9 right after ${step} pays once when it comes back`, async () => {
      const { policyId, cover } = await bound()
      const before = await balance()
      await keeper.start({ crashAfter: step })
      await anchor(cover, 700n, aep(10 + index))
      await becomeFinal()
      await keeper.died()
      await keeper.start()
      await closedAs(policyId, 'paid')
      expect((await balance()) - before).to.equal(cover.coverAssets)
      expect(await events('Settled', policyId)).to.have.length(1)
    })

  it('holds an open revision so that nobody closes on the reading before it, and settles what the revision adds', async () => {
    const { policyId, cover } = await bound()
    await anchor(cover, 0n, aep(30)) // before revision: nothing
    await becomeFinal()
    await anchor(cover, 650n, aep(31))
    await keeper.start()
    await eventually('the policy to be held', async () => (await events('PolicyHeld', policyId))[0])
    expect((await policyOf(policyId)).status).to.equal(status.active)
    await becomeFinal()
    expect(await closedAs(policyId, 'paid')).to.include({ paidAssets: cover.coverAssets })
  })

  it('holds a reading and its revision from the anchoring on: whoever closes on the first when it becomes final comes too late', async () => {
    const { policyId, cover } = await bound()
    await keeper.start()
    await anchor(cover, 0n, aep(40))
    await cluster.clock.moveBy(DAY)
    await anchor(cover, 650n, aep(41))
    await eventually('both to be held', async () => (await events('PolicyHeld', policyId))[1])
    await keeper.kill9() // so that nothing it does later is what stops the call
    await cluster.clock.moveBy(DAY + 1)
    const lapse = cluster.rpc.send(accounts.deployer, {
      address: cluster.manifest.policyBook,
      abi: policyBookAbi,
      functionName: 'lapse',
      args: [policyId, aep(40)],
    })
    expect(String(await lapse.catch(error => error))).to.match(/Policies_Held/)
    await keeper.start()
    await becomeFinal()
    expect(await closedAs(policyId, 'paid')).to.include({ paidAssets: cover.coverAssets })
  })

  it('closes a cover for which no evidence ever came, after its reporting deadline', async () => {
    const { policyId, cover } = await bound()
    await keeper.start()
    await cluster.clock.moveTo(seconds(cover.to) + 364 * DAY)
    await keeperSaw(await cluster.rpc.client.getBlockNumber())
    expect((await policyOf(policyId)).status).to.equal(status.active)
    await cluster.clock.moveTo(seconds(cover.to) + 366 * DAY)
    await closedAs(policyId, 'lapsed')
  })
})
