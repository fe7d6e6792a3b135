/**
 * A relayer that kills itself as a power cut would, right after the step named in its environment has been made:
 * `CRASH_AFTER=transaction-stored node crashing.ts CONFIG`. Otherwise the real thing.
 */
import { runRelayer } from '@nexus/relayer/main'

const { CRASH_AFTER: last } = process.env
await runRelayer(process.argv[2] ?? '', relayer => process.stdout.write(`${JSON.stringify(relayer)}\n`), {
  onStep(step) {
    if (step === last) process.kill(process.pid, 'SIGKILL')
  },
})
