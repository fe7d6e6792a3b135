import { Address, BigInt, Bytes, ethereum } from '@graphprotocol/graph-ts'
import {
  AepAnchored,
  AepDisputed,
  AepUpheld,
  AepVoided,
  ConfigurationAnnounced,
  FeedCapped,
  FeedOpened,
  PauseExtended,
  Paused,
} from '../generated/EvidenceRegistry/EvidenceRegistry'
import { Aep, Dispute, OperatorConfiguration } from '../generated/schema'
import { Header } from './header'
import { feed, operator, protocol, recordPause } from './protocol'

/** The configuration that the new one succeeds. One that was announced and had not begun is replaced, and never is in force. */
function inForce(newVersion: BigInt, now: BigInt): OperatorConfiguration | null {
  const newest = OperatorConfiguration.load(newVersion.minus(BigInt.fromI32(1)).toString())
  if (newest == null || newest.activeFrom.le(now)) return newest
  newest.activeUntil = newest.activeFrom
  newest.save()
  const before = newest.predecessor
  return before === null ? null : OperatorConfiguration.load(before)
}

export function handleConfigurationAnnounced(event: ConfigurationAnnounced): void {
  const configuration = new OperatorConfiguration(event.params.configVersion.toString())
  const operators: Bytes[] = []
  for (let i = 0; i < event.params.operators.length; i++) operators.push(operator(event.params.operators[i]).id)
  configuration.configVersion = event.params.configVersion
  configuration.activeFrom = event.params.activeFrom
  configuration.quorum = event.params.quorum
  configuration.keys = event.params.keys
  configuration.operators = operators
  configuration.pqKeyHashes = event.params.pqKeyHashes
  const predecessor = inForce(event.params.configVersion, event.block.timestamp)
  if (predecessor != null) {
    predecessor.activeUntil = event.params.activeFrom
    predecessor.save()
    configuration.predecessor = predecessor.id
  }
  configuration.announcedAt = event.block.timestamp
  configuration.announcedTx = event.transaction.hash
  configuration.save()
}

export function handleFeedOpened(event: FeedOpened): void {
  const opened = feed(event.params.feedId)
  opened.feedIndex = event.params.feedIndex
  opened.openedAt = event.block.timestamp
  opened.save()
}

export function handleFeedCapped(event: FeedCapped): void {
  const capped = feed(event.params.feedId)
  capped.mostEql = event.params.mostEql
  capped.save()
}

export function handleAepAnchored(event: AepAnchored): void {
  const header = new Header(event.params.header)
  const configuration = OperatorConfiguration.load(header.configVersion.toString())!
  const signers: Bytes[] = []
  for (let i = 0; i < configuration.operators.length; i++) {
    if (!header.signedBy(i)) continue
    const signer = operator(changetype<Address>(configuration.operators[i]))
    signer.signatureCount += 1
    signer.save()
    signers.push(signer.id)
  }

  const aep = new Aep(event.params.aepId)
  aep.feed = event.params.feedId
  aep.value = header.value
  aep.from = header.from
  aep.to = header.to
  aep.sequence = header.sequence
  aep.eql = header.eql
  aep.provisional = header.provisional
  aep.revision = header.revision
  aep.state = 'ANCHORED'
  aep.finalAt = event.params.finalAt
  aep.configuration = configuration.id
  aep.signers = signers
  aep.receiptsRoot = event.params.receiptsRoot
  aep.anchoredAt = event.block.timestamp
  aep.anchorBlock = event.block.number
  aep.anchorTx = event.transaction.hash
  aep.save()

  const anchored = feed(event.params.feedId)
  // An AEP of an earlier window than the latest leaves the latest as it is.
  const latest = anchored.latest
  if (latest === null || Aep.load(latest)!.to.le(aep.to)) anchored.latest = aep.id
  anchored.aepCount += 1
  anchored.save()

  const totals = protocol()
  totals.aepCount += 1
  totals.save()
}

export function handleAepDisputed(event: AepDisputed): void {
  const aep = Aep.load(event.params.aepId)!
  const dispute = new Dispute(aep.id)
  dispute.aep = aep.id
  dispute.disputer = event.params.disputer
  dispute.reasonHash = event.params.reasonHash
  dispute.openedAt = event.block.timestamp
  dispute.openedTx = event.transaction.hash
  dispute.upheldAt = event.params.upheldAt
  dispute.save()
  aep.state = 'DISPUTED'
  aep.finalAt = event.params.upheldAt
  aep.dispute = dispute.id
  aep.save()
  const totals = protocol()
  totals.disputedAepCount += 1
  totals.save()
}

function rule(aepId: Bytes, upheld: boolean, adjudicator: Address, rulingHash: Bytes, event: ethereum.Event): void {
  const dispute = Dispute.load(aepId)!
  dispute.upheld = upheld
  dispute.adjudicator = adjudicator
  dispute.rulingHash = rulingHash
  dispute.ruledAt = event.block.timestamp
  dispute.ruledTx = event.transaction.hash
  dispute.save()
  const aep = Aep.load(aepId)!
  aep.state = upheld ? 'UPHELD' : 'VOID'
  if (upheld) aep.finalAt = event.block.timestamp
  aep.save()
  const totals = protocol()
  totals.disputedAepCount -= 1
  if (!upheld) totals.voidAepCount += 1
  totals.save()
}

export function handleAepUpheld(event: AepUpheld): void {
  rule(event.params.aepId, true, event.params.adjudicator, event.params.reasonHash, event)
}

export function handleAepVoided(event: AepVoided): void {
  rule(event.params.aepId, false, event.params.adjudicator, event.params.reasonHash, event)
}

export function handlePaused(event: Paused): void {
  recordPause(event, event.params.by, event.params.until, null)
}

export function handlePauseExtended(event: PauseExtended): void {
  recordPause(event, event.params.by, event.params.until, event.params.cause)
}
