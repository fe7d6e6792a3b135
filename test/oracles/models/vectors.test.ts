import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { computeIndex } from '@nexus/packs/compute'
import { feedSpecOfDataset } from '@nexus/packs/feed-spec'
import { obtainSource } from '@nexus/packs/fetch'
import { expect } from 'chai'
import { exp, log } from '../../../oracles/models/math/exponential.ts'
import { incompleteGamma } from '../../../oracles/models/math/gamma.ts'
import { centralAngle } from '../../../oracles/models/math/haversine.ts'
import { inverseNormal } from '../../../oracles/models/math/normal.ts'
import type { Window } from '../../../oracles/types.ts'
import * as reference from '../support/big.ts'
import { big, ONE, toNumber } from '../support/big.ts'

interface Place {
  lat: number
  lon: number
}
interface Vectors {
  index: {
    name: string
    dataset: string
    model: string
    params: Record<string, string | number>
    window: Window
    index: object
    used: number
    quality: { used: number; excluded: Record<string, number> }
    flags: string[]
  }[]
  distance: { name: string; a: Place; b: Place; radians: string }[]
  log: { x: number; ln: string }[]
  exp: { x: number; exp: string }[]
  gamma: { a: number; x: number; lower: string; upper: string }[]
  normal: { p: number; z: string }[]
}
const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../standards/vectors/models.json'), 'utf8'),
) as Vectors

const close = (actual: number, expected: string, tolerance: number) =>
  expect(Math.abs(actual / Number(expected) - 1), expected).to.be.lessThan(tolerance)

describe('vectors of the models', () => {
  const catalogue = loadCatalogue()
  for (const { name, dataset, model, params, window, index, used, quality, flags } of vectors.index)
    it(`reproduces: ${name}`, async () => {
      const feed = feedSpecOfDataset(catalogue, dataset, model, { ...params })
      const decimals = params['decimals']
      if (typeof decimals === 'number') feed.decimals = decimals
      const { inputs } = await obtainSource({ catalogue, feed, window, clock: { nowSeconds: () => 0 } })
      const { dataset: read, result } = await computeIndex({ catalogue, feed, window, inputs })
      expect(result.index).to.deep.equal(index)
      expect(result.used).to.have.length(used)
      expect(result.quality.flags).to.deep.equal(flags)
      expect(result.quality).to.deep.include(quality)
      const accounted = Object.values(quality.excluded).reduce((sum, n) => sum + n, quality.used)
      expect(accounted).to.equal(read.observations.length)
    })

  it('reproduces distances', () => {
    for (const { a, b, radians } of vectors.distance) expect(centralAngle(a, b).toFixed(6)).to.equal(radians)
  })

  it('reproduces logarithm, exponential, gamma and normal distribution', () => {
    for (const { x, ln } of vectors.log) close(log(x), ln, 2 ** -52)
    for (const vector of vectors.exp) close(exp(vector.x), vector.exp, 2 ** -51)
    for (const { a, x, lower, upper } of vectors.gamma) {
      close(incompleteGamma(a, x).lower, lower, 1e-13)
      close(incompleteGamma(a, x).upper, upper, 1e-13)
    }
    for (const { p, z } of vectors.normal) close(inverseNormal({ lower: p, upper: 1 - p }), z, 1e-15)
  })

  it('has vectors that the reference arithmetic confirms to the digits of a double', () => {
    for (const { x, ln } of vectors.log) close(toNumber(reference.ln(big(x))), ln, 2 ** -52)
    for (const vector of vectors.exp) close(toNumber(reference.exp(big(vector.x))), vector.exp, 2 ** -52)
    for (const { a, x, lower, upper } of vectors.gamma) {
      const P = reference.lowerGamma(big(a), big(x))
      close(toNumber(P), lower, 2 ** -52)
      close(toNumber(ONE - P), upper, 2 ** -52)
    }
    for (const { p, z } of vectors.normal) close(toNumber(reference.normal(big(Number(z)))), String(p), 1e-14)
  })
})
