// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ActionClass} from "./IActionClasses.sol";
import {Rule} from "./INexusValidationModule.sol";

/// @notice A class's rule, in one word, first field in the lowest bits: yes 8 | vetoes 8 | voteSeconds 40 | delaySeconds 40 | dissentSeconds 40
/// | mostDissentSeconds 40 | graceSeconds 40. Constants: reading one costs nothing.
type RuleWord is uint256;

using RuleWordLib for RuleWord global;

library RuleWordLib {
    RuleWord private constant EMERGENCY = RuleWord.wrap(
        2 | (3 << 8) | (uint256(1 days) << 16) | (uint256(1 days) << 176)
    );
    RuleWord private constant ORDINARY = RuleWord.wrap(
        3 |
            (3 << 8) |
            (uint256(7 days) << 16) |
            (uint256(12 hours) << 96) |
            (uint256(24 hours) << 136) |
            (uint256(14 days) << 176)
    );
    RuleWord private constant RATIFICATION = RuleWord.wrap(
        4 |
            (2 << 8) |
            (uint256(14 days) << 16) |
            (uint256(2 days) << 56) |
            (uint256(12 hours) << 96) |
            (uint256(2 days) << 136) |
            (uint256(14 days) << 176)
    );
    RuleWord private constant CONSTITUTIONAL = RuleWord.wrap(
        5 |
            (2 << 8) |
            (uint256(14 days) << 16) |
            (uint256(7 days) << 56) |
            (uint256(42 hours) << 96) |
            (uint256(7 days) << 136) |
            (uint256(28 days) << 176)
    );

    function ruleOf(ActionClass class) internal pure returns (RuleWord) {
        if (class == ActionClass.Ordinary) return ORDINARY;
        if (class == ActionClass.Emergency) return EMERGENCY;
        return class == ActionClass.Ratification ? RATIFICATION : CONSTITUTIONAL;
    }

    function yes(RuleWord rule) internal pure returns (uint256) {
        return uint8(RuleWord.unwrap(rule));
    }

    function vetoes(RuleWord rule) internal pure returns (uint256) {
        return uint8(RuleWord.unwrap(rule) >> 8);
    }

    function voteSeconds(RuleWord rule) internal pure returns (uint256) {
        return uint40(RuleWord.unwrap(rule) >> 16);
    }

    function delaySeconds(RuleWord rule) internal pure returns (uint256) {
        return uint40(RuleWord.unwrap(rule) >> 56);
    }

    /// @dev What `dissents` of them add.
    function dissentSeconds(RuleWord rule, uint256 dissents) internal pure returns (uint256 longer) {
        unchecked {
            longer = dissents * uint40(RuleWord.unwrap(rule) >> 96);
        }
        uint256 most = uint40(RuleWord.unwrap(rule) >> 136);
        if (longer > most) longer = most;
    }

    function graceSeconds(RuleWord rule) internal pure returns (uint256) {
        return uint40(RuleWord.unwrap(rule) >> 176);
    }

    function unpack(RuleWord rule) internal pure returns (Rule memory) {
        uint256 word = RuleWord.unwrap(rule);
        return
            Rule({
                yes: uint8(word),
                vetoes: uint8(word >> 8),
                voteSeconds: uint40(word >> 16),
                delaySeconds: uint40(word >> 56),
                dissentSeconds: uint40(word >> 96),
                mostDissentSeconds: uint40(word >> 136),
                graceSeconds: uint40(word >> 176)
            });
    }
}
