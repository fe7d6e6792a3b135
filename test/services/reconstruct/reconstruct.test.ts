import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Pack } from '@nexus/aep/build'
import { unzipPack, zipPack } from '@nexus/aep/zip'
import { accounts } from '@nexus/local/accounts'
import { type Reconstruction, reconstruct } from '@nexus/reconstruct/reconstruct'
import { packSource } from '@nexus/reconstruct/store'
import { bindableTerms, termsHash } from '@nexus/terms/terms'
import { expect } from 'chai'
import { id, zeroPadValue } from 'ethers'
import type { Hex } from 'viem'
import { nexus } from '../../support/nexus.ts'
import { audit, auditJson } from './auditor.ts'
import { startChain, WINDOW, type World } from './fixture.ts'
import { type Exchange, lyingNode, replacing } from './tamper.ts'

const STEPS = 'terms feed root inputs index signatures committee formula amount transfer'.split(' ')
const [paidHolder, zeroHolder, anyHolder, twinHolder] = accounts.holders
/** Its driest three days have 0.5 + 6.1 + 2.2 = 8.8 mm. */
const LATER = { from: '2012-03-06T00:00:00Z', to: WINDOW.to }

const failing = ({ steps }: Reconstruction) => steps.filter(({ ok }) => !ok).map(({ step }) => step)
/** All but the notes, which are words. */
const compared = ({ payoutTx, ok, steps }: Reconstruction) => ({
  payoutTx,
  ok,
  steps: steps.map(({ note: _, ...step }) => step),
})
const word = (value: bigint) => value.toString(16).padStart(64, '0')

describe('a settlement', function () {
  this.timeout(120_000)
  let world: World
  let pack: Pack
  let paid: string
  let zero: string
  let partly: string
  let rest: string
  let twins: string
  let folder: string

  const here = (tx: string, options: { rpcUrl?: string; store?: string } = {}) =>
    reconstruct({ tx, rpcUrl: options.rpcUrl ?? world.url, packs: packSource(options.store ?? world.store) })

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-stores-'))
    world = await startChain()
    await world.open()
    const terms = world.terms('0', '60')
    // A stranger was there first, and put other texts under the same names.
    const [termsPublished, feedPublished, formulaPublished] = [
      'TermsPublished(bytes32,uint24,bytes)',
      'FeedPublished(bytes32,bytes)',
      'FormulaPublished(bytes32,uint256,uint256[])',
    ].map(signature => id(signature) as Hex)
    const { feedId, formulaId } = terms.terms
    const empty = `0x${word(32n)}${word(0n)}` as const
    await world.emitAnything([termsPublished ?? '0x', termsHash(bindableTerms(terms)), `0x${word(7n)}`], '0x1234')
    await world.emitAnything([termsPublished ?? '0x', termsHash(bindableTerms(terms)), `0x${word(7n)}`], empty)
    await world.emitAnything([feedPublished ?? '0x', feedId], empty)
    await world.emitAnything([formulaPublished ?? '0x', formulaId], `0x${word(1n)}${word(64n)}${word(2n ** 64n)}`)

    const paidPolicy = await world.bind(terms, paidHolder)
    const zeroPolicy = await world.bind(world.terms('0', '10'), zeroHolder)
    const anyPolicy = await world.bind(world.terms('0', '100', 'any'), anyHolder)
    const twinPolicies = [await world.bind(terms, twinHolder), await world.bind(world.terms('0', '20'), twinHolder)]

    const part = await world.anchor({ window: LATER, sequence: 1, carriage: 'wrapped' })
    partly = await world.settle(anyPolicy, part.aepId)
    pack = await world.anchor({ sequence: 2 })
    paid = await world.settle(paidPolicy, pack.aepId)
    zero = await world.lapse(zeroPolicy, pack.aepId)
    rest = await world.settle(anyPolicy, pack.aepId)
    twins = await world.together('settle', twinPolicies, pack.aepId)
  })
  after(async () => {
    await world?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('that paid is re-derived in every step by two programs that share nothing, whatever strangers published before', async () => {
    const [ours, theirs] = [await here(paid), await auditJson(paid, world.url, world.store)]
    expect(ours.steps.map(({ step }) => step)).to.deep.equal(STEPS)
    expect(failing(ours)).to.deep.equal([])
    expect(theirs.status).to.equal(0)
    expect(compared(ours)).to.deep.equal(compared(theirs))
    // 1.5 mm on a ramp from 0 (all) to 6 mm (nothing): three quarters of 1,000,000,001, rounded down
    const amount = ours.steps.find(({ step }) => step === 'amount')
    expect(amount?.actual).to.deep.equal({ paidAssets: '750000000', objections: [] })
  })

  it('that paid nothing is re-derived as well', async () => {
    const [ours, theirs] = [await here(zero), await auditJson(zero, world.url, world.store)]
    expect(failing(ours)).to.deep.equal([])
    expect(compared(ours)).to.deep.equal(compared(theirs))
    expect(ours.steps.at(-1)?.actual).to.deep.equal({ holder: zeroHolder?.address, assets: '0', moved: '0' })
  })

  it('is found out to be another one when a node changes what it serves', async () => {
    const [settled, payoutWad, cover] = [750_000_000n, 750_000_000_000_000_000n, 1_000_000_001n]
    const header = pack.report.value
    const only =
      (method: string, lie: (exchange: Exchange) => unknown) =>
      (exchange: Exchange): unknown =>
        exchange.method === method ? lie(exchange) : exchange.result
    const swap = (before: bigint, after: bigint) => replacing(word(before), word(after))
    const cases: [string, ReturnType<typeof replacing>, string | null, string[]][] = [
      [
        'the cover',
        swap(cover, cover + 8n),
        null,
        ['terms', 'feed', 'inputs', 'index', 'formula', 'amount', 'transfer'],
      ],
      // in the event and in the formula's use of it, but not in the words of the formula
      ['the fraction', swap(payoutWad, payoutWad + 1n), 'eth_getTransactionReceipt', ['formula']],
      ['the amount settled', swap(settled, settled + 1n), 'eth_getTransactionReceipt', ['amount']],
      ['the index', replacing(word(header).slice(48), word(header + 1n).slice(48)), 'eth_getLogs', []],
    ]
    for (const [what, { lie, replaced }, method, expected] of cases) {
      const node = await lyingNode(world.url, method ? only(method, lie) : lie)
      try {
        const [ours, theirs] = [await here(paid, { rpcUrl: node.url }), await auditJson(paid, node.url, world.store)]
        expect(replaced.times, `${what} was there to change`).to.be.greaterThan(0)
        expect(ours.ok, what).to.equal(false)
        expect(theirs.ok, what).to.equal(false)
        expect(theirs.status, what).to.equal(3)
        expect(failing(ours), what).to.include.members(expected)
        expect(failing(theirs), what).to.deep.equal(failing(ours))
      } finally {
        await node.close()
      }
    }
  })

  const tampered = async (lie: (exchange: Exchange) => unknown) => {
    const node = await lyingNode(world.url, lie)
    try {
      const [ours, theirs] = [await here(paid, { rpcUrl: node.url }), await auditJson(paid, node.url, world.store)]
      expect(failing(theirs)).to.deep.equal(failing(ours))
      return failing(ours)
    } finally {
      await node.close()
    }
  }
  /** Changes answers to `method` that contain a text. */
  const inAnswersWith =
    (method: string, text: string, change: (answer: string) => string) =>
    ({ method: asked, result }: Exchange) => {
      const answer = JSON.stringify(result)
      return asked === method && answer.includes(text) ? JSON.parse(change(answer)) : result
    }

  it('by a committee that never was fails where the committee is checked', async () => {
    const topic = id('ConfigurationAnnounced(uint32,uint40,uint8,address,address[],bytes32[])')
    const [operator = { address: '' }] = accounts.operators
    const [real, other] = [operator.address, accounts.keeper.address].map(address => address.slice(2).toLowerCase())
    const foreign = inAnswersWith('eth_getLogs', topic, answer => answer.replaceAll(real ?? '', other ?? ''))
    expect(await tampered(foreign)).to.include('signatures')
    const quorumOfTwo = inAnswersWith('eth_getLogs', topic, answer => answer.replace(word(3n), word(2n)))
    expect(await tampered(quorumOfTwo)).to.deep.equal(['committee'])
  })

  it('on evidence that was not final, or void, is said to owe nothing', async () => {
    const anchored = id('AepAnchored(bytes32,bytes32,bytes32,bytes32,uint40)')
    const never = (answer: string) =>
      JSON.stringify(
        JSON.parse(answer).map((log: { data: string }) => ({
          ...log,
          data: log.data.slice(0, -64) + word(2n ** 40n - 1n),
        })),
      )
    expect(await tampered(inAnswersWith('eth_getLogs', anchored, never))).to.deep.equal(['amount'])

    const voided = id('AepVoided(bytes32,address,bytes32)')
    const invent = ({ method, params, result }: Exchange) => {
      const [filter] = params as [{ topics?: string[]; address?: string }]
      if (method !== 'eth_getLogs' || filter.topics?.[0] !== voided) return result
      const topics = [voided, pack.aepId, zeroPadValue(accounts.governor.address, 32)]
      const log = { address: filter.address, topics, data: `0x${word(0n)}`, blockNumber: '0x1', logIndex: '0x0' }
      return [
        {
          ...log,
          transactionHash: `0x${word(1n)}`,
          blockHash: `0x${word(1n)}`,
          transactionIndex: '0x0',
          removed: false,
        },
      ]
    }
    expect(await tampered(invent)).to.deep.equal(['amount'])
  })

  it('whose tokens went elsewhere fails in the transfer', async () => {
    const transfer = id('Transfer(address,address,uint256)')
    const lie = inAnswersWith('eth_getTransactionReceipt', transfer, answer => {
      const receipt = JSON.parse(answer)
      for (const log of receipt.logs)
        if (log.topics[0] === transfer) log.topics[2] = zeroPadValue(accounts.keeper.address, 32).toLowerCase()
      return JSON.stringify(receipt)
    })
    expect(await tampered(lie)).to.deep.equal(['transfer'])
  })

  /** The pack with one of its files changed, in a store of its own. */
  const storeWith = async (change: (files: Map<string, Uint8Array>) => void): Promise<string> => {
    const files = unzipPack(await readFile(path.join(world.store, `${pack.aepId}.zip`)))
    change(files)
    const store = await mkdtemp(path.join(folder, 'changed-'))
    await writeFile(path.join(store, `${pack.aepId}.zip`), zipPack(files))
    return store
  }
  const editing =
    (name: string, original: string | RegExp, changed: string | ((found: string) => string)) =>
    (files: Map<string, Uint8Array>) => {
      const text = Buffer.from(files.get(name) ?? []).toString()
      const edited = text.replace(original, found => (typeof changed === 'string' ? changed : changed(found)))
      expect(edited, `${name} holds ${original}`).not.to.equal(text)
      files.set(name, Buffer.from(edited))
    }

  it('fails in the right steps when its pack was changed', async () => {
    const cases: [string, (files: Map<string, Uint8Array>) => void, string[]][] = [
      ['a raw reading', editing('inputs/rain.csv', '0.4', '0.3'), ['root', 'inputs', 'index']],
      ['an observation', editing('claims.json', '"0.4"', '"0.3"'), ['root', 'inputs']],
      ['the claimed value', editing('claims.json', '"15"', '"14"'), ['root']],
      [
        'the model',
        editing('code/models/dry-spell/index.ts', 'tenths < best', 'tenths > best'),
        ['root', 'inputs', 'index'],
      ],
      ['an assumption', editing('assumptions.json', 'edition', 'Edition'), ['root']],
      [
        'the secret of the salts',
        editing('salts.json', /(?<="packSecret":"0x)./, digit => (digit === '0' ? '1' : '0')),
        ['root'],
      ],
    ]
    for (const [what, change, expected] of cases) {
      const store = await storeWith(change)
      const [ours, theirs] = [await here(paid, { store }), await auditJson(paid, world.url, store)]
      expect(failing(ours), what).to.include.members(expected)
      expect(failing(theirs), what).to.include.members(expected)
      expect(theirs.status, what).to.equal(3)
    }
  })

  it('fails in the signatures when a receipt in the pack was changed, by either of its signatures or its key', async () => {
    const changed = (text: string) => (text[0] === 'A' ? 'B' : 'A') + text.slice(1)
    for (const which of [0, 1, 'key'] as const) {
      const store = await storeWith(files => {
        const name = [...files.keys()].find(file => file.startsWith('signatures/')) ?? ''
        const jws = JSON.parse(Buffer.from(files.get(name) ?? []).toString())
        if (which === 'key') {
          const header = JSON.parse(Buffer.from(jws.signatures[1].protected, 'base64url').toString())
          header.jwk.pub = header.jwk.pub.slice(4)
          jws.signatures[1].protected = Buffer.from(JSON.stringify(header)).toString('base64url')
        } else jws.signatures[which].signature = changed(jws.signatures[which].signature)
        files.set(name, Buffer.from(JSON.stringify(jws)))
      })
      const [ours, theirs] = [await here(paid, { store }), await auditJson(paid, world.url, store)]
      expect(failing(ours), `${which}`).to.deep.equal(['signatures'])
      expect(failing(theirs), `${which}`).to.deep.equal(['signatures'])
    }
  })

  it('fails in its step, and nothing breaks, when a node serves data of another shape', async () => {
    const topic = id('TermsPublished(bytes32,uint24,bytes)')
    const cut = inAnswersWith('eth_getLogs', topic, answer => answer.replaceAll(/"data":"0x[^"]*"/g, '"data":"0x"'))
    expect(await tampered(cut)).to.include('terms')
  })

  it('fails where the pack is needed, and only there, when the store does not have it', async () => {
    const empty = await mkdtemp(path.join(folder, 'empty-'))
    const [ours, theirs] = [await here(paid, { store: empty }), await auditJson(paid, world.url, empty)]
    expect(failing(ours)).to.deep.equal(['root', 'inputs', 'index'])
    expect(failing(theirs)).to.deep.equal(['root', 'inputs', 'index'])
  })

  it('never has code run that the feed does not name, not even to compare it', async () => {
    const mark = path.join(folder, 'it-ran')
    const store = await storeWith(files => {
      const name = 'code/models/dry-spell/index.ts'
      const text = Buffer.from(files.get(name) ?? []).toString()
      files.set(name, Buffer.from(`import { writeFileSync } from 'node:fs'\nwriteFileSync('${mark}', '')\n${text}`))
    })
    const [ours, theirs] = [await here(paid, { store }), await auditJson(paid, world.url, store)]
    expect(ours.steps.find(({ step }) => step === 'index')?.note).to.match(/not run/)
    expect(theirs.steps.find(({ step }) => step === 'index')?.note).to.match(/code-differs/)
    expect(await readFile(mark).catch(() => null)).to.equal(null)
  })

  it('is re-derived from an operator that serves its packs over HTTP', async () => {
    const server = createServer(async (request, response) => {
      const file = path.join(world.store, path.basename(request.url ?? ''))
      const zip = request.url?.startsWith('/packs/') ? await readFile(file).catch(() => null) : null
      response.writeHead(zip ? 200 : 404).end(zip ?? '')
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const store = `http://127.0.0.1:${port}/`
    try {
      expect(failing(await here(paid, { store }))).to.deep.equal([])
      expect(failing(await auditJson(paid, world.url, store))).to.deep.equal([])
    } finally {
      server.close()
      server.closeAllConnections()
    }
    // and now it is gone: nothing is known to be wrong, so it is to be tried again
    const unreachable = await here(paid, { store }).catch(error => error)
    expect(unreachable.exitCode).to.equal(75)
    expect((await audit(paid, world.url, store)).status).to.equal(75)
  })

  it('after another of the same policy is re-derived as the difference', async () => {
    const amounts = []
    for (const tx of [partly, rest]) {
      const [ours, theirs] = [await here(tx), await auditJson(tx, world.url, world.store)]
      expect(failing(ours)).to.deep.equal([])
      expect(compared(ours)).to.deep.equal(compared(theirs))
      amounts.push(ours.steps.find(({ step }) => step === 'amount')?.actual?.['paidAssets'])
    }
    // a ramp from 0 to 10 mm: 8.8 mm pays 12 %, then 1.5 mm 85 % in all
    expect(amounts).to.deep.equal(['120000000', '730000000'])
  })

  it('of several policies in one transaction is re-derived for each', async () => {
    const [ours, theirs] = [await here(twins), await auditJson(twins, world.url, world.store)]
    expect(ours.steps.map(({ step }) => step)).to.deep.equal([...STEPS, ...STEPS])
    expect(new Set(ours.steps.map(({ policyId }) => policyId)).size).to.equal(2)
    expect(failing(ours)).to.deep.equal([])
    expect(compared(ours)).to.deep.equal(compared(theirs))
  })

  it('is refused by a caller who trusts another policy book', async () => {
    const packs = packSource(world.store)
    const ours = await reconstruct({ tx: paid, rpcUrl: world.url, packs, book: world.pool })
    expect(failing(ours)).to.include('terms')
    const { status } = await audit(paid, world.url, world.store, '--book', world.pool)
    expect(status).to.equal(3)
    expect((await audit(paid, world.url, world.store, '--book', world.book)).status).to.equal(0)
  })

  it('is told from transactions that settle nothing, and from texts that are none', async () => {
    const { transactions } = await world.rpc.client.getBlock({ blockNumber: 1n })
    for (const tx of [transactions[0] ?? '', `0x${word(1n)}`, '0x12', '']) {
      const error = await here(tx).catch(e => e)
      expect(error.exitCode, tx).to.equal(2)
      expect((await audit(tx, world.url, world.store)).status, tx).to.equal(2)
    }
  })

  it('is tried again later while chain or store cannot be reached, and needs a store that is one', async () => {
    const nowhere = 'http://127.0.0.1:1'
    expect((await here(paid, { rpcUrl: nowhere }).catch(e => e)).exitCode).to.equal(75)
    expect((await audit(paid, nowhere, world.store)).status).to.equal(75)
    const none = path.join(folder, 'none')
    expect((await here(paid, { store: none }).catch(e => e)).exitCode).to.equal(2)
    expect((await audit(paid, world.url, none)).status).to.equal(2)
  })

  it('is read in pieces where a node refuses long ranges', async () => {
    let refused = 0
    const node = await lyingNode(world.url, ({ method, params, result }) => {
      const [{ fromBlock, toBlock } = { fromBlock: '0x0', toBlock: '0x0' }] = params as [Record<string, string>?]
      if (method !== 'eth_getLogs' || Number(toBlock) - Number(fromBlock) < 50) return result
      refused++
      throw new Error('query exceeds max block range 50')
    })
    try {
      expect(failing(await here(paid, { rpcUrl: node.url }))).to.deep.equal([])
      expect(failing(await auditJson(paid, node.url, world.store))).to.deep.equal([])
      expect(refused).to.be.greaterThan(0)
    } finally {
      await node.close()
    }
  })

  it('is re-derived from the command line, which says by its status what came out', async () => {
    const run = (...args: string[]) => nexus(['reconstruct', ...args, '--rpc', world.url], { cwd: folder })
    const held = await run(paid, '--store', world.store, '--json')
    expect(held.status, held.stderr).to.equal(0)
    expect(compared(JSON.parse(held.stdout))).to.deep.equal(compared(await here(paid)))
    const store = await storeWith(editing('inputs/rain.csv', '0.4', '0.3'))
    const changed = await run(paid, '--store', store)
    expect(changed.status).to.equal(3)
    expect(changed.stdout)
      .to.match(/✗ root/)
      .and.to.match(/NOT every step holds/)
    const nothing = await run(`0x${word(1n)}`, '--store', world.store)
    expect(nothing.status).to.equal(2)
    expect(JSON.parse(nothing.stderr).code).to.equal('no-such-transaction')
  })
})
