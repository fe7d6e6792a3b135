import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { roles } from '@nexus/deploy/roles'
import { parseCalls } from '@nexus/governance/calls-file'
import { awardIdOf, redirectTypedData } from '@nexus/governance/commons/award'
import { contractsOf } from '@nexus/governance/contracts'
import { accounts } from '@nexus/local/accounts'
import { expect } from 'chai'
import { id } from 'ethers'
import { type Abi, encodeFunctionData } from 'viem'
import { bar } from '../../../services/cli/src/commons/text.ts'
import { type RecordsWorld, startRecords } from './records.ts'

const { deployer, governor, sponsor, keeper: stranger } = accounts
const [household, heir] = accounts.holders
const DAY = 86_400
const UNIT = 10n ** 6n
const why = (text: string) => ['--reason', text]

describe('nexus commons', function () {
  this.timeout(600_000)
  let world: RecordsWorld
  let fund: `0x${string}`
  let asset: `0x${string}`
  if (!household || !heir) throw new Error('too few accounts')

  before(async () => {
    const beneficiary = deployer.address
    world = await startRecords({
      parameters: {
        Commons: { feeShare: { keptBps: 2_000, beneficiary }, slashShare: { keptBps: 5_000, beneficiary } },
      },
    })
    const { rpc, manifest } = world
    const token = Object.values(manifest.assets)[0]
    if (!manifest.commons || !token) throw new Error('nothing was deployed')
    ;[fund, asset] = [manifest.commons, token]
    // that of a contract; nobody else has it where the powers were handed over
    await rpc.send(deployer, {
      ...{ address: manifest.accessManager, abi: accessManagerAbi as Abi, functionName: 'grantRole' },
      args: [roles.find(({ name }) => name === 'COMPENSATING')?.id, governor.address, 0],
    })
    await rpc.send(deployer, {
      ...{
        address: asset,
        abi: testStablecoinAbi as Abi,
        functionName: 'mint',
        args: [sponsor.address, 2_000n * UNIT],
      },
    })
  })
  after(() => world?.stop())

  const inDays = async (days: number) =>
    new Date(((await world.clock.nowSeconds()) + days * DAY) * 1000).toISOString().replace(/\.\d+Z/, 'Z')
  const awardId = (words: string, part = 0) => awardIdOf(governor.address, id(words) as `0x${string}`, part)

  it('takes income, says before what of it stays, and shows it by source', async () => {
    const { effects } = (
      await world.act(sponsor, 'commons', 'fund', '100 nxUSD', '--source', 'fee', '--origin', asset)
    ).json()
    expect(effects).to.include({ source: 'fee', keptAssets: `${20n * UNIT}`, passedAssets: `${80n * UNIT}` })
    await world.act(sponsor, 'commons', 'fund', `${1_000n * UNIT}`, '--origin', 'a gift of the harbour')
    const view = (await world.look('commons', 'show')).json()
    expect(view.shares.map((one: { keptBps: number }) => one.keptBps)).to.deep.equal([2_000, 10_000, 5_000, 10_000])
    expect(view.assets[0]).to.include({ asset, held: `${1_020n * UNIT}`, due: `${80n * UNIT}`, grantable: '0' })
    const text = await world.read('commons', 'show')
    expect(text).to.match(/gift +█{32} +kept 1000 nxUSD/)
    expect(text).to.match(/fee +█·{31} +kept 20 nxUSD +passed on 80 nxUSD, of which 0 nxUSD fetched/)
    expect(text).to.match(/fee +20 % stays +the rest to 0x/)
    expect(text).to.include('no awards')
  })

  it('pays what was passed on, and counts what was only sent', async () => {
    const { effects } = (await world.act(stranger, 'commons', 'fetch', 'fee')).json()
    expect(effects).to.include({ to: deployer.address, assets: `${80n * UNIT}` })
    expect(await world.refused(stranger, 'commons', 'fetch', 'fee')).to.equal('Commons_NothingDue')
    await world.rpc.send(deployer, {
      ...{ address: asset, abi: testStablecoinAbi as Abi, functionName: 'mint', args: [fund, 3n] },
    })
    expect((await world.act(stranger, 'commons', 'take')).json().effects.assets).to.equal('3')
  })

  it('announces limits two weeks ahead, by the role that may', async () => {
    const announce = (setting: string, amount: string) => [
      ...['commons', 'announce', setting, amount, ...why('budget of the year')],
    ]
    expect(await world.refused(stranger, ...announce('grant-limit', '600 nxUSD'))).to.equal('AccessManagedUnauthorized')
    const { effects } = (await world.act(governor, ...announce('grant-limit', '600 nxUSD'))).json()
    expect(effects.needs).to.include({ role: 'BUDGETING', class: 'ratification' })
    await world.act(governor, ...announce('compensation-limit', '50 nxUSD'))
    expect(await world.read('commons', 'show')).to.match(/announced +grant-limit 600 nxUSD from 20/)
    await world.clock.moveBy(14 * DAY)
    const [view] = (await world.look('commons', 'show')).json().assets
    expect(view).to.include({ grantable: `${600n * UNIT}`, compensable: `${50n * UNIT}` })
  })

  it('grants, and anyone has it paid to whom it names', async () => {
    const words = 'a well for the lower village'
    const grant = ['commons', 'award', 'grant', '--to', household.address, '--assets', '100 nxUSD', ...why(words)]
    const { effects } = (await world.act(governor, ...grant)).json()
    expect(effects).to.include({ awardId: awardId(words), decision: id(words), assets: `${100n * UNIT}` })
    expect(effects.needs.role).to.equal('GRANTING')
    expect(await world.refused(governor, ...grant)).to.equal('Commons_AlreadyAwarded')
    const collected = (await world.act(stranger, 'commons', 'collect', awardId(words))).json()
    expect(collected.effects).to.include({ recipient: household.address, assets: `${100n * UNIT}` })
    expect(await world.refused(stranger, 'commons', 'collect', awardId(words))).to.equal('Commons_NothingToCollect')
    const view = (await world.look('commons', 'show', awardId(words))).json()
    expect(view).to.include({ kind: 'grant', to: household.address, paid: `${100n * UNIT}`, collectable: '0' })
    expect(view.history.map((one: { event: string }) => one.event)).to.deep.equal(['AwardMade', 'AwardPaid'])
    expect(await world.read('commons', 'show', awardId(words))).to.match(/status +closed/)
  })

  it('streams with a cliff, and takes back only what has not vested', async () => {
    const [start, cliff, end] = [await inDays(1), await inDays(11), await inDays(101)]
    const stream = ['commons', 'award', 'stream', '--to', household.address, '--assets', '100 nxUSD']
    const when = ['--start', start, '--cliff', cliff, '--end', end]
    await world.act(governor, ...stream, ...when, ...why('a keeper of the gauge'))
    const streamed = awardId('a keeper of the gauge')
    expect(await world.refused(stranger, 'commons', 'collect', streamed)).to.equal('Commons_NothingToCollect')
    await world.clock.moveBy(51 * DAY)
    await world.act(household, 'commons', 'redirect', streamed, '--to', heir.address)
    const { effects } = (await world.act(governor, 'commons', 'revoke', streamed, ...why('the gauge is gone'))).json()
    expect(Number(effects.assets)).to.be.closeTo(50e6, 1e5)
    const { collectable } = (await world.look('commons', 'show', streamed)).json()
    expect(Number(collectable)).to.be.closeTo(50e6, 1e5)
    const collected = (await world.act(stranger, 'commons', 'collect', streamed)).json()
    expect(collected.effects).to.include({ recipient: heir.address, assets: collectable })
  })

  it('pledges for a milestone, and releases nothing without its evidence', async () => {
    const [from, to] = [await inDays(-3), await inDays(30)]
    const feed = id('a feed')
    await world.act(
      governor,
      ...['commons', 'award', 'pledge', '--to', household.address, '--assets', '10 nxUSD', '--part', '2'],
      ...['--feed', feed, '--at-least', '640', '--from', from, '--to-time', to, '--min-eql', '3', ...why('a mangrove')],
    )
    const pledged = awardId('a mangrove', 2)
    const view = (await world.look('commons', 'show', pledged)).json()
    expect(view.milestone).to.deep.equal({ feedId: feed, threshold: '640', atLeast: true, from, to, minEql: 3 })
    expect(Date.parse(view.lapsesAt) - Date.parse(to)).to.equal(180 * DAY * 1000)
    expect(await world.refused(stranger, 'commons', 'release', pledged, '--aep', id('no pack'))).to.match(/^Evidence_/)
    const text = await world.read('commons', 'show', pledged)
    expect(text).to.match(/status +awaits evidence/)
    expect(text).to.match(/when +at least 640, level 3 or better/)
    expect(await world.refused(stranger, 'commons', 'lapse', pledged)).to.equal('Commons_NotLapsed')
    await world.clock.moveBy(211 * DAY)
    const lapsed = (await world.act(stranger, 'commons', 'lapse', pledged)).json()
    expect(lapsed.effects.assets).to.equal(`${10n * UNIT}`)
  })

  it('awards compensation as far as its limit, and says how much that is before', async () => {
    const compensate = ['commons', 'award', 'compensation', '--to', heir.address, '--assets', '70 nxUSD']
    const { effects } = (await world.act(governor, ...compensate, '--case', 'case 1')).json()
    expect(effects).to.include({ askedAssets: `${70n * UNIT}`, awardedAssets: `${50n * UNIT}`, origin: id('case 1') })
    expect(effects.needs).to.include({ role: 'COMPENSATING', class: 'constitutional' })
  })

  it('prints the calls of what a role decides, as the NVM and a rail take them', async () => {
    const run = await world.nexus(
      governor,
      ...['commons', 'award', 'grant', '--to', heir.address, '--assets', '1', ...why('later'), '--as-calls'],
      ...world.on,
    )
    const terms = { decision: id('later'), part: 0, asset, to: heir.address, assets: '1' }
    expect(JSON.parse(run.stdout)).to.deep.equal([{ contract: 'CommonsFund', function: 'grant', args: [terms] }])
    expect(run.stderr).to.match(/needs +GRANTING/)
    const { manifest } = world
    const data = encodeFunctionData({
      ...{ abi: commonsFundAbi, functionName: 'grant' },
      args: [{ ...terms, decision: id('later') as `0x${string}`, assets: 1n }],
    })
    const call = { to: fund, value: 0n, data }
    expect(parseCalls(JSON.parse(run.stdout), contractsOf(manifest))).to.deep.equal([call])
  })

  it('looks before it sends: a dry run sends nothing', async () => {
    const held = async () => (await world.look('commons', 'show')).json().assets[0].held
    const before = await held()
    const run = await world.nexus(
      sponsor,
      ...['commons', 'fund', '1 nxUSD', '--origin', 'x', '--dry-run', '--key-env', 'THE_KEY', ...world.on],
    )
    expect([run.status, run.stdout.trim()]).to.deep.equal([0, 'nothing was sent'])
    expect(run.stderr).to.match(/stays +1 nxUSD/)
    expect(await held()).to.equal(before)
  })

  it('says what is wrong with what was typed', async () => {
    const typed = async (...args: string[]) => {
      const run = await world.nexus(governor, 'commons', ...args, ...world.on, '--key-env', 'THE_KEY', '--yes')
      return [run.status, run.error().code]
    }
    const to = ['--to', heir.address, '--assets', '1']
    const window = ['--feed', id('f'), '--from', '2026-01-01T00:00:00Z', '--to-time', '2026-02-01T00:00:00Z']
    const wrong: [string[], string][] = [
      [['fetch', 'tax'], 'bad-source'],
      [['announce', 'ceiling', '1', ...why('x')], 'bad-setting'],
      [['fund', '1', '--origin', 'x', '--asset', 'DOGE'], 'no-such-asset'],
      [['award', 'grant', ...to], 'no-reason'],
      [['award', 'grant', ...to, '--decision', id('x'), ...why('x')], 'usage'],
      [['award', 'grant', ...to, ...why('x'), '--part', 'one'], 'bad-part'],
      [['award', 'pledge', ...to, ...why('x'), ...window, '--min-eql', '3'], 'usage'],
      [['award', 'pledge', ...to, ...why('x'), ...window, '--min-eql', '5', '--at-most', '1'], 'bad-level'],
      [['award', 'pledge', ...to, ...why('x'), ...window, '--min-eql', '3', '--at-most', '1.5'], 'bad-threshold'],
      [['collect', id('nothing')], 'no-such-award'],
      [['collect', '1'], 'bad-hash'],
    ]
    for (const [args, code] of wrong) expect(await typed(...args), args.join(' ')).to.deep.equal([2, code])
  })

  it('a recipient signs where it is to be paid as the contract reads it', async () => {
    const { domain, types, primaryType } = redirectTypedData(world.manifest.chainId, fund)
    const { privateKeyToAccount } = await import('viem/accounts')
    await world.act(
      governor,
      ...['commons', 'award', 'grant', '--to', household.address, '--assets', '5', ...why('signed for')],
    )
    const deadline = BigInt(await world.clock.nowSeconds()) + 1_000n
    const nonce = (await world.rpc.client.readContract({
      ...{ address: fund, abi: commonsFundAbi, functionName: 'nonces', args: [household.address] },
    } as const)) as bigint
    const message = { awardId: awardId('signed for'), to: heir.address, nonce, deadline }
    const signature = await privateKeyToAccount(household.privateKey).signTypedData({
      ...{ domain, types, primaryType, message },
    })
    await world.rpc.send(stranger, {
      ...{ address: fund, abi: commonsFundAbi as Abi, functionName: 'redirectFor' },
      args: [awardId('signed for'), heir.address, deadline, signature],
    })
    expect((await world.look('commons', 'show', awardId('signed for'))).json().to).to.equal(heir.address)
  })

  it('draws something as never nothing, and less than all as never all', () => {
    expect(bar(0n, 5n)).to.equal('·'.repeat(32))
    expect(bar(0n, 0n)).to.equal('·'.repeat(32))
    expect(bar(1n, 10n ** 30n)).to.equal(`█${'·'.repeat(31)}`)
    expect(bar(10n ** 30n - 1n, 10n ** 30n)).to.equal(`${'█'.repeat(31)}·`)
    expect(bar(7n, 7n)).to.equal('█'.repeat(32))
  })
})
