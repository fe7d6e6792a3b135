/**
 * SPI by other means than the model's: Math's functions, Γ by Lanczos' approximation, the distribution by integrating its density, the
 * quantile by bisection on an integral of the normal density. Sums in mm by `YYYY-MM`; null where there is none.
 */
export function naiveSpi(
  sums: ReadonlyMap<string, number>,
  scale: number,
  calFrom: number,
  calTo: number,
  minYears: number,
): Map<string, number | null> {
  const name = (year: number, month: number) => {
    const date = new Date(Date.UTC(year, month - 1, 1))
    return date.toISOString().slice(0, 7)
  }
  const total = (year: number, month: number): number | null => {
    let sum = 0
    for (let back = 0; back < scale; back++) {
      const part = sums.get(name(year, month - back))
      if (part === undefined) return null
      sum += part
    }
    return Math.round(sum * 100) / 100
  }
  const result = new Map<string, number | null>()
  for (const key of sums.keys()) {
    const [year = 0, month = 0] = key.split('-').map(Number)
    const sample: number[] = []
    for (let y = calFrom; y <= calTo; y++) {
      const sum = total(y, month)
      if (sum !== null) sample.push(sum)
    }
    const x = total(year, month)
    const wet = sample.filter(sum => sum > 0)
    if (x === null || sample.length < minYears || wet.length < 3) {
      result.set(key, null)
      continue
    }
    const mean = wet.reduce((a, b) => a + b) / wet.length
    const spread = Math.log(mean) - wet.reduce((a, b) => a + Math.log(b), 0) / wet.length
    if (spread < 1e-12) {
      result.set(key, null)
      continue
    }
    const shape = (1 + Math.sqrt(1 + (4 * spread) / 3)) / (4 * spread)
    const dry = (sample.length - wet.length) / sample.length
    const probability = dry + (1 - dry) * gammaDistribution(shape, (x * shape) / mean)
    result.set(key, Math.max(-3.09, Math.min(3.09, quantile(probability))))
  }
  return result
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
function lnGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - lnGamma(1 - z)
  const x = z - 1
  const t = x + 7.5
  const sum = LANCZOS.reduce((s, c, i) => (i === 0 ? c : s + c / (x + i)), 0)
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum)
}

/**
 * ∫₀^x t^(a−1) e^−t dt / Γ(a) by Simpson's rule, with t = u^m: the integrand m·u^(ma−1)·e^(−u^m) is smooth at 0 for ma ≥ 8, where the density itself has a
 * kink or a pole.
 */
function gammaDistribution(a: number, x: number): number {
  if (x <= 0) return 0
  const m = Math.max(1, Math.ceil(8 / a))
  const norm = lnGamma(a)
  const f = (u: number) => (u === 0 ? 0 : m * Math.exp((m * a - 1) * Math.log(u) - u ** m - norm))
  // Below the mean minus 40 deviations there is nothing.
  const from = Math.max(0, a - 40 * Math.sqrt(a) - 40)
  return x <= from ? 0 : simpson(f, from ** (1 / m), x ** (1 / m), 4000)
}

function simpson(f: (t: number) => number, from: number, to: number, steps: number): number {
  const h = (to - from) / steps
  let sum = f(from) + f(to)
  for (let i = 1; i < steps; i++) sum += f(from + i * h) * (i % 2 === 1 ? 4 : 2)
  return (sum * h) / 3
}

const normalDensity = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
function quantile(p: number): number {
  let [low, high] = [-10, 10]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    const below =
      middle < 0 ? 0.5 - simpson(normalDensity, middle, 0, 400) : 0.5 + simpson(normalDensity, 0, middle, 400)
    if (below < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
