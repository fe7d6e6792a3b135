/**
 * A relayer that kills itself as a power cut would, right after the step named in its environment has been made for the n-th
 * time: `CRASH_AFTER=transaction-stored CRASH_AT=1 node crashing.ts CONFIG`. Otherwise the real thing.
 */
import { runRelayer } from '@nexus/relayer/main'

const { CRASH_AFTER: step, CRASH_AT: at = '1' } = process.env
let seen = 0
await runRelayer(process.argv[2] ?? '', relayer => process.stdout.write(`${JSON.stringify(relayer)}\n`), {
  onStep(made) {
    if (made === step && ++seen === Number(at)) process.kill(process.pid, 'SIGKILL')
  },
})
