import type { Deployment } from '@nexus/subgraph/addresses'

/** Ports on the loopback interface and, for graph-node's own four, on every other interface too: gnd does not let one choose. */
export interface Ports {
  graphql: number
  index: number
  admin: number
  metrics: number
  postgres: number
}

export interface StartRequest {
  rpcUrl: string
  deployment: Deployment
  dataDir: string
  gnd: string
  ports: Partial<Ports>
}

/** From the parent to the process that keeps graph-node and its database. */
export type ToKeeper = { kind: 'start'; request: StartRequest } | { kind: 'stop' }

export interface Endpoints {
  graphqlUrl: string
  statusUrl: string
}

export type FromKeeper =
  | { kind: 'log'; text: string }
  | { kind: 'started'; endpoints: Endpoints; resumed: boolean; startedMs: number }
  | { kind: 'failed'; code: string; message: string; details: Record<string, unknown> }
