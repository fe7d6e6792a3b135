import { statSync } from 'node:fs'
import { inputError } from '@nexus/kit/errors'

/** @throws NexusError `secret-readable` when others than the owner may read it */
export function requirePrivate(file: string): void {
  const { mode } = statSync(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw inputError('secret-readable', `${file} holds a secret and others may read it: chmod 600 it`, {
      file,
      mode: (mode & 0o777).toString(8),
    })
}
