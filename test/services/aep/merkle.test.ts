import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inclusionProof, leafHash, merkleRoot, rootFromProof, verifyInclusion } from '@nexus/aep/merkle'
import { toHex } from '@nexus/kit/canonical'
import { expect } from 'chai'
import fc from 'fast-check'

const hash = (...parts: Uint8Array[]) => new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest())

/** Written another way than ours: level by level from the left, a node without a sibling goes up as it is. */
function naiveRoot(contents: readonly Uint8Array[]): Uint8Array {
  let level: Uint8Array[] = contents.map(content => hash(Uint8Array.of(0), content))
  if (level.length === 0) return hash()
  while (level.length > 1) {
    const next: Uint8Array[] = []
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = level.slice(i, i + 2) as [Uint8Array, Uint8Array | undefined]
      next.push(right === undefined ? left : hash(Uint8Array.of(1), left, right))
    }
    level = next
  }
  return level[0] as Uint8Array
}

interface Vectors {
  contents: string[]
  roots: string[]
  proofs: { size: number; index: number; proof: string[] }[]
}
const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../../standards/vectors/merkle.json', import.meta.url), 'utf8'),
)
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.slice(2), 'hex'))

describe('the Merkle tree of RFC 9162', function () {
  this.timeout(60_000)
  // The inputs and roots that the Certificate Transparency reference implementation publishes for this tree.
  const contents = vectors.contents.map(bytes)
  const leaves = contents.map(content => leafHash(content))

  for (const [size, root] of vectors.roots.entries())
    it(`has the published root over the first ${size} leaves`, () => {
      expect(toHex(merkleRoot(leaves.slice(0, size)))).to.equal(root)
      expect(toHex(naiveRoot(contents.slice(0, size)))).to.equal(root)
    })

  for (const { size, index, proof } of vectors.proofs)
    it(`has the published proof of leaf ${index} of ${size}`, () => {
      expect(inclusionProof(leaves.slice(0, size), index).map(toHex)).to.deep.equal(proof)
    })

  it('agrees with a naive tree, and every proof leads to its root, for any leaves', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 70 }), contents => {
        const leaves = contents.map(content => leafHash(content))
        const root = toHex(merkleRoot(leaves))
        expect(root).to.equal(toHex(naiveRoot(contents)))
        for (const [index, leaf] of leaves.entries())
          expect(verifyInclusion(leaf, index, leaves.length, inclusionProof(leaves, index), root)).to.equal(true)
      }),
      { numRuns: 60 },
    )
  })

  it('leads elsewhere from another leaf, another place or another hash', () => {
    const root = toHex(merkleRoot(leaves))
    const proof = inclusionProof(leaves, 5)
    const [leaf, other] = [leaves[5], leaves[4]] as [Uint8Array, Uint8Array]
    expect(verifyInclusion(leaf, 5, 8, proof, root)).to.equal(true)
    expect(verifyInclusion(other, 5, 8, proof, root)).to.equal(false)
    expect(verifyInclusion(leaf, 4, 8, proof, root)).to.equal(false)
    for (const n of proof.keys())
      expect(verifyInclusion(leaf, 5, 8, proof.with(n, new Uint8Array(32)), root)).to.equal(false)
  })

  it('refuses a proof that is too short, too long, or for no leaf at all', () => {
    const proof = inclusionProof(leaves, 5)
    const leaf = leaves[5] as Uint8Array
    const extra = new Uint8Array(32)
    for (const [index, size, hashes] of [
      [5, 8, proof.slice(1)],
      [5, 8, [...proof, extra]],
      [8, 8, proof],
      [-1, 8, proof],
      [0, 0, []],
      [0.5, 8, proof],
    ] as const)
      expect(() => rootFromProof(leaf, index, size, hashes)).to.throw(/does not fit/)
  })

  it('does not take a node for a leaf', () => {
    const [a, b] = leaves as [Uint8Array, Uint8Array]
    const node = merkleRoot([a, b])
    expect(toHex(leafHash(a, b))).to.not.equal(toHex(node))
  })
})
