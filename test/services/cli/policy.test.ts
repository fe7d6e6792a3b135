import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { writeManifest } from '@nexus/chain/manifest'
import { type Account, accounts } from '@nexus/local/accounts'
import { writeKeystore } from '@nexus/local/keys'
import { renderTerms } from '@nexus/terms/terms'
import { expect } from 'chai'
import { nexus as runNexus } from '../../support/nexus.ts'
import { CHAIN_ID, startChain, type World } from '../reconstruct/fixture.ts'

const { underwriter, sponsor, keeper, holders } = accounts
const [holder] = holders

describe('nexus policy', function () {
  this.timeout(120_000)
  let world: World
  let folder: string
  let manifest: string
  const file = (name: string) => path.join(folder, name)

  /** Runs as `who`, whose key is in the environment; nothing it prints may show it. */
  async function nexus(who: Account, ...args: string[]) {
    const env = { PATH: process.env['PATH'] ?? '', THE_KEY: who.privateKey }
    const { status, stdout, stderr } = await runNexus(['policy', ...args], { env })
    expect(`${stdout}${stderr}`.toLowerCase()).not.to.include(who.privateKey.slice(2).toLowerCase())
    return { status, stdout, stderr, json: () => JSON.parse(stdout), error: () => JSON.parse(stderr) }
  }
  const act = (who: Account, ...args: string[]) =>
    nexus(who, ...args, '--rpc', world.url, '--manifest', manifest, '--key-env', 'THE_KEY', '--json')
  const head = () => world.rpc.client.getBlockNumber()

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-policy-'))
    world = await startChain()
    await world.open()
    const { hash: genesis } = await world.rpc.client.getBlock({ blockNumber: 0n })
    manifest = file('manifest.json')
    writeManifest(manifest, {
      ...{ chainId: CHAIN_ID, genesis, deployedAtBlock: 0 },
      ...{
        accessManager: world.access,
        registry: world.registry,
        termsStore: world.termsStore,
        policyBook: world.book,
      },
      ...{ pools: { village: world.pool }, assets: { nxUSD: world.asset } },
    })
    const { terms, formula, feed } = world.terms('0', '60')
    await writeFile(file('terms.json'), JSON.stringify(renderTerms(terms, formula, feed)))
    await writeKeystore(underwriter, file('keystore.json'), file('passphrase'))
  })
  after(async () => {
    await world?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const quoting = (...more: string[]) =>
    nexus(
      keeper, // the keystore signs, not the environment
      ...[
        'quote',
        '--terms',
        file('terms.json'),
        '--holder',
        `${holder?.address}`,
        '--pool',
        'village',
        '--nonce',
        '7',
      ],
      ...['--expires', '2012-02-01T00:00:00Z', '--manifest', manifest],
      ...['--keystore', file('keystore.json'), '--passphrase', file('passphrase'), ...more],
    )

  it('says what terms promise without any chain', async () => {
    const { status, json } = await nexus(keeper, 'terms', '--terms', file('terms.json'), '--json')
    expect(status).to.equal(0)
    expect(json()).to.include({ coverAssets: '1000000001', mostAssets: '1000000001', minEql: 1 })
    const older = await nexus(keeper, 'terms', '--file', file('terms.json'), '--json')
    expect(older.json()).to.deep.equal(json())
    await writeFile(file('broken.json'), '{"version":1}')
    const broken = await nexus(keeper, 'terms', '--terms', file('broken.json'))
    expect([broken.status, broken.error().message]).to.deep.equal([2, 'terms: feed is missing'])
    expect(broken.error().details.problems).to.include('coverAssets is missing')
  })

  it('shows what it would publish and sends nothing, neither on a dry run nor unasked', async () => {
    const before = await head()
    const dry = await act(underwriter, 'terms', '--terms', file('terms.json'), '--dry-run')
    expect(dry.json()).to.deep.include({ sent: false, transactions: [] })
    expect(dry.json().effects.calls).to.equal(3)
    const unasked = await act(underwriter, 'terms', '--terms', file('terms.json'))
    expect(unasked.status).to.equal(2)
    expect(unasked.stderr).to.include('not-confirmed')
    expect(await head()).to.equal(before)
  })

  it('publishes terms once', async () => {
    const first = await act(underwriter, 'terms', '--terms', file('terms.json'), '--yes')
    expect(first.status, first.stderr).to.equal(0)
    const events = first.json().transactions.map((sent: { events: { event: string }[] }) => sent.events[0]?.event)
    expect(events).to.deep.equal(['FeedPublished', 'FormulaPublished', 'TermsPublished'])
    const second = await act(underwriter, 'terms', '--terms', file('terms.json'), '--yes')
    expect(second.json()).to.deep.include({ sent: false, transactions: [] })
  })

  it('binds a quote that the underwriter signed, once, and no other', async () => {
    const quote = await quoting('--premium', '5.25 nxUSD', '--rpc', world.url)
    expect(quote.status, quote.stderr).to.equal(0)
    const signed = quote.json()
    expect(signed.quote.premium).to.equal('5250000')
    expect(signed.underwriter).to.equal(underwriter.address)
    await writeFile(file('quote.json'), quote.stdout)

    // a cheaper premium, another holder: the signature is of other fields
    for (const change of [{ premium: '1' }, { holder: keeper.address }]) {
      await writeFile(file('forged.json'), JSON.stringify({ ...signed, quote: { ...signed.quote, ...change } }))
      const forged = await act(sponsor, 'bind', '--quote', file('forged.json'), '--yes')
      expect([forged.status, forged.error().code]).to.deep.equal([2, 'bad-quote'])
    }
    const poor = await act(sponsor, 'bind', '--quote', file('quote.json'), '--yes')
    expect([poor.status, poor.error().code]).to.deep.equal([2, 'premium-not-held'])
    await world.mint(sponsor.address, 5_250_000n)
    const bound = await act(sponsor, 'bind', '--quote', file('quote.json'), '--yes')
    expect(bound.status, bound.stderr).to.equal(0)
    expect(bound.json().effects).to.include({ premiumAssets: '5250000', approves: true, holder: holder?.address })
    const again = await act(sponsor, 'bind', '--quote', file('quote.json'), '--yes')
    expect(again.status).to.equal(2)

    const shown = await act(keeper, 'show', '--policy', signed.policyId).catch(error => error)
    expect(shown.status).to.equal(2) // `show` needs no key, and takes none
    const seen = await nexus(
      keeper,
      'show',
      '--policy',
      signed.policyId,
      '--rpc',
      world.url,
      '--manifest',
      manifest,
      '--json',
    )
    expect(seen.json()).to.include({
      status: 'active',
      holder: holder?.address,
      paidAssets: '0',
      premiumAssets: '5250000',
    })
    const { stdout } = await nexus(
      ...([keeper, 'show', '--policy', signed.policyId, '--rpc', world.url, '--manifest', manifest] as const),
    )
    // the ramp of the terms, from all at 0 to nothing at 6 mm
    expect(stdout)
      .to.match(/premium +5\.25 nxUSD\n/)
      .and.to.match(/knot +0\.0: 100 %\n/)
      .and.to.match(/knot +6\.0: 0 %\n/)
  })

  it('needs a chain where a manifest is named, and looks for a run where it is told to', async () => {
    const unreached = await nexus(keeper, 'show', '--policy', '1', '--manifest', manifest)
    expect([unreached.status, unreached.error().code]).to.deep.equal([2, 'no-rpc'])
    const nowhere = await nexus(keeper, 'show', '--policy', '1', '--dir', folder)
    expect([nowhere.status, nowhere.error().code]).to.deep.equal([2, 'no-last-run'])
    expect(nowhere.error().message).to.include(folder)
  })

  it('waits for evidence, holds the policy meanwhile, then settles and shows what was paid', async () => {
    const policyId = JSON.parse((await quoting('--premium', '1')).stdout).policyId
    const pack = await world.anchor({ untilFinal: false })
    const on = ['--policy', policyId, '--aep', pack.aepId]
    const early = await act(keeper, 'settle', ...on, '--yes')
    expect([early.status, early.error().details.reason]).to.deep.equal([75, 'Policies_EvidenceNotFinal'])

    const held = await act(keeper, 'hold', ...on, '--yes')
    expect(held.json().transactions[0].events[0].event).to.equal('PolicyHeld')
    const lapse = await act(keeper, 'lapse', '--policy', policyId, '--yes')
    expect([lapse.status, lapse.error().details.reason]).to.deep.equal([75, 'Policies_Held'])

    await world.clock.moveBy(world.challengeSeconds)
    // anyone may settle, so anyone may look at what it would do: no key
    const looking = ['--rpc', world.url, '--manifest', manifest, '--json']
    const looked = await nexus(keeper, 'settle', ...on, ...looking, '--dry-run')
    expect(looked.status, looked.stderr).to.equal(0)
    expect(looked.json()).to.deep.include({ sent: false, transactions: [] })
    expect(looked.json().effects).to.include({ paidAssets: '750000000' })
    expect((await nexus(keeper, 'settle', ...on, ...looking, '--yes')).error().code).to.equal('no-key')
    const settled = await act(keeper, 'settle', ...on, '--yes')
    expect(settled.status, settled.stderr).to.equal(0)
    // 1.5 mm on a ramp from 0 to 6 mm: three quarters
    expect(settled.json().effects).to.include({ paidAssets: '750000000', paidTo: holder?.address, closes: false })
    const events = settled.json().transactions[0].events.map(({ event }: { event: string }) => event)
    expect(events).to.include.members(['Settled', 'PayoutSettled', 'Transfer'])
    const twice = await act(keeper, 'settle', ...on, '--yes')
    expect([twice.status, twice.error().details.reason]).to.deep.equal([2, 'Policies_NothingDue'])
  })

  it('refuses a manifest of another chain, a key that is none, and a transaction without a key', async () => {
    const other = file('other.json')
    writeManifest(other, {
      ...JSON.parse(await readFile(manifest, 'utf8')),
      chainId: 1,
    })
    const on = ['hold', '--policy', '1', '--aep', `0x${'00'.repeat(32)}`, '--rpc', world.url]
    const wrong = await nexus(keeper, ...on, '--manifest', other, '--key-env', 'THE_KEY')
    expect(wrong.error().code).to.equal('wrong-chain')
    const none = await nexus(keeper, ...on, '--manifest', manifest, '--key-env', 'PATH')
    expect(none.error().code).to.equal('bad-key')
    const missing = await nexus(keeper, ...on, '--manifest', manifest)
    expect(missing.error().code).to.equal('no-key')
  })
})
