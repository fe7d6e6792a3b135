// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Knot, Knots} from "../../contracts/capital/Knots.sol";

/// @dev Theorems about knots whose four fields are read from a struct instead of a word: of a word's bits the tests speak, and
/// whatever is read from them, what follows is proved. A search goes through at most 16 knots, so unrolled 17 times it is unrolled to its end.
contract KnotsProof {
    /// @dev What is found is the first at or right of x: all before it are left of x, of which the nearest matters.
    function theFirstFromX(Knot[] memory words, int64 x) external pure {
        require(words.length <= 16);
        uint256 right = Knots.firstFrom(words, x);
        assert(right <= words.length);
        assert(right == words.length || words[right].x >= x);
        assert(right == 0 || words[right - 1].x < x);
    }

    /// @dev At least each of the three, and one of them: so if it is at most 1, all are, and the other way round.
    function theLargest(Knot memory word) external pure {
        uint256 most = Knots.largestOf(word);
        assert(most >= word.below && most >= word.at && most >= word.above);
        assert(most == word.below || most == word.at || most == word.above);
    }

    /// @dev Between two knots the value is between their ends; at the right one it is what that knot says.
    function boundedAndExact(Knot memory left, Knot memory right, int64 x, bool up) external pure {
        _requireKnots(left, right);
        require(left.x < x && x <= right.x);
        uint256 payoutWad = Knots.valueUpTo(left, right, x, up);
        assert(payoutWad <= 1e18);
        assert(x != right.x || payoutWad == right.at);
        assert(x == right.x || payoutWad <= (left.above > right.below ? left.above : right.below));
        assert(x == right.x || payoutWad >= (left.above < right.below ? left.above : right.below));
    }

    function monotone(Knot memory left, Knot memory right, int64 x, int64 y, bool up) external pure {
        _requireKnots(left, right);
        require(left.x < x && x <= y && y < right.x);
        uint256 atX = Knots.valueUpTo(left, right, x, up);
        uint256 atY = Knots.valueUpTo(left, right, y, up);
        assert(left.above > right.below || atX <= atY);
        assert(left.above < right.below || atX >= atY);
    }

    function _requireKnots(Knot memory left, Knot memory right) private pure {
        require(left.x >= type(int64).min && right.x <= type(int64).max && left.x < right.x);
        require(left.above <= 1e18 && right.below <= 1e18 && right.at <= 1e18);
    }
}
