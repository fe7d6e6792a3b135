import { arbiterRegisterAbi } from '@nexus/chain/abi/ArbiterRegister'
import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { competenceCredentialsAbi } from '@nexus/chain/abi/CompetenceCredentials'
import { grievanceOrdersAbi } from '@nexus/chain/abi/GrievanceOrders'
import { grievancePanelsAbi } from '@nexus/chain/abi/GrievancePanels'
import { grievanceRailAbi } from '@nexus/chain/abi/GrievanceRail'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { commitmentOf } from '@nexus/governance/grievance/draw'
import { majorityOf, packRuling, rulingText } from '@nexus/governance/grievance/ruling'
import { type Address, getAddress, type Hex, isAddressEqual, keccak256, stringToHex, toHex, zeroHash } from 'viem'
import { type Account, accounts } from '../accounts.ts'
import { type GovernanceDeps, must } from '../governance/deps.ts'
import type { CommonsOutcome } from '../outcome.ts'
import { DAY, USD } from '../scenario.ts'
import { fields } from './decide.ts'

const YEAR = 365 * DAY
const CLAIM = 1_000n * USD
const BOND = 500n * USD
/** As in GrievanceState, Outcome and SubjectKind. */
const [HEARING, CLOSED, UPHELD, POLICY] = [4, 6, 4, 3]
const hashOf = (text: string): Hex => keccak256(stringToHex(text))

/**
 * The household of Tokyo, whose cover paid nothing, complains of the underwriter: the station was too far away. It has no money for a bond,
 * and needs none. The underwriter stays silent; arbiters drawn by a block's hash rule without knowing of each other; the commons pays.
 */
export async function hearCase(
  { rpc, manifest, clock, complaint }: GovernanceDeps & { complaint: { policyId: string } },
  say: (detail: string) => void,
): Promise<CommonsOutcome['grievance']> {
  const { client, send } = rpc
  const { grievance, rails, commons } = manifest
  const [asset] = Object.values(manifest.assets)
  if (!grievance || !rails || !commons || !asset) throw new Error('the manifest has no grievances or no commons')
  const { reviewer, arbiters, sponsor, underwriter, holders } = accounts
  const [, , , household] = holders
  const rail = { address: grievance.rail, abi: grievanceRailAbi } as const
  const panels = { address: grievance.panels, abi: grievancePanelsAbi } as const
  const orders = { address: grievance.orders, abi: grievanceOrdersAbi } as const
  const token = { address: asset, abi: testStablecoinAbi } as const
  const register = { address: grievance.register, abi: arbiterRegisterAbi } as const
  const competence = { address: rails.competence, abi: competenceCredentialsAbi } as const
  const credential = async (who: Account, field: Hex, level: number) => {
    const until = (await clock.nowSeconds()) + 2 * YEAR
    await send(reviewer, { ...competence, functionName: 'issue', args: [who.address, field, level, until, zeroHash] })
  }

  say('five arbiters put up a bond')
  for (const arbiter of arbiters) {
    await credential(arbiter, fields.arbitration, 3)
    await send(arbiter, { ...token, functionName: 'mint', args: [arbiter.address, BOND] })
    await send(arbiter, { ...token, functionName: 'approve', args: [grievance.ledger, BOND] })
    await send(arbiter, { ...register, functionName: 'join', args: [] })
  }
  await credential(household, fields.equity, 1)
  await clock.moveBy(7 * DAY)
  for (const arbiter of arbiters) await send(sponsor, { ...register, functionName: 'list', args: [arbiter.address] })
  await clock.moveBy(DAY)

  say('the household opens a case, without a bond')
  const filing = {
    ...{ complainant: household.address, respondent: underwriter.address, railId: 0n, subjectKind: POLICY },
    subjectId: toHex(BigInt(complaint.policyId), { size: 32 }),
    claimHash: hashOf('salt 4711: the shaking was felt here, the station stands 154 km away'),
    ...{ claimedAssets: CLAIM, remedies: 0 },
  }
  await send(household, { ...rail, functionName: 'open', args: [filing] })
  const caseId = await client.readContract({ ...rail, functionName: 'caseCount' })
  const caseNow = () => client.readContract({ ...rail, functionName: 'grievanceOf', args: [caseId] })
  const advance = () => send(sponsor, { ...rail, functionName: 'advance', args: [caseId] })
  const opened = await caseNow()
  must(opened.waived && opened.bondAssets === 0n, 'a household with an equity credential was asked for a bond')

  say('nobody answers; arbiters are drawn')
  await clock.moveTo(opened.deadline)
  await advance()
  for (let block = await client.getBlockNumber(); block <= opened.drawBlock; block++) await rpc.request('evm_mine')
  await advance()
  must((await caseNow()).state === HEARING, 'no panel was drawn', { case: await caseNow() })
  const seatsOfCase = await client.readContract({ ...panels, functionName: 'seatsOf', args: [caseId, 1] })
  const seated = seatsOfCase.map(({ arbiter }) => accountOf(arbiters, arbiter))

  say('they commit, then reveal')
  const court = { chainId: manifest.chainId, panels: grievance.panels }
  const rulings = seated.map((_, place) =>
    packRuling({ upheld: place < 2, quarters: place < 2 ? 4 - place : 0, remedies: [] }),
  )
  const held = seated.map((arbiter, place) => ({
    arbiter,
    ruling: rulings[place] ?? 0,
    ...{ reasonsHash: hashOf(`reasons of ${arbiter.address}`), salt: hashOf(`salt of ${arbiter.address}`) },
  }))
  for (const { arbiter, ...said } of held) {
    const commitment = commitmentOf(court, { caseId, instance: 1, arbiter: arbiter.address, ...said })
    await send(arbiter, { ...panels, functionName: 'commit', args: [caseId, commitment] })
  }
  for (const { arbiter, ruling, reasonsHash, salt } of held)
    await send(arbiter, { ...panels, functionName: 'reveal', args: [caseId, ruling, reasonsHash, salt] })
  await advance()
  const ruled = await caseNow()
  must(ruled.ruling === majorityOf(rulings), 'a ruling is not what most of the arbiters held', {
    ...{ ruling: ruled.ruling, rulings },
  })

  say('nobody appeals; the commons pays')
  await clock.moveTo(ruled.deadline)
  await advance()
  const closed = await caseNow()
  must(closed.state === CLOSED && closed.outcome === UPHELD, 'the case did not end as it was ruled', { case: closed })
  await send(sponsor, { ...orders, functionName: 'award', args: [caseId] })
  const fund = { address: commons, abi: commonsFundAbi } as const
  const origin = toHex(caseId, { size: 32 })
  const awardId = await client.readContract({
    ...{ ...fund, functionName: 'compensationIdOf', args: [grievance.orders, origin, asset, household.address] },
  } as const)
  const balance = () => client.readContract({ ...token, functionName: 'balanceOf', args: [household.address] })
  const before = await balance()
  await send(sponsor, { ...fund, functionName: 'collect', args: [awardId] })
  const paid = (await balance()) - before
  const due = (CLAIM * BigInt((ruled.ruling >> 1) & 7)) / 4n
  must(paid === due, 'the household was not paid what was ruled', { paid, due })
  const openSeconds = (await clock.nowSeconds()) - opened.filedAt
  say(
    `${rulingText(ruled.ruling)}; ${paid / USD} of the ${CLAIM / USD} claimed paid after ${Math.ceil(openSeconds / DAY)} days`,
  )
  return {
    ...{
      caseId: `${caseId}`,
      policyId: complaint.policyId,
      arbiters: seated.map(({ address }) => getAddress(address)),
    },
    ...{ ruling: rulingText(ruled.ruling), claimedAssets: `${CLAIM}`, paidAssets: `${paid}`, openSeconds },
  }
}

function accountOf(arbiters: readonly Account[], address: Address): Account {
  const found = arbiters.find(one => isAddressEqual(one.address, address))
  if (!found) throw new Error(`${address} is none of the arbiters`)
  return found
}
