import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type { Counter, Gauge, Histogram } from 'prom-client'

/** Metrics of one service. Names carry their unit: `_seconds`, `_bytes`, `_total`. */
export interface Metrics {
  counter<L extends string>(name: string, help: string, labels?: readonly L[]): Counter<L>
  gauge<L extends string>(name: string, help: string, labels?: readonly L[]): Gauge<L>
  histogram<L extends string>(name: string, help: string, buckets: number[], labels?: readonly L[]): Histogram<L>
  /** Prometheus text. */
  text(): Promise<string>
}

export function createMetrics(prefix: string): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    counter: (name, help, labels = []) =>
      new Counter({ name: `${prefix}_${name}`, help, labelNames: labels, registers }),
    gauge: (name, help, labels = []) => new Gauge({ name: `${prefix}_${name}`, help, labelNames: labels, registers }),
    histogram: (name, help, buckets, labels = []) =>
      new Histogram({ name: `${prefix}_${name}`, help, buckets, labelNames: labels, registers }),
    text: () => registry.metrics(),
  }
}
