// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice One project's line of a posted result. The lines carry running totals, so that two neighbours show whether the
/// whole adds up.
struct MatchLeaf {
    uint256 project; // its place in the tree
    uint256 raw; // what the variant gives, before the budget
    uint256 matched; // what is paid
    uint256 rawBefore; // Σ raw of all projects before it
    uint256 matchedBefore; // Σ matched of all projects before it
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
