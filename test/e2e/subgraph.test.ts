import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Manifest, readManifest } from '@nexus/chain/manifest'
import { findPrograms } from '@nexus/indexer/platform'
import { type Indexer, startIndexer } from '@nexus/indexer/start'
import type { Hex } from '@nexus/kit/canonical'
import { deployLocally } from '@nexus/local/deployment'
import { handOver } from '@nexus/local/governance/hand-over'
import { runLayout } from '@nexus/local/layout'
import { type LocalRpc, localRpc } from '@nexus/local/rpc'
import { type LocalChain, spawnLocalChain } from '@nexus/localchain/spawn'
import { formulaId } from '@nexus/terms/formula'
import type { Abi } from 'viem'
import { expectedEntities } from '../subgraph/expected.ts'
import { fundCommons } from '../subgraph/governance/commons.ts'
import { complain } from '../subgraph/governance/complain.ts'
import { expectedCommons } from '../subgraph/governance/expected-commons.ts'
import { expectedGrievances } from '../subgraph/governance/expected-grievances.ts'
import { expectedNvm } from '../subgraph/governance/expected-nvm.ts'
import { expectedPosts } from '../subgraph/governance/expected-posts.ts'
import { expectedRails } from '../subgraph/governance/expected-rails.ts'
import { expectedRecords } from '../subgraph/governance/expected-records.ts'
import { expectedRounds } from '../subgraph/governance/expected-rounds.ts'
import { decide } from '../subgraph/governance/nvm.ts'
import { playPosts } from '../subgraph/governance/posts.ts'
import { liveRail } from '../subgraph/governance/rail.ts'
import { certify, charter, credit, improve } from '../subgraph/governance/records.ts'
import { playRounds } from '../subgraph/governance/rounds.ts'
import type { Row } from '../subgraph/rows.ts'
import { FEED, RAMP, story } from '../subgraph/story.ts'

const artifact = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../${file}.json`, import.meta.url), 'utf8')) as { abi: Abi; bytecode: Hex }

/** The GraphQL selection that asks for a row of the same shape. */
function selection(row: Row): string {
  return Object.entries(row)
    .map(([name, value]) => {
      const inner = Array.isArray(value) ? value[0] : value
      return inner !== null && typeof inner === 'object' ? `${name}{${selection(inner as Row)}}` : name
    })
    .join(' ')
}

/** One row with something in every field that any of them has filled: where one has null another may have an object. */
function fullest(rows: Row[]): Row {
  const full: Row = {}
  for (const row of rows)
    for (const [name, value] of Object.entries(row))
      if ((full[name] ?? null) === null || (Array.isArray(full[name]) && full[name].length === 0)) full[name] = value
  return full
}

type Expected = (client: LocalRpc['client'], manifest: Manifest) => Promise<Record<string, Row[]>>
const governance: Expected[] = [expectedNvm, expectedRails, expectedRecords, expectedCommons, expectedGrievances]
const funding: Expected[] = [expectedRounds, expectedPosts]

const sorted = (rows: Row[]) => [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

describe('the subgraph beside a local chain', function () {
  this.timeout(180_000)
  let folder: string
  let chain: LocalChain
  let rpc: LocalRpc
  let manifest: Manifest
  let indexer: Indexer
  let told: Awaited<ReturnType<typeof story>>
  let facts: Awaited<ReturnType<typeof told.first>>
  let later: () => Promise<void>
  let funded: (() => Promise<void>)[]

  async function query<T>(text: string, variables: Row = {}): Promise<T> {
    const response = await fetch(indexer.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text, variables }),
    })
    const { data, errors } = (await response.json()) as { data?: T; errors?: unknown }
    assert.equal(errors, undefined, `${text}: ${JSON.stringify(errors)}`)
    return data as T
  }

  async function start(): Promise<void> {
    const outcome = await startIndexer({ rpcUrl: chain.url, manifest, dataDir: path.join(folder, 'indexer') })
    assert.equal(outcome.kind, 'started')
    indexer = outcome as Indexer
  }

  /** Everything there is, of every kind, field by field. */
  async function assertEqualToChain({ everyKind = true, of = [expectedEntities] as Expected[] } = {}): Promise<void> {
    await indexer.syncedTo(Number(await rpc.client.getBlockNumber()))
    const expected = await Promise.all(of.map(each => each(rpc.client, manifest)))
    for (const [kind, rows] of expected.flatMap(Object.entries<Row[]>)) {
      if (everyKind) assert.notEqual(rows.length, 0, `the story has no ${kind}`)
      const found = await query<Record<string, Row[]>>(`{${kind}(first:1000){${selection(fullest(rows)) || 'id'}}}`)
      assert.deepEqual(sorted(found[kind] ?? []), sorted(rows), kind)
    }
  }

  before(async function () {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-subgraph-'))
    chmodSync(folder, 0o711) // where tests run as root, PostgreSQL runs as somebody else
    const programs = findPrograms({ platform: process.platform, arch: process.arch, uid: process.getuid?.() }, folder)
    if (programs.kind === 'unavailable') {
      console.log(`skipped: ${programs.reason}`)
      this.skip()
    }
    chain = await spawnLocalChain({ journal: path.join(folder, 'chain.jsonl') })
    rpc = localRpc(chain.url)
    manifest = await deployLocally(chain.url, rpc, runLayout(folder))
    told = await story(rpc, manifest, artifact('artifacts/test/mocks/HostileTokens.sol/BlacklistToken'))
    facts = await told.first(artifact('services/chain/artifacts/RiskPool').bytecode)
    await start()
  })

  after(async () => {
    await indexer?.stop()
    await chain?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('has every entity as the contracts have it, read from the beginning', async () => {
    assert.equal(indexer.resumed, false)
    await assertEqualToChain({ everyKind: false }) // nothing is settled yet
  })

  it('follows what happens while it runs', async () => {
    await told.second(facts)
    await assertEqualToChain()
  })

  it('goes on where it stopped', async () => {
    await indexer.stop()
    await start()
    assert.equal(indexer.resumed, true)
    await assertEqualToChain()
  })

  it('has who decides, and what was decided, as the contracts have it', async () => {
    const layout = runLayout(folder)
    const world = { rpc, manifest, clock: told.clock }
    const [policy] = facts.policies
    await improve(world)
    await credit(world)
    const terms = { formulaId: formulaId(RAMP), feedId: FEED, termsHash: facts.whole }
    const { model } = await certify(world, terms)
    await charter(world, policy, FEED)
    await liveRail(world, { model, aepId: facts.right })
    const commons = await fundCommons(world, { feedId: FEED, aepId: facts.right })
    const rounds = await playRounds(world)
    funded = [rounds.payOut, await playPosts(world, rounds)]
    await complain(world, { policyId: policy, model, aepId: facts.right, anchor: told.anchorAgain })
    await handOver({ rpc, manifest: { ...manifest, commons }, layout, clock: told.clock })
    const handedOver = readManifest(layout.manifest)
    const { further } = await decide({ ...world, manifest: handedOver }, told.anchorAgain)
    later = further

    await indexer.stop()
    manifest = handedOver
    await start()
    await assertEqualToChain({ of: [expectedEntities, ...governance] })
  })

  it('follows what is decided while it runs', async () => {
    await later()
    await assertEqualToChain({ of: [expectedEntities, ...governance] })
  })

  it('has the rounds and their posted results as the contracts have them', async () => {
    await assertEqualToChain({ everyKind: false, of: funding }) // what is paid and concluded comes next
  })

  it('follows the rounds to their end while it runs', async () => {
    for (const next of funded) await next()
    await assertEqualToChain({ of: [expectedEntities, ...funding] })
  })

  it('answers the questions in its README', async () => {
    const readme = readFileSync(new URL('../../subgraph/README.md', import.meta.url), 'utf8')
    const questions = [...readme.matchAll(/```graphql\n(.*?)```/gs)].map(([, question]) => question ?? '')
    assert.equal(questions.length, 8)
    // evidence that is open: as of the beginning, when all of it was; decisions that are ready: now
    const times = ['0', '0', '0', String(await told.clock.nowSeconds()), '0', '0', '0', '0']
    const answers = []
    for (const [i, question] of questions.entries())
      answers.push(await query<Record<string, unknown[]>>(question, { now: times[i] }))
    const [payout, open, books, decided, railed, round, posts, complained] = answers
    assert.equal(payout?.['settlements']?.length, 1)
    assert.notEqual(open?.['aeps']?.length, 0)
    for (const kind of ['decisions', 'ready', 'seats']) assert.notEqual(decided?.[kind]?.length, 0, kind)
    for (const kind of ['rails', 'specifications']) assert.notEqual(railed?.[kind]?.length, 0, kind)
    assert.equal(round?.['rounds']?.length, 1)
    for (const kind of ['matchPosts', 'postChallenges']) assert.notEqual(posts?.[kind]?.length, 0, kind)
    for (const kind of ['arbiters', 'grievanceStatistics_collection'])
      assert.notEqual(complained?.[kind]?.length, 0, kind)
    assert.equal((complained as unknown as { grievanceCase: Row }).grievanceCase['state'], 'CLOSED')
    for (const kind of ['policies', 'pools', 'operators']) assert.notEqual(books?.[kind]?.length, 0, kind)
  })
})
