import {
  CharterAmended,
  CharterOpened,
  ClauseSet,
  KeeperChanged,
} from '../generated/CharterRegistry/CharterRegistry'
import { Carrier, Charter, CharterAmendment, Clause, ClauseWording } from '../generated/schema'
import { protocol } from './protocol'
import { isZero } from './words'

// In the order of the contract's enum
const KINDS = ['FUNCTION', 'POLICY', 'FEED']

export function handleCharterOpened(event: CharterOpened): void {
  const charter = new Charter(event.params.charterId)
  charter.name = event.params.name
  charter.keeper = event.params.keeper
  charter.version = 0
  charter.openedAt = event.block.timestamp
  charter.openedTx = event.transaction.hash
  charter.save()
  const totals = protocol()
  totals.charterCount += 1
  totals.save()
}

export function handleKeeperChanged(event: KeeperChanged): void {
  const charter = Charter.load(event.params.charterId)!
  charter.keeper = event.params.keeper
  charter.save()
}

export function handleClauseSet(event: ClauseSet): void {
  const id = event.params.charterId.concat(event.params.clauseId)
  const version = event.params.version.toI32()
  const repealed = isZero(event.params.textHash)
  const wording = new ClauseWording(id.concatI32(version))
  wording.clause = id
  wording.sinceVersion = version
  if (!repealed) wording.textHash = event.params.textHash
  wording.text = event.params.text
  wording.setAt = event.block.timestamp
  wording.tx = event.transaction.hash
  wording.save()

  const carriers = event.params.carriers
  for (let i = 0; i < carriers.length; i++) {
    const carrier = new Carrier(wording.id.concatI32(i))
    carrier.wording = wording.id
    carrier.index = i
    carrier.kind = KINDS[carriers[i].kind]
    carrier.target = carriers[i].target
    carrier.selector = carriers[i].selector
    carrier.carrierId = carriers[i].id
    carrier.save()
  }

  const clause = new Clause(id)
  clause.charter = event.params.charterId
  clause.clauseId = event.params.clauseId
  clause.label = event.params.label
  clause.repealed = repealed
  clause.wording = wording.id
  clause.save()
}

/** After its clauses. */
export function handleCharterAmended(event: CharterAmended): void {
  const version = event.params.version.toI32()
  const charter = Charter.load(event.params.charterId)!
  charter.version = version
  charter.charterHash = event.params.charterHash
  charter.amendedAt = event.block.timestamp
  charter.save()
  const amendment = new CharterAmendment(charter.id.concatI32(version))
  amendment.charter = charter.id
  amendment.version = version
  amendment.charterHash = event.params.charterHash
  amendment.reasonHash = event.params.reasonHash
  amendment.amendedAt = event.block.timestamp
  amendment.tx = event.transaction.hash
  amendment.save()
}
