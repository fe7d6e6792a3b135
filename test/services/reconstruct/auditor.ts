import { spawn } from 'node:child_process'
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Reconstruction } from '@nexus/reconstruct/reconstruct'

const script = new URL('../../../standards/auditor/reconstruct.mjs', import.meta.url)

export interface Run {
  status: number | null
  stdout: string
  stderr: string
}

async function runNode(args: readonly string[], cwd: string): Promise<Run> {
  // Nothing of this environment but Node itself.
  const child = spawn(process.execPath, args, { cwd, env: {}, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = [child.stdout, child.stderr].map(stream => stream.setEncoding('utf8').toArray())
  const status = await new Promise<number | null>(resolve => child.once('close', resolve))
  const [stdout = '', stderr = ''] = (await Promise.all(output)).map(chunks => chunks.join(''))
  return { status, stdout, stderr }
}

/** Runs the stand-alone script as a stranger would: alone in an empty folder. */
export async function audit(tx: string, rpc: string, store: string, ...more: string[]): Promise<Run> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-stranger-'))
  try {
    await copyFile(script, path.join(folder, 'reconstruct.mjs'))
    const run = await runNode(['reconstruct.mjs', tx, '--rpc', rpc, '--store', store, ...more], folder)
    const left = await readdir(folder)
    if (left.length !== 1) throw new Error(`the script left ${left.join(', ')}`)
    return run
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function auditJson(
  tx: string,
  rpc: string,
  store: string,
): Promise<Reconstruction & { status: number | null }> {
  const { status, stdout, stderr } = await audit(tx, rpc, store, '--json')
  if (stdout === '') throw new Error(`the script printed nothing: ${stderr}`)
  return { ...JSON.parse(stdout), status }
}
