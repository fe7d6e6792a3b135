import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import type { Seats } from '../nvm.ts'
import type { GovernanceOutcome } from '../outcome.ts'
import { encoded, type GovernanceDeps, HOUR, must } from './deps.ts'

/** A stop by two seats, that ends by itself and cannot be renewed. */
export async function stopAnchoring(
  { rpc, manifest, clock }: GovernanceDeps,
  nvm: Seats,
  say: (detail: string) => void,
): Promise<GovernanceOutcome['emergency']> {
  const registry = { address: manifest.registry, abi: evidenceRegistryAbi } as const
  const pausedUntil = () => rpc.client.readContract({ ...registry, functionName: 'pausedUntil' })
  const pause = encoded(manifest.registry, { abi: evidenceRegistryAbi, functionName: 'pause', args: [72 * HOUR] })
  const decision = await nvm.open(5, 'a source behaves strangely', [pause])
  await nvm.relay(decision, { 2: ['yes', 'seen here too'], 5: ['yes', 'until it is looked into'] })
  await nvm.execute(decision)
  const [until, now] = [await pausedUntil(), await clock.nowSeconds()]
  must(until - now === 72 * HOUR, 'anchoring was not stopped for 72 hours', { until, now })

  await clock.moveTo(until)
  const again = await nvm.open(5, 'and once more', [pause])
  await nvm.relay(again, { 2: ['yes', 'again'], 5: ['yes', 'again'] })
  const refused = await nvm.executeRefused(again)
  must(refused === 'Nvm_EmergencyTooSoon', 'the same stop could be renewed at once', { refused })
  say('nobody had to lift it, and the two cannot renew it for a week')
  return { id: decision.id, pausedSeconds: until - now, renewal: 'refused' }
}
