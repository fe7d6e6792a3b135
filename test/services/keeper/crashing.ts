/** A keeper that kills itself right after the step named in its environment, as a power cut would; otherwise the real thing. */
import { runKeeper } from '@nexus/keeper/main'

const { CRASH_AFTER: last } = process.env
await runKeeper(process.argv[2] ?? '', keeper => process.stdout.write(`${JSON.stringify(keeper)}\n`), {
  onStep(step) {
    if (step === last) process.kill(process.pid, 'SIGKILL')
  },
})
