// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {ShortString, ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";

import {Anchor, AnchorFlags, AnchorState, FeedId, IEvidenceRegistry} from "./IEvidenceRegistry.sol";
import {IIndexFeed} from "./IIndexFeed.sol";

/// @title One feed of the registry, read as an AggregatorV3
contract IndexFeed is IIndexFeed {
    using ShortStrings for *;

    /// @inheritdoc IIndexFeed
    IEvidenceRegistry public immutable registry;
    /// @inheritdoc IIndexFeed
    FeedId public immutable feedId;
    /// @inheritdoc AggregatorV3Interface
    uint8 public immutable decimals;
    /// @inheritdoc IIndexFeed
    uint40 public immutable maxAgeSeconds;
    /// @inheritdoc IIndexFeed
    uint8 public immutable minEql;
    /// @inheritdoc IIndexFeed
    bool public immutable acceptsProvisional;
    ShortString private immutable DESCRIPTION;

    /// @param description_ at most 31 bytes
    constructor(
        IEvidenceRegistry registry_,
        FeedId feedId_,
        uint8 decimals_,
        uint40 maxAgeSeconds_,
        uint8 minEql_,
        bool acceptsProvisional_,
        string memory description_
    ) {
        registry = registry_;
        feedId = feedId_;
        decimals = decimals_;
        maxAgeSeconds = maxAgeSeconds_;
        minEql = minEql_;
        acceptsProvisional = acceptsProvisional_;
        DESCRIPTION = description_.toShortString();
    }

    /// @inheritdoc AggregatorV3Interface
    function description() external view returns (string memory) {
        return DESCRIPTION.toString();
    }

    /// @inheritdoc AggregatorV3Interface
    function version() external pure returns (uint256) {
        return 1;
    }

    /// @inheritdoc IIndexFeed
    function latestAnchor() public view returns (Anchor memory, AnchorState) {
        return registry.latestOf(feedId);
    }

    /// @inheritdoc AggregatorV3Interface
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        (Anchor memory anchor, AnchorState state) = latestAnchor();
        return _answer(anchor, state);
    }

    /// @inheritdoc AggregatorV3Interface
    /// @dev The latest round only: older anchors are found in the registry by their root.
    function getRoundData(uint80 roundId) external view returns (uint80, int256, uint256, uint256, uint80) {
        (Anchor memory anchor, AnchorState state) = latestAnchor();
        if (roundId != anchor.sequence) revert Feed_NotLatestRound(roundId, anchor.sequence);
        return _answer(anchor, state);
    }

    function _answer(
        Anchor memory anchor,
        AnchorState state
    ) private view returns (uint80, int256, uint256, uint256, uint80) {
        if (state != AnchorState.Final && state != AnchorState.Upheld) revert Feed_NotFinal(anchor.sequence, state);
        if (block.timestamp > uint256(anchor.to) + maxAgeSeconds) {
            revert Feed_Stale(anchor.to, block.timestamp - maxAgeSeconds);
        }
        if (anchor.eql < minEql) revert Feed_EqlTooLow(anchor.eql, minEql);
        if (!acceptsProvisional && anchor.flags & AnchorFlags.PROVISIONAL != 0)
            revert Feed_Provisional(anchor.sequence);
        return (anchor.sequence, anchor.value, anchor.from, anchor.to, anchor.sequence);
    }
}
