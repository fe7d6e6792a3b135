import { Address, BigInt } from '@graphprotocol/graph-ts'
import { PanelDrawn, Recused, RulingCommitted, RulingRevealed } from '../generated/GrievancePanels/GrievancePanels'
import { GrievancePanel, GrievanceSeat } from '../generated/schema'
import { Held } from './rulings'

function panelId(caseId: BigInt, instance: i32): string {
  return `${caseId}-${instance}`
}

function seatId(panel: string, arbiter: Address): string {
  return `${panel}-${arbiter.toHexString()}`
}

export function handlePanelDrawn(event: PanelDrawn): void {
  const arbiters = event.params.arbiters
  const panel = new GrievancePanel(panelId(event.params.caseId, event.params.instance))
  panel.case_ = event.params.caseId.toString()
  panel.instance = event.params.instance
  panel.drawBlock = event.params.drawBlock
  panel.blockHash = event.params.blockHash
  panel.size = arbiters.length
  panel.commitBy = event.params.commitBy
  panel.revealBy = event.params.revealBy
  panel.committed = 0
  panel.revealed = 0
  panel.recused = 0
  panel.drawnAt = event.block.timestamp
  panel.tx = event.transaction.hash
  panel.save()
  for (let i = 0; i < arbiters.length; i++) {
    const seat = new GrievanceSeat(seatId(panel.id, arbiters[i]))
    seat.panel = panel.id
    seat.place = i
    seat.arbiter = arbiters[i]
    seat.state = 'SEATED'
    seat.save()
  }
}

export function handleRecused(event: Recused): void {
  const panel = GrievancePanel.load(panelId(event.params.caseId, event.params.instance))!
  panel.recused += 1
  panel.save()
  const seat = GrievanceSeat.load(seatId(panel.id, event.params.arbiter))!
  seat.state = 'RECUSED'
  seat.recusedAt = event.block.timestamp
  seat.save()
}

export function handleRulingCommitted(event: RulingCommitted): void {
  const panel = GrievancePanel.load(panelId(event.params.caseId, event.params.instance))!
  panel.committed += 1
  panel.save()
  const seat = GrievanceSeat.load(seatId(panel.id, event.params.arbiter))!
  seat.state = 'COMMITTED'
  seat.commitment = event.params.commitment
  seat.committedAt = event.block.timestamp
  seat.save()
}

export function handleRulingRevealed(event: RulingRevealed): void {
  const panel = GrievancePanel.load(panelId(event.params.caseId, event.params.instance))!
  panel.committed -= 1
  panel.revealed += 1
  panel.save()
  const held = new Held(event.params.ruling)
  const seat = GrievanceSeat.load(seatId(panel.id, event.params.arbiter))!
  seat.state = 'REVEALED'
  seat.upheld = held.upheld
  seat.quarters = held.quarters
  seat.granted = held.granted
  seat.reasonsHash = event.params.reasonsHash
  seat.revealedAt = event.block.timestamp
  seat.save()
}
