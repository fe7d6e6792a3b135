import { Command } from 'commander'
import { withWrite } from '../act.ts'
import { withLook } from '../look.ts'
import { withNetwork } from '../policy/network.ts'
import { withSigner } from '../policy/signer.ts'
import { withReason, withRole } from '../records/act.ts'
import { deployGate } from '../round/gate.ts'
import { give, relay, sign, withdraw } from '../round/give.ts'
import { list, person, show } from '../round/look.ts'
import { collect, forfeit } from '../round/payout.ts'
import { push } from '../round/push.ts'
import {
  apply,
  cancel,
  collectOwed,
  endHold,
  fund,
  hold,
  onProject,
  open,
  refund,
  refundPool,
  register,
  review,
  simply,
  strike,
} from '../round/steps.ts'

const ROUND = 'its address: `nexus round list`'
const PROJECT = 'number of the project, from 0'
const GIFTS = 'PROJECT=AMOUNT: base units, or "12.50 nxUSD"; what is given from now on'

const withDossier = (command: Command) =>
  command
    .option('--dossier <file>', 'what the project applies with (UTF-8); keccak256 of it goes on chain')
    .option('--dossier-hash <hash>', 'that hash')

const withGifts = (command: Command) =>
  command
    .argument('<round>', ROUND)
    .argument('<gifts...>', GIFTS)
    .option('--token <token>', 'symbol or number, for amounts without a unit (default: the asset)')
    .option('--attestation <uid>', 'that the contributor is a person; once for a round')

export function command(): Command {
  const round = new Command('round').description('rounds of quadratic funding: open, give, match, pay')
  withLook(round.command('list')).description('all rounds, and the phase of each').action(list)
  withLook(round.command('show'))
    .description(
      'a round: its phase, terms, projects, and what they would be matched now, computed again from its events',
    )
    .argument('<round>', ROUND)
    .action(show)
  withLook(round.command('person'))
    .description('whether an account counts in a round, what it gives, and the nonce of its next ballot')
    .argument('<round>', ROUND)
    .argument('<account>', 'address')
    .action(person)

  withWrite(round.command('gate'))
    .description('deploy who counts as a person: anyone; it holds no power')
    .requiredOption('--attester <address>', 'whose attestations count')
    .requiredOption('--threshold <score>', 'the least score')
    .option('--schema <hash>', "of the attestation service (default: keccak256 of 'bytes32 identity,uint256 score')")
    .option('--attestations <address>', "EAS (default: the manifest's)")
    .action(deployGate)
  withRole(round.command('open'))
    .description('open a round (FUNDING_ROUNDS)')
    .argument('<terms>', 'JSON: services/cli/README.md')
    .action(open)

  addProjects(round)
  addGiving(round)
  addMatching(round)
  addPowers(round)
  return round
}

function addProjects(round: Command): void {
  withDossier(withWrite(round.command('apply')))
    .description('apply as a project: who will be paid')
    .argument('<round>', ROUND)
    .requiredOption('--uri <uri>', 'where the dossier can be read')
    .action(apply)
  for (const [name, accepted, what] of [
    ['accept', true, 'accept an application (the reviewer)'],
    ['reject', false, 'reject an application (the reviewer)'],
  ] as const)
    withReason(withDossier(withRole(round.command(name))))
      .description(what)
      .argument('<round>', ROUND)
      .argument('<applicant>', 'address')
      .action(review(accepted))
  withReason(withRole(round.command('disqualify')))
    .description('take a project out, until the review ends (the reviewer)')
    .argument('<round>', ROUND)
    .argument('<project>', PROJECT)
    .action(onProject('disqualify', 'disqualify a project'))
}

function addGiving(round: Command): void {
  withWrite(round.command('fund'))
    .description('pay into the pool: anyone')
    .argument('<round>', ROUND)
    .argument('<amount>', 'base units, or "12.50 nxUSD"')
    .action(fund)
  withWrite(round.command('register'))
    .description('count as a person, before giving: give does the same along the way')
    .argument('<round>', ROUND)
    .requiredOption('--attestation <uid>')
    .action(register)
  withGifts(withWrite(round.command('give')))
    .description('say what you give from now on, to several projects in one transaction; more, less or nothing')
    .action(give)
  withWrite(round.command('withdraw'))
    .description('take back what you give to these projects, or to all')
    .argument('<round>', ROUND)
    .argument('[projects...]', PROJECT)
    .action(withdraw)
  withGifts(withSigner(withNetwork(round.command('sign-ballot'))))
    .description('sign gifts into a file, for anyone to carry or for a payer to pay; without --rpc nothing is asked')
    .requiredOption('--out <file>', 'new file')
    .requiredOption('--deadline <time>', 'UTC: it is worthless after')
    .option('--payer <address>', 'who pays (default: you)')
    .option('--nonce <n>', 'without --rpc: `nexus round person` shows it')
    .option('--json', 'one JSON document on stdout')
    .action(sign)
  withWrite(round.command('relay'))
    .description('carry a signed ballot: anyone; or pay for it, as the payer that it names')
    .argument('<ballot>', 'file of sign-ballot')
    .action(relay)
  withWrite(round.command('void'))
    .description('make your signed ballots worthless')
    .argument('<round>', ROUND)
    .action(simply('voidBallots', 'void signed ballots'))
  withWrite(round.command('strike'))
    .description('strike an account whose attestation was revoked: anyone')
    .argument('<round>', ROUND)
    .argument('<account>', 'address')
    .action(strike)
  withWrite(round.command('refund'))
    .description('send a gift back: of a struck account, a disqualified project, a cancelled round: anyone')
    .argument('<round>', ROUND)
    .argument('<project>', PROJECT)
    .argument('<contributor>', 'address')
    .option('--token <token>', 'symbol or number (default: the asset)')
    .action(refund)
}

function addMatching(round: Command): void {
  withWrite(round.command('push'))
    .description('push the matching to its end: anyone')
    .argument('<round>', ROUND)
    .option('--batch <n>', 'projects a transaction', '200')
    .action(push)
  withWrite(round.command('adopt'))
    .description('take over the final result that was posted: anyone')
    .argument('<round>', ROUND)
    .action(simply('adoptResult', 'adopt the final result'))
  withWrite(round.command('lapse'))
    .description('end a round for which no result can come any more: anyone')
    .argument('<round>', ROUND)
    .action(simply('lapse', 'end a round without a match'))
  withWrite(round.command('collect'))
    .description('pay a project all that is due: anyone; elsewhere (--to): its recipient')
    .argument('<round>', ROUND)
    .argument('<project>', PROJECT)
    .option('--to <address>', 'another receiver')
    .action(collect)
  withReason(withRole(round.command('release')))
    .description('release the next milestone (the reviewer)')
    .argument('<round>', ROUND)
    .argument('<project>', PROJECT)
    .option('--evidence <hash>', 'what shows it, in place of a reason')
    .action(onProject('release', 'release the next milestone'))
  withReason(withRole(round.command('forfeit')))
    .description('forfeit what is not released (the reviewer)')
    .argument('<round>', ROUND)
    .argument('<project>', PROJECT)
    .action(forfeit)
  withWrite(round.command('leftover'))
    .description('send what is left over to the commons: anyone')
    .argument('<round>', ROUND)
    .action(simply('sendLeftover', 'send what is left over to the commons'))
  withWrite(round.command('owed'))
    .description('send what could not be sent before: anyone; elsewhere (--to): whose it is')
    .argument('<round>', ROUND)
    .argument('<from>', 'whose it is')
    .option('--token <token>', 'symbol or number (default: the asset)')
    .option('--to <address>', 'another receiver')
    .action(collectOwed)
}

function addPowers(round: Command): void {
  withReason(withRole(round.command('cancel')))
    .description('cancel a round before its result stands (FUNDING_CANCELLING)')
    .argument('<round>', ROUND)
    .action(cancel)
  withWrite(round.command('refund-pool'))
    .description("send a funder's part of a cancelled round's pool back: anyone")
    .argument('<round>', ROUND)
    .argument('<funder>', 'address')
    .action(refundPool)
  withReason(withRole(round.command('hold')))
    .description("hold a project's payouts, once, at most 180 days (FUNDING_COMPLIANCE)")
    .argument('<round>', ROUND)
    .argument('<project>', PROJECT)
    .requiredOption('--until <time>', 'UTC')
    .action(hold)
  withReason(withRole(round.command('end-hold')))
    .description('end a hold (FUNDING_COMPLIANCE)')
    .argument('<round>', ROUND)
    .argument('<project>', PROJECT)
    .action(endHold)
}
