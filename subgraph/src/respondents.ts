import { Address } from '@graphprotocol/graph-ts'
import {
  BondNoticeGiven,
  BondNoticeTakenBack,
  BondReleased,
  BondSlashed,
  RespondentBonded,
} from '../generated/RespondentBonds/RespondentBonds'
import { RespondentBond } from '../generated/schema'
import { accountForBond, nameAccount } from './grievance-accounts'
import { ZERO } from './protocol'

function bondOf(respondent: Address): RespondentBond {
  const known = RespondentBond.load(respondent)
  if (known != null) return known
  const fresh = new RespondentBond(respondent)
  fresh.account = accountForBond('respondent', respondent)
  fresh.bondAssets = ZERO
  fresh.addedAssets = ZERO
  fresh.releasedAssets = ZERO
  fresh.slashedAssets = ZERO
  nameAccount(fresh.account, 'RESPONDENT_BOND', respondent, null)
  return fresh
}

export function handleRespondentBonded(event: RespondentBonded): void {
  const bond = bondOf(event.params.respondent)
  bond.bondAssets = event.params.bondAssets
  bond.addedAssets = bond.addedAssets.plus(event.params.assets)
  bond.save()
}

export function handleBondNoticeGiven(event: BondNoticeGiven): void {
  const bond = bondOf(event.params.respondent)
  bond.releasableAt = event.params.releasableAt
  bond.save()
}

export function handleBondNoticeTakenBack(event: BondNoticeTakenBack): void {
  const bond = bondOf(event.params.respondent)
  bond.releasableAt = null
  bond.save()
}

export function handleBondReleased(event: BondReleased): void {
  const bond = bondOf(event.params.respondent)
  bond.bondAssets = bond.bondAssets.minus(event.params.assets)
  bond.releasedAssets = bond.releasedAssets.plus(event.params.assets)
  bond.releasableAt = null
  bond.save()
}

export function handleBondSlashed(event: BondSlashed): void {
  const bond = bondOf(event.params.respondent)
  bond.bondAssets = bond.bondAssets.minus(event.params.assets)
  bond.slashedAssets = bond.slashedAssets.plus(event.params.assets)
  bond.save()
}
