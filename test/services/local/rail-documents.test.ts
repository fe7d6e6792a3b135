import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { railGovernorAbi } from '@nexus/chain/abi/RailGovernor'
import { railMembershipAbi } from '@nexus/chain/abi/RailMembership'
import { railTimelockAbi } from '@nexus/chain/abi/RailTimelock'
import type { Manifest } from '@nexus/chain/manifest'
import { accounts } from '@nexus/local/accounts'
import { serveRailDocuments } from '@nexus/local/rail-documents'
import { silentLog } from '@nexus/runtime/log'
import { expect } from 'chai'
import { type Abi, type Address, encodeFunctionData, type Hex, keccak256, stringToHex, zeroAddress } from 'viem'
import { z } from 'zod'
import { CHAIN_ID, startChain, type World } from '../reconstruct/fixture.ts'

const { governor: powers, keeper, holders } = accounts
const [ana, ben, carla] = holders
const HOUR = 3_600
const DAY = 24 * HOUR
const hashOf = (text: string): Hex => keccak256(stringToHex(text))

// the shapes of ERC-4824, as that writes them, and nothing beside
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/)
const person = z.strictObject({ type: z.literal('EthereumAddress'), id: address })
const named = { type: z.literal('DAO'), name: z.string().min(1) }
const context = { '@context': z.literal('https://www.daostar.org/schemas'), ...named }
const proposalId = z.string().regex(/^eip155:\d+:0x[0-9a-fA-F]{40}\?proposalId=\d+$/)
const shapes = {
  dao: z.strictObject({
    '@context': z.literal('http://www.daostar.org/schemas'),
    ...named,
    description: z.string().min(1),
    ...{ membersURI: z.url(), proposalsURI: z.url(), activityLogURI: z.url() },
    ...{ governanceURI: z.url(), contractsURI: z.url() },
  }),
  members: z.strictObject({ ...context, members: z.array(person) }),
  proposals: z.strictObject({
    ...context,
    proposals: z.array(
      z.strictObject({
        ...{ type: z.literal('proposal'), id: proposalId, name: z.string().min(1), contentURI: z.url() },
        status: z.string().min(1),
        calls: z.array(
          z.strictObject({
            ...{ type: z.literal('CallDataEVM'), operation: z.enum(['call', 'delegate call']), from: address },
            ...{ to: address, value: z.string().regex(/^\d+$/), data: z.string().regex(/^0x([0-9a-f]{2})*$/) },
          }),
        ),
      }),
    ),
  }),
  activityLog: z.strictObject({
    ...context,
    activities: z.array(
      z.strictObject({
        ...{ id: z.string().min(1), type: z.literal('activity'), member: person },
        proposal: z.strictObject({ type: z.literal('proposal'), id: proposalId }),
      }),
    ),
  }),
  contracts: z.strictObject({
    ...context,
    contracts: z.array(person.extend({ name: z.string().min(1), description: z.string().min(1) })),
  }),
}

describe('documents of a rail', function () {
  this.timeout(180_000)
  let world: World
  let folder: string
  let served: Awaited<ReturnType<typeof serveRailDocuments>>
  let rail: { governor: Address; timelock: Address; membership: Address; treasury: Address }
  const send = (who: (typeof holders)[number], to: Address, abi: unknown, functionName: string, ...args: unknown[]) =>
    world.rpc.send(who, { address: to, abi: abi as Abi, functionName, args })
  const at = (name: string) => `${served.url}/rails/1/${name}`
  const bodyOf = async (url: string) => {
    const response = await fetch(url)
    expect(response.status, url).to.equal(200)
    return response
  }
  const read = async <T>(shape: z.ZodType<T>, url: string): Promise<T> => shape.parse(await (await bodyOf(url)).json())
  const description = '# Admit <script>alert(1)</script> Dora\n\nShe keeps the gauge.'
  let proposal: { id: bigint; call: Hex }

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-rail-documents-'))
    world = await startChain()
    await world.open()
    const deployed = (id: string) => world.deployed[`Rails#${id}`] as Address
    const { hash: genesis } = await world.rpc.client.getBlock({ blockNumber: 0n })
    const manifest: Manifest = {
      ...{ chainId: CHAIN_ID, genesis, deployedAtBlock: 0, accessManager: world.access, registry: world.registry },
      ...{ termsStore: world.termsStore, policyBook: world.book },
      ...{ pools: { village: world.pool }, assets: { nxUSD: world.asset } },
      rails: {
        ...{
          factory: deployed('RailFactory'),
          book: deployed('RailBook'),
          competence: deployed('CompetenceCredentials'),
        },
        ...{ evidenceGuard: deployed('EvidenceGuard'), effectsGuard: deployed('EffectsGuard') },
      },
    }
    served = await serveRailDocuments({
      ...{ log: silentLog, network: { client: world.rpc.client, manifest }, folder },
      listen: { host: '127.0.0.1', port: 0 },
    })
    const terms = {
      ...{ name: 'Village Rail', metadataURI: at('dao.json'), votes: zeroAddress, timelockDelay: DAY },
      ...{ reasonHash: hashOf('they live there'), founders: [ana, ben, carla].map(one => one.address) },
      voting: {
        ...{ votingDelay: HOUR, votingPeriod: 2 * DAY, lateQuorumExtension: DAY, quorumPercent: 34 },
        ...{ superQuorumPercent: 75, proposalThreshold: 1n, guardian: zeroAddress },
      },
      page: { charterHash: hashOf('charter'), leastLevel: 2, voteUnit: 10_000n, packs: [], fees: [], weights: [] },
    }
    const factory = { address: deployed('RailFactory'), abi: railFactoryAbi } as const
    const none = await fetch(at('dao.json'))
    expect(none.status).to.equal(404) // nobody has opened it yet
    await send(powers, factory.address, railFactoryAbi, 'openRail', terms)
    const [governor, timelock, membership, treasury] = await world.rpc.client.readContract({
      ...{ ...factory, functionName: 'railOf', args: [1n] },
    })
    rail = { governor, timelock, membership, treasury }
    const call = encodeFunctionData({
      ...{ abi: railMembershipAbi, functionName: 'admit', args: [keeper.address, hashOf('she keeps the gauge')] },
    } as const)
    const content = [[membership], [0n], [call]] as const
    await world.clock.moveBy(60) // votes are those of a time that is past
    await send(ana, governor, railGovernorAbi, 'propose', ...content, description)
    const id = await world.rpc.client.readContract({
      ...{ address: governor, abi: railGovernorAbi, functionName: 'getProposalId' },
      args: [...content, hashOf(description)],
    } as const)
    proposal = { id, call }
    await world.clock.moveBy(HOUR + 1)
    await send(ben, governor, railGovernorAbi, 'castVote', id, 1)
    await send(ana, governor, railGovernorAbi, 'castVoteWithReason', id, 0, 'not yet')
  })
  after(async () => {
    await served?.stop()
    await world?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('are found by the address that the rail itself names on chain, and have the shapes of ERC-4824', async () => {
    const { client } = world.rpc
    const daoURI = await client.readContract({ address: rail.timelock, abi: railTimelockAbi, functionName: 'daoURI' })
    const dao = await read(shapes.dao, daoURI)
    expect(dao.name).to.equal('Village Rail')
    await read(shapes.members, dao.membersURI)
    await read(shapes.proposals, dao.proposalsURI)
    await read(shapes.activityLog, dao.activityLogURI)
    await read(shapes.contracts, dao.contractsURI)
    const governance = await bodyOf(dao.governanceURI)
    expect(governance.headers.get('content-type')).to.match(/^text\/markdown/)
    expect(await governance.text())
      .to.include('Quorum: 34 %; with 75 %')
      .and.to.include('one member, one vote')
  })

  it('say what the chain says: members, contracts, proposals with their calls, who proposed and voted', async () => {
    const { client } = world.rpc
    const { members } = await read(shapes.members, at('members.json'))
    const asked = [...holders, keeper].map(async ({ address: account }) => {
      const on = { address: rail.membership, abi: railMembershipAbi } as const
      return (await client.readContract({ ...on, functionName: 'isMember', args: [account] })) ? [account] : []
    })
    expect(members.map(({ id }) => id)).to.have.members((await Promise.all(asked)).flat())

    const { contracts } = await read(shapes.contracts, at('contracts.json'))
    expect(contracts.map(({ id }) => id)).to.have.members(Object.values(rail))

    const { proposals } = await read(shapes.proposals, at('proposals.json'))
    const id = `eip155:${CHAIN_ID}:${rail.governor}?proposalId=${proposal.id}`
    const contentURI = at(`proposals/${proposal.id}.md`)
    const call = { type: 'CallDataEVM', operation: 'call', from: rail.timelock, to: rail.membership, value: '0' }
    expect(proposals).to.deep.equal([
      {
        ...{ type: 'proposal', id, name: 'Admit <script>alert(1)</script> Dora', status: 'active', contentURI },
        calls: [{ ...call, data: proposal.call }],
      },
    ])
    // what anybody wrote is handed out as it is hashed on chain, and never as something that a browser runs
    const text = await bodyOf(contentURI)
    expect(hashOf(await text.text())).to.equal(hashOf(description))
    expect(text.headers.get('content-type')).to.match(/^text\/markdown/)
    expect(text.headers.get('x-content-type-options')).to.equal('nosniff')
    expect(text.headers.get('content-security-policy')).to.include('sandbox')

    const { activities } = await read(shapes.activityLog, at('activity-log.json'))
    expect(activities.map(({ member, proposal: of }) => [member.id, of.id])).to.deep.equal([
      [ana.address, id],
      [ben.address, id],
      [ana.address, id],
    ])
    expect(new Set(activities.map(one => one.id)).size).to.equal(3)
  })

  it('follow the chain, and each version stays where its hash is', async () => {
    const before = await bodyOf(at('activity-log.json'))
    const [etag, kept] = [`${before.headers.get('etag')}`, `${before.headers.get('content-location')}`]
    const bytes = Buffer.from(await before.arrayBuffer())
    expect(kept).to.equal(`/sha256/${createHash('sha256').update(bytes).digest('hex')}`)
    expect((await fetch(at('activity-log.json'), { headers: { 'if-none-match': etag } })).status).to.equal(304)

    await send(carla, rail.governor, railGovernorAbi, 'castVote', proposal.id, 1)
    const after = await fetch(at('activity-log.json'), { headers: { 'if-none-match': etag } })
    expect(after.status).to.equal(200)
    expect(shapes.activityLog.parse(await after.json()).activities).to.have.length(4)

    const old = await bodyOf(`${served.url}${kept}`)
    expect(Buffer.from(await old.arrayBuffer()).equals(bytes)).to.equal(true)
    expect(old.headers.get('cache-control')).to.include('immutable')
    expect(old.headers.get('content-type')).to.equal(before.headers.get('content-type'))
  })

  it('are nothing else: no other rail, no other name, no file beside them', async () => {
    const wrong = [
      'rails/2/dao.json',
      'rails/0/dao.json',
      'rails/1/nothing.json',
      'rails/1/',
      `sha256/${'0'.repeat(64)}`,
    ]
    const outside = ['sha256/..%2F..%2Fetc%2Fpasswd', 'rails/1/..%2F..%2Fmanifest.json', 'rails/1%2F..%2F2/dao.json']
    for (const name of [...wrong, ...outside]) expect((await fetch(`${served.url}/${name}`)).status, name).to.equal(404)
    expect((await fetch(at('dao.json'), { method: 'POST', body: '{}' })).status).to.be.oneOf([404, 415])
    expect((await readdir(folder)).every(name => /^[0-9a-f]{64}$/.test(name))).to.equal(true)
  })
})
