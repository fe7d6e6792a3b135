import { randomBytes } from 'node:crypto'
import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'
import { mostAssets } from '@nexus/terms/most'
import { type Quote, quoteTypedData } from '@nexus/terms/quote'
import { bindableTerms, parseTerms, type TermsDocument, termsHash } from '@nexus/terms/terms'
import { Command, Option } from 'commander'
import { acting, type WriteOptions, withWrite } from '../act.ts'
import { readJson } from '../files.ts'
import { runAt, withLastChain } from '../last-run.ts'
import { emit } from '../output.ts'
import { planBind, planHold, planLapse, planSettlement, planTerms } from '../policy/actions.ts'
import { assetAt, parseAmount } from '../policy/amounts.ts'
import { manifestOf, type NetworkOptions, openNetwork, withNetwork } from '../policy/network.ts'
import { quoteDocument, readQuote } from '../policy/quote-file.ts'
import { type SignerOptions, signerOf, withSigner } from '../policy/signer.ts'
import { parseAddress, parseAepId, parsePolicyId, poolOf, suiteAbi } from '../policy/suite.ts'
import { policyDocument, policyText, viewPolicy } from '../policy/view.ts'
import type { Deps } from '../policy/write.ts'

const { act, actAsAnyone } = acting({ abi: suiteAbi })

export function command(): Command {
  const policy = new Command('policy').description('terms, quotes and policies on chain')
  const writing = (name: string) => withWrite(policy.command(name))

  const termsCommand = writing('terms')
    .description('check terms, say their hashes and worst case; with --rpc, publish them')
    .requiredOption('--terms <file>', 'terms document (JSON)')
    .addOption(new Option('--file <file>', 'the same').hideHelp())
    .action(terms)
  termsCommand.on('option:file', (file: string) => termsCommand.setOptionValue('terms', file))
  withSigner(withNetwork(policy.command('quote')))
    .description('sign a quote: whoever holds it may bind it, once, until it expires')
    .requiredOption('--terms <file>', 'terms document (JSON)')
    .requiredOption('--holder <address>', 'who gets the policy')
    .requiredOption('--premium <amount>', 'base units, or with --rpc the asset’s own: "12.50 USD"')
    .requiredOption('--pool <name|address>', 'whose capital stands behind it')
    .requiredOption('--expires <time>', 'last moment to bind, UTC, such as 2018-01-15T12:00:00Z')
    .option('--nonce <n>', 'unique within the pool (default: random)')
    .option('--json', 'accepted for uniformity: a quote is always JSON')
    .action(quote)
  writing('bind')
    .description('pay the premium of a signed quote and bind the policy')
    .requiredOption('--quote <file>', 'signed quote (JSON)')
    .action(bind)
  writing('settle')
    .description('pay what final evidence makes due, less what was paid')
    .requiredOption('--policy <id>')
    .requiredOption('--aep <id>', 'evidence pack')
    .action((options: WriteOptions & { policy: string; aep: string }) =>
      actAsAnyone(options, async deps =>
        planSettlement(deps, 'settle', await policyIn(deps, options), parseAepId(options.aep)),
      ),
    )
  writing('lapse')
    .description('close a policy: on final evidence of its window, or without any after its deadline')
    .requiredOption('--policy <id>')
    .option('--aep <id>', 'evidence pack')
    .action((options: WriteOptions & { policy: string; aep?: string }) =>
      actAsAnyone(options, async deps => {
        const bound = await policyIn(deps, options)
        return options.aep ? planSettlement(deps, 'lapse', bound, parseAepId(options.aep)) : planLapse(deps, bound)
      }),
    )
  writing('hold')
    .description('keep a policy from lapsing while evidence for it is open')
    .requiredOption('--policy <id>')
    .requiredOption('--aep <id>', 'evidence pack')
    .action((options: WriteOptions & { policy: string; aep: string }) =>
      actAsAnyone(options, async deps => planHold(deps, await policyIn(deps, options), parseAepId(options.aep))),
    )
  withNetwork(policy.command('show'))
    .description('a policy as the chain has it')
    .requiredOption('--policy <id>')
    .option('--dir <folder>', "a run kept elsewhere: `nexus up`'s --dir")
    .option('--json', 'one JSON document on stdout')
    .action(show)
  return policy
}

const policyIn = ({ network }: Deps, { policy }: { policy: string }) => viewPolicy(network, parsePolicyId(policy))

async function terms(options: WriteOptions & { terms: string }): Promise<void> {
  const document = parseTerms(await readJson(options.terms))
  if (options.rpc) return act(options, deps => planTerms(deps, document))
  const summary = termsSummary(document)
  emit(options.json === true, summary, () =>
    Object.entries(summary)
      .map(([name, value]) => `${name.padEnd(18)} ${value ?? 'open: needed to bind'}`)
      .join('\n'),
  )
}

/** What terms say without a chain. Their hash exists only when nothing a policy needs is left open. */
function termsSummary(document: TermsDocument) {
  const { terms: t, formula } = document
  const complete = t.asset !== null && t.reportingDeadline !== null && t.coverAssets > 0n
  return {
    termsHash: complete ? termsHash(bindableTerms(document)) : null,
    formulaId: t.formulaId,
    feedId: t.feedId,
    asset: t.asset,
    coverAssets: `${t.coverAssets}`,
    mostAssets: `${mostAssets(formula, t.coverAssets)}`,
    from: formatUtcSeconds(t.from),
    to: formatUtcSeconds(t.to),
    minEql: t.minEql,
    evidence: t.evidence,
    readings: t.readings,
    waitingSeconds: t.waitingSeconds,
    reportingDeadline: t.reportingDeadline === null ? null : formatUtcSeconds(t.reportingDeadline),
  }
}

interface QuoteOptions extends NetworkOptions, SignerOptions {
  terms: string
  holder: string
  premium: string
  pool: string
  expires: string
  nonce?: string
}

async function quote(options: QuoteOptions): Promise<void> {
  const bindable = bindableTerms(parseTerms(await readJson(options.terms)))
  const manifest = manifestOf(options)
  const asset = options.rpc ? await assetAt(await openNetwork(options), bindable.asset) : null
  const offered: Quote = {
    termsHash: termsHash(bindable),
    holder: parseAddress(options.holder),
    premium: parseAmount(options.premium, asset),
    pool: poolOf(manifest, options.pool),
    nonce: nonceOf(options.nonce),
    expiry: parseUtcSeconds(options.expires),
  }
  if (offered.expiry + bindable.waitingSeconds > bindable.from)
    throw inputError('expires-too-late', 'the quote would outlive the last moment at which it can be bound', {
      lastMoment: formatUtcSeconds(bindable.from - bindable.waitingSeconds),
      expires: options.expires,
    })
  const account = await signerOf(options)
  const { chainId, policyBook: book } = manifest
  const signature = await account.signTypedData(quoteTypedData(chainId, book, offered))
  const document = quoteDocument({ chainId, book, quote: offered, underwriter: account.address, signature })
  emit(true, document, () => '')
}

function nonceOf(text: string | undefined): bigint {
  if (text === undefined) return BigInt(`0x${randomBytes(12).toString('hex')}`)
  if (!/^(0|[1-9]\d{0,28})$/.test(text) || BigInt(text) >= 2n ** 96n)
    throw inputError('bad-nonce', `"${text}" is no whole number below 2^96`, { text })
  return BigInt(text)
}

async function bind(options: WriteOptions & { quote: string }): Promise<void> {
  const signed = await readQuote(await readJson(options.quote))
  await act(options, deps => planBind(deps, signed))
}

interface ShowOptions extends NetworkOptions {
  policy: string
  dir?: string
  json?: true
}

/** On the chain that is named, else on the last run's. A manifest names a chain that has to be reached. */
async function show({ policy, dir, json, ...options }: ShowOptions): Promise<void> {
  const policyId = parsePolicyId(policy)
  const kept = runAt(dir)
  const addresses = dir ? { manifest: kept.manifest } : {}
  const look = async (rpc: { rpc?: string }) =>
    viewPolicy(await openNetwork({ ...addresses, ...options, ...rpc }), policyId)
  const isNamed = options.rpc || (options.manifest && !dir)
  const found = isNamed ? await look({}) : await withLastChain(rpc => look({ rpc }), kept)
  emit(json === true, policyDocument(found), () => policyText(found))
}
