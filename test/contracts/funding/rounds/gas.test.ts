import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import type { TransactionResponse } from 'ethers'
import { recordGas } from '../../gas/ledger.ts'
import {
  apply,
  assetsOf,
  attest,
  collectContributed,
  collectMatch,
  deploy,
  dossierOf,
  ethers,
  gift,
  give,
  networkHelpers,
  open,
  personOf,
  REASON,
  type Round,
  type Started,
  started,
  tallyAll,
  to,
  UNIT,
  Variant,
  WAD,
} from './world.ts'

const most = (all: bigint[]) => all.toSorted((a, b) => Number(b - a))[0] ?? 0n

const gasOf = async (sent: Promise<TransactionResponse>) => (await (await sent).wait())?.gasUsed ?? 0n

/** Ten projects; somebody gave to each before; all persons are registered and approve what they are about to give, no more. */
async function warm(): Promise<Started> {
  const w = await deploy()
  const r = await started({ ...w, projects: [...w.projects, ...(await morePeople(4))] })
  for (const person of [0, 1, 2]) await r.round.connect(personOf(r, person)).register(r.uids[person] ?? '')
  await give(r, 0, ...r.projects.map((_, i) => gift(i, 3n * UNIT)))
  await give(r, 0, gift(0, WAD, 1))
  return r
}

const morePeople = async (count: number): Promise<HardhatEthersSigner[]> => {
  const all: HardhatEthersSigner[] = []
  for (let i = 0; i < count; ++i) {
    const address = ethers.getAddress(ethers.toBeHex(0xbeef_0000 + i, 20))
    await networkHelpers.impersonateAccount(address)
    await networkHelpers.setBalance(address, WAD)
    all.push(await ethers.getSigner(address))
  }
  return all
}

/** So many accepted projects, each given to by few in its own way: written where the contract would write it, to save time. */
async function crowded(count: number, change: Parameters<typeof open>[1]): Promise<Round> {
  const r = await open(await deploy(), change)
  const dispatch = async (i: number) => {
    const address = ethers.getAddress(ethers.toBeHex(0xca11_0000 + i, 20))
    await networkHelpers.impersonateAccount(address)
    await networkHelpers.setBalance(address, WAD)
    const signer = await ethers.getSigner(address)
    await apply(r, signer)
    await r.round.connect(r.reviewer).review(address, dossierOf(address), true, REASON)
  }
  for (let i = 0; i < count; ++i) await dispatch(i)
  await r.round.connect(r.funder).fundPool(10_000n * UNIT)
  await to(r.terms.contributeFrom)
  for (const person of [0, 1]) {
    const uid = await attest(r, personOf(r, person).address)
    for (let from = 0; from < count; from += 100) {
      const gifts = Array.from({ length: 100 }, (_, i) =>
        gift(from + i, BigInt(1 + (((from + i) * 7919 + person * 31) % 997)) * 10_000n),
      )
      await r.round.connect(personOf(r, person)).contribute(uid, gifts)
    }
  }
  await to(r.terms.reviewUntil)
  return r
}

describe('Gas of a round', () => {
  const giving = async (r: Started, person: number, assets: bigint, ...gifts: bigint[]) => {
    await r.usd.connect(personOf(r, person)).approve(r.round, assets)
    return gasOf(give(r, person, ...gifts))
  }

  it('opens one', async () => {
    const w = await deploy()
    const r = await open(w)
    recordGas('funding: open a round', await gasOf(r.factory.connect(r.opener).openRound(r.terms)), 450_000n)
  })

  it('takes contributions', async () => {
    const r = await networkHelpers.loadFixture(warm)
    recordGas('funding: first contribution', await giving(r, 1, 5n * UNIT, gift(0, 5n * UNIT)), 90_000n)
    recordGas('funding: change, raised', await giving(r, 1, 4n * UNIT, gift(0, 9n * UNIT)), 70_000n)
    recordGas('funding: change, lowered', await giving(r, 1, 0n, gift(0, 2n * UNIT)), 70_000n)
    recordGas('funding: change, taken back', await giving(r, 1, 0n, gift(0, 0n)), 70_000n)
    const ten = r.projects.map((_, i) => gift(i, BigInt(i + 1) * 1_234_567n))
    const sum = ten.reduce((s, g) => s + assetsOf(g), 0n)
    recordGas('funding: ten projects in one transaction', await giving(r, 2, sum, ...ten), 340_000n)
    recordGas(
      'funding: first contribution with the registration of the person',
      await giving(r, 3, 5n * UNIT, gift(0, 5n * UNIT)),
      175_000n,
    )
  })

  it('beside a plain donation strategy, which knows no persons, roots or changes', async () => {
    const r = await networkHelpers.loadFixture(warm)
    const plain = await ethers.deployContract('PlainGrants', [r.usd, r.terms.contributeUntil])
    const donate = async (person: number, assets: bigint, projects: number) => {
      const one = personOf(r, person)
      await r.usd.connect(one).approve(plain, assets * BigInt(projects))
      const donations = Array.from({ length: projects }, (_, i) => ({
        recipient: r.projects[i]?.address ?? '',
        assets,
      }))
      return gasOf(plain.connect(one).allocate(donations))
    }
    await donate(0, 3n * UNIT, 10)
    recordGas('peer, plain donation strategy: first contribution', await donate(1, 5n * UNIT, 1))
    recordGas('peer, plain donation strategy: one more to the same', await donate(1, 4n * UNIT, 1))
    recordGas('peer, plain donation strategy: ten in one transaction', await donate(2, 5n * UNIT, 10))
  })

  it('pays out', async () => {
    const r = await networkHelpers.loadFixture(warm)
    await give(r, 1, gift(0, 5n * UNIT))
    await give(r, 2, gift(1, 1_234_567n), gift(2, 7_654_321n))
    await tallyAll(r)
    recordGas('funding: pay what was given', await gasOf(collectContributed(r, 0)), 95_000n)
    recordGas('funding: pay a match', await gasOf(collectMatch(r, 0)), 95_000n)
    recordGas('funding: send leftovers', await gasOf(r.round.sendLeftover()), 110_000n)
  })

  it('matches 1,000 projects in batches of 250, capped ones named', async () => {
    const r = await crowded(1_000, {
      variant: Variant.capital,
      capBps: 40,
      others: [],
    })
    const before: bigint[] = []
    for (let i = 0; i < 4; ++i) before.push(await gasOf(r.round.tally(250)))
    recordGas('funding: add up 250 projects of 1,000', most(before), 2_000_000n)
    const after: bigint[] = []
    while ((await r.round.status()) !== 3n) after.push(await gasOf(r.round.tally(250)))
    recordGas('funding: share among 250 projects of 1,000', most(after), 2_000_000n)
    recordGas(
      'funding: match 1,000 projects, all batches',
      [...before, ...after].reduce((a, b) => a + b),
      16_777_216n,
    )
  }).timeout(300_000)
})
