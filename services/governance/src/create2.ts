import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { inputError, tryAgainError } from '@nexus/kit/errors'
import {
  type Abi,
  type Account,
  type Address,
  BaseError,
  type Chain,
  concat,
  ExecutionRevertedError,
  encodeDeployData,
  getAddress,
  getContractAddress,
  type Hex,
  type PublicClient,
  type Transport,
  type WalletClient,
  zeroHash,
} from 'viem'

export interface Wiring {
  client: PublicClient
  /** Pays for what is deployed; gets no right by it. */
  wallet: WalletClient<Transport, Chain | undefined, Account>
}

interface Artifact {
  abi: Abi
  bytecode: Hex
}

/** Safe's deployer of everything at the same address on every chain. */
export const SINGLETON_FACTORY: Address = '0x914d7Fec6aaC8cd542e72Bca78B30650d45643d7'

const { resolve } = createRequire(import.meta.url)
const readArtifact = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Artifact

/** The Safe as its authors ship it: nothing of it is compiled here. @param name folder and contract, `SafeL2.sol/SafeL2` */
export const safeArtifact = (name: string): Artifact =>
  readArtifact(resolve(`@safe-global/safe-smart-account/build/artifacts/contracts/${name}.json`))

export const ownArtifact = (name: string): Artifact =>
  readArtifact(
    fileURLToPath(import.meta.resolve(`@nexus/chain/manifest`)).replace('src/manifest.ts', `artifacts/${name}.json`),
  )

/** What would be sent to the factory, and where it would put it. */
export function placed({ abi, bytecode }: Artifact, args: readonly unknown[] = [], salt: Hex = zeroHash) {
  const initCode = encodeDeployData({ abi, bytecode, args })
  const address = getContractAddress({ opcode: 'CREATE2', from: SINGLETON_FACTORY, salt, bytecode: initCode })
  return { address: getAddress(address), data: concat([salt, initCode]) }
}

export const isDeployed = async ({ client }: Wiring, address: Address): Promise<boolean> =>
  (await client.getCode({ address })) !== undefined

/**
 * Sends one transaction and waits until it is mined.
 * @throws NexusError `would-revert` with its reason, before anything is sent; `reverted`; `chain-unavailable`
 */
export async function mined({ client, wallet }: Wiring, what: string, tx: { to: Address; data: Hex; value?: bigint }) {
  const gas = await client.estimateGas({ account: wallet.account, ...tx }).catch((cause: unknown) => {
    const revert = cause instanceof BaseError ? cause.walk(one => one instanceof ExecutionRevertedError) : null
    if (revert instanceof ExecutionRevertedError)
      throw inputError('would-revert', `${what}: ${revert.shortMessage}`, { to: tx.to }, cause)
    throw tryAgainError('chain-unavailable', `${what}: ${(cause as Error).message}`, {}, cause)
  })
  const hash = await wallet.sendTransaction({ chain: wallet.chain ?? null, ...tx, gas })
  const receipt = await client.waitForTransactionReceipt({ hash })
  if (receipt.status !== 'success')
    throw inputError('reverted', `${what}: ${hash} was mined and reverted`, { tx: hash })
  return receipt
}

/** Puts a contract where its code and arguments say, unless it is there. */
export async function ensureDeployed(
  wiring: Wiring,
  what: string,
  artifact: Artifact,
  args: readonly unknown[] = [],
): Promise<Address> {
  const { address, data } = placed(artifact, args)
  if (!(await isDeployed(wiring, address))) await mined(wiring, `deploy ${what}`, { to: SINGLETON_FACTORY, data })
  return address
}

/**
 * On the public chains it is there. On a fresh local one its authors' presigned transaction makes it.
 * @throws NexusError `no-singleton-factory`
 */
export async function ensureSingletonFactory(wiring: Wiring): Promise<void> {
  if (await isDeployed(wiring, SINGLETON_FACTORY)) return
  const { client, wallet } = wiring
  const chainId = await client.getChainId()
  const { getSingletonFactoryInfo } = await import('@safe-global/safe-singleton-factory')
  const info = getSingletonFactoryInfo(chainId)
  if (!info || getAddress(info.address) !== SINGLETON_FACTORY)
    throw inputError('no-singleton-factory', `chain ${chainId} has no Safe Singleton Factory at ${SINGLETON_FACTORY}`, {
      chainId,
      address: SINGLETON_FACTORY,
    })
  const signer = info.signerAddress as Address
  const missing = BigInt(info.gasPrice) * BigInt(info.gasLimit) - (await client.getBalance({ address: signer }))
  if (missing > 0n) {
    const hash = await wallet.sendTransaction({ chain: wallet.chain ?? null, to: signer, value: missing })
    await client.waitForTransactionReceipt({ hash })
  }
  const hash = await client.sendRawTransaction({ serializedTransaction: info.transaction as Hex })
  await client.waitForTransactionReceipt({ hash })
  if (!(await isDeployed(wiring, SINGLETON_FACTORY)))
    throw tryAgainError('no-singleton-factory', `the Safe Singleton Factory did not appear at ${SINGLETON_FACTORY}`)
}
