import { randomBytes } from 'node:crypto'
import { type BallotFile, ballotDocument, readBallot } from '@nexus/governance/ballot-file'
import { parseCalls } from '@nexus/governance/calls-file'
import { governanceAbi, governanceOf } from '@nexus/governance/contracts'
import { ballotDigest, ballotTypedData } from '@nexus/governance/decision'
import { readDecision } from '@nexus/governance/decisions'
import { inputError } from '@nexus/kit/errors'
import { Command } from 'commander'
import { type Account, zeroAddress } from 'viem'
import { toAccount } from 'viem/accounts'
import { readJson } from '../files.ts'
import { runAt, withLastChain } from '../last-run.ts'
import { planCast, planExecute, planOpen, planRelay, seatAt } from '../nvm/actions.ts'
import { type BallotOptions, ballotOf, completeBallot, exportBallot, p256KeyIn, signedBy } from '../nvm/ballot.ts'
import {
  parseDecisionId,
  parseSeatId,
  parseWhole,
  type RationaleOptions,
  rationaleOf,
  rationalesIn,
  withRationale,
} from '../nvm/options.ts'
import { asVerdict } from '../nvm/refusal.ts'
import { decisionDocument, decisionText, overviewOf, seatsOf } from '../nvm/show.ts'
import { emit } from '../output.ts'
import type { Plan } from '../policy/actions.ts'
import { type Network, type NetworkOptions, openNetwork, reading, withNetwork } from '../policy/network.ts'
import { namesKey, type SignerOptions, signerOf, withSigner } from '../policy/signer.ts'
import { parseAepId } from '../policy/suite.ts'
import { type ConsentOptions, consent, type Deps, send, withConsent } from '../policy/write.ts'

type WriteOptions = NetworkOptions & SignerOptions & ConsentOptions

export function command(): Command {
  const nvm = new Command('nvm').description('decisions of the six seats: open, answer, carry, execute, look')
  const writing = (name: string) => withConsent(withSigner(withNetwork(nvm.command(name))))

  withRationale(writing('open'))
    .description('open a decision for a seat; its class follows from its calls')
    .requiredOption('--seat <n>', 'the seat that proposes')
    .option('--calls <file>', 'JSON: [{to, value?, data} | {contract, function, args?, value?}]')
    .option('--contract <name>', 'or one call: of a contract by the manifest’s names')
    .option('--function <name>', 'its function, or signature')
    .option('--args <json>', 'its arguments, a JSON list', '[]')
    .option('--rationale-uri <uri>', 'where the rationale can be read', '')
    .option('--cite <aep...>', 'evidence packs that it rests on')
    .option('--nonce <n>', 'distinguishes repetitions (default: random)')
    .option('--p256 <file>', 'key of a P-256 seat (PEM): it signs, and the other key only pays')
    .action(open)
  withRationale(writing('vote'))
    .description('answer for a seat: on chain, or into a ballot file that anyone can carry later')
    .option('--decision <id>')
    .option('--seat <n>', 'the seat that answers')
    .option('--choice <choice>', 'yes, no, abstain, veto or recuse')
    .option('--export <file>', 'write a signed ballot instead of sending it; needs no chain with the three that follow')
    .option('--chain-id <n>', 'without a manifest')
    .option('--module <address>', 'the NVM, without a manifest')
    .option('--epoch <n>', 'of the seat, without --rpc')
    .option('--p256 <file>', 'key of a P-256 seat (PEM)')
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
  writing('break-glass')
    .argument('<file>', 'the owners’ transaction, as it goes from one to the next')
    .description('past the NVM, by five owners: prepare (--calls), --announce, --sign, --execute; alone: how it stands')
    .option('--calls <file>', 'make the file: a Safe transaction with these calls')
    .option('--announce', 'announce it in the guard, 7 days before, by an owner')
    .option('--sign', 'add an owner’s signature to the file; needs no chain')
    .option('--p256 <file>', 'key of a P-256 seat (PEM) that signs; needs --rpc')
    .option('--execute', 'send it once five have signed')
    .action(breakGlass)
  looking(nvm.command('show'))
    .description('a decision, or everything: decisions, emergencies, what owners announced past the NVM')
    .option('--decision <id>')
    .option('--aep <id>', 'decisions that cite this evidence pack')
    .option('--rationales <files...>', 'texts or ballot files: their words are shown where the hash is on chain')
    .action(show)
  looking(nvm.command('seats'))
    .description('who holds which seat, with which key, until when')
    .action((options: LookOptions) =>
      look(options, async network => {
        const { document, text } = await seatsOf(network)
        emit(options.json === true, document, () => text)
      }),
    )
  return nvm
}

/** Simulates, shows what would happen, asks, sends. */
const act = (
  options: WriteOptions,
  plan: (deps: Deps) => Promise<Plan>,
  signer: (options: SignerOptions) => Promise<Account> = signerOf,
): Promise<void> =>
  asVerdict(async () => {
    const network = await openNetwork(options)
    governanceOf(network.manifest)
    const deps: Deps = { network, account: await signer(options), abi: governanceAbi }
    const { calls, effects, text } = await plan(deps)
    const go = await consent(options, text)
    const sent = go ? await send(deps, calls) : []
    emit(options.json === true, { effects, sent: go, transactions: sent }, () =>
      go ? sent.map(({ label, tx, gasUsed }) => `${label}: ${tx} (${gasUsed} gas)`).join('\n') : 'nothing was sent',
    )
  })

/** What anyone may do is looked at without a key. */
const actAsAnyone = (options: WriteOptions, plan: (deps: Deps) => Promise<Plan>): Promise<void> =>
  act(options, plan, options.dryRun && !namesKey(options) ? async () => toAccount(zeroAddress) : signerOf)

interface OpenOptions extends WriteOptions, RationaleOptions {
  seat: string
  calls?: string
  contract?: string
  function?: string
  args: string
  rationaleUri: string
  cite?: string[]
  nonce?: string
  p256?: string
}

async function open(options: OpenOptions): Promise<void> {
  const rationale = await rationaleOf(options)
  const wanted = await callsIn(options)
  const seatId = parseSeatId(options.seat)
  const citedAeps = (options.cite ?? []).map(parseAepId)
  const nonce = options.nonce ? parseWhole(options.nonce, '--nonce') : BigInt(`0x${randomBytes(8).toString('hex')}`)
  const key = options.p256 ? await p256KeyIn(options.p256) : null
  await act(options, deps => {
    const calls = parseCalls(wanted, deps.network.manifest)
    const texts = { rationaleHash: rationale.hash, rationaleURI: options.rationaleUri }
    return planOpen(deps, { seatId, nonce, calls, ...texts, citedAeps }, key)
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

interface VoteOptions extends WriteOptions, Partial<Pick<BallotOptions, 'decision' | 'seat' | 'choice'>> {
  rationale?: string
  rationaleFile?: string
  chainId?: string
  module?: string
  epoch?: string
  p256?: string
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
    if (owner === deps.account.address && !options.p256) return planCast(deps, ballot)
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

interface LookOptions extends NetworkOptions {
  dir?: string
  json?: true
}

const looking = (command: Command): Command =>
  withNetwork(command)
    .option('--dir <folder>', "a run kept elsewhere: `nexus up`'s --dir")
    .option('--json', 'one JSON document on stdout')

/** On the chain that is named, else on the last run's. A manifest names a chain that has to be reached. */
async function look({ dir, ...options }: LookOptions, use: (network: Network) => Promise<void>): Promise<void> {
  const kept = runAt(dir)
  const addresses = dir ? { manifest: kept.manifest } : {}
  const at = async (rpc: { rpc?: string }) => use(await openNetwork({ ...addresses, ...options, ...rpc }))
  const isNamed = options.rpc || (options.manifest && !dir)
  await asVerdict(() => (isNamed ? at({}) : withLastChain(rpc => at({ rpc }), kept)))
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

interface BreakGlassOptions extends WriteOptions {
  calls?: string
  announce?: true
  sign?: true
  p256?: string
  execute?: true
}

async function breakGlass(file: string, options: BreakGlassOptions): Promise<void> {
  const wanted = [options.calls, options.announce, options.sign, options.execute].filter(Boolean).length
  if (wanted > 1) throw inputError('usage', 'one at a time: --calls, --announce, --sign or --execute')
  // Safe's own kit is large, and nothing else here needs it
  const glass = await import('../nvm/break-glass.ts')
  if (options.announce) return act(options, async deps => glass.planAnnounce(deps, await glass.breakGlassIn(file)))
  if (options.execute) return act(options, async deps => glass.planBreak(deps, await glass.breakGlassIn(file)))
  await asVerdict(async () => {
    const network = options.rpc || !options.sign ? await openNetwork(options) : null
    const made = options.sign
      ? await glass.sign(file, options, network)
      : options.calls && network
        ? await glass.prepare(network, `${options.rpc}`, await readJson(options.calls), file)
        : await glass.breakGlassIn(file)
    if (!network)
      return emit(
        options.json === true,
        { signed: made.signatures },
        () => `${file}: ${made.signatures.length} have signed`,
      )
    const { document, text } = await glass.describe(network, made)
    emit(options.json === true, document, () => text)
  })
}
