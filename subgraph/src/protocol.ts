import { Address, BigInt, Bytes, ethereum } from '@graphprotocol/graph-ts'
import { Asset, Feed, Operator, Pause, Protocol } from '../generated/schema'

export const ZERO = BigInt.fromI32(0)
/** The highest level of evidence. */
const NO_CAP = 4

/** The one row of totals. */
export function protocol(): Protocol {
  const known = Protocol.load('nexus')
  if (known != null) return known
  const fresh = new Protocol('nexus')
  fresh.feedCount = 0
  fresh.aepCount = 0
  fresh.disputedAepCount = 0
  fresh.voidAepCount = 0
  fresh.operatorCount = 0
  fresh.poolCount = 0
  fresh.policyCount = 0
  fresh.activePolicyCount = 0
  fresh.settlementCount = 0
  fresh.decisionCount = 0
  fresh.railCount = 0
  fresh.nipCount = 0
  fresh.componentCount = 0
  fresh.charterCount = 0
  return fresh
}

/** A feed is first heard of in a specification, in terms or in an AEP, whichever comes first. */
export function feed(id: Bytes): Feed {
  const known = Feed.load(id)
  if (known != null) return known
  const fresh = new Feed(id)
  fresh.aepCount = 0
  fresh.mostEql = NO_CAP
  fresh.save()
  const totals = protocol()
  totals.feedCount += 1
  totals.save()
  return fresh
}

export function operator(account: Address): Operator {
  const known = Operator.load(account)
  if (known != null) return known
  const fresh = new Operator(account)
  fresh.signatureCount = 0
  fresh.save()
  const totals = protocol()
  totals.operatorCount += 1
  totals.save()
  return fresh
}

/** Terms may name anything as their asset: nothing is called here. Symbol and decimals come with a pool's listing. */
export function asset(token: Address): Asset {
  const known = Asset.load(token)
  if (known != null) return known
  const fresh = new Asset(token)
  fresh.premiumAssets = ZERO
  fresh.paidAssets = ZERO
  fresh.save()
  return fresh
}

/** Names the log: no two share it. */
export function logId(event: ethereum.Event): Bytes {
  return event.transaction.hash.concatI32(event.logIndex.toI32())
}

/** `cause`: null for a pause, what an extension names. */
export function recordPause(event: ethereum.Event, by: Address, until: BigInt, cause: Bytes | null): void {
  const pause = new Pause(logId(event))
  pause.target = event.address
  pause.by = by
  pause.pausedAt = event.block.timestamp
  pause.until = until
  pause.cause = cause
  pause.tx = event.transaction.hash
  pause.save()
}
