import { tokensOf } from '@nexus/funding/chain/terms'
import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'
import { type Hex, keccak256, toBytes } from 'viem'
import { readText } from '../files.ts'
import type { Row } from '../output.ts'
import { amountText, assetAt, parseAmount } from '../policy/amounts.ts'
import type { Network } from '../policy/network.ts'
import { parseAddress } from '../policy/suite.ts'
import {
  act,
  type ReasonOptions,
  type RecordCall,
  type RecordPlan,
  reasonHashOf,
  type WriteOptions,
} from '../records/act.ts'
import { parseHash } from '../records/release.ts'
import {
  fundingOf,
  onRound,
  parseProject,
  projectOf,
  type RoundTokens,
  type RoundView,
  roundAt,
  tokenNamed,
  tokenOf,
  tokensAt,
} from './chain.ts'
import { readTermsFile, termsArgument } from './terms-file.ts'
import { phaseOf, termsRows } from './text.ts'

interface Step {
  title: string
  calls: readonly RecordCall[]
  effects: Record<string, unknown>
  rows: readonly Row[]
  /** Only the reviewer may. */
  byReviewer?: true
  result?: NonNullable<RecordPlan['result']>
}

/** One step on a round, with where it stands. */
const onOne = (
  text: string,
  options: WriteOptions,
  step: (view: RoundView, network: Network) => Step | Promise<Step>,
): Promise<void> =>
  act(options, async network => {
    const view = await roundAt(network, text)
    const { byReviewer, effects, rows: own, ...rest } = await step(view, network)
    const { phase, what } = phaseOf(view.round)
    return {
      ...rest,
      effects: { round: view.address, ...effects },
      rows: [['round', view.address], ['phase', `${phase}: ${what}`], ...own],
      ...(byReviewer ? { only: view.terms.reviewer } : {}),
    }
  })

export async function open(file: string, options: WriteOptions): Promise<void> {
  await act(
    options,
    async network => {
      const terms = await readTermsFile(network, file)
      const call: RecordCall = { contract: 'RoundFactory', function: 'openRound', args: [termsArgument(terms)] }
      const tokens = await Promise.all(tokensOf(terms).map(token => assetAt(network, token)))
      return {
        ...{ title: 'open a round', calls: [call], effects: { terms } },
        rows: termsRows({ address: terms.asset, terms, tokens }),
        result: round => ({ effects: { round }, rows: [['round', `${round}`]] }),
      }
    },
    { restricted: true },
  )
}

export interface DossierOptions {
  dossier?: string
  dossierHash?: string
}

async function dossierOf({ dossier, dossierHash }: DossierOptions): Promise<Hex> {
  if ((dossier === undefined) === (dossierHash === undefined))
    throw inputError('usage', 'name the dossier: --dossier FILE or --dossier-hash HASH')
  return dossier === undefined
    ? parseHash(`${dossierHash}`, '--dossier-hash')
    : keccak256(toBytes(await readText(dossier)))
}

export async function apply(text: string, options: WriteOptions & DossierOptions & { uri: string }): Promise<void> {
  const hash = await dossierOf(options)
  await onOne(text, options, ({ address }) => ({
    title: 'apply as a project',
    calls: [onRound(address, 'applyAsProject', [hash, options.uri])],
    effects: { dossierHash: hash, uri: options.uri },
    rows: [
      ['dossier', hash],
      ['at', options.uri],
    ],
  }))
}

export const review =
  (accepted: boolean) =>
  async (text: string, applicant: string, options: WriteOptions & DossierOptions & ReasonOptions): Promise<void> => {
    const [who, hash, reason] = [parseAddress(applicant), await dossierOf(options), await reasonHashOf(options)]
    await onOne(text, options, ({ address }) => ({
      title: accepted ? 'accept a project' : 'reject an application',
      calls: [onRound(address, 'review', [who, hash, accepted, reason])],
      effects: { applicant: who, dossierHash: hash, accepted, reasonHash: reason },
      rows: [
        ['applicant', who],
        ['dossier', hash],
        ['reason', reason],
      ],
      byReviewer: true,
      result: projectId =>
        accepted ? { effects: { projectId }, rows: [['project', `${projectId}`]] } : { effects: {}, rows: [] },
    }))
  }

/** What is decided about one project. */
export const onProject =
  (functionName: 'disqualify' | 'release', title: string) =>
  async (
    text: string,
    project: string,
    options: WriteOptions & ReasonOptions & { evidence?: string },
  ): Promise<void> => {
    const hash =
      options.evidence === undefined ? await reasonHashOf(options) : parseHash(options.evidence, '--evidence')
    await onOne(text, options, view => {
      const { projectId, recipient, contributed } = projectOf(view, project)
      return {
        title,
        calls: [onRound(view.address, functionName, [projectId, hash])],
        effects: { projectId, recipient, hash },
        rows: [
          ['project', `${projectId} ${recipient}`],
          ['given', amountText(contributed, tokenOf(view, 0))],
          [functionName === 'release' ? 'evidence' : 'reason', hash],
        ],
        byReviewer: true,
      }
    })
  }

export async function fund(text: string, amount: string, options: WriteOptions): Promise<void> {
  await onOne(text, options, view => {
    const asset = tokenOf(view, 0)
    const assets = parseAmount(amount, asset)
    return {
      title: 'pay into the pool',
      calls: [
        { contract: 'Asset', address: asset.address, function: 'approve', args: [view.address, assets] },
        onRound(view.address, 'fundPool', [assets]),
      ],
      effects: { assets, poolAssets: view.round.poolAssets + assets },
      rows: [
        ['pays', amountText(assets, asset)],
        ['pool then', amountText(view.round.poolAssets + assets, asset)],
      ],
    }
  })
}

export async function strike(text: string, account: string, options: WriteOptions): Promise<void> {
  const who = parseAddress(account)
  await onOne(text, options, ({ address }) => ({
    title: 'strike whom the attester revoked',
    calls: [onRound(address, 'strike', [who])],
    effects: { account: who },
    rows: [['account', who]],
  }))
}

export async function refund(
  text: string,
  project: string,
  contributor: string,
  options: WriteOptions & { token?: string },
): Promise<void> {
  const who = parseAddress(contributor)
  await onOne(text, options, view => {
    const { projectId } = projectOf(view, project)
    const token = tokenNamed(view, options.token)
    const assets =
      view.round.given.find(one => one.projectId === projectId && one.contributor === who)?.byToken.get(token) ?? 0n
    return {
      title: 'send a gift back to where it came from',
      calls: [onRound(view.address, 'refund', [projectId, who, token])],
      effects: { projectId, contributor: who, token, assets },
      rows: [
        ['project', `${projectId}`],
        ['gave', `${who} gave ${amountText(assets, tokenOf(view, token))}`],
      ],
    }
  })
}

export async function refundPool(text: string, funder: string, options: WriteOptions): Promise<void> {
  const who = parseAddress(funder)
  await onOne(text, options, ({ address }) => ({
    title: "send a funder's part of the pool back",
    calls: [onRound(address, 'refundPool', [who])],
    effects: { funder: who },
    rows: [['funder', who]],
  }))
}

/** What takes nothing but the round. */
export const simply =
  (functionName: 'voidBallots' | 'adoptResult' | 'lapse' | 'sendLeftover', title: string) =>
  (text: string, options: WriteOptions): Promise<void> =>
    onOne(text, options, view => ({
      title,
      calls: [onRound(view.address, functionName)],
      effects: {},
      rows: [],
      result: value =>
        typeof value === 'bigint'
          ? { effects: { assets: value }, rows: [['moves', amountText(value, tokenOf(view, 0))]] }
          : { effects: {}, rows: [] },
    }))

export async function register(text: string, options: WriteOptions & { attestation: string }): Promise<void> {
  const uid = parseHash(options.attestation, '--attestation')
  await onOne(text, options, ({ address }) => ({
    title: 'register as a person',
    calls: [onRound(address, 'register', [uid])],
    effects: { attestation: uid },
    rows: [['attestation', uid]],
  }))
}

export async function collectOwed(
  text: string,
  from: string,
  options: WriteOptions & { token?: string; to?: string },
): Promise<void> {
  const who = parseAddress(from)
  const to = options.to === undefined ? who : parseAddress(options.to)
  await onOne(text, options, view => {
    const token = tokenOf(view, tokenNamed(view, options.token))
    return {
      title: 'send what could not be sent before',
      calls: [onRound(view.address, 'collectOwed', [token.address, who, to])],
      effects: { token: token.address, from: who, to },
      rows: [
        ['owed to', who],
        ['to', to],
      ],
      result: assets => ({ effects: { assets }, rows: [['pays', amountText(assets as bigint, token)]] }), // as it returns
    }
  })
}

/** The powers over a round: through the factory, by a role. */
async function governed(
  text: string,
  options: WriteOptions,
  plan: (
    known: RoundTokens,
    network: Network,
  ) => Omit<Step, 'calls' | 'byReviewer'> & { function: string; args: readonly unknown[] },
): Promise<void> {
  await act(
    options,
    async network => {
      fundingOf(network.manifest)
      const known = await tokensAt(network, text)
      const { function: name, args, effects, ...step } = plan(known, network)
      return {
        ...step,
        calls: [{ contract: 'RoundFactory', function: name, args: [known.address, ...args] }],
        effects: { round: known.address, ...effects },
        rows: [['round', known.address], ...step.rows],
      }
    },
    { restricted: true },
  )
}

export async function cancel(text: string, options: WriteOptions & ReasonOptions): Promise<void> {
  const reason = await reasonHashOf(options)
  await governed(text, options, () => ({
    ...{ title: 'cancel a round: everything goes back', function: 'cancelRound', args: [reason] },
    ...{ effects: { reasonHash: reason }, rows: [['reason', reason]] },
  }))
}

export async function hold(
  text: string,
  project: string,
  options: WriteOptions & ReasonOptions & { until: string },
): Promise<void> {
  const [reason, until] = [await reasonHashOf(options), parseUtcSeconds(options.until)]
  const projectId = parseProject(project)
  await governed(text, options, () => ({
    ...{ title: "hold a project's payouts, once", function: 'holdPayouts', args: [projectId, until, reason] },
    effects: { projectId, until: formatUtcSeconds(until), reasonHash: reason },
    rows: [
      ['project', `${projectId}`],
      ['until', `${formatUtcSeconds(until)}; then to the same recipient`],
      ['reason', reason],
    ],
  }))
}

export async function endHold(text: string, project: string, options: WriteOptions & ReasonOptions): Promise<void> {
  const reason = await reasonHashOf(options)
  const projectId = parseProject(project)
  await governed(text, options, () => ({
    ...{ title: 'end a hold', function: 'endHold', args: [projectId, reason] },
    effects: { projectId, reasonHash: reason },
    rows: [
      ['project', `${projectId}`],
      ['reason', reason],
    ],
  }))
}
