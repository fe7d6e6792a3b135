import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { reconstruct } from '@nexus/reconstruct/reconstruct'
import { firstOf, packSource } from '@nexus/reconstruct/store'
import { accounts } from './accounts.ts'
import { readConservation } from './books.ts'
import { chainClock } from './clock.ts'
import { share } from './commons.ts'
import { deployLocally } from './deployment.ts'
import { chainEvents } from './events.ts'
import { surprises } from './expectations.ts'
import { coverRows, gatherAeps, gatherPolicies } from './gather.ts'
import { govern } from './governance.ts'
import { runLayout } from './layout.ts'
import { lockFolder } from './lock.ts'
import type { Outcome } from './outcome.ts'
import { openPacks, writePages } from './pages.ts'
import { choosePorts } from './ports.ts'
import type { Progress } from './progress.ts'
import { localRpc } from './rpc.ts'
import { scenario as makeScenario } from './scenario.ts'
import { chainProcess, clearRun, configureStack, prepareKeys, type Stack } from './stack.ts'
import { type Told, tell } from './story.ts'
import { suite as makeSuite, termsOf } from './suite.ts'
import type { CoverRow } from './summary.ts'

export interface RunOptions {
  /** Folder of the run; what an earlier run left there is replaced. */
  folder: string
  progress: Progress
  /** Between two steps of the story, with everything that runs. */
  onStep?: (step: string, stack: Stack) => Promise<void>
}

export interface Run {
  outcome: Outcome
  rows: CoverRow[]
  pages: string[]
  /** What did not come out as it must; empty when `outcome.ok`. */
  unexpected: string[]
  stack: Stack
  stop(): Promise<void>
}

/** The main job on a fresh local chain. Everything it started keeps running until `stop`. */
export async function runMainJob({ folder, progress, onStep }: RunOptions): Promise<Run> {
  const began = performance.now()
  const unlock = lockFolder(folder)
  const stops: (() => Promise<void> | void)[] = [unlock]
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next()
  }
  try {
    const layout = runLayout(folder)
    clearRun(layout)
    const catalogue = loadCatalogue()
    const scenario = makeScenario(catalogue)
    const covers = Object.values(scenario.covers)
    const readings = [...covers, scenario.spi]

    progress.chapter('A local chain on 2011-12-01, seven operators, a pool')
    const ports = await choosePorts(layout)
    const { rpcUrl, process: chain } = chainProcess(layout, ports.chain)
    stops.push(() => chain.stop())
    await progress.step('start the chain', async say => {
      await chain.start()
      say(rpcUrl)
    })
    const rpc = localRpc(rpcUrl)
    const manifest = await progress.step('deploy the suite', () => deployLocally(rpcUrl, rpc, layout))
    const suite = makeSuite(rpc, manifest)
    const clock = chainClock(rpc.request)
    const events = chainEvents(rpc, manifest)
    const stack = await progress.step('seven operators form the committee: five must agree, two may fail', async () => {
      await suite.announceCommittee(await prepareKeys(layout))
      await clock.moveBy(61)
      return configureStack({ layout, catalogue, readings }, { rpcUrl, chain, manifest, ports })
    })
    stops.push(() => stack.stop())
    await progress.step('two depositors fund the pool; feeds are published', async () => {
      for (const [index, assets] of scenario.deposits.entries())
        await suite.deposit(accounts.depositors[index] ?? accounts.depositors[0], assets)
      for (const reading of readings) await suite.publishFeed(reading)
      for (const cover of covers) writeTerms(layout.terms(cover.name), termsOf(cover, suite.asset))
      const [, second] = accounts.depositors
      await suite.requestRedeem(second, (await suite.sharesOf(second)) / 2n)
    })
    await progress.step('start seven relayers, the observatory and the keeper', async say => {
      const services = [...stack.relayers, stack.observatory, stack.keeper]
      await Promise.all(services.map(service => service.start()))
      say(`${services.length} processes`)
    })

    const told = await tell({
      stack,
      suite,
      clock,
      events,
      progress,
      scenario,
      onStep: onStep && (title => onStep(title, stack)),
    })
    const { results, rows, pages, unexpected } = await conclude(told)
    const deps = { stack, railsUrl: stack.railsUrl, rpc, manifest, layout, clock, events, scenario, progress }
    const governance = await govern(deps)
    const tokyo = results.policies.find(({ status }) => status === 'zero')
    if (!tokyo) throw new Error('no cover paid nothing')
    const commons = await share({ ...deps, nvm: governance.nvm, complaint: tokyo })
    const totalMs = Math.round(performance.now() - began)
    const outcome: Outcome = {
      ok: unexpected.length === 0,
      ...results,
      timings: { ...results.timings, totalMs },
      governance,
      commons,
    }
    writeFileSync(layout.outcome, `${JSON.stringify(outcome, null, 2)}\n`)
    return { outcome, rows, pages, unexpected, stack, stop }

    async function conclude({ bound, faults, timings }: Told) {
      progress.chapter('The books, and every payout once more from scratch')
      await progress.step('the second depositor redeems what it asked back', () =>
        suite.redeemAll(accounts.depositors[1]),
      )
      const aeps = await gatherAeps(rpc, events, readings)
      const policies = await gatherPolicies(events, bound, suite.asset)
      await Promise.all(stack.relayers.map(relayer => relayer.ready()))
      const store = firstOf(stack.relayerUrls.map(packSource))
      const reconstructions = await progress.step(
        `re-derive ${policies.length} settlements from the chain and one operator's packs`,
        async say => {
          const results: Outcome['reconstructions'] = []
          for (const { settleTx, name } of policies) {
            say(name)
            const { payoutTx, ok, steps } = await reconstruct({
              tx: settleTx,
              rpcUrl,
              packs: store,
              book: manifest.policyBook,
              firstBlock: BigInt(manifest.deployedAtBlock),
            })
            results.push({ payoutTx, ok, steps: steps.map(each => ({ step: each.step, ok: each.ok })) })
          }
          say(`${results.filter(({ ok }) => ok).length} of ${results.length} equal to the last unit`)
          return results
        },
      )
      const packs = await openPacks(store, aeps)
      const pages = await progress.step('a page for each evidence pack', say => {
        say(path.relative(process.cwd(), path.dirname(layout.page('x'))))
        return writePages({ fileOf: layout.page, catalogue, packs, aeps, policies, covers })
      })
      const conservation = await readConservation(rpc, suite.pool)
      const results = {
        chainId: manifest.chainId,
        aeps,
        policies,
        reconstructions,
        faults,
        conservation,
        timings: {
          readingToAnchoredMs: Math.round(timings.readingToAnchoredMs),
          readingToPaidMs: Math.round(timings.readingToPaidMs),
          challengeSecondsSkipped: timings.challengeSecondsSkipped,
        },
      }
      const unexpected = surprises(results, scenario)
      const used = (aepId: `0x${string}`) => packs.get(aepId)?.documents['claims.json'].quality.used ?? 0
      const rows = coverRows(aeps, readings, bound, used)
      return { results, rows, pages, unexpected }
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function writeTerms(file: string, terms: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(terms, null, 2)}\n`)
}
