import { randomBytes } from 'node:crypto'
import { type BallotFile, ballotDocument, readBallot } from '@nexus/governance/ballot-file'
import { parseCalls } from '@nexus/governance/calls-file'
import { contractsOf, governanceOf, speechAbi } from '@nexus/governance/contracts'
import { ballotDigest, ballotTypedData } from '@nexus/governance/decision'
import { readDecision } from '@nexus/governance/decisions'
import { inputError } from '@nexus/kit/errors'
import { Command } from 'commander'
import { acting, type WriteOptions, withWrite } from '../act.ts'
import { readJson } from '../files.ts'
import { type LookOptions, look, withLook } from '../look.ts'
import { planCast, planExecute, planOpen, planRelay, seatAt } from '../nvm/actions.ts'
import { type BallotOptions, ballotOf, completeBallot, exportBallot, signedBy } from '../nvm/ballot.ts'
import { type HolderOptions, holderOf, withHolder } from '../nvm/holder.ts'
import {
  parseDecisionId,
  parseSeatId,
  parseWhole,
  type RationaleOptions,
  rationaleOf,
  rationalesIn,
  withRationale,
} from '../nvm/options.ts'
import { decisionDocument, decisionText, overviewOf, seatsOf } from '../nvm/show.ts'
import { emit } from '../output.ts'
import { openNetwork, reading } from '../policy/network.ts'
import { parseAepId } from '../policy/suite.ts'
import { asVerdict } from '../refusal.ts'

const { act, actAsAnyone } = acting({ abi: speechAbi, requires: governanceOf, verdict: asVerdict })

export function command(): Command {
  const nvm = new Command('nvm').description('decisions of the six seats: open, answer, carry, execute, look')
  const writing = (name: string) => withWrite(nvm.command(name))

  withHolder(withRationale(writing('open')))
    .description('open a decision for a seat; its class follows from its calls')
    .requiredOption('--seat <n>', 'the seat that proposes')
    .option('--calls <file>', 'JSON: [{to, value?, data} | {contract, function, args?, value?}]')
    .option('--contract <name>', 'or one call: of a contract by the manifest’s names')
    .option('--function <name>', 'its function, or signature')
    .option('--args <json>', 'its arguments, a JSON list', '[]')
    .option('--rationale-uri <uri>', 'where the rationale can be read', '')
    .option('--cite <aep...>', 'evidence packs that it rests on')
    .option('--nonce <n>', 'distinguishes repetitions (default: random)')
    .action(open)
  withHolder(withRationale(writing('vote')))
    .description('answer for a seat: on chain, or into a ballot file that anyone can carry later')
    .option('--decision <id>')
    .option('--seat <n>', 'the seat that answers')
    .option('--choice <choice>', 'yes, no, abstain, veto or recuse')
    .option('--export <file>', 'write a signed ballot instead of sending it; needs no chain with the three that follow')
    .option('--chain-id <n>', 'without a manifest')
    .option('--module <address>', 'the NVM, without a manifest')
    .option('--epoch <n>', 'of the seat, without --rpc')
    .option('--digest-only', 'sign nothing: say the digest, to be signed elsewhere')
    .option('--ballot <file>', 'complete this ballot …')
    .option('--signature <hex>', '… with a signature made elsewhere')
    .action(vote)
  writing('relay')
    .argument('<ballots...>', 'ballot files')
    .description('carry ballots that were signed apart: all of a decision in one transaction')
    .action(relay)
  writing('execute')
    .description('execute a decision that is ready; anyone may')
    .requiredOption('--decision <id>')
    .action((options: WriteOptions & { decision: string }) =>
      actAsAnyone(options, deps => planExecute(deps, parseDecisionId(options.decision))),
    )
  withHolder(writing('break-glass'))
    .argument('<file>', 'the owners’ transaction, as it goes from one to the next')
    .description('past the NVM, by five owners: prepare (--calls), --announce, --sign, --execute; alone: how it stands')
    .option('--calls <file>', 'make the file: a Safe transaction with these calls')
    .option('--sign', 'add an owner’s signature to the file; needs no chain, but with --pem')
    .option('--sign-announcement', 'put an owner’s announcement into the file, the same way')
    .option('--announce', 'announce it in the guard, 7 days before: by an owner, or by anyone once one has signed that')
    .option('--execute', 'send it once five have signed')
    .action(breakGlass)
  withLook(nvm.command('show'))
    .description('a decision, or everything: decisions, emergencies, what owners announced past the NVM')
    .option('--decision <id>')
    .option('--aep <id>', 'decisions that cite this evidence pack')
    .option('--rationales <files...>', 'texts or ballot files: their words are shown where the hash is on chain')
    .action(show)
  withLook(nvm.command('seats'))
    .description('who holds which seat, with which key, until when')
    .action((options: LookOptions) =>
      look(options, async network => {
        const { document, text } = await seatsOf(network)
        emit(options.json === true, document, () => text)
      }),
    )
  return nvm
}

interface OpenOptions extends WriteOptions, HolderOptions, RationaleOptions {
  seat: string
  calls?: string
  contract?: string
  function?: string
  args: string
  rationaleUri: string
  cite?: string[]
  nonce?: string
}

async function open(options: OpenOptions): Promise<void> {
  const rationale = await rationaleOf(options)
  const wanted = await callsIn(options)
  const seatId = parseSeatId(options.seat)
  const citedAeps = (options.cite ?? []).map(parseAepId)
  const nonce = options.nonce ? parseWhole(options.nonce, '--nonce') : BigInt(`0x${randomBytes(8).toString('hex')}`)
  const holder = options.pem || options.wallet ? await holderOf(options) : null
  await act(options, deps => {
    const calls = parseCalls(wanted, contractsOf(deps.network.manifest))
    const texts = { rationaleHash: rationale.hash, rationaleURI: options.rationaleUri }
    return planOpen(deps, { seatId, nonce, calls, ...texts, citedAeps }, holder)
  })
}

/** From a file, or one call from flags. */
async function callsIn({ calls, contract, function: name, args }: OpenOptions): Promise<unknown> {
  if ((calls === undefined) === (contract === undefined) || (contract === undefined) !== (name === undefined))
    throw inputError('usage', 'say what is to be done: --calls FILE, or --contract NAME and --function NAME')
  if (calls !== undefined) return readJson(calls)
  try {
    return [{ contract, function: name, args: JSON.parse(args) }]
  } catch (cause) {
    throw inputError('bad-json', `--args is not JSON: ${(cause as Error).message}`, { args }, cause)
  }
}

interface VoteOptions
  extends WriteOptions,
    HolderOptions,
    Partial<Pick<BallotOptions, 'decision' | 'seat' | 'choice'>> {
  rationale?: string
  rationaleFile?: string
  chainId?: string
  module?: string
  epoch?: string
  export?: string
  digestOnly?: true
  ballot?: string
  signature?: string
}

async function vote(options: VoteOptions): Promise<void> {
  if ((options.ballot === undefined) !== (options.signature === undefined))
    throw inputError('usage', 'a ballot is completed with both: --ballot FILE and --signature HEX')
  if (options.ballot !== undefined && options.signature !== undefined) {
    const completed = await completeBallot(options.ballot, options.signature)
    return tell(options, completed, `${options.ballot} is signed; carry it with \`nexus nvm relay ${options.ballot}\``)
  }
  const { decision, seat, choice } = options
  if (decision === undefined || seat === undefined || choice === undefined)
    throw inputError('usage', 'an answer needs --decision ID, --seat N and --choice CHOICE')
  const wanted: BallotOptions = { ...options, decision, seat, choice }
  if (options.digestOnly) {
    const ballot = await ballotOf(wanted)
    if (options.export) await exportBallot(options.export, ballot)
    return tell(options, ballot, ballotDigest(ballot, ballot))
  }
  if (options.export) {
    const ballot = await signedBy(await ballotOf(wanted), wanted)
    await exportBallot(options.export, ballot)
    return tell(options, ballot, `${options.export}: seat ${ballot.seatId} says ${ballot.choice}`)
  }
  const ballot = await ballotOf(wanted)
  await act(options, async deps => {
    const { owner } = await seatAt(deps.network, ballot.seatId)
    // an owner's own transaction needs no signature beside it; any other key signs, and is carried
    if (owner === deps.account.address && !options.pem) return planCast(deps, ballot)
    return planRelay(deps, [{ ballot: await signedBy(ballot, wanted), where: 'the ballot' }])
  })
}

function tell({ json }: VoteOptions, ballot: BallotFile, text: string): void {
  const typedData = ballot.signature === null ? { typedData: ballotTypedData(ballot, ballot) } : {}
  emit(json === true, { ballot: ballotDocument(ballot), ...typedData }, () => text)
}

async function relay(files: string[], options: WriteOptions): Promise<void> {
  const ballots: { ballot: BallotFile; where: string }[] = []
  for (const file of files) ballots.push({ ballot: await readBallot(await readJson(file), file), where: file })
  await actAsAnyone(options, deps => planRelay(deps, ballots))
}

async function show(options: LookOptions & { decision?: string; aep?: string; rationales?: string[] }): Promise<void> {
  const id = options.decision === undefined ? null : parseDecisionId(options.decision)
  const aepId = options.aep === undefined ? undefined : parseAepId(options.aep)
  const words = await rationalesIn(options.rationales ?? [])
  await look(options, async network => {
    if (id) {
      const decision = await reading(() => readDecision(network, id))
      return emit(options.json === true, decisionDocument(decision, words), () => decisionText(decision, words))
    }
    const { document, text } = await overviewOf(network, words, aepId)
    emit(options.json === true, document, () => text)
  })
}

interface BreakGlassOptions extends WriteOptions, HolderOptions {
  calls?: string
  announce?: true
  sign?: true
  signAnnouncement?: true
  execute?: true
}

async function breakGlass(file: string, options: BreakGlassOptions): Promise<void> {
  const { calls, announce, sign, signAnnouncement, execute } = options
  if ([calls, announce, sign, signAnnouncement, execute].filter(Boolean).length > 1)
    throw inputError('usage', 'one at a time: --calls, --sign, --sign-announcement, --announce or --execute')
  // Safe's own kit is large, and nothing else here needs it
  const glass = await import('../nvm/break-glass.ts')
  if (announce) return act(options, async deps => glass.planAnnounce(deps, await glass.breakGlassIn(file)))
  if (execute) return act(options, async deps => glass.planBreak(deps, await glass.breakGlassIn(file)))
  await asVerdict(async () => {
    const signs = sign ? glass.sign : signAnnouncement ? glass.signAnnouncement : null
    const network = options.rpc || !signs ? await openNetwork(options) : null
    const made = signs
      ? await signs(file, options, network)
      : calls && network
        ? await glass.prepare(network, `${options.rpc}`, await readJson(calls), file)
        : await glass.breakGlassIn(file)
    if (!network)
      return emit(
        options.json === true,
        { signed: made.signatures, announcement: made.announcement },
        () =>
          `${file}: ${made.signatures.length} have signed${made.announcement ? ', and one that it is announced' : ''}`,
      )
    const { document, text } = await glass.describe(network, made)
    emit(options.json === true, document, () => text)
  })
}
