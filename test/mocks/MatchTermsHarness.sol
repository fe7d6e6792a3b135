// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {MatchTotals} from "../../contracts/funding/posted/IMatchResult.sol";
import {MatchTerms} from "../../contracts/funding/posted/MatchTerms.sol";

contract MatchTermsHarness {
    function pair(uint256 m, uint256 left, uint256 right, uint256 overlapSum) external pure returns (uint256) {
        return MatchTerms.pair(m, left, right, overlapSum);
    }

    function overlap(uint256 left, uint256 right) external pure returns (uint256) {
        return MatchTerms.overlap(left, right);
    }

    function groups(uint256 left, uint256 right) external pure returns (uint256) {
        return MatchTerms.groups(left, right);
    }

    function share(uint256 unit, uint256 amount, bool linked, uint256 memberships) external pure returns (uint256) {
        return MatchTerms.share(unit, amount, linked, memberships);
    }

    function matched(
        uint256 raw,
        MatchTotals calldata totals,
        uint256 budget,
        uint256 cap
    ) external pure returns (uint256 assets, bool capped) {
        return MatchTerms.matched(raw, totals, budget, cap);
    }
}
