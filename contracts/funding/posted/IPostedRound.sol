// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

enum PostedVariant {
    Pairwise,
    Cluster
}

/// @title A round as those see it who post its result and challenge it
/// @notice Everything is read again in a challenge, so all of it must be fixed once contributions have closed, and nothing
/// may revert then.
interface IPostedRound {
    /// @return variant which matching
    /// @return parameter pairwise: how much of one pair's coordination is matched in all, 1 ≤ M < 2^128. Cluster: what one whole
    /// unit of the contributions is in base units, 1 ≤ u < 2^127
    /// @return budgetAssets what can be matched in all, base units
    /// @return capAssets what one project is matched at most; the budget, if there is no cap
    function postedTerms()
        external
        view
        returns (PostedVariant variant, uint256 parameter, uint256 budgetAssets, uint256 capAssets);

    /// @notice Unix seconds; from then on nothing here changes, unless the round is void.
    function contributionsCloseAt() external view returns (uint40);

    /// @notice Whether it was cancelled. Gifts go back then, so that there is nothing to compare a result with; for good.
    function isVoid() external view returns (bool);

    /// @notice Projects are 0 … projectCount − 1.
    function projectCount() external view returns (uint256);

    /// @notice What a contributor has given to a project in all, in the round's unit; 0 for whoever gave nothing, and for all of
    /// a project that takes no part. One project's contributions add up to less than 2^127.
    function contributionOf(uint256 project, address contributor) external view returns (uint256);
}

/// @title Who knows which rounds are real
interface IPostedRounds {
    function isRound(address round) external view returns (bool);
}
