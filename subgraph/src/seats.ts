import { SeatGranted, SeatRenewed, SeatVacated } from '../generated/NexusValidationModule/NexusValidationModule'
import { Seat, SeatTerm } from '../generated/schema'
import { voidBallots } from './tally'

export function handleSeatGranted(event: SeatGranted): void {
  const id = event.params.seatId.toString()
  const term = new SeatTerm(event.params.epoch.toString())
  term.seat = id
  term.epoch = event.params.epoch
  term.owner = event.params.owner
  term.signer = event.params.signer
  term.termEndsAt = event.params.termEndsAt
  term.grantedAt = event.block.timestamp
  term.grantedTx = event.transaction.hash
  term.save()
  const seat = new Seat(id)
  seat.term = term.id
  seat.save()
}

/** Also before another holder or key takes the seat. What it said in open decisions counts no more. */
export function handleSeatVacated(event: SeatVacated): void {
  const seat = Seat.load(event.params.seatId.toString())!
  const term = SeatTerm.load(seat.term!)!
  term.vacatedAt = event.block.timestamp
  term.vacatedTx = event.transaction.hash
  term.save()
  seat.term = null
  seat.save()
  voidBallots(event.params.seatId, event.block.timestamp)
}

export function handleSeatRenewed(event: SeatRenewed): void {
  const term = SeatTerm.load(Seat.load(event.params.seatId.toString())!.term!)!
  term.termEndsAt = event.params.termEndsAt
  term.save()
}
