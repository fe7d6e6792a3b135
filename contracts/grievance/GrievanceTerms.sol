// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice The rules of a case, as they were when it was opened.
struct GrievanceTerms {
    // slot 0: 12 + 12 + 4 + 4 = 32 bytes
    uint96 bondAssets; // of the first case that somebody files in a season; the n-th costs n times as much
    uint96 appealBondAssets;
    uint32 answerSeconds; // from filing
    uint32 mediationSeconds; // after these
    // slot 1: 12 + 12 + 4 + 4 = 32 bytes
    uint96 rewardAssets; // of an arbiter who revealed, at most
    uint96 penaltyAssets; // of one who did not
    uint32 drawSeconds; // to draw a panel
    uint32 commitSeconds; // from the draw
    // slot 2: 12 + 4 + 4 + 4 + 4 + 1 + 1 + 1 = 31 bytes
    uint96 mostClaimAssets; // compensation that can be claimed
    uint32 revealSeconds; // after these
    uint32 appealSeconds; // from the first ruling
    uint32 drawBlocks; // from filing to the block whose hash draws the first panel
    uint32 appealDrawBlocks; // from the appeal to the one that draws the second
    uint8 panelSize; // odd
    uint8 appealPanelSize; // odd, larger
    uint8 leastLevel; // of an arbiter's credential when the case was opened
}

/// @title What rules a case can have
/// @dev Bounds are for good: whoever sets terms can make a case neither endless nor unaffordable.
library GrievanceTermsLib {
    error Terms_OutOfRange(bytes32 name, uint256 value, uint256 least, uint256 most);
    error Terms_Even(bytes32 name, uint256 value);

    uint256 internal constant MOST_ANSWER_SECONDS = 30 days;
    uint256 internal constant MOST_MEDIATION_SECONDS = 30 days;
    uint256 internal constant MOST_DRAW_SECONDS = 14 days;
    uint256 internal constant MOST_COMMIT_SECONDS = 14 days;
    uint256 internal constant MOST_REVEAL_SECONDS = 7 days;
    uint256 internal constant MOST_APPEAL_SECONDS = 30 days;
    uint256 internal constant MOST_PANEL = 9;

    /// @notice Within it every case is closed, whatever its terms, if someone calls `advance`.
    uint256 internal constant MOST_CASE_SECONDS =
        MOST_ANSWER_SECONDS +
            MOST_MEDIATION_SECONDS +
            2 * (MOST_DRAW_SECONDS + MOST_COMMIT_SECONDS + MOST_REVEAL_SECONDS) +
            MOST_APPEAL_SECONDS;

    /// @param unit one whole token
    function requireSound(GrievanceTerms memory self, uint256 unit) internal pure {
        _requireIn("bondAssets", self.bondAssets, 1, 100 * unit);
        _requireIn("appealBondAssets", self.appealBondAssets, 1, 1_000 * unit);
        _requireIn("rewardAssets", self.rewardAssets, 0, 1_000 * unit);
        _requireIn("penaltyAssets", self.penaltyAssets, 1, 1_000 * unit);
        _requireIn("mostClaimAssets", self.mostClaimAssets, 0, 1_000_000 * unit);
        _requireIn("answerSeconds", self.answerSeconds, 3 days, MOST_ANSWER_SECONDS);
        _requireIn("mediationSeconds", self.mediationSeconds, 3 days, MOST_MEDIATION_SECONDS);
        _requireIn("drawSeconds", self.drawSeconds, 3 days, MOST_DRAW_SECONDS);
        _requireIn("commitSeconds", self.commitSeconds, 2 days, MOST_COMMIT_SECONDS);
        _requireIn("revealSeconds", self.revealSeconds, 1 days, MOST_REVEAL_SECONDS);
        _requireIn("appealSeconds", self.appealSeconds, 3 days, MOST_APPEAL_SECONDS);
        _requireIn("drawBlocks", self.drawBlocks, 32, 10_000_000);
        _requireIn("appealDrawBlocks", self.appealDrawBlocks, 32, 1_000_000);
        _requireIn("panelSize", self.panelSize, 1, 5);
        _requireIn("appealPanelSize", self.appealPanelSize, uint256(self.panelSize) + 1, MOST_PANEL);
        _requireIn("leastLevel", self.leastLevel, 1, 5);
        if (self.panelSize % 2 == 0) revert Terms_Even("panelSize", self.panelSize);
        if (self.appealPanelSize % 2 == 0) revert Terms_Even("appealPanelSize", self.appealPanelSize);
    }

    function _requireIn(bytes32 name, uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert Terms_OutOfRange(name, value, least, most);
    }
}
