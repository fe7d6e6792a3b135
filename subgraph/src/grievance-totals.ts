import { BigInt } from '@graphprotocol/graph-ts'
import { GrievanceStatistics, GrievanceTotals } from '../generated/schema'
import { ZERO } from './protocol'

/** The one row of what holds for all cases. */
export function grievanceTotals(): GrievanceTotals {
  const known = GrievanceTotals.load('grievances')
  if (known != null) return known
  const fresh = new GrievanceTotals('grievances')
  fresh.listedCount = 0
  fresh.caseCount = 0
  fresh.openCaseCount = 0
  fresh.heldAssets = ZERO
  return fresh
}

/** @param railId 0: of no rail */
export function statisticsOf(railId: BigInt): GrievanceStatistics {
  const id = railId.toString()
  const known = GrievanceStatistics.load(id)
  if (known != null) return known
  const fresh = new GrievanceStatistics(id)
  fresh.rail = railId.isZero() ? null : id
  fresh.opened = 0
  fresh.settled = 0
  fresh.withdrawn = 0
  fresh.upheld = 0
  fresh.dismissed = 0
  fresh.unheard = 0
  fresh.defaulted = 0
  fresh.appealed = 0
  fresh.paidAssets = ZERO
  fresh.openSeconds = ZERO
  return fresh
}
