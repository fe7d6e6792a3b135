import { attestationGateAbi } from '@nexus/chain/abi/AttestationGate'
import { ownArtifact } from '@nexus/governance/create2'
import { inputError } from '@nexus/kit/errors'
import { type Address, createWalletClient, http, keccak256, stringToBytes, zeroAddress, zeroHash } from 'viem'
import type { WriteOptions } from '../act.ts'
import { emit, rows } from '../output.ts'
import { openNetwork, reading } from '../policy/network.ts'
import { signerOf } from '../policy/signer.ts'
import { parseAddress } from '../policy/suite.ts'
import { consent } from '../policy/write.ts'
import { parseHash } from '../records/release.ts'
import { fundingOf } from './chain.ts'

interface GateOptions extends WriteOptions {
  attester: string
  threshold: string
  schema?: string
  attestations?: string
}

/** What an attester says of a person. */
const SCHEMA = keccak256(stringToBytes('bytes32 identity,uint256 score'))

/** Deploys who counts as a person: it holds no power, and nothing of it can be changed. */
export async function deployGate(options: GateOptions): Promise<void> {
  const attester = parseAddress(options.attester)
  const schema = options.schema === undefined ? SCHEMA : parseHash(options.schema, '--schema')
  if (!/^\d{1,78}$/.test(options.threshold))
    throw inputError('bad-threshold', `--threshold: "${options.threshold}" is no score`, { text: options.threshold })
  const threshold = BigInt(options.threshold)
  const network = await openNetwork(options)
  const service = options.attestations ?? fundingOf(network.manifest).attestations
  if (service === undefined)
    throw inputError('no-attestations', 'the manifest names no attestation service: say --attestations', {})
  const attestations: Address = parseAddress(service)
  const account = await signerOf(options)
  const effects = { attestations, schema, attester, threshold }
  const go = await consent(
    options,
    rows('deploy a gate', [
      ['attestations', attestations],
      ['schema', schema],
      ['attester', attester],
      ['threshold', `${threshold}`],
    ]),
  )
  const { client } = network
  const gate = await reading(async () => {
    if (!go) return null
    const wallet = createWalletClient({ account, chain: client.chain, transport: http(client.transport.url) })
    const tx = await wallet.deployContract({
      ...{ abi: attestationGateAbi, bytecode: ownArtifact('AttestationGate').bytecode },
      args: [attestations, schema, attester, threshold, zeroAddress, zeroHash, 0],
    })
    return (await client.waitForTransactionReceipt({ hash: tx })).contractAddress ?? null
  })
  emit(options.json === true, { effects, sent: go, gate }, () => (gate ? `gate ${gate}` : 'nothing was sent'))
}
