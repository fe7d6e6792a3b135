// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Interpolation} from "../../contracts/capital/Interpolation.sol";

/// @dev Each function is a theorem: for all arguments that pass its `require`, its assertions hold and nothing overflows,
/// underflows or divides by zero. There are no loops, so the bounded model checker's answer is complete.
contract InterpolationProof {
    uint64 internal constant ONE = 1e18;

    /// @dev Between the two ends, hence within 0…1.
    function boundedByItsEnds(int64 xLeft, uint64 left, int64 xRight, uint64 right, int64 x, bool up) external pure {
        require(xLeft < xRight && xLeft <= x && x <= xRight && left <= ONE && right <= ONE);
        uint256 payoutWad = Interpolation.between(xLeft, left, xRight, right, x, up);
        assert(payoutWad <= (left > right ? left : right));
        assert(payoutWad >= (left < right ? left : right));
        assert(payoutWad <= ONE);
    }

    /// @dev At the knots themselves the line has the values it was given, whatever the rounding.
    function exactAtItsEnds(int64 xLeft, uint64 left, int64 xRight, uint64 right, bool up) external pure {
        require(xLeft < xRight && left <= ONE && right <= ONE);
        assert(Interpolation.between(xLeft, left, xRight, right, xLeft, up) == left);
        assert(Interpolation.between(xLeft, left, xRight, right, xRight, up) == right);
    }

    /// @dev It rises, or falls, all the way.
    function monotone(int64 xLeft, uint64 left, int64 xRight, uint64 right, int64 x, int64 y, bool up) external pure {
        require(xLeft < xRight && xLeft <= x && x <= y && y <= xRight && left <= ONE && right <= ONE);
        uint256 atX = Interpolation.between(xLeft, left, xRight, right, x, up);
        uint256 atY = Interpolation.between(xLeft, left, xRight, right, y, up);
        assert(left > right || atX <= atY);
        assert(left < right || atX >= atY);
    }

    /// @dev Rounded down it is the largest integer not above the line, rounded up the smallest not below it.
    function roundedAsAsked(int64 xLeft, uint64 left, int64 xRight, uint64 right, int64 x) external pure {
        require(xLeft < xRight && xLeft <= x && x <= xRight && left <= ONE && right <= ONE);
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
}
