import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { roundFactoryAbi } from '@nexus/chain/abi/RoundFactory'
import { type Difference, type Forecast, forecast, tallyDifferences } from '@nexus/funding/chain/forecast'
import { readRound } from '@nexus/funding/chain/round'
import { isPosted } from '@nexus/funding/chain/terms'
import { verificationError } from '@nexus/kit/errors'
import { formatUtcSeconds } from '@nexus/kit/time'
import { type LookOptions, look } from '../look.ts'
import { emit, rows } from '../output.ts'
import type { Network } from '../policy/network.ts'
import { parseAddress } from '../policy/suite.ts'
import { personAt, type RoundView, roundAt, roundsOn, tokensAt } from './chain.ts'
import { phaseOf, roundText } from './text.ts'

export async function list(options: LookOptions): Promise<void> {
  const found = await look(options, async network => {
    const chain = roundsOn(network)
    const opened = await network.client.getContractEvents({
      ...{ address: chain.factory, abi: roundFactoryAbi, eventName: 'RoundOpened' },
      ...{ fromBlock: chain.fromBlock, strict: true },
    } as const)
    const all = await Promise.all(opened.map(({ args }) => readRound(chain, args.round)))
    return all.map(round => {
      const { phase, until } = phaseOf(round)
      const { address, terms, projects, poolAssets } = round
      return {
        ...{ round: address, variant: terms.variant, phase, until: until === null ? null : formatUtcSeconds(until) },
        ...{
          projects: projects.length,
          poolAssets: `${poolAssets}`,
          asset: terms.asset,
          metadataURI: terms.metadataURI,
        },
      }
    })
  })
  emit(options.json === true, { rounds: found }, () =>
    found.length === 0
      ? 'no rounds'
      : rows(
          'rounds',
          found.map(({ round, variant, phase, until, projects }) => [
            round,
            `${variant}, ${phase}${until ? ` until ${until}` : ''}, ${projects} projects`,
          ]),
        ),
  )
}

/** What the contract says once the result stands, beside what was computed. */
async function matchDifferences({ client }: Network, { round }: RoundView, said: Forecast): Promise<Difference[]> {
  if (round.status !== 'matched') return []
  if (isPosted(round.terms.variant)) return []
  const onChain = await Promise.all(
    round.projects.map(({ projectId }) =>
      client.readContract({
        ...{ address: round.address, abi: quadraticRoundAbi, functionName: 'matchedOf', args: [projectId] },
      } as const),
    ),
  )
  return onChain.flatMap((matched, projectId) => {
    const computed = said.matched[projectId] ?? 0n
    return matched === computed ? [] : [{ projectId, what: 'matched' as const, computed, onChain: matched }]
  })
}

const documentOf = ({ round }: RoundView, said: Forecast, differences: readonly Difference[]) => {
  const { phase, what, until } = phaseOf(round)
  const { terms } = round
  const times = ['applyUntil', 'contributeFrom', 'contributeUntil', 'reviewUntil', 'payoutUntil'] as const
  return {
    round: round.address,
    ...{ phase, what, until: until === null ? null : formatUtcSeconds(until), status: round.status },
    terms: { ...terms, ...Object.fromEntries(times.map(name => [name, formatUtcSeconds(terms[name])])) },
    poolAssets: round.poolAssets,
    leftoverAssets: round.status === 'matched' ? round.leftoverAssets : said.leftoverAssets,
    applications: round.applications,
    projects: round.projects.map(project => ({
      ...project,
      heldUntil: project.heldUntil === 0 ? null : formatUtcSeconds(project.heldUntil),
      matchedAssets: said.matched[project.projectId] ?? 0n,
    })),
    given: round.given.map(({ projectId, contributor, units }) => ({ projectId, contributor, units })),
    differences,
  }
}

/** Computes everything again from the events. @throws NexusError `differs` (exit 3), after what was found was printed */
export async function show(text: string, options: LookOptions): Promise<void> {
  const { view, said, differences } = await look(options, async network => {
    const seen = await roundAt(network, text)
    const computed = forecast(seen.round)
    const wrong = [...tallyDifferences(seen.round), ...(await matchDifferences(network, seen, computed))]
    return { view: seen, said: computed, differences: wrong }
  })
  emit(options.json === true, documentOf(view, said, differences), () => roundText(view, said, differences))
  if (differences.length > 0)
    throw verificationError('differs', 'the contract counts otherwise than its own events say', { differences })
}

export async function person(text: string, account: string, options: LookOptions): Promise<void> {
  const { state, nonce, given, tokens } = await look(options, async network => {
    const known = await tokensAt(network, text)
    const who = parseAddress(account)
    const [state, nonce, { given }] = await Promise.all([
      personAt(network, known, who),
      network.client.readContract({
        ...{ address: known.address, abi: quadraticRoundAbi, functionName: 'nonceOf', args: [who] },
      } as const),
      readRound(roundsOn(network), known.address),
    ])
    return { state, nonce, given: given.filter(({ contributor }) => contributor === who), tokens: known }
  })
  const gifts = given.map(({ projectId, units }) => ({ projectId, units }))
  emit(options.json === true, { ...state, nonce, gifts }, () =>
    rows(state.account, [
      ['registered', state.isRegistered ? `yes, by ${state.attestation}` : 'no'],
      ...(state.isRevoked ? [['revoked', 'the attester took it back: anyone may strike it'] as const] : []),
      ['nonce', `${nonce}: of the next ballot`],
      ...gifts.map(
        ({ projectId, units }) => [`project ${projectId}`, `${units} units of ${tokens.terms.asset}`] as const,
      ),
    ]),
  )
}
