import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Pack } from '@nexus/aep/build'
import { localReceiptSigner, receiptName, signReceipt, verifyReceipt } from '@nexus/aep/receipt'
import { unzipPack, zipPack } from '@nexus/aep/zip'
import { fromHex, type Hex, sha256 } from '@nexus/kit/canonical'
import { accounts } from '@nexus/local/accounts'
import { type Reconstruction, reconstruct } from '@nexus/reconstruct/reconstruct'
import { packSource } from '@nexus/reconstruct/store'
import { expect } from 'chai'
import { auditJson } from './auditor.ts'
import { type BoundPolicy, type Carriage, startChain, type World } from './fixture.ts'
import { type Exchange, lyingNode } from './tamper.ts'

const [holder] = accounts.holders
const operators = accounts.operators.slice(0, 4)
const addressOf = (n: number): Hex => operators[n]?.address ?? '0x'
const inOrder = (numbers: readonly number[]) => numbers.map(addressOf)

interface Anchored {
  pack: Pack
  tx: string
}
type Files = Map<string, Uint8Array>

/** What both programs, which must agree but for their words, make of the step about signatures. */
interface Verdict {
  failing: string[]
  operators: unknown
  receiptsRoot: unknown
  notes: [string, string]
}

describe('a report that anyone may carry', function () {
  this.timeout(120_000)
  let world: World
  let folder: string
  let policies: BoundPolicy[]
  let sequence = 0

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-carriers-'))
    world = await startChain()
    await world.open()
    policies = []
    for (const none of ['20', '30', '40', '50', '60']) policies.push(await world.bind(world.terms('0', none), holder))
  })
  after(async () => {
    await world?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function settled(carriage: Carriage, attesting?: readonly number[]): Promise<Anchored> {
    const policy = policies.pop()
    if (!policy) throw new Error('every policy is settled')
    const pack = await world.anchor({ sequence: ++sequence, carriage, ...(attesting ? { attesting } : {}) })
    return { pack, tx: await world.settle(policy, pack.aepId) }
  }

  /** A store whose only pack has other files. */
  async function storeWith({ aepId }: Pack, change: (files: Files) => void): Promise<string> {
    const files: Files = unzipPack(await readFile(path.join(world.store, `${aepId}.zip`)))
    change(files)
    const store = await mkdtemp(path.join(folder, 'changed-'))
    await writeFile(path.join(store, `${aepId}.zip`), zipPack(files))
    return store
  }
  const without =
    (...numbers: number[]) =>
    (files: Files) => {
      for (const n of numbers) expect(files.delete(receiptName(addressOf(n))), `receipt ${n} was there`).to.equal(true)
    }
  const all = without(0, 1, 2)

  async function verdictOn(tx: string, store = world.store, rpcUrl = world.url): Promise<Verdict> {
    const ours = await reconstruct({ tx, rpcUrl, packs: packSource(store) })
    const theirs = await auditJson(tx, rpcUrl, store)
    const steps = [ours, theirs].map(({ steps: all }: Reconstruction) => all.find(s => s.step === 'signatures'))
    const failing = ours.steps.filter(({ ok }) => !ok).map(({ step }) => step)
    expect(theirs.steps.filter(({ ok }) => !ok).map(({ step }) => step)).to.deep.equal(failing)
    const [mine, other] = steps
    if (!failing.includes('signatures')) {
      expect(other?.expected).to.deep.equal(mine?.expected)
      expect(other?.actual).to.deep.equal(mine?.actual)
    }
    return {
      failing,
      operators: mine?.actual?.['operators'],
      receiptsRoot: mine?.actual?.['receiptsRoot'],
      notes: [mine?.note ?? '', other?.note ?? ''],
    }
  }
  const expectNotes = ({ notes }: Verdict, pattern: RegExp) => {
    for (const note of notes) expect(note).to.match(pattern)
  }

  /** A node that says the anchor's transaction had other input. */
  async function withInput<T>(change: (input: string) => string, run: (url: string) => Promise<T>): Promise<T> {
    const node = await lyingNode(world.url, ({ method, result }: Exchange) => {
      if (method !== 'eth_getTransactionByHash') return result
      const transaction = result as { input: string }
      return { ...transaction, input: change(transaction.input) }
    })
    try {
      return await run(node.url)
    } finally {
      await node.close()
    }
  }

  it('is found behind a copy of itself whose signatures do not hold', async () => {
    const { pack, tx } = await settled('behind a decoy')
    const verdict = await verdictOn(tx)
    expect(verdict.failing).to.deep.equal([])
    expect(verdict.operators).to.deep.equal(inOrder([0, 1, 2]))
    expectNotes(verdict, /^by signatures of 3 of 4 operators; 3 receipts have the anchored root$/)
    // the receipts are not what made it hold
    expect((await verdictOn(tx, await storeWith(pack, all))).failing).to.deep.equal([])
  })

  it('and was carried by a contract that unpacks it is re-derived from the receipts that its root commits to', async () => {
    const { pack, tx } = await settled('unpacked')
    const verdict = await verdictOn(tx)
    expect(verdict.failing).to.deep.equal([])
    expect(verdict.operators).to.deep.equal(inOrder([0, 1, 2]))
    expectNotes(verdict, /^by receipts, .*3 receipts have the anchored root, of 4 operators$/)

    const fewer = await verdictOn(tx, await storeWith(pack, without(1)))
    expect(fewer.failing).to.deep.equal(['signatures'])
    expectNotes(fewer, /not checked: 2 of 3 receipts in the store/)
    expect((await verdictOn(tx, await storeWith(pack, all))).failing).to.deep.equal(['signatures'])
  })

  it('and shows no signatures is not re-derived from receipts other than those committed to', async () => {
    const { pack, tx } = await settled('unpacked')
    const signerOf = (n: number) => {
      const { privateKey, address } = operators[n] ?? { privateKey: '0x', address: '0x' }
      return localReceiptSigner({
        ecPrivateKey: fromHex(privateKey as Hex),
        mlDsaSeed: sha256(fromHex(address as Hex)),
      })
    }
    const receiptIn = (files: Files, n: number) =>
      verifyReceipt(files.get(receiptName(addressOf(n))) ?? new Uint8Array()).receipt

    // the fourth operator's, as true as the others', instead of one of theirs: enough for a quorum, but not the one that signed
    const another = await storeWith(pack, files => {
      const receipt = { ...receiptIn(files, 2), operator: addressOf(3) }
      files.set(receiptName(addressOf(3)), signReceipt(receipt, signerOf(3)))
      without(2)(files)
    })
    const verdict = await verdictOn(tx, another)
    expect(verdict.failing).to.deep.equal(['signatures'])
    expectNotes(verdict, /none of the sets of 3 receipts in the store has the anchored root/)

    // beside theirs it does no harm
    const more = await storeWith(pack, files => {
      const receipt = { ...receiptIn(files, 2), operator: addressOf(3) }
      files.set(receiptName(addressOf(3)), signReceipt(receipt, signerOf(3)))
    })
    expect((await verdictOn(tx, more)).operators).to.deep.equal(inOrder([0, 1, 2]))

    // one that says something else, or is signed with a key that was never registered
    for (const forged of [
      (files: Files) => signReceipt({ ...receiptIn(files, 1), value: '14' }, signerOf(1)),
      (files: Files) =>
        signReceipt(
          receiptIn(files, 1),
          localReceiptSigner({
            ecPrivateKey: fromHex((operators[1]?.privateKey ?? '0x') as Hex),
            mlDsaSeed: sha256(Uint8Array.of(1)),
          }),
        ),
    ]) {
      const store = await storeWith(pack, files => void files.set(receiptName(addressOf(1)), forged(files)))
      expect((await verdictOn(tx, store)).failing).to.deep.equal(['signatures'])
    }
  })

  it('with other signatures than those of the operators whose receipts it commits to holds all the same', async () => {
    const { pack, tx } = await settled('plain', [1, 2, 3])
    const verdict = await verdictOn(tx)
    expect(verdict.failing).to.deep.equal([])
    expect(verdict.operators).to.deep.equal(inOrder([1, 2, 3]))
    expect(verdict.receiptsRoot).to.match(/^0x/)
    expectNotes(verdict, /^by signatures of 3 of 4 operators; 3 receipts have the anchored root$/)

    const partly = await verdictOn(tx, await storeWith(pack, without(0)))
    expect(partly.failing).to.deep.equal([])
    expect(partly.receiptsRoot).to.equal(undefined) // compared with nothing, so on neither side
    expectNotes(partly, /not checked: 2 of 3 receipts in the store/)
  })

  it('whose every signature is wrong, torn or gone holds by its receipts alone, and without them does not', async () => {
    const { pack, tx } = await settled('plain')
    const bare = await storeWith(pack, all)
    const flipped = (input: string) => {
      const at = input.length - 80 // within the last signature: an address and padding stand behind it
      return input.slice(0, at) + (input[at] === '0' ? '1' : '0') + input.slice(at + 1)
    }
    for (const change of [flipped, (input: string) => input.slice(0, 10 + 64 * 5), () => '0x']) {
      const [held, bared] = await withInput(change, async url => [
        await verdictOn(tx, world.store, url),
        await verdictOn(tx, bare, url),
      ])
      expect(held?.failing).to.deep.equal([])
      expect(held?.notes[0]).to.match(/^by receipts/)
      expect(bared?.failing).to.deep.equal(['signatures'])
    }
    // torn, then whole; but not from the middle of a byte on
    for (const [digits, failing] of [
      [8, []],
      [7, ['signatures']],
    ] as const) {
      const twice = await withInput(
        input => `${input.slice(0, 10 + 64 * 4 + digits)}${input.slice(2)}${digits === 7 ? '0' : ''}`,
        url => verdictOn(tx, bare, url),
      )
      expect(twice.failing).to.deep.equal(failing)
    }
  })
})
