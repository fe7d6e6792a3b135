// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Version} from "../../registry/Version.sol";
import {Draft, INipRegistry, Nip, NipId, NipState, SpecId, SpecVersion} from "./INipRegistry.sol";

/// @title Nexus improvement proposals, and which version of each specification is in force
/// @dev Calls nobody but its authority.
contract NipRegistry is INipRegistry, AccessManaged {
    /// @dev Of an editor (specification 0) or of a maintainer of one specification.
    struct Term {
        uint40 endsAt;
        uint40 nextAt; // the next one begins no earlier
    }

    uint256 internal constant MOST_NAME_BYTES = 64;
    uint256 internal constant DRAFT_SECONDS = 2 days;
    uint256 internal constant REVIEW_SECONDS = 14 days;
    uint256 internal constant LAST_CALL_SECONDS = 7 days;
    uint256 internal constant VOTE_SECONDS = 3 days;
    uint256 internal constant VOTE_LIFE_SECONDS = 90 days;
    uint256 internal constant SILENCE_SECONDS = 60 days;
    uint256 internal constant MOST_SEND_BACKS = 3;
    uint256 internal constant BREAKING_ACTIVATION_SECONDS = 30 days;
    uint256 internal constant MOST_ACTIVATION_SECONDS = 365 days;
    uint256 internal constant MOST_TERM_SECONDS = 365 days;
    uint256 internal constant REST_SECONDS = 90 days;
    Version internal constant FIRST_VERSION = Version.wrap(1 << 32); // 1.0.0
    SpecId internal constant EDITORS = SpecId.wrap(0);

    uint256 private _nipCount;
    mapping(NipId => Nip) private _nips;
    mapping(SpecId => SpecVersion[]) private _versions;
    mapping(SpecId => mapping(Version => uint256 place)) private _places; // from 1
    mapping(SpecId => mapping(bytes32 specHash => NipId)) private _accepted;
    mapping(SpecId => mapping(address holder => Term)) private _terms;

    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc INipRegistry
    function submit(Draft calldata draft, bytes32 reasonHash) external returns (NipId nipId) {
        uint256 length = bytes(draft.specName).length;
        if (length == 0 || length > MOST_NAME_BYTES) revert Nip_NameLength(length, MOST_NAME_BYTES);
        SpecId specId = specIdOf(draft.specName);
        _requireNext(specId, draft.version);
        _requireNew(specId, draft.specHash);
        uint256 least = _breaks(specId, draft.version) ? BREAKING_ACTIVATION_SECONDS : 0;
        if (draft.activationSeconds < least || draft.activationSeconds > MOST_ACTIVATION_SECONDS) {
            revert Nip_ActivationOutOfRange(draft.activationSeconds, least, MOST_ACTIVATION_SECONDS);
        }

        nipId = NipId.wrap(++_nipCount);
        Nip storage nip = _nips[nipId];
        (nip.specId, nip.specHash, nip.author) = (specId, draft.specHash, _msgSender());
        (nip.version, nip.activationSeconds) = (draft.version, draft.activationSeconds);
        emit NipSubmitted(nipId, specId, _msgSender(), draft);
        _move(nipId, nip, NipState.Draft, reasonHash);
    }

    /// @inheritdoc INipRegistry
    function revise(NipId nipId, bytes32 specHash, string calldata uri, bytes32 reasonHash) external {
        Nip storage nip = _known(nipId);
        _requireAuthor(nipId, nip);
        if (nip.state != NipState.Draft && nip.state != NipState.Review) revert Nip_WrongState(nipId, nip.state);
        _requireReason(reasonHash);
        _requireNew(nip.specId, specHash);
        nip.specHash = specHash;
        nip.enteredAt = uint40(block.timestamp);
        emit NipRevised(nipId, specHash, uri, reasonHash);
    }

    /// @inheritdoc INipRegistry
    function advance(NipId nipId, bytes32 reasonHash) external {
        Nip storage nip = _known(nipId);
        NipState state = nip.state;
        if (state != NipState.Draft && state != NipState.Review && state != NipState.LastCall) {
            revert Nip_WrongState(nipId, state);
        }
        uint256 earliest = nip.enteredAt + _leastSeconds(state);
        if (block.timestamp < earliest) revert Nip_TooSoon(nipId, earliest);
        if (state != NipState.LastCall) _requireMover(nipId, nip);
        if (state == NipState.Draft) nip.reviewedBy = _msgSender();
        _move(nipId, nip, NipState(uint8(state) + 1), reasonHash);
    }

    /// @inheritdoc INipRegistry
    function sendBack(NipId nipId, bytes32 reasonHash) external {
        Nip storage nip = _known(nipId);
        if (nip.state == NipState.Review) _requireEditor();
        else if (nip.state == NipState.LastCall) _requireMaintainer(nip.specId);
        else revert Nip_WrongState(nipId, nip.state);
        if (nip.sendBacks == MOST_SEND_BACKS) revert Nip_SentBackOften(nipId, MOST_SEND_BACKS);
        ++nip.sendBacks;
        _move(nipId, nip, NipState(uint8(nip.state) - 1), reasonHash);
    }

    /// @inheritdoc INipRegistry
    function withdraw(NipId nipId, bytes32 reasonHash) external {
        Nip storage nip = _known(nipId);
        _requireAuthor(nipId, nip);
        if (nip.state >= NipState.Vote) revert Nip_WrongState(nipId, nip.state);
        _move(nipId, nip, NipState.Withdrawn, reasonHash);
    }

    /// @inheritdoc INipRegistry
    function recordOutcome(NipId nipId, bytes32 specHash, bool accepted, bytes32 reasonHash) external restricted {
        Nip storage nip = _known(nipId);
        if (_isInOffice(EDITORS, _msgSender()) || _isInOffice(nip.specId, _msgSender())) {
            revert Nip_OfficerCannotDecide(_msgSender());
        }
        if (nip.state != NipState.Vote) revert Nip_WrongState(nipId, nip.state);
        if (specHash != nip.specHash) revert Nip_OtherSpecification(nipId, nip.specHash, specHash);
        uint256 earliest = nip.enteredAt + VOTE_SECONDS;
        if (block.timestamp < earliest) revert Nip_TooSoon(nipId, earliest);
        if (!accepted) {
            _move(nipId, nip, NipState.Rejected, reasonHash);
            return;
        }
        // what was the next version, and new, when it was submitted may have been overtaken since
        _requireNext(nip.specId, nip.version);
        _requireNew(nip.specId, specHash);
        _move(nipId, nip, NipState.Final, reasonHash);
        _schedule(nipId, nip);
    }

    /// @inheritdoc INipRegistry
    function lapse(NipId nipId, bytes32 reasonHash) external {
        Nip storage nip = _known(nipId);
        if (nip.state != NipState.Vote) revert Nip_WrongState(nipId, nip.state);
        uint256 earliest = nip.enteredAt + VOTE_LIFE_SECONDS;
        if (block.timestamp < earliest) revert Nip_TooSoon(nipId, earliest);
        _move(nipId, nip, NipState.Rejected, reasonHash);
    }

    /// @inheritdoc INipRegistry
    function grantEditor(address editor, uint40 endsAt, bytes32 reasonHash) external restricted {
        _grant(EDITORS, editor, endsAt, reasonHash);
        emit EditorTerm(editor, endsAt, reasonHash);
    }

    /// @inheritdoc INipRegistry
    function endEditor(address editor, bytes32 reasonHash) external restricted {
        emit EditorTerm(editor, _end(EDITORS, editor, reasonHash), reasonHash);
    }

    /// @inheritdoc INipRegistry
    function grantMaintainer(SpecId specId, address maintainer, uint40 endsAt, bytes32 reasonHash) external restricted {
        if (SpecId.unwrap(specId) == 0) revert Nip_NoSpecification();
        _grant(specId, maintainer, endsAt, reasonHash);
        emit MaintainerTerm(specId, maintainer, endsAt, reasonHash);
    }

    /// @inheritdoc INipRegistry
    function endMaintainer(SpecId specId, address maintainer, bytes32 reasonHash) external restricted {
        if (SpecId.unwrap(specId) == 0) revert Nip_NoSpecification();
        emit MaintainerTerm(specId, maintainer, _end(specId, maintainer, reasonHash), reasonHash);
    }

    /// @inheritdoc INipRegistry
    function nipOf(NipId nipId) external view returns (Nip memory) {
        return _known(nipId);
    }

    /// @inheritdoc INipRegistry
    function stateOf(NipId nipId) external view returns (NipState) {
        Nip storage nip = _known(nipId);
        // `place` counts from 1, so it is where the next version is, counted from 0
        SpecVersion[] storage versions = _versions[nip.specId];
        bool succeeded = nip.place != 0 && nip.place < versions.length;
        if (succeeded && versions[nip.place].inForceFrom <= block.timestamp) return NipState.Superseded;
        return nip.state;
    }

    /// @inheritdoc INipRegistry
    function earliestAt(NipId nipId) external view returns (uint256) {
        Nip storage nip = _known(nipId);
        if (nip.state > NipState.Vote) revert Nip_WrongState(nipId, nip.state);
        return nip.enteredAt + _leastSeconds(nip.state);
    }

    /// @inheritdoc INipRegistry
    function nipCount() external view returns (uint256) {
        return _nipCount;
    }

    /// @inheritdoc INipRegistry
    function editorUntil(address editor) external view returns (uint40) {
        return _terms[EDITORS][editor].endsAt;
    }

    /// @inheritdoc INipRegistry
    function maintainerUntil(SpecId specId, address maintainer) external view returns (uint40) {
        return _terms[specId][maintainer].endsAt;
    }

    /// @inheritdoc INipRegistry
    function versionCount(SpecId specId) external view returns (uint256) {
        return _versions[specId].length;
    }

    /// @inheritdoc INipRegistry
    function versionAt(SpecId specId, uint256 place) external view returns (SpecVersion memory) {
        return _versions[specId][place - 1];
    }

    /// @inheritdoc INipRegistry
    /// @dev INV-NIP-4: by bisection, for `inForceFrom` never falls along a history.
    function inForceAt(SpecId specId, uint256 timestamp) external view returns (SpecVersion memory) {
        SpecVersion[] storage versions = _versions[specId];
        // of the places from `low` on, those that are in force by then end before `high`
        (uint256 low, uint256 high) = (0, versions.length);
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (versions[middle].inForceFrom <= timestamp) low = middle + 1;
            else high = middle;
        }
        if (low == 0) revert Nip_NothingInForce(specId);
        return versions[low - 1];
    }

    /// @inheritdoc INipRegistry
    /// @dev INV-NIP-5: a history is a chain of next versions, so between two of one major version nothing broke.
    function isCompatible(SpecId specId, Version older, Version newer) external view returns (bool) {
        bool known = _places[specId][older] != 0 && _places[specId][newer] != 0;
        return known && !older.isAbove(newer) && older.major() == newer.major();
    }

    /// @inheritdoc INipRegistry
    function specIdOf(string calldata specName) public pure returns (SpecId) {
        return SpecId.wrap(keccak256(bytes(specName)));
    }

    function _schedule(NipId nipId, Nip storage nip) private {
        SpecId specId = nip.specId;
        SpecVersion[] storage versions = _versions[specId];
        uint40 inForceFrom = uint40(block.timestamp) + nip.activationSeconds;
        bool compatible = !_breaks(specId, nip.version);
        NipId supersedes;
        uint256 count = versions.length;
        if (count != 0) {
            SpecVersion storage last = versions[count - 1];
            supersedes = NipId.wrap(last.nip);
            if (inForceFrom < last.inForceFrom) inForceFrom = last.inForceFrom;
        }
        versions.push(
            SpecVersion({
                nip: uint64(NipId.unwrap(nipId)),
                version: nip.version,
                inForceFrom: inForceFrom,
                compatible: compatible,
                specHash: nip.specHash
            })
        );
        nip.place = uint32(count + 1);
        _places[specId][nip.version] = count + 1;
        _accepted[specId][nip.specHash] = nipId;
        emit VersionScheduled(specId, nipId, nip.version, nip.specHash, inForceFrom, compatible, supersedes);
    }

    /// @dev INV-NIP-1: every move of a proposal but into Superseded.
    function _move(NipId nipId, Nip storage nip, NipState to, bytes32 reasonHash) private {
        _requireReason(reasonHash);
        NipState from = nip.state;
        (nip.state, nip.enteredAt) = (to, uint40(block.timestamp));
        emit NipMoved(nipId, from, to, _msgSender(), reasonHash);
    }

    function _grant(SpecId office, address holder, uint40 endsAt, bytes32 reasonHash) private {
        _requireReason(reasonHash);
        if (holder == address(0)) revert Nip_NoHolder();
        uint256 latest = block.timestamp + MOST_TERM_SECONDS;
        if (endsAt <= block.timestamp || endsAt > latest) {
            revert Nip_TermOutOfRange(endsAt, block.timestamp + 1, latest);
        }
        Term storage term = _terms[office][holder];
        if (block.timestamp < term.nextAt) revert Nip_TermTooSoon(holder, term.nextAt);
        (term.endsAt, term.nextAt) = (endsAt, endsAt + uint40(REST_SECONDS));
    }

    function _end(SpecId office, address holder, bytes32 reasonHash) private returns (uint40 endsAt) {
        _requireReason(reasonHash);
        if (!_isInOffice(office, holder)) revert Nip_NoTerm(holder);
        endsAt = uint40(block.timestamp);
        _terms[office][holder] = Term(endsAt, endsAt + uint40(REST_SECONDS));
    }

    function _known(NipId nipId) private view returns (Nip storage nip) {
        nip = _nips[nipId];
        if (nip.state == NipState.None) revert Nip_Unknown(nipId);
    }

    function _isInOffice(SpecId office, address holder) private view returns (bool) {
        return block.timestamp < _terms[office][holder].endsAt;
    }

    function _requireEditor() private view {
        if (!_isInOffice(EDITORS, _msgSender())) revert Nip_NotEditor(_msgSender());
    }

    function _requireMaintainer(SpecId specId) private view {
        if (!_isInOffice(specId, _msgSender())) revert Nip_NotMaintainer(specId, _msgSender());
    }

    function _requireAuthor(NipId nipId, Nip storage nip) private view {
        if (_msgSender() != nip.author) revert Nip_NotAuthor(nipId, _msgSender());
    }

    /// @dev Who moves a draft or a proposal in review on: officers, two different ones; after their silence also its author.
    function _requireMover(NipId nipId, Nip storage nip) private view {
        address caller = _msgSender();
        bool silent = block.timestamp >= nip.enteredAt + SILENCE_SECONDS;
        if (caller == nip.author) {
            if (!silent) revert Nip_OwnProposal(nipId, caller);
        } else if (nip.state == NipState.Draft) {
            _requireEditor();
        } else {
            _requireMaintainer(nip.specId);
            if (caller == nip.reviewedBy) revert Nip_SameHand(nipId, caller);
        }
    }

    function _requireNext(SpecId specId, Version version) private view {
        SpecVersion[] storage versions = _versions[specId];
        uint256 count = versions.length;
        if (count == 0) {
            if (Version.unwrap(version) != Version.unwrap(FIRST_VERSION)) {
                revert Nip_NotNextVersion(version, Version.wrap(0));
            }
        } else {
            Version latest = versions[count - 1].version;
            if (!latest.isNext(version)) revert Nip_NotNextVersion(version, latest);
        }
    }

    /// @dev An old text is not a new version.
    function _requireNew(SpecId specId, bytes32 specHash) private view {
        if (specHash == 0) revert Nip_NoSpecification();
        NipId before = _accepted[specId][specHash];
        if (NipId.unwrap(before) != 0) revert Nip_SpecificationKnown(specHash, before);
    }

    /// @dev Of a next version: whether it breaks the one before. The first breaks nothing.
    function _breaks(SpecId specId, Version version) private view returns (bool) {
        SpecVersion[] storage versions = _versions[specId];
        uint256 count = versions.length;
        return count != 0 && versions[count - 1].version.major() != version.major();
    }

    function _requireReason(bytes32 reasonHash) private pure {
        if (reasonHash == 0) revert Nip_NoReason();
    }

    function _leastSeconds(NipState state) private pure returns (uint256) {
        if (state == NipState.Draft) return DRAFT_SECONDS;
        if (state == NipState.Review) return REVIEW_SECONDS;
        if (state == NipState.LastCall) return LAST_CALL_SECONDS;
        return VOTE_SECONDS;
    }
}
