import { writeFile } from 'node:fs/promises'
import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { writeManifest } from '@nexus/chain/manifest'
import { accounts } from '@nexus/local/accounts'
import { scenario } from '@nexus/local/scenario'
import { suite } from '@nexus/local/suite'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { expect } from 'chai'
import { Interface, id } from 'ethers'
import type { Abi } from 'viem'
import { type RecordsWorld, startRecords } from './records.ts'

const { deployer, governor, sponsor, keeper: stranger } = accounts
const RAIN = 'No model is used under suspension.\nIts publisher is heard first.'
const OPEN = 'Whoever is owed is paid, without asking anybody.'

describe('nexus charter', function () {
  this.timeout(600_000)
  let world: RecordsWorld
  /** What rulings order is carried out by a contract, for good. */
  const orders = () => ({ address: world.manifest.grievance?.orders, name: 'GrievanceOrders' })
  before(async () => {
    world = await startRecords({ start: '2011-12-01T00:00:00Z' }) // before the cover that is bound here
  })
  after(() => world?.stop())

  const amendment = async (clauses: unknown) => {
    await writeFile(world.file('amendment.json'), JSON.stringify({ clauses }))
    return world.file('amendment.json')
  }
  const amending = async (clauses: unknown, ...more: string[]) => [
    'charter',
    'amend',
    'rain rail',
    '--file',
    await amendment(clauses),
    '--reason',
    'the members agreed',
    ...more,
  ]

  it('is empty before anybody opens one', async () => {
    expect((await world.look('charter', 'list')).json()).to.deep.equal([])
    const none = await world.nexus(governor, 'charter', 'show', ...world.on)
    expect([none.status, none.error().code]).to.deep.equal([2, 'which-charter'])
  })

  it('opens one by the holder of the role, and for nobody else', async () => {
    const args = ['charter', 'open', 'rain rail', '--keeper', governor.address]
    expect(await world.refused(stranger, ...args)).to.equal('AccessManagedUnauthorized')
    const { effects, transactions } = (await world.act(governor, ...args)).json()
    expect(effects).to.deep.include({ charterId: id('rain rail'), keeper: governor.address })
    expect(effects.needs).to.deep.equal({ role: 'CHARTERING', holders: [governor.address], class: 'ratification' })
    expect(transactions[0].events[0].event).to.equal('CharterOpened')
    expect(await world.refused(governor, ...args)).to.equal('Charter_AlreadyOpen')
  })

  it('words clauses, and shows each with what carries it out, the role and who holds it', async () => {
    const args = await amending([
      {
        label: '1',
        text: RAIN,
        carriers: [
          { contract: 'ComponentRegistry', function: 'suspend' },
          { contract: 'PolicyBook', function: 'pause(uint40)' },
        ],
      },
      { label: '2', text: OPEN, carriers: [{ contract: 'PolicyBook', function: 'settle(uint256,bytes32)' }] },
      { label: '3', text: 'We meet every spring.' },
    ])
    await world.act(governor, ...args)
    const shown = (await world.look('charter', 'show', 'rain rail')).json()
    expect(shown).to.include({ name: 'rain rail', charterId: id('rain rail'), version: 1, latestVersion: 1 })
    expect(shown.clauses.map((one: { label: string }) => one.label)).to.deep.equal(['1', '2', '3'])
    const [first, second, third] = shown.clauses
    expect(first).to.include({ text: RAIN, textHash: id(RAIN), sinceVersion: 1 })
    expect(first.carriers[0]).to.deep.equal({
      ...{ kind: 'function', target: world.manifest.registries?.component, contract: 'ComponentRegistry' },
      ...{ selector: id('suspend(bytes32,bytes32)').slice(0, 10), function: 'suspend(bytes32, bytes32)' },
      guard: {
        ...{
          kind: 'role',
          role: 'SUPERVISION',
          roleId: 24,
          holders: [{ address: governor.address, name: null }, orders()],
        },
      },
    })
    expect(first.carriers[1].guard).to.include({ role: 'GUARDIAN' })
    expect(second.carriers[0].guard).to.deep.equal({ kind: 'anyone' })
    expect(third.carriers).to.deep.equal([])

    const text = await world.read('charter', 'show', id('rain rail'))
    expect(text).to.match(/^rain rail, version 1, kept by 0x/)
    expect(text).to.include('ComponentRegistry.suspend(bytes32, bytes32)\n      needs SUPERVISION (role 24), held by')
    expect(text).to.include('PolicyBook.settle').and.to.include('anyone may call it')
    expect(text).to.include('nothing on chain carries it out')
  })

  it('follows a role to its next holder, whom it calls by name where the manifest knows one', async () => {
    const manager = { address: world.manifest.accessManager, abi: accessManagerAbi as Abi }
    const supervision = 24n
    await world.rpc.send(deployer, { ...manager, functionName: 'grantRole', args: [supervision, sponsor.address, 0] })
    await world.rpc.send(deployer, { ...manager, functionName: 'revokeRole', args: [supervision, governor.address] })
    const others = stranger.address
    writeManifest(world.file('with-safe.json'), {
      ...world.manifest,
      governance: {
        ...{ safe: sponsor.address, nvm: others, nvmGuard: others },
        ...{ actionClasses: others, constitution: others, multiSend: others },
      },
    })
    const on = ['--rpc', world.chain.url, '--manifest', world.file('with-safe.json')]
    const shown = (await world.nexus(governor, 'charter', 'show', ...on, '--json')).json()
    expect(shown.clauses[0].carriers[0].guard.holders).to.have.deep.members([
      { address: sponsor.address, name: 'Safe' },
      orders(),
    ])
    expect(shown.clauses[0].carriers[1].guard.holders).to.deep.equal([{ address: governor.address, name: null }])
  })

  it('keeps every version readable: what was worded anew, added and repealed', async () => {
    // a promise that a policy and a feed carry out
    const { dry } = scenario(loadCatalogue()).covers
    const suiteOf = suite(world.rpc, world.manifest)
    const [depositor] = accounts.depositors
    const [insured] = accounts.holders
    if (!depositor || !insured) throw new Error('too few accounts')
    await suiteOf.deposit(depositor, dry.coverAssets)
    await suiteOf.publishFeed(dry)
    const policyId = await suiteOf.bind(dry, insured)
    await world.act(
      governor,
      ...(await amending([
        { label: '2', text: '' },
        { label: '1', text: 'No model is used under suspension.' },
        { label: '4', text: 'Drought is paid.', carriers: [{ policy: `${policyId}` }, { feed: dry.feedId }] },
      ])),
    )
    const now = (await world.look('charter', 'show', 'rain rail')).json()
    expect(now.clauses.map((one: { label: string; text: string | null }) => [one.label, one.text])).to.deep.equal([
      ['1', 'No model is used under suspension.'],
      ['2', null],
      ['3', 'We meet every spring.'],
      ['4', 'Drought is paid.'],
    ])
    const book = { target: world.manifest.policyBook, contract: 'PolicyBook' }
    expect(now.clauses[3].carriers).to.deep.equal([
      { kind: 'policy', ...book, policyId: `${policyId}`, status: 'active' },
      { kind: 'feed', feedId: dry.feedId, cap: 4, modelComponent: null },
    ])
    const before = (await world.look('charter', 'show', 'rain rail', '--version', '1')).json()
    expect(before.clauses.map((one: { text: string }) => one.text)).to.deep.equal([RAIN, OPEN, 'We meet every spring.'])
    expect(before.charterHash).not.to.equal(now.charterHash)
    const text = await world.read('charter', 'show', 'rain rail')
    expect(text).to.include('2  (since version 2, repealed)').and.to.include(`policy ${policyId} of PolicyBook: active`)
    const later = await world.nexus(governor, 'charter', 'show', 'rain rail', '--version', '3', ...world.on)
    expect([later.status, later.error().code]).to.deep.equal([2, 'no-such-version'])
    expect((await world.look('charter', 'list')).json()[0]).to.include({ name: 'rain rail', version: 2, clauses: 4 })
  })

  it('prints an amendment as calls that encode to what would have been sent', async () => {
    const args = await amending([
      { label: '5', text: 'Evidence first.', carriers: [{ contract: 'EvidenceRegistry', function: 'rule' }] },
    ])
    const printed = await world.nexus(sponsor, ...args, ...world.on, '--as-calls')
    expect(printed.status, printed.stderr).to.equal(0)
    expect(printed.stderr).to.include('CHARTER_KEEPING').and.to.include(governor.address)
    const [call, ...others] = printed.json()
    expect(others).to.deep.equal([])
    expect(call).to.include({ contract: 'CharterRegistry', function: 'amend' })
    const contract = new Interface(charterRegistryAbi)
    const data = contract.encodeFunctionData('amend', call.args)
    const [charterId, version, clauses, reason] = contract.decodeFunctionData('amend', data)
    expect([charterId, version, reason]).to.deep.equal([id('rain rail'), 2n, id('the members agreed')])
    expect(clauses[0].text).to.equal('Evidence first.')
    expect(clauses[0].carriers[0].selector).to.equal(id('rule(bytes32,bool,bytes32)').slice(0, 10))
    expect((await world.look('charter', 'show', 'rain rail')).json().version).to.equal(2)
  })

  it('changes the keeper, whose charter it then is alone', async () => {
    const args = ['charter', 'change-keeper', 'rain rail', '--keeper', sponsor.address, '--reason', 'it has a rail now']
    await world.act(governor, ...args)
    expect((await world.look('charter', 'show', 'rain rail')).json().keeper.address).to.equal(sponsor.address)
    const amend = await amending([{ label: '6', text: 'Late.' }])
    expect(await world.refused(governor, ...amend)).to.equal('Charter_NotKeeper')
  })

  it('says where an amendment is wrong, and sends nothing', async () => {
    const wrong = async (clauses: unknown) => {
      const run = await world.nexus(
        governor,
        ...(await amending(clauses)),
        ...world.on,
        '--key-env',
        'THE_KEY',
        '--yes',
      )
      expect([run.status, run.error().code]).to.deep.equal([2, 'bad-amendment'])
      return run.error().details.at
    }
    expect(await wrong([{ label: '1', text: 'x', carriers: [{ contract: 'Nobody', function: 'f' }] }])).to.equal(
      'clauses.0.carriers.0',
    )
    expect(await wrong([{ label: '1', text: 'x', carriers: [{ contract: 'PolicyBook', function: 'fly' }] }])).to.equal(
      'clauses.0.carriers.0',
    )
    expect(
      await wrong([
        { label: '1', text: 'x' },
        { label: '1', text: 'y' },
      ]),
    ).to.equal('clauses.1.label')
    expect(await wrong([{ label: '1' }])).to.equal('clauses.0.text')
    const unknown = await world.nexus(governor, 'charter', 'show', 'sea rail', ...world.on)
    expect([unknown.status, unknown.error().details.known]).to.deep.equal([2, ['rain rail']])
  })

  it('reads from a run that was kept, where no chain is named', async () => {
    const kept = await world.nexus(governor, 'charter', 'show', '--dir', world.file(''), '--json')
    expect(kept.status, kept.stderr).to.equal(0)
    expect(kept.json()).to.include({ name: 'rain rail', version: 2 })
    const nowhere = await world.nexus(governor, 'charter', 'list', '--dir', world.file('nowhere'))
    expect([nowhere.status, nowhere.error().code]).to.deep.equal([2, 'no-last-run'])
  })

  it('has a chain that does not answer try again later', async () => {
    const away = ['--rpc', 'http://127.0.0.1:9', '--manifest', world.manifestFile]
    const run = await world.nexus(governor, 'charter', 'list', ...away)
    expect([run.status, run.error().code]).to.deep.equal([75, 'chain-unavailable'])
  })
})
