import type { Manifest } from '@nexus/chain/manifest'
import { verificationError } from '@nexus/kit/errors'
import { encodeFunctionData, type Hex } from 'viem'
import type { chainClock } from '../clock.ts'
import type { ChainEvents } from '../events.ts'
import type { RunLayout } from '../layout.ts'
import type { NvmCall } from '../nvm.ts'
import type { LocalRpc } from '../rpc.ts'
import type { Scenario } from '../scenario.ts'
import type { Stack } from '../stack.ts'

export const HOUR = 3_600

export interface GovernanceDeps {
  stack: Stack
  /** Where documents of rails are served. */
  railsUrl: string
  rpc: LocalRpc
  manifest: Manifest
  layout: RunLayout
  clock: ReturnType<typeof chainClock>
  events: ChainEvents
  scenario: Scenario
}

/** What must be so for the chapter to go on. */
export function must(holds: boolean, what: string, details: Record<string, unknown> = {}): asserts holds {
  if (!holds) throw verificationError('governance', what, details)
}

/** A call that a decision makes. */
export const encoded = (to: Hex, call: Parameters<typeof encodeFunctionData>[0]): NvmCall => ({
  to,
  value: 0n,
  data: encodeFunctionData(call),
})
