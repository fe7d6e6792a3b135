// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IQuadraticRound, ProjectStatus} from "./IQuadraticRound.sol";
import {Root} from "./Root.sol";

/// @notice C 120 bits | S 72 | contributors 24 | capped 8 | status 8 of 40
type TallyWord is uint256;

using TallyWords for TallyWord global;

/// @title A project's tally in one word
/// @notice What one person gives is a part of the three sums at once: c, ⌊√c⌋ and 1. A change takes the old part out of the
/// word and puts the new one in.
/// @dev Sums of fewer than 2^24 parts with c < 2^96 stay within their fields: C < 2^120, S < 2^72.
library TallyWords {
    uint256 private constant C_AT = 136;
    uint256 private constant S_AT = 64;
    uint256 private constant COUNT_AT = 40;
    uint256 private constant CAPPED = 1 << 8;

    function contributed(TallyWord word) internal pure returns (uint256) {
        return _raw(word) >> C_AT;
    }

    function sqrtSum(TallyWord word) internal pure returns (uint256) {
        return uint72(_raw(word) >> S_AT);
    }

    function contributors(TallyWord word) internal pure returns (uint256) {
        return uint24(_raw(word) >> COUNT_AT);
    }

    function isCapped(TallyWord word) internal pure returns (bool) {
        return _raw(word) & CAPPED != 0;
    }

    function status(TallyWord word) internal pure returns (ProjectStatus) {
        return ProjectStatus(uint8(_raw(word)));
    }

    function isAccepted(TallyWord word) internal pure returns (bool) {
        return _raw(word) & 0xff == uint256(ProjectStatus.Accepted);
    }

    function withCap(TallyWord word) internal pure returns (TallyWord) {
        return TallyWord.wrap(_raw(word) | CAPPED);
    }

    function withStatus(TallyWord word, ProjectStatus status_) internal pure returns (TallyWord) {
        return TallyWord.wrap((_raw(word) & ~uint256(0xff)) | uint256(status_));
    }

    /// @param unitsBefore what somebody gave; it is in the word
    /// @param units what the same person gives now, < 2^96
    function replace(TallyWord word, uint256 unitsBefore, uint256 units) internal pure returns (TallyWord) {
        if (unitsBefore == 0 && contributors(word) == type(uint24).max) {
            revert IQuadraticRound.Rounds_TooManyContributors(type(uint24).max);
        }
        unchecked {
            return TallyWord.wrap(_raw(word) - _part(unitsBefore) + _part(units));
        }
    }

    function _part(uint256 units) private pure returns (uint256) {
        if (units == 0) return 0;
        return (units << C_AT) | (Root.sqrtDown(units) << S_AT) | (1 << COUNT_AT);
    }

    function _raw(TallyWord word) private pure returns (uint256) {
        return TallyWord.unwrap(word);
    }
}
