// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice The first word of a condition in a list: target 20 | gasCap 4 | word 1 | index 1 | 0 4 | length of data 2
type ConditionHead is uint256;

using ConditionHeadLib for ConditionHead global;

library ConditionHeadLib {
    function target(ConditionHead head) internal pure returns (address) {
        return address(uint160(ConditionHead.unwrap(head) >> 96));
    }

    function gasCap(ConditionHead head) internal pure returns (uint256) {
        return uint32(ConditionHead.unwrap(head) >> 64);
    }

    function word(ConditionHead head) internal pure returns (uint256) {
        return uint8(ConditionHead.unwrap(head) >> 56);
    }

    function index(ConditionHead head) internal pure returns (uint256) {
        return uint8(ConditionHead.unwrap(head) >> 48);
    }

    function dataLength(ConditionHead head) internal pure returns (uint256) {
        return uint16(ConditionHead.unwrap(head));
    }
}
