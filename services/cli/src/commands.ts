import type { Command } from 'commander'

interface Entry {
  summary: string
  load: () => Promise<{ command: () => Command }>
}

/** Every subcommand of `nexus`, in the order of its help. One file each, loaded when it runs. */
export const commands: Record<string, Entry> = {
  up: {
    summary: 'the whole stack on a local chain, and the main job on it',
    load: () => import('./commands/up.ts'),
  },
  aep: {
    summary: 'seal, check, prove one claim of, or read an evidence pack',
    load: () => import('./commands/aep.ts'),
  },
  index: { summary: 'index series from raw data', load: () => import('./commands/index.ts') },
  payout: { summary: 'what payout formulas pay', load: () => import('./commands/payout.ts') },
  round: {
    summary: 'rounds of quadratic funding: open, give, match, pay',
    load: () => import('./commands/round.ts'),
  },
  fund: {
    summary: 'quadratic funding: matching, collusion, and posted results',
    load: () => import('./commands/fund.ts'),
  },
  policy: { summary: 'terms, quotes and policies on chain', load: () => import('./commands/policy.ts') },
  nvm: {
    summary: 'decisions of the six seats: open, answer, carry, execute, look',
    load: () => import('./commands/nvm.ts'),
  },
  nip: {
    summary: 'proposals, and which version of a specification is in force',
    load: () => import('./commands/nip.ts'),
  },
  registry: {
    summary: 'components: propose, certify, answer, suspend, look',
    load: () => import('./commands/registry.ts'),
  },
  charter: {
    summary: 'charters clause by clause, and what enforces each',
    load: () => import('./commands/charter.ts'),
  },
  commons: {
    summary: 'the commons: what comes in, what is awarded, and collecting it',
    load: () => import('./commands/commons.ts'),
  },
  rail: { summary: 'what a rail’s members decide', load: () => import('./commands/rail.ts') },
  grievance: {
    summary: 'cases: open, answer, settle, rule, appeal, look',
    load: () => import('./commands/grievance.ts'),
  },
  reconstruct: {
    summary: 're-derive a payout from the chain and one store of packs',
    load: () => import('./commands/reconstruct.ts'),
  },
  relayer: { summary: "run an operator's relayer", load: () => import('./commands/relayer.ts') },
  keeper: { summary: 'settle what can be settled', load: () => import('./commands/keeper.ts') },
  observatory: { summary: 'seal readings and deliver them', load: () => import('./commands/observatory.ts') },
}
