import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { ExitCode, inputError, NexusError, tryAgainError, verificationError } from '@nexus/kit/errors'

const MOST_BYTES = 256 * 2 ** 20

/** Where packs come from: a folder of `<aepId>.zip`, or an operator that serves `/packs/<aepId>.zip`. */
export interface PackSource {
  /** Null when it answers that it has no such pack. */
  zip(aepId: string): Promise<Uint8Array | null>
}

export const packSource = (store: string): PackSource =>
  /^https?:\/\//.test(store) ? operatorStore(store.replace(/\/+$/, '')) : folderStore(store)

const tooLarge = (where: string, bytes: number) =>
  verificationError('pack-too-large', `${where} has ${bytes} bytes, a pack at most ${MOST_BYTES}`, { where, bytes })

function folderStore(folder: string): PackSource {
  const sizeOf = async (file: string) => (await stat(file).catch(() => null))?.size ?? null
  return {
    async zip(aepId) {
      const known = await stat(folder).catch(() => null)
      if (!known?.isDirectory()) throw inputError('no-such-store', `${folder} is no folder of packs`, { store: folder })
      for (const file of [path.join(folder, `${aepId}.zip`), path.join(folder, 'packs', `${aepId}.zip`)]) {
        const size = await sizeOf(file)
        if (size === null) continue
        if (size > MOST_BYTES) throw tooLarge(file, size)
        return readFile(file)
      }
      return null
    },
  }
}

function operatorStore(url: string): PackSource {
  return {
    async zip(aepId) {
      const file = `${url}/packs/${aepId}.zip`
      try {
        const response = await fetch(file, { signal: AbortSignal.timeout(60_000) })
        if (response.status === 404) return null
        if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
        const parts: Uint8Array[] = []
        let length = 0
        for await (const part of response.body) {
          length += part.length
          if (length > MOST_BYTES) throw tooLarge(file, length)
          parts.push(part)
        }
        return new Uint8Array(Buffer.concat(parts))
      } catch (cause) {
        if (cause instanceof Error && cause.name === 'NexusError') throw cause
        throw tryAgainError('store-unreachable', `${file}: ${(cause as Error).message}`, { store: url }, cause)
      }
    },
  }
}

/**
 * Asks one after the other; the first that has a pack gives it. One that cannot be reached is passed over, and told of only when no
 * other has the pack: it might have it.
 */
export const firstOf = (sources: readonly PackSource[]): PackSource => ({
  async zip(aepId) {
    let unreachable: unknown
    for (const source of sources) {
      try {
        const zip = await source.zip(aepId)
        if (zip) return zip
      } catch (error) {
        if (!(error instanceof NexusError) || error.exitCode !== ExitCode.tryAgain) throw error
        unreachable ??= error
      }
    }
    if (unreachable) throw unreachable
    return null
  },
})
