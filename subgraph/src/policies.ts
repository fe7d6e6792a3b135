import { BigInt, Bytes } from '@graphprotocol/graph-ts'
import { ERC20Metadata } from '../generated/PolicyBook/ERC20Metadata'
import {
  NonceCancelled,
  PauseExtended,
  Paused,
  PolicyBound,
  PolicyClosed,
  PolicyHeld,
  PolicyReleased,
  PoolListed,
  Settled,
  Transfer,
} from '../generated/PolicyBook/PolicyBook'
import { RiskPool as RiskPoolContract } from '../generated/PolicyBook/RiskPool'
import { Asset, CancelledNonce, Hold, Policy, Pool, Settlement, Terms } from '../generated/schema'
import { RiskPool } from '../generated/templates'
import { ZERO, asset, logId, protocol, recordPause } from './protocol'
import { word } from './words'

// In the order of the contract's enum; a nonce that was withdrawn (5) is no policy.
const STATUSES = ['', 'ACTIVE', 'PAID', 'ZERO', 'LAPSED']

/** The pool may have had a life before: its balances start from what it says at the end of this block. */
export function handlePoolListed(event: PoolListed): void {
  if (Pool.load(event.params.pool) != null) return
  const contract = RiskPoolContract.bind(event.params.pool)
  const held = asset(contract.asset())
  const token = ERC20Metadata.bind(contract.asset())
  const symbol = token.try_symbol()
  if (!symbol.reverted) held.symbol = symbol.value
  const decimals = token.try_decimals()
  if (!decimals.reverted) held.decimals = decimals.value
  held.save()

  const pool = new Pool(event.params.pool)
  pool.asset = held.id
  pool.name = contract.name()
  pool.symbol = contract.symbol()
  pool.noticeSeconds = contract.noticeSeconds()
  pool.freeAssets = contract.freeAssets()
  pool.lockedAssets = contract.lockedAssets()
  pool.unearnedAssets = contract.unearnedAssets()
  pool.owedAssets = contract.owedAssets()
  pool.exposedAssets = contract.exposedAssets()
  pool.queuedShares = contract.queuedShares()
  pool.totalAssets = pool.freeAssets.plus(pool.lockedAssets)
  pool.totalShares = contract.totalSupply()
  pool.depositedAssets = ZERO
  pool.redeemedAssets = ZERO
  pool.premiumAssets = ZERO
  pool.earnedAssets = ZERO
  pool.paidAssets = ZERO
  pool.policyCount = 0
  pool.activePolicyCount = 0
  pool.listedAt = event.block.timestamp
  pool.listedBlock = event.block.number
  pool.save()

  const totals = protocol()
  totals.poolCount += 1
  totals.save()
  RiskPool.create(event.params.pool)
}

export function handlePolicyBound(event: PolicyBound): void {
  const id = event.params.policyId
  const policy = new Policy(id.toString())
  policy.nonce = id.mod(BigInt.fromI32(2).pow(96))
  policy.pool = event.params.pool
  policy.terms = event.params.termsHash
  policy.holder = event.params.holder
  policy.premiumAssets = event.params.premiumAssets
  policy.mostAssets = event.params.mostAssets
  policy.paidAssets = ZERO
  policy.status = 'ACTIVE'
  policy.releasedAssets = ZERO
  policy.openHoldCount = 0
  policy.boundAt = event.block.timestamp
  policy.boundTx = event.transaction.hash
  policy.save()

  const pool = Pool.load(event.params.pool)!
  pool.policyCount += 1
  pool.activePolicyCount += 1
  pool.save()
  const held = Asset.load(pool.asset)!
  held.premiumAssets = held.premiumAssets.plus(event.params.premiumAssets)
  held.save()
  const totals = protocol()
  totals.policyCount += 1
  totals.activePolicyCount += 1
  totals.save()
}

export function handleSettled(event: Settled): void {
  const policy = Policy.load(event.params.policyId.toString())!
  policy.paidAssets = policy.paidAssets.plus(event.params.paidAssets)
  policy.save()

  const settlement = new Settlement(logId(event))
  settlement.policy = policy.id
  settlement.aep = event.params.aepId
  settlement.formula = event.params.formulaId
  settlement.paidTo = event.params.paidTo
  settlement.value = event.params.value
  settlement.payoutWad = event.params.payoutWad
  settlement.paidAssets = event.params.paidAssets
  settlement.settledAt = event.block.timestamp
  settlement.block = event.block.number
  settlement.tx = event.transaction.hash
  settlement.logIndex = event.logIndex
  settlement.save()

  const held = Asset.load(Pool.load(policy.pool)!.asset)!
  held.paidAssets = held.paidAssets.plus(event.params.paidAssets)
  held.save()
  const totals = protocol()
  totals.settlementCount += 1
  totals.save()
}

export function handlePolicyClosed(event: PolicyClosed): void {
  const policy = Policy.load(event.params.policyId.toString())!
  policy.status = STATUSES[event.params.status]
  policy.releasedAssets = event.params.releasedAssets
  policy.closedAt = event.block.timestamp
  policy.closedTx = event.transaction.hash
  policy.save()

  const pool = Pool.load(policy.pool)!
  pool.activePolicyCount -= 1
  pool.save()
  const totals = protocol()
  totals.activePolicyCount -= 1
  totals.save()
}

const holdId = (policyId: BigInt, aepId: Bytes): Bytes => word(policyId).concat(aepId)

export function handlePolicyHeld(event: PolicyHeld): void {
  const policy = Policy.load(event.params.policyId.toString())!
  policy.openHoldCount += 1
  policy.save()
  const hold = new Hold(holdId(event.params.policyId, event.params.aepId))
  hold.policy = policy.id
  hold.aep = event.params.aepId
  hold.by = event.params.by
  hold.heldAt = event.block.timestamp
  hold.heldTx = event.transaction.hash
  hold.save()
}

export function handlePolicyReleased(event: PolicyReleased): void {
  const policy = Policy.load(event.params.policyId.toString())!
  policy.openHoldCount -= 1
  policy.save()
  const hold = Hold.load(holdId(event.params.policyId, event.params.aepId))!
  hold.releasedAt = event.block.timestamp
  hold.releasedTx = event.transaction.hash
  hold.save()
}

export function handleNonceCancelled(event: NonceCancelled): void {
  const cancelled = new CancelledNonce(event.params.policyId.toString())
  cancelled.pool = event.params.pool
  cancelled.nonce = event.params.nonce
  cancelled.cancelledAt = event.block.timestamp
  cancelled.cancelledTx = event.transaction.hash
  cancelled.save()
}

/** The mint comes before `PolicyBound`, and names the same holder. */
export function handleTransfer(event: Transfer): void {
  const policy = Policy.load(event.params.tokenId.toString())
  if (policy == null) return
  policy.holder = event.params.to
  policy.save()
}

export function handlePaused(event: Paused): void {
  recordPause(event, event.params.by, event.params.until, null)
}

export function handlePauseExtended(event: PauseExtended): void {
  recordPause(event, event.params.by, event.params.until, event.params.cause)
}
