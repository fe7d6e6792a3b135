// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";

import {Anchor, AnchorState, FeedId, IEvidenceRegistry} from "./IEvidenceRegistry.sol";

/// @title One feed of the registry, read as an AggregatorV3
/// @notice A round is the feed's latest anchor: `roundId` its sequence, `startedAt` and `updatedAt` the ends of its window, so
/// freshness is that of the observation and not of the transaction. It answers with evidence that is final, fresh and as
/// good as this view was made for, and reverts otherwise; in particular from each new anchor until that one is final.
/// @dev Holds no state. Anyone may deploy one: whoever reads it checks its `feedId`, its limits, and that its decimals are
/// those of the feed's specification, which no contract can read.
interface IIndexFeed is AggregatorV3Interface {
    error Feed_NotFinal(uint256 roundId, AnchorState state);
    error Feed_Stale(uint256 updatedAt, uint256 oldest);
    error Feed_EqlTooLow(uint256 eql, uint256 least);
    error Feed_Provisional(uint256 roundId);
    error Feed_NotLatestRound(uint256 roundId, uint256 latest);

    function registry() external view returns (IEvidenceRegistry);

    function feedId() external view returns (FeedId);

    /// @notice Older than this, counted from the end of its window, an answer is no answer.
    function maxAgeSeconds() external view returns (uint40);

    function minEql() external view returns (uint8);

    /// @notice Whether evidence that says of itself that it may be revised is an answer.
    function acceptsProvisional() external view returns (bool);

    /// @notice The latest anchor as it is, with its state, whether or not it would be an answer.
    function latestAnchor() external view returns (Anchor memory, AnchorState);
}
