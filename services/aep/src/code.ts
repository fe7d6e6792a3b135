import { canonicalBytes, type Hex, sha256Hex } from '@nexus/kit/canonical'
import { compareNames } from './bytes.ts'
import type { CodeRecord } from './documents.ts'

/** Source files of a model or an adapter; paths as in `oracles/`, with `/`. */
export interface CodeBundle {
  entry: string
  files: readonly { path: string; bytes: Uint8Array }[]
}

/** SHA-256 of RFC 8785 of `[["path","0x<SHA-256 of the file>"],…]`, sorted by path. */
export const codeHashOf = (files: readonly { path: string; sha256: Hex }[]): Hex =>
  sha256Hex(
    canonicalBytes([...files].sort((a, b) => compareNames(a.path, b.path)).map(({ path, sha256 }) => [path, sha256])),
  )

export function codeRecord(bundle: CodeBundle): CodeRecord {
  const files = bundle.files
    .map(({ path, bytes }) => ({ path, sha256: sha256Hex(bytes) }))
    .sort((a, b) => compareNames(a.path, b.path))
  return { entry: bundle.entry, codeHash: codeHashOf(files), files }
}
