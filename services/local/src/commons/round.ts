import { attestationGateAbi } from '@nexus/chain/abi/AttestationGate'
import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { testAttestationsAbi } from '@nexus/chain/abi/TestAttestations'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { matchRound } from '@nexus/funding/match'
import { noLeaf } from '@nexus/funding/posted/post'
import { roundGatherer } from '@nexus/funding/round'
import { type Abi, encodeAbiParameters, type Hex, keccak256, parseEventLogs, stringToHex, zeroHash } from 'viem'
import { type Account, accounts } from '../accounts.ts'
import { type GovernanceDeps, must } from '../governance/deps.ts'
import { errorNameOf } from '../nvm.ts'
import type { CommonsOutcome } from '../outcome.ts'
import { USD } from '../scenario.ts'
import { CAP_BPS, type RoundTimes, SCHEMA, THRESHOLD } from './decide.ts'

const POOL = 10_000n * USD
const EVERYTHING = 10n ** 30n
/** With what the gate says no with. */
const registering = [...quadraticRoundAbi, ...attestationGateAbi] as const
/** Project by project, what each of the people gives in whole dollars. */
const wishes = [
  { project: 'gauges along the river', gifts: [40n, 40n, 40n, 40n, 40n, 40n] },
  { project: 'seed that stands drought', gifts: [300n, 300n] },
  { project: 'a roof for the mayor', gifts: [0n, 0n, 600n] },
] as const

/**
 * Who wants to gives, and may think better of it; the match is what anyone computes from what was given, to the unit; what is left goes to
 * the commons.
 */
export async function fundProjects(
  { rpc, manifest, clock }: GovernanceDeps,
  { round, terms }: { round: Hex; terms: RoundTimes },
  say: (detail: string) => void,
): Promise<CommonsOutcome['round']> {
  const { client, send } = rpc
  const { funding, commons } = manifest
  const [asset] = Object.values(manifest.assets)
  if (!funding?.attestations || !commons || !asset) throw new Error('the manifest has no funding or commons')
  const { attester, reviewer, sponsor, people, projects, pretenders } = accounts
  const contract = { address: round, abi: quadraticRoundAbi } as const
  const token = { address: asset, abi: testStablecoinAbi } as const
  const act = (who: Account, functionName: string, ...args: readonly unknown[]) =>
    send(who, { address: round, abi: quadraticRoundAbi as Abi, functionName, args })
  const refusal = (who: Account, attestation: Hex) =>
    client
      .simulateContract({
        address: round,
        abi: registering,
        functionName: 'register',
        args: [attestation],
        account: who.address,
      })
      .then(() => 'accepted', errorNameOf)
  const fill = async (who: Account, assets: bigint) => {
    await send(who, { ...token, functionName: 'mint', args: [who.address, assets] })
    await send(who, { ...token, functionName: 'approve', args: [round, EVERYTHING] })
  }
  const attest = async (who: Account, person: string, score = THRESHOLD): Promise<Hex> => {
    const said = encodeAbiParameters(
      [{ type: 'bytes32' }, { type: 'uint256' }],
      [keccak256(stringToHex(person)), score],
    )
    const about = {
      recipient: who.address,
      expirationTime: 0n,
      revocable: true,
      refUID: zeroHash,
      data: said,
      value: 0n,
    }
    const hash = await send(attester, {
      ...{ address: funding.attestations as Hex, abi: testAttestationsAbi as Abi, functionName: 'attest' },
      args: [{ schema: SCHEMA, data: about }],
    })
    const { logs } = await client.getTransactionReceipt({ hash })
    const [attested] = parseEventLogs({ abi: testAttestationsAbi, eventName: 'Attested', logs })
    if (!attested) throw new Error('nothing was attested')
    return attested.args.uid
  }

  for (const [index, { project }] of wishes.entries()) {
    const applicant = projects[index] as Account
    const dossier = keccak256(stringToHex(project))
    await act(applicant, 'applyAsProject', dossier, `data:,${encodeURIComponent(project)}`)
    await act(reviewer, 'review', applicant.address, dossier, true, keccak256(stringToHex('it is what it says')))
  }
  await fill(sponsor, POOL)
  await act(sponsor, 'fundPool', POOL)

  say('people give')
  await clock.moveTo(terms.contributeFrom)
  for (const [index, person] of people.entries()) {
    await fill(person, 1_000n * USD)
    const gifts = wishes.flatMap(({ gifts: each }, projectId) => {
      const assets = (each[index] ?? 0n) * USD
      return assets > 0n ? [giftOf(projectId, assets)] : []
    })
    await act(person, 'contribute', await attest(person, `person ${index}`), gifts)
  }
  const [twice, nobody] = pretenders
  const refused = {
    secondWallet: await refusal(twice, await attest(twice, `person ${people.length - 1}`)),
    belowThreshold: await refusal(nobody, await attest(nobody, 'nobody', THRESHOLD - 1n)),
  }
  must(refused.secondWallet === 'Rounds_IdentityTaken', 'one person could count twice', refused)
  must(refused.belowThreshold === 'Gate_ScoreTooLow', 'who is no person could count', refused)
  // the last of them takes everything back, and gives again: no trace may stay
  const last = people[people.length - 1] as Account
  await act(last, 'contribute', zeroHash, [giftOf(0, 0n)])
  await act(last, 'contribute', zeroHash, [giftOf(0, 40n * USD)])

  say('anyone pushes the matching, in parts')
  await clock.moveTo(terms.reviewUntil)
  for (let done = false; !done; ) {
    const step = { ...contract, functionName: 'tally', args: [2n] } as const
    done = (await client.simulateContract({ ...step, account: sponsor.address })).result
    await send(sponsor, step)
  }
  const derived = matchRound('linear', await givenTo(rpc, round), { budget: POOL, capBps: CAP_BPS })
  const results: CommonsOutcome['round']['projects'] = []
  for (const [projectId, { project }] of wishes.entries()) {
    const matched = await client.readContract({ ...contract, functionName: 'matchedOf', args: [projectId] })
    const expected = derived.projects.find(one => one.project === `${projectId}`)
    must(matched === expected?.matched, 'a match is not what its contributions give', {
      ...{ project, matched, expected: expected?.matched },
    })
    const recipient = projects[projectId] as Account
    await act(sponsor, 'collectContributed', projectId, 0, recipient.address)
    if (matched > 0n) await act(sponsor, 'collectMatch', projectId, recipient.address, noLeaf, [])
    const received = await client.readContract({ ...token, functionName: 'balanceOf', args: [recipient.address] })
    must(received === matched + expected.contributed, 'a project did not receive what it was given and matched', {
      ...{ project, received },
    })
    const { contributed, sqrtSum } = expected
    results.push({ project, contributed: `${contributed}`, sqrtSum: `${sqrtSum}`, matched: `${matched}` })
  }
  await act(sponsor, 'sendLeftover')
  const { held } = await client.readContract({
    ...{ address: commons, abi: commonsFundAbi, functionName: 'bookOf', args: [asset] },
  } as const)
  must(held === derived.leftover, 'what was left over did not reach the commons', { held, leftover: derived.leftover })
  say(
    `${results.map(({ matched }) => `${BigInt(matched) / USD}`).join(' + ')} matched, as computed again from the gifts; ${derived.leftover / USD} left to the commons`,
  )
  return {
    ...{ round, variant: 'linear', budget: `${POOL}`, capBps: CAP_BPS, projects: results },
    ...{ leftover: `${derived.leftover}`, refused },
  }
}

/** In the round's own asset, as the contract packs it: project at bit 224, token at 112, assets at 0. */
const giftOf = (projectId: number, assets: bigint): bigint => (BigInt(projectId) << 224n) | assets

/** What was given in the end, from the round's events alone. */
async function givenTo({ client }: GovernanceDeps['rpc'], round: Hex) {
  const events = await client.getContractEvents({
    ...{ address: round, abi: quadraticRoundAbi, eventName: 'Contributed', fromBlock: 0n, strict: true },
  })
  const latest = new Map<string, { project: string; contributor: Hex; assets: bigint }>()
  for (const { args } of events)
    for (const word of args.gifts) {
      const [project, token, assets] = [word >> 224n, (word >> 112n) & 0xffn, word & ((1n << 112n) - 1n)]
      const gift = { project: `${project}`, contributor: args.contributor, assets }
      latest.set(`${project} ${token} ${args.contributor}`, gift)
    }
  const gathered = roundGatherer()
  for (const { project, contributor, assets } of latest.values()) gathered.add(project, contributor, assets)
  return gathered.round()
}
