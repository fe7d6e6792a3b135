import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDeployed, ensureSingletonFactory, ownArtifact, type Wiring } from '@nexus/governance/create2'
import { safeAbi } from '@nexus/governance/safe'
import { readSeatKey } from '@nexus/governance/seat-key'
import { type Account, accounts } from '@nexus/local/accounts'
import { writeKeystore } from '@nexus/local/keys'
import { expect } from 'chai'
import { type Address, concat, type Hex, keccak256, stringToHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { nexus as runNexus } from '../../support/nexus.ts'
import { DAY, type GovernanceWorld, HOUR, holders, P256_SEAT, startGovernance } from '../governance/fixture.ts'

const walletArtifact = fileURLToPath(
  new URL('../../../artifacts/test/mocks/ContractWallet.sol/ContractWallet.json', import.meta.url),
)
const { keeper } = accounts
const [WALLET_SEAT, RSA_SEAT] = [3, 4]
const card = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const cardPem = card.export({ type: 'pkcs8', format: 'pem' }).toString()
const holder = (seat: number): Account => {
  const account = holders[seat]
  if (!account) throw new Error(`no account holds seat ${seat}`)
  return account
}

/** Three accounts, a contract wallet that the fourth holder signs for, an RSA card, and the P-256 key. */
let wallet: Address
async function seatsOn(wiring: Wiring) {
  await ensureSingletonFactory(wiring)
  const artifact = JSON.parse(readFileSync(walletArtifact, 'utf8'))
  wallet = await ensureDeployed(wiring, 'ContractWallet', artifact, [holder(WALLET_SEAT).address])
  const verifier = await ensureDeployed(wiring, 'ERC7913RSAVerifier', ownArtifact('ERC7913RSAVerifier'))
  return [
    ...[0, 1, 2].map(seat => ({ owner: privateKeyToAccount(holder(seat).privateKey) })),
    { owner: wallet },
    { signer: concat([verifier, readSeatKey(cardPem, 'card.pem').publicKey]) },
  ]
}

describe('seats without an account', function () {
  this.timeout(300_000)
  let world: GovernanceWorld
  const file = (name: string) => path.join(world.folder, name)
  const save = async (name: string, document: unknown) => {
    await writeFile(file(name), JSON.stringify(document))
    return file(name)
  }
  const nexus = (who: Account, ...args: string[]) =>
    runNexus(args, { env: { PATH: process.env['PATH'] ?? '', THE_KEY: who.privateKey } })
  const chain = () => ['--rpc', world.url, '--manifest', world.manifestFile]
  const key = ['--key-env', 'THE_KEY']
  async function done(running: ReturnType<typeof nexus>) {
    const { status, stdout, stderr } = await running
    expect(status, stderr).to.equal(0)
    return JSON.parse(stdout)
  }
  const refusal = async (running: ReturnType<typeof nexus>) => {
    const { status, stderr } = await running
    return { status, ...JSON.parse(stderr.trim().split('\n').at(-1) ?? '') }
  }
  const sends = (who: Account, ...args: string[]) => done(nexus(who, ...args, ...chain(), ...key, '--yes', '--json'))
  const look = (...args: string[]) => done(nexus(keeper, ...args, ...chain(), '--json'))

  before(async () => {
    world = await startGovernance({ seatsOn })
    await writeFile(file('card.pem'), cardPem, { mode: 0o600 })
    await writeFile(file('passkey.pem'), world.p256.privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
    })
    await writeKeystore(holder(WALLET_SEAT), file('keystore.json'), file('passphrase'))
  })
  after(() => world?.stop())

  it('are shown by what signs for them', async () => {
    const { seats, ownersMatch } = await look('nvm', 'seats')
    expect(ownersMatch).to.equal(true)
    const keys = seats.map((seat: { key: { kind: string; algorithm?: string } }) => seat.key.algorithm ?? seat.key.kind)
    expect(keys).to.deep.equal(['account', 'account', 'account', 'contract', 'RSA 2048', 'P-256'])
    const { stdout } = await nexus(keeper, 'nvm', 'seats', ...chain())
    expect(stdout).to.include(`${wallet}, a contract that signs by ERC-1271`)
    expect(stdout).to.include(`RSA 2048 with the hash ${keccak256(readSeatKey(cardPem, 'card.pem').publicKey)}`)
  })

  it('open a rail: the calls that `nexus rail open` writes are what `nexus nvm open` takes, in the class it said', async () => {
    const terms = {
      ...{ version: 1, name: 'River Rail', metadataURI: 'data:,river', timelockDelaySeconds: DAY },
      ...{ reason: 'neighbours', founders: [holder(0).address, holder(1).address] },
      voting: {
        ...{ delaySeconds: HOUR, periodSeconds: DAY, lateQuorumSeconds: HOUR, quorumPercent: 40 },
        ...{ superQuorumPercent: 80, proposalThreshold: '1' },
      },
      page: { charterHash: keccak256(stringToHex('c')), leastLevel: 2, voteUnit: '10000', fees: { premium: 50 } },
    }
    const from = ['rail', 'open', '--terms', await save('terms.json', terms)]
    const offline = await done(nexus(keeper, ...from, '--manifest', world.manifestFile, '--json'))
    expect(offline).to.include({ class: 'ratification', tried: false })
    const prepared = await done(nexus(keeper, ...from, ...chain(), '--json'))
    expect(prepared).to.include({ class: 'ratification', tried: true })
    const asCalls = await nexus(keeper, ...from, ...chain(), '--as-calls')
    expect(asCalls.stderr)
      .to.include('RailFactory.openRail(')
      .and.to.match(/class +ratification/)
    expect(JSON.parse(asCalls.stdout)).to.deep.equal(prepared.calls).and.to.deep.equal(offline.calls)
    await writeFile(file('rail.json'), asCalls.stdout)

    const seat = ['--seat', `${RSA_SEAT}`]
    const opened = await sends(
      ...([keeper, 'nvm', 'open', '--calls', file('rail.json'), ...seat, '--pem', file('card.pem')] as const),
      ...['--rationale', 'the river has one'],
    )
    expect(opened.effects).to.include({ class: 'ratification', seatId: RSA_SEAT })
    expect(opened.effects.calls[0].function).to.match(/^openRail\(/)
    const { decisionId } = opened.effects as { decisionId: Hex }

    const says = (seatId: number) => [
      ...['nvm', 'vote', '--decision', decisionId, '--seat', `${seatId}`, '--choice', 'yes', '--rationale', 'yes'],
    ]
    // the wallet's holder signs without a chain, and who carries it is nobody to the NVM
    const { epoch } = (await look('nvm', 'seats')).seats[WALLET_SEAT]
    const at = ['--chain-id', '31337', '--module', world.established.nvm, '--epoch', `${epoch}`]
    const stored = ['--keystore', file('keystore.json'), '--passphrase', file('passphrase')]
    const ballot = (name: string, ...by: string[]) =>
      done(nexus(keeper, ...says(WALLET_SEAT), ...at, ...stored, ...by, '--export', file(name), '--json'))
    await ballot('own.json')
    const unsaid = await refusal(nexus(keeper, 'nvm', 'relay', file('own.json'), ...chain(), ...key, '--yes'))
    expect([unsaid.status, unsaid.code]).to.deep.equal([2, 'not-the-seats-key'])
    expect(unsaid.message).to.include('a contract: say --wallet')
    const { ballot: exported } = await ballot('wallet.json', '--wallet', wallet)
    expect(exported.signer).to.deep.equal({ kind: 'contract', address: wallet })
    const forged = { ...exported, signature: exported.signature.replace(/.{8}$/, '00000000') }
    const refused = await refusal(
      nexus(keeper, 'nvm', 'relay', await save('forged.json', forged), ...chain(), ...key, '--yes'),
    )
    expect([refused.status, refused.details.reason]).to.deep.equal([3, 'Nvm_BadSignature'])
    await sends(keeper, 'nvm', 'relay', file('wallet.json'))
    await sends(keeper, ...says(RSA_SEAT), '--pem', file('card.pem'))
    await sends(keeper, ...says(P256_SEAT), '--pem', file('passkey.pem'))
    const another = await refusal(
      nexus(keeper, ...says(P256_SEAT), '--pem', file('card.pem'), ...chain(), ...key, '--yes'),
    )
    expect([another.status, another.code]).to.deep.equal([2, 'not-the-seats-key'])
    await sends(holder(0), ...says(0))
    const shown = await look('nvm', 'show', '--decision', decisionId)
    expect(shown).to.include({ state: 'passed' })
    expect(shown.tally.yes).to.deep.equal([0, WALLET_SEAT, RSA_SEAT, P256_SEAT])

    await world.clock.moveBy(2 * DAY)
    await sends(keeper, 'nvm', 'execute', '--decision', decisionId)
    const rail = await look('rail', 'show', '1')
    expect(rail).to.include({ id: '1', name: 'River Rail' })
    expect(rail.page.fees).to.deep.equal([{ kind: 'premium', bps: 50 }])
    expect(rail.members.map(({ account }: { account: Address }) => account)).to.have.members(terms.founders)
  })

  it('open a decision for a contract wallet, by the signature of whoever signs for it', async () => {
    const calls = [{ contract: 'PolicyBook', function: 'listPool', args: [world.established.safe] }]
    const from = ['nvm', 'open', '--calls', await save('list.json', calls), '--seat', `${WALLET_SEAT}`]
    const opened = await sends(holder(WALLET_SEAT), ...from, '--wallet', wallet, '--rationale', 'a pool')
    expect(opened.transactions[0].events[0]).to.deep.include({ event: 'DecisionOpened' })
    const stranger = await refusal(
      nexus(keeper, ...from, '--wallet', wallet, '--rationale', 'a pool', ...chain(), ...key, '--yes'),
    )
    expect([stranger.status, stranger.details.reason]).to.deep.equal([3, 'Nvm_BadSignature'])
  })

  it('break the glass: an owner’s announcement is carried by anyone, wallet and card are two of the five', async () => {
    const glass = (...args: string[]) => ['nvm', 'break-glass', file('glass.json'), ...args]
    const calls = [{ contract: 'Safe', function: 'changeThreshold', args: [4] }]
    await done(nexus(keeper, ...glass('--calls', await save('grave.json', calls)), ...chain(), '--json'))
    const stored = ['--keystore', file('keystore.json'), '--passphrase', file('passphrase')]

    // keeper is no owner, and whoever signs as if for the wallet is not heard
    await done(nexus(keeper, ...glass('--sign-announcement', '--wallet', wallet), ...key, '--json'))
    const stranger = await refusal(nexus(keeper, ...glass('--announce'), ...chain(), ...key, '--yes'))
    expect([stranger.status, stranger.details.reason]).to.deep.equal([3, 'Guard_NotOwner'])
    const signed = await done(nexus(keeper, ...glass('--sign-announcement', '--wallet', wallet), ...stored, '--json'))
    expect(signed.announcement).to.include({ owner: wallet, isContract: true })
    const announced = await sends(keeper, ...glass('--announce'))
    expect(announced.transactions[0].events[0]).to.deep.include({ event: 'Announced' })
    expect(announced.transactions[0].events[0].args.by).to.equal(wallet)
    const twice = await refusal(nexus(keeper, ...glass('--announce'), ...chain(), ...key, '--yes'))
    expect([twice.status, twice.details.reason]).to.deep.equal([3, 'Guard_AlreadyAnnounced'])

    for (const seat of [0, 1, 2]) await done(nexus(holder(seat), ...glass('--sign'), ...key, '--json'))
    await done(nexus(keeper, ...glass('--sign', '--wallet', wallet), ...stored, '--json'))
    const card = await refusal(nexus(keeper, ...glass('--sign', '--pem', file('card.pem')), '--json'))
    expect([card.status, card.code]).to.deep.equal([2, 'no-rpc'])
    const stands = await done(nexus(keeper, ...glass('--sign', '--pem', file('card.pem')), ...chain(), '--json'))
    expect(stands).to.deep.include({ missing: 0, announcementSignedBy: wallet })
    expect(JSON.parse(await readFile(file('glass.json'), 'utf8')).signatures).to.have.length(5)
    await world.clock.moveBy(7 * DAY)
    await sends(keeper, ...glass('--execute'))
    const read = { address: world.established.safe, abi: safeAbi, functionName: 'getThreshold' } as const
    expect(await world.rpc.client.readContract(read)).to.equal(4n)
  })
})
