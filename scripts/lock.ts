/**
 * Brings package-lock.json up to date and makes it hold for every platform: `npm run lock`.
 *
 * npm leaves out of the lock file those optional platform packages (Hardhat's native engine, the linter's binary, …) that
 * the registry in use did not serve, and then `npm ci` stops with "Missing: … from lock file", here or elsewhere. Each such
 * entry is added from what its parent pins and what its name says about system, processor and C library.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

interface LockedPackage {
  version?: string
  optionalDependencies?: Record<string, string>
  optional?: boolean
  dev?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  engines?: Record<string, string>
}

const systems = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix', 'openharmony']
const systemAliases: Record<string, string> = { windows: 'win32', win: 'win32' }
const processors = ['x64', 'arm64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32']
const libcs: Record<string, string> = { musl: 'musl', gnu: 'glibc' }

const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund'], { stdio: ['ignore', 'inherit', 'inherit'] })
if (npm.status !== 0) process.exit(npm.status ?? 1)

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockedPackage> }

/** Where Node would find `name` from the package at `from`: nested folders first, then the top. */
function isLocked(from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))) {
    if (lock.packages[`${folder}/node_modules/${name}`]) return true
    if (!folder.includes('/node_modules/')) return `node_modules/${name}` in lock.packages
  }
}

let added = 0
for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(parent, name)) continue
    const words = name.split(/[/-]/).map(word => systemAliases[word] ?? word)
    const os = systems.filter(system => words.includes(system))
    if (os.length === 0 || !/^\d+\.\d+\.\d+/.test(version)) {
      console.error(
        `lock: ${name}@${version}, wanted by ${parent || 'the project'}, names no platform or no exact version`,
      )
      process.exit(1)
    }
    const cpu = processors.filter(processor => words.includes(processor))
    const libc = Object.keys(libcs).flatMap(word => (words.includes(word) ? (libcs[word] ?? []) : []))
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu.length ? { cpu } : {}),
      ...(entry.dev ? { dev: true } : {}),
      ...(libc.length ? { libc } : {}),
      optional: true,
      os,
    }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.error(`lock: ${added} platform packages added`)
