import type { Hex } from '@nexus/kit/canonical'
import { unscaleDecimal } from '@nexus/kit/decimal'
import { verificationError } from '@nexus/kit/errors'
import { rankOf } from '@nexus/relayer/committee'
import { type Account, accounts } from './accounts.ts'
import type { ChainClock } from './clock.ts'
import { CHALLENGE_SECONDS } from './deployment.ts'
import type { Anchored, ChainEvents } from './events.ts'
import { getJson } from './http.ts'
import type { Fault } from './outcome.ts'
import { until } from './poll.ts'
import type { Progress } from './progress.ts'
import { type Cover, DAY, type Reading, type Scenario, seconds } from './scenario.ts'
import type { Stack } from './stack.ts'
import type { Suite } from './suite.ts'

/** Long, for a machine that is busy and processes that are killed. */
const ANCHORED_WITHIN_MS = 180_000
const PRESSED_WITHIN_MS = 15_000
const PAID_WITHIN_MS = 180_000

export interface StoryDeps {
  stack: Stack
  suite: Suite
  clock: ChainClock
  events: ChainEvents
  progress: Progress
  scenario: Scenario
  /** Called between steps; tests kill processes here. */
  onStep?: ((step: string) => Promise<void>) | undefined
}

export interface BoundCover {
  cover: Cover
  holder: Account
  policyId: bigint
}

export interface Told {
  bound: BoundCover[]
  faults: Fault[]
  timings: { readingToAnchoredMs: number; readingToPaidMs: number; challengeSecondsSkipped: number }
}

interface Refusal {
  feedId: Hex
  aepId: Hex
  value: string
  differences: { mine?: unknown; theirs?: unknown }[]
}

/** The main job, told in order: from readings to money, with what goes wrong on the way. */
export async function tell(deps: StoryDeps): Promise<Told> {
  const { stack, suite, clock, events, progress, scenario } = deps
  const { dry, wet, hualien, tokyo } = scenario.covers
  const { relayers, relayerUrls, observatory, sandbox } = stack
  const bound: BoundCover[] = []
  const faults: Fault[] = []
  const timings = { readingToAnchoredMs: 0, readingToPaidMs: 0, challengeSecondsSkipped: 0 }
  const last = relayers.length - 1
  const operator = (index: number) => accounts.operators[index]?.address as Hex // an operator for each relayer
  const step = async <T>(title: string, work: (say: (detail: string) => void) => Promise<T>): Promise<T> => {
    const result = await progress.step(title, work)
    await deps.onStep?.(title)
    return result
  }

  const bind = (cover: Cover, holder: Account) =>
    step(`${cover.boundAt}: bind ${cover.name}`, async say => {
      await clock.moveTo(seconds(cover.boundAt))
      const policyId = await suite.bind(cover, holder)
      bound.push({ cover, holder, policyId })
      say(`window ${cover.from} to ${cover.to}, ${cover.trigger}`)
    })

  /** Refusals of a feed that each of the given relayers has on record. */
  const refusalsOf = (feedId: Hex, indexes: readonly number[], what: string, withinMs = ANCHORED_WITHIN_MS) =>
    Promise.all(
      indexes.map(index =>
        until(
          async () => {
            const list = await getJson<{ refusals: Refusal[] }>(`${relayerUrls[index]}/refusals`)
            return list?.refusals.find(refusal => refusal.feedId === feedId)
          },
          { what: `${what}, operator ${index + 1}`, withinMs },
        ),
      ),
    )
  const indexOf = ({ value }: Pick<Anchored, 'value'>, { feed }: Reading) => unscaleDecimal(value, feed.decimals)
  const anchorOf = async (reading: Reading, began: number) => {
    const anchor = await events.anchorOf(reading.feedId, ANCHORED_WITHIN_MS)
    timings.readingToAnchoredMs = Math.max(timings.readingToAnchoredMs, performance.now() - began)
    return anchor
  }
  const passChallenge = async (anchors: readonly Anchored[]) => {
    await clock.moveTo(Math.max(...anchors.map(({ finalAt }) => finalAt)))
    timings.challengeSecondsSkipped += CHALLENGE_SECONDS
  }
  /** Moves past the challenge window and waits until the keeper has settled and closed the covers. */
  const settle = (covers: readonly Cover[], anchors: readonly Anchored[], began: number) =>
    step('the challenge window passes; the keeper settles', async say => {
      await passChallenge(anchors)
      const closings = await Promise.all(
        bound
          .filter(({ cover }) => covers.includes(cover))
          .map(({ policyId }) => events.closingOf(policyId, PAID_WITHIN_MS)),
      )
      timings.readingToPaidMs = Math.max(timings.readingToPaidMs, performance.now() - began)
      say(`${closings.length} closed`)
    })

  progress.chapter('Seattle 2012: the driest 90 days, and an operator that forges')
  const [dryHolder, wetHolder, hualienHolder, tokyoHolder] = accounts.holders
  await bind(dry, dryHolder)
  await step(`operator ${last + 1} runs a relayer that signs what it likes`, async () => {
    await relayers[last]?.stop()
    await sandbox.relayer.start()
  })
  let began = performance.now()
  const dryAnchor = await step('2013-01-02: the window is over; a pack, seven relayers, one anchor', async say => {
    await clock.moveTo(seconds(dry.to) + DAY)
    began = performance.now()
    const anchor = await anchorOf(dry, began)
    say(`${indexOf(anchor, dry)} mm by a quorum of ${signersOf(anchor).length}`)
    return anchor
  })
  await step(`the six others refuse what operator ${last + 1} forged`, async say => {
    const honest = relayers.map((_, index) => index).filter(index => index !== last)
    const [refusal] = await refusalsOf(dry.feedId, honest, 'six refusals of the forged value')
    const detail = `${honest.length} refused ${unscaleDecimal(BigInt(refusal?.value ?? 0), dry.feed.decimals)} mm: their own source gives ${indexOf(dryAnchor, dry)} mm`
    faults.push({ operator: operator(last), kind: 'forged-value', outcome: 'refused', detail })
    say(detail)
  })
  await settle([dry], [dryAnchor], began)
  await step(`operator ${last + 1} repairs its relayer`, async () => {
    await sandbox.relayer.stop()
    await relayers[last]?.start()
  })

  progress.chapter('Seattle 2015: the wettest day, and a leader that dies')
  await bind(wet, wetHolder)
  const leader = accounts.operators.findIndex(
    ({ address }) =>
      rankOf({ operators: accounts.operators.map(each => lower(each.address)) }, lower(address), wet.feedId, 1) === 0,
  )
  await step(`kill -9 operator ${leader + 1}, whose turn it will be`, async () => {
    await relayers[leader]?.kill9({ stayDown: true })
  })
  const [wetAnchor, spiAnchor] = await step('2016-01-02: the others take over', async say => {
    await clock.moveTo(seconds(wet.to) + DAY)
    began = performance.now()
    const anchors = await Promise.all([anchorOf(wet, began), anchorOf(scenario.spi, began)])
    say(
      `${indexOf(anchors[0], wet)} mm; SPI-3 ${indexOf(anchors[1], scenario.spi)} at EQL${anchors[1].eql}, which no cover accepts`,
    )
    return anchors
  })
  await step(`operator ${leader + 1} comes back and has what it missed`, async say => {
    await relayers[leader]?.start()
    await hasPack(relayerUrls[leader] ?? '', wetAnchor.aepId)
    const detail = 'killed before its turn; another operator anchored, and it fetched the pack when it came back'
    faults.push({ operator: operator(leader), kind: 'killed', outcome: 'taken-over', detail })
    say('its pack store is complete')
  })
  await settle([wet], [wetAnchor, spiAnchor], began)

  progress.chapter('Hualien and Tokyo 2018: a forged source, and three operators down')
  await bind(hualien, hualienHolder)
  await bind(tokyo, tokyoHolder)
  await step('the observatory is taken over: it makes 6.4 of the quake 6.9', async say => {
    await observatory.stop()
    await clock.moveTo(seconds(hualien.to) + DAY)
    const everyone = relayers.map((_, index) => index)
    const pressed = async () => {
      await sandbox.forge(hualien) // it offers its pack once: whoever is down just then has not seen it
      return refusalsOf(hualien.feedId, everyone, 'seven refusals of the forged source', PRESSED_WITHIN_MS)
    }
    const refusals = await until(pressed, { what: 'the forged source to reach everyone', withinMs: ANCHORED_WITHIN_MS })
    const forged = unscaleDecimal(BigInt(refusals[0]?.value ?? 0), hualien.feed.decimals)
    const detail = `all ${refusals.length} refused M ${forged}: their own copies of the source disagree`
    faults.push({ operator: 'observatory', kind: 'forged-source', outcome: 'refused', detail })
    say(detail)
  })
  const down = [0, 1, 2]
  await step('kill -9 three of the seven operators', async () => {
    await Promise.all(down.map(index => relayers[index]?.kill9({ stayDown: true })))
  })
  began = performance.now()
  await step('an honest observatory delivers; four sign, and nothing anchors', async say => {
    await observatory.start()
    const alive = relayers.map((_, index) => index).filter(index => !down.includes(index))
    await Promise.all(alive.map(index => hasSigned(relayerUrls[index] ?? '', [hualien.feedId, tokyo.feedId])))
    const early = (await events.anchors()).filter(({ feedId }) => feedId === hualien.feedId || feedId === tokyo.feedId)
    if (early.length > 0)
      throw verificationError('anchored-without-quorum', 'four of seven anchored a report', { early })
    say('5 are needed')
  })
  const quakeAnchors = await step('one comes back', async say => {
    await relayers[down[0] ?? 0]?.start()
    const anchors = await Promise.all([anchorOf(hualien, began), anchorOf(tokyo, began)])
    say(`Hualien M ${indexOf(anchors[0], hualien)}, Tokyo ${indexOf(anchors[1], tokyo)} (nothing there)`)
    return anchors
  })
  for (const index of down)
    faults.push({
      operator: operator(index),
      kind: 'killed',
      outcome: 'waited',
      detail: index === down[0] ? 'with it back the quorum was complete' : 'nothing anchored while three were down',
    })
  await step('the other two come back', async () => {
    await Promise.all(down.slice(1).map(index => relayers[index]?.start()))
  })
  await settle([hualien, tokyo], quakeAnchors, began)

  return { bound, faults, timings }
}

export const signersOf = ({ signers }: Pick<Anchored, 'signers'>): Hex[] =>
  accounts.operators.filter((_, index) => (signers & (1 << index)) !== 0).map(({ address }) => address)

const lower = (address: Hex) => address.toLowerCase() as Hex // lower-casing keeps it hex

async function hasPack(relayerUrl: string, aepId: Hex): Promise<void> {
  await until(async () => (await fetch(`${relayerUrl}/packs/${aepId}.zip`, { method: 'HEAD' })).ok || undefined, {
    what: `pack ${aepId} at ${relayerUrl}`,
    withinMs: ANCHORED_WITHIN_MS,
  })
}

/** Waits until a relayer serves a pack of each feed: it has checked and signed them. */
async function hasSigned(relayerUrl: string, feedIds: readonly Hex[]): Promise<void> {
  await until(
    async () => {
      const list = await getJson<{ packs: { feedId: Hex }[] }>(`${relayerUrl}/packs`)
      return feedIds.every(feedId => list?.packs.some(pack => pack.feedId === feedId)) || undefined
    },
    { what: `both packs at ${relayerUrl}`, withinMs: ANCHORED_WITHIN_MS },
  )
}
