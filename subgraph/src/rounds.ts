import { Address, BigInt } from '@graphprotocol/graph-ts'
import { Round, RoundToken } from '../generated/schema'
import { QuadraticRound } from '../generated/templates'
import { RoundOpened, RoundTermsSet, RoundTokenSet } from '../generated/RoundFactory/RoundFactory'
import { ZERO, asset } from './protocol'
import { numbered } from './round-ids'

// In the order of the contract's enum
const VARIANTS = ['LINEAR', 'CAPITAL_CONSTRAINED', 'CLR_FUND', 'PROPORTIONAL', 'PAIRWISE', 'CLUSTER']
const WAD = BigInt.fromI32(10).pow(18)

function addToken(round: Address, number: i32, erc20: Address, unitsWad: BigInt): void {
  const token = new RoundToken(numbered(round, number))
  token.round = round
  token.number = number
  token.erc20 = erc20
  token.unitsWad = unitsWad
  token.save()
}

/** The terms that are zero here come right after, in the same transaction. */
export function handleRoundOpened(event: RoundOpened): void {
  const results = event.params.results
  const round = new Round(event.params.round)
  round.reviewer = event.params.reviewer
  round.asset = asset(event.params.asset).id
  round.variant = VARIANTS[event.params.variant]
  round.gate = event.params.gate
  round.metadataURI = event.params.metadataURI
  round.capBps = 0
  round.applyUntil = ZERO
  round.contributeFrom = ZERO
  round.contributeUntil = ZERO
  round.reviewUntil = ZERO
  round.payoutUntil = ZERO
  round.postedParameter = ZERO
  round.milestoneBps = []
  round.status = 'OPEN'
  round.poolAssets = ZERO
  round.projectCount = 0
  round.leftoverAssets = ZERO
  round.leftoverPaidAssets = ZERO
  if (results != Address.zero()) {
    round.results = results
    round.unpaidMatchAssets = ZERO
  }
  round.openedAt = event.block.timestamp
  round.openedTx = event.transaction.hash
  round.save()
  addToken(event.params.round, 0, event.params.asset, WAD)
  QuadraticRound.create(event.params.round)
}

export function handleRoundTermsSet(event: RoundTermsSet): void {
  const round = Round.load(event.params.round)!
  round.capBps = event.params.capBps
  round.applyUntil = event.params.applyUntil
  round.contributeFrom = event.params.contributeFrom
  round.contributeUntil = event.params.contributeUntil
  round.reviewUntil = event.params.reviewUntil
  round.payoutUntil = event.params.payoutUntil
  round.postedParameter = event.params.postedParameter
  round.milestoneBps = event.params.milestoneBps
  round.save()
}

export function handleRoundTokenSet(event: RoundTokenSet): void {
  addToken(event.params.round, event.params.token, event.params.erc20, event.params.unitsWad)
}
