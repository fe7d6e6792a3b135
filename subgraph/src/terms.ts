import { Address, BigInt, Bytes, JSONValue, JSONValueKind, TypedMap, ethereum, json } from '@graphprotocol/graph-ts'
import {
  FeedPublished,
  FormulaPublished,
  TemplateWithdrawn,
  TermsPublished,
  TermsWithdrawn,
} from '../generated/TermsStore/TermsStore'
import { Formula, Knot, Template, Terms, TermsWithdrawal } from '../generated/schema'
import { asset, feed } from './protocol'
import { int64, isZero, unsigned, word } from './words'

// version, feedId, formulaId, asset, coverAssets, from, to, minEql, evidence, readings, waitingSeconds, reportingDeadline
const TERMS = '(uint8,bytes32,bytes32,address,uint256,uint40,uint40,uint8,uint8,uint8,uint32,uint40)'

function text(object: TypedMap<string, JSONValue>, name: string): string | null {
  const value = object.get(name)
  return value != null && value.kind == JSONValueKind.STRING ? value.toString() : null
}

/** Publishing is open to anyone: whatever the bytes are, they must not stop the index. */
export function handleFeedPublished(event: FeedPublished): void {
  const published = feed(event.params.feedId)
  published.specification = event.params.specification.toString()
  published.publishedAt = event.block.timestamp
  const parsed = json.try_fromBytes(event.params.specification)
  if (parsed.isOk && parsed.value.kind == JSONValueKind.OBJECT) {
    const specification = parsed.value.toObject()
    published.model = text(specification, 'model')
    published.modelVersion = text(specification, 'modelVersion')
    published.datasetVersion = text(specification, 'datasetVersion')
    const decimals = specification.get('decimals')
    if (decimals != null && decimals.kind == JSONValueKind.NUMBER) {
      // Through a float, because reading 1e99 as an integer ends the mapping
      const places = decimals.toF64()
      if (places >= 0 && places <= 18 && Math.floor(places) == places) published.decimals = places as i32
    }
  }
  published.save()
}

// header: u8 version | u8 rounding (0 down, 1 up) | u8 xDecimals | zeros; word: int64 x | u64 below | u64 at | u64 above
export function handleFormulaPublished(event: FormulaPublished): void {
  const header = word(event.params.header)
  const formula = new Formula(event.params.formulaId)
  formula.header = header
  formula.words = event.params.words
  formula.version = header[0]
  formula.rounding = header[1] == 0 ? 'DOWN' : 'UP'
  formula.xDecimals = header[2]
  formula.publishedAt = event.block.timestamp
  formula.save()

  for (let i = 0; i < event.params.words.length; i++) {
    const bytes = word(event.params.words[i])
    const knot = new Knot(formula.id.concatI32(i))
    knot.formula = formula.id
    knot.index = i
    knot.x = int64(bytes, 0)
    knot.belowWad = unsigned(bytes, 8, 8)
    knot.atWad = unsigned(bytes, 16, 8)
    knot.aboveWad = unsigned(bytes, 24, 8)
    knot.save()
  }
}

/** The contract checks terms before it publishes them, so that they decode; their feed and asset may be unknown yet. */
export function handleTermsPublished(event: TermsPublished): void {
  const fields = ethereum.decode(TERMS, event.params.terms)!.toTuple()
  const terms = new Terms(event.params.termsHash)
  terms.termsIndex = event.params.termsIndex
  terms.version = fields[0].toI32()
  terms.feed = feed(fields[1].toBytes()).id
  terms.formula = fields[2].toBytes()
  terms.asset = asset(fields[3].toAddress()).id
  terms.coverAssets = fields[4].toBigInt()
  terms.from = fields[5].toBigInt()
  terms.to = fields[6].toBigInt()
  terms.minEql = fields[7].toI32()
  terms.evidence = fields[8].toI32() == 0 ? 'FINAL' : 'PROVISIONAL'
  terms.readings = fields[9].toI32() == 0 ? 'WHOLE' : 'ANY'
  terms.waitingSeconds = fields[10].toBigInt()
  terms.reportingDeadline = fields[11].toBigInt()
  terms.publishedAt = event.block.timestamp
  terms.save()
}

/** Withdrawn, or listed again. A template for any feed has the zero feed. */
export function handleTemplateWithdrawn(event: TemplateWithdrawn): void {
  const template = new Template(event.params.formulaId.concat(event.params.feedId))
  template.formula = event.params.formulaId
  if (!isZero(event.params.feedId)) template.feed = feed(event.params.feedId).id
  template.withdrawn = event.params.withdrawn
  template.changedAt = event.block.timestamp
  template.save()
}

export function handleTermsWithdrawn(event: TermsWithdrawn): void {
  const withdrawal = new TermsWithdrawal(event.params.termsHash)
  withdrawal.terms = event.params.termsHash
  withdrawal.withdrawn = event.params.withdrawn
  withdrawal.changedAt = event.block.timestamp
  withdrawal.save()
}
