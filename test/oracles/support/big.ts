/**
 * Reference arithmetic: fixed point with 640 fractional bits in BigInt, from textbook series that the models do not use (or do not use so). About
 * 190 correct digits (far tails lose a third of them), so the difference to a double is the double's own error.
 */
const BITS = 640n
export const ONE = 1n << BITS

/** A double, exactly (doubles of ordinary size have far fewer fractional bits). */
export function big(x: number): bigint {
  let [m, bits] = [x, 0n]
  while (!Number.isInteger(m)) {
    m *= 2
    bits += 1n
  }
  return (BigInt(m) << BITS) >> bits
}

export const mul = (a: bigint, b: bigint): bigint => (a * b) >> BITS
export const div = (a: bigint, b: bigint): bigint => (a << BITS) / b
export const ratio = (a: bigint, b: bigint): bigint => (a << BITS) / b

/** Nearest double of a fixed-point number, good to some 2^-60 of it: for differences and ratios. */
export function toNumber(a: bigint): number {
  const sign = a < 0n ? -1 : 1
  let digits = a < 0n ? -a : a
  let exponent = -Number(BITS)
  const excess = digits.toString(2).length - 64
  if (excess > 0) {
    digits >>= BigInt(excess)
    exponent += excess
  }
  return sign * Number(digits) * 2 ** exponent
}

export function sqrt(a: bigint): bigint {
  const n = a << BITS
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2))
  for (;;) {
    const y = (x + n / x) >> 1n
    if (y >= x) return x
    x = y
  }
}

/** e^x = (e^(x/2^40))^(2^40). */
export function exp(x: bigint): bigint {
  // Guard bits for the squarings.
  const guard = 80n
  const one = ONE << guard
  const r = (x << guard) >> 40n
  let [term, sum] = [one, one]
  for (let n = 1n; term !== 0n && n < 60n; n += 1n) {
    term = (term * r) / (one * n)
    sum += term
  }
  for (let i = 0; i < 40; i++) sum = (sum * sum) / one
  return sum >> guard
}

const artanh = (s: bigint): bigint => {
  let [power, sum] = [s, s]
  const s2 = mul(s, s)
  for (let n = 3n; power > 1n || power < -1n; n += 2n) {
    power = mul(power, s2)
    sum += power / n
  }
  return sum
}
const LN2 = 2n * artanh(ratio(1n, 3n))

export function ln(x: bigint): bigint {
  let [m, k] = [x, 0n]
  while (m >= 2n * ONE) {
    m >>= 1n
    k += 1n
  }
  while (m < ONE) {
    m <<= 1n
    k -= 1n
  }
  return 2n * artanh(div(m - ONE, m + ONE)) + k * LN2
}

const arctanInverse = (n: bigint): bigint => {
  let [power, sum, sign] = [ONE / n, ONE / n, -1n]
  for (let k = 3n; power > 0n; k += 2n) {
    power /= n * n
    sum += (sign * power) / k
    sign = -sign
  }
  return sum
}
/** Machin's formula. */
export const PI = 16n * arctanInverse(5n) - 4n * arctanInverse(239n)

const alternating = (first: bigint, x: bigint, from: bigint): bigint => {
  const x2 = mul(x, x)
  let [term, sum] = [first, first]
  for (let n = from; term !== 0n; n += 2n) {
    term = -mul(term, x2) / (n * (n + 1n))
    if (term === -1n) break
    sum += term
  }
  return sum
}
export const sin = (x: bigint): bigint => alternating(x, x, 2n)
export const cos = (x: bigint): bigint => alternating(ONE, x, 1n)

/** B₀, B₁, … as fractions, by the recurrence. */
function bernoulli(count: number): [bigint, bigint][] {
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
  const numbers: [bigint, bigint][] = [[1n, 1n]]
  for (let m = 1; m < count; m++) {
    let [p, q] = [0n, 1n]
    let choose = 1n
    for (let k = 0; k < m; k++) {
      const [bp, bq] = numbers[k] ?? [0n, 1n]
      p = p * bq + q * choose * bp
      q *= bq
      const g = gcd(p, q)
      p /= g
      q /= g
      choose = (choose * BigInt(m + 1 - k)) / BigInt(k + 1)
    }
    numbers.push([-p, q * BigInt(m + 1)])
  }
  return numbers
}
const BERNOULLI = bernoulli(62)

/** ln Γ(x) from Stirling's series at x + 80. */
export function lnGamma(x: bigint): bigint {
  let [y, product] = [x, ONE]
  for (let i = 0; i < 80; i++) {
    product = mul(product, y)
    y += ONE
  }
  const half = ONE / 2n
  let sum = mul(y - half, ln(y)) - y + ln(2n * PI) / 2n
  let power = y
  for (let k = 1; 2 * k < BERNOULLI.length; k++) {
    const [p, q] = BERNOULLI[2 * k] ?? [0n, 1n]
    sum += div((p * ONE) / (q * BigInt(2 * k * (2 * k - 1))), power)
    power = mul(power, mul(y, y))
  }
  return sum - ln(product)
}

/** P(a, x) by its series, whatever a and x: with so many bits nothing is lost to cancellation. */
export function lowerGamma(a: bigint, x: bigint): bigint {
  let [term, sum] = [ONE, ONE]
  for (let n = 1n; term > 1n; n += 1n) {
    term = (term * x) / (a + n * ONE)
    sum += term
  }
  return mul(exp(mul(a, ln(x)) - x - lnGamma(a + ONE)), sum)
}

/** Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/15 + …). */
export function normal(z: bigint): bigint {
  const z2 = mul(z, z)
  let [term, sum] = [z, z]
  for (let n = 3n; term > 1n || term < -1n; n += 2n) {
    term = mul(term, z2) / n
    sum += term
  }
  return ONE / 2n + mul(density(z), sum)
}
export const density = (z: bigint): bigint => div(exp(-mul(z, z) / 2n), sqrt(2n * PI))

/** Relative difference of a double to a reference. */
export const relative = (actual: number, reference: bigint): number =>
  Math.abs(toNumber(div(big(actual) - reference, reference)))
