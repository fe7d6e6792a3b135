import { terminationSignal } from '@nexus/runtime/lifecycle'
import { readWatchConfig } from './config.ts'
import { startWatcher, type WatcherDeps } from './watcher.ts'

/** Runs a watcher until it is told to stop. `onServing` learns where it listens. */
export async function runWatcher(
  configFile: string,
  onServing: (watcher: { url: string; address: string }) => void,
  deps: WatcherDeps = {},
): Promise<void> {
  const stopped = terminationSignal()
  const watcher = await startWatcher(readWatchConfig(configFile), deps)
  onServing({ url: watcher.url, address: watcher.address })
  await stopped
  await watcher.stop()
}
