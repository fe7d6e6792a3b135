/** Signatures that are long, of functions that both roles and classes speak of. */
const AWARD_TERMS = '(bytes32,uint32,address,address,uint128)'

export const OPEN_RAIL =
  'openRail((string,string,address,uint40,bytes32,address[],(uint48,uint32,uint48,uint8,uint8,uint256,address),(bytes32,uint8,uint128,bytes32[],(bytes32,uint16)[],(bytes32,uint16[5])[])))'
export const AMEND = 'amend(bytes32,uint32,(string,string,(uint8,address,bytes4,bytes32)[])[],bytes32)'
export const OPEN_ROUND =
  'openRound((address,uint8,uint16,uint40,uint40,uint40,uint40,uint40,address,address,address,uint128,uint16[],(address,uint128)[],string))'
export const GRANT = `grant(${AWARD_TERMS})`
export const STREAM = `stream(${AWARD_TERMS},uint40,uint40,uint40)`
export const PLEDGE = `pledge(${AWARD_TERMS},(bytes32,int64,uint40,uint40,uint8,bool),uint40)`
export const SET_TERMS =
  'setTerms((uint96,uint96,uint32,uint32,uint96,uint96,uint32,uint32,uint96,uint32,uint32,uint32,uint32,uint8,uint8,uint8))'
export const ADMIT = 'admit((address,address,uint64,uint8,bytes32,bytes32,uint96,uint8),address)'
export const DRAW = 'draw((uint256,uint8,uint8,uint8,uint8,uint40,uint32,uint32,uint64,address[3],bytes32[]))'
