import { receiptsRoot, signReceipt } from '@nexus/aep/receipt'
import type { Hex } from '@nexus/kit/canonical'
import { tryAgainError } from '@nexus/kit/errors'
import type { Report } from '@nexus/kit/report'
import { type AttestationOutcome, attest } from '@nexus/relayer/attest'
import { makeReceipt } from '@nexus/relayer/receipts'
import { isReportSignature } from '@nexus/relayer/signatures'
import type { OwnInput, StoredReceipt } from '@nexus/relayer/state'
import { expect } from 'chai'
import { verifyTypedData } from 'ethers'
import { manualClock } from '../../services/runtime/support.ts'
import { anchorOf, configuration, fakeRegistry, memoryState, operator, sealed } from './support/parts.ts'

const domain = { chainId: 31337, registry: `0x${'ee'.repeat(20)}` as Hex }
const inputs: OwnInput[] = [
  { name: 'a.json', sha256: `0x${'aa'.repeat(32)}`, obtained: 'own-copy', retrievedAt: '2018-02-08T00:00:00Z' },
]

describe('an operator that a peer asks to attest', () => {
  let pack: Awaited<ReturnType<typeof sealed>>['pack']
  let parts: ReturnType<typeof memoryState>
  let registry: ReturnType<typeof fakeRegistry>
  const me = operator(0)
  let receipts: StoredReceipt[]

  before(async () => {
    pack = (await sealed()).pack
  })
  beforeEach(() => {
    parts = memoryState()
    registry = fakeRegistry()
    receipts = [0, 1, 2].map(index => makeReceipt(operator(index).signer, pack.report, 1, inputs))
    parts.state.addReceived(pack.report, 0)
  })
  afterEach(() => parts.store.close())

  const accept = () => parts.state.accept(pack.aepId, inputs, { ...own(), configVersion: 1 }, 0)
  const own = (): StoredReceipt => {
    const [mine] = receipts
    if (!mine) throw new Error('there are receipts')
    return mine
  }
  const reportOver = (set: readonly StoredReceipt[], change: Partial<Report> = {}): Report => ({
    ...pack.report,
    receiptsRoot: receiptsRoot(set),
    configVersion: 1,
    ...change,
  })
  const ask = (report: Report, set: readonly StoredReceipt[] = receipts): Promise<AttestationOutcome> =>
    attest(
      {
        clock: manualClock().clock,
        state: parts.state,
        registry: registry.registry,
        domain,
        operator: me.address,
        privateKey: me.privateKey,
      },
      { report, receipts: set.map(({ bytes }) => bytes) },
    )
  const refused = async (report: Report, set?: readonly StoredReceipt[]) => {
    const outcome = await ask(report, set)
    return outcome.kind === 'refused' ? outcome : expect.fail('it signed')
  }

  it('signs a report on a pack it accepted, over the receipts of a quorum', async () => {
    accept()
    const report = reportOver(receipts)
    const outcome = await ask(report)
    if (outcome.kind !== 'signed') return expect.fail(outcome.message)
    expect(await isReportSignature(domain, report, me.address, outcome.signature)).to.equal(true)
    // The same signature, read by another library: r, then s with the parity in its highest bit.
    const vs = BigInt(`0x${outcome.signature.slice(66)}`)
    const s = vs & (2n ** 255n - 1n)
    const types = {
      Report: [
        { name: 'feedId', type: 'bytes32' },
        { name: 'aepRoot', type: 'bytes32' },
        { name: 'value', type: 'int64' },
        { name: 'from', type: 'uint40' },
        { name: 'to', type: 'uint40' },
        { name: 'sequence', type: 'uint32' },
        { name: 'eql', type: 'uint8' },
        { name: 'flags', type: 'uint8' },
        { name: 'receiptsRoot', type: 'bytes32' },
        { name: 'configVersion', type: 'uint32' },
      ],
    }
    const signer = verifyTypedData(
      { name: 'Nexus Evidence', version: '1', chainId: 31337, verifyingContract: domain.registry },
      types,
      report,
      { r: outcome.signature.slice(0, 66), s: `0x${s.toString(16).padStart(64, '0')}`, v: vs >> 255n === 1n ? 28 : 27 },
    )
    expect(signer.toLowerCase()).to.equal(me.address)
    expect(parts.state.receiptSet(report.receiptsRoot)).to.have.length(3)
  })

  it('does not sign on a pack it does not have, has not judged, or has refused', async () => {
    expect((await refused({ ...reportOver(receipts), aepRoot: `0x${'99'.repeat(32)}` })).code).to.equal('unknown-pack')
    expect((await refused(reportOver(receipts))).code).to.equal('not-checked-yet')
    parts.state.refuse(pack.aepId, [{ check: 'value', mine: '1', theirs: '2' }], 0)
    expect(await refused(reportOver(receipts))).to.deep.include({
      code: 'refused-pack',
      details: { differences: [{ check: 'value', mine: '1', theirs: '2' }] },
    })
  })

  for (const [field, value] of [
    ['value', 690n],
    ['eql', 4],
    ['flags', 1],
    ['from', 0],
    ['to', 9],
  ] as const)
    it(`does not sign a report with another ${field} than its pack, and says both`, async () => {
      accept()
      const outcome = await refused(reportOver(receipts, { [field]: value }))
      expect(outcome.code).to.equal('report-differs')
      expect(outcome.details).to.deep.equal({ mine: String(pack.report[field]), theirs: String(value) })
    })

  it('does not sign for another sequence or feed than the one it is bound for', async () => {
    accept()
    expect((await refused(reportOver(receipts, { sequence: 2 }))).code).to.equal('other-root')
    expect((await refused(reportOver(receipts, { feedId: `0x${'01'.repeat(32)}` }))).code).to.equal('other-root')
  })

  it('does not sign under a configuration that is not in force, and looks at the chain before it says so', async () => {
    accept()
    expect((await refused(reportOver(receipts, { configVersion: 2 }))).code).to.equal('other-configuration')
    expect(registry.fake.syncs).to.equal(1)
    registry.fake.configuration = { ...configuration, operators: configuration.operators.slice(1) }
    expect((await refused(reportOver(receipts))).code).to.equal('not-in-committee')
  })

  it('does not sign what is anchored already', async () => {
    accept()
    registry.fake.anchors = [anchorOf(pack.report)]
    expect((await refused(reportOver(receipts))).code).to.equal('already-anchored')
  })

  it('does not sign above the cap of the feed, says which component and level, and keeps nothing of it', async () => {
    accept()
    const component: Hex = `0x${'c0'.repeat(32)}`
    const { feedId, eql } = pack.report
    for (const [cap, model] of [
      [1, component],
      [2, undefined],
    ] as const) {
      Object.assign(registry.fake, { cap, model })
      const { code, message, details } = await refused(reportOver(receipts))
      expect(code).to.equal('above-cap')
      expect(details).to.deep.equal({ feedId, componentId: model ?? null, eql, mostEql: cap })
      expect(message)
        .to.contain(model ?? 'not known')
        .and.to.contain(`level ${cap} `)
        .and.to.contain(`level ${eql} `)
      expect(parts.state.receiptSet(reportOver(receipts).receiptsRoot)).to.equal(undefined)
    }
    registry.fake.cap = eql
    expect((await ask(reportOver(receipts))).kind, 'at its own level').to.equal('signed')
  })

  it('does not sign while the chain cannot say what the cap is', async () => {
    accept()
    registry.registry.capOf = async () => {
      throw tryAgainError('chain-unavailable', 'no endpoint answers')
    }
    expect((await refused(reportOver(receipts))).code).to.equal('chain-unavailable')
  })

  describe('with receipts that are not what they should be', () => {
    beforeEach(() => {
      accept()
    })
    const forged = (change: Record<string, unknown>, index = 1): StoredReceipt => {
      const { signer, address } = operator(index)
      const honest = JSON.parse(
        Buffer.from(JSON.parse(new TextDecoder().decode(receipts[index]?.bytes)).payload, 'base64url').toString(),
      )
      return { operator: address, bytes: signReceipt({ ...honest, ...change }, signer) }
    }
    const withSecond = (receipt: StoredReceipt) => [own(), receipt, ...receipts.slice(2)]

    it('refuses a root that is not theirs', async () => {
      const outcome = await refused(reportOver(receipts, { receiptsRoot: `0x${'44'.repeat(32)}` }))
      expect(outcome.code).to.equal('other-receipts-root')
    })

    it('refuses fewer or more of them than the quorum', async () => {
      expect((await refused(reportOver(receipts.slice(0, 2)), receipts.slice(0, 2))).code).to.equal('receipt-count')
      const four = [...receipts, makeReceipt(operator(3).signer, pack.report, 1, inputs)]
      expect((await refused(reportOver(four), four)).code).to.equal('receipt-count')
    })

    it('refuses a set without its own receipt, or with another one in its name', async () => {
      const others = [1, 2, 3].map(index => makeReceipt(operator(index).signer, pack.report, 1, inputs))
      expect((await refused(reportOver(others), others)).code).to.equal('own-receipt-missing')
      const again = [makeReceipt(me.signer, pack.report, 1, inputs), ...receipts.slice(1)]
      expect((await refused(reportOver(again), again)).code, 'ML-DSA signs differently each time').to.equal(
        'own-receipt-missing',
      )
    })

    it('refuses one operator twice', async () => {
      const twice = [own(), ...receipts.slice(1, 2), makeReceipt(operator(1).signer, pack.report, 1, inputs)]
      expect((await refused(reportOver(twice), twice)).code).to.equal('receipt-twice')
    })

    it('refuses a receipt that says another value, sequence, root or configuration', async () => {
      for (const change of [
        { value: '690' },
        { sequence: 9 },
        { aepRoot: `0x${'55'.repeat(32)}` },
        { configVersion: 2 },
      ]) {
        const set = withSecond(forged(change))
        expect((await refused(reportOver(set), set)).code, JSON.stringify(change)).to.equal('receipt-differs')
      }
    })

    it('refuses a receipt of somebody who is not in the committee', async () => {
      registry.fake.configuration = {
        ...configuration,
        operators: configuration.operators.with(1, `0x${'f0'.repeat(20)}`),
      }
      expect((await refused(reportOver(receipts))).code).to.equal('receipt-foreign')
    })

    it('refuses a receipt whose post-quantum key is not the registered one', async () => {
      registry.fake.configuration = {
        ...configuration,
        pqKeyHashes: configuration.pqKeyHashes.with(1, `0x${'f0'.repeat(32)}`),
      }
      expect((await refused(reportOver(receipts))).code).to.equal('receipt-pq-key')
    })

    it('refuses a receipt of which one byte was changed', async () => {
      const bytes = Uint8Array.from(receipts[1]?.bytes ?? [])
      const at = Buffer.from(bytes).indexOf('"signature":"') + 20
      bytes[at] = bytes[at] === 65 ? 66 : 65
      const set = withSecond({ operator: operator(1).address, bytes })
      expect((await refused(reportOver(set), set)).code).to.match(/^receipt-/)
    })
  })

  it('keeps the last sets of receipts only, and few receipts of one operator, however many it is shown', async () => {
    accept()
    for (let n = 0; n < 80; n++) {
      const set = [own(), makeReceipt(operator(1).signer, pack.report, 1, inputs), ...receipts.slice(2)]
      expect((await ask(reportOver(set), set)).kind).to.equal('signed')
    }
    const count = (table: string) => parts.store.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n
    expect(count('receipt_sets')).to.equal(64)
    expect(count('receipts')).to.equal(1 + 4 + 1)
    expect((await ask(reportOver(receipts))).kind, 'an honest leader is served all the same').to.equal('signed')
  }).timeout(20_000)
})
