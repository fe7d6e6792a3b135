import { trimDecimal, unscaleDecimal } from '@nexus/kit/decimal'

/** 710000000000000000 as '71 %'. */
export const percentOf = (payoutWad: bigint): string => `${trimDecimal(unscaleDecimal(payoutWad * 100n, 18))} %`
