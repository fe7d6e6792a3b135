import { Address, Bytes, ethereum, store } from '@graphprotocol/graph-ts'
import { Delegation, RailAccount } from '../generated/schema'
import {
  DelegateVotesChanged,
  MemberAdmitted,
  MemberRemoved,
  MemberResigned,
  SharesDelegated,
} from '../generated/templates/RailMembership/RailMembership'
import { ZERO } from './protocol'
import { railOfSource } from './rail'

function account(event: ethereum.Event, who: Address): RailAccount {
  const id = event.address.concat(who)
  const known = RailAccount.load(id)
  if (known != null) return known
  const fresh = new RailAccount(id)
  fresh.rail = railOfSource().id
  fresh.account = who
  fresh.isMember = false
  fresh.votes = ZERO
  fresh.delegates = []
  return fresh
}

function countMembers(by: i32): void {
  const rail = railOfSource()
  rail.memberCount += by
  rail.save()
}

function takeBack(from: RailAccount): void {
  for (let i = 0; i < from.delegates.length; i++) store.remove('Delegation', from.delegates[i].toHexString())
  from.delegates = []
}

export function handleMemberAdmitted(event: MemberAdmitted): void {
  const member = account(event, event.params.account)
  member.isMember = true
  member.admittedAt = event.block.timestamp
  member.admittedReasonHash = event.params.reasonHash
  member.endedAt = null
  member.removedReasonHash = null
  member.save()
  countMembers(1)
}

/** The delegations of who leaves end without an event of their own. */
function end(event: ethereum.Event, who: Address, reasonHash: Bytes | null): void {
  const member = account(event, who)
  takeBack(member)
  member.isMember = false
  member.endedAt = event.block.timestamp
  member.removedReasonHash = reasonHash
  member.save()
  countMembers(-1)
}

export function handleMemberRemoved(event: MemberRemoved): void {
  end(event, event.params.account, event.params.reasonHash)
}

export function handleMemberResigned(event: MemberResigned): void {
  end(event, event.params.account, null)
}

/** All of a member's delegations at once; earlier ones end. Votes come with events of their own. */
export function handleSharesDelegated(event: SharesDelegated): void {
  const delegator = account(event, event.params.account)
  takeBack(delegator)
  const delegates: Bytes[] = []
  for (let i = 0; i < event.params.delegates.length; i++) {
    const delegate = account(event, event.params.delegates[i])
    delegate.save()
    const delegation = new Delegation(delegator.id.concat(event.params.delegates[i]))
    delegation.delegator = delegator.id
    delegation.delegate = delegate.id
    delegation.bps = event.params.bps[i]
    delegation.since = event.block.timestamp
    delegation.save()
    delegates.push(delegation.id)
  }
  delegator.delegates = delegates
  delegator.save()
}

export function handleDelegateVotesChanged(event: DelegateVotesChanged): void {
  const delegate = account(event, event.params.delegate)
  delegate.votes = event.params.newVotes
  delegate.save()
}
