// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AepId, Anchor, AnchorFlags, AnchorState, FeedId, IEvidenceRegistry} from "../../evidence/IEvidenceRegistry.sol";

/// @notice What evidence has to say before a milestone is reached.
struct Milestone {
    // slot 0
    FeedId feedId;
    // slot 1: 8 + 5 + 5 + 1 + 1 = 20 bytes
    int64 threshold; // scaled by the feed's decimals
    uint40 from; // unix seconds, inclusive: no evidence of before counts
    uint40 to; // unix seconds, exclusive: no evidence of after does
    uint8 minEql; // 1…4
    bool atLeast; // the value has to be at least the threshold; otherwise at most
}

using MilestoneLib for Milestone global;

library MilestoneLib {
    error Milestone_NoFeed();
    error Milestone_EmptyWindow(uint256 from, uint256 to);
    error Milestone_EqlOutOfRange(uint256 minEql);
    error Milestone_NotFinal(AepId aepId, AnchorState state);
    error Milestone_OtherFeed(AepId aepId, FeedId feedId);
    error Milestone_OtherWindow(AepId aepId, uint256 from, uint256 to);
    error Milestone_EqlTooLow(AepId aepId, uint256 eql, uint256 least);
    error Milestone_Provisional(AepId aepId);
    error Milestone_NotReached(AepId aepId, int256 value, int256 threshold);

    function validate(Milestone memory self) internal pure {
        if (FeedId.unwrap(self.feedId) == 0) revert Milestone_NoFeed();
        if (self.from >= self.to) revert Milestone_EmptyWindow(self.from, self.to);
        if (self.minEql == 0 || self.minEql > 4) revert Milestone_EqlOutOfRange(self.minEql);
    }

    /// @notice Reverts unless this evidence shows that the milestone is reached. It has to be final, and not such as says of
    /// itself that it may be revised: what is released does not come back.
    /// @dev An anchor of another registry, and so of another chain, is unknown here: Evidence_UnknownAep.
    function requireReached(Milestone memory self, IEvidenceRegistry registry, AepId aepId) internal view {
        (FeedId feedId, Anchor memory anchor, AnchorState state) = registry.evidenceOf(aepId);
        if (state != AnchorState.Final && state != AnchorState.Upheld) revert Milestone_NotFinal(aepId, state);
        if (FeedId.unwrap(feedId) != FeedId.unwrap(self.feedId)) revert Milestone_OtherFeed(aepId, feedId);
        if (anchor.from < self.from || anchor.to > self.to) {
            revert Milestone_OtherWindow(aepId, anchor.from, anchor.to);
        }
        if (anchor.eql < self.minEql) revert Milestone_EqlTooLow(aepId, anchor.eql, self.minEql);
        if (anchor.flags & AnchorFlags.PROVISIONAL != 0) revert Milestone_Provisional(aepId);
        bool reached = self.atLeast ? anchor.value >= self.threshold : anchor.value <= self.threshold;
        if (!reached) revert Milestone_NotReached(aepId, anchor.value, self.threshold);
    }
}
