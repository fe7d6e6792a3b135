import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { type Manifest, writeManifest } from '@nexus/chain/manifest'
import { deployModule } from '@nexus/deploy/deploy'
import { localModule } from '@nexus/deploy/modules/local'
import { roles } from '@nexus/deploy/roles'
import { type Call, classTableCalls, targetCall } from '@nexus/governance/class-table'
import type { Wiring } from '@nexus/governance/create2'
import { type Established, establishNvm, type FirstSeat } from '@nexus/governance/establish'
import { type Account, accounts } from '@nexus/local/accounts'
import { chainClock } from '@nexus/local/clock'
import { localRpc } from '@nexus/local/rpc'
import { spawnLocalChain } from '@nexus/localchain/spawn'
import type { Abi, Hex, PublicClient } from 'viem'
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts'

export const HOUR = 3600
export const DAY = 24 * HOUR
export const CHALLENGE_SECONDS = 2 * DAY

const MNEMONIC = 'test test test test test test test test test test test junk'
/** Five holders with accounts; who they are, only these tests know. */
export const holders: Account[] = [20, 21, 22, 23, 24].map(addressIndex => {
  const account = mnemonicToAccount(MNEMONIC, { addressIndex })
  const key = account.getHdKey().privateKey
  if (!key) throw new Error('no key')
  return { address: account.address, privateKey: `0x${Buffer.from(key).toString('hex')}` }
})
/** Listed as a timelock: how calls to it are read does not depend on what is there. */
export const TIMELOCK: Hex = '0x00000000000000000000000000000000000071ce'
/** The seat whose holder has a P-256 key and no account. */
export const P256_SEAT = 5

export const pointOf = (key: KeyObject): Hex => {
  const { x, y } = key.export({ format: 'jwk' })
  return `0x${Buffer.from(`${x}`, 'base64url').toString('hex')}${Buffer.from(`${y}`, 'base64url').toString('hex')}`
}

/** The suite on a chain of its own, every power of it with the Safe, and six seats: five accounts and a P-256 key, if nothing else is said. */
export async function startGovernance({ seatsOn }: { seatsOn?: (wiring: Wiring) => Promise<FirstSeat[]> } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-governance-'))
  const chain = await spawnLocalChain({ journal: path.join(folder, 'chain.jsonl') })
  const stop = async () => {
    await chain.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const rpc = localRpc(chain.url)
    const { deployer, governor, underwriter } = accounts
    const deployed = await deployModule({
      module: localModule,
      parameters: {
        Nexus: { admin: deployer.address, challengeSeconds: CHALLENGE_SECONDS },
        Local: { governor: governor.address, underwriter: underwriter.address, reportingLagSeconds: 28 * DAY },
      },
      ...{ rpcUrl: chain.url, accounts: [deployer.address, governor.address] },
      deploymentDir: path.join(folder, 'deployment'),
    })
    const at = (id: string): Hex => {
      const address = deployed[id]
      if (!address) throw new Error(`${id} was not deployed`)
      return address
    }
    const access = at('Nexus#AccessManager')
    const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const wallet = rpc.walletOf(deployer)
    const wiring: Wiring = { client: rpc.client as PublicClient, wallet }
    const seats: FirstSeat[] = [
      ...((await seatsOn?.(wiring)) ??
        holders.map(({ privateKey }): FirstSeat => ({ owner: privateKeyToAccount(privateKey) }))),
      { p256: pointOf(p256.publicKey) },
    ]
    const { timestamp } = await rpc.client.getBlock()
    const establish = (more: Partial<Parameters<typeof establishNvm>[0]> = {}): Promise<Established> =>
      establishNvm({
        ...wiring,
        seats,
        termEndsAt: Number(timestamp) + 2 * 365 * DAY,
        calls: ({ actionClasses }): Call[] => [
          ...classTableCalls(actionClasses, {
            AccessManager: access,
            EvidenceRegistry: at('Nexus#EvidenceRegistry'),
            TermsStore: at('Nexus#TermsStore'),
            PolicyBook: at('Nexus#PolicyBook'),
            RiskPool: [at('Local#RiskPool')],
            NipRegistry: at('Nexus#NipRegistry'),
            ComponentRegistry: at('Nexus#ComponentRegistry'),
            CharterRegistry: at('Nexus#CharterRegistry'),
            RailFactory: at('Rails#RailFactory'),
            RailBook: at('Rails#RailBook'),
            CompetenceCredentials: at('Rails#CompetenceCredentials'),
            CommonsFund: at('Commons#CommonsFund'),
            RoundFactory: at('Local#RoundFactory'),
            GrievanceDesk: at('Local#GrievanceDesk'),
            ArbiterRegister: at('Local#ArbiterRegister'),
            GrievancePanels: at('Local#GrievancePanels'),
            GrievanceOrders: at('Local#GrievanceOrders'),
            RespondentBonds: at('Local#RespondentBonds'),
            GrievanceLedger: at('Local#GrievanceLedger'),
          }),
          targetCall(actionClasses, TIMELOCK, 'timelock'),
        ],
        ...more,
      })
    const established = await establish()
    for (const { address } of holders) {
      const hash = await wallet.sendTransaction({ to: address, value: 10n ** 18n })
      await rpc.client.waitForTransactionReceipt({ hash })
    }
    const { safe, nvm, nvmGuard, actionClasses, constitution, multiSend } = established
    // whatever has no role of its own, such as extending a pause, is ADMIN's
    for (const { id } of [{ id: 0n }, ...roles])
      await rpc.send(deployer, {
        ...{ address: access, abi: accessManagerAbi as Abi, functionName: 'grantRole', args: [id, safe, 0] },
      })
    const { hash: genesis } = await rpc.client.getBlock({ blockNumber: 0n })
    const manifest: Manifest = {
      ...{ chainId: await rpc.client.getChainId(), genesis, deployedAtBlock: 0, accessManager: access },
      registry: at('Nexus#EvidenceRegistry'),
      termsStore: at('Nexus#TermsStore'),
      policyBook: at('Nexus#PolicyBook'),
      pools: { local: at('Local#RiskPool') },
      assets: { nxUSD: at('Local#TestStablecoin') },
      registries: {
        nip: at('Nexus#NipRegistry'),
        component: at('Nexus#ComponentRegistry'),
        charter: at('Nexus#CharterRegistry'),
      },
      rails: {
        factory: at('Rails#RailFactory'),
        book: at('Rails#RailBook'),
        competence: at('Rails#CompetenceCredentials'),
        evidenceGuard: at('Rails#EvidenceGuard'),
        effectsGuard: at('Rails#EffectsGuard'),
      },
      commons: at('Commons#CommonsFund'),
      funding: {
        ...{ factory: at('Local#RoundFactory'), posts: at('Local#MatchPosts') },
        attestations: at('Local#TestAttestations'),
      },
      grievance: {
        ...{ rail: at('Local#GrievanceRail'), desk: at('Local#GrievanceDesk'), ledger: at('Local#GrievanceLedger') },
        ...{ register: at('Local#ArbiterRegister'), panels: at('Local#GrievancePanels') },
        ...{ respondents: at('Local#RespondentBonds'), orders: at('Local#GrievanceOrders') },
      },
      governance: { safe, nvm, nvmGuard, actionClasses, constitution, multiSend },
    }
    const manifestFile = path.join(folder, 'manifest.json')
    writeManifest(manifestFile, manifest)
    const clock = chainClock(rpc.request)
    return { folder, url: chain.url, rpc, clock, manifest, manifestFile, established, establish, p256, seats, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
export type GovernanceWorld = Awaited<ReturnType<typeof startGovernance>>
