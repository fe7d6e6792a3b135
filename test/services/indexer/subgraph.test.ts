import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { placeDeployment } from '@nexus/indexer/deployment'
import { type Deployment, withAddresses } from '@nexus/subgraph/addresses'
import { builtFolder, sourceHash, subgraphAbis, subgraphFolder } from '@nexus/subgraph/sources'
import { toEventSelector } from 'viem/utils'
import { parse } from 'yaml'

interface Source {
  name: string
  network: string
  source: { address?: string; startBlock?: number }
  mapping: { eventHandlers: { event: string; handler: string }[] }
}
interface SubgraphManifest {
  dataSources: Source[]
  templates: Source[]
}

const read = (folder: URL, name: string) => readFileSync(new URL(name, folder), 'utf8')
const manifestText = read(subgraphFolder, 'subgraph.yaml')
const deployment = {
  registry: '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9',
  termsStore: '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0',
  policyBook: '0x9A676e781A523b5d0C0e43731313A708CB607508',
  deployedAtBlock: 17,
}

const numbered = (n: number) => `0x${n.toString(16).padStart(40, '0')}`
/** With everything that may be there, and more than the subgraph follows, as a manifest has it. */
const governed = {
  ...deployment,
  disputeBond: numbered(1),
  commons: numbered(14),
  funding: { factory: numbered(15), posts: numbered(16), attestations: numbered(17) },
  registries: { nip: numbered(2), component: numbered(3), charter: numbered(4) },
  rails: { factory: numbered(5), book: numbered(6), competence: numbered(7), evidenceGuard: numbered(8) },
  governance: {
    safe: numbered(9),
    nvm: numbered(10),
    nvmGuard: numbered(11),
    actionClasses: numbered(12),
    constitution: numbered(13),
  },
  grievance: {
    ...{ desk: numbered(21), rail: numbered(22), panels: numbered(23), orders: numbered(24), ledger: numbered(25) },
    ...{ register: numbered(26), respondents: numbered(27) },
  },
}

interface Argument {
  type: string
  indexed?: boolean
  components?: Argument[]
}
/** As a signature has it: a struct is what it holds. */
const written = ({ type, indexed, components }: Argument): string => {
  const whole = components ? `(${components.map(written).join(',')})${type.slice('tuple'.length)}` : type
  return `${indexed ? 'indexed ' : ''}${whole}`
}

describe('the committed build of the subgraph', () => {
  it('is of the present sources, ABIs and tools', () => {
    assert.equal(
      read(builtFolder, 'sources.sha256').trim(),
      sourceHash(),
      'run `npm run build -w @nexus/subgraph` and look at the difference',
    )
  })

  it('holds the ABIs that the contracts have', () => {
    const abis = subgraphAbis()
    const files = readdirSync(builtFolder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.json'))
    assert.notEqual(files.length, 0)
    for (const file of files)
      assert.deepEqual(JSON.parse(read(builtFolder, file)), JSON.parse(abis.get(path.basename(file)) ?? 'null'), file)
  })

  it('follows events by signatures that its ABIs have, argument by argument', () => {
    const { dataSources, templates } = parse(manifestText) as SubgraphManifest
    for (const { name, mapping } of [...dataSources, ...templates]) {
      const abi = JSON.parse(subgraphAbis().get(`${name}.json`) ?? '[]') as {
        type: string
        name: string
        inputs: Argument[]
      }[]
      for (const { event } of mapping.eventHandlers) {
        const item = abi.find(({ type, name }) => type === 'event' && event.startsWith(`${name}(`))
        assert.equal(event, `${item?.name}(${item?.inputs.map(written).join(',')})`)
      }
      const selectors = mapping.eventHandlers.map(({ event }) => toEventSelector(event.replaceAll('indexed ', '')))
      assert.equal(new Set(selectors).size, selectors.length)
    }
  })
})

describe('a subgraph manifest for a deployment', () => {
  const sourcesOf = (of: Deployment) =>
    (parse(withAddresses(manifestText, of, 'sepolia')) as SubgraphManifest).dataSources.map(({ name, source }) => [
      name,
      source.address,
      source.startBlock,
    ])
  const evidenceAndCover = [
    ['EvidenceRegistry', deployment.registry.toLowerCase(), 17],
    ['TermsStore', deployment.termsStore.toLowerCase(), 17],
    ['PolicyBook', deployment.policyBook.toLowerCase(), 17],
  ]

  it('has the deployment’s addresses and first block, and nothing else changed', () => {
    assert.deepEqual(sourcesOf(governed), [
      ...evidenceAndCover,
      ['DisputeBond', numbered(1), 17],
      ['NexusValidationModule', numbered(10), 17],
      ['NexusGuard', numbered(11), 17],
      ['ActionClasses', numbered(12), 17],
      ['Constitution', numbered(13), 17],
      ['RailFactory', numbered(5), 17],
      ['RailBook', numbered(6), 17],
      ['CompetenceCredentials', numbered(7), 17],
      ['NipRegistry', numbered(2), 17],
      ['ComponentRegistry', numbered(3), 17],
      ['CharterRegistry', numbered(4), 17],
      ['RoundFactory', numbered(15), 17],
      ['MatchPosts', numbered(16), 17],
      ['CommonsFund', numbered(14), 17],
      ['GrievanceDesk', numbered(21), 17],
      ['GrievanceRail', numbered(22), 17],
      ['GrievancePanels', numbered(23), 17],
      ['GrievanceOrders', numbered(24), 17],
      ['GrievanceLedger', numbered(25), 17],
      ['ArbiterRegister', numbered(26), 17],
      ['RespondentBonds', numbered(27), 17],
    ])
    const before = parse(manifestText) as SubgraphManifest
    const after = parse(withAddresses(manifestText, governed, 'sepolia')) as SubgraphManifest
    for (const source of [...before.dataSources, ...before.templates]) source.network = 'sepolia'
    for (const { source } of before.dataSources) Object.assign(source, { address: '', startBlock: 0 })
    for (const { source } of after.dataSources) Object.assign(source, { address: '', startBlock: 0 })
    assert.deepEqual(after, before)
  })

  it('follows nothing that is not deployed', () => {
    assert.deepEqual(sourcesOf(deployment), evidenceAndCover)
    const { governance: _, ...ungoverned } = governed
    assert.equal(sourcesOf(ungoverned).length, 3 + 2 + 2 + 3 + 3 + 7)
  })

  it('is refused without an address', () => {
    for (const registry of ['', '0x12', undefined])
      assert.throws(() => withAddresses(manifestText, { ...deployment, registry: registry as string }, 'nexus'), {
        code: 'manifest-lacks-address',
        exitCode: 2,
      })
    const halfway = { ...governed, rails: { ...governed.rails, book: '' } }
    assert.throws(() => withAddresses(manifestText, halfway, 'nexus'), { details: { key: 'rails.book', found: '' } })
  })

  it('is placed once for the same content, and anew for another', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'nexus-deployment-'))
    try {
      const first = placeDeployment(folder, deployment)
      assert.deepEqual(placeDeployment(folder, deployment), first)
      assert.equal(readdirSync(path.join(folder, 'deployments')).length, 1)
      const other = placeDeployment(folder, { ...deployment, deployedAtBlock: 18 })
      assert.notEqual(other.id, first.id)
      const files = (root: string) => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()
      assert.deepEqual(files(path.dirname(first.manifest)), files(new URL('.', builtFolder).pathname))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
