import { TermsSet } from '../generated/GrievanceDesk/GrievanceDesk'
import { GrievanceTerms } from '../generated/schema'
import { grievanceTotals } from './grievance-totals'

export function handleTermsSet(event: TermsSet): void {
  const said = event.params.terms
  const terms = new GrievanceTerms(event.params.version.toString())
  terms.version = event.params.version.toI32()
  terms.bondAssets = said.bondAssets
  terms.appealBondAssets = said.appealBondAssets
  terms.answerSeconds = said.answerSeconds
  terms.mediationSeconds = said.mediationSeconds
  terms.rewardAssets = said.rewardAssets
  terms.penaltyAssets = said.penaltyAssets
  terms.drawSeconds = said.drawSeconds
  terms.commitSeconds = said.commitSeconds
  terms.revealSeconds = said.revealSeconds
  terms.appealSeconds = said.appealSeconds
  terms.mostClaimAssets = said.mostClaimAssets
  terms.drawBlocks = said.drawBlocks
  terms.appealDrawBlocks = said.appealDrawBlocks
  terms.panelSize = said.panelSize
  terms.appealPanelSize = said.appealPanelSize
  terms.leastLevel = said.leastLevel
  terms.setAt = event.block.timestamp
  terms.tx = event.transaction.hash
  terms.save()
  const totals = grievanceTotals()
  totals.terms = terms.id
  totals.save()
}
