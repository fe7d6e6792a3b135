// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {AnchorWord, AnchorWordLib} from "./AnchorWord.sol";
import {AepId, Anchor, AnchorFlags, AnchorState, FeedId, IEvidenceRegistry} from "./IEvidenceRegistry.sol";
import {MerkleProof9162} from "./MerkleProof9162.sol";
import {OracleCommittee} from "./OracleCommittee.sol";

/// @title Registry of anchored evidence
/// @dev Immutable, holds nothing, calls nobody but precompiles (and its authority, for restricted functions).
contract EvidenceRegistry is IEvidenceRegistry, OracleCommittee, EIP712 {
    uint40 private constant DISPUTE_SECONDS = 14 days;
    uint40 private constant MIN_CHALLENGE_SECONDS = 1 hours;
    uint40 private constant MAX_CHALLENGE_SECONDS = 30 days;
    bytes32 private constant REPORT_TYPEHASH = keccak256(
        "Report(bytes32 feedId,bytes32 aepRoot,int64 value,uint40 from,uint40 to,uint32 sequence,uint8 eql,uint8 flags,bytes32 receiptsRoot,uint32 configVersion)"
    );
    /// @dev of a header, the byte of the level
    uint256 private constant EQL_BYTE = 0xff << 72;
    /// @dev of a report's flags byte, what only the registry sets
    uint256 private constant STATE_FLAGS = 0xfc;

    /// @dev A word whose place is computed once, to be read and then written.
    struct Cell {
        AnchorWord word;
    }

    /// @inheritdoc IEvidenceRegistry
    uint40 public immutable challengeSeconds;

    /// @dev Copies: EIP712 keeps its own to itself, and asks more of each use than a contract that nothing clones needs.
    uint256 private immutable CHAIN_ID = block.chainid;
    bytes32 private immutable DOMAIN_SEPARATOR;

    mapping(AepId aepId => Cell) private _anchors;
    /// @dev A copy of the word of the feed's latest anchor, always equal to it but for the feed's cap, which it carries in bits that
    /// no level uses; only the cap where nothing is anchored yet. It spares each report a second read, which a reference to the
    /// anchor would cost it, and a third for the cap.
    mapping(FeedId feedId => Cell) private _latest;
    mapping(uint24 feedIndex => FeedId) private _feeds; // from 1
    uint24 private _feedCount;

    constructor(
        address authority,
        uint40 challengeSeconds_
    ) AccessManaged(authority) OracleCommittee(challengeSeconds_) EIP712("Nexus Evidence", "1") {
        if (challengeSeconds_ < MIN_CHALLENGE_SECONDS || challengeSeconds_ > MAX_CHALLENGE_SECONDS) {
            revert Evidence_ChallengeOutOfRange(challengeSeconds_, MIN_CHALLENGE_SECONDS, MAX_CHALLENGE_SECONDS);
        }
        challengeSeconds = challengeSeconds_;
        DOMAIN_SEPARATOR = _domainSeparatorV4();
    }

    /// @inheritdoc IEvidenceRegistry
    function anchor(
        FeedId feedId,
        AepId aepId,
        bytes32 receiptsRoot,
        bytes32 header,
        bytes calldata signatures
    ) external {
        uint256 head = uint256(header);
        if (!_isSound(aepId, head)) _refuseReport(aepId, head);
        Cell storage cell = _anchors[aepId];
        if (!cell.word.isNone()) revert Evidence_AlreadyAnchored(aepId);
        Cell storage latestCell = _latest[feedId];
        AnchorWord latest = latestCell.word;
        AnchorWord word = AnchorWord.wrap(head);
        if (!word.follows(latest)) _refuseNext(word, latest);
        _requireQuorum(uint32(head >> 32), uint32(head), reportDigest(feedId, aepId, receiptsRoot, header), signatures);

        uint256 feedIndex = latest.feedIndex();
        if (feedIndex == 0) feedIndex = _openFeed(feedId);
        uint256 finalAt;
        unchecked {
            finalAt = block.timestamp + challengeSeconds;
        }
        word = AnchorWordLib.pack(head, finalAt, feedIndex);
        cell.word = word;
        if (word.isNotBefore(latest)) latestCell.word = word.withCapOf(latest);
        emit AepAnchored(aepId, feedId, header, receiptsRoot, uint40(finalAt));
    }

    /// @inheritdoc IEvidenceRegistry
    function dispute(AepId aepId, bytes32 reasonHash) external restricted {
        (AnchorWord word, AnchorState state) = _known(aepId);
        // of the flags that only the registry sets, every anchor that was ever disputed keeps this one
        if (word.has(AnchorFlags.DISPUTED)) revert Evidence_AlreadyDisputed(aepId);
        if (state != AnchorState.Anchored) revert Evidence_NotDisputable(aepId, state);
        uint40 upheldAt = uint40(block.timestamp) + DISPUTE_SECONDS;
        _replace(aepId, word, word.with(AnchorFlags.DISPUTED).withFinalAt(upheldAt));
        emit AepDisputed(aepId, _msgSender(), reasonHash, upheldAt);
    }

    /// @inheritdoc IEvidenceRegistry
    function rule(AepId aepId, bool upheld, bytes32 reasonHash) external restricted {
        (AnchorWord word, AnchorState state) = _known(aepId);
        if (state != AnchorState.Disputed) revert Evidence_NotDisputed(aepId, state);
        if (upheld) {
            _replace(aepId, word, word.with(AnchorFlags.UPHELD).withFinalAt(uint40(block.timestamp)));
            emit AepUpheld(aepId, _msgSender(), reasonHash);
        } else {
            _replace(aepId, word, word.with(AnchorFlags.VOID));
            emit AepVoided(aepId, _msgSender(), reasonHash);
        }
    }

    /// @inheritdoc IEvidenceRegistry
    function capFeed(FeedId feedId, uint8 mostEql) external restricted {
        if (mostEql == 0 || mostEql > 4) revert Evidence_EqlOutOfRange(mostEql);
        Cell storage cell = _latest[feedId];
        cell.word = cell.word.withCap(mostEql);
        emit FeedCapped(feedId, mostEql);
    }

    /// @inheritdoc IEvidenceRegistry
    function capOf(FeedId feedId) external view returns (uint8) {
        return uint8(_latest[feedId].word.cap());
    }

    /// @inheritdoc IEvidenceRegistry
    function stateOf(AepId aepId) external view returns (AnchorState) {
        return _anchors[aepId].word.stateAt(block.timestamp);
    }

    /// @inheritdoc IEvidenceRegistry
    function anchorOf(AepId aepId) external view returns (Anchor memory, AnchorState) {
        (AnchorWord word, AnchorState state) = _known(aepId);
        return (word.unpack(), state);
    }

    /// @inheritdoc IEvidenceRegistry
    function evidenceOf(AepId aepId) external view returns (FeedId feedId, Anchor memory, AnchorState) {
        (AnchorWord word, AnchorState state) = _known(aepId);
        return (_feeds[uint24(word.feedIndex())], word.unpack(), state);
    }

    /// @inheritdoc IEvidenceRegistry
    function latestOf(FeedId feedId) external view returns (Anchor memory, AnchorState) {
        AnchorWord word = _latest[feedId].word.uncapped();
        if (word.isNone()) revert Evidence_UnknownFeed(feedId);
        return (word.unpack(), word.stateAt(block.timestamp));
    }

    /// @inheritdoc IEvidenceRegistry
    function feedAt(uint24 feedIndex) external view returns (FeedId) {
        return _feeds[feedIndex];
    }

    /// @inheritdoc IEvidenceRegistry
    function verifyClaim(
        AepId aepId,
        bytes calldata content,
        bytes32 salt,
        uint256 index,
        uint256 size,
        bytes32[] calldata proof
    ) external view returns (bool) {
        _known(aepId);
        bytes32 leaf = MerkleProof9162.leafHash(salt, content);
        return MerkleProof9162.verify(AepId.unwrap(aepId), leaf, index, size, proof);
    }

    /// @inheritdoc IEvidenceRegistry
    function reportDigest(
        FeedId feedId,
        AepId aepId,
        bytes32 receiptsRoot,
        bytes32 header
    ) public view returns (bytes32 digest) {
        bytes32 typeHash = REPORT_TYPEHASH;
        bytes32 separator = block.chainid == CHAIN_ID ? DOMAIN_SEPARATOR : _domainSeparatorV4();
        // abi.encode of the eleven words, straight from the header
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, typeHash)
            mstore(add(data, 0x20), feedId)
            mstore(add(data, 0x40), aepId)
            mstore(add(data, 0x60), sar(192, header)) // value, sign-extended
            mstore(add(data, 0x80), and(shr(152, header), 0xffffffffff)) // from
            mstore(add(data, 0xa0), and(shr(112, header), 0xffffffffff)) // to
            mstore(add(data, 0xc0), and(shr(80, header), 0xffffffff)) // sequence
            mstore(add(data, 0xe0), and(shr(72, header), 0xff)) // eql
            mstore(add(data, 0x100), and(shr(64, header), 0xff)) // flags
            mstore(add(data, 0x120), receiptsRoot)
            mstore(add(data, 0x140), and(shr(32, header), 0xffffffff)) // configVersion
            mstore(add(data, 0x22), keccak256(data, 0x160))
            mstore(add(data, 0x02), separator)
            mstore8(data, 0x19)
            mstore8(add(data, 0x01), 0x01)
            digest := keccak256(data, 0x42)
        }
    }

    /// @dev All at once: nobody but who sends a report that will be refused pays for knowing which. That the level is at most 4
    /// follows from its being within the cap of the feed.
    function _isSound(AepId aepId, uint256 head) private view returns (bool sound) {
        assembly ("memory-safe") {
            let to := and(shr(112, head), 0xffffffffff)
            sound := and(lt(and(shr(152, head), 0xffffffffff), to), iszero(gt(to, timestamp())))
            sound := and(sound, iszero(and(head, shl(64, STATE_FLAGS))))
            sound := and(sound, and(lt(0, and(head, EQL_BYTE)), lt(0, aepId)))
        }
    }

    function _refuseReport(AepId aepId, uint256 head) private view {
        (uint256 from, uint256 to) = (uint40(head >> 152), uint40(head >> 112));
        (uint256 eql, uint256 flags) = (uint8(head >> 72), uint8(head >> 64));
        if (AepId.unwrap(aepId) == 0) revert Evidence_EmptyRoot();
        if (from >= to) revert Evidence_EmptyWindow(from, to);
        if (to > block.timestamp) revert Evidence_WindowNotOver(to, block.timestamp);
        if (eql == 0) revert Evidence_EqlOutOfRange(eql);
        revert Evidence_ReservedFlags(flags);
    }

    function _refuseNext(AnchorWord word, AnchorWord latest) private pure {
        if (word.eql() > 4) revert Evidence_EqlOutOfRange(word.eql());
        if (!word.isAbove(latest)) revert Evidence_SequenceNotAbove(word.sequence(), latest.sequence());
        revert Evidence_EqlAboveCap(word.eql(), latest.cap());
    }

    function _openFeed(FeedId feedId) private returns (uint24 feedIndex) {
        feedIndex = ++_feedCount;
        _feeds[feedIndex] = feedId;
        emit FeedOpened(feedId, feedIndex);
    }

    function _known(AepId aepId) private view returns (AnchorWord word, AnchorState state) {
        word = _anchors[aepId].word;
        if (word.isNone()) revert Evidence_UnknownAep(aepId);
        state = word.stateAt(block.timestamp);
    }

    /// @dev Keeps the feed's copy equal, its cap apart. That equal words are the same anchor: take L, the latest, and another anchor B of the
    /// feed. If B was the latest before, L has a higher sequence, for it had to exceed B's then or that of one that
    /// exceeded it. If B never was, its `to` is below that of the latest when it came; the `to` of the latest never falls, so
    /// when L was that one or came later, B's is below L's.
    function _replace(AepId aepId, AnchorWord before, AnchorWord word) private {
        _anchors[aepId].word = word;
        Cell storage cell = _latest[_feeds[uint24(word.feedIndex())]];
        AnchorWord latest = cell.word;
        if (AnchorWord.unwrap(latest.uncapped()) == AnchorWord.unwrap(before)) cell.word = word.withCapOf(latest);
    }
}
