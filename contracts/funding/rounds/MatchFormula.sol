// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice How a pool is shared among projects.
enum MatchVariant {
    Linear,
    CapitalConstrained,
    ClrFund,
    Proportional,
    // computed off chain, posted and open to challenge
    Pairwise,
    Cluster
}

/// @title What a project is matched
/// @notice Of each project only S = Σ⌊√c⌋ and C = Σc over its contributors matter (Buterin, Hitzig and Weyl, "A Flexible Design
/// for Funding Public Goods", 2018). Everything is a whole number of base units and rounded down.
/// @dev With S < 2^72, C < 2^120, at most 2^16 projects and a pool < 2^96, nothing overflows: weights are < 2^144, alpha < 2^156,
/// a share is at most the pool times a weight.
library MatchFormula {
    using Math for uint256;

    uint256 internal constant WAD = 1e18;

    /// @notice What a project's share is in proportion to: S² − C if positive; S for `Proportional`.
    function weightOf(
        MatchVariant variant,
        uint256 sqrtSum,
        uint256 contributed
    ) internal pure returns (uint256 weight) {
        return variant == MatchVariant.Proportional ? sqrtSum : Math.saturatingSub(sqrtSum * sqrtSum, contributed);
    }

    /// @notice A project's part of `budget`, which all projects share whose weights add up to `totalWeight`.
    function shareOf(
        MatchVariant variant,
        uint256 weight,
        uint256 budget,
        uint256 totalWeight
    ) internal pure returns (uint256 matched) {
        if (totalWeight == 0) return 0;
        if (variant != MatchVariant.CapitalConstrained) return weight.mulDiv(budget, totalWeight);
        return weight.mulDiv(Math.min(WAD, budget.mulDiv(WAD, totalWeight)), WAD);
    }

    /// @notice Whether the result is computed off chain.
    function isPosted(MatchVariant variant) internal pure returns (bool) {
        return variant >= MatchVariant.Pairwise;
    }

    /// @notice `ClrFund`: what counts as S² of a project. C + raw if `floored`, which is never below C.
    function squareOf(uint256 sqrtSum, uint256 contributed, bool floored) internal pure returns (uint256 square) {
        square = sqrtSum * sqrtSum;
        return floored && square < contributed ? contributed : square;
    }

    /// @notice `ClrFund`: the weight of the quadratic part, which may be above 1. 0 if S² nowhere exceeds C.
    /// @param pool the budget less the contributions
    /// @param factor base units per unit of the tallies
    /// @param squares sum of squares over projects
    /// @param contributed ΣC over projects
    function alphaWadOf(
        uint256 pool,
        uint256 factor,
        uint256 squares,
        uint256 contributed
    ) internal pure returns (uint256 alphaWad) {
        return squares > contributed ? pool.mulDiv(WAD, factor * (squares - contributed)) : 0;
    }

    /// @notice `ClrFund`: ⌊factor·(alpha·square + (1 − alpha)·C)⌋ as one fraction, contributions included.
    /// @return allocated 0 if it would be less
    /// @return below whether it would be: then all projects count with `floored` squares
    function allocationOf(
        uint256 alphaWad,
        uint256 factor,
        uint256 square,
        uint256 contributed
    ) internal pure returns (uint256 allocated, bool below) {
        uint256 kept = factor * contributed;
        if (square >= contributed) return (kept + alphaWad.mulDiv(factor * (square - contributed), WAD), false);
        uint256 cut = alphaWad.mulDiv(factor * (contributed - square), WAD, Math.Rounding.Ceil);
        return (kept.saturatingSub(cut), cut > kept);
    }
}
