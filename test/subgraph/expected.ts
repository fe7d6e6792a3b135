import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import { nipRegistryAbi } from '@nexus/chain/abi/NipRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import type { Manifest } from '@nexus/chain/manifest'
import { fromHex, type Hex } from '@nexus/kit/canonical'
import { unpackHeader } from '@nexus/kit/report'
import { decodeFormula } from '@nexus/terms/formula'
import { splitPolicyId } from '@nexus/terms/quote'
import { type Abi, decodeFunctionData, erc20Abi, type PublicClient, recoverAddress } from 'viem'
import { low, type Row, text, unique } from './rows.ts'

/** Bits of an anchor's flags. */
const FLAG = { provisional: 1, revision: 2, disputed: 4, upheld: 8, void: 16 }
const STATUS = ['', 'ACTIVE', 'PAID', 'ZERO', 'LAPSED']
const FOR_EVER = 2 ** 40 - 1

/**
 * What the subgraph should say, by kind of entity: logs only tell what there is, everything about it is read from the
 * contracts' views, from the token's own transfers and from what was signed.
 */
export async function expectedEntities(client: PublicClient, manifest: Manifest): Promise<Record<string, Row[]>> {
  const registry = { address: manifest.registry, abi: evidenceRegistryAbi }
  const store = { address: manifest.termsStore, abi: termsStoreAbi }
  const book = { address: manifest.policyBook, abi: policyBookAbi }
  const from = { fromBlock: 0n } as const
  const [anchored, disputed, ruledUp, ruledDown, announced] = await Promise.all([
    client.getContractEvents({ ...registry, ...from, eventName: 'AepAnchored', strict: true }),
    client.getContractEvents({ ...registry, ...from, eventName: 'AepDisputed', strict: true }),
    client.getContractEvents({ ...registry, ...from, eventName: 'AepUpheld', strict: true }),
    client.getContractEvents({ ...registry, ...from, eventName: 'AepVoided', strict: true }),
    client.getContractEvents({ ...registry, ...from, eventName: 'ConfigurationAnnounced', strict: true }),
  ])
  const [feeds, formulas, terms] = await Promise.all([
    client.getContractEvents({ ...store, ...from, eventName: 'FeedPublished', strict: true }),
    client.getContractEvents({ ...store, ...from, eventName: 'FormulaPublished', strict: true }),
    client.getContractEvents({ ...store, ...from, eventName: 'TermsPublished', strict: true }),
  ])
  const [bound, settled, closed, held, released, cancelled, listed] = await Promise.all([
    client.getContractEvents({ ...book, ...from, eventName: 'PolicyBound', strict: true }),
    client.getContractEvents({ ...book, ...from, eventName: 'Settled', strict: true }),
    client.getContractEvents({ ...book, ...from, eventName: 'PolicyClosed', strict: true }),
    client.getContractEvents({ ...book, ...from, eventName: 'PolicyHeld', strict: true }),
    client.getContractEvents({ ...book, ...from, eventName: 'PolicyReleased', strict: true }),
    client.getContractEvents({ ...book, ...from, eventName: 'NonceCancelled', strict: true }),
    client.getContractEvents({ ...book, ...from, eventName: 'PoolListed', strict: true }),
  ])
  const timeOf = async ({ blockNumber }: { blockNumber: bigint }) =>
    text((await client.getBlock({ blockNumber })).timestamp)

  /** What a report's transaction carries; who signed it, by recovering its signatures. */
  async function attestation(log: (typeof anchored)[number]) {
    const { input } = await client.getTransaction({ hash: log.transactionHash })
    const { args } = decodeFunctionData({ abi: evidenceRegistryAbi, data: input })
    const [feedId, aepId, receiptsRoot, header, signatures] = args as [Hex, Hex, Hex, Hex, Hex]
    const hash = await client.readContract({
      ...registry,
      functionName: 'reportDigest',
      args: [feedId, aepId, receiptsRoot, header],
    })
    const { signers: bits } = unpackHeader(header)
    const all = fromHex(signatures).subarray(0, 64 * bits.toString(2).replaceAll('0', '').length)
    const signers: { id: string }[] = []
    for (let at = 0; at < all.length; at += 64) {
      const r = `0x${Buffer.from(all.subarray(at, at + 32)).toString('hex')}` as Hex
      const vs = Buffer.from(all.subarray(at + 32, at + 64))
      const yParity = (vs[0] ?? 0) >> 7
      vs[0] = (vs[0] ?? 0) & 0x7f
      signers.push({ id: low(await recoverAddress({ hash, signature: { r, s: `0x${vs.toString('hex')}`, yParity } })) })
    }
    return { receiptsRoot, signers }
  }

  const aeps = await Promise.all(
    anchored.map(async log => {
      const { aepId } = log.args
      const [feedId, anchor] = await client.readContract({ ...registry, functionName: 'evidenceOf', args: [aepId] })
      const has = (flag: number) => (anchor.flags & flag) !== 0
      const open = has(FLAG.disputed) ? 'DISPUTED' : 'ANCHORED'
      return {
        id: aepId,
        feed: { id: feedId },
        value: text(anchor.value),
        from: text(anchor.from),
        to: text(anchor.to),
        sequence: text(anchor.sequence),
        eql: anchor.eql,
        provisional: has(FLAG.provisional),
        revision: has(FLAG.revision),
        state: has(FLAG.void) ? 'VOID' : has(FLAG.upheld) ? 'UPHELD' : open,
        finalAt: text(anchor.finalAt),
        ...(await attestation(log)),
        dispute: has(FLAG.disputed) ? { id: aepId } : null,
        anchoredAt: await timeOf(log),
        anchorBlock: text(log.blockNumber),
        anchorTx: log.transactionHash,
      }
    }),
  )

  const disputes = await Promise.all(
    disputed.map(async log => {
      const ruling = [...ruledUp, ...ruledDown].find(({ args }) => args.aepId === log.args.aepId)
      const flags = (await client.readContract({ ...registry, functionName: 'anchorOf', args: [log.args.aepId] }))[0]
        .flags
      return {
        id: log.args.aepId,
        disputer: low(log.args.disputer),
        reasonHash: log.args.reasonHash,
        openedAt: await timeOf(log),
        upheldAt: text(BigInt(await timeOf(log)) + 14n * 86_400n),
        upheld: ruling ? (flags & FLAG.upheld) !== 0 : null,
        rulingHash: ruling?.args.reasonHash ?? null,
        ruledAt: ruling ? await timeOf(ruling) : null,
      }
    }),
  )

  const configurations = await Promise.all(
    announced.map(async ({ args: { configVersion, keys, pqKeyHashes } }) => {
      const [operators, quorum, activeFrom, activeUntil] = await client.readContract({
        ...registry,
        functionName: 'configuration',
        args: [configVersion],
      })
      return {
        id: text(configVersion),
        operators: operators.map(id => ({ id: low(id) })),
        quorum,
        keys: low(keys),
        pqKeyHashes,
        activeFrom: text(activeFrom),
        activeUntil: activeUntil === FOR_EVER ? null : text(activeUntil),
      }
    }),
  )

  const termsRows = await Promise.all(
    terms.map(async ({ args: { termsHash } }) => {
      const [t, termsIndex] = await client.readContract({ ...store, functionName: 'termsOf', args: [termsHash] })
      return {
        id: termsHash,
        termsIndex,
        version: t.version,
        feed: { id: t.feedId },
        formula: { id: t.formulaId },
        asset: { id: low(t.asset) },
        coverAssets: text(t.coverAssets),
        from: text(t.from),
        to: text(t.to),
        minEql: t.minEql,
        evidence: ['FINAL', 'PROVISIONAL'][t.evidence],
        readings: ['WHOLE', 'ANY'][t.readings],
        waitingSeconds: text(t.waitingSeconds),
        reportingDeadline: text(t.reportingDeadline),
      }
    }),
  )

  const formulaRows = await Promise.all(
    formulas.map(async ({ args: { formulaId } }) => {
      const [header, words] = await client.readContract({ ...store, functionName: 'formulaOf', args: [formulaId] })
      const { rounding, xDecimals, knots } = decodeFormula({ header, words })
      return {
        id: formulaId,
        version: 1,
        rounding: rounding.toUpperCase(),
        xDecimals,
        words: words.map(text),
        knots: knots.map(({ x, below, at, above }, index) => ({
          index,
          x: text(x),
          belowWad: text(below),
          atWad: text(at),
          aboveWad: text(above),
        })),
      }
    }),
  )

  const latestSequence = async (feedId: Hex) => {
    const [anchor] = await client.readContract({ ...registry, functionName: 'latestOf', args: [feedId] })
    return { sequence: text(anchor.sequence), value: text(anchor.value) }
  }
  const indexed = new Map<string, number>()
  for (let i = 1; ; i++) {
    const feedId = await client.readContract({ ...registry, functionName: 'feedAt', args: [i] })
    if (BigInt(feedId) === 0n) break
    indexed.set(feedId, i)
  }
  const feedRows = await Promise.all(
    unique([...feeds.map(({ args }) => args.feedId), ...indexed.keys(), ...termsRows.map(({ feed }) => feed.id)]).map(
      async id => {
        const published = feeds.find(({ args }) => args.feedId === id)
        const specification = published && Buffer.from(fromHex(published.args.specification)).toString('utf8')
        const json = specification?.startsWith('{"') ? (JSON.parse(specification) as Row) : undefined
        return {
          id,
          feedIndex: indexed.get(id) ?? null,
          specification: specification?.replaceAll('\u0000', '') ?? null, // which PostgreSQL does not store
          model: json?.['model'] ?? null,
          modelVersion: json?.['modelVersion'] ?? null,
          datasetVersion: json?.['datasetVersion'] ?? null,
          decimals: json?.['decimals'] ?? null,
          latest: indexed.has(id) ? await latestSequence(id as Hex) : null,
          mostEql: await client.readContract({ ...registry, functionName: 'capOf', args: [id as Hex] }),
          aepCount: anchored.filter(({ args }) => args.feedId === id).length,
        }
      },
    ),
  )

  const policyRows = await Promise.all(
    bound.map(async ({ args: { policyId, termsHash } }) => {
      const [policy, holder, openHolds] = await Promise.all([
        client.readContract({ ...book, functionName: 'policyOf', args: [policyId] }),
        client.readContract({ ...book, functionName: 'ownerOf', args: [policyId] }),
        client.readContract({ ...book, functionName: 'openHoldsOf', args: [policyId] }),
      ])
      const [, index, mostAssets] = await client.readContract({ ...store, functionName: 'termsOf', args: [termsHash] })
      if (index !== policy.termsIndex) throw new Error('a policy names other terms than its event')
      const { pool, nonce } = splitPolicyId(policyId)
      const closing = closed.find(({ args }) => args.policyId === policyId)
      return {
        id: text(policyId),
        nonce: text(nonce),
        pool: { id: low(pool) },
        terms: { id: termsHash },
        holder: low(holder),
        premiumAssets: text(policy.premiumAssets),
        mostAssets: text(mostAssets),
        paidAssets: text(policy.paidAssets),
        status: STATUS[policy.status],
        releasedAssets: closing ? text(mostAssets - policy.paidAssets) : '0',
        openHoldCount: Number(openHolds),
        closedTx: closing?.transactionHash ?? null,
      }
    }),
  )

  const settlementRows = await Promise.all(
    settled.map(async log => {
      const { policyId, aepId, formulaId, payoutWad } = log.args
      const [, anchor] = await client.readContract({ ...registry, functionName: 'evidenceOf', args: [aepId] })
      const holder = await client.readContract({
        ...book,
        functionName: 'ownerOf',
        args: [policyId],
        blockNumber: log.blockNumber,
      })
      const [before, after] = await Promise.all(
        [log.blockNumber - 1n, log.blockNumber].map(blockNumber =>
          client.readContract({ ...book, functionName: 'policyOf', args: [policyId], blockNumber }),
        ),
      )
      return {
        policy: { id: text(policyId) },
        aep: { id: aepId },
        formula: { id: formulaId },
        paidTo: low(holder),
        value: text(anchor.value),
        payoutWad: text(payoutWad),
        paidAssets: text((after?.paidAssets ?? 0n) - (before?.paidAssets ?? 0n)),
        settledAt: await timeOf(log),
        block: text(log.blockNumber),
        tx: log.transactionHash,
      }
    }),
  )

  const holdRows = await Promise.all(
    held.map(async ({ args: { policyId, aepId, by } }) => {
      const isOpen = await client.readContract({ ...book, functionName: 'isHeldBy', args: [policyId, aepId] })
      const release = released.find(({ args }) => args.policyId === policyId && args.aepId === aepId)
      return {
        policy: { id: text(policyId) },
        aep: { id: aepId },
        by: low(by),
        releasedAt: isOpen || !release ? null : await timeOf(release),
      }
    }),
  )

  const cancelledRows = await Promise.all(
    cancelled.map(async ({ args: { policyId } }) => {
      const { pool, nonce } = splitPolicyId(policyId)
      const { status } = await client.readContract({ ...book, functionName: 'policyOf', args: [policyId] })
      if (status !== 5) throw new Error('a nonce was cancelled, and its policy says otherwise')
      return { id: text(policyId), pool: low(pool), nonce: text(nonce) }
    }),
  )

  const poolRows = []
  const accountRows = []
  const requestRows = []
  const underwriterRows = []
  const assetTotals = new Map<string, { premium: bigint; paid: bigint }>()
  for (const { args, blockNumber: listedBlock } of listed) {
    const pool = { address: args.pool, abi: riskPoolAbi } as const
    const read = <T>(functionName: string, ...args: unknown[]) =>
      client.readContract({ ...pool, functionName, args } as never) as Promise<T>
    const asset = await read<Hex>('asset')
    const policies = policyRows.filter(policy => policy.pool.id === low(args.pool))
    const sum = (field: 'premiumAssets' | 'paidAssets', rows = policies) =>
      rows.reduce((total, row) => total + BigInt(row[field]), 0n)
    const total = assetTotals.get(low(asset)) ?? { premium: 0n, paid: 0n }
    assetTotals.set(low(asset), {
      premium: total.premium + sum('premiumAssets'),
      paid: total.paid + sum('paidAssets'),
    })
    const moved = await client.getContractEvents({
      ...{ address: asset, abi: erc20Abi, eventName: 'Transfer', fromBlock: listedBlock, strict: true },
    })
    const premiums = bound.map(({ transactionHash }) => transactionHash)
    const payouts = settled.map(({ transactionHash }) => transactionHash)
    const owedPaid = await client.getContractEvents({ ...pool, fromBlock: listedBlock, eventName: 'OwedWithdrawn' })
    const notCapital = [...premiums, ...payouts, ...owedPaid.map(({ transactionHash }) => transactionHash)]
    const capital = moved.filter(({ transactionHash }) => !notCapital.includes(transactionHash))
    const deposits = capital.filter(({ args: { to } }) => to === args.pool)
    const redemptions = capital.filter(({ args: { from } }) => from === args.pool)
    const amount = (logs: typeof moved) => logs.reduce((total, { args: { value } }) => total + value, 0n)
    const [free, locked] = [await read<bigint>('freeAssets'), await read<bigint>('lockedAssets')]
    poolRows.push({
      id: low(args.pool),
      asset: { id: low(asset) },
      name: await read('name'),
      symbol: await read('symbol'),
      noticeSeconds: text(await read<number>('noticeSeconds')),
      freeAssets: text(free),
      lockedAssets: text(locked),
      unearnedAssets: text(await read<bigint>('unearnedAssets')),
      owedAssets: text(await read<bigint>('owedAssets')),
      exposedAssets: text(await read<bigint>('exposedAssets')),
      queuedShares: text(await read<bigint>('queuedShares')),
      totalAssets: text(await read<bigint>('totalAssets')),
      totalShares: text(await read<bigint>('totalSupply')),
      depositedAssets: text(amount(deposits)),
      redeemedAssets: text(amount(redemptions)),
      premiumAssets: text(sum('premiumAssets')),
      earnedAssets: text(sum('premiumAssets') - (await read<bigint>('unearnedAssets'))),
      paidAssets: text(sum('paidAssets')),
      policyCount: policies.length,
      activePolicyCount: policies.filter(({ status }) => status === 'ACTIVE').length,
    })

    const requests = await client.getContractEvents({ ...pool, ...from, eventName: 'RedeemRequest', strict: true })
    const known = requests.filter(({ blockNumber }) => blockNumber > listedBlock)
    requestRows.push(
      ...(await Promise.all(
        known.map(async log => ({
          pool: { id: low(args.pool) },
          requestId: text(log.args.requestId),
          controller: low(log.args.controller),
          owner: low(log.args.owner),
          shares: text(log.args.shares),
          requestedAt: await timeOf(log),
          noticeEndsAt: text(BigInt(await timeOf(log)) + BigInt(await read<number>('noticeSeconds'))),
        })),
      )),
    )
    const transfers = await client.getContractEvents({
      ...pool,
      fromBlock: listedBlock,
      eventName: 'Transfer',
      strict: true,
    })
    const owed = await client.getContractEvents({
      ...pool,
      fromBlock: listedBlock,
      eventName: 'PayoutSettled',
      strict: true,
    })
    const people = unique([
      ...transfers.flatMap(({ args: { from, to } }) => [from, to]),
      ...owed.filter(log => log.args.owed).map(log => log.args.to),
    ]).filter(who => BigInt(who) !== 0n)
    for (const who of people) {
      const open = await read<bigint[]>('requestsOf', who)
      const outstanding = await Promise.all(
        open.map(
          async id =>
            (await read<bigint>('pendingRedeemRequest', id, who)) +
            (await read<bigint>('claimableRedeemRequest', id, who)),
        ),
      )
      accountRows.push({
        pool: { id: low(args.pool) },
        account: low(who),
        shares: text(await read<bigint>('balanceOf', who)),
        queuedShares: text(outstanding.reduce((total, shares) => total + shares, 0n)),
        depositedAssets: text(amount(deposits.filter(({ args: { from } }) => from === who))),
        redeemedAssets: text(amount(redemptions.filter(({ args: { to } }) => to === who))),
        owedAssets: text(await read<bigint>('owedOf', who)),
      })
    }
    const said = await client.getContractEvents({
      ...pool,
      fromBlock: listedBlock,
      eventName: 'UnderwriterSet',
      strict: true,
    })
    for (const who of unique(said.map(log => log.args.underwriter)))
      underwriterRows.push({
        pool: { id: low(args.pool) },
        account: low(who),
        enabled: await read('isUnderwriter', who),
      })
  }

  const assetRows = await Promise.all(
    unique([...termsRows.map(({ asset }) => asset.id), ...assetTotals.keys()]).map(async id => ({
      id,
      symbol: await client.readContract({ address: id as Hex, abi: testStablecoinAbi, functionName: 'symbol' }),
      decimals: await client.readContract({ address: id as Hex, abi: testStablecoinAbi, functionName: 'decimals' }),
      premiumAssets: text(assetTotals.get(id)?.premium ?? 0n),
      paidAssets: text(assetTotals.get(id)?.paid ?? 0n),
    })),
  )

  const operators = unique(configurations.flatMap(configuration => configuration.operators.map(({ id }) => id)))
  const operatorRows = operators.map(id => ({
    id,
    signatureCount: aeps.filter(({ signers }) => signers.some(signer => signer.id === id)).length,
  }))

  const pauseRows: Row[] = []
  for (const { address } of [registry, book]) {
    const pausable = { address, abi: policyBookAbi } as const
    const paused = await client.getContractEvents({ ...pausable, ...from, eventName: 'Paused', strict: true })
    const extended = await client.getContractEvents({ ...pausable, ...from, eventName: 'PauseExtended', strict: true })
    for (const log of [...paused, ...extended]) {
      const { blockNumber } = log
      const until = await client.readContract({ ...pausable, functionName: 'pausedUntil', blockNumber })
      pauseRows.push({
        ...{ target: low(address), by: low(log.args.by), until: text(until), pausedAt: await timeOf(log) },
        cause: log.eventName === 'PauseExtended' ? log.args.cause : null,
      })
    }
  }
  const countOf = async (address: Hex | undefined, abi: Abi, eventName: string) =>
    address ? (await client.getContractEvents({ address, abi, eventName, ...from })).length : 0
  const { governance, rails, registries } = manifest

  const protocolRow = {
    id: 'nexus',
    feedCount: feedRows.length,
    aepCount: aeps.length,
    disputedAepCount: aeps.filter(({ state }) => state === 'DISPUTED').length,
    voidAepCount: aeps.filter(({ state }) => state === 'VOID').length,
    operatorCount: operators.length,
    poolCount: listed.length,
    policyCount: policyRows.length,
    activePolicyCount: policyRows.filter(({ status }) => status === 'ACTIVE').length,
    settlementCount: settlementRows.length,
    decisionCount: await countOf(governance?.nvm, nexusValidationModuleAbi, 'DecisionOpened'),
    railCount: await countOf(rails?.factory, railFactoryAbi, 'RailOpened'),
    nipCount: await countOf(registries?.nip, nipRegistryAbi, 'NipSubmitted'),
    componentCount: await countOf(registries?.component, componentRegistryAbi, 'ComponentProposed'),
    charterCount: await countOf(registries?.charter, charterRegistryAbi, 'CharterOpened'),
  }
  return {
    protocols: [protocolRow],
    assets: assetRows,
    feeds: feedRows,
    aeps,
    disputes,
    operatorConfigurations: configurations,
    operators: operatorRows,
    formulas: formulaRows,
    terms_collection: termsRows,
    policies: policyRows,
    settlements: settlementRows,
    holds: holdRows,
    cancelledNonces: cancelledRows,
    pools: poolRows,
    poolAccounts: accountRows,
    redeemRequests: requestRows,
    underwriters: underwriterRows,
    pauses: pauseRows,
  }
}
