import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { railTimelockAbi } from '@nexus/chain/abi/RailTimelock'
import { runLayout } from '@nexus/local/layout'
import { conserves, type Outcome } from '@nexus/local/outcome'
import { until } from '@nexus/local/poll'
import { localRpc } from '@nexus/local/rpc'
import type { Endpoints } from '@nexus/local/stay-up'
import { type LocalChain, spawnLocalChain } from '@nexus/localchain/spawn'
import { expect } from 'chai'
import { nexus, run, type Serving, serve } from './support/nexus.ts'

const auditor = path.resolve('standards/auditor/reconstruct.mjs')
const usd = (amount: number) => `${BigInt(amount) * 1_000_000n}`

/** What a run shows to whoever has its addresses: its chain's head, and the documents its rail names on chain, as they were served. */
interface Shown {
  chain: string
  block: { number: bigint; hash: string }
  documents: Record<string, { type: string | null; hash: string }>
}

describe('the main job', () => {
  let root: string
  let layout: ReturnType<typeof runLayout>
  let outcome: Outcome
  let up: Serving<Outcome>
  let shown: Shown

  before(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'nexus-main-job-'))
    layout = runLayout(path.join(root, 'run'))
    up = await serve<Outcome>('up', '--json', '--dir', layout.root)
    outcome = up.document
  })
  after(async () => {
    await up?.stop()
    rmSync(root, { recursive: true, force: true })
  })

  /** One document, found again by its hash. */
  async function document(url: string) {
    const response = await fetch(url)
    expect(response.status, url).to.equal(200)
    const bytes = Buffer.from(await response.arrayBuffer())
    const hash = createHash('sha256').update(bytes).digest('hex')
    const kept = `${response.headers.get('content-location')}`
    expect(kept).to.equal(`/sha256/${hash}`)
    const again = await fetch(new URL(kept, url))
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes), kept).to.equal(true)
    return { bytes, type: response.headers.get('content-type'), hash }
  }

  /** Waits until everything is served, beginning with what is on chain. */
  async function look(): Promise<Shown> {
    const chain = `http://127.0.0.1:${JSON.parse(readFileSync(layout.ports, 'utf8')).chain}`
    const { client } = localRpc(chain)
    const { timelock } = outcome.governance.rail
    const daoURI = await client.readContract({ address: timelock, abi: railTimelockAbi, functionName: 'daoURI' })
    await until(async () => (await fetch(daoURI)).ok || undefined, { what: daoURI, withinMs: 60_000 })
    const dao = await document(daoURI)
    const { type, name, description, ...rest } = JSON.parse(dao.bytes.toString()) as Record<string, string>
    expect([type, name]).to.deep.equal(['DAO', 'Pacific Northwest Rail'])
    const named = Object.entries(rest).filter(([key]) => key.endsWith('URI'))
    expect(named.map(([key]) => key)).to.have.members(
      ['activityLog', 'contracts', 'governance', 'members', 'proposals'].map(key => `${key}URI`),
    )
    const documents: Shown['documents'] = { [daoURI]: { type: dao.type, hash: dao.hash } }
    for (const [, url] of named) {
      const { type: served, hash } = await document(url)
      documents[url] = { type: served, hash }
    }
    for (const [url, { type: served }] of Object.entries(documents))
      expect(served, url).to.equal(`${url.endsWith('.md') ? 'text/markdown' : 'application/json'}; charset=utf-8`)
    const { number, hash } = await client.getBlock()
    return { chain, block: { number, hash }, documents }
  }

  it('stays up, serves what its rail names on chain, and ends well when it is told to stop', async () => {
    shown = await look()
    expect(await up.stop()).to.equal(0)
    expect(await fetch(shown.chain).catch(() => 'gone')).to.equal('gone')
  })

  const policy = (name: string) => {
    const found = outcome.policies.find(each => each.name === name)
    if (!found) throw new Error(`no policy ${name}`)
    return found
  }

  it('anchors what really happened, at the level it earns, by a quorum of five', () => {
    const readings = outcome.aeps.map(({ name, value, decimals, eql, signers }) => ({
      name,
      reading: `${value}e-${decimals}`,
      eql,
      signers: signers.length,
    }))
    expect(readings).to.have.deep.members([
      { name: 'Seattle driest 90 days', reading: '174e-1', eql: 3, signers: 5 },
      { name: 'Seattle wettest day', reading: '559e-1', eql: 3, signers: 5 },
      { name: 'Seattle SPI-3, July 2015', reading: '-165e-2', eql: 1, signers: 5 },
      { name: 'Hualien earthquake', reading: '640e-2', eql: 3, signers: 5 },
      { name: 'Tokyo earthquake', reading: '0e-2', eql: 3, signers: 5 },
    ])
  })

  it('pays in full, in part, by the boundary rule, and nothing where nothing happened', () => {
    expect(policy('Hualien earthquake')).to.include({
      status: 'paid',
      paidAssets: usd(250_000),
      payoutWad: `${10n ** 18n}`,
    })
    // 17.4 mm on a ramp from 60 mm to 0 mm: (60 − 17.4) / 60 of 200,000
    expect(policy('Seattle driest 90 days')).to.include({ status: 'paid', paidAssets: usd(142_000) })
    expect(policy('Seattle wettest day')).to.include({ status: 'paid', paidAssets: usd(75_000) })
    expect(policy('Tokyo earthquake')).to.include({ status: 'zero', paidAssets: '0' })
  })

  it('ends with the powers handed over, a dissent, a stop that lapsed and a proposal that died with its evidence', () => {
    const { powers, decision, emergency, rail } = outcome.governance
    expect(powers.heldByDeployer).to.equal(0)
    expect(powers.restrictedFunctions).to.be.greaterThan(50)
    expect(decision).to.include({ yes: 4, dissents: 1, delaySeconds: (2 * 24 + 12) * 3_600 })
    expect(emergency).to.include({ pausedSeconds: 72 * 3_600, renewal: 'refused' })
    expect(rail).to.include({ whileDisputed: 'Citation_Disputed', ended: 'canceled' })
  })

  it('matches a round as its gifts say, leaves the rest to the commons, and hears who was wronged', () => {
    const { round, grievance } = outcome.commons
    // (6·⌊√40e6⌋)² and (2·⌊√300e6⌋)² ask for more than 35 % of 10,000 each; one giver alone asks for nothing
    expect(round.projects.map(({ contributed, matched }) => [contributed, matched])).to.deep.equal([
      [usd(240), usd(3_500)],
      [usd(600), usd(3_500)],
      [usd(600), '0'],
    ])
    expect(round.leftover).to.equal(usd(3_000))
    expect(round.refused).to.deep.equal({ secondWallet: 'Rounds_IdentityTaken', belowThreshold: 'Gate_ScoreTooLow' })
    // of three arbiters one would give all, one three quarters, one nothing: most give three quarters at least
    expect(grievance).to.include({ claimedAssets: usd(1_000), paidAssets: usd(750) })
    expect(new Set(grievance.arbiters).size).to.equal(3)
    expect(grievance.policyId).to.equal(policy('Tokyo earthquake')?.policyId)
  })

  it('sees every fault through, each with its outcome', () => {
    const kinds = outcome.faults.map(({ kind, outcome: result }) => `${kind} ${result}`)
    expect(kinds).to.deep.equal([
      'forged-value refused',
      'killed taken-over',
      'forged-source refused',
      'killed waited',
      'killed waited',
      'killed waited',
    ])
    expect(outcome.faults.find(({ kind }) => kind === 'forged-source')?.detail).to.contain('7 refused M 6.90')
  })

  it('accounts for every unit', () => {
    expect(conserves(outcome.conservation)).to.equal(true)
    // 1,000,000 deposited and 33,500 of premiums
    expect(outcome.conservation).to.include({ in: usd(1_033_500), paid: usd(467_000), locked: '0', unearned: '0' })
  })

  it('re-derives every settlement, the zero one too', () => {
    expect(outcome.ok).to.equal(true)
    expect(outcome.reconstructions).to.have.length(4)
    for (const { ok, steps } of outcome.reconstructions) {
      expect(ok).to.equal(true)
      expect(steps.map(({ step }) => step)).to.deep.equal([
        'terms',
        'feed',
        'root',
        'inputs',
        'index',
        'signatures',
        'committee',
        'formula',
        'amount',
        'transfer',
      ])
    }
  })

  it('leaves a page for each pack', () => {
    const page = readFileSync(layout.page('Hualien earthquake'), 'utf8')
    expect(page).to.contain('<svg').and.to.contain('6.40')
  })

  it('notices one changed byte of a pack: aep verify exits 3', async () => {
    const { aepId } = policy('Hualien earthquake')
    const zip = readFileSync(path.join(layout.operator(0).store, `${aepId}.zip`))
    const copy = path.join(root, 'changed.zip')
    const at = zip.indexOf('"mag":6.4') + '"mag":6.'.length
    zip.write('9', at)
    writeFileSync(copy, zip)
    expect((await nexus('aep', 'verify', path.join(layout.operator(0).store, `${aepId}.zip`))).status).to.equal(0)
    expect((await nexus('aep', 'verify', copy)).status).to.equal(3)
  })

  describe('afterwards, to a stranger with one operator’s packs and a chain', () => {
    let chain: LocalChain
    let strangers: string
    let store: string

    before(async () => {
      strangers = mkdtempSync(path.join(tmpdir(), 'nexus-stranger-'))
      store = path.join(strangers, 'store')
      const journal = path.join(root, 'copy.jsonl')
      copyFileSync(layout.journal, journal)
      chain = await spawnLocalChain({ journal })
      // Gone: the observatory and its store, the keeper, six operators, the manifest. Left: one store of packs.
      mkdirSync(store)
      for (const { aepId } of outcome.aeps)
        copyFileSync(path.join(layout.operator(3).store, `${aepId}.zip`), path.join(store, `${aepId}.zip`))
      copyFileSync(auditor, path.join(strangers, 'reconstruct.mjs'))
    })
    after(async () => {
      await chain.stop()
      rmSync(strangers, { recursive: true, force: true })
    })

    it('a script without dependencies re-derives every payout', async () => {
      for (const { settleTx, name } of outcome.policies) {
        const { status, stderr } = await run(
          ['reconstruct.mjs', settleTx, '--rpc', chain.url, '--store', store, '--json'],
          {
            cwd: strangers,
            env: { PATH: '/usr/bin:/bin', HOME: strangers },
          },
        )
        expect(status, `${name}: ${stderr}`).to.equal(0)
      }
    })

    it('the script says where a changed pack differs, with exit 3', async () => {
      const { aepId, settleTx } = policy('Seattle driest 90 days')
      const changed = path.join(strangers, 'changed')
      mkdirSync(changed)
      const zip = readFileSync(path.join(store, `${aepId}.zip`))
      zip.write('2012-07-15,9.9', zip.indexOf('2012-07-15,'))
      writeFileSync(path.join(changed, `${aepId}.zip`), zip)
      const { status } = await run(['reconstruct.mjs', settleTx, '--rpc', chain.url, '--store', changed, '--json'], {
        cwd: strangers,
      })
      expect(status).to.equal(3)
    })

    it('nexus reconstruct says the same', async () => {
      const { settleTx } = policy('Tokyo earthquake')
      const { status, stdout, stderr } = await nexus(
        'reconstruct',
        settleTx,
        '--rpc',
        chain.url,
        '--store',
        store,
        '--json',
      )
      expect(status, stderr).to.equal(0)
      expect(JSON.parse(stdout)).to.include({ payoutTx: settleTx, ok: true })
    })
  })

  it('can be served again, after kill -9 too: the same chain, packs and documents, at the same addresses', async () => {
    let endpoints: Endpoints | undefined
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const serving = await serve<Endpoints>('up', '--resume', '--json', '--dir', layout.root)
      try {
        const { subgraph, ...served } = serving.document
        expect(await look()).to.deep.equal(shown)
        expect(served.chain).to.equal(shown.chain)
        endpoints ??= { ...served, subgraph }
        expect({ ...served, subgraph: endpoints.subgraph }).to.deep.equal(endpoints)
        const { aepId, settleTx } = policy('Hualien earthquake')
        const response = await fetch(`${served.relayers[0]}/packs/${aepId}.zip`)
        expect(response.status).to.equal(200)
        const args = ['--rpc', served.chain, '--store', `${served.relayers[5]}`, '--json']
        expect((await nexus('reconstruct', settleTx, ...args)).status).to.equal(0)
      } finally {
        const gone = once(serving.process, 'exit')
        serving.process.kill(signal)
        expect((await gone)[0]).to.equal(signal === 'SIGTERM' ? 0 : null)
      }
    }
  })

  it('says that there is nothing to serve again where no run was made', async () => {
    const { status, stderr } = await nexus('up', '--resume', '--json', '--dir', path.join(root, 'none'))
    expect(status).to.equal(2)
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).to.include({ code: 'no-run' })
  })
})
