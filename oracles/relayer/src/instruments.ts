import { createMetrics } from '@nexus/runtime/metrics'

/** What a relayer counts. */
export function createInstruments() {
  const metrics = createMetrics('nexus_relayer')
  return {
    metrics,
    steps: metrics.counter('steps_total', 'Durable steps done.', ['step']),
    attestations: metrics.counter('attestations_total', 'Answers to peers that gather a quorum.', ['outcome']),
    failures: metrics.counter('loop_failures_total', 'Passes that failed and were tried again.', ['loop']),
    pending: metrics.gauge('packs_pending', 'Packs received and not judged yet.'),
    headAt: metrics.gauge('chain_head_timestamp_seconds', 'Time of the last block seen.'),
    syncedAt: metrics.gauge('chain_synced_timestamp_seconds', 'When the chain was last read.'),
    deciding: metrics.histogram(
      'decide_duration_seconds',
      'Obtaining the source and judging a pack.',
      [0.05, 0.2, 1, 5, 20, 60],
    ),
  }
}
