import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { DeploymentParameters } from '@nexus/deploy/deploy'
import { type Account, accounts } from '@nexus/local/accounts'
import { chainClock } from '@nexus/local/clock'
import { deployLocally } from '@nexus/local/deployment'
import { runLayout } from '@nexus/local/layout'
import { localRpc } from '@nexus/local/rpc'
import { spawnLocalChain } from '@nexus/localchain/spawn'
import { expect } from 'chai'
import { type Ran, nexus as runNexus } from '../../support/nexus.ts'

export interface Run extends Ran {
  // what a command prints is looked at field by field in the tests
  // biome-ignore lint/suspicious/noExplicitAny: see above
  json: () => any
  // biome-ignore lint/suspicious/noExplicitAny: see above
  error: () => any
}

/** The whole suite on a chain process of its own, every role of it with the governor, and the command beside it. */
export async function startRecords({ start, parameters }: { start?: string; parameters?: DeploymentParameters } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-records-'))
  const chain = await spawnLocalChain({ journal: path.join(folder, 'chain.jsonl'), ...(start ? { start } : {}) })
  const stop = async () => {
    await chain.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const rpc = localRpc(chain.url)
    const layout = runLayout(folder)
    const manifest = await deployLocally(chain.url, rpc, layout, parameters)
    const { governor } = accounts

    /** Runs as `who`, whose key is in the environment; nothing it prints may show it. */
    async function nexus(who: Account, ...args: string[]): Promise<Run> {
      const env = { PATH: process.env['PATH'] ?? '', THE_KEY: who.privateKey }
      const { status, stdout, stderr } = await runNexus(args, { env })
      expect(`${stdout}${stderr}`.toLowerCase()).not.to.include(who.privateKey.slice(2).toLowerCase())
      return { status, stdout, stderr, json: () => JSON.parse(stdout), error: () => JSON.parse(stderr) }
    }
    const on = ['--rpc', chain.url, '--manifest', layout.manifest]
    /** Sends, and expects that it was sent. */
    const act = async (who: Account, ...args: string[]): Promise<Run> => {
      const run = await nexus(who, ...args, ...on, '--key-env', 'THE_KEY', '--yes', '--json')
      expect(run.status, `${args.join(' ')}: ${run.stderr}`).to.equal(0)
      expect(run.json().sent).to.equal(true)
      return run
    }
    /** Tries to send, and expects the contract's refusal. @returns the name of its error */
    const refused = async (who: Account, ...args: string[]): Promise<string> => {
      const run = await nexus(who, ...args, ...on, '--key-env', 'THE_KEY', '--yes', '--json')
      expect([run.status, run.error().code], `${args.join(' ')}: ${run.stdout}${run.stderr}`).to.deep.equal([
        3,
        'refused',
      ])
      return run.error().details.reason
    }
    const look = async (...args: string[]): Promise<Run> => {
      const run = await nexus(governor, ...args, ...on, '--json')
      expect(run.status, `${args.join(' ')}: ${run.stderr}`).to.equal(0)
      return run
    }
    /** What a person reads. */
    const read = async (...args: string[]): Promise<string> => (await nexus(governor, ...args, ...on)).stdout
    const clock = chainClock(rpc.request)
    const file = (name: string) => path.join(folder, name)
    return {
      chain,
      rpc,
      manifest,
      manifestFile: layout.manifest,
      clock,
      file,
      on,
      nexus,
      act,
      refused,
      look,
      read,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
export type RecordsWorld = Awaited<ReturnType<typeof startRecords>>
