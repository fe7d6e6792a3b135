import { eqlOf } from '@nexus/aep/eql'
import { readDocument } from '@nexus/aep/pack'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { canonicalBytes, sha256Hex } from '@nexus/kit/canonical'
import { verificationError } from '@nexus/kit/errors'
import { feedIdOf } from '@nexus/kit/feed'
import { formulaId, paidAssetsOf, payoutAt } from '@nexus/terms/formula'
import { termsHash } from '@nexus/terms/terms'
import { type Address, erc20Abi, getAddress, parseEventLogs } from 'viem'
import { inChunks, isBefore } from './chain.ts'
import { inForceAt, isByzantineQuorum, signersOf } from './committee.ts'
import { objectionsTo } from './evidence.ts'
import type { Facts } from './facts.ts'
import { explainPayout } from './sentence.ts'
import type { SettlementTransaction } from './settlement.ts'
import { signatures } from './signatures.ts'

/** What the chain says, and what was derived from public inputs; the step holds when both are the same. */
export interface Comparison {
  expected: Record<string, unknown>
  actual: Record<string, unknown>
  /** For people: how the value came about. */
  note?: string
  /** What is wrong although the values agree. */
  problems?: readonly string[]
}

export type Step = (facts: Facts, transaction: SettlementTransaction) => Promise<Comparison>

/** The policy was bound on terms whose text is on chain, and its id names the pool. */
const terms: Step = async facts => {
  const { termsHash: bound, pool } = await facts.bound()
  return {
    expected: { termsHash: bound, pool },
    actual: { termsHash: termsHash(await facts.terms()), pool: facts.settlement.pool },
  }
}

/** The terms' feed is specified on chain, is the one that was anchored, and prints what the formula reads. */
const feed: Step = async facts => {
  const [{ feedId }, { spec }, { xDecimals }, anchor] = [
    await facts.terms(),
    await facts.feed(),
    await facts.formula(),
    await facts.anchor(),
  ]
  return {
    expected: { feedId, anchored: feedId, decimals: xDecimals },
    actual: { feedId: feedIdOf(spec), anchored: anchor.feedId, decimals: spec.decimals },
  }
}

const unixSeconds = (time: string) => Date.parse(time) / 1000

/** The pack has the root that was anchored, and claims what was anchored. */
const root: Step = async facts => {
  const [{ feedId, value, from, to, sequence, eql, flags }, { files, verification }] = [
    await facts.anchor(),
    await facts.pack(),
  ]
  const failed = verification.checks.filter(({ check, ok }) => !ok && !check.startsWith('signatures/'))
  const problems = failed.map(({ check, actual }) => `${check}: ${actual}`)
  const expected = { aepId: facts.settlement.aepId, feedId, value: `${value}`, from, to, sequence, eql, flags }
  if (!files || verification.aepId === null) return { expected, actual: { aepId: null }, problems }
  const claims = readDocument(files, 'claims.json')
  const window = { from: unixSeconds(claims.window.from), to: unixSeconds(claims.window.to) }
  const { index, ...said } = claims
  const claimed = { value: index.scaled, ...window, sequence: said.sequence, eql: said.eql, flags: said.flags }
  return { expected, actual: { aepId: verification.aepId, feedId: said.feedId, ...claimed }, problems }
}

async function filesOf(facts: Facts) {
  const { files, verification } = await facts.pack()
  const broken = verification.checks.find(({ check, ok }) => !ok && (check === 'zip' || check.endsWith('.json')))
  if (!files || (broken && !broken.check.includes('/')))
    throw verificationError('bad-pack', `${broken?.check}: ${broken?.actual}`, { ...broken })
  return files
}

/** The raw bytes are those that were sealed; the sealed parser reads the same observations from them; the level is earned. */
const inputs: Step = async facts => {
  const [files, { spec }, { eql }] = [await filesOf(facts), await facts.feed(), await facts.anchor()]
  const claims = readDocument(files, 'claims.json')
  const model = readDocument(files, 'model.json')
  const { inputs: listed } = readDocument(files, 'inputs.json')
  const present = [...files].filter(([name]) => name.startsWith('inputs/'))
  const { usedObservations } = await facts.recomputed()
  const hashOf = (observations: unknown) => sha256Hex(canonicalBytes(observations))
  return {
    expected: {
      files: Object.fromEntries(listed.map(({ name, sha256 }) => [`inputs/${name}`, sha256])),
      parser: spec.source.codeHash,
      observations: hashOf(claims.observations),
      level: eql,
    },
    actual: {
      files: Object.fromEntries(present.map(([name, bytes]) => [name, sha256Hex(bytes)])),
      parser: model.source.codeHash,
      observations: hashOf(usedObservations),
      level: eqlOf({ inputs: listed, claims, model }),
    },
  }
}

/** The model in the pack, run on the inputs in the pack, gives the value that was anchored. */
const index: Step = async facts => {
  const [{ value }, { spec }, files, recomputed] = [
    await facts.anchor(),
    await facts.feed(),
    await filesOf(facts),
    await facts.recomputed(),
  ]
  const { model } = readDocument(files, 'model.json')
  const { scaled, decimals } = recomputed.index
  return {
    expected: {
      model: `${spec.model}@${spec.modelVersion}`,
      code: spec.modelCodeHash,
      value: `${value}`,
      decimals: spec.decimals,
    },
    actual: { model: `${model.id}@${model.version}`, code: model.codeHash, value: scaled, decimals },
    note: `${recomputed.index.value ?? 'missing'}${recomputed.index.time ? `, decided at ${recomputed.index.time}` : ''}`,
  }
}

/** The configuration that signed was in force when it did, and its quorum is one that faulty operators cannot split. */
const committee: Step = async facts => {
  const [anchor, configurations] = [await facts.anchor(), await facts.configurations()]
  const inForce = inForceAt(configurations, anchor.anchoredAt)
  const signed = configurations.find(({ configVersion }) => configVersion === anchor.configVersion)
  return {
    expected: { configVersion: inForce?.configVersion ?? null, signers: inForce?.quorum ?? null, sound: true },
    actual: {
      configVersion: anchor.configVersion,
      signers: signed ? signersOf(signed, anchor.signers).length : 0,
      sound: inForce !== null && isByzantineQuorum(inForce.operators.length, inForce.quorum),
    },
  }
}

/** The formula of the terms gives, at the anchored value, the fraction that was settled. */
const formula: Step = async facts => {
  const { settlement } = facts
  const [f, { value }, { coverAssets }] = [await facts.formula(), await facts.anchor(), await facts.terms()]
  const reading = payoutAt(f, value)
  return {
    expected: { formulaId: settlement.formulaId, value: `${settlement.value}`, payoutWad: `${settlement.payoutWad}` },
    actual: { formulaId: formulaId(f), value: `${value}`, payoutWad: `${reading.payoutWad}` },
    note: explainPayout(f, value, coverAssets),
  }
}

/** What is due on evidence that qualifies, less what this policy was paid before. */
const amount: Step = async facts => {
  const { chain, settlement } = facts
  const [{ coverAssets }, f, { value }] = [await facts.terms(), await facts.formula(), await facts.anchor()]
  const due = paidAssetsOf(coverAssets, payoutAt(f, value).payoutWad, f.rounding)
  const settled = await chain.ask('Settled', () =>
    inChunks(chain.firstBlock, settlement.blockNumber, range =>
      chain.client.getContractEvents({
        ...{ address: settlement.book, abi: policyBookAbi, eventName: 'Settled', strict: true },
        ...{ args: { policyId: settlement.policyId } },
        ...range,
      }),
    ),
  )
  const paid = settled.filter(log => isBefore(log, settlement)).reduce((sum, { args }) => sum + args.paidAssets, 0n)
  const objections = await objectionsTo(facts)
  const payable = objections.length === 0 && due > paid ? due - paid : 0n
  return {
    expected: { paidAssets: `${settlement.paidAssets}`, objections: [] },
    actual: { paidAssets: `${payable}`, objections },
    note: `${due} due of a cover of ${coverAssets}, ${paid} paid before`,
  }
}

/** The pool moved it, or owes it, to whoever held the policy then. */
const transfer: Step = async (facts, { logs }) => {
  const { chain, settlement } = facts
  const { book, pool, policyId, paidTo, paidAssets } = settlement
  const { asset } = await facts.terms()
  const owners = await chain.ask('Transfer', () =>
    inChunks(chain.firstBlock, settlement.blockNumber, range =>
      chain.client.getContractEvents({
        ...{ address: book, abi: policyBookAbi, eventName: 'Transfer', args: { tokenId: policyId }, strict: true },
        ...range,
      }),
    ),
  )
  const holder = owners.filter(log => isBefore(log, settlement)).at(-1)?.args.to ?? null

  const by = (address: Address) => logs.filter(log => getAddress(log.address) === getAddress(address))
  // A policy may be settled twice in one transaction: the payment of this settlement is the one in the same place.
  const place = parseEventLogs({ abi: policyBookAbi, eventName: 'Settled', logs: by(book) }).filter(
    log => log.args.policyId === policyId && log.args.paidAssets > 0n && isBefore(log, settlement),
  ).length
  const payouts = parseEventLogs({ abi: riskPoolAbi, eventName: 'PayoutSettled', logs: by(pool) }).map(
    ({ args }) => args,
  )
  const mine = paidAssets > 0n ? payouts.filter(payout => payout.policyId === policyId)[place] : undefined
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, assets) => total + assets, 0n)
  // One holder may be paid on several policies at once: then the sums must agree.
  const toMove = sum(payouts.filter(({ to, owed }) => to === paidTo && !owed).map(payout => payout.paidAssets))
  const moved = sum(
    parseEventLogs({ abi: erc20Abi, eventName: 'Transfer', logs: by(asset) })
      .filter(({ args }) => args.from === pool && args.to === paidTo)
      .map(({ args }) => args.value),
  )
  return {
    expected: { holder: paidTo, assets: `${paidAssets}`, moved: `${toMove}` },
    actual: { holder, assets: `${mine?.paidAssets ?? 0n}`, moved: `${moved}` },
    ...(mine?.owed ? { note: 'the transfer failed: the pool owes it' } : {}),
  }
}

/** In the order in which they are reported. */
export const steps = { terms, feed, root, inputs, index, signatures, committee, formula, amount, transfer } as const
export type StepName = keyof typeof steps
