// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {FormulaId} from "./ITermsStore.sol";
import {Interpolation} from "./Interpolation.sol";
import {Knots} from "./Knots.sol";

/// @title Payout formulas
/// @notice A formula is a header word and 1 to 16 knots, one word each, strictly ascending in x:
/// `int64 x | uint64 below | uint64 at | uint64 above`, x in the most significant bits. The fractions are of 1e18 and say what
/// is paid just below, at and just above x; left of the first knot its `below` holds, right of the last its `above`, and
/// between two knots the line from the `above` of the left to the `below` of the right one.
/// The header is `uint8 version = 1 | uint8 rounding (0 down, 1 up) | uint8 xDecimals | zeros`, version in the most significant
/// bits. Its rounding holds for both divisions: on the line, and of the cover.
/// @dev INV-CAP-1: 0 ≤ payout ≤ 1e18; between its ends and monotone on each line; exact at knots; never more than the cover.
/// Proved of all that decides or computes, which is in `Knots` and `Interpolation`.
library PayoutFormula {
    uint256 internal constant VERSION = 1;
    uint256 internal constant MOST_KNOTS = 16;
    uint256 internal constant MOST_DECIMALS = 9;

    error Formula_BadHeader(uint256 header);
    error Formula_KnotCount(uint256 knots);
    error Formula_KnotsNotAscending(uint256 index, int256 x, int256 previousX);
    error Formula_FractionAboveOne(uint256 index, uint256 payoutWad);

    /// @notice Reverts unless the words are a formula. The functions below assume that they are.
    function validate(uint256 header, uint256[] memory words) internal pure {
        uint256 rounding = (header >> 240) & 0xff;
        uint256 xDecimals = (header >> 232) & 0xff;
        // built again from its fields, the header shows a foreign version and stray bits alike
        if (rounding > 1 || xDecimals > MOST_DECIMALS || header != headerOf(rounding == 1, uint8(xDecimals))) {
            revert Formula_BadHeader(header);
        }
        uint256 knots = words.length;
        if (knots == 0 || knots > MOST_KNOTS) revert Formula_KnotCount(knots);
        for (uint256 i = 0; i < knots; ++i) {
            int256 x = Knots.xOf(words[i]);
            if (i != 0 && x <= Knots.xOf(words[i - 1])) {
                revert Formula_KnotsNotAscending(i, x, Knots.xOf(words[i - 1]));
            }
            uint256 most = Knots.largestOf(words[i]);
            if (most > Interpolation.ONE) revert Formula_FractionAboveOne(i, most);
        }
    }

    function id(uint256 header, uint256[] memory words) internal pure returns (FormulaId) {
        return FormulaId.wrap(keccak256(abi.encodePacked(header, words)));
    }

    /// @notice What fraction of the cover the index value `x` pays.
    function payoutWad(uint256 header, uint256[] memory words, int64 x) internal pure returns (uint256) {
        uint256 right = Knots.firstFrom(words, x);
        if (right == words.length) return Knots.aboveOf(words[right - 1]);
        if (right != 0) return Knots.valueUpTo(words[right - 1], words[right], x, roundsUp(header));
        return Knots.xOf(words[0]) == x ? Knots.atOf(words[0]) : Knots.belowOf(words[0]);
    }

    /// @notice What a fraction of a cover is in assets.
    function payout(uint256 header, uint256 coverAssets, uint256 payoutWad_) internal pure returns (uint256) {
        return Interpolation.portion(coverAssets, payoutWad_, roundsUp(header));
    }

    /// @notice The largest fraction any x can pay: lines bend only at knots, so one of the knots' fractions is it.
    function mostWad(uint256[] memory words) internal pure returns (uint256 most) {
        for (uint256 i = 0; i < words.length; ++i) {
            uint256 largest = Knots.largestOf(words[i]);
            if (largest > most) most = largest;
        }
    }

    function headerOf(bool up, uint8 xDecimals) internal pure returns (uint256) {
        return (VERSION << 248) | (up ? uint256(1) << 240 : 0) | (uint256(xDecimals) << 232);
    }

    function roundsUp(uint256 header) internal pure returns (bool) {
        return (header >> 240) & 0xff == 1;
    }
}
