import { terminationSignal } from '@nexus/runtime/lifecycle'
import { readKeeperConfig } from './config.ts'
import { type KeeperDeps, startKeeper } from './keeper.ts'

/** Runs a keeper until it is told to stop. `onServing` learns where it listens. */
export async function runKeeper(
  configFile: string,
  onServing: (keeper: { url: string; address: string }) => void,
  deps: KeeperDeps = {},
): Promise<void> {
  const stopped = terminationSignal()
  const keeper = await startKeeper(readKeeperConfig(configFile), deps)
  onServing({ url: keeper.url, address: keeper.address })
  await stopped
  await keeper.stop()
}
