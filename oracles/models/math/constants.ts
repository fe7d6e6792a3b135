/** Doubles nearest to the constants (A. Hald's 30-digit values in Abramowitz & Stegun 1964, table 1.1). */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the double itself, so that this folder needs nothing of Math but exact functions
export const PI = 3.141592653589793
export const SQRT_2PI = 2.5066282746310007
export const LN_SQRT_2PI = 0.9189385332046728
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the double itself, so that this folder needs nothing of Math but exact functions
export const SQRT_HALF = 0.7071067811865476

/** ln 2 in two parts: the first has 20 trailing zero bits, so that k·LN2_HIGH is exact for |k| < 2^20 (Cody & Waite 1980). */
export const LN2_HIGH = 0.6931471803691238
export const LN2_LOW = 1.9082149292705877e-10
