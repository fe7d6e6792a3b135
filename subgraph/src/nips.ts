import { Address, BigInt, Bytes, ethereum } from '@graphprotocol/graph-ts'
import {
  EditorTerm,
  MaintainerTerm,
  NipMoved,
  NipRevised,
  NipSubmitted,
  VersionScheduled,
} from '../generated/NipRegistry/NipRegistry'
import { Nip, NipMove, NipRevision, Office, SpecVersion, Specification } from '../generated/schema'
import { logId, protocol } from './protocol'
import { versionText } from './words'

// In the order of the contract's enum; the first is before anything, and what follows comes by time alone.
const STATES = ['', 'DRAFT', 'REVIEW', 'LAST_CALL', 'VOTE', 'FINAL', 'REJECTED', 'WITHDRAWN']
const EDITORS = Bytes.fromUint8Array(new Uint8Array(32))

/** First heard of in a proposal, or when somebody becomes its maintainer. */
function specification(id: Bytes): Specification {
  const known = Specification.load(id)
  if (known != null) return known
  const fresh = new Specification(id)
  fresh.save()
  return fresh
}

/** Open to anyone, with any text. Its first move has an event of its own, right after this. */
export function handleNipSubmitted(event: NipSubmitted): void {
  const draft = event.params.draft
  const concerned = specification(event.params.specId)
  concerned.name = draft.specName
  concerned.save()

  const nip = new Nip(event.params.nipId.toString())
  nip.specification = concerned.id
  nip.author = event.params.author
  nip.version = versionText(draft.version)
  nip.specHash = draft.specHash
  nip.uri = draft.uri
  nip.activationSeconds = draft.activationSeconds
  nip.state = 'DRAFT'
  nip.enteredAt = event.block.timestamp
  nip.sendBackCount = 0
  nip.submittedAt = event.block.timestamp
  nip.submittedTx = event.transaction.hash
  nip.save()
  const totals = protocol()
  totals.nipCount += 1
  totals.save()
}

export function handleNipRevised(event: NipRevised): void {
  const nip = Nip.load(event.params.nipId.toString())!
  nip.specHash = event.params.specHash
  nip.uri = event.params.uri
  nip.enteredAt = event.block.timestamp
  nip.save()
  const revision = new NipRevision(logId(event))
  revision.nip = nip.id
  revision.specHash = event.params.specHash
  revision.uri = event.params.uri
  revision.reasonHash = event.params.reasonHash
  revision.revisedAt = event.block.timestamp
  revision.tx = event.transaction.hash
  revision.save()
}

export function handleNipMoved(event: NipMoved): void {
  const nip = Nip.load(event.params.nipId.toString())!
  nip.state = STATES[event.params.to]
  nip.enteredAt = event.block.timestamp
  if (event.params.from > event.params.to) nip.sendBackCount += 1
  nip.save()
  const move = new NipMove(logId(event))
  move.nip = nip.id
  if (event.params.from != 0) move.from = STATES[event.params.from]
  move.to = nip.state
  move.by = event.params.by
  move.reasonHash = event.params.reasonHash
  move.movedAt = event.block.timestamp
  move.tx = event.transaction.hash
  move.save()
}

export function handleVersionScheduled(event: VersionScheduled): void {
  const concerned = Specification.load(event.params.specId)!
  let place = 1
  const before = concerned.latest
  if (before !== null) {
    const predecessor = SpecVersion.load(before)!
    place = predecessor.place + 1
    predecessor.inForceUntil = event.params.inForceFrom
    predecessor.save()
    const superseded = Nip.load(predecessor.nip)!
    superseded.supersededFrom = event.params.inForceFrom
    superseded.save()
  }
  const version = new SpecVersion(concerned.id.concatI32(place))
  version.specification = concerned.id
  version.nip = event.params.nipId.toString()
  version.place = place
  version.version = versionText(event.params.version)
  version.specHash = event.params.specHash
  version.inForceFrom = event.params.inForceFrom
  version.compatible = event.params.compatible
  version.save()
  concerned.latest = version.id
  concerned.save()
}

function record(event: ethereum.Event, office: Bytes, holder: Address, endsAt: BigInt, reasonHash: Bytes): Office {
  const term = new Office(office.concat(holder))
  term.holder = holder
  term.endsAt = endsAt
  term.reasonHash = reasonHash
  term.changedAt = event.block.timestamp
  return term
}

export function handleEditorTerm(event: EditorTerm): void {
  const said = event.params
  record(event, EDITORS, said.editor, said.endsAt, said.reasonHash).save()
}

export function handleMaintainerTerm(event: MaintainerTerm): void {
  const concerned = specification(event.params.specId)
  const said = event.params
  const term = record(event, concerned.id, said.maintainer, said.endsAt, said.reasonHash)
  term.specification = concerned.id
  term.save()
}
