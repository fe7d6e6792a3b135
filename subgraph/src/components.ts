import { Address } from '@graphprotocol/graph-ts'
import {
  CaseAnswered,
  CaseClosed,
  CaseOpened,
  ComponentCertified,
  ComponentDelisted,
  ComponentProposed,
  ComponentSuspended,
  ComponentWithdrawn,
  FeedLinked,
  MaintainerNamed,
} from '../generated/ComponentRegistry/ComponentRegistry'
import { Certification, Component, ComponentCase, Lineage, Suspension } from '../generated/schema'
import { feed, logId, protocol } from './protocol'
import { versionText } from './words'

// In the order of the contract's enum
const KINDS = ['PACK', 'NODE', 'MODEL', 'AGENT', 'DATA_SOURCE', 'TEMPLATE']

/** Open to anyone, with any text. */
export function handleComponentProposed(event: ComponentProposed): void {
  const release = event.params.release
  const lineage = new Lineage(event.params.lineageId)
  lineage.kind = KINDS[event.params.kind]
  lineage.publisher = event.params.publisher
  lineage.name = release.name
  lineage.latest = event.params.componentId
  lineage.save()

  const component = new Component(event.params.componentId)
  component.lineage = lineage.id
  component.version = versionText(release.version)
  component.contentHash = release.contentHash
  component.sbomHash = release.sbomHash
  component.uri = release.uri
  component.status = 'PROPOSED'
  component.proposedAt = event.block.timestamp
  component.proposedTx = event.transaction.hash
  component.save()
  const totals = protocol()
  totals.componentCount += 1
  totals.save()
}

export function handleComponentWithdrawn(event: ComponentWithdrawn): void {
  const component = Component.load(event.params.componentId)!
  component.status = 'WITHDRAWN'
  component.save()
}

export function handleMaintainerNamed(event: MaintainerNamed): void {
  const maintainer = event.params.maintainer
  const component = Component.load(event.params.componentId)!
  component.maintainer = maintainer == Address.zero() ? null : maintainer
  component.save()
}

export function handleComponentCertified(event: ComponentCertified): void {
  const component = Component.load(event.params.componentId)!
  component.status = 'CERTIFIED'
  component.conformanceLevel = event.params.conformanceLevel
  component.eql = event.params.eql
  component.certifier = event.params.certifier
  component.certifiedAt = event.block.timestamp
  component.expiresAt = event.params.expiresAt
  component.save()
  const certification = new Certification(logId(event))
  certification.component = component.id
  certification.certifier = event.params.certifier
  certification.conformanceLevel = event.params.conformanceLevel
  certification.eql = event.params.eql
  certification.expiresAt = event.params.expiresAt
  certification.reasonHash = event.params.reasonHash
  certification.certifiedAt = event.block.timestamp
  certification.tx = event.transaction.hash
  certification.save()
}

export function handleCaseOpened(event: CaseOpened): void {
  const opened = new ComponentCase(logId(event))
  opened.component = event.params.componentId
  opened.openedBy = event.params.by
  opened.reasonHash = event.params.reasonHash
  opened.openedAt = event.block.timestamp
  opened.openedTx = event.transaction.hash
  opened.answerBy = event.params.answerBy
  opened.delisted = false
  opened.save()
  const component = Component.load(event.params.componentId)!
  component.lastCase = opened.id
  component.suspendedUntil = null
  component.save()
}

export function handleCaseAnswered(event: CaseAnswered): void {
  const answered = ComponentCase.load(Component.load(event.params.componentId)!.lastCase!)!
  answered.answeredBy = event.params.by
  answered.answerHash = event.params.answerHash
  answered.answeredAt = event.block.timestamp
  answered.save()
}

/** Urgently after its case was opened, in the same transaction. */
export function handleComponentSuspended(event: ComponentSuspended): void {
  const component = Component.load(event.params.componentId)!
  component.suspendedUntil = event.params.suspendedUntil
  component.save()
  const suspension = new Suspension(logId(event))
  suspension.componentCase = component.lastCase!
  suspension.by = event.params.by
  suspension.urgent = event.params.urgent
  suspension.until = event.params.suspendedUntil
  suspension.reasonHash = event.params.reasonHash
  suspension.suspendedAt = event.block.timestamp
  suspension.tx = event.transaction.hash
  suspension.save()
}

/** Its case is closed right after this. */
export function handleComponentDelisted(event: ComponentDelisted): void {
  const component = Component.load(event.params.componentId)!
  component.status = 'DELISTED'
  component.save()
  const ended = ComponentCase.load(component.lastCase!)!
  ended.delisted = true
  ended.save()
}

export function handleCaseClosed(event: CaseClosed): void {
  const component = Component.load(event.params.componentId)!
  component.suspendedUntil = null
  component.save()
  const closed = ComponentCase.load(component.lastCase!)!
  closed.closedAt = event.block.timestamp
  closed.closedBy = event.params.by
  closed.closedReasonHash = event.params.reasonHash
  closed.save()
}

export function handleFeedLinked(event: FeedLinked): void {
  const linked = feed(event.params.feedId)
  linked.component = event.params.componentId
  linked.save()
}
