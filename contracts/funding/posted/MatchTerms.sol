// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title The single terms of `standards/posted-matching.md`
/// @dev Assumes contributions and parameters within the bounds of `IPostedRound`. What a poster claims may be anything: where it
/// is beyond what can be computed with, the call reverts, and the poster has not answered.
library MatchTerms {
    uint256 internal constant ONE = 1e18;

    /// @notice What a pair of contributors adds to a project: `⌊2·M·√cᵢ·√cⱼ / (M + X)⌋`.
    /// @param overlapSum X: `Σ √cᵢ·√cⱼ` over all projects, this one included
    function pair(uint256 m, uint256 left, uint256 right, uint256 overlapSum) internal pure returns (uint256) {
        // roots are below 2^64, and so is the double product below 2^129
        return Math.mulDiv(2 * Math.sqrt(left) * Math.sqrt(right), m, m + overlapSum);
    }

    /// @notice What one project adds to the overlap of a pair: `√cᵢ·√cⱼ`.
    function overlap(uint256 left, uint256 right) internal pure returns (uint256) {
        return Math.sqrt(left) * Math.sqrt(right);
    }

    /// @notice What a pair of groups adds: `⌊2·√(A·B)⌋`.
    function groups(uint256 left, uint256 right) internal pure returns (uint256) {
        return Math.sqrt(4 * left * right);
    }

    /// @notice A contributor's part in one of its groups: all it gave, or the root of that if it is linked to the other group,
    /// by the number of its groups.
    function share(uint256 unit, uint256 amount, bool linked, uint256 memberships) internal pure returns (uint256) {
        return (linked ? Math.min(amount, Math.sqrt(amount * unit)) : amount) / memberships;
    }

    /// @notice What is paid of `raw`: all of it or, if that were more than the budget for all, the same fraction for everyone;
    /// never above the cap.
    function matched(uint256 raw, uint256 rawTotal, uint256 budget, uint256 cap) internal pure returns (uint256) {
        uint256 alpha = rawTotal <= budget ? ONE : Math.mulDiv(budget, ONE, rawTotal);
        return Math.min(cap, Math.mulDiv(raw, alpha, ONE));
    }
}
