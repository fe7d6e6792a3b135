import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hex } from '@nexus/kit/canonical'
import { inputError, verificationError } from '@nexus/kit/errors'
import { equalBytes } from './bytes.ts'
import { writeFileDurably } from './durable.ts'
import { type Files, openPack } from './pack.ts'
import { receiptName } from './receipt.ts'
import { verifyPack } from './verify.ts'
import { unzipPack, zipPack } from './zip.ts'

/**
 * Packs by their root: `<folder>/<aepId>.zip`. What is in it was verified when it came and is whole: a file appears by one
 * rename, after its bytes are on the disk. Receipts are not under the root, so they gather: none is ever lost by a later put.
 */
export interface PackStore {
  /**
   * Keeps a zip whose root is its name. Safe to repeat, and to repeat with more receipts.
   * @throws NexusError, exit 3, `pack-refused`, with the checks that failed
   */
  put(aepId: Hex, zip: Uint8Array): Promise<void>
  /** Adds one receipt to a pack that is here. @throws NexusError `unknown-pack`, `pack-refused` */
  addReceipt(aepId: Hex, operator: Hex, receipt: Uint8Array): Promise<void>
  /** Bytes of the zip; null when it is not here. @throws NexusError `pack-refused` when the disk has changed them */
  get(aepId: Hex): Promise<Uint8Array | null>
  has(aepId: Hex): Promise<boolean>
  list(): Promise<Hex[]>
}

const NAME = /^(0x[0-9a-f]{64})\.zip$/

export function openStore(folder: string): PackStore {
  const pathOf = (aepId: Hex) => {
    if (!NAME.test(`${aepId}.zip`)) throw inputError('bad-aep-id', `"${aepId}" is not the id of a pack`, { aepId })
    return join(folder, `${aepId}.zip`)
  }
  const read = async (aepId: Hex): Promise<Uint8Array | null> => {
    try {
      return new Uint8Array(await readFile(pathOf(aepId)))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }
  // Writers of one pack take turns, so that none overwrites the receipts another has just added.
  const turns = new Map<Hex, Promise<unknown>>()
  const inTurn = <T>(aepId: Hex, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(aepId) ?? Promise.resolve()).then(work, work)
    const settled = turn.catch(() => {})
    turns.set(aepId, settled)
    void settled.then(() => turns.get(aepId) === settled && turns.delete(aepId))
    return turn
  }
  const merge = async (aepId: Hex, present: Uint8Array | null, files: Files) => {
    const merged = new Map(files)
    if (present !== null)
      for (const [name, bytes] of unzipPack(present)) if (name.startsWith('signatures/')) merged.set(name, bytes)
    const zip = zipPack(merged)
    refuseUnlessRight(aepId, zip)
    if (present === null || !equalBytes(present, zip)) await writeFileDurably(pathOf(aepId), zip)
  }

  return {
    put: (aepId, zip) =>
      inTurn(aepId, async () => {
        pathOf(aepId) // the name first: a bad one is the caller's mistake, not the pack's
        refuseUnlessRight(aepId, zip)
        await merge(aepId, await read(aepId), unzipPack(zip))
      }),
    addReceipt: (aepId, operator, receipt) =>
      inTurn(aepId, async () => {
        const present = await read(aepId)
        if (present === null) throw inputError('unknown-pack', `pack ${aepId} is not here`, { aepId })
        await merge(aepId, present, new Map([...unzipPack(present), [receiptName(operator), receipt]]))
      }),
    async get(aepId) {
      const zip = await read(aepId)
      if (zip !== null && rootOfZip(zip) !== aepId)
        throw verificationError('pack-refused', `the file of pack ${aepId} has been changed`, { aepId })
      return zip
    },
    has: async aepId => (await read(aepId)) !== null,
    async list() {
      await mkdir(folder, { recursive: true })
      const names = (await readdir(folder)).flatMap(name => NAME.exec(name)?.[1] ?? [])
      return names.sort() as Hex[]
    },
  }
}

const rootOfZip = (zip: Uint8Array): Hex => openPack(unzipPack(zip)).aepId

function refuseUnlessRight(aepId: Hex, zip: Uint8Array): void {
  const { ok, checks } = verifyPack(zip, { aepId })
  if (ok) return
  const failed = checks.filter(check => !check.ok)
  const [first] = failed
  throw verificationError('pack-refused', `pack ${aepId}: ${first?.check}: ${first?.actual}`, { aepId, failed })
}
