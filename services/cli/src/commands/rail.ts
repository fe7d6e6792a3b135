import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { writeFileDurably } from '@nexus/aep/durable'
import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { railMembershipAbi } from '@nexus/chain/abi/RailMembership'
import { parseCalls } from '@nexus/governance/calls-file'
import { type Call, type ClassName, classByTable } from '@nexus/governance/class-table'
import { contractsOf, governanceOf, railsOf, speechAbi } from '@nexus/governance/contracts'
import { classNeeded } from '@nexus/governance/decisions'
import { asRailReads, callLines, decodeCalls } from '@nexus/governance/decode'
import { railDocuments } from '@nexus/governance/rail/documents'
import { declaredBy, effectsHashOf, parseEffects } from '@nexus/governance/rail/effects'
import { proposalDocument } from '@nexus/governance/rail/proposal'
import { createdProposals, type ProposalView, type Rail, readProposal, readRail } from '@nexus/governance/rail/read'
import { hashOfDeclared, simulateCalls } from '@nexus/governance/rail/simulate'
import { openRailCall } from '@nexus/governance/rail/terms'
import { sha256Hex } from '@nexus/kit/canonical'
import { ExitCode, inputError, NexusError, tryAgainError } from '@nexus/kit/errors'
import { openFork } from '@nexus/localchain/fork'
import { Argument, Command } from 'commander'
import { decodeFunctionData, encodeFunctionData, type Hex, keccak256, stringToHex } from 'viem'
import { toAccount } from 'viem/accounts'
import { acting, type WriteOptions as Writing, withWrite } from '../act.ts'
import { readJson } from '../files.ts'
import { type LookOptions as LookingOptions, look, withLook } from '../look.ts'
import { emit, listed, rows } from '../output.ts'
import { manifestOf, type Network, type NetworkOptions, openNetwork, reading, withNetwork } from '../policy/network.ts'
import { namesKey } from '../policy/signer.ts'
import { parseAddress, parseAepId } from '../policy/suite.ts'
import { type Deps, simulate as simulateCall } from '../policy/write.ts'
import { proposalIn, type RailOptions, railIn, textOf, withRail } from '../rail/options.ts'
import { planProposal, planStep, planVote, type Support, supports, type Wanted } from '../rail/plans.ts'
import { namer, proposalText, railText, rawCalls, simulationText } from '../rail/text.ts'
import { asVerdict } from '../refusal.ts'

type WriteOptions = Writing & RailOptions

const { act, actAsAnyone } = acting({ abi: speechAbi, requires: railsOf, verdict: asVerdict })

const CALLS = 'JSON: [{to, value?, data} | {contract, function, args?, value?}]'

export function command(): Command {
  const rail = new Command('rail').description('what a rail’s members decide: propose, simulate, vote, queue, execute')
  const writing = (name: string) => withWrite(withRail(rail.command(name)))
  const looking = (name: string) => withLook(withRail(rail.command(name)))

  looking('show')
    .argument('[rail]', 'its number, or its governor’s address')
    .option('--proposal <id|file>', 'one proposal only')
    .description('members, settings, page and proposals, and what each of these waits for')
    .action(show)
  writing('propose')
    .description('put calls to the vote, on evidence, with the effects that were simulated')
    .requiredOption('--calls <file>', CALLS)
    .requiredOption('--description <text|file>', 'why, in words, or in a file that ends in .md or .txt')
    .option('--cite <aep...>', 'evidence packs that it stands on: it dies with them')
    .option('--effects <file>', 'what `nexus rail simulate --json` printed: anything else reverts')
    .option('--out <file>', 'where the proposal is kept (default: proposal-ID.json)')
    .action(propose)
  writing('join')
    .description('propose that an account becomes a member; without a key, prepare it for a member to propose')
    .requiredOption('--reason <text>', 'why; its hash goes on chain, the text into the proposal')
    .option('--account <address>', 'who joins (default: the key’s own)')
    .option('--out <file>', 'where the proposal, or without a key its calls, are kept')
    .action(join)
  writing('vote')
    .argument('<proposal>', 'id, or file')
    .addArgument(new Argument('<support>').choices(Object.keys(supports)))
    .option('--reason <text>', 'why, for all to read')
    .description('vote with what one held when the question was put')
    .action((proposal: string, support: Support, options: WriteOptions & { reason?: string }) =>
      act(options, async deps => {
        const { rail: at, created } = await proposalIn(deps.network, options, proposal)
        return planVote(deps, at, created, { support, reason: options.reason })
      }),
    )
  const steps = {
    queue: 'hand a proposal that succeeded to the timelock; anyone may',
    execute: 'execute a queued proposal; anyone may',
    cancel: 'cancel a proposal: its proposer, its guardian, or anyone once its evidence is void',
  }
  for (const step of ['queue', 'execute', 'cancel'] as const)
    writing(step)
      .argument('<proposal>', 'id, or file')
      .description(steps[step])
      .action((proposal: string, options: WriteOptions) =>
        actAsAnyone(options, async deps => {
          const { rail: at, created } = await proposalIn(deps.network, options, proposal)
          return planStep(deps, at, created, step)
        }),
      )
  looking('simulate')
    .argument('[proposal]', 'id, or file')
    .option('--calls <file>', `or calls that nobody has proposed yet: ${CALLS}`)
    .option('--balances-only', 'commit to balances alone, not to slots')
    .description('run it on a fork of the chain: every balance, role and slot that changes, and their hash')
    .action(simulate)
  looking('documents')
    .argument('[rail]', 'its number, or its governor’s address')
    .description('what ERC-4824 asks of a DAO, from the chain: dao.json and what it names, to be put on the web')
    .requiredOption('--base <url>', 'where they will be found; <url>/dao.json is what the rail’s daoURI names')
    .requiredOption('--out <folder>', 'where they are written')
    .action(documents)
  withNetwork(rail.command('open'))
    .description('prepare the decision of the NVM that opens a rail: calls for `nexus nvm open --calls`')
    .requiredOption('--terms <file>', 'name, founders, voting, page (JSON)')
    .option('--as-calls', 'print nothing but the calls that `nexus nvm open` takes')
    .option('--out <file>', 'where the calls go')
    .option('--json', 'one JSON document on stdout')
    .action(open)
  return rail
}

type LookOptions = LookingOptions & RailOptions

const show = (named: string | undefined, options: LookOptions & { proposal?: string }): Promise<void> =>
  look(options, async network => {
    const { proposal } = options
    if (proposal !== undefined) {
      const { rail, created } = await proposalIn(network, { ...(named ? { rail: named } : {}), ...options }, proposal)
      const view = await reading(() => readProposal(network, rail, created))
      return emit(options.json === true, view, () => proposalText(view))
    }
    const rail = await railIn(network, named ?? options.rail)
    const view = await reading(() => readRail(network, rail))
    const created = await reading(() => createdProposals(network, rail))
    const proposals: ProposalView[] = []
    for (const one of created) proposals.push(await reading(() => readProposal(network, rail, one)))
    emit(options.json === true, { ...view, proposals }, () => railText(view, proposals))
  })

interface DocumentsOptions extends LookOptions {
  base: string
  out: string
}

async function documents(named: string | undefined, options: DocumentsOptions): Promise<void> {
  const base = baseUrl(options.base)
  await look(options, async network => {
    const rail = await railIn(network, named ?? options.rail)
    const made = await reading(() => railDocuments(network, rail, base))
    const files: { file: string; sha256: Hex }[] = []
    for (const [name, { text }] of made) {
      const bytes = new TextEncoder().encode(text)
      await writeFileDurably(path.join(options.out, name), bytes)
      files.push({ file: name, sha256: sha256Hex(bytes) })
    }
    emit(options.json === true, { rail: rail.id, daoURI: `${base}/dao.json`, files }, () =>
      rows(
        `rail ${rail.id} in ${options.out}`,
        files.map(({ file, sha256 }) => [file, sha256] as const),
      ),
    )
  })
}

/** Without the slash at its end. */
function baseUrl(text: string): string {
  const url = URL.parse(text)
  if (url && /^(https?|ipfs|ipns|ar):$/.test(url.protocol) && !url.search && !url.hash) return text.replace(/\/+$/, '')
  throw inputError('bad-base', `"${text}" is no address below which documents could be found`, { text })
}

/** The proposal is on disk before it is on chain: what is lost in between can be sent again, and is the same. */
async function planKept(deps: Deps, rail: Rail, wanted: Wanted, out: string | undefined) {
  const { file, ...plan } = await planProposal(deps, rail, wanted)
  const name = out ?? `proposal-${file.proposalId}.json`
  const before = () => writeFile(name, `${JSON.stringify(proposalDocument(file), null, 2)}\n`)
  return { ...plan, effects: { ...plan.effects, file: name }, before }
}

interface ProposeOptions extends WriteOptions {
  calls: string
  description: string
  cite?: string[]
  effects?: string
  out?: string
}

async function propose(options: ProposeOptions): Promise<void> {
  const wanted = await readJson(options.calls)
  const description = await textOf(options.description)
  if (description.trim() === '') throw inputError('no-description', 'say why: --description is empty')
  const aepIds = (options.cite ?? []).map(parseAepId)
  const effects = options.effects ? parseEffects(await readJson(options.effects)) : null
  await actAsAnyone(options, async deps => {
    const rail = await railIn(deps.network, options.rail)
    const calls = parseCalls(wanted, contractsOf(deps.network.manifest, rail))
    return planKept(deps, rail, { calls, description, aepIds, effects }, options.out)
  })
}

interface JoinOptions extends WriteOptions {
  reason: string
  account?: string
  out?: string
}

async function join(options: JoinOptions): Promise<void> {
  const { reason, out } = options
  if (reason.trim() === '') throw inputError('no-reason', 'say why: --reason is empty')
  const named = options.account === undefined ? null : parseAddress(options.account)
  const admission = (rail: Rail, account: `0x${string}`): Call => ({
    ...{ to: rail.membership, value: 0n },
    data: encodeFunctionData({
      ...{ abi: railMembershipAbi, functionName: 'admit', args: [account, keccak256(stringToHex(reason))] },
    } as const),
  })
  const descriptionOf = (account: string) => `Admit ${account}: ${reason}`
  if (namesKey(options))
    return act(options, async deps => {
      const rail = await railIn(deps.network, options.rail)
      const account = named ?? deps.account.address
      const calls = [admission(rail, account)]
      return planKept(deps, rail, { calls, description: descriptionOf(account), aepIds: [], effects: null }, out)
    })
  if (!named) throw inputError('no-account', 'say who joins: --account ADDRESS, or a key')
  await asVerdict(async () => {
    const network = await openNetwork(options)
    const rail = await railIn(network, options.rail)
    const call = admission(rail, named)
    const timelock = { network, account: toAccount(rail.timelock), abi: speechAbi }
    await simulateCall(timelock, {
      ...{ label: 'admit', address: rail.membership, abi: railMembershipAbi, functionName: 'admit' },
      args: [named, keccak256(stringToHex(reason))],
    })
    const [decoded] = await decodeCalls(asRailReads(network.manifest, rail), [call])
    const document = { calls: rawCalls([call]), description: descriptionOf(named), rail: rail.id, decoded }
    if (out) await writeFile(out, `${JSON.stringify(document.calls, null, 2)}\n`)
    emit(options.json === true, document, () =>
      rows(`for a member of rail ${rail.id} to propose`, [
        ...listed('does', callLines(decoded ? [decoded] : [])),
        ['calls', out ?? JSON.stringify(document.calls)],
        ['description', document.description],
      ]),
    )
  })
}

interface SimulateOptions extends LookOptions {
  calls?: string
  balancesOnly?: true
}

async function simulate(proposal: string | undefined, options: SimulateOptions): Promise<void> {
  if ((proposal === undefined) === (options.calls === undefined))
    throw inputError('usage', 'say what is to be simulated: a proposal, or --calls FILE')
  const wanted = options.calls ? await readJson(options.calls) : null
  await look(options, async network => {
    const { rail, calls, eta } = await simulated(network, options, proposal, wanted)
    const { manifest } = network
    const contracts = contractsOf(manifest, rail)
    const { timestamp, number } = await reading(() => network.client.getBlock())
    const at = Math.max(Number(timestamp) + 1, eta)
    const fork = await openFork({
      url: `${network.client.transport.url}`,
      chainId: manifest.chainId,
      blockNumber: Number(number),
    }).catch(unforkable)
    try {
      const { effectsGuard, book } = railsOf(manifest)
      const declared = declaredBy(calls, effectsGuard)
      const stage = { governor: rail.governor, timelock: rail.timelock, book, effectsGuard, at }
      const balancesOnly = options.balancesOnly === true
      const simulation = await simulateCalls(fork.request, calls, stage, { balancesOnly }).catch(unforkable)
      const { refused, effects, ...changes } = simulation
      if (refused)
        throw new NexusError(
          ExitCode.verification,
          'refused',
          `${refused.index === null ? 'it' : `call ${refused.index}`} is refused: ${refused.reason ? `${refused.reason}(${refused.args.join(', ')})` : refused.data === '0x' ? 'without a reason, or for want of gas' : refused.data}`,
          {
            details: {
              ...refused,
              call: refused.index === null ? null : rawCalls(calls.slice(refused.index, refused.index + 1))[0],
            },
          },
        )
      const actual = declared ? await hashOfDeclared(fork.request, calls, stage, declared).catch(unforkable) : null
      const commitment = declared && {
        ...{ declared: declared.effectsHash, actual, holds: actual === declared.effectsHash },
      }
      const decoded = await decodeCalls(asRailReads(manifest, rail), calls)
      const effectsHash = effectsHashOf(effects)
      const document = {
        ...{ rail: rail.id, blockNumber: number, calls: decoded, ...changes },
        ...{ effects: { effectsHash, ...effects }, commitment },
      }
      emit(options.json === true, document, () => {
        const text = simulationText({ calls: decoded, simulation, effectsHash }, namer(contracts))
        if (!commitment) return text
        const found = commitment.holds ? 'holds' : `does not hold: it would be ${commitment.actual}`
        return `${text}\n${rows('committed', [['to', `${commitment.declared}: ${found}`]])}`
      })
    } finally {
      await fork.close()
    }
  })
}

/** The endpoint may go away meanwhile, or not serve the state that a fork needs. */
function unforkable(cause: unknown): never {
  throw tryAgainError(
    'cannot-fork',
    `the chain could not be forked: ${cause instanceof Error ? cause.message : String(cause)}`,
    {},
    cause,
  )
}

async function simulated(network: Network, options: SimulateOptions, proposal: string | undefined, wanted: unknown) {
  if (proposal === undefined) {
    const rail = await railIn(network, options.rail)
    return { rail, calls: parseCalls(wanted, contractsOf(network.manifest, rail)), eta: 0 }
  }
  const { rail, created } = await proposalIn(network, options, proposal)
  const { eta } = await reading(() => readProposal(network, rail, created))
  return { rail, calls: created.calls, eta }
}

interface OpenOptions extends NetworkOptions {
  terms: string
  asCalls?: true
  out?: string
  json?: true
}

/** Nobody opens a rail but the NVM: this is what it has to decide, and in which class. With a chain, it is tried there first. */
async function open(options: OpenOptions): Promise<void> {
  const terms = await readJson(options.terms)
  const manifest = manifestOf(options)
  const { factory } = railsOf(manifest)
  const call = openRailCall(factory, terms)
  const className = options.rpc
    ? await asVerdict(async () => tried(await openNetwork(options), call))
    : classByTable([call], contractsOf(manifest))
  const decoded = await decodeCalls(asRailReads(manifest), [call])
  const calls = rawCalls([call])
  if (options.out) await writeFile(options.out, `${JSON.stringify(calls, null, 2)}\n`)
  const about = rows('a decision of the NVM opens the rail', [
    ...listed('does', callLines(decoded)),
    ['class', className],
  ])
  process.stderr.write(`${about}\n`)
  const document = { calls, decoded: decoded[0], class: className, tried: options.rpc !== undefined }
  if (options.asCalls) return emit(false, null, () => JSON.stringify(calls, null, 2))
  emit(options.json === true, document, () =>
    options.out ? `for \`nexus nvm open --calls ${options.out}\`` : JSON.stringify(calls, null, 2),
  )
}

/** As the Safe would send it. @returns the class that the chain itself derives */
async function tried(network: Network, call: Call): Promise<ClassName> {
  const { safe } = governanceOf(network.manifest)
  const { args = [] } = decodeFunctionData({ abi: railFactoryAbi, data: call.data })
  await simulateCall(
    { network, account: toAccount(safe), abi: speechAbi },
    { label: 'openRail', address: call.to, abi: railFactoryAbi, functionName: 'openRail', args },
  )
  return reading(() => classNeeded(network, [call]))
}
