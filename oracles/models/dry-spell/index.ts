import type { Dataset, IndexResult, Params, Window } from '../../types.ts'
import { extremeSum } from '../daily/sums.ts'

export { decimals } from '../daily/sums.ts'
export const id = 'dry-spell'
export const version = '1.0.0'

/**
 * The driest run of `days` days: the least precipitation that fell in it. This is not ETCCDI's CDD, which counts the longest run of
 * days with less than 1 mm each.
 */
export const run = (dataset: Dataset, params: Params, window: Window): IndexResult =>
  extremeSum(dataset, params, window, (tenths, best) => tenths < best)
