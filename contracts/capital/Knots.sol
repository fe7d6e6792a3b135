// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Interpolation} from "./Interpolation.sol";

/// @title The knots of a payout formula
/// @notice A knot is one word, `int64 x | uint64 below | uint64 at | uint64 above`, x in the most significant bits.
/// @dev Imports nothing but the line, so that a prover can read all of it: INV-CAP-1 is proved from this very text by
/// `test/proofs/formula.test.ts`: which knots are found, what holds between them, and what a word says.
library Knots {
    uint256 private constant U64 = type(uint64).max;

    /// @notice The first knot at or right of x, or their number when all are left of it.
    function firstFrom(uint256[] memory words, int256 x) internal pure returns (uint256 index) {
        while (index < words.length && xOf(words[index]) < x) ++index;
    }

    /// @notice What holds right of `left`, up to `right` and at it.
    /// @dev Assumes xOf(left) < x ≤ xOf(right), and that the fractions are fractions.
    function valueUpTo(uint256 left, uint256 right, int256 x, bool up) internal pure returns (uint256 payoutWad) {
        if (xOf(right) == x) return atOf(right);
        return Interpolation.between(xOf(left), aboveOf(left), xOf(right), belowOf(right), x, up);
    }

    /// @dev The shift is arithmetic: it brings the sign along.
    function xOf(uint256 word) internal pure returns (int256) {
        return int256(word) >> 192;
    }

    function belowOf(uint256 word) internal pure returns (uint256) {
        return (word >> 128) & U64;
    }

    function atOf(uint256 word) internal pure returns (uint256) {
        return (word >> 64) & U64;
    }

    function aboveOf(uint256 word) internal pure returns (uint256) {
        return word & U64;
    }

    /// @notice The largest of its three fractions.
    function largestOf(uint256 word) internal pure returns (uint256 most) {
        most = belowOf(word);
        if (atOf(word) > most) most = atOf(word);
        if (aboveOf(word) > most) most = aboveOf(word);
    }
}
