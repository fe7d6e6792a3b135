import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { writeFileDurably } from '@nexus/aep/durable'
import { receiptName } from '@nexus/aep/receipt'
import { unzipPack, zipPack } from '@nexus/aep/zip'
import type { Hex } from '@nexus/kit/canonical'
import type { StoredReceipt } from './state.ts'

/**
 * Packs on disk, one zip each: `<folder>/<aepId>.zip` for those that are kept, `<folder>/incoming/<aepId>.zip` for those not checked
 * yet. Which is which is the database's to say; a file that it does not know is left over from a kill, and harmless.
 */
export interface PackStore {
  /** Whole and on the disk when it returns. Signatures that came with it are left out: ours come from what we verified. */
  receive(aepId: Hex, files: ReadonlyMap<string, Uint8Array>): Promise<void>
  files(aepId: Hex): Map<string, Uint8Array> | undefined
  /** Removes a pack that is not to be served. */
  discard(aepId: Hex): void
  /** Removes what arrived and is not in this list. */
  sweep(awaited: ReadonlySet<Hex>): void
  /** Serves a pack from now on, with these receipts. */
  keep(aepId: Hex, receipts: readonly StoredReceipt[]): Promise<void>
  zip(aepId: Hex): Uint8Array | undefined
}

const isSignature = (name: string) => name.startsWith('signatures/')

export function openPackStore(folder: string): PackStore {
  const waiting = path.join(folder, 'incoming')
  mkdirSync(waiting, { recursive: true })
  for (const directory of [folder, waiting])
    for (const name of readdirSync(directory)) if (name.endsWith('.tmp')) rmSync(path.join(directory, name)) // cut off while written
  const kept = (aepId: Hex) => path.join(folder, `${aepId}.zip`)
  const arrived = (aepId: Hex) => path.join(waiting, `${aepId}.zip`)
  const read = (file: string) => (existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined)
  return {
    async receive(aepId, files) {
      await writeFileDurably(arrived(aepId), zipPack(new Map([...files].filter(([name]) => !isSignature(name)))))
    },
    files(aepId) {
      const bytes = read(arrived(aepId)) ?? read(kept(aepId))
      return bytes && unzipPack(bytes)
    },
    discard(aepId) {
      rmSync(arrived(aepId), { force: true })
      rmSync(kept(aepId), { force: true })
    },
    sweep(awaited) {
      for (const name of readdirSync(waiting))
        if (!awaited.has(name.replace('.zip', '') as Hex)) rmSync(path.join(waiting, name)) // compared, never used as a hash
    },
    async keep(aepId, receipts) {
      const bytes = read(arrived(aepId)) ?? read(kept(aepId))
      if (!bytes) throw new Error(`the bytes of pack ${aepId} are gone`)
      const files = new Map([...unzipPack(bytes)].filter(([name]) => !isSignature(name)))
      for (const receipt of receipts) files.set(receiptName(receipt.operator), receipt.bytes)
      await writeFileDurably(kept(aepId), zipPack(files))
      rmSync(arrived(aepId), { force: true })
    },
    zip: aepId => read(kept(aepId)),
  }
}
