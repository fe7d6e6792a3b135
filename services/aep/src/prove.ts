import { type Hex, toHex } from '@nexus/kit/canonical'
import { inputError } from '@nexus/kit/errors'
import { inclusionProof } from './merkle.ts'
import { type Files, openPack } from './pack.ts'

/** What it takes to check one claim or file of a pack against its root, on chain (`verifyClaim`) or by hand. */
export interface ClaimProof {
  name: string
  /** Claim in its binary form, or SHA-256 of a file. */
  content: Hex
  /** SHA-256(0x00 ‖ salt ‖ content). */
  leaf: Hex
  salt: Hex
  index: number
  size: number
  /** Nearest first. */
  proof: Hex[]
  root: Hex
}

/** @throws NexusError `unknown-claim` (exit 2), or what openPack throws */
export function proveClaim(files: Files, name: string): ClaimProof {
  const { leaves, aepId } = openPack(files)
  const index = leaves.findIndex(leaf => leaf.name === name)
  const leaf = leaves[index]
  if (leaf === undefined)
    throw inputError('unknown-claim', `the pack has no claim or file ${name}`, { name, names: leaves.map(l => l.name) })
  const hashes = leaves.map(({ hash }) => hash)
  return {
    name,
    content: toHex(leaf.content),
    leaf: toHex(leaf.hash),
    salt: toHex(leaf.salt),
    index,
    size: leaves.length,
    proof: inclusionProof(hashes, index).map(toHex),
    root: aepId,
  }
}
