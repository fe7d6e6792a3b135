import { writeFile } from 'node:fs/promises'
import { testAttestationsAbi } from '@nexus/chain/abi/TestAttestations'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { type KnownRound, knowRound } from '@nexus/funding/chain/known'
import { formatUtcSeconds } from '@nexus/kit/time'
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
const DAY = 86_400
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

/**
 * A round of three projects whose gifts are fixed and whose result is to be posted.
 * @param terms of the round, beside its times and parties
 * @param beforeItCloses done while gifts can still change
 */
export async function closedPostedRound(
  world: RoundsWorld,
  terms: Record<string, unknown>,
  beforeItCloses: (round: Hex) => Promise<void> = async () => {},
): Promise<{ round: Hex; known: KnownRound }> {
  const { clock, act, file, rpc, factory } = world
  const { gate } = (await act(governor, 'round', 'gate', '--attester', attester.address, '--threshold', '20000')).json()
  const now = await clock.nowSeconds()
  const inDays = (days: number) => formatUtcSeconds(now + days * DAY)
  const whole = {
    ...{ version: 1, asset: 'nxUSD', metadataURI: 'data:,', reviewer: reviewer.address, gate, ...terms },
    ...{ applyUntil: inDays(1), contributeFrom: inDays(2), contributeUntil: inDays(3) },
    ...{ reviewUntil: inDays(4), payoutUntil: inDays(90) },
  }
  await writeFile(file('terms.json'), JSON.stringify(whole))
  const round: Hex = (await act(governor, 'round', 'open', file('terms.json'))).json().effects.round
  await act(governor, 'round', 'fund', round, '1000 nxUSD')
  const dossier = ['--dossier-hash', `0x${'11'.repeat(32)}`]
  for (const project of projects) {
    await act(project, 'round', 'apply', round, ...dossier, '--uri', 'data:,')
    await act(reviewer, 'round', 'accept', round, project.address, ...dossier, '--reason', 'it is what it says')
  }
  await clock.moveTo(now + 2 * DAY)
  for (const [n, person] of people.entries()) {
    const gifts = [`${n % 3}=${40 + n} nxUSD`, `${(n + 1) % 3}=${9 * n + 1} nxUSD`]
    await act(person, 'round', 'give', round, ...gifts, '--attestation', await world.attest(person))
  }
  await beforeItCloses(round)
  await clock.moveTo(now + 4 * DAY)
  const known = await knowRound({ client: rpc.client, factory, fromBlock: 0n }, round)
  if (!known) throw new Error('nothing is to be posted')
  return { round, known }
}
