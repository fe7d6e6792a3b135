import { inputError } from '@nexus/kit/errors'

const NAME = /^[A-Za-z][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/
const MAX_NAME = 200

/**
 * Whether a file of a pack may be called so: relative, `/` between segments, plain ASCII, a letter first, no segment that
 * begins with a dot.
 * Such a name is the same on every file system, never leaves the folder it is unpacked in, and needs no encoding in a zip.
 */
export const isName = (name: string): boolean => name.length <= MAX_NAME && NAME.test(name)

export function checkName(name: string): void {
  if (!isName(name)) throw inputError('bad-name', `"${name}" cannot be the name of a file in a pack`, { name })
}

/**
 * The first name that cannot stand beside the others on every file system: the same but for case, or a file where another
 * name has a folder. Null when there is none.
 */
export function clashOf(names: Iterable<string>): string | null {
  const all = [...names].map(name => name.toLowerCase())
  const files = new Set<string>()
  for (const name of all) {
    if (files.has(name)) return name
    files.add(name)
  }
  for (const name of all)
    for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1))
      if (files.has(name.slice(0, at))) return name
  return null
}
