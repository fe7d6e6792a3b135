import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import { feedIdOf, feedSpecBytes } from '@nexus/kit/feed'
import { accounts } from '@nexus/local/accounts'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { feedSpecFor } from '@nexus/packs/feed-spec'
import { encodeFormula, formulaIdOf } from '@nexus/terms/formula'
import { expect } from 'chai'
import { AbiCoder, id, keccak256 } from 'ethers'
import { type Abi, bytesToHex } from 'viem'
import { type RecordsWorld, startRecords } from './records.ts'

const { governor, sponsor: publisher, underwriter, keeper: stranger } = accounts
const pack = fileURLToPath(new URL('../../../packs/seismic', import.meta.url))
const model = JSON.parse(readFileSync(path.join(pack, 'pack.json'), 'utf8')).models[0]
const DAY = 86_400
const why = (text: string) => ['--reason', text]
const sha256 = (data: string | Uint8Array) => `0x${createHash('sha256').update(data).digest('hex')}`
const abi = AbiCoder.defaultAbiCoder()

/** Written out from the definitions in the interface. Kinds: pack 0, model 2. Version: 16 bits each. */
const componentIdOf = (kind: number, name: string, version: bigint) => {
  const lineage = keccak256(abi.encode(['uint8', 'address', 'bytes32'], [kind, publisher.address, id(name)]))
  return keccak256(abi.encode(['bytes32', 'uint48'], [lineage, version]))
}
const ONE = 1n << 32n
const MODEL = 'quake-max-magnitude'

describe('nexus registry', function () {
  this.timeout(600_000)
  let world: RecordsWorld
  let feedId: string
  before(async () => {
    world = await startRecords()
    await writeFile(world.file('sbom.json'), '{"bomFormat":"CycloneDX"}')
  })
  after(() => world?.stop())

  const from = () => ['--sbom', world.file('sbom.json'), '--uri', 'ipfs://it']
  const modelId = componentIdOf(2, MODEL, ONE)
  const show = async (text: string) => (await world.look('registry', 'show', text)).json()
  const inDays = async (days: number) =>
    new Date(((await world.clock.nowSeconds()) + days * DAY) * 1000).toISOString().replace(/\.\d+Z/, 'Z')
  const bad = async (...args: string[]) => {
    const run = await world.nexus(publisher, 'registry', ...args, ...world.on, '--key-env', 'THE_KEY')
    expect(run.status === 2 || run.status === 3, run.stdout).to.equal(true)
    return run.error().code
  }

  it('proposes a pack by the hash of its files, as anybody can make it', async () => {
    const files = (readdirSync(pack, { recursive: true }) as string[])
      .filter(name => statSync(path.join(pack, name)).isFile())
      .sort()
    const expected = sha256(JSON.stringify(files.map(name => [name, sha256(readFileSync(path.join(pack, name)))])))
    const { effects } = (await world.act(publisher, 'registry', 'propose', '--pack', pack, ...from())).json()
    expect(effects).to.include({ kind: 'pack', name: 'seismic', version: '1.0.0', contentHash: expected })
    expect(effects.sbomHash).to.equal(sha256('{"bomFormat":"CycloneDX"}'))
    const id = componentIdOf(0, 'seismic', ONE)
    expect(effects.componentId).to.equal(id)
    expect(await show('seismic')).to.deep.include({
      ...{ componentId: id, kind: 'pack', status: 'proposed', publisher: publisher.address, contentHash: expected },
      ...{ expiresAt: null, certifier: null, holdsContent: false, feeds: [], case: null },
    })
  })

  it('proposes a model by the code hash that its feeds name', async () => {
    const propose = ['registry', 'propose', '--pack', pack, '--model', MODEL, ...from()]
    const looked = await world.nexus(publisher, ...propose, ...world.on, '--key-env', 'THE_KEY', '--dry-run', '--json')
    expect(looked.json()).to.deep.include({ sent: false, transactions: [] })
    const { effects } = (await world.act(publisher, ...propose)).json()
    expect(effects).to.include({ kind: 'model', contentHash: model.codeHash, componentId: modelId })
    expect(looked.json().effects).to.deep.equal(effects)
    expect(await world.refused(publisher, ...propose)).to.equal('Registry_VersionNotAbove')
  })

  it('certifies by the role alone, or prints the call for the seats', async () => {
    const expires = await inDays(365)
    const certify = ['registry', 'certify', MODEL, '--cl', '2', '--eql', '3', '--expires', expires, ...why('reviewed')]
    expect(await world.refused(publisher, ...certify)).to.equal('AccessManagedUnauthorized')
    const printed = await world.nexus(stranger, ...certify, ...world.on, '--as-calls')
    expect(printed.status, printed.stderr).to.equal(0)
    expect(printed.json()).to.deep.equal([
      {
        ...{ contract: 'ComponentRegistry', function: 'certify' },
        args: [modelId, 2, 3, Date.parse(expires) / 1000, id('reviewed')],
      },
    ])
    expect(printed.stderr).to.include(`CERTIFYING, held by ${governor.address}`).and.to.include('ratification')
    expect((await show(MODEL)).status).to.equal('proposed')
    await world.act(governor, ...certify)
    expect(await show(`${MODEL}@1.0.0`)).to.deep.include({
      ...{ status: 'certified', conformanceLevel: 2, eql: 3, mostEql: 3, expiresAt: expires },
      ...{ certifier: governor.address, holdsContent: true },
    })
  })

  it('links a published feed to its model, whose level then caps it', async () => {
    const feed = feedSpecFor({
      ...{ catalogue: loadCatalogue(), model: MODEL, params: { lat: '23.97', lon: '121.60', radiusKm: '100' } },
      ...{ adapter: 'usgs-geojson', dataset: 'vega-earthquakes', datasetVersion: 'vega-datasets 3.2.1' },
      uncertainty: null,
    })
    feedId = feedIdOf(feed)
    const store = { address: world.manifest.termsStore, abi: termsStoreAbi as Abi }
    expect(await bad('link-feed', '--feed', feedId)).to.equal('unknown-feed')
    const args = [bytesToHex(feedSpecBytes(feed))]
    await world.rpc.send(underwriter, { ...store, functionName: 'publishFeed', args })
    const { effects } = (await world.act(stranger, 'registry', 'link-feed', '--feed', feedId)).json()
    expect(effects).to.deep.equal({ feedId, componentId: modelId })
    // by its words it is the same feed
    await writeFile(world.file('feed.json'), JSON.stringify(feed))
    const again = await world.act(stranger, 'registry', 'link-feed', '--spec', world.file('feed.json'))
    expect(again.json().effects).to.deep.equal(effects)
    expect((await show(modelId)).feeds).to.deep.equal([{ feedId, cap: 3, inLine: true }])
  })

  it('shows the cap of an urgent suspension, its end by time, and brings the feed in line by anyone', async () => {
    const alarm = ['registry', 'suspend-urgently', MODEL, ...why('it sees earthquakes that were none')]
    const { effects } = (await world.act(governor, ...alarm)).json()
    expect(effects).to.deep.include({ status: 'certified', mostEql: 3, linkedFeeds: 1 })
    expect(effects.needs).to.include({ role: 'ALARM', class: 'ordinary' })
    const suspended = await show(MODEL)
    expect(suspended).to.include({ status: 'suspended', mostEql: 1 })
    expect(suspended.feeds).to.deep.equal([{ feedId, cap: 1, inLine: true }])
    expect(suspended.case).to.include({ state: 'urgent', answered: false })
    expect(Date.parse(suspended.case.suspendedUntil) - Date.parse(suspended.case.openedAt)).to.equal(7 * DAY * 1000)
    expect(await world.read('registry', 'show', MODEL)).to.include(`${feedId} capped at level 1`)

    const answer = ['registry', 'answer', MODEL, ...why('they were quarry blasts, and are filtered now')]
    expect(await world.refused(stranger, ...answer)).to.equal('Registry_NotAnswerable')
    await world.act(publisher, ...answer)
    await world.clock.moveBy(7 * DAY)
    const over = await show(MODEL)
    expect(over).to.include({ status: 'certified', mostEql: 3 })
    expect(over.feeds).to.deep.equal([{ feedId, cap: 1, inLine: false }])
    const enforced = (await world.act(stranger, 'registry', 'enforce', feedId)).json()
    expect(enforced.effects).to.deep.equal({ feedId, mostEql: 3 })
    expect((await show(MODEL)).feeds).to.deep.equal([{ feedId, cap: 3, inLine: true }])
    expect(over.history.map((one: { event: string }) => one.event)).to.deep.equal([
      ...['ComponentProposed', 'ComponentCertified', 'FeedLinked', 'FeedEnforced'],
      ...['CaseOpened', 'ComponentSuspended', 'FeedEnforced', 'CaseAnswered'],
    ])
    expect(await world.refused(governor, ...alarm)).to.equal('Registry_UrgentTooSoon')
  })

  it('hears the publisher before it suspends, and delists with what has to follow at once', async () => {
    await world.clock.moveBy(40 * DAY) // what was open has lapsed
    const on = (name: string, ...more: string[]) => ['registry', name, MODEL, ...why('again'), ...more]
    await world.act(governor, ...on('open-case'))
    expect(await world.refused(governor, ...on('suspend'))).to.equal('Registry_AnswerPending')
    // the seats may decide today what can be executed in two weeks
    const early = await world.nexus(stranger, ...on('suspend'), ...world.on, '--as-calls')
    expect([early.status, early.error().details.reason]).to.deep.equal([3, 'Registry_AnswerPending'])
    const later = await world.nexus(
      stranger,
      ...on('suspend', '--enforce', feedId),
      ...world.on,
      '--as-calls',
      '--later',
    )
    expect(later.json()).to.deep.equal([
      { contract: 'ComponentRegistry', function: 'suspend', args: [modelId, id('again')] },
      { contract: 'ComponentRegistry', function: 'enforce', args: [feedId] },
    ])
    await world.clock.moveBy(14 * DAY)
    await world.act(governor, ...on('suspend'))
    await world.act(governor, ...on('delist', '--enforce', feedId))
    expect(await show(MODEL)).to.deep.include({ status: 'delisted', feeds: [{ feedId, cap: 1, inLine: true }] })
  })

  it('proposes templates, agents and whatever else has a file, a folder or a hash, and withdraws what is only proposed', async () => {
    const encoded = encodeFormula({
      ...{ rounding: 'down', xDecimals: 0 },
      knots: [
        { x: 0n, below: 0n, at: 0n, above: 0n },
        { x: 10n, below: 10n ** 18n, at: 10n ** 18n, above: 10n ** 18n },
      ],
    })
    const store = { address: world.manifest.termsStore, abi: termsStoreAbi as Abi }
    const args = [encoded.header, encoded.words]
    await world.rpc.send(underwriter, { ...store, functionName: 'publishFormula', args })
    const formula = formulaIdOf(encoded)
    const named = (name: string, kind: string) => [
      'registry',
      'propose',
      '--kind',
      kind,
      '--name',
      name,
      '--component-version',
      '0.3.1',
      ...from(),
    ]
    const template = (await world.act(publisher, ...named('ramp', 'template'), '--formula', formula)).json()
    expect(template.effects.contentHash).to.equal(
      keccak256(abi.encode(['bytes32', 'bytes32'], [formula, `0x${'00'.repeat(32)}`])),
    )
    await world.act(publisher, ...named('watcher', 'agent'), '--content', world.file('sbom.json'))
    expect(await show('watcher')).to.include({
      kind: 'agent',
      version: '0.3.1',
      contentHash: sha256('{"bomFormat":"CycloneDX"}'),
    })
    await world.act(publisher, 'registry', 'name-maintainer', 'watcher', '--maintainer', stranger.address)
    expect((await show('watcher')).maintainer).to.equal(stranger.address)
    await world.act(publisher, 'registry', 'withdraw', 'watcher')
    const all = (await world.look('registry', 'list')).json()
    expect(all.map((one: { name: string; status: string }) => `${one.name} ${one.status}`)).to.deep.equal([
      ...['seismic proposed', `${MODEL} delisted`, 'ramp proposed', 'watcher withdrawn'],
    ])
    expect((await world.look('registry', 'list', '--kind', 'model', '--status', 'delisted')).json()).to.have.length(1)
  })

  it('takes a name for a component only where it cannot be another one', async () => {
    const propose = (version: string) => [
      'registry',
      'propose',
      '--kind',
      'pack',
      '--name',
      'seismic',
      '--component-version',
      version,
      ...from(),
    ]
    await world.act(publisher, ...propose('1.0.1'), '--content', id('more'))
    // what is shown may be the latest; what is about to be changed has to be said
    expect((await show('seismic')).version).to.equal('1.0.1')
    expect(await bad('withdraw', 'seismic')).to.equal('ambiguous-component')
    await world.act(publisher, 'registry', 'withdraw', 'seismic@1.0.1')
    await world.act(stranger, ...propose('1.0.0'), '--content', id('mine'))
    const shown = await world.nexus(stranger, 'registry', 'show', 'seismic', ...world.on)
    expect([shown.status, shown.error().code]).to.deep.equal([2, 'ambiguous-component'])
    expect(shown.error().details.known).to.have.length(3)
  })

  it('lets nobody draw on a terminal with the name of a component', async () => {
    const name = 'spi\u001b[2J\ncertified  model  CL4'
    const propose = ['registry', 'propose', '--kind', 'model', '--content', id('code'), '--component-version', '1.0.0']
    await world.act(publisher, ...propose, '--name', name, ...from())
    expect((await world.look('registry', 'list')).json().at(-1).name).to.equal(name)
    const lines = (await world.read('registry', 'list')).trimEnd().split('\n')
    expect(lines).to.have.length(7)
    expect(lines.at(-1)).to.match(/^proposed .*spi\\u\{1b\}\[2J\\u\{a\}certified/)
  })

  it('refuses what cannot be meant, with a code and nothing sent', async () => {
    expect(await bad('propose', ...from())).to.equal('usage')
    expect(await bad('propose', '--kind', 'robot', '--content', modelId, ...from())).to.equal('bad-kind')
    expect(await bad('propose', '--pack', pack, '--model', 'crystal-ball', ...from())).to.equal('unknown-model')
    expect(await bad('propose', '--pack', world.file('none'), ...from())).to.equal('bad-manifest')
    expect(await bad('certify', MODEL, '--cl', '5', '--eql', '3', '--expires', '2030-01-01', ...why('x'))).to.equal(
      'bad-level',
    )
    expect(await bad('enforce', '0x12')).to.equal('bad-hash')
    expect(await bad('withdraw', 'nobody')).to.equal('no-such-component')
    expect(await bad('link-feed')).to.equal('usage')
    await writeFile(world.file('feed.json'), '{"model":"x"}')
    expect(await bad('link-feed', '--spec', world.file('feed.json'))).to.equal('bad-feed')

    // a link would make the hash depend on what it points to; changed code is another model
    const copy = world.file('copies/packs/seismic')
    cpSync(pack, copy, { recursive: true })
    await symlink('/etc/hostname', path.join(copy, 'link'))
    expect(await bad('propose', '--pack', copy, ...from())).to.equal('bad-content')
    cpSync(path.join(pack, '../../oracles/models'), world.file('copies/oracles/models'), { recursive: true })
    await writeFile(world.file(`copies/oracles/models/${MODEL}/index.ts`), 'export const id = 1\n')
    expect(await bad('propose', '--pack', copy, '--model', MODEL, ...from())).to.equal('code-changed')
  })
})
