import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inputError, tryAgainError } from '@nexus/kit/errors'
import { freePorts, isFree } from '@nexus/runtime/ports'
import { accounts } from './accounts.ts'
import type { RunLayout } from './layout.ts'
import { until } from './poll.ts'

/** Where everything of a run listens, for as long as the run is kept: its rail names one on chain, and wallets know another. */
export interface RunPorts {
  chain: number
  relayers: readonly number[]
  observatory: number
  lateObservatory: number
  keeper: number
  /** Documents of rails. */
  rails: number
}

/** What a killed run started stops by itself, and holds its ports until then. */
const GONE_WITHIN_MS = 30_000

/** Free ones for a new run, kept in its folder. */
export async function choosePorts({ ports: file }: Pick<RunLayout, 'ports'>): Promise<RunPorts> {
  const [chain = 0, observatory = 0, lateObservatory = 0, keeper = 0, rails = 0, ...relayers] = await freePorts(
    5 + accounts.operators.length,
  )
  const ports = { chain, relayers, observatory, lateObservatory, keeper, rails }
  writeFileSync(file, `${JSON.stringify(ports, null, 2)}\n`)
  return ports
}

/**
 * Those of an earlier run, once nobody listens on them any more. @throws NexusError `no-run`; `port-in-use` (75) with who would listen there
 */
export async function reclaimPorts(
  { root, ports: file }: Pick<RunLayout, 'root' | 'ports'>,
  withinMs = GONE_WITHIN_MS,
): Promise<RunPorts> {
  if (!existsSync(file))
    throw inputError('no-run', `${root} holds no run to serve again: make one with \`nexus up\``, { folder: root })
  const ports = JSON.parse(readFileSync(file, 'utf8')) as RunPorts // as it was written above
  let taken: [string, number][] = []
  const allFree = async () => {
    const free = await Promise.all(named(ports).map(([, port]) => isFree(port)))
    taken = named(ports).filter((_, index) => !free[index])
    return taken.length === 0 || undefined
  }
  await until(allFree, { what: 'ports', withinMs }).catch(() => {
    const which = taken.map(([name, port]) => `${port} (${name})`).join(', ')
    throw tryAgainError(
      'port-in-use',
      `other processes listen where this run did: ${which}. Stop them and try again, or make a new run with \`nexus up\``,
      { taken: Object.fromEntries(taken) },
    )
  })
  return ports
}

const named = ({ chain, relayers, observatory, keeper, rails }: RunPorts): [string, number][] => [
  ['chain', chain],
  ...relayers.map((port, index): [string, number] => [`operator ${index + 1}`, port]),
  ['observatory', observatory],
  ['keeper', keeper],
  ['rails', rails],
]
