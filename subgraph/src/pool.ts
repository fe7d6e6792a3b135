import { Address, BigInt, ethereum } from '@graphprotocol/graph-ts'
import { Pool, PoolAccount, RedeemRequest, Underwriter } from '../generated/schema'
import {
  CapacityLocked,
  CapacityReleased,
  Deposit,
  ExposureChanged,
  OwedWithdrawn,
  PayoutSettled,
  RedeemRequest as RedeemRequested,
  RiskPool,
  Transfer,
  UnderwriterSet,
  Withdraw,
} from '../generated/templates/RiskPool/RiskPool'
import { ZERO } from './protocol'
import { word } from './words'

/**
 * Balances first read from the contract are those at the end of the block they were read in: that block's own events are in
 * them already.
 */
function isCounted(sinceBlock: BigInt, event: ethereum.Event): boolean {
  return event.block.number.equals(sinceBlock)
}

function poolOf(event: ethereum.Event): Pool {
  return Pool.load(event.address)!
}

function account(event: ethereum.Event, who: Address): PoolAccount {
  const id = event.address.concat(who)
  const known = PoolAccount.load(id)
  if (known != null) return known
  const contract = RiskPool.bind(event.address)
  const fresh = new PoolAccount(id)
  fresh.pool = event.address
  fresh.account = who
  fresh.shares = contract.balanceOf(who)
  fresh.owedAssets = contract.owedOf(who)
  fresh.queuedShares = ZERO
  fresh.depositedAssets = ZERO
  fresh.redeemedAssets = ZERO
  fresh.sinceBlock = event.block.number
  return fresh
}

export function handleDeposit(event: Deposit): void {
  const pool = poolOf(event)
  if (!isCounted(pool.listedBlock, event)) {
    pool.freeAssets = pool.freeAssets.plus(event.params.assets)
    pool.totalAssets = pool.totalAssets.plus(event.params.assets)
  }
  pool.depositedAssets = pool.depositedAssets.plus(event.params.assets)
  pool.save()
  const owner = account(event, event.params.owner)
  owner.depositedAssets = owner.depositedAssets.plus(event.params.assets)
  owner.save()
}

export function handleWithdraw(event: Withdraw): void {
  const pool = poolOf(event)
  if (!isCounted(pool.listedBlock, event)) {
    pool.freeAssets = pool.freeAssets.minus(event.params.assets)
    pool.totalAssets = pool.totalAssets.minus(event.params.assets)
    pool.queuedShares = pool.queuedShares.minus(event.params.shares)
  }
  pool.redeemedAssets = pool.redeemedAssets.plus(event.params.assets)
  pool.save()
  const controller = account(event, event.params.owner) // whose requests they were, as ERC-7540 has it
  controller.redeemedAssets = controller.redeemedAssets.plus(event.params.assets)
  controller.queuedShares = controller.queuedShares.minus(event.params.shares)
  controller.save()
}

/** Shares: minted from, or burned to, nobody. */
export function handleTransfer(event: Transfer): void {
  const pool = poolOf(event)
  const shares = event.params.value
  if (event.params.from == Address.zero()) {
    if (!isCounted(pool.listedBlock, event)) pool.totalShares = pool.totalShares.plus(shares)
  } else {
    const from = account(event, event.params.from)
    if (!isCounted(from.sinceBlock, event)) from.shares = from.shares.minus(shares)
    from.save()
  }
  if (event.params.to == Address.zero()) {
    if (!isCounted(pool.listedBlock, event)) pool.totalShares = pool.totalShares.minus(shares)
  } else {
    const to = account(event, event.params.to)
    if (!isCounted(to.sinceBlock, event)) to.shares = to.shares.plus(shares)
    to.save()
  }
  pool.save()
}

export function handleRedeemRequest(event: RedeemRequested): void {
  const pool = poolOf(event)
  const request = new RedeemRequest(event.address.concat(word(event.params.requestId)))
  request.pool = pool.id
  request.requestId = event.params.requestId
  request.controller = event.params.controller
  request.owner = event.params.owner
  request.sender = event.params.sender
  request.shares = event.params.shares
  request.requestedAt = event.block.timestamp
  request.noticeEndsAt = event.block.timestamp.plus(pool.noticeSeconds)
  request.requestedTx = event.transaction.hash
  request.save()
  if (!isCounted(pool.listedBlock, event)) pool.queuedShares = pool.queuedShares.plus(event.params.shares)
  pool.save()
  const controller = account(event, event.params.controller)
  controller.queuedShares = controller.queuedShares.plus(event.params.shares)
  controller.save()
}

export function handleCapacityLocked(event: CapacityLocked): void {
  const pool = poolOf(event)
  if (!isCounted(pool.listedBlock, event)) {
    pool.freeAssets = pool.freeAssets.minus(event.params.mostAssets)
    pool.lockedAssets = pool.lockedAssets.plus(event.params.mostAssets)
    pool.unearnedAssets = pool.unearnedAssets.plus(event.params.premiumAssets)
  }
  pool.premiumAssets = pool.premiumAssets.plus(event.params.premiumAssets)
  pool.save()
}

export function handleCapacityReleased(event: CapacityReleased): void {
  const pool = poolOf(event)
  if (!isCounted(pool.listedBlock, event)) {
    pool.lockedAssets = pool.lockedAssets.minus(event.params.releasedAssets)
    pool.unearnedAssets = pool.unearnedAssets.minus(event.params.earnedAssets)
    pool.freeAssets = pool.freeAssets.plus(event.params.releasedAssets).plus(event.params.earnedAssets)
    pool.totalAssets = pool.totalAssets.plus(event.params.earnedAssets)
  }
  pool.earnedAssets = pool.earnedAssets.plus(event.params.earnedAssets)
  pool.save()
}

export function handlePayoutSettled(event: PayoutSettled): void {
  const pool = poolOf(event)
  const paid = event.params.paidAssets
  if (!isCounted(pool.listedBlock, event)) {
    pool.lockedAssets = pool.lockedAssets.minus(paid)
    pool.totalAssets = pool.totalAssets.minus(paid)
    if (event.params.owed) pool.owedAssets = pool.owedAssets.plus(paid)
  }
  pool.paidAssets = pool.paidAssets.plus(paid)
  pool.save()
  if (!event.params.owed) return
  const to = account(event, event.params.to)
  if (!isCounted(to.sinceBlock, event)) to.owedAssets = to.owedAssets.plus(paid)
  to.save()
}

export function handleOwedWithdrawn(event: OwedWithdrawn): void {
  const pool = poolOf(event)
  if (!isCounted(pool.listedBlock, event)) pool.owedAssets = pool.owedAssets.minus(event.params.assets)
  pool.save()
  const to = account(event, event.params.to)
  if (!isCounted(to.sinceBlock, event)) to.owedAssets = to.owedAssets.minus(event.params.assets)
  to.save()
}

export function handleExposureChanged(event: ExposureChanged): void {
  const pool = poolOf(event)
  pool.exposedAssets = event.params.exposedAssets
  pool.save()
}

export function handleUnderwriterSet(event: UnderwriterSet): void {
  const underwriter = new Underwriter(event.address.concat(event.params.underwriter))
  underwriter.pool = event.address
  underwriter.account = event.params.underwriter
  underwriter.enabled = event.params.enabled
  underwriter.save()
}
