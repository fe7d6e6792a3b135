// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title The line between two knots, and the part of a cover that a fraction is
/// @notice Imports nothing, so that a prover can read all of it: INV-CAP-1 (bounds, order, ends, no overflow) is proved from
/// this very text by `test/proofs/formula.test.ts`, which also shows that a changed text is no longer proved.
library Interpolation {
    uint256 internal constant ONE = 1e18;

    /// @notice `(aboveLeft·(xRight − x) + belowRight·(x − xLeft)) / (xRight − xLeft)`, rounded down, or up where `up`.
    /// @dev Assumes xLeft ≤ x ≤ xRight, xLeft < xRight, all three within int64, and both fractions ≤ 1e18. Then the distances
    /// are below 2^64, the products below 2^124 and their sum below 2^125.
    function between(
        int256 xLeft,
        uint256 aboveLeft,
        int256 xRight,
        uint256 belowRight,
        int256 x,
        bool up
    ) internal pure returns (uint256 payoutWad) {
        uint256 span = uint256(xRight - xLeft);
        uint256 numerator = aboveLeft * uint256(xRight - x) + belowRight * uint256(x - xLeft);
        payoutWad = (up ? numerator + (span - 1) : numerator) / span;
    }

    /// @notice `coverAssets·payoutWad / 1e18`, rounded down, or up where `up`.
    /// @dev Assumes a cover below 2^96 and a fraction ≤ 1e18.
    function portion(uint256 coverAssets, uint256 payoutWad, bool up) internal pure returns (uint256) {
        uint256 product = coverAssets * payoutWad;
        return (up ? product + (ONE - 1) : product) / ONE;
    }
}
