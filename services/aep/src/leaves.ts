import { createHmac } from 'node:crypto'
import { canonicalBytes, fromHex, type Hex, sha256 } from '@nexus/kit/canonical'
import { scaleDecimal } from '@nexus/kit/decimal'
import { inputError } from '@nexus/kit/errors'
import type { Observation, Window } from '@nexus/kit/observation'
import { compareNames, concat, int64, uint64, utf8 } from './bytes.ts'
import type { Claims } from './documents.ts'
import { leafHash } from './merkle.ts'
import { observationMs, parseSeconds } from './time.ts'

/** What is sealed under one name: `hash` = SHA-256(0x00 ‖ salt ‖ content). */
export interface Leaf {
  name: string
  content: Uint8Array
  salt: Uint8Array
  hash: Uint8Array
}

const CONTEXT = 'nexus-aep-v1'

/** packSecret of a public pack: anyone can derive it, so that the same inputs give the same root everywhere. */
export const publicPackSecret = (feedId: Hex, window: Window, sequence: number): Uint8Array =>
  sha256(utf8(CONTEXT), fromHex(feedId), uint64(window.from), uint64(window.to), uint64(sequence))

export const saltOf = (packSecret: Uint8Array, name: string): Uint8Array =>
  new Uint8Array(createHmac('sha256', packSecret).update(name, 'utf8').digest())

/** `feedId ‖ int64 value ‖ from ‖ to ‖ eql ‖ flags`: 58 bytes, integers big-endian, times in 8 bytes. */
export function indexClaim(claims: Pick<Claims, 'feedId' | 'index' | 'window' | 'eql' | 'flags'>): Uint8Array {
  return concat(
    fromHex(claims.feedId),
    int64(BigInt(claims.index.scaled)),
    uint64(parseSeconds(claims.window.from)),
    uint64(parseSeconds(claims.window.to)),
    Uint8Array.of(claims.eql, claims.flags),
  )
}

/** Digits behind the point of a decimal text, as the source printed it. */
const decimalsOf = (text: string): number => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0)

/** `SHA-256(RFC 8785 of the observation) ‖ int64 unix ms ‖ int64 scaled value ‖ decimals`: 49 bytes. */
export function observationClaim(observation: Observation): Uint8Array {
  const { id, time, value } = observation
  if (value === null)
    throw inputError('observation-missing', `observation ${id} is missing and decides nothing`, { id })
  const decimals = decimalsOf(value)
  return concat(
    sha256(canonicalBytes(observation)),
    int64(BigInt(observationMs(time))),
    int64(scaleDecimal(value, decimals)),
    Uint8Array.of(decimals),
  )
}

export const INDEX_CLAIM = 'claim/index'
export const observationClaimName = (n: number): string => `claim/observation/${n.toString().padStart(6, '0')}`
const MAX_OBSERVATION_CLAIMS = 1_000_000

/** Files that carry or prove the root cannot be under it. */
export const isLeafFile = (name: string): boolean => name !== 'salts.json' && !name.startsWith('signatures/')

/** Content under each name: the claims, then SHA-256 of each file that is sealed. */
export function leafContents(claims: Claims, files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  if (claims.observations.length > MAX_OBSERVATION_CLAIMS)
    throw inputError('too-many-observations', `${claims.observations.length} observations do not fit their names`)
  const contents = new Map<string, Uint8Array>([[INDEX_CLAIM, indexClaim(claims)]])
  for (const [n, observation] of claims.observations.entries())
    contents.set(observationClaimName(n), observationClaim(observation))
  for (const [name, bytes] of files) if (isLeafFile(name)) contents.set(name, sha256(bytes))
  return contents
}

/** Leaves in order of name, salted. */
export function sealLeaves(contents: ReadonlyMap<string, Uint8Array>, packSecret: Uint8Array): Leaf[] {
  return [...contents]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([name, content]) => {
      const salt = saltOf(packSecret, name)
      return { name, content, salt, hash: leafHash(salt, content) }
    })
}
