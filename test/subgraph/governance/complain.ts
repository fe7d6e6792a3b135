import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { arbiterRegisterAbi } from '@nexus/chain/abi/ArbiterRegister'
import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { competenceCredentialsAbi } from '@nexus/chain/abi/CompetenceCredentials'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { grievanceDeskAbi } from '@nexus/chain/abi/GrievanceDesk'
import { grievanceLedgerAbi } from '@nexus/chain/abi/GrievanceLedger'
import { grievanceOrdersAbi } from '@nexus/chain/abi/GrievanceOrders'
import { grievancePanelsAbi } from '@nexus/chain/abi/GrievancePanels'
import { grievanceRailAbi } from '@nexus/chain/abi/GrievanceRail'
import { respondentBondsAbi } from '@nexus/chain/abi/RespondentBonds'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { grievanceTerms } from '@nexus/deploy/modules/grievance'
import { roles } from '@nexus/deploy/roles'
import { commitmentOf } from '@nexus/governance/grievance/draw'
import { packRuling, type Remedy } from '@nexus/governance/grievance/ruling'
import { settlementData } from '@nexus/governance/grievance/settlement'
import type { Hex } from '@nexus/kit/canonical'
import { type Account, accounts } from '@nexus/local/accounts'
import { fields } from '@nexus/local/commons/decide'
import { endow } from '@nexus/local/commons/endow'
import { USD } from '@nexus/local/scenario'
import { concat, encodeAbiParameters, parseAbiParameters, toFunctionSelector, toHex, zeroHash } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { DAY, NOISE, sendRaw, type World, why } from './world.ts'

/** As in SubjectKind, Remedies, InflowSource and Setting. */
const [COMPONENT, POLICY, AEP] = [1, 3, 4]
const [SUSPENSION, CORRECTION, APOLOGY] = [1, 4, 8]
const [GIFT, COMPENSATION_LIMIT] = [3, 1]
const CORRECTION_ORDER = 2
const PAST_DRAW = 33

const { deployer, governor, sponsor, underwriter, keeper, depositors, holders, arbiters, people } = accounts
const [ana, ben, carla, dana] = holders
const [silent] = depositors
const [sixth, leaver] = people as [Account, Account]
const seatable = [...arbiters, sixth]

interface About {
  policyId: bigint
  model: Hex
  aepId: Hex
  /** Anchors something that turns out wrong. */
  anchor: (aep: string) => Promise<Hex>
}

/** Cases of every ending, an appeal, arbiters who stay away or leave, and what was ordered, done and left. */
export async function complain({ rpc, manifest, clock }: World, about: About): Promise<void> {
  const { client, send } = rpc
  const { grievance, rails, commons: fundAddress, chainId } = manifest
  const [asset] = Object.values(manifest.assets)
  if (!grievance || !rails || !fundAddress || !asset) throw new Error('the manifest has no grievances')
  const rail = { address: grievance.rail, abi: grievanceRailAbi } as const
  const desk = { address: grievance.desk, abi: grievanceDeskAbi } as const
  const panels = { address: grievance.panels, abi: grievancePanelsAbi } as const
  const orders = { address: grievance.orders, abi: grievanceOrdersAbi } as const
  const ledger = { address: grievance.ledger, abi: grievanceLedgerAbi } as const
  const register = { address: grievance.register, abi: arbiterRegisterAbi } as const
  const bonds = { address: grievance.respondents, abi: respondentBondsAbi } as const
  const token = { address: asset, abi: testStablecoinAbi } as const
  const fund = { address: fundAddress, abi: commonsFundAbi } as const
  const competence = { address: rails.competence, abi: competenceCredentialsAbi } as const
  const access = { address: manifest.accessManager, abi: accessManagerAbi } as const
  const evidence = { address: manifest.registry, abi: evidenceRegistryAbi } as const
  const act = (from: Account, contract: { address: Hex; abi: unknown }, functionName: string, ...args: unknown[]) =>
    send(from, { ...contract, functionName, args } as never)

  // ———— terms, money, arbiters ————
  await endow(rpc, [...seatable, leaver])
  const termsRole = roles.find(({ name }) => name === 'GRIEVANCE_TERMS')?.id
  await act(deployer, access, 'grantRole', termsRole, governor.address, 0)
  const quick = {
    ...{ ...grievanceTerms, answerSeconds: 3 * DAY, mediationSeconds: 3 * DAY, drawSeconds: 3 * DAY },
    ...{ commitSeconds: 2 * DAY, revealSeconds: DAY, appealSeconds: 3 * DAY, drawBlocks: 32, appealDrawBlocks: 32 },
    ...{ panelSize: 1, appealPanelSize: 3, penaltyAssets: 300n * USD, leastLevel: 2 },
  }
  await act(governor, desk, 'setTerms', quick)
  await act(governor, register, 'setBond', 400n * USD)
  for (const payer of [...seatable, leaver, ana, ben, carla, dana, sponsor, underwriter, keeper]) {
    await act(sponsor, token, 'mint', payer.address, 5_000n * USD)
    await act(payer, token, 'approve', grievance.ledger, 5_000n * USD)
  }
  await act(sponsor, token, 'approve', fundAddress, 450n * USD)
  await act(sponsor, fund, 'deposit', asset, 450n * USD, GIFT, zeroHash)
  await act(governor, fund, 'announce', asset, COMPENSATION_LIMIT, 400n * USD, why('for who was wronged'))
  await act(sponsor, ledger, 'giveToReserve', 120n * USD)

  const until = (await clock.nowSeconds()) + 700 * DAY
  for (const field of [fields.arbitration, fields.equity])
    await act(governor, competence, 'setIssuer', dana.address, field, true)
  await act(dana, competence, 'issue', ana.address, fields.equity, 1, until, zeroHash)
  for (const arbiter of [...seatable, leaver])
    await act(dana, competence, 'issue', arbiter.address, fields.arbitration, 3, until, zeroHash)
  await clock.moveBy(1) // a credential counts from the second after
  for (const arbiter of [...seatable, leaver]) await act(arbiter, register, 'join')
  await clock.moveBy(15 * DAY)
  for (const arbiter of [...seatable, leaver]) await act(sponsor, register, 'list', arbiter.address)
  await act(leaver, register, 'declareConflict', about.model, true)
  await act(leaver, register, 'declareConflict', about.model, false)
  await act(leaver, register, 'resign')
  const carlas = await client.readContract({ ...register, functionName: 'accountTopic', args: [carla.address] })
  for (const arbiter of seatable) await act(arbiter, register, 'declareConflict', carlas, true)
  await clock.moveBy(DAY)

  await act(underwriter, bonds, 'bondFor', underwriter.address, 100n * USD)
  await act(sponsor, bonds, 'bondFor', underwriter.address, 50n * USD)
  await act(underwriter, bonds, 'giveNotice')
  await act(underwriter, bonds, 'takeNoticeBack')
  await act(dana, bonds, 'bondFor', dana.address, 30n * USD)
  await act(keeper, bonds, 'bondFor', keeper.address, 5n * USD)
  await act(keeper, bonds, 'giveNotice')

  // ———— cases ————
  const open = async (by: Account, filing: { complainant: Account; respondent: Account; [key: string]: unknown }) => {
    const whole = {
      ...{ railId: 0n, subjectKind: 0, subjectId: zeroHash, claimHash: why('a salted claim') },
      ...{ claimedAssets: 1_000n * USD, remedies: 0, ...filing },
      ...{ complainant: filing.complainant.address, respondent: filing.respondent.address },
    }
    await act(by, rail, 'open', whole)
    return client.readContract({ ...rail, functionName: 'caseCount' })
  }
  const caseOf = (caseId: bigint) => client.readContract({ ...rail, functionName: 'grievanceOf', args: [caseId] })
  const advance = (caseId: bigint) => act(sponsor, rail, 'advance', caseId)
  const pastDeadline = async (caseId: bigint) => {
    await clock.moveTo((await caseOf(caseId)).deadline)
    await advance(caseId)
  }
  const mine = async () => {
    for (let block = 0; block < PAST_DRAW; block++) await rpc.request('evm_mine')
  }
  const seated = async (caseId: bigint) => {
    const { instance } = await caseOf(caseId)
    const seats = await client.readContract({ ...panels, functionName: 'seatsOf', args: [caseId, instance] })
    return seats.map(({ arbiter }) => {
      const found = seatable.find(({ address }) => address.toLowerCase() === arbiter.toLowerCase())
      if (!found) throw new Error(`${arbiter} is no arbiter`)
      return found
    })
  }
  const held = (arbiter: Account, quarters: number | null, remedies: Remedy[] = []) => ({
    arbiter,
    ruling: packRuling({ upheld: quarters !== null, quarters: quarters ?? 0, remedies }),
    ...{ reasonsHash: why(`reasons of ${arbiter.address}`), salt: why(`salt of ${arbiter.address}`) },
  })
  type Held = ReturnType<typeof held>
  const commit = async (caseId: bigint, { arbiter, ...said }: Held) => {
    const { instance } = await caseOf(caseId)
    const commitment = commitmentOf(
      { chainId, panels: grievance.panels },
      { caseId, instance, arbiter: arbiter.address, ...said },
    )
    await act(arbiter, panels, 'commit', caseId, commitment)
  }
  const reveal = (caseId: bigint, { arbiter, ruling, reasonsHash, salt }: Held) =>
    act(arbiter, panels, 'reveal', caseId, ruling, reasonsHash, salt)
  const rule = async (caseId: bigint, ...all: Held[]) => {
    for (const one of all) await commit(caseId, one)
    for (const one of all) await reveal(caseId, one)
  }
  /** Of a panel of one. */
  const ruleAlone = async (caseId: bigint, quarters: number | null, remedies: Remedy[] = []) => {
    const [only] = await seated(caseId)
    if (!only) throw new Error('nobody sits')
    await rule(caseId, held(only, quarters, remedies))
    await advance(caseId)
  }

  const policy = { subjectKind: POLICY, subjectId: toHex(about.policyId, { size: 32 }) }
  const unanswered = await open(ana, { complainant: ana, respondent: silent, ...policy })
  const component = { subjectKind: COMPONENT, subjectId: about.model, remedies: SUSPENSION | APOLOGY }
  const appealed = await open(ben, { complainant: ana, respondent: dana, ...component })
  const settled = await open(carla, { complainant: ana, respondent: underwriter, railId: 1n })
  const withdrawn = await open(ben, { complainant: ben, respondent: underwriter, railId: 1n })
  const aep = { subjectKind: AEP, subjectId: about.aepId, remedies: CORRECTION }
  const correcting = await open(ben, { complainant: ben, respondent: silent, ...aep, claimedAssets: 0n })
  const unheard = await open(carla, { complainant: carla, respondent: silent })
  const dismissed = await open(sponsor, { complainant: ben, respondent: silent, railId: 1n })

  const wrong = await about.anchor('cited, and wrong')
  await act(ben, rail, 'citeEvidence', appealed, about.aepId)
  await act(ben, rail, 'citeEvidence', appealed, wrong)
  await act(ana, rail, 'takeOver', appealed)
  await act(ana, rail, 'commitEvidence', appealed, why('a photograph'))
  await act(dana, rail, 'answer', appealed, why('it is right'))
  await act(dana, rail, 'citeEvidence', appealed, wrong)
  await act(governor, evidence, 'dispute', wrong, why('it is wrong'))
  await act(governor, evidence, 'rule', wrong, false, why('it is'))
  await act(sponsor, rail, 'strikeEvidence', appealed, wrong)

  await act(underwriter, rail, 'answer', settled, why('let us talk'))
  const message = {
    ...{ caseId: settled, assets: 200n * USD, apology: true, textHash: why('what we agreed on') },
    expiresAt: (await clock.nowSeconds()) + DAY,
  }
  const sign = (who: Account) =>
    privateKeyToAccount(who.privateKey).signTypedData(settlementData(chainId, grievance.rail, message))
  const { caseId: _, ...settlement } = message
  await act(sponsor, rail, 'settle', settled, settlement, await sign(ana), await sign(underwriter))
  await act(ben, rail, 'withdraw', withdrawn)

  // ———— first panels ————
  await mine()
  for (const caseId of [unanswered, correcting, unheard, dismissed]) {
    await pastDeadline(caseId)
    await advance(caseId) // draws; of one there is nobody to draw
  }
  await ruleAlone(unanswered, 4)
  await ruleAlone(correcting, 0, ['correction'])
  await pastDeadline(appealed)
  await advance(appealed)
  await ruleAlone(appealed, 2, ['suspension', 'apology'])
  await pastDeadline(dismissed) // its arbiter stayed away

  // ———— second panels ————
  await act(dana, rail, 'appeal', appealed)
  await mine()
  await advance(appealed)
  await advance(dismissed)
  const [first, second, third] = await seated(appealed)
  const [only, recusing] = await seated(dismissed)
  if (!first || !second || !third || !only || !recusing) throw new Error('a panel is too small')
  await rule(appealed, held(first, 4, ['suspension', 'apology']), held(second, 3, ['suspension']), held(third, null))
  await advance(appealed)
  await act(recusing, panels, 'recuse', dismissed)
  await commit(dismissed, held(only, null))
  const { commitBy } = await client.readContract({ ...panels, functionName: 'panelOf', args: [dismissed, 2] })
  await clock.moveTo(commitBy)
  await reveal(dismissed, held(only, null))
  await pastDeadline(dismissed)
  for (const caseId of [unanswered, correcting]) await pastDeadline(caseId)

  // ———— what came of it ————
  await act(sponsor, orders, 'award', unanswered) // as far as the commons may
  await act(sponsor, orders, 'proceed', appealed)
  const text = encodeAbiParameters(parseAbiParameters('uint256, bytes32, bytes'), [settled, why('sorry'), NOISE])
  const selector = toFunctionSelector('function apologise(uint256,bytes32,string)')
  await sendRaw(rpc, underwriter, orders.address, concat([selector, text]))
  await act(sponsor, ledger, 'withdraw', ana.address)
  await act(sponsor, ledger, 'forward', dismissed)
  await clock.moveBy(91 * DAY)
  await act(sponsor, orders, 'miss', correcting, CORRECTION_ORDER)

  // ———— and what goes on ————
  const sitting = await open(ben, { complainant: ben, respondent: silent })
  await mine()
  await pastDeadline(sitting)
  await advance(sitting)
  const [thinking] = await seated(sitting)
  if (!thinking) throw new Error('nobody sits')
  await commit(sitting, held(thinking, 1))
  await open(ana, { complainant: ana, respondent: dana })
  await act(deployer, access, 'revokeRole', termsRole, governor.address)
}
