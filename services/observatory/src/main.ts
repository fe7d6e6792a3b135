import { terminationSignal } from '@nexus/runtime/lifecycle'
import { readObservatoryConfig } from './config.ts'
import { type JobReport, type ObservatoryDeps, observeOnce, startObservatory } from './observatory.ts'

/** Runs an observatory until it is told to stop. `onServing` learns where it listens. */
export async function runObservatory(
  configFile: string,
  onServing: (observatory: { url: string }) => void,
  deps: ObservatoryDeps = {},
): Promise<void> {
  const stopped = terminationSignal()
  const observatory = await startObservatory(readObservatoryConfig(configFile), deps)
  onServing({ url: observatory.url })
  await stopped
  await observatory.stop()
}

export const runObservatoryOnce = (configFile: string): Promise<JobReport[]> =>
  observeOnce(readObservatoryConfig(configFile))
