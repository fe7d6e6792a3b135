import { testAttestationsAbi } from '@nexus/chain/abi/TestAttestations'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { type Account, accounts } from '@nexus/local/accounts'
import {
  type Abi,
  encodeAbiParameters,
  erc20Abi,
  type Hex,
  keccak256,
  parseEventLogs,
  stringToHex,
  zeroHash,
} from 'viem'
import { startRecords } from './records.ts'

export const UNIT = 10n ** 6n
export const SCHEMA = keccak256(stringToHex('bytes32 identity,uint256 score'))
const { deployer, governor, attester, reviewer, people, projects, pretenders } = accounts
const ENOUGH_WEI = 10n ** 19n

/** The suite with everybody who has to do with rounds able to pay, and an attester. */
export async function startRounds(start = '2026-03-01T00:00:00Z') {
  const world = await startRecords({ start })
  const { rpc, manifest } = world
  const [asset] = Object.values(manifest.assets)
  const { attestations, posts, factory } = manifest.funding ?? {}
  if (!asset || !attestations || !posts || !factory) throw new Error('nothing was deployed')
  const wallet = rpc.walletOf(deployer)
  const gas = async (one: Account) => {
    const hash = await wallet.sendTransaction({ to: one.address, value: ENOUGH_WEI })
    await rpc.client.waitForTransactionReceipt({ hash })
  }
  const mint = (one: Account, assets: bigint) =>
    rpc.send(deployer, {
      ...{ address: asset, abi: testStablecoinAbi as Abi, functionName: 'mint', args: [one.address, assets] },
    })
  for (const one of [attester, reviewer, ...people, ...projects, ...pretenders]) await gas(one)
  for (const one of [governor, ...people]) await mint(one, 20_000n * UNIT)

  /** Has the attester say that this is a person. @returns the attestation's uid */
  const attest = async (person: Account): Promise<Hex> => {
    const data = encodeAbiParameters(
      [{ type: 'bytes32' }, { type: 'uint256' }],
      [keccak256(stringToHex(person.address)), 20_000n],
    )
    const about = { recipient: person.address, expirationTime: 0n, revocable: true, refUID: zeroHash, data, value: 0n }
    const hash = await rpc.send(attester, {
      ...{ address: attestations, abi: testAttestationsAbi as Abi, functionName: 'attest' },
      args: [{ schema: SCHEMA, data: about }],
    })
    const { logs } = await rpc.client.getTransactionReceipt({ hash })
    const [attested] = parseEventLogs({ abi: testAttestationsAbi, eventName: 'Attested', logs })
    return attested?.args.uid ?? zeroHash
  }
  const revoke = (uid: Hex) =>
    rpc.send(attester, {
      ...{ address: attestations, abi: testAttestationsAbi as Abi, functionName: 'revoke' },
      args: [{ schema: SCHEMA, data: { uid, value: 0n } }],
    })
  const balance = (account: Hex) =>
    rpc.client.readContract({ address: asset, abi: erc20Abi, functionName: 'balanceOf', args: [account] })
  return { ...world, asset, posts, factory, gas, mint, attest, revoke, balance }
}
export type RoundsWorld = Awaited<ReturnType<typeof startRounds>>
