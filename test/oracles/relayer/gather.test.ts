import { receiptsRoot } from '@nexus/aep/receipt'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { type Hex, toHex } from '@nexus/kit/canonical'
import { tryAgainError } from '@nexus/kit/errors'
import { unpackAttestation, unpackHeader } from '@nexus/kit/report'
import { type GatherDeps, gather } from '@nexus/relayer/gather'
import type { Peer } from '@nexus/relayer/peers'
import { makeReceipt } from '@nexus/relayer/receipts'
import { isReportSignature, signReport } from '@nexus/relayer/signatures'
import type { PackRecord } from '@nexus/relayer/state'
import type { Call } from '@nexus/runtime/calls'
import { silentLog } from '@nexus/runtime/log'
import { expect } from 'chai'
import { decodeFunctionData } from 'viem'
import { manualClock } from '../../services/runtime/support.ts'
import { configuration, memoryState, operator, operators, sealed } from './support/parts.ts'

const domain = { chainId: 31337, registry: `0x${'ee'.repeat(20)}` as Hex }
const inputs = [
  {
    name: 'a.json',
    sha256: toHex(new Uint8Array(32)),
    obtained: 'own-fetch' as const,
    retrievedAt: '2018-02-08T00:00:00Z',
  },
]

describe('an operator that gathers a quorum of four', () => {
  let record: PackRecord
  let parts: ReturnType<typeof memoryState>
  let sent: Call[]
  let asked: string[]
  let unknown: Hex[]
  const me = operator(0)

  beforeEach(async () => {
    const { pack } = await sealed()
    parts = memoryState()
    sent = []
    asked = []
    unknown = []
    parts.state.addReceived(pack.report, 0)
    parts.state.accept(pack.aepId, inputs, { ...makeReceipt(me.signer, pack.report, 1, inputs), configVersion: 1 }, 0)
    const [accepted] = parts.state.unanchored()
    if (!accepted) throw new Error('the pack was accepted')
    record = accepted
  })
  afterEach(() => parts.store.close())

  /** A peer that does what it should, but for what a test says. */
  const peer = (index: number, faults: Partial<Peer> = {}): [Hex, Peer] => {
    const { address, signer, privateKey } = operator(index)
    return [
      address,
      {
        operator: address,
        url: `http://peer-${index}`,
        pqPublicKeyHash: undefined,
        receipt: async () => ({ kind: 'receipt', bytes: makeReceipt(signer, record.report, 1, inputs).bytes }),
        async attest(report, receipts) {
          asked.push(`${index} of ${receipts.length}`)
          return { kind: 'signed', signature: await signReport(domain, report, privateKey) }
        },
        offerPack: async () => {},
        packsSince: async () => ({ packs: [], last: 0 }),
        pack: async () => undefined,
        ...faults,
      },
    ]
  }
  const run = (peers: [Hex, Peer][], graceMs = 0) => {
    const deps: GatherDeps = {
      clock: { ...manualClock().clock, sleep: async () => {} },
      log: silentLog,
      state: parts.state,
      sender: { submit: call => void sent.push(call) },
      domain,
      operator: me.address,
      privateKey: me.privateKey,
      peers: new Map(peers),
      graceMs,
      ownReceipt: () => parts.state.receiptOf(record.aepId, 1, me.address) ?? expect.fail('it has its own receipt'),
      onUnknown: one => unknown.push(one.operator),
    }
    return gather(deps, record, configuration)
  }
  const sentHeader = () => {
    const { args } = decodeFunctionData({ abi: evidenceRegistryAbi, data: sent[0]?.data ?? '0x' })
    const [, , , header] = args as [Hex, Hex, Hex, Hex, Hex] // of `anchor`
    return unpackHeader(header)
  }
  const gone: Partial<Peer> = {
    receipt: async () => {
      throw tryAgainError('peer-unreachable', 'gone')
    },
    attest: async () => {
      throw tryAgainError('peer-unreachable', 'gone')
    },
  }

  it('sends one call, which carries exactly a quorum of right signatures over exactly their receipts', async () => {
    expect(await run([peer(1), peer(2), peer(3)])).to.deep.equal({ kind: 'submitted', signers: 3 })
    expect(sent).to.have.length(1)
    const { args } = decodeFunctionData({ abi: evidenceRegistryAbi, data: sent[0]?.data ?? '0x' })
    const [feedId, aepId, root, header, signatures] = args as [Hex, Hex, Hex, Hex, Hex]
    const { signers, ...fields } = unpackHeader(header)
    const report = { ...fields, feedId, aepRoot: aepId, receiptsRoot: root }
    const signed = unpackAttestation({ signers, signatures })
    expect(signed).to.have.length(3)
    for (const { index, signature } of signed)
      expect(await isReportSignature(domain, report, operator(index).address, signature), `operator ${index}`).to.equal(
        true,
      )
    const receipts = parts.state.receiptSet(root) ?? []
    expect(receipts.map(receipt => receipt.operator).sort()).to.deep.equal(
      signed.map(({ index }) => operator(index).address).sort(),
    )
    expect(receiptsRoot(receipts)).to.equal(root)
  })

  it('waits when fewer than a quorum have receipts, and sends nothing', async () => {
    expect(await run([peer(1), peer(2, gone), peer(3, gone)])).to.deep.equal({
      kind: 'waiting',
      for: 'receipts',
      have: 2,
      need: 3,
    })
    expect(sent).to.deep.equal([])
    expect(asked).to.deep.equal([])
  })

  it('takes another in the place of one that gave a receipt and then does not sign', async () => {
    const refuses = { attest: async () => ({ kind: 'refused' as const, code: 'busy', message: 'not now' }) }
    expect((await run([peer(1, refuses), peer(2), peer(3)], 1)).kind).to.equal('submitted')
    expect(sentHeader().signers).to.equal(0b1101)
  })

  it('takes another in the place of one that signs something else, or with another key', async () => {
    const liar: Partial<Peer> = {
      attest: async report => ({
        kind: 'signed',
        signature: await signReport(domain, { ...report, value: 690n }, operator(1).privateKey),
      }),
    }
    expect((await run([peer(1, liar), peer(2), peer(3)], 1)).kind).to.equal('submitted')
    sent = []
    const borrowed: Partial<Peer> = {
      attest: async report => ({ kind: 'signed', signature: await signReport(domain, report, operator(3).privateKey) }),
    }
    expect((await run([peer(1, borrowed), peer(2, gone), peer(3, gone)])).kind).to.equal('waiting')
    expect(sent).to.deep.equal([])
  })

  it('does not take a receipt for another pack, of another operator, or of a key that was not registered', async () => {
    const other = (await sealed({ sequence: 2 })).pack.report
    const wrong: Partial<Peer>[] = [
      { receipt: async () => ({ kind: 'receipt', bytes: makeReceipt(operator(1).signer, other, 1, inputs).bytes }) },
      {
        receipt: async () => ({
          kind: 'receipt',
          bytes: makeReceipt(operator(2).signer, record.report, 1, inputs).bytes,
        }),
      },
      { receipt: async () => ({ kind: 'receipt', bytes: new TextEncoder().encode('{"payload":') }) },
      { pqPublicKeyHash: `0x${'77'.repeat(32)}` },
    ]
    for (const faults of wrong)
      expect(await run([peer(1, faults), peer(2), peer(3, gone)])).to.deep.include({
        kind: 'waiting',
        for: 'receipts',
        have: 2,
      })
  })

  it('offers the pack to a peer that does not know it', async () => {
    const ignorant: Partial<Peer> = {
      receipt: async () => ({ kind: 'refused', code: 'unknown-pack', message: 'we do not have it' }),
    }
    await run([peer(1, ignorant), peer(2), peer(3, gone)])
    expect(unknown).to.deep.equal([operator(1).address])
  })

  it('is not held up by a peer that never answers for a receipt, once it has a quorum’s', async () => {
    const silent: Partial<Peer> = { receipt: () => new Promise(() => {}) }
    expect((await run([peer(1, silent), peer(2), peer(3)])).kind).to.equal('submitted')
  })

  it('asks each operator for a receipt once only, over many attempts', async () => {
    let receipts = 0
    const counting: Partial<Peer> = {
      async receipt() {
        receipts++
        return { kind: 'receipt', bytes: makeReceipt(operator(1).signer, record.report, 1, inputs).bytes }
      },
    }
    for (let n = 0; n < 3; n++) await run([peer(1, counting), peer(2, gone), peer(3, gone)])
    expect(receipts).to.equal(1)
    expect(operators).to.have.length(4)
  })
})
