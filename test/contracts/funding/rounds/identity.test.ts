import { expect } from 'chai'
import { AbiCoder } from 'ethers'
import {
  attest,
  DAY,
  ethers,
  fresh,
  gift,
  give,
  hash,
  networkHelpers,
  personOf,
  REASON,
  revoke,
  SCHEMA,
  type Started,
  THRESHOLD,
  to,
  UNIT,
  ZeroAddress,
  ZeroHash,
} from './world.ts'

const encode = (identity: string, score: bigint) =>
  AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256'], [identity, score])

describe('A person by attestation', () => {
  let r: Started
  beforeEach(async () => {
    r = await fresh()
  })
  const someone = () => personOf(r, 0).address

  it('is who the attester says it is, the same whatever the wallet', async () => {
    const one = await attest(r, someone(), { identity: hash('ann') })
    const two = await attest(r, personOf(r, 1).address, { identity: hash('ann') })
    expect(await r.gate.identify(someone(), one)).to.equal(hash('ann'))
    expect(await r.gate.identify(personOf(r, 1).address, two)).to.equal(hash('ann'))
  })

  it('is refused for each thing that may be wrong with an attestation', async () => {
    const { gate } = r
    const refused = (uid: string, error: string) =>
      expect(gate.identify(someone(), uid)).to.be.revertedWithCustomError(gate, error)
    await refused(hash('none'), 'Gate_Unknown')
    await refused(await attest(r, someone(), { schema: hash('other') }), 'Gate_OtherSchema')
    await refused(await attest(r, someone(), { by: r.stranger }), 'Gate_OtherAttester')
    await refused(await attest(r, personOf(r, 1).address), 'Gate_OtherRecipient')
    await refused(await attest(r, someone(), { data: '0x' }), 'Gate_Malformed')
    await refused(await attest(r, someone(), { data: `${encode(hash('a'), THRESHOLD)}00` }), 'Gate_Malformed')
    await refused(await attest(r, someone(), { identity: ZeroHash }), 'Gate_NoIdentity')
    await refused(await attest(r, someone(), { score: THRESHOLD - 1n }), 'Gate_ScoreTooLow')
    const expiring = await attest(r, someone(), { expiresAt: BigInt((await networkHelpers.time.latest()) + DAY) })
    expect(await gate.identify(someone(), expiring)).not.to.equal(ZeroHash)
    await networkHelpers.time.increase(DAY)
    await refused(expiring, 'Gate_Expired')
    const revoked = await attest(r, someone())
    await revoke(r, revoked)
    await refused(revoked, 'Gate_Revoked')
    expect(await gate.isRevoked(revoked)).to.equal(true)
    expect(await gate.isRevoked(expiring)).to.equal(false)
  })

  it('is one until the second that its attestation expires', async () => {
    const at = (await networkHelpers.time.latest()) + DAY
    const [first, second] = [
      await attest(r, personOf(r, 0).address, { expiresAt: BigInt(at) }),
      await attest(r, personOf(r, 1).address, { expiresAt: BigInt(at) }),
    ]
    await networkHelpers.time.setNextBlockTimestamp(at - 1)
    await r.round.connect(personOf(r, 0)).register(first)
    await networkHelpers.time.setNextBlockTimestamp(at)
    await expect(r.round.connect(personOf(r, 1)).register(second))
      .to.be.revertedWithCustomError(r.gate, 'Gate_Expired')
      .withArgs(second, at)
  })

  it('needs an attester to be judged by', async () => {
    await expect(
      ethers.deployContract('AttestationGate', [r.attestations, SCHEMA, ZeroAddress, 1, ZeroAddress, ZeroHash, 0]),
    ).to.be.revertedWithCustomError(r.gate, 'Gate_NoAttester')
    expect(await r.gate.attestations()).to.equal(await r.attestations.getAddress())
    expect(await r.gate.schema()).to.equal(SCHEMA)
    expect(await r.gate.attester()).to.equal(r.attester.address)
    expect(await r.gate.threshold()).to.equal(THRESHOLD)
    expect([await r.gate.competence(), await r.gate.field(), await r.gate.leastLevel()]).to.deep.equal([
      ZeroAddress,
      ZeroHash,
      0n,
    ])
  })

  it('may have to be competent besides', async () => {
    const [admin] = await ethers.getSigners()
    const field = hash('hydrology')
    const competence = await ethers.deployContract('CompetenceCredentials', [r.authority])
    await competence.setIssuer(admin?.address ?? '', field, true)
    const gate = await ethers.deployContract('AttestationGate', [
      r.attestations,
      SCHEMA,
      r.attester.address,
      THRESHOLD,
      competence,
      field,
      3,
    ])
    const uid = r.uids[0] ?? ''
    await expect(gate.identify(someone(), uid))
      .to.be.revertedWithCustomError(gate, 'Gate_NotCompetent')
      .withArgs(someone(), 0, 3)
    await competence.issue(someone(), field, 3, (await networkHelpers.time.latest()) + 300 * DAY, REASON)
    await networkHelpers.mine()
    expect(await gate.identify(someone(), uid)).to.equal(hash(`person ${someone()}`))
  })

  it('registers ahead of giving, or with it, and needs an attestation once', async () => {
    const person = personOf(r, 0)
    await r.round.connect(person).register(r.uids[0] ?? '')
    expect(await r.round.attestationOf(person.address)).to.equal(r.uids[0])
    expect(await r.round.accountOf(hash(`person ${person.address}`))).to.equal(person.address)
    await r.round.connect(person).contribute(ZeroHash, [gift(0, UNIT)])
    await expect(r.round.connect(personOf(r, 1)).contribute(ZeroHash, [gift(0, UNIT)]))
      .to.be.revertedWithCustomError(r.round, 'Rounds_NotRegistered')
      .withArgs(personOf(r, 1).address)
  })

  it('is struck while its attestation is revoked; what it gave can be sent back until the review ends', async () => {
    const person = personOf(r, 0)
    const uid = r.uids[0] ?? ''
    await expect(r.round.strike(person.address)).to.be.revertedWithCustomError(r.round, 'Rounds_NotRegistered')
    await give(r, 0, gift(0, 4n * UNIT))
    await give(r, 1, gift(0, 9n * UNIT))
    await expect(r.round.strike(person.address))
      .to.be.revertedWithCustomError(r.round, 'Rounds_NotRevoked')
      .withArgs(person.address, uid)
    await revoke(r, uid)
    await expect(r.round.connect(r.stranger).strike(person.address))
      .to.emit(r.round, 'PersonStruck')
      .withArgs(person.address, uid)
    await expect(give(r, 0, gift(0, 5n * UNIT))).to.be.revertedWithCustomError(r.gate, 'Gate_Revoked')
    await to(r.terms.contributeUntil)
    await expect(r.round.connect(r.stranger).refund(0, person.address, 0)).to.changeTokenBalances(
      ethers,
      r.usd,
      [person],
      [4n * UNIT],
    )
    expect([...(await r.round.tallyOf(0))]).to.deep.equal([3000n, 9n * UNIT, 1n])
    await to(r.terms.reviewUntil)
    await expect(r.round.refund(0, personOf(r, 1).address, 0)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_NotRefundable',
    )
  })

  it('that was struck comes back with a new attestation of the same person', async () => {
    const person = personOf(r, 0)
    await give(r, 0, gift(0, 4n * UNIT))
    await revoke(r, r.uids[0] ?? '')
    await r.round.strike(person.address)
    r.uids[0] = await attest(r, person.address)
    await give(r, 0, gift(0, 5n * UNIT))
    expect((await r.round.tallyOf(0)).contributed).to.equal(5n * UNIT)
  })
})
