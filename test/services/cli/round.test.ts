import { writeFile } from 'node:fs/promises'
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { parseCalls } from '@nexus/governance/calls-file'
import { contractsOf } from '@nexus/governance/contracts'
import { type Account, accounts } from '@nexus/local/accounts'
import { expect } from 'chai'
import { decodeFunctionData, type Hex } from 'viem'
import { type RoundsWorld, startRounds, UNIT } from './rounds-world.ts'

const DAY = 86_400
const { governor, keeper: stranger, reviewer, people, projects, attester, pretenders, sponsor } = accounts
const [ana, ben, cem] = people
const HASH = `0x${'11'.repeat(32)}`
const dossier = ['--dossier-hash', HASH]
const why = ['--reason', 'as the page says']
const time = (seconds: number) => new Date(seconds * 1_000).toISOString().replace('.000', '')

describe('nexus round', function () {
  this.timeout(600_000)
  let world: RoundsWorld
  let gate: Hex
  const [first] = projects
  if (!ana || !ben || !cem || !first) throw new Error('too few accounts')

  before(async () => {
    world = await startRounds()
    gate = (await world.act(governor, 'round', 'gate', '--attester', attester.address, '--threshold', '20000')).json()
      .gate
  })
  after(() => world?.stop())

  const documentOf = async (change: Record<string, unknown> = {}) => {
    const now = await world.clock.nowSeconds()
    return {
      ...{ version: 1, asset: 'nxUSD', variant: 'linear', metadataURI: 'data:,' },
      ...{ applyUntil: time(now + DAY), contributeFrom: time(now + 2 * DAY), contributeUntil: time(now + 4 * DAY) },
      ...{ reviewUntil: time(now + 6 * DAY), payoutUntil: time(now + 90 * DAY), reviewer: reviewer.address, gate },
      ...change,
    }
  }
  const termsFile = async (document: unknown): Promise<string> => {
    const file = world.file(`terms-${Math.random()}.json`)
    await writeFile(file, JSON.stringify(document))
    return file
  }
  /** An open round with projects, before anyone gives. */
  async function opened(change: Record<string, unknown> = {}, applicants: readonly Account[] = projects) {
    const file = await termsFile(await documentOf(change))
    const round = (await world.act(governor, 'round', 'open', file)).json().effects.round as Hex
    for (const one of applicants) {
      await world.act(one, 'round', 'apply', round, ...dossier, '--uri', 'data:,')
      await world.act(reviewer, 'round', 'accept', round, one.address, ...dossier, ...why)
    }
    await world.act(governor, 'round', 'fund', round, '900 nxUSD')
    await world.clock.moveBy(2 * DAY)
    return round
  }
  const give = async (round: Hex, person: Account, ...gifts: string[]) =>
    world.act(person, 'round', 'give', round, ...gifts, '--attestation', await world.attest(person))
  const show = async (round: Hex) => (await world.look('round', 'show', round)).json()

  it('refuses terms that no round can have, with their place, before anything is sent', async () => {
    const good = await documentOf()
    for (const [change, place] of [
      [{ surprise: 1 }, 'surprise'],
      [{ variant: 'cubic' }, 'variant'],
      [{ capBps: 0 }, 'capBps'],
      [{ milestoneBps: [5_000, 4_000] }, 'milestoneBps'],
      [{ parameter: '25' }, 'parameter'],
      [{ variant: 'pairwise' }, 'parameter'],
      [{ reviewer: '0x12' }, 'reviewer'],
      [{ others: [{ token: gate, unitsWad: '1.5' }] }, 'others'],
    ] as const) {
      const file = await termsFile({ ...good, ...change })
      const { status, error } = await world.nexus(governor, 'round', 'open', file, ...world.on, '--yes')
      expect([status, error().code], place).to.deep.equal([2, 'bad-terms'])
      expect(error().message).to.include(place)
    }
    const file = await termsFile({ ...good, applyUntil: '2026-02-30' })
    const { error } = await world.nexus(governor, 'round', 'open', file, ...world.on, '--yes')
    expect(error().code).to.equal('bad-time')
  })

  it('opens by the role alone, or prints the calls for the NVM', async () => {
    const file = await termsFile(await documentOf())
    expect(await world.refused(stranger, 'round', 'open', file)).to.equal('AccessManagedUnauthorized')
    const printed = await world.nexus(stranger, 'round', 'open', file, ...world.on, '--as-calls')
    expect(printed.status, printed.stderr).to.equal(0)
    const [call] = parseCalls(printed.json(), contractsOf(world.manifest))
    expect(call?.to).to.equal(world.factory)
    const looked = await world.nexus(stranger, 'round', 'open', file, ...world.on, '--dry-run', '--json')
    expect(looked.json().effects.needs).to.deep.include({ role: 'FUNDING_ROUNDS', holders: [governor.address] })
    expect((await world.look('round', 'list')).json().rounds).to.deep.equal([])
  })

  it('prints what a reviewer decides as calls that know no manifest', async () => {
    const round = await opened({}, [])
    const file = await termsFile(await documentOf())
    const other = (await world.act(governor, 'round', 'open', file)).json().effects.round
    await world.act(first, 'round', 'apply', other, ...dossier, '--uri', 'data:,')
    const args = ['round', 'accept', other, first.address, ...dossier, ...why]
    expect(await world.refused(stranger, ...args)).to.equal('Rounds_NotReviewer')
    const printed = await world.nexus(stranger, ...args, ...world.on, '--as-calls')
    const [call] = parseCalls(printed.json(), contractsOf(world.manifest))
    expect(call?.to).to.equal(other)
    const { functionName } = decodeFunctionData({ abi: quadraticRoundAbi, data: call?.data ?? '0x' })
    expect(functionName).to.equal('review')
    expect(printed.stderr).to.include(`${reviewer.address}, whom the contract names`)
    await world.act(reviewer, 'round', 'reject', other, first.address, ...dossier, ...why)
    expect((await show(other)).applications).to.deep.equal([])
    expect((await world.look('round', 'list')).json().rounds.map((each: { round: Hex }) => each.round)).to.deep.equal([
      round,
      other,
    ])
  })

  it('takes ballots that were signed without a chain, once, until they are void', async () => {
    const round = await opened()
    await give(round, ana, '0=2 nxUSD')
    const sign = (nonce: number, out: string, ...gifts: string[]) =>
      world.nexus(
        ana,
        ...['round', 'sign-ballot', round, ...gifts, '--manifest', world.manifestFile, '--key-env', 'THE_KEY'],
        ...['--nonce', `${nonce}`, '--deadline', time(2_000_000_000), '--out', world.file(out)],
      )
    expect((await sign(0, 'first.ballot', `0=${5n * UNIT}`, `1=${UNIT}`)).status).to.equal(0)
    expect((await sign(0, 'first.ballot', `0=${UNIT}`)).error().code).to.equal('file-exists')
    expect((await sign(0, 'bad.ballot', '0=5 nxUSD')).error().code).to.equal('bad-gift')
    // carried by somebody, paid by who signed, who has to let the round take it
    expect(await world.refused(stranger, 'round', 'relay', world.file('first.ballot'))).to.equal(
      'ERC20InsufficientAllowance',
    )
    const permitted = await world.nexus(
      ana,
      ...['round', 'sign-ballot', round, '0=5 nxUSD', '1=1 nxUSD', ...world.on, '--key-env', 'THE_KEY'],
      ...['--deadline', time(2_000_000_000), '--out', world.file('permitted.ballot')],
    )
    expect(permitted.status, permitted.stderr).to.equal(0)
    await world.act(stranger, 'round', 'relay', world.file('permitted.ballot'))
    expect((await show(round)).projects[0].contributed).to.equal(`${5n * UNIT}`)
    expect(await world.refused(stranger, 'round', 'relay', world.file('permitted.ballot'))).to.equal(
      'Rounds_WrongNonce',
    )
    await sign(1, 'second.ballot', `0=${UNIT}`)
    await world.act(ana, 'round', 'void', round)
    expect(await world.refused(stranger, 'round', 'relay', world.file('second.ballot'))).to.equal('Rounds_WrongNonce')
    await writeFile(world.file('torn.ballot'), '{"version":1}')
    const torn = await world.nexus(stranger, 'round', 'relay', world.file('torn.ballot'), ...world.on, '--yes')
    expect([torn.status, torn.error().code]).to.deep.equal([2, 'bad-ballot'])
  })

  it('refuses gifts with a reason, and says what a person lacks', async () => {
    const round = await opened()
    const tell = async (...args: string[]) =>
      (await world.nexus(ben, 'round', ...args, ...world.on, '--key-env', 'THE_KEY', '--yes')).error().code
    expect(await tell('give', round, '0=1 nxUSD')).to.equal('no-attestation')
    expect(await tell('give', round, 'zero')).to.equal('bad-gift')
    expect(await tell('give', round, '0=1 nxUSD', '0=2 nxUSD')).to.equal('bad-gift')
    expect(await tell('give', round, '0=1 EUR')).to.equal('no-such-token')
    expect(await tell('withdraw', round)).to.equal('nothing-given')
    const uid = await world.attest(ben)
    await world.act(ben, 'round', 'register', round, '--attestation', uid)
    expect((await world.look('round', 'person', round, ben.address)).json().isRegistered).to.equal(true)
    expect(await world.refused(ben, 'round', 'give', round, '7=1 nxUSD')).to.equal('Rounds_WrongProjectStatus')
  })

  it('strikes, disqualifies and sends gifts back, and keeps counting as the contract does', async () => {
    const round = await opened()
    const uid = await world.attest(cem)
    await world.act(cem, 'round', 'give', round, '0=9 nxUSD', '1=4 nxUSD', '--attestation', uid)
    await give(round, ana, '0=16 nxUSD', '1=1 nxUSD')
    await give(round, ben, '1=25 nxUSD')
    expect(await world.refused(stranger, 'round', 'strike', round, cem.address)).to.equal('Rounds_NotRevoked')
    await world.revoke(uid)
    expect((await world.look('round', 'person', round, cem.address)).json().isRevoked).to.equal(true)
    await world.act(stranger, 'round', 'strike', round, cem.address)
    const before = await world.balance(cem.address)
    await world.act(stranger, 'round', 'refund', round, '0', cem.address)
    expect(await world.balance(cem.address)).to.equal(before + 9n * UNIT)
    await world.act(reviewer, 'round', 'disqualify', round, '1', ...why)
    await world.act(stranger, 'round', 'refund', round, '1', ben.address)
    const shown = await show(round)
    expect(shown.differences).to.deep.equal([])
    expect(shown.projects.map((one: { contributors: number }) => one.contributors)).to.deep.equal([1, 2, 0])
    expect(await world.read('round', 'show', round)).to.match(/disqualified[\s\S]*the contract counts the same/)
  })

  it('cancels, and everything goes back', async () => {
    const round = await opened()
    await give(round, ana, '0=16 nxUSD')
    const [had, funded] = [await world.balance(ana.address), await world.balance(governor.address)]
    expect(await world.refused(stranger, 'round', 'cancel', round, ...why)).to.equal('AccessManagedUnauthorized')
    await world.act(governor, 'round', 'cancel', round, ...why)
    await world.act(stranger, 'round', 'refund', round, '0', ana.address)
    await world.act(stranger, 'round', 'refund-pool', round, governor.address)
    expect(await world.balance(ana.address)).to.equal(had + 16n * UNIT)
    expect(await world.balance(governor.address)).to.equal(funded + 900n * UNIT)
    expect(await show(round)).to.include({ phase: 'cancelled', poolAssets: '0' })
  })

  it('pushes a matching with caps in small batches, holds and pays', async () => {
    const applicants = [...projects, ...pretenders, sponsor]
    const round = await opened({ variant: 'capital-constrained', capBps: 3_000 }, applicants)
    await give(round, ana, '0=100 nxUSD', '1=90 nxUSD', '2=1 nxUSD', '3=1 nxUSD', '4=2 nxUSD')
    await give(round, ben, '0=100 nxUSD', '1=90 nxUSD', '2=400 nxUSD', '5=3 nxUSD')
    await give(round, cem, '0=100 nxUSD', '1=95 nxUSD', '3=1 nxUSD', '4=2 nxUSD')
    expect(await world.refused(stranger, 'round', 'push', round)).to.equal('Rounds_TooEarly')
    await world.clock.moveBy(5 * DAY)
    const said = await show(round)
    const pushed = (await world.act(stranger, 'round', 'push', round, '--batch', '4')).json()
    const labels = pushed.transactions.map((tx: { label: string }) => tx.label)
    // two for the weights, one for the names, two for the shares: no pass twice
    expect(labels).to.deep.equal(['tally', 'tally', 'freeze', 'tally', 'tally'])
    expect(pushed.effects.freezes).to.deep.equal([0, 1])
    const stands = await show(round)
    const matched = (document: { projects: { matchedAssets: string }[] }) =>
      document.projects.map(one => one.matchedAssets)
    expect(matched(stands)).to.deep.equal(matched(said))
    expect(stands.differences).to.deep.equal([])
    await world.act(
      governor,
      'round',
      'hold',
      round,
      '0',
      '--until',
      time((await world.clock.nowSeconds()) + DAY),
      ...why,
    )
    expect(await world.refused(stranger, 'round', 'collect', round, '0')).to.equal('Rounds_Held')
    await world.act(governor, 'round', 'end-hold', round, '0', ...why)
    const before = await world.balance(first.address)
    await world.act(stranger, 'round', 'collect', round, '0')
    expect(await world.balance(first.address)).to.equal(before + 570n * UNIT) // 300 given and 30 % of 900
    const again = await world.nexus(
      stranger,
      'round',
      'collect',
      round,
      '0',
      ...world.on,
      '--key-env',
      'THE_KEY',
      '--yes',
    )
    expect([again.status, again.error().code]).to.deep.equal([2, 'nothing-due'])
    expect(await world.refused(stranger, 'round', 'collect', round, '1', '--to', stranger.address)).to.equal(
      'Rounds_NotRecipient',
    )
    expect(await world.refused(stranger, 'round', 'owed', round, ana.address)).to.equal('Rounds_NothingToPay')
    await world.act(stranger, 'round', 'leftover', round)
  })

  it('ends a round for which nobody posts a result', async () => {
    const round = await opened({ variant: 'pairwise', parameter: '25000000' })
    await give(round, ana, '0=16 nxUSD')
    await give(round, ben, '0=16 nxUSD')
    await world.clock.moveBy(5 * DAY)
    expect(await world.refused(stranger, 'round', 'adopt', round)).to.equal('Posts_NotFinal')
    expect(await world.refused(stranger, 'round', 'lapse', round)).to.equal('Rounds_NotFailed')
    await world.clock.moveBy(15 * DAY)
    await world.act(stranger, 'round', 'lapse', round)
    const { effects } = (await world.act(stranger, 'round', 'leftover', round)).json()
    expect(effects.assets).to.equal(`${900n * UNIT}`)
  })
})
