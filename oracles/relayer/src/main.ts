import { terminationSignal } from '@nexus/runtime/lifecycle'
import { readRelayerConfig } from './config.ts'
import { type RelayerDeps, startRelayer } from './relayer.ts'

/** Runs a relayer until it is told to stop. `onServing` learns where it listens. */
export async function runRelayer(
  configFile: string,
  onServing: (relayer: { url: string; operator: string }) => void,
  deps: RelayerDeps = {},
): Promise<void> {
  const stopped = terminationSignal()
  const relayer = await startRelayer(readRelayerConfig(configFile), deps)
  onServing({ url: relayer.url, operator: relayer.operator })
  await stopped
  await relayer.stop()
}
