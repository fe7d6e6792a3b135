// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IOracleCommittee} from "./IOracleCommittee.sol";

/// @notice Root of an Assurance & Evidence Pack; it names the anchor.
type AepId is bytes32;

/// @notice keccak256 of the RFC 8785 form of a feed specification.
type FeedId is bytes32;

/// @dev `Final` and `Upheld` pay; `Disputed` may become either of `Upheld` and `Void`; the last three never change.
enum AnchorState {
    None,
    Anchored,
    Disputed,
    Final,
    Upheld,
    Void
}

/// @notice What one anchor says. In storage it is one word: value | from | to | sequence | eql | flags | finalAt | feedIndex.
struct Anchor {
    int64 value; // scaled by the feed's decimals
    uint40 from; // unix seconds, inclusive
    uint40 to; // unix seconds, exclusive; also the time of observation
    uint40 finalAt; // unix seconds; once disputed, when the dispute ends by itself, and once upheld by a ruling, when
    uint32 sequence;
    uint24 feedIndex;
    uint8 eql; // 1…4
    uint8 flags; // see AnchorFlags
}

/// @title Registry of anchored evidence
/// @notice A quorum of operators anchors a report in one transaction. The report is EIP-712, bound to this chain, this
/// contract and the committee's configuration:
/// `Report(bytes32 feedId,bytes32 aepRoot,int64 value,uint40 from,uint40 to,uint32 sequence,uint8 eql,uint8 flags,bytes32 receiptsRoot,uint32 configVersion)`
/// under the domain ("Nexus Evidence", "1", chainid, this).
/// @dev A header is `int64 value | uint40 from | uint40 to | uint32 sequence | uint8 eql | uint8 flags | uint32 configVersion |
/// uint32 signers`, first field in the most significant bits; bit i of `signers` is operator i of the configuration.
interface IEvidenceRegistry is IOracleCommittee {
    /// @param header as passed to `anchor`
    event AepAnchored(AepId indexed aepId, FeedId indexed feedId, bytes32 header, bytes32 receiptsRoot, uint40 finalAt);
    event FeedOpened(FeedId indexed feedId, uint24 feedIndex);
    event AepDisputed(AepId indexed aepId, address indexed disputer, bytes32 reasonHash, uint40 upheldAt);
    event AepUpheld(AepId indexed aepId, address indexed adjudicator, bytes32 reasonHash);
    event AepVoided(AepId indexed aepId, address indexed adjudicator, bytes32 reasonHash);
    event FeedCapped(FeedId indexed feedId, uint8 mostEql);

    error Evidence_ChallengeOutOfRange(uint256 challengeSeconds, uint256 least, uint256 most);
    error Evidence_UnknownAep(AepId aepId);
    error Evidence_UnknownFeed(FeedId feedId);
    error Evidence_AlreadyAnchored(AepId aepId);
    error Evidence_EmptyRoot();
    error Evidence_EmptyWindow(uint256 from, uint256 to);
    error Evidence_WindowNotOver(uint256 to, uint256 timestamp);
    error Evidence_SequenceNotAbove(uint256 sequence, uint256 latest);
    error Evidence_EqlOutOfRange(uint256 eql);
    error Evidence_EqlAboveCap(uint256 eql, uint256 mostEql);
    error Evidence_ReservedFlags(uint256 flags);
    error Evidence_NotDisputable(AepId aepId, AnchorState state);
    error Evidence_AlreadyDisputed(AepId aepId);
    error Evidence_NotDisputed(AepId aepId, AnchorState state);

    /// @notice Anchors an attested pack. Anyone may carry it: only the signatures count.
    /// @param signatures one 64-byte EIP-2098 signature for each set bit of the header's `signers`, in order of the bits,
    /// exactly the quorum; behind them the addresses of the operators whose bits are not set, 20 bytes each, in order
    function anchor(
        FeedId feedId,
        AepId aepId,
        bytes32 receiptsRoot,
        bytes32 header,
        bytes calldata signatures
    ) external;

    /// @notice Opens the one dispute an anchor may have, before it is final. DISPUTER role. Never paused.
    function dispute(AepId aepId, bytes32 reasonHash) external;

    /// @notice Ends a dispute. ADJUDICATOR role. Without a ruling the anchor is upheld 14 days after the dispute began.
    function rule(AepId aepId, bool upheld, bytes32 reasonHash) external;

    /// @notice Says what level new reports of a feed may have at most, whether or not anything of it is anchored yet. CAPPING
    /// role. What is anchored stays as it is: the cap says nothing about the past.
    /// @param mostEql 1…4; 4 is no cap
    function capFeed(FeedId feedId, uint8 mostEql) external;

    /// @notice The level that new reports of a feed may have at most: 4 where nobody said less.
    function capOf(FeedId feedId) external view returns (uint8 mostEql);

    function stateOf(AepId aepId) external view returns (AnchorState);

    /// @dev Reverts with Evidence_UnknownAep.
    function anchorOf(AepId aepId) external view returns (Anchor memory, AnchorState);

    /// @notice As `anchorOf`, with the feed's id.
    function evidenceOf(AepId aepId) external view returns (FeedId feedId, Anchor memory, AnchorState);

    /// @notice The last to be anchored of those whose windows end latest, in whatever state: its sequence is one that every
    /// new one has to exceed. Reverts with Evidence_UnknownFeed.
    function latestOf(FeedId feedId) external view returns (Anchor memory, AnchorState);

    function feedAt(uint24 feedIndex) external view returns (FeedId);

    /// @notice EIP-712 digest that operators sign; the `signers` bits of the header do not enter it.
    function reportDigest(
        FeedId feedId,
        AepId aepId,
        bytes32 receiptsRoot,
        bytes32 header
    ) external view returns (bytes32);

    /// @notice Whether `content`, salted, is a leaf of an anchored pack (RFC 9162, SHA-256), whatever the anchor's state.
    /// @dev `index` and `size` steer the path and are not themselves proved. Reverts with Evidence_UnknownAep.
    function verifyClaim(
        AepId aepId,
        bytes calldata content,
        bytes32 salt,
        uint256 index,
        uint256 size,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice Seconds from anchoring to `finalAt`.
    function challengeSeconds() external view returns (uint40);
}

/// @notice Bits of a report's and an anchor's flags. A report may carry the first two; the others are the anchor's state.
library AnchorFlags {
    uint8 internal constant PROVISIONAL = 1;
    uint8 internal constant REVISION = 2;
    uint8 internal constant DISPUTED = 4;
    uint8 internal constant UPHELD = 8;
    uint8 internal constant VOID = 16;
}
