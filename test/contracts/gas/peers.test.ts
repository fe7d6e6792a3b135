import { network } from 'hardhat'
import { recordGas } from './ledger.ts'

const { ethers } = await network.create()

const word = (value: bigint | number) => ethers.zeroPadValue(ethers.toBeHex(value), 32)

/** The same report by Chainlink's OCR2 base contract: the second one of a feed, so one new slot and one overwritten. */
async function transmitCost(n: number): Promise<bigint> {
  const f = Math.floor((n - 1) / 3)
  const quorum = Math.floor((n + f) / 2) + 1
  const [transmitter] = await ethers.getSigners()
  const signers = Array.from({ length: n }, (_, i) => new ethers.Wallet(word(1_000 + i)))
  const transmitters = signers.map((_, i) =>
    i === 0 && transmitter ? transmitter.address : ethers.computeAddress(word(5_000 + i)),
  )
  const peer = await ethers.deployContract('Ocr2Evidence')
  await peer.getFunction('setConfig')(
    signers.map(({ address }) => address),
    transmitters,
    f,
    '0x',
    1,
    '0x',
  )
  const { configDigest } = await peer.getFunction('latestConfigDetails')()
  let gasUsed = 0n
  for (const round of [1, 2]) {
    const report = ethers.AbiCoder.defaultAbiCoder().encode(
      ['bytes32', 'bytes32', 'uint256', 'bytes32'],
      [ethers.id('feed'), ethers.id(`aep ${round}`), ethers.id(`word ${round}`), ethers.id(`receipts ${round}`)],
    )
    const context: [string, string, string] = [configDigest, word(round << 8), word(0)]
    const digest = ethers.keccak256(ethers.concat([ethers.keccak256(report), ...context]))
    const signatures = signers.slice(0, quorum).map(signer => signer.signingKey.sign(digest))
    const rawVs = ethers.hexlify(Uint8Array.from({ length: 32 }, (_, i) => signatures[i]?.yParity ?? 0))
    const sent = await peer.getFunction('transmit')(
      context,
      report,
      signatures.map(({ r }) => r),
      signatures.map(({ s }) => s),
      rawVs,
    )
    gasUsed = (await sent.wait())?.gasUsed ?? 0n
  }
  return gasUsed
}

/** Gas of what people would use otherwise, on the same chain: no limits, only a yardstick. */
describe('Gas of peers', () => {
  for (const n of [4, 7, 16, 31])
    it(`Chainlink OCR2Base, ${n} oracles, the same quorum and slots`, async () => {
      recordGas(`anchor by Chainlink OCR2Base, n = ${n}`, await transmitCost(n))
    })
})
