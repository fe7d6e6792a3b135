import { expect } from 'chai'
import fc from 'fast-check'
import { exp, log, log1pMinus } from '../../../oracles/models/math/exponential.ts'
import { incompleteGamma, logGamma } from '../../../oracles/models/math/gamma.ts'
import { centralAngle, distanceMetres } from '../../../oracles/models/math/haversine.ts'
import { inverseNormal } from '../../../oracles/models/math/normal.ts'
import { arcsin, cosDegrees, sinDegrees } from '../../../oracles/models/math/trigonometry.ts'
import * as reference from '../support/big.ts'
import { big, ONE, PI, relative, toNumber } from '../support/big.ts'

const ULP = 2 ** -52
const doubles = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const degrees = (x: number) => (big(x) * PI) / (180n * ONE)

describe('mathematics of the models', () => {
  it('has a reference that agrees with constants in print', () => {
    // Abramowitz & Stegun, tables 1.1 and 6.1; sqrt(pi) = Gamma(1/2)
    const printed = (314159265358979323846264338327950288419716939937510n * ONE) / 10n ** 50n
    expect(Math.abs(toNumber(PI - printed))).to.be.lessThan(1e-49)
    expect(relative(Math.E, reference.exp(ONE))).to.be.lessThan(ULP)
    expect(relative(0.5723649429247001, reference.lnGamma(ONE / 2n))).to.be.lessThan(ULP)
    expect(relative(0.8413447460685429, reference.normal(ONE))).to.be.lessThan(ULP)
  })

  it('computes logarithms to 1 unit in the last place', () => {
    fc.assert(
      fc.property(fc.oneof(doubles(1e-12, 1e12), doubles(0.5, 2)), x => {
        fc.pre(x !== 1)
        expect(relative(log(x), reference.ln(big(x)))).to.be.lessThan(ULP)
      }),
      { numRuns: 400 },
    )
    expect(log(1)).to.equal(0)
    expect(log(0)).to.equal(Number.NEGATIVE_INFINITY)
    expect(log(-1)).to.be.NaN
  })

  it('computes ln(1 + x) − x without cancellation near 0', () => {
    fc.assert(
      fc.property(fc.oneof(doubles(-0.25, 0.25), doubles(-1e-6, 1e-6), doubles(0.3, 100)), x => {
        fc.pre(Math.abs(x) > 1e-9)
        expect(relative(log1pMinus(x), reference.ln(ONE + big(x)) - big(x))).to.be.lessThan(16 * ULP)
      }),
      { numRuns: 400 },
    )
  })

  it('computes exponentials to 2 units in the last place', () => {
    fc.assert(
      fc.property(doubles(-60, 60), x => {
        expect(relative(exp(x), reference.exp(big(x)))).to.be.lessThan(2 * ULP)
      }),
      { numRuns: 400 },
    )
    expect(exp(-800)).to.equal(0)
    expect(exp(710)).to.equal(Number.POSITIVE_INFINITY)
  })

  it('computes sines, cosines and arcsines to 2 and 4 units in the last place', () => {
    fc.assert(
      fc.property(doubles(-180, 180), x => {
        // Near a zero the error of the reduction counts absolutely.
        expect(Math.abs(sinDegrees(x) - toNumber(reference.sin(degrees(x))))).to.be.lessThan(2 * ULP)
        expect(Math.abs(cosDegrees(x) - toNumber(reference.cos(degrees(x))))).to.be.lessThan(2 * ULP)
      }),
      { numRuns: 200 },
    )
    fc.assert(
      fc.property(doubles(1e-9, 1), y => {
        // sin of the answer is the argument: one Newton step gives the error of the angle.
        const angle = big(arcsin(y))
        const error = toNumber(reference.sin(angle) - big(y)) / Math.max(toNumber(reference.cos(angle)), 1e-6)
        fc.pre(y < 1 - 1e-9)
        expect(Math.abs(error)).to.be.lessThan(4 * ULP * Math.max(arcsin(y), 0.01))
      }),
      { numRuns: 200 },
    )
    expect(Math.abs(arcsin(1) - Math.PI / 2)).to.be.lessThan(2 * ULP)
    expect([sinDegrees(0), sinDegrees(90), cosDegrees(90), cosDegrees(180)]).to.deep.equal([0, 1, 0, -1])
  })

  it('computes ln Γ to 1e-14 of its parts', () => {
    fc.assert(
      fc.property(fc.oneof(doubles(0.01, 20), doubles(20, 5000)), x => {
        const error = Math.abs(toNumber(big(logGamma(x)) - reference.lnGamma(big(x))))
        expect(error).to.be.lessThan(1e-14 * Math.max(1, Math.abs(logGamma(x)), x))
      }),
      { numRuns: 150 },
    )
  })

  it('computes both incomplete gamma functions to 5e-13, each tail by itself', () => {
    fc.assert(
      fc.property(doubles(0.05, 400), doubles(-6, 6), (a, deviations) => {
        const x = a * (1 + deviations / Math.max(3, Math.sqrt(a)))
        fc.pre(x > 1e-3)
        const lower = reference.lowerGamma(big(a), big(x))
        const actual = incompleteGamma(a, x)
        expect(relative(actual.lower, lower), `P(${a}, ${x})`).to.be.lessThan(5e-13)
        expect(relative(actual.upper, ONE - lower), `Q(${a}, ${x})`).to.be.lessThan(5e-13)
      }),
      { numRuns: 150 },
    )
  })

  it('agrees with closed forms: Q(n, x) = e^−x Σ x^k/k!, and with its limits', () => {
    for (const [n, x] of [
      [1, 0.5],
      [3, 2],
      [5, 9],
      [12, 20],
    ] as const) {
      let [term, sum] = [ONE, ONE]
      for (let k = 1n; k < BigInt(n); k += 1n) {
        term = (term * big(x)) / (k * ONE)
        sum += term
      }
      const upper = (reference.exp(-big(x)) * sum) / ONE
      expect(relative(incompleteGamma(n, x).upper, upper)).to.be.lessThan(5e-15)
    }
    expect(incompleteGamma(2, 0)).to.deep.equal({ lower: 0, upper: 1 })
    expect(incompleteGamma(2, 1e6)).to.deep.equal({ lower: 1, upper: 0 })
  })

  it('stays right for shapes of nearly constant rain, a = 10⁶ to 5·10¹¹', () => {
    // Temme's uniform expansion (DLMF 8.12.4, 8.12.7 …): Q ≈ Φ(−z) + φ(z)/√a · (c₀ + c₁/a), z = η√a, ½η² = μ − ln(1 + μ), μ = (x − a)/a
    for (const a of [1e6, 1e8, 1e10, 5e11])
      for (const d of [-1e4, -100, 0, 0.999, 1, 1.5, 10, 1000, 1e5]) {
        const mu = d / a
        const eta = mu * (1 - mu / 3 + (7 * mu * mu) / 36 - (73 * mu ** 3) / 540)
        const z = big(eta * Math.sqrt(a))
        if (Math.abs(toNumber(z)) > 8) continue
        const c0 = -1 / 3 + eta / 12 - (2 * eta * eta) / 135
        const c1 = -1 / 540 - eta / 288
        const expected =
          toNumber(reference.normal(-z)) + (toNumber(reference.density(z)) / Math.sqrt(a)) * (c0 + c1 / a)
        expect(Math.abs(incompleteGamma(a, a + d).upper / expected - 1), `Q(${a}, ${a + d})`).to.be.lessThan(1e-10)
      }
  })

  it('inverts the normal distribution to 1e-15', () => {
    const errorOf = (lower: number, upper: number): number => {
      const z = inverseNormal({ lower, upper })
      const off = z < 0 ? reference.normal(big(z)) - big(lower) : big(upper) - (ONE - reference.normal(big(z)))
      return Math.abs(toNumber((off * ONE) / reference.density(big(z)))) / Math.max(1, Math.abs(z))
    }
    fc.assert(
      fc.property(fc.oneof(doubles(1e-3, 0.5), doubles(1e-300, 1e-3), doubles(0.4, 0.5)), p => {
        fc.pre(p > 1e-60) // the reference is fixed point
        expect(errorOf(p, 1 - p)).to.be.lessThan(1e-15)
        expect(errorOf(1 - p, p)).to.be.lessThan(1e-15)
      }),
      { numRuns: 300 },
    )
    // Wichura's own check values, AS 241 p. 479
    expect(inverseNormal({ lower: 0.25, upper: 0.75 })).to.be.closeTo(-0.6744897501960817, 1e-15)
    expect(inverseNormal({ lower: 0.001, upper: 0.999 })).to.be.closeTo(-3.090232306167814, 4e-15)
    expect(inverseNormal({ lower: 1e-20, upper: 1 })).to.be.closeTo(-9.262340089798409, 1e-14)
    expect(inverseNormal({ lower: 0.5, upper: 0.5 })).to.equal(0)
  })

  it('measures Los Angeles to New York as the Aviation Formulary does: 0.623585 rad', () => {
    const la = { lat: 33 + 57 / 60, lon: -(118 + 24 / 60) }
    const jfk = { lat: 40 + 38 / 60, lon: -(73 + 47 / 60) }
    expect(centralAngle(la, jfk).toFixed(6)).to.equal('0.623585')
  })

  it('measures distances as vectors do, over the date line and the poles, to the metre', () => {
    fc.assert(
      fc.property(
        doubles(-90, 90),
        doubles(-180, 180),
        doubles(-90, 90),
        doubles(-180, 180),
        (lat1, lon1, lat2, lon2) => {
          const vector = (lat: number, lon: number): [number, number, number] => {
            const [p, l] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180]
            return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)]
          }
          const [a, b] = [vector(lat1, lon1), vector(lat2, lon2)]
          const cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
          const angle = Math.atan2(Math.hypot(...cross), a[0] * b[0] + a[1] * b[1] + a[2] * b[2])
          const metres = distanceMetres({ lat: lat1, lon: lon1 }, { lat: lat2, lon: lon2 })
          // At the antipodes the haversine is ill-conditioned: half a metre of rounding and some centimetres.
          expect(Math.abs(metres - angle * 6371008.8)).to.be.lessThan(0.6)
        },
      ),
      { numRuns: 500 },
    )
  })
})
