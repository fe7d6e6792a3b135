// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Interpolation} from "../../contracts/capital/Interpolation.sol";

/// @dev Each function is a theorem: for all arguments that pass its `require`, its assertions hold and nothing overflows,
/// underflows or divides by zero. There are no loops, so the bounded model checker's answer is complete.
contract InterpolationProof {
    /// @dev Between the two ends, hence within 0…1.
    function boundedByItsEnds(int64 xLeft, uint64 left, int64 xRight, uint64 right, int64 x, bool up) external pure {
        require(xLeft < xRight && xLeft <= x && x <= xRight && left <= 1e18 && right <= 1e18);
        uint256 payoutWad = Interpolation.between(xLeft, left, xRight, right, x, up);
        assert(payoutWad <= (left > right ? left : right));
        assert(payoutWad >= (left < right ? left : right));
        assert(payoutWad <= 1e18);
    }

    /// @dev At the knots themselves the line has the values it was given, whatever the rounding.
    function exactAtItsEnds(int64 xLeft, uint64 left, int64 xRight, uint64 right, bool up) external pure {
        require(xLeft < xRight && left <= 1e18 && right <= 1e18);
        assert(Interpolation.between(xLeft, left, xRight, right, xLeft, up) == left);
        assert(Interpolation.between(xLeft, left, xRight, right, xRight, up) == right);
    }

    /// @dev It rises, or falls, all the way.
    function monotone(int64 xLeft, uint64 left, int64 xRight, uint64 right, int64 x, int64 y, bool up) external pure {
        require(xLeft < xRight && xLeft <= x && x <= y && y <= xRight && left <= 1e18 && right <= 1e18);
        uint256 atX = Interpolation.between(xLeft, left, xRight, right, x, up);
        uint256 atY = Interpolation.between(xLeft, left, xRight, right, y, up);
        assert(left > right || atX <= atY);
        assert(left < right || atX >= atY);
    }

    /// @dev Rounded down it is the largest integer not above the line, rounded up the smallest not below it.
    function roundedAsAsked(int64 xLeft, uint64 left, int64 xRight, uint64 right, int64 x) external pure {
        require(xLeft < xRight && xLeft <= x && x <= xRight && left <= 1e18 && right <= 1e18);
        // the line at x, times the span
        uint256 line = uint256(left) * uint256(int256(xRight) - x) + uint256(right) * uint256(int256(x) - xLeft);
        uint256 span = uint256(int256(xRight) - xLeft);
        uint256 down = Interpolation.between(xLeft, left, xRight, right, x, false);
        uint256 up = Interpolation.between(xLeft, left, xRight, right, x, true);
        assert(down * span <= line);
        assert(line < (down + 1) * span);
        assert(up * span >= line);
        assert(up * span < line + span);
    }

    /// @dev Never more than the cover; all of it and nothing of it exactly; rounded as asked.
    function portionOfTheCover(uint96 cover, uint64 fraction) external pure {
        require(fraction <= 1e18);
        uint256 product = uint256(cover) * fraction;
        uint256 down = Interpolation.portion(cover, fraction, false);
        uint256 up = Interpolation.portion(cover, fraction, true);
        assert(down <= up && up <= cover);
        assert(down * 1e18 <= product && product < (down + 1) * 1e18);
        assert(up * 1e18 >= product && up * 1e18 < product + 1e18);
        assert(fraction != 1e18 || down == cover);
        assert(fraction != 0 || up == 0);
    }

    /// @dev A larger fraction never pays less.
    function portionsInOrder(uint96 cover, uint64 less, uint64 more, bool up) external pure {
        require(less <= more && more <= 1e18);
        assert(Interpolation.portion(cover, less, up) <= Interpolation.portion(cover, more, up));
    }
}
