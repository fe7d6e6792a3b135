// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title ⌊√x⌋ of amounts
/// @notice Newton's iteration from above, without a branch.
library Root {
    /// @dev Let b be the bits of x. It begins with r = 2^⌈b/2⌉, which is above √x and at most twice it. One step from
    /// r = √x·(1 + e) leads to √x·(1 + e²/(2 + 2e)): e is at most 1, 1/4, 1/40, 1/3200, 2^-24, 2^-49. So for √x < 2^48 five steps
    /// end less than 1 above √x. Rounding down after each step is the same as rounding √x's iteration down once, as r is whole, and takes no r below ⌊√x⌋; from
    /// there a step leads to at most ⌊√x⌋ + 1. What is left is to subtract 1 where r² > x. For 0, dividing by 0 gives 0.
    /// @param x < 2^96
    function sqrtDown(uint256 x) internal pure returns (uint256 r) {
        assembly ("memory-safe") {
            r := shl(shr(1, sub(257, clz(x))), 1)
            r := shr(1, add(r, div(x, r)))
            r := shr(1, add(r, div(x, r)))
            r := shr(1, add(r, div(x, r)))
            r := shr(1, add(r, div(x, r)))
            r := shr(1, add(r, div(x, r)))
            r := sub(r, gt(mul(r, r), x))
        }
    }
}
