// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AepId, Anchor, AnchorFlags, AnchorState, FeedId} from "../../contracts/evidence/IEvidenceRegistry.sol";

/// @title The part of the evidence registry that policies read, with anchors set at will
contract MockRegistry {
    struct Entry {
        FeedId feedId;
        Anchor anchor;
        AnchorState state; // Anchored becomes Final by time alone
    }

    uint40 public constant challengeSeconds = 1 days;

    mapping(AepId => Entry) private _entries;
    uint40 private _pausedUntil;
    uint40 private _pausedTotal;

    error Evidence_UnknownAep(AepId aepId);

    function set(
        AepId aepId,
        FeedId feedId,
        int64 value,
        uint40 from,
        uint40 to,
        uint8 eql,
        uint8 flags,
        AnchorState state
    ) external {
        Anchor memory anchor = Anchor({
            value: value,
            from: from,
            to: to,
            finalAt: uint40(block.timestamp) + challengeSeconds,
            sequence: 1,
            feedIndex: 1,
            eql: eql,
            flags: flags
        });
        _entries[aepId] = Entry(feedId, anchor, state);
    }

    function setState(AepId aepId, AnchorState state) external {
        _entries[aepId].state = state;
    }

    function pause(uint40 durationSeconds) external {
        _pausedUntil = uint40(block.timestamp) + durationSeconds;
        _pausedTotal += durationSeconds;
    }

    function pausedUntil() external view returns (uint40) {
        return _pausedUntil;
    }

    function pausedSeconds() external view returns (uint40) {
        return block.timestamp < _pausedUntil ? _pausedTotal - (_pausedUntil - uint40(block.timestamp)) : _pausedTotal;
    }

    function evidenceOf(AepId aepId) external view returns (FeedId, Anchor memory, AnchorState) {
        Entry memory entry = _entries[aepId];
        if (entry.state == AnchorState.None) revert Evidence_UnknownAep(aepId);
        bool final_ = entry.state == AnchorState.Anchored && block.timestamp >= entry.anchor.finalAt;
        return (entry.feedId, entry.anchor, final_ ? AnchorState.Final : entry.state);
    }
}
