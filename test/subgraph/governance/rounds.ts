import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { roundFactoryAbi } from '@nexus/chain/abi/RoundFactory'
import { testAttestationsAbi } from '@nexus/chain/abi/TestAttestations'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { signBallot } from '@nexus/cli/round/ballot'
import { giftOfWord, giftWord } from '@nexus/funding/chain/gift'
import { noLeaf } from '@nexus/funding/posted/post'
import { ensureDeployed, ensureSingletonFactory, ownArtifact } from '@nexus/governance/create2'
import type { Hex } from '@nexus/kit/canonical'
import { type Account, accounts } from '@nexus/local/accounts'
import { endow } from '@nexus/local/commons/endow'
import {
  type Abi,
  concat,
  encodeAbiParameters,
  keccak256,
  maxUint256,
  parseEventLogs,
  stringToHex,
  zeroAddress,
  zeroHash,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { toFunctionSelector } from 'viem/utils'
import { DAY, NOISE, sendRaw, type World, why } from './world.ts'

const USD = 10n ** 6n
const LINEAR = 0
const PAIRWISE = 4
const SCHEMA = keccak256(stringToHex('bytes32 identity,uint256 score'))
const { deployer, governor, sponsor, reviewer, attester, keeper } = accounts
const [ana, ben, cleo, dora, eli, fay] = accounts.people as [Account, Account, Account, Account, Account, Account]
const stranger = accounts.pretenders[0]

/** In the euro that the round takes besides its asset: 18 decimals, worth 1.1. */
const EURO = { number: 1, unitsWad: (11n * 10n ** 18n) / 10n / 10n ** 12n }
const gift = (projectId: number, assets: bigint, token = 0) => giftWord({ projectId, token, assets })

/** Rounds that are open at the same time, and how their next steps are taken. */
export interface Rounds {
  /** What happens once the indexer follows: payouts, milestones, a forfeiture, leftovers. */
  payOut: () => Promise<void>
  /** Matched by posted results; frozen. */
  posted: Hex
  /** Frozen too, of nobody, and how it is cancelled. */
  doomed: Hex
  cancelDoomed: () => Promise<void>
  asset: Hex
}

/**
 * A round with everything that can happen to projects, gifts and persons; one that is cancelled; and two whose results are to be posted.
 * All are frozen in the end, and the first is matched.
 */
export async function playRounds({ rpc, manifest, clock }: World): Promise<Rounds> {
  const { client, send } = rpc
  const { funding } = manifest
  const [asset] = Object.values(manifest.assets)
  if (!funding?.attestations || !asset) throw new Error('the manifest has no funding')
  const wiring = { client, wallet: rpc.walletOf(deployer) }
  await ensureSingletonFactory(wiring)
  const gate = await ensureDeployed(wiring, 'AttestationGate', ownArtifact('AttestationGate'), [
    ...[funding.attestations, SCHEMA, attester.address, 1n, zeroAddress, zeroHash, 0],
  ])
  const euro = await ensureDeployed(wiring, 'Euro', ownArtifact('TestStablecoin'), ['Euro', 'EUR', 18])
  for (const role of [41n, 42n, 43n])
    await send(deployer, {
      ...{ address: manifest.accessManager, abi: accessManagerAbi, functionName: 'grantRole' },
      args: [role, governor.address, 0],
    })
  const factory = { address: funding.factory, abi: roundFactoryAbi } as const
  const govern = (functionName: string, ...args: unknown[]) => send(governor, { ...factory, functionName, args })

  await endow(rpc, [attester, reviewer, stranger, ...accounts.people, ...accounts.projects])
  const now = await clock.nowSeconds()
  const times = {
    ...{ applyUntil: now + 3 * DAY, contributeFrom: now + 4 * DAY, contributeUntil: now + 10 * DAY },
    ...{ reviewUntil: now + 12 * DAY, payoutUntil: now + 700 * DAY },
  }
  const terms = {
    ...{
      asset,
      variant: LINEAR,
      capBps: 5_000,
      ...times,
      reviewer: reviewer.address,
      gate,
      results: zeroAddress as Hex,
    },
    ...{ postedParameter: 0n, milestoneBps: [5_000, 3_000, 2_000], metadataURI: 'ipfs://round' },
    others: [{ token: euro, unitsWad: EURO.unitsWad }],
  }
  const everyone = [sponsor, ana, ben, cleo, dora, eli, fay, keeper]
  async function open(change: Partial<typeof terms>): Promise<Hex> {
    const hash = await govern('openRound', { ...terms, ...change })
    const { logs } = await client.getTransactionReceipt({ hash })
    const [opened] = parseEventLogs({ abi: roundFactoryAbi, eventName: 'RoundOpened', logs })
    if (!opened) throw new Error('no round was opened')
    for (const token of [asset as Hex, euro])
      for (const who of everyone) {
        const contract = { address: token, abi: testStablecoinAbi } as const
        await send(who, { ...contract, functionName: 'mint', args: [who.address, 10n ** 22n] })
        await send(who, { ...contract, functionName: 'approve', args: [opened.args.round, maxUint256] })
      }
    return opened.args.round
  }
  const actIn =
    (round: Hex) =>
    (who: Account, functionName: string, ...args: readonly unknown[]) =>
      send(who, { address: round, abi: quadraticRoundAbi as Abi, functionName, args })
  const attest = async (who: Account, person: string = who.address): Promise<Hex> => {
    const data = encodeAbiParameters([{ type: 'bytes32' }, { type: 'uint256' }], [why(person), 1n])
    const about = { recipient: who.address, expirationTime: 0n, revocable: true, refUID: zeroHash, data, value: 0n }
    const hash = await send(attester, {
      ...{ address: funding.attestations as Hex, abi: testAttestationsAbi as Abi, functionName: 'attest' },
      args: [{ schema: SCHEMA, data: about }],
    })
    const { logs } = await client.getTransactionReceipt({ hash })
    const [attested] = parseEventLogs({ abi: testAttestationsAbi, eventName: 'Attested', logs })
    if (!attested) throw new Error('nothing was attested')
    return attested.args.uid
  }

  const round = await open({})
  const called = await open({ metadataURI: 'ipfs://cancelled', others: [], milestoneBps: [10_000] })
  // 20 dollars of 10,000: one project is over that
  const matching = { variant: PAIRWISE, postedParameter: 5n * USD, capBps: 20 }
  const pairwise = { ...matching, results: funding.posts, others: [] }
  const doomed = await open({ ...pairwise, metadataURI: 'ipfs://doomed' })
  const posted = await open({ ...pairwise, metadataURI: 'ipfs://posted' })
  const act = actIn(round)

  // —— projects
  const [p0, p1, p2, p3] = [...accounts.projects, stranger] as [Account, Account, Account, Account]
  const apply = async (address: Hex, who: Account, text: string = who.address) => {
    const data = encodeAbiParameters([{ type: 'bytes32' }, { type: 'bytes' }], [why(text), NOISE])
    // what is no text
    await sendRaw(rpc, who, address, concat([toFunctionSelector('applyAsProject(bytes32,string)'), data]))
  }
  const review = (address: Hex, who: Account, accepted: boolean, text: string = who.address) =>
    actIn(address)(reviewer, 'review', who.address, why(text), accepted, why(`${who.address} ${accepted}`))
  for (const address of [round, called, posted])
    for (const project of [p0, p1, p2]) {
      await apply(address, project)
      await review(address, project, true)
    }
  await apply(round, p3, 'at first')
  await review(round, p3, false, 'at first')
  await apply(round, p3, 'once more')
  await review(round, p3, true, 'once more') // number 3
  await apply(round, dora)
  await review(round, dora, false)
  await apply(round, dora, 'better')
  await apply(round, eli) // nobody looks at it

  await act(sponsor, 'fundPool', 6_000n * USD)
  await act(keeper, 'fundPool', 1_000n * USD)
  await act(sponsor, 'fundPool', 3_000n * USD)
  for (const address of [called, posted]) await actIn(address)(sponsor, 'fundPool', 10_000n * USD)

  // —— gifts
  await clock.moveTo(times.contributeFrom)
  await act(ana, 'register', await attest(ana))
  await act(ana, 'register', await attest(ana, 'a second pseudonym of hers'))
  await act(ana, 'contribute', zeroHash, [
    gift(0, 100n * USD),
    gift(1, 50n * USD),
    gift(0, 7n * 10n ** 18n, EURO.number),
  ])
  await act(ben, 'contribute', await attest(ben), [gift(0, 40n * USD), gift(1, 3n * 10n ** 18n, EURO.number)])
  await act(cleo, 'contribute', await attest(cleo), [gift(0, 80n * USD), gift(2, 9n * USD)])
  await act(ana, 'contribute', zeroHash, [gift(0, 60n * USD), gift(1, 0n)]) // less, and none
  await act(ben, 'contribute', zeroHash, [gift(1, 0n, EURO.number), gift(1, 20n * USD), gift(0, 41n * USD)])
  await act(cleo, 'contribute', zeroHash, [gift(2, 10n * USD), gift(1, 30n * USD), gift(2, 11n * USD)]) // twice in one log

  const payFor = async (nonce: bigint, payer: Account, gifts: bigint[], attestation: Hex) => {
    const ballot = {
      ...{ contributor: dora.address, deadline: times.contributeUntil, payer: payer.address },
      ...{ attestation, nonce },
    }
    const signature = await signBallot(privateKeyToAccount(dora.privateKey), {
      ...{ chainId: await client.getChainId(), round, ballot, gifts: gifts.map(giftOfWord) },
    })
    await act(payer, 'contributeFor', ballot, gifts, [], signature)
  }
  await payFor(0n, keeper, [gift(0, 30n * USD), gift(1, 12n * USD)], await attest(dora))
  await act(dora, 'contribute', zeroHash, [gift(0, 10n * USD), gift(1, 0n)]) // 20 and 12 are the payer's again
  await payFor(1n, keeper, [gift(0, 25n * USD)], zeroHash)

  const struck = await attest(eli)
  await act(eli, 'contribute', struck, [gift(0, 500n * USD), gift(3, 5n * USD)])
  const again = await attest(fay)
  await act(fay, 'contribute', again, [gift(3, 6n * USD), gift(0, 10n ** 18n, EURO.number)])
  for (const uid of [struck, again])
    await send(attester, {
      ...{ address: funding.attestations as Hex, abi: testAttestationsAbi as Abi, functionName: 'revoke' },
      args: [{ schema: SCHEMA, data: { uid, value: 0n } }],
    })
  for (const person of [eli, fay]) await act(stranger, 'strike', person.address)
  await act(stranger, 'refund', 0, eli.address, 0)
  await act(fay, 'register', await attest(fay))

  await actIn(called)(ana, 'contribute', await attest(ana), [gift(0, 5n * USD)])
  const inPosted = actIn(posted)
  await inPosted(ana, 'contribute', await attest(ana), [gift(0, 100n * USD), gift(1, 9n * USD)])
  await inPosted(ben, 'contribute', await attest(ben), [gift(0, 64n * USD), gift(2, 4n * USD)])
  await inPosted(cleo, 'contribute', await attest(cleo), [gift(0, 36n * USD), gift(1, 16n * USD)])
  await inPosted(dora, 'contribute', await attest(dora), [gift(1, 25n * USD)])

  // —— what is said of projects and rounds
  await act(reviewer, 'disqualify', 3, why('it is somebody else'))
  await act(stranger, 'refund', 3, fay.address, 0)
  await govern('cancelRound', called, why('the wrong terms'))
  await actIn(called)(stranger, 'refundPool', sponsor.address)
  await actIn(called)(stranger, 'refund', 0, ana.address, 0)
  await govern('holdPayouts', round, 1, now + 100 * DAY, why('somebody asks'))
  await govern('endHold', round, 1, why('it was answered'))
  await govern('holdPayouts', round, 2, now + 100 * DAY, why('nobody answers'))

  await clock.moveTo(times.reviewUntil)
  await act(stranger, 'tally', 2n)
  for (let done = false; !done; ) {
    const step = { address: round, abi: quadraticRoundAbi, functionName: 'tally', args: [2n] } as const
    done = (await client.simulateContract({ ...step, account: stranger.address })).result
    await send(stranger, step)
  }
  await act(stranger, 'collectMatch', 0, p0.address, noLeaf, [])

  return {
    ...{ posted, doomed, asset },
    cancelDoomed: async () => {
      await govern('cancelRound', doomed, why('nobody applied'))
    },
    payOut: async () => {
      await act(reviewer, 'release', 0, why('the first half stands'))
      await act(stranger, 'collectMatch', 0, p0.address, noLeaf, [])
      await act(reviewer, 'release', 0, why('all of it stands'))
      await act(reviewer, 'forfeit', 1, noLeaf, [], why('nothing was begun'))
      await act(p1, 'collectMatch', 1, stranger.address, noLeaf, [])
      for (const token of [0, EURO.number]) await act(stranger, 'collectContributed', 0, token, p0.address)
      await act(stranger, 'collectContributed', 1, 0, p1.address)
      await act(stranger, 'sendLeftover')
      await act(keeper, 'collectOwed', asset, keeper.address, stranger.address)
    },
  }
}
