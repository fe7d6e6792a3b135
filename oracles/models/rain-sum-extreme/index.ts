import type { Dataset, IndexResult, Params, Window } from '../../types.ts'
import { extremeSum } from '../daily/sums.ts'

export { decimals } from '../daily/sums.ts'
export const id = 'rain-sum-extreme'
export const version = '1.0.0'

/** The wettest run of `days` days: ETCCDI's RXnday over the window instead of a month. */
export const run = (dataset: Dataset, params: Params, window: Window): IndexResult =>
  extremeSum(dataset, params, window, (tenths, best) => tenths > best)
