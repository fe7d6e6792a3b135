import { verificationError } from '@nexus/kit/errors'
import { type Report, reportDigest } from '@nexus/kit/report'
import type { Address } from 'viem'
import { carriedSignatures, operatorsBehind, recovery } from './anchor-call.ts'
import { type Configuration, signersOf } from './committee.ts'
import type { AnchorFact, Facts } from './facts.ts'
import { committedSet, type HeldReceipts, receiptsFor } from './receipts.ts'
import type { Step } from './steps.ts'

/**
 * A quorum signed the report. Its signatures are in the call that anchored it, if whoever carried it left that call readable: the
 * registry does not care how it was called. Else the operators' receipts say so: the registry stored their root, which it does only
 * under a quorum's signatures, and each receipt is its operator's own signed word for this very report.
 */
export const signatures: Step = async facts => {
  const anchor = await facts.anchor()
  const configuration = await configurationOf(facts, anchor)
  const named = signersOf(configuration, anchor.signers).map(({ operator }) => operator)
  const recovered = await recoveredFrom(facts, anchor, named)
  const isSigned = areNamed(recovered, named)

  const held = await receiptsIn(facts, anchor, configuration)
  const set = committedSet(held, configuration.quorum, anchor.receiptsRoot, named)
  const { operators } = configuration
  const receipts = set ? `${set.length} receipts have the anchored root` : whyNotChecked(held, configuration)
  if (!isSigned && set) {
    const receipted = { operators: set.map(({ operator }) => operator), receiptsRoot: anchor.receiptsRoot }
    const note = `by receipts, as the anchor's transaction shows no signatures that hold: ${receipts}, of ${operators.length} operators`
    return { expected: receipted, actual: receipted, note }
  }
  // What does not hold counts for nothing, and is wrong only where nothing else makes up for it.
  const problems = set ? [] : held.broken.filter(({ operator }) => named.includes(operator)).map(({ reason }) => reason)
  if (!isSigned) problems.push(`no call in the anchor's transaction carries signatures that hold; receipts ${receipts}`)
  // What was not compared stands on neither side: the note says that it was not.
  const compared = set ? { receiptsRoot: anchor.receiptsRoot } : {}
  return {
    expected: { operators: named, ...compared },
    actual: { operators: recovered, ...compared },
    note: `by signatures of ${named.length} of ${operators.length} operators; ${receipts}`,
    problems,
  }
}

async function configurationOf(facts: Facts, { configVersion }: AnchorFact): Promise<Configuration> {
  const configuration = (await facts.configurations()).find(known => known.configVersion === configVersion)
  if (configuration) return configuration
  throw verificationError('no-configuration', `configuration ${configVersion} was never announced`)
}

const reportOf = (facts: Facts, anchor: AnchorFact): Report => ({ ...anchor, aepRoot: facts.settlement.aepId })

const areNamed = (recovered: readonly (Address | null)[], named: readonly Address[]): boolean =>
  named.length > 0 && recovered.length === named.length && named.every((operator, n) => operator === recovered[n])

/** Operators of the first call whose signatures are the named operators'; else of the first call at all; none without a call. */
async function recoveredFrom(facts: Facts, anchor: AnchorFact, named: readonly Address[]) {
  const { chain, settlement } = facts
  const registry = await facts.registry()
  const { input } = await chain.ask('anchor', () => chain.client.getTransaction({ hash: anchor.tx }))
  const whoSigned = recovery(reportDigest(chain.chainId, registry, reportOf(facts, anchor)))
  const calls = carriedSignatures(input, [anchor.feedId, settlement.aepId, anchor.receiptsRoot, anchor.header])
  let first: (Address | null)[] | undefined
  for (const call of calls) {
    const recovered = await operatorsBehind(call, named, whoSigned)
    if (areNamed(recovered, named)) return recovered
    first ??= recovered
  }
  return first ?? []
}

async function receiptsIn(facts: Facts, anchor: AnchorFact, configuration: Configuration): Promise<HeldReceipts> {
  const files = await facts.pack().then(
    pack => pack.files,
    error => {
      if (error.exitCode !== 3) throw error
      return null
    },
  )
  return receiptsFor(reportOf(facts, anchor), configuration, files ?? new Map())
}

const whyNotChecked = ({ valid }: HeldReceipts, { quorum }: Configuration): string =>
  valid.length < quorum
    ? `not checked: ${valid.length} of ${quorum} receipts in the store`
    : `not checked: none of the sets of ${valid.length} receipts in the store has the anchored root`
