// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice Sums over projects. What the capped ones take is gone from the budget, and the rest of it is for the rest of the raw.
struct MatchTotals {
    uint256 raw; // Σ raw
    uint256 matched; // Σ matched
    uint256 capped; // how many projects are paid the cap, since they are over it
    uint256 cappedRaw; // Σ raw of those
}

/// @notice One project's line of a posted result. The lines carry running totals, so that two neighbours show whether the
/// whole adds up.
struct MatchLeaf {
    uint256 project; // its place in the tree
    uint256 raw; // what the variant gives, before the budget
    uint256 matched; // what is paid
    MatchTotals before; // over all projects before it
}

/// @title What a round needs to know of a result that was computed off chain
interface IMatchResult {
    /// @notice The result that stood every challenge; reverts before there is one, and never changes after.
    /// @return resultRoot root over the `MatchLeaf`s of all projects, by `standards/posted-matching.md`
    /// @return totalMatched their sum, at most the round's budget
    function finalResult(address round) external view returns (bytes32 resultRoot, uint256 totalMatched);

    /// @notice True, and for ever, once it is too late to post and no post is left that could become final. Then nothing is
    /// matched: the matching pool is leftover, and contributions are paid as they were given.
    function hasFailed(address round) external view returns (bool);

    /// @notice What the final result gives a project; reverts unless the path leads from the line to the final root.
    function matchedOf(
        address round,
        MatchLeaf calldata leaf,
        bytes32[] calldata path
    ) external view returns (uint256 matchedAssets);
}
