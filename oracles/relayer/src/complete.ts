import { receiptName, receiptsRoot } from '@nexus/aep/receipt'
import { verifyPack } from '@nexus/aep/verify'
import { unzipPack } from '@nexus/aep/zip'
import type { Hex } from '@nexus/kit/canonical'
import { errorFields, type Log } from '@nexus/runtime/log'
import type { Registry } from '@nexus/runtime/registry'
import { signersOf } from './committee.ts'
import type { Peer } from './peers.ts'
import type { State, StoredReceipt } from './state.ts'
import type { PackStore } from './store.ts'

export interface CompleteDeps {
  log: Log
  state: State
  store: PackStore
  registry: Pick<Registry, 'anchor' | 'configurationOf'>
  peers: ReadonlyMap<Hex, Peer>
}

/**
 * Puts into each anchored pack we serve the receipts that its anchor commits to: ours where we attested, else from peers that have
 * them. The root on chain says which they are, so it does not matter who hands them over.
 * @returns how many packs still lack theirs
 */
export async function completePacks(deps: CompleteDeps): Promise<number> {
  const { state, store, log } = deps
  let lacking = 0
  for (const { aepId, receiptsRoot: root } of state.incomplete()) {
    const receipts =
      state.receiptSet(root) ?? ownReceipts(deps, aepId, root) ?? (await receiptsFromPeers(deps, aepId, root))
    if (receipts) {
      await store.keep(aepId, receipts)
      state.markComplete(aepId, root)
      log.info({ aepId, receipts: receipts.length }, 'pack complete: it carries the receipts of its anchor')
    } else lacking++
  }
  return lacking
}

/** The signers' receipts as we know them, when they are those of the anchor. */
function ownReceipts({ state, registry }: CompleteDeps, aepId: Hex, root: Hex): StoredReceipt[] | undefined {
  const anchor = registry.anchor(aepId)
  const configuration = anchor && registry.configurationOf(anchor.configVersion)
  if (!configuration) return undefined
  const signers = new Set(signersOf(configuration, anchor.signers))
  const receipts = state.receiptsOf(aepId, anchor.configVersion).filter(({ operator }) => signers.has(operator))
  return receipts.length > 0 && receiptsRoot(receipts) === root ? receipts : undefined
}

async function receiptsFromPeers(
  { peers, log }: CompleteDeps,
  aepId: Hex,
  root: Hex,
): Promise<StoredReceipt[] | undefined> {
  for (const peer of peers.values()) {
    try {
      const zip = await peer.pack(aepId)
      if (!zip) continue
      const files = unzipPack(zip)
      const { aepId: theirs, receipts } = verifyPack(files)
      if (theirs !== aepId) continue
      const found = receipts.flatMap(({ operator }) => {
        const bytes = files.get(receiptName(operator))
        return bytes ? [{ operator: operator.toLowerCase() as Hex, bytes }] : []
      })
      if (found.length > 0 && receiptsRoot(found) === root) return found
    } catch (error) {
      log.info({ peer: peer.operator, aepId, ...errorFields(error) }, 'peer did not help')
    }
  }
  return undefined
}
