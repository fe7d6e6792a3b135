// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {MatchTotals} from "./IMatchResult.sol";

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

    /// @notice What is paid of `raw`: all of it or, if what the capped projects leave is not enough for the others, the same fraction
    /// for each of those; the cap, if that were more.
    /// @param totals as posted: `capped` · `cap` within the budget, `cappedRaw` within `raw`
    /// @return assets at most the cap
    /// @return capped whether that is the cap since the exact share, not floored, would be more
    function matched(
        uint256 raw,
        MatchTotals memory totals,
        uint256 budget,
        uint256 cap
    ) internal pure returns (uint256 assets, bool capped) {
        uint256 rest = budget - totals.capped * cap;
        uint256 weight = totals.raw - totals.cappedRaw;
        bool all = rest >= weight;
        capped = all ? raw > cap : _isProductMore(raw, rest, cap, weight);
        if (capped) return (cap, true);
        return (all ? raw : Math.mulDiv(raw, Math.mulDiv(rest, ONE, weight), ONE), false);
    }

    /// @dev a·b > c·d, of any numbers.
    function _isProductMore(uint256 a, uint256 b, uint256 c, uint256 d) private pure returns (bool) {
        (uint256 high, uint256 low) = Math.mul512(a, b);
        (uint256 otherHigh, uint256 otherLow) = Math.mul512(c, d);
        return high > otherHigh || (high == otherHigh && low > otherLow);
    }
}
