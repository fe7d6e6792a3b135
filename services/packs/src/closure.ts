import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { canonicalBytes, type Hex, sha256Hex } from '@nexus/kit/canonical'
import { inputError } from '@nexus/kit/errors'

/** A file of a model or a parser; `path` is relative to the `oracles/` folder, and to `code/` in an evidence pack. */
export interface CodeFile {
  path: string
  bytes: Uint8Array
}

/** `import … from '…'`, `export … from '…'` and `import '…'`, at the start of a line as our formatter leaves them. */
const IMPORT = /^(?:import|export)\b(?:[^'";]*?\bfrom)?\s*'([^']+)'/gm

/**
 * An entry file and everything it imports, directly or through others, types included, sorted by path. Only relative imports are
 * allowed: evidence code must run from its pack without any package.
 */
export function codeClosure(codeDir: string, entry: string): readonly CodeFile[] {
  const files = new Map<string, CodeFile>()
  const pending = [entry]
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (files.has(path)) continue
    const bytes = readCode(codeDir, path)
    files.set(path, { path, bytes })
    for (const target of importsOf(new TextDecoder().decode(bytes))) {
      if (!target.startsWith('./') && !target.startsWith('../'))
        throw inputError('foreign-import', `${path} imports "${target}": evidence code imports only its own files`, {
          path,
        })
      const resolved = posix.join(posix.dirname(path), target)
      if (resolved.startsWith('../'))
        throw inputError('foreign-import', `${path} imports "${target}", outside of the code folder`, { path })
      pending.push(resolved)
    }
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

export const importsOf = (source: string): readonly string[] =>
  [...source.matchAll(IMPORT)].map(([, target = '']) => target)

/** SHA-256 over the RFC 8785 text of `[[path, "0x" + SHA-256 of the file], …]`, sorted by path. */
export const codeHashOf = (files: readonly CodeFile[]): Hex =>
  sha256Hex(
    canonicalBytes(
      [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, bytes }) => [path, sha256Hex(bytes)]),
    ),
  )

function readCode(codeDir: string, path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(join(codeDir, path)))
  } catch (cause) {
    throw inputError('code-missing', `${path} is not in ${codeDir}`, { path, codeDir }, cause)
  }
}
