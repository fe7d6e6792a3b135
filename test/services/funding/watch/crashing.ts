/** A watcher that kills itself right after the step and call named in its environment, as a power cut would; otherwise the real thing. */
import { runWatcher } from '@nexus/funding/watch/main'

const [step, call = ''] = (process.env['CRASH_AFTER'] ?? '').split(' ')
await runWatcher(process.argv[2] ?? '', watcher => process.stdout.write(`${JSON.stringify(watcher)}\n`), {
  onStep(done, key) {
    if (done === step && key.startsWith(call)) process.kill(process.pid, 'SIGKILL')
  },
})
