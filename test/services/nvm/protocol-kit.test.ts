import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LocalChain, spawnLocalChain } from '@nexus/localchain/spawn'
import SafeImport from '@safe-global/protocol-kit'
import { expect } from 'chai'
import {
  type Abi,
  type Address,
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  type Hex,
  http,
  parseAbi,
  toHex,
} from 'viem'
import { mnemonicToAccount } from 'viem/accounts'

// CommonJS under `nodenext`: its default export is inside the default import
const Safe = SafeImport as unknown as typeof SafeImport.default
type Kit = Awaited<ReturnType<typeof Safe.init>>

const MNEMONIC = 'test test test test test test test test test test test junk'
const keyOf = (addressIndex: number): Hex => {
  const key = mnemonicToAccount(MNEMONIC, { addressIndex }).getHdKey().privateKey
  if (!key) throw new Error('no key')
  return toHex(key)
}
const owners = Array.from({ length: 6 }, (_, i) => mnemonicToAccount(MNEMONIC, { addressIndex: i + 1 }))
const ownerKeys = owners.map((_, i) => keyOf(i + 1))
const deployer = mnemonicToAccount(MNEMONIC)

interface Artifact {
  abi: Abi
  bytecode: Hex
}
const readArtifact = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Artifact
const ours = (name: string) =>
  readArtifact(fileURLToPath(new URL(`../../../services/chain/artifacts/${name}.json`, import.meta.url)))
const { resolve } = createRequire(import.meta.url)
const theirs = (name: string) =>
  readArtifact(resolve(`@safe-global/safe-smart-account/build/artifacts/contracts/${name}.json`))

const tokenAbi = parseAbi([
  'function mint(address to, uint256 amount)',
  'function balanceOf(address) view returns (uint256)',
])
const tableAbi = parseAbi([
  'function setTarget(address target, uint8 kind)',
  'function setClasses(address target, bytes4[] selectors, uint8 actionClass)',
])
const safeAbi = parseAbi([
  'function enableModule(address)',
  'function setGuard(address)',
  'function setModuleGuard(address)',
])

/** Whoever uses `@safe-global/protocol-kit` on the Safe that the NVM is a module of, and has never heard of it. */
describe('a script that knows nothing but Safe’s own kit', () => {
  let folder: string
  let chain: LocalChain
  let safeAddress: Address
  let token: Address
  let networks: Record<string, Record<string, Address>>
  const clients = () => {
    const transport = http(chain.url)
    return {
      read: createPublicClient({ transport, pollingInterval: 20 }),
      write: createWalletClient({ transport, account: deployer }),
    }
  }

  async function deploy({ abi, bytecode }: Artifact, args: readonly unknown[] = []): Promise<Address> {
    const { read, write } = clients()
    const hash = await write.deployContract({ abi, bytecode, args, chain: null })
    const { contractAddress } = await read.waitForTransactionReceipt({ hash })
    if (!contractAddress) throw new Error('not deployed')
    return contractAddress
  }

  const kitOf = (signer: Hex): Promise<Kit> =>
    Safe.init({ provider: chain.url, signer, safeAddress, contractNetworks: networks })

  /** As Safe's documentation shows it: make a transaction, let each owner sign, execute. */
  async function userScript(signers: readonly Hex[], transactions: { to: Address; value: string; data: Hex }[]) {
    const [first] = signers
    if (!first) throw new Error('nobody signs')
    let kit = await kitOf(first)
    let transaction = await kit.createTransaction({ transactions })
    for (const signer of signers) {
      kit = await kit.connect({ provider: chain.url, signer, safeAddress, contractNetworks: networks })
      transaction = await kit.signTransaction(transaction)
    }
    const { hash } = await kit.executeTransaction(transaction)
    return clients().read.waitForTransactionReceipt({ hash: hash as Hex })
  }

  const mint = (amount: bigint) => ({
    to: token,
    value: '0',
    data: encodeFunctionData({ abi: tokenAbi, functionName: 'mint', args: [safeAddress, amount] }),
  })
  const balance = () =>
    clients().read.readContract({ address: token, abi: tokenAbi, functionName: 'balanceOf', args: [safeAddress] })

  before(async function () {
    this.timeout(120_000)
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-kit-'))
    chain = await spawnLocalChain({ journal: path.join(folder, 'chain.jsonl') })
    const addresses = {
      safeSingletonAddress: await deploy(theirs('SafeL2.sol/SafeL2')),
      safeProxyFactoryAddress: await deploy(theirs('proxies/SafeProxyFactory.sol/SafeProxyFactory')),
      multiSendAddress: await deploy(theirs('libraries/MultiSend.sol/MultiSend')),
      multiSendCallOnlyAddress: await deploy(theirs('libraries/MultiSendCallOnly.sol/MultiSendCallOnly')),
      fallbackHandlerAddress: await deploy(
        theirs('handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler'),
      ),
      signMessageLibAddress: await deploy(theirs('libraries/SignMessageLib.sol/SignMessageLib')),
      createCallAddress: await deploy(theirs('libraries/CreateCall.sol/CreateCall')),
      simulateTxAccessorAddress: await deploy(theirs('accessors/SimulateTxAccessor.sol/SimulateTxAccessor')),
    }
    const fallbackHandler = await deploy(theirs('handler/TokenCallbackHandler.sol/TokenCallbackHandler'))
    const { read, write } = clients()
    networks = { [String(await read.getChainId())]: addresses }
    const predictedSafe = {
      // the handler that signs nothing, so that three owners cannot sign for the Safe
      safeAccountConfig: { owners: owners.map(o => o.address), threshold: 3, fallbackHandler },
      safeDeploymentConfig: { safeVersion: '1.5.0' as const },
    }
    const undeployed = await Safe.init({
      provider: chain.url,
      signer: keyOf(0),
      predictedSafe,
      contractNetworks: networks,
    })
    const { to, data } = await undeployed.createSafeDeploymentTransaction()
    safeAddress = (await undeployed.getAddress()) as Address
    const hash = await write.sendTransaction({ to: to as Address, data: data as Hex, chain: null })
    await read.waitForTransactionReceipt({ hash })

    token = await deploy(ours('TestStablecoin'), ['Test Dollar', 'TUSD', 6])
    const classes = await deploy(ours('ActionClasses'), [safeAddress])
    const constitution = await deploy(ours('Constitution'), [safeAddress])
    const termEndsAt = Number((await read.getBlock()).timestamp) + 2 * 365 * 86_400
    const seats = owners.map(({ address }) => ({ signer: address, owner: address, termEndsAt }))
    const module = await deploy(ours('NexusValidationModule'), [safeAddress, classes, constitution, seats])
    const guard = await deploy(ours('NexusGuard'), [module])
    const call = (to: Address, data: Hex) => ({ to, value: '0', data })
    const target = (of: Address, kind: number) =>
      call(classes, encodeFunctionData({ abi: tableAbi, functionName: 'setTarget', args: [of, kind] }))
    const own = (functionName: 'enableModule' | 'setGuard' | 'setModuleGuard', of: Address) =>
      call(safeAddress, encodeFunctionData({ abi: safeAbi, functionName, args: [of] }))
    const mintSelector = mint(0n).data.slice(0, 10) as Hex
    await userScript(ownerKeys.slice(0, 3), [
      target(module, 4),
      target(guard, 4),
      target(constitution, 4),
      target(addresses.multiSendAddress, 1),
      target(addresses.multiSendCallOnlyAddress, 1),
      call(
        classes,
        encodeFunctionData({ abi: tableAbi, functionName: 'setClasses', args: [token, [mintSelector], 2] }),
      ),
      own('enableModule', module),
      own('setModuleGuard', guard),
      own('setGuard', guard),
    ])
  })
  after(async () => {
    await chain.stop()
    rmSync(folder, { recursive: true })
  })

  it('finds a Safe 1.5.0 of six owners and threshold three, with a module and a guard', async () => {
    const kit = await kitOf(keyOf(1))
    expect(kit.getContractVersion()).to.equal('1.5.0')
    expect(await kit.getThreshold()).to.equal(3)
    expect(await kit.getOwners()).to.have.members(owners.map(o => o.address))
    expect(await kit.getModules()).to.have.length(1)
    expect(await kit.getGuard()).to.match(/^0x[0-9a-fA-F]{40}$/)
  })

  it('works with five signatures, for one call and for a batch', async () => {
    const before = await balance()
    expect((await userScript(ownerKeys.slice(0, 5), [mint(5n)])).status).to.equal('success')
    expect((await userScript(ownerKeys.slice(1, 6), [mint(7n), mint(11n)])).status).to.equal('success')
    expect(await balance()).to.equal(before + 23n)
  })

  it('is refused with three, and with four', async () => {
    const before = await balance()
    for (const n of [3, 4]) {
      const outcome = await userScript(ownerKeys.slice(0, n), [mint(1n)]).then(
        ({ status }) => status,
        (error: Error) => error.message,
      )
      expect(outcome, `${n} signatures`).to.match(/GS020|reverted/)
    }
    expect(await balance()).to.equal(before)
  })

  it('is refused with five for what touches the Safe itself and was not announced', async () => {
    const kit = await kitOf(keyOf(1))
    const { data } = await kit.createChangeThresholdTx(4)
    const change = { to: data.to as Address, value: data.value, data: data.data as Hex }
    const outcome = await userScript(ownerKeys.slice(0, 5), [change]).then(
      ({ status }) => status,
      (error: Error) => error.message,
    )
    expect(outcome).to.match(/reverted/)
    expect(await kit.getThreshold()).to.equal(3)
  })
})
