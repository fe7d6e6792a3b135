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
