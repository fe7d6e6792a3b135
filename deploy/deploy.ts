import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { tryAgainError } from '@nexus/kit/errors'
import {
  type ArtifactResolver,
  type DeploymentParameters,
  deploy,
  type IgnitionModule,
} from '@nomicfoundation/ignition-core'

export type { DeploymentParameters }

type Address = `0x${string}`

/** Contracts as committed, so that a deployment compiles nothing. */
const committedArtifacts: ArtifactResolver = {
  loadArtifact: async (name: string) =>
    JSON.parse(
      await readFile(fileURLToPath(new URL(`../services/chain/artifacts/${name}.json`, import.meta.url)), 'utf8'),
    ),
  getBuildInfo: async () => undefined,
}

export interface DeployOptions {
  module: IgnitionModule
  parameters: DeploymentParameters
  rpcUrl: string
  /** Unlocked accounts of the node; the first one sends where a module names none. */
  accounts: readonly Address[]
  /** Ignition's own journal: a deployment that was cut off goes on from there. */
  deploymentDir: string
}

/** Runs an Ignition module against a node and returns the address of each contract by its future id. */
export async function deployModule({ module, parameters, rpcUrl, accounts, deploymentDir }: DeployOptions) {
  const provider = {
    async request({ method, params }: { method: string; params?: unknown[] | object }) {
      const response = await fetch(rpcUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: params ?? [] }),
      })
      const { result, error } = (await response.json()) as {
        result?: unknown
        error?: { message: string; code: number }
      }
      if (error) throw Object.assign(new Error(error.message), { code: error.code })
      return result
    },
  }
  const result = await deploy({
    config: { blockPollingInterval: 25, timeBeforeBumpingFees: 60_000, maxFeeBumps: 2, requiredConfirmations: 1 },
    artifactResolver: committedArtifacts,
    provider,
    deploymentDir,
    ignitionModule: module,
    deploymentParameters: parameters,
    accounts: [...accounts],
  })
  if (result.type !== 'SUCCESSFUL_DEPLOYMENT')
    throw tryAgainError(
      'deployment-incomplete',
      `the deployment in ${deploymentDir} did not complete: ${result.type}`,
      {
        result: JSON.parse(JSON.stringify(result, (_, v) => (typeof v === 'bigint' ? v.toString() : v))),
      },
    )
  return Object.fromEntries(
    Object.values(result.contracts).map(({ id, address }) => [id, address as Address]),
  ) as Record<string, Address>
}
