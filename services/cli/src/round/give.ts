import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { type GiftWish, giftWord } from '@nexus/funding/chain/gift'
import { readRound } from '@nexus/funding/chain/round'
import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'
import type { Account } from 'viem'
import { type Address, type Hex, zeroHash } from 'viem'
import { requireAbsent, writeJson } from '../files.ts'
import { emit, type Row, rows } from '../output.ts'
import { amountText } from '../policy/amounts.ts'
import { manifestOf, type Network, type NetworkOptions, openNetwork, reading } from '../policy/network.ts'
import { type SignerOptions, signerOf } from '../policy/signer.ts'
import { parseAddress } from '../policy/suite.ts'
import { act, type RecordPlan, type WriteOptions } from '../records/act.ts'
import { parseHash } from '../records/release.ts'
import { type Ballot, ballotDocument, readBallot, relayed, type SignedBallot, signBallot } from './ballot.ts'
import { onRound, parseProject, personAt, type RoundTokens, roundsOn, tokenOf, tokensAt } from './chain.ts'
import { type Change, changesOf, giftsBefore, giftText, parseGifts } from './gifts.ts'
import { payment } from './permit.ts'

type GiveOptions = WriteOptions & { attestation?: string; token?: string }

const changeRows = (tokens: RoundTokens, changes: readonly Change[]): Row[] =>
  changes.flatMap(({ token, due, back }): Row[] => [
    ...(due > 0n ? [['pays', amountText(due, tokenOf(tokens, token))] as const] : []),
    ...(back > 0n ? [['gets back', amountText(back, tokenOf(tokens, token))] as const] : []),
  ])

const giftRows = (tokens: RoundTokens, gifts: readonly GiftWish[]): Row[] =>
  gifts.map((gift, n): Row => [n === 0 ? 'from now on' : '', giftText(tokens, gift)])

/** The attestation that a contributor needs; none once registered. @throws NexusError `no-attestation` */
async function attestationFor(network: Network, tokens: RoundTokens, account: Address, text?: string): Promise<Hex> {
  const { isRegistered } = await personAt(network, tokens, account)
  if (isRegistered) return zeroHash
  if (text !== undefined) return parseHash(text, '--attestation')
  throw inputError('no-attestation', `${account} is not registered in this round: name its --attestation`, { account })
}

async function planGifts(
  network: Network,
  tokens: RoundTokens,
  account: Account,
  { gifts, title, attestation }: { gifts: readonly GiftWish[]; title: string; attestation?: string | undefined },
): Promise<RecordPlan> {
  const { address, terms } = tokens
  const uid = await attestationFor(network, tokens, account.address, attestation)
  const parties = { contributor: account.address, payer: account.address }
  const changes = changesOf(await giftsBefore(network, address, account.address, gifts), parties)
  const { permits, approvals } = await payment(network, tokens, account, { changes, deadline: terms.contributeUntil })
  const words = gifts.map(giftWord)
  const giving =
    permits.length > 0
      ? onRound(address, 'contributeWithPermit', [uid, words, permits])
      : onRound(address, 'contribute', [uid, words])
  return {
    title,
    calls: [...approvals, giving],
    effects: { round: address, contributor: account.address, gifts, changes, permits: permits.length },
    rows: [['round', address], ...giftRows(tokens, gifts), ...changeRows(tokens, changes)],
  }
}

/** Says what is given from now on, to several projects in one transaction. */
export async function give(text: string, given: string[], options: GiveOptions): Promise<void> {
  const account = await signerOf(options)
  await act(options, async network => {
    const tokens = await tokensAt(network, text)
    const gifts = parseGifts(tokens, given, options.token)
    return planGifts(network, tokens, account, { gifts, title: 'give', attestation: options.attestation })
  })
}

/** Takes back all that is given to some projects, or to all. */
export async function withdraw(text: string, projects: string[], options: WriteOptions): Promise<void> {
  const account = await signerOf(options)
  const wanted = new Set(projects.map(parseProject))
  await act(options, async network => {
    const tokens = await tokensAt(network, text)
    const { given } = await readRound(roundsOn(network), tokens.address)
    const gifts = given
      .filter(one => one.contributor === account.address && (wanted.size === 0 || wanted.has(one.projectId)))
      .flatMap(({ projectId, byToken }) => [...byToken.keys()].map(token => ({ projectId, token, assets: 0n })))
    if (gifts.length === 0)
      throw inputError('nothing-given', `${account.address} gives nothing there`, { account: account.address })
    return planGifts(network, tokens, account, { gifts, title: 'take back' })
  })
}

interface SignOptions extends NetworkOptions, SignerOptions {
  out: string
  deadline: string
  payer?: string
  attestation?: string
  nonce?: string
  token?: string
  json?: true
}

/**
 * Signs gifts for somebody else to carry, or to pay. With a chain it asks for the nonce and takes amounts with their unit; without one
 * nothing is asked: amounts are base units, tokens numbers.
 */
export async function sign(text: string, given: string[], options: SignOptions): Promise<void> {
  await requireAbsent(options.out)
  const account = await signerOf(options)
  const signed = options.rpc
    ? await signWithChain(text, given, account, options)
    : await signOffline(text, given, account, options)
  await writeJson(options.out, ballotDocument(signed))
  const { ballot, gifts, permits } = signed
  emit(options.json === true, { ...ballotDocument(signed), file: options.out }, () =>
    rows(`signed: ${options.out}`, [
      ['contributor', ballot.contributor],
      ['payer', ballot.payer],
      ['nonce', `${ballot.nonce}`],
      ['until', formatUtcSeconds(ballot.deadline)],
      ...gifts.map(({ projectId, assets, token }): Row => [`project ${projectId}`, `${assets} of token ${token}`]),
      ...(permits.length > 0 ? [['permits', `${permits.length}: the money may be taken with it`] as const] : []),
    ]),
  )
}

async function signWithChain(
  text: string,
  given: string[],
  account: Account,
  options: SignOptions,
): Promise<SignedBallot> {
  const network = await openNetwork(options)
  return reading(async () => {
    const tokens = await tokensAt(network, text)
    const { address: round, terms } = tokens
    const gifts = parseGifts(tokens, given, options.token)
    const nonce = await network.client.readContract({
      ...{ address: round, abi: quadraticRoundAbi, functionName: 'nonceOf', args: [account.address] },
    } as const)
    const attestation = await attestationFor(network, tokens, account.address, options.attestation)
    const ballot = ballotOf(account, options, { nonce, attestation })
    const unsigned = { chainId: network.manifest.chainId, round, ballot, gifts }
    const isOwn = ballot.payer === account.address
    const parties = { contributor: account.address, payer: ballot.payer }
    const changes = changesOf(await giftsBefore(network, round, account.address, gifts), parties)
    const { permits } = isOwn
      ? await payment(network, tokens, account, { changes, deadline: terms.contributeUntil })
      : { permits: [] }
    return { ...unsigned, permits, signature: await signBallot(account, unsigned) }
  })
}

async function signOffline(
  text: string,
  given: string[],
  account: Account,
  options: SignOptions,
): Promise<SignedBallot> {
  if (!/^\d{1,18}$/.test(options.nonce ?? ''))
    throw inputError('no-nonce', 'without a chain (--rpc), say the --nonce: `nexus round person` shows it')
  const gifts = given.map(one => {
    const [, projectId, assets] = /^(\d{1,5})=(\d{1,34})$/.exec(one) ?? []
    if (projectId === undefined || assets === undefined)
      throw inputError('bad-gift', `"${one}": without a chain, PROJECT=BASE-UNITS`, { text: one })
    return { projectId: Number(projectId), token: Number(options.token ?? 0), assets: BigInt(assets) }
  })
  const attestation = options.attestation === undefined ? zeroHash : parseHash(options.attestation, '--attestation')
  const ballot = ballotOf(account, options, { nonce: BigInt(options.nonce ?? 0), attestation })
  const unsigned = { chainId: manifestOf(options).chainId, round: parseAddress(text), ballot, gifts }
  return { ...unsigned, permits: [], signature: await signBallot(account, unsigned) }
}

const ballotOf = (
  { address: contributor }: Account,
  { payer, deadline }: SignOptions,
  { nonce, attestation }: { nonce: bigint; attestation: Hex },
): Ballot => ({
  ...{ contributor, nonce, attestation },
  payer: payer === undefined ? contributor : parseAddress(payer),
  deadline: parseUtcSeconds(deadline),
})

/** Carries a ballot; pays for it where it names the sender as payer. */
export async function relay(file: string, options: WriteOptions): Promise<void> {
  const signed = await readBallot(file)
  const account = await signerOf(options)
  await act(options, async network => {
    const { manifest } = network
    if (signed.chainId !== manifest.chainId)
      throw inputError('wrong-chain', `${file} is for chain ${signed.chainId}, not ${manifest.chainId}`, { file })
    const { ballot, gifts, round } = signed
    const tokens = await tokensAt(network, round)
    const changes = changesOf(await giftsBefore(network, round, ballot.contributor, gifts), ballot)
    const pays = ballot.payer !== ballot.contributor
    const { permits, approvals } =
      pays && ballot.payer === account.address
        ? await payment(network, tokens, account, { changes, deadline: tokens.terms.contributeUntil })
        : { permits: signed.permits, approvals: [] }
    return {
      title: pays ? 'pay for gifts that somebody signed' : 'carry gifts that somebody signed',
      calls: [...approvals, onRound(round, 'contributeFor', relayed(signed, permits))],
      effects: { round, ...ballot, gifts, changes },
      rows: [
        ['round', round],
        ['contributor', `${ballot.contributor}: the gifts count as this one's`],
        ['payer', ballot.payer],
        ['until', formatUtcSeconds(ballot.deadline)],
        ...giftRows(tokens, gifts),
        ...changeRows(tokens, changes),
      ],
    }
  })
}
