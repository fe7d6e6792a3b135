import { expect } from 'chai'
import { recordGas } from '../gas/ledger.ts'
import { type Leaf, leafHash, pathOf, rootOf } from './tree.ts'
import { anchor, deploy, ethers, hash, networkHelpers, nextOf, roles, type World } from './world.ts'

/** Leaves of different lengths, empty ones among them. */
const leavesOf = (n: number): Leaf[] =>
  Array.from({ length: n }, (_, i) => ({
    salt: hash(`salt ${n} ${i}`),
    content: ethers.dataSlice(ethers.concat([hash(`a ${i}`), hash(`b ${i}`), hash(`c ${i}`)]), 0, (i * 7) % 97),
  }))

/** Anchors the tree over `leaves` as the feed's next pack. */
async function anchorTree(world: World, leaves: readonly Leaf[], sequence: number) {
  const hashes = leaves.map(leafHash)
  const root = rootOf(hashes)
  await anchor(world, { ...nextOf(world.report, sequence - 1), aepRoot: root })
  const at = (index: number) => {
    const leaf = leaves[index]
    if (!leaf) throw new Error(`no leaf ${index}`)
    return { ...leaf, index, size: leaves.length, proof: pathOf(index, hashes) }
  }
  type Claim = ReturnType<typeof at>
  const holds = ({ content, salt, index, size, proof }: Claim) =>
    world.registry.verifyClaim(root, content, salt, index, size, proof)
  return { root, hashes, at, holds }
}

const four = () => deploy(4)

async function seven() {
  const world = await deploy(4)
  return { world, tree: await anchorTree(world, leavesOf(7), 1) }
}

describe('Registry: claims of an anchored pack', () => {
  it('hashes the tree of the Certificate Transparency test data as everybody does', () => {
    const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    const hashes = data.map(content => leafHash({ salt: '0x', content: `0x${content}` }))
    expect(rootOf(hashes)).to.equal('0x5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
    expect(rootOf(hashes.slice(0, 7))).to.equal('0xddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c')
  })

  it('holds for every leaf of every tree of up to 20 leaves, and at no other place of it', async () => {
    const world = await networkHelpers.loadFixture(four)
    for (let size = 1; size <= 20; size++) {
      const tree = await anchorTree(world, leavesOf(size), size)
      for (let index = 0; index < size; index++) {
        const claim = tree.at(index)
        expect(await tree.holds(claim), `leaf ${index} of ${size}`).to.equal(true)
        const next = (index + 1) % size
        if (next !== index) expect(await tree.holds({ ...claim, index: next }), `moved to ${next}`).to.equal(false)
      }
    }
  })

  it('holds for the ends of trees with 1,000 and 1,025 leaves', async () => {
    const world = await networkHelpers.loadFixture(four)
    for (const [n, size] of [1000, 1025].entries()) {
      const tree = await anchorTree(world, leavesOf(size), n + 1)
      for (const index of [0, 1, 511, 512, size - 2, size - 1]) {
        expect(await tree.holds(tree.at(index)), `leaf ${index} of ${size}`).to.equal(true)
      }
    }
  })

  it('does not hold with a bit changed anywhere, a hash more, a hash less, or another size', async () => {
    const { tree } = await networkHelpers.loadFixture(seven)
    for (let index = 0; index < 7; index++) {
      const claim = tree.at(index)
      const { proof, content, salt } = claim
      const [first, ...rest] = proof
      if (first === undefined) throw new Error('a leaf of seven has a path')
      const flipped = (bytes: string) => {
        const changed = ethers.getBytes(bytes)
        changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
        return ethers.hexlify(changed)
      }
      const wrong = {
        'another salt': { ...claim, salt: flipped(salt) },
        'a byte more': { ...claim, content: `${content}00` },
        'no path': { ...claim, proof: [] },
        'a path cut': { ...claim, proof: proof.slice(0, -1) },
        'a path begun late': { ...claim, proof: rest },
        'a path too long': { ...claim, proof: [...proof, first] },
        'a path turned round': { ...claim, proof: proof.toReversed() },
        'a size of none': { ...claim, size: 0 },
        'a size twice as large': { ...claim, size: 14 },
        'an index at the size': { ...claim, index: 7 },
        'an index beyond': { ...claim, index: 7 + 8 },
      }
      for (const [what, changed] of Object.entries(wrong)) {
        expect(await tree.holds(changed), `${what}, leaf ${index}`).to.equal(false)
      }
      for (const [place, sibling] of proof.entries()) {
        const changed = proof.with(place, flipped(sibling))
        expect(await tree.holds({ ...claim, proof: changed }), `hash ${place}, leaf ${index}`).to.equal(false)
      }
      if (content !== '0x') expect(await tree.holds({ ...claim, content: flipped(content) })).to.equal(false)
    }
  })

  it('does not take an inner node for a leaf', async () => {
    const { tree } = await networkHelpers.loadFixture(seven)
    const [a, b, c, d, e, f, g] = tree.hashes as [string, string, string, string, string, string, string]
    const inner = { salt: a, content: b, index: 0, size: 4, proof: [rootOf([c, d]), rootOf([e, f, g])] }
    expect(await tree.holds(inner)).to.equal(false)
    const root = { salt: rootOf([a, b, c, d]), content: rootOf([e, f, g]), index: 0, size: 1, proof: [] }
    expect(await tree.holds(root)).to.equal(false)
  })

  it('says of one leaf no more than that it is in the tree: index and size only steer', async () => {
    const { tree } = await networkHelpers.loadFixture(seven)
    const claim = tree.at(6) // two hashes up: as the fourth of four would be
    expect(await tree.holds({ ...claim, index: 3, size: 4 })).to.equal(true)
  })

  it('needs an anchored pack, and goes on holding when that is void', async () => {
    const { tree, world } = await networkHelpers.loadFixture(seven)
    const { disputer, adjudicator } = await roles()
    const nothing = hash('nothing')
    await expect(world.registry.verifyClaim(nothing, '0x', nothing, 0, 1, []))
      .to.be.revertedWithCustomError(world.registry, 'Evidence_UnknownAep')
      .withArgs(nothing)
    await world.registry.connect(disputer).dispute(tree.root, nothing)
    await world.registry.connect(adjudicator).rule(tree.root, false, nothing)
    expect(await tree.holds(tree.at(3))).to.equal(true)
  })

  it('keeps the gas of one among 1,000 at most 45,000, as a transaction', async () => {
    const world = await networkHelpers.loadFixture(four)
    const leaves = leavesOf(1000).map((leaf, i) => ({
      ...leaf,
      content: ethers.solidityPacked(
        ['bytes32', 'int64', 'int64', 'int64', 'uint8', 'uint8'],
        [world.report.feedId, i, world.report.from, world.report.to, 3, 0],
      ),
    }))
    const tree = await anchorTree(world, leaves, 1)
    const { stranger } = await roles()
    const used: bigint[] = []
    for (const index of [0, 500, 999]) {
      const { content, salt, size, proof } = tree.at(index)
      const args = [tree.root, content, salt, index, size, proof] as const
      const data = world.registry.interface.encodeFunctionData('verifyClaim', [...args])
      const tx = await stranger.sendTransaction({ to: await world.registry.getAddress(), data })
      used.push((await tx.wait())?.gasUsed ?? 0n)
    }
    const worst = used.toSorted((a, b) => Number(b - a))[0] ?? 0n
    recordGas('claim proof among 1,000 leaves, as a transaction', worst, 45_000n)
  })
})
