import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import type { Manifest } from '@nexus/chain/manifest'
import { type Hex, sha256Hex, toHex } from '@nexus/kit/canonical'
import { packHeader } from '@nexus/kit/report'
import { type Account, accounts } from '@nexus/local/accounts'
import { chainClock } from '@nexus/local/clock'
import type { LocalRpc } from '@nexus/local/rpc'
import { encodeFormula, formula, formulaId, WAD } from '@nexus/terms/formula'
import { policyIdOf, type Quote, quoteTypedData } from '@nexus/terms/quote'
import { type Terms, termsHash, termsStruct } from '@nexus/terms/terms'
import { type Abi, hexToBigInt, keccak256 } from 'viem'
import { privateKeyToAccount, sign } from 'viem/accounts'

const DAY = 86_400
const bytes = (text: string) => toHex(new TextEncoder().encode(text))
const named = (text: string) => sha256Hex(new TextEncoder().encode(text))

const SPECIFICATION = bytes('{"datasetVersion":"2011","decimals":1,"model":"dry-spell","modelVersion":"1.0.0"}')
/** Not UTF-8 and no JSON: anyone may publish it. */
const NOISE: Hex = '0xff00fe7b'
export const FEED = keccak256(SPECIFICATION)
/** Terms name it, and nobody can read its specification. */
const SILENT_FEED = keccak256(NOISE)

/** Pays all below −5, nothing above 20, and rounds up. */
export const RAMP = formula('up', 1, [
  { x: -5n, below: WAD, at: WAD, above: WAD },
  { x: 20n, below: 1n, at: 0n, above: 0n },
])
const STEP = formula('down', 1, [{ x: 7n, below: 0n, at: WAD / 2n, above: WAD }])

interface Report {
  feedId: Hex
  aep: string
  value: bigint
  window: [number, number]
  sequence: number
  flags: number
  configVersion: number
  signers: readonly number[]
}

/**
 * Something of every kind that can happen to the suite, done by plain transactions. What it should look like in the subgraph
 * is not said here: the test reads that from the contracts.
 */
export async function story(rpc: LocalRpc, manifest: Manifest, secondAsset: { abi: Abi; bytecode: Hex }) {
  const { client, send } = rpc
  const { governor, deployer, underwriter, sponsor } = accounts
  const [alice, bob] = accounts.depositors
  const [ana, ben, carla, dana] = accounts.holders
  const clock = chainClock(rpc.request)
  const registry = { address: manifest.registry, abi: evidenceRegistryAbi }
  const store = { address: manifest.termsStore, abi: termsStoreAbi }
  const book = { address: manifest.policyBook, abi: policyBookAbi }
  const pool = { address: Object.values(manifest.pools)[0] as Hex, abi: riskPoolAbi }
  const token = { address: Object.values(manifest.assets)[0] as Hex, abi: testStablecoinAbi }
  const start = await clock.nowSeconds()
  const window: [number, number] = [start + DAY, start + 2 * DAY]

  async function announce(operators: readonly Account[], quorum: number, activeFrom: number): Promise<void> {
    const addresses = operators.map(({ address }) => address)
    const args = [addresses, addresses.map(address => sha256Hex(new TextEncoder().encode(address))), quorum, activeFrom]
    await send(governor, { ...registry, functionName: 'announceConfiguration', args })
  }
  async function anchor({ feedId, aep, value, window, sequence, flags, configVersion, signers }: Report): Promise<Hex> {
    const aepId = named(aep)
    const [from, to] = window
    const bits = signers.reduce((all, index) => all | (1 << index), 0)
    const header = packHeader({ value, from, to, sequence, eql: 3, flags, configVersion }, bits)
    const receiptsRoot = named(`receipts of ${aep}`)
    const digest = await client.readContract({
      ...registry,
      functionName: 'reportDigest',
      args: [feedId, aepId, receiptsRoot, header],
    })
    let signatures: Hex = '0x'
    for (const index of signers) {
      const { privateKey } = accounts.operators[index] as Account
      const { r, s, yParity } = await sign({ hash: digest, privateKey })
      const vs = hexToBigInt(s) | (BigInt(yParity ?? 0) << 255n)
      signatures = `${signatures}${r.slice(2).padStart(64, '0')}${vs.toString(16).padStart(64, '0')}`
    }
    const committee = configVersion === 1 ? accounts.operators : accounts.operators.slice(0, 4)
    for (const [index, { address }] of committee.entries())
      if (!signers.includes(index)) signatures = `${signatures}${address.slice(2)}`
    await send(sponsor, {
      ...registry,
      functionName: 'anchor',
      args: [feedId, aepId, receiptsRoot, header, signatures],
    })
    return aepId
  }
  async function publishTerms(terms: Partial<Terms>): Promise<Hex> {
    const full: Terms = {
      version: 1,
      feedId: FEED,
      formulaId: formulaId(RAMP),
      asset: token.address,
      coverAssets: 1_000_000_001n,
      from: window[0],
      to: window[1],
      minEql: 3,
      evidence: 'final',
      readings: 'whole',
      waitingSeconds: 3600,
      reportingDeadline: window[1] + 200 * DAY,
      ...terms,
    }
    await send(underwriter, { ...store, functionName: 'publishTerms', args: [termsStruct(full)] })
    return termsHash(full)
  }
  async function fund(account: Account, spender: Hex, assets: bigint, of: Hex = token.address): Promise<void> {
    await send(account, { ...token, address: of, functionName: 'mint', args: [account.address, assets] })
    await send(account, { ...token, address: of, functionName: 'approve', args: [spender, assets] })
  }
  async function bind(terms: Hex, holder: Account, nonce: bigint, premium: bigint, into = pool.address, of?: Hex) {
    const quote: Quote = {
      termsHash: terms,
      holder: holder.address,
      premium,
      pool: into,
      nonce,
      expiry: (await clock.nowSeconds()) + DAY,
    }
    const signature = await privateKeyToAccount(underwriter.privateKey).signTypedData(
      quoteTypedData(manifest.chainId, manifest.policyBook, quote),
    )
    await fund(sponsor, into, premium, of)
    await send(sponsor, { ...book, functionName: 'bind', args: [quote, underwriter.address, signature] })
    return policyIdOf(into, nonce)
  }
  const deposit = async (account: Account, assets: bigint, into = pool.address, of?: Hex) => {
    await fund(account, into, assets, of)
    await send(account, { ...pool, address: into, functionName: 'deposit', args: [assets, account.address] })
  }
  const requestRedeem = (account: Account, shares: bigint, owner = account, into = pool.address) =>
    send(account, {
      ...pool,
      address: into,
      functionName: 'requestRedeem',
      args: [shares, account.address, owner.address],
    })
  async function deployContract(abi: Abi, bytecode: Hex, args: unknown[]): Promise<Hex> {
    const hash = await rpc.walletOf(deployer).deployContract({ abi, bytecode, args })
    const { contractAddress } = await client.waitForTransactionReceipt({ hash })
    if (!contractAddress) throw new Error('nothing was deployed')
    return contractAddress
  }
  const secondToken = await deployContract(secondAsset.abi, secondAsset.bytecode, [])
  const blacklist = { address: secondToken, abi: secondAsset.abi }

  let sequence = 100
  return {
    clock,
    /** A reading of the first window, by the operators who are last in force. */
    anchorAgain: (aep: string) =>
      anchor({
        ...{ feedId: FEED, aep, value: 1n, window, sequence: sequence++, flags: 0, configVersion: 3 },
        signers: [0, 1, 3],
      }),
    /** Publishes, funds, binds, and attests, up to evidence that is still open. */
    async first(poolBytecode: Hex) {
      await announce(accounts.operators, 5, 0)
      await announce(accounts.operators.slice(1), 5, start + 5 * DAY)
      await announce(accounts.operators.slice(0, 4), 3, start + 6 * DAY) // replaces the one before it began

      for (const specification of [SPECIFICATION, NOISE])
        await send(underwriter, { ...store, functionName: 'publishFeed', args: [specification] })
      for (const { header, words } of [RAMP, STEP].map(encodeFormula))
        await send(underwriter, { ...store, functionName: 'publishFormula', args: [header, words] })
      const whole = await publishTerms({})
      const any = await publishTerms({ readings: 'any', evidence: 'provisional', from: window[0] - 7200 })
      const silent = await publishTerms({ feedId: SILENT_FEED, formulaId: formulaId(STEP), coverAssets: 77n })

      await deposit(alice, 5_000_000_000n)
      await deposit(bob, 3_000_000_000n)
      await send(bob, { ...pool, functionName: 'transfer', args: [dana.address, 10n ** 12n] })
      const policies = [
        await bind(whole, ana, 1n, 40_000_000n),
        await bind(any, ben, 2n, 30_000_000n),
        await bind(silent, carla, 3n, 0n),
        await bind(whole, dana, 4n, 41_000_000n),
      ] as const
      await send(underwriter, { ...book, functionName: 'cancelNonce', args: [pool.address, 99n] })
      await send(dana, { ...book, functionName: 'transferFrom', args: [dana.address, ben.address, policies[3]] })

      // a pool with a life before its listing, whose asset can refuse to pay somebody
      const secondPool = await deployContract(riskPoolAbi, poolBytecode, [
        secondToken,
        'Second Pool',
        'nx2',
        manifest.accessManager,
        manifest.policyBook,
        30 * DAY,
      ])
      await deposit(alice, 900_000n, secondPool, secondToken)
      await requestRedeem(alice, 50_000n, alice, secondPool)
      await send(governor, { ...book, functionName: 'listPool', args: [secondPool] })
      await deposit(bob, 100_000n, secondPool, secondToken)
      await send(deployer, {
        ...pool,
        address: secondPool,
        functionName: 'setUnderwriter',
        args: [underwriter.address, true],
      })
      const inSecond = await publishTerms({ asset: secondToken, coverAssets: 5_000n })
      const refused = await bind(inSecond, carla, 1n, 100n, secondPool, secondToken)

      await clock.moveTo(window[1] + 10)
      const wrong = await anchor({
        ...{ feedId: FEED, aep: 'a wrong reading', value: -40n, window, sequence: 1, flags: 1 },
        ...{ configVersion: 1, signers: [0, 1, 2, 3, 4] },
      })
      const right = await anchor({
        ...{ feedId: FEED, aep: 'the right reading', value: -5n, window, sequence: 9, flags: 2 },
        ...{ configVersion: 1, signers: [0, 2, 4, 5, 6] },
      })
      const part = await anchor({
        ...{
          feedId: FEED,
          aep: 'an hour of it',
          value: 10n,
          window: [window[0], window[0] + 3600],
          sequence: 10,
          flags: 1,
        },
        ...{ configVersion: 1, signers: [1, 2, 3, 5, 6] },
      })
      const upheld = await anchor({
        ...{
          feedId: FEED,
          aep: 'a reading that holds',
          value: 3n,
          window: [window[0], window[0] + 7200],
          sequence: 11,
          flags: 0,
        },
        ...{ configVersion: 1, signers: [2, 3, 4, 5, 6] },
      })
      const nothing = await anchor({
        ...{ feedId: SILENT_FEED, aep: 'nothing to pay', value: 6n, window, sequence: 1, flags: 0 },
        ...{ configVersion: 1, signers: [0, 1, 2, 3, 6] },
      })
      for (const aepId of [wrong, upheld])
        await send(governor, { ...registry, functionName: 'dispute', args: [aepId, named('a reason')] })
      await send(governor, { ...registry, functionName: 'rule', args: [wrong, false, named('it is wrong')] })
      await send(governor, { ...registry, functionName: 'rule', args: [upheld, true, named('it holds')] })
      for (const policyId of [policies[0], policies[3]])
        await send(sponsor, { ...book, functionName: 'hold', args: [policyId, right] })
      await send(ana, { ...book, functionName: 'hold', args: [policies[1], part] })

      await requestRedeem(bob, 2n * 10n ** 14n)
      await send(dana, { ...pool, functionName: 'approve', args: [bob.address, 10n ** 11n] })
      await requestRedeem(bob, 10n ** 11n, dana)
      return { policies, refused, right, part, upheld, nothing, secondPool, whole }
    },
    /** Settles, releases, redeems, pauses: what a running index follows. */
    async second({
      policies,
      refused,
      right,
      part,
      upheld,
      nothing,
      secondPool,
    }: Awaited<ReturnType<typeof this.first>>) {
      const settle = (policyId: bigint, aepId: Hex) =>
        send(sponsor, { ...book, functionName: 'settle', args: [policyId, aepId] })
      await settle(policies[1], upheld)
      await clock.moveTo(start + 6 * DAY + 10)
      await anchor({
        ...{
          feedId: FEED,
          aep: 'under the next operators',
          value: 2n ** 62n,
          window: [window[0], window[1] + DAY],
          sequence: 12,
          flags: 0,
        },
        ...{ configVersion: 3, signers: [0, 1, 3] },
      })
      await send(sponsor, { ...book, functionName: 'release', args: [policies[0], right] })
      await send(sponsor, { ...book, functionName: 'release', args: [policies[1], part] })
      await send(ben, { ...book, functionName: 'transferFrom', args: [ben.address, carla.address, policies[3]] })
      await settle(policies[3], right) // while it is held
      await send(sponsor, { ...book, functionName: 'release', args: [policies[3], right] })
      await send(sponsor, { ...book, functionName: 'lapse', args: [policies[2], nothing] })

      await send(deployer, { ...blacklist, functionName: 'setBlacklisted', args: [carla.address, true, 0] })
      await settle(refused, right)

      await clock.moveTo(start + 40 * DAY)
      const claimable = await client.readContract({ ...pool, functionName: 'maxRedeem', args: [bob.address] })
      await send(bob, { ...pool, functionName: 'redeem', args: [claimable / 3n, bob.address, bob.address] })
      await send(bob, { ...pool, functionName: 'withdraw', args: [1_000_000n, bob.address, bob.address] })
      await send(deployer, { ...blacklist, functionName: 'setBlacklisted', args: [carla.address, false, 0] })
      await send(sponsor, { ...pool, address: secondPool, functionName: 'withdrawOwed', args: [carla.address] })
      await clock.moveTo(window[1] + 201 * DAY)
      await send(sponsor, { ...book, functionName: 'lapse', args: [policies[1]] })
      await send(governor, { ...registry, functionName: 'pause', args: [3600] })
      await send(governor, { ...book, functionName: 'pause', args: [7200] })
    },
  }
}
