// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {CodeData} from "../../capital/CodeData.sol";
import {ITermsStore} from "../../capital/ITermsStore.sol";
import {FeedId} from "../../evidence/IEvidenceRegistry.sol";
import {
    Carrier,
    CarrierKind,
    Charter,
    CharterId,
    Clause,
    ClauseId,
    ClauseText,
    ICharterRegistry
} from "./ICharterRegistry.sol";

/// @title Charters: what was promised in words, clause by clause, and what on chain carries it out
contract CharterRegistry is ICharterRegistry, AccessManaged {
    /// @dev A clause from one version on; what it said is the code of `pointer`: abi.encode(Clause).
    struct Revision {
        // 4 + 20 bytes
        uint32 sinceVersion;
        address pointer;
    }

    uint256 internal constant MOST_NAME_BYTES = 64;
    uint256 internal constant MOST_LABEL_BYTES = 32;
    uint256 internal constant MOST_TEXT_BYTES = 8192;
    uint256 internal constant MOST_CLAUSES = 128;
    uint256 internal constant MOST_CARRIERS = 16;

    /// @inheritdoc ICharterRegistry
    ITermsStore public immutable termsStore;

    mapping(CharterId => Charter) private _charters;
    mapping(CharterId => ClauseId[]) private _clauseIds;
    mapping(CharterId => mapping(ClauseId => Revision[])) private _revisions;

    constructor(address authority, ITermsStore termsStore_) AccessManaged(authority) {
        termsStore = termsStore_;
    }

    /// @inheritdoc ICharterRegistry
    function open(string calldata name, address keeper) external restricted returns (CharterId charterId) {
        uint256 length = bytes(name).length;
        if (length == 0 || length > MOST_NAME_BYTES) revert Charter_NameLength(length, MOST_NAME_BYTES);
        if (keeper == address(0)) revert Charter_NoKeeper();
        charterId = charterIdOf(name);
        if (_charters[charterId].keeper != address(0)) revert Charter_AlreadyOpen(charterId);
        _charters[charterId].keeper = keeper;
        emit CharterOpened(charterId, name, keeper);
    }

    /// @inheritdoc ICharterRegistry
    function changeKeeper(CharterId charterId, address keeper, bytes32 reasonHash) external restricted {
        Charter storage charter = _known(charterId);
        if (keeper == address(0)) revert Charter_NoKeeper();
        if (reasonHash == 0) revert Charter_NoReason();
        charter.keeper = keeper;
        emit KeeperChanged(charterId, keeper, reasonHash);
    }

    /// @inheritdoc ICharterRegistry
    function amend(
        CharterId charterId,
        uint32 expectedVersion,
        ClauseText[] calldata clauses,
        bytes32 reasonHash
    ) external restricted returns (uint32 version) {
        Charter storage charter = _known(charterId);
        if (_msgSender() != charter.keeper) revert Charter_NotKeeper(charterId, _msgSender());
        if (reasonHash == 0) revert Charter_NoReason();
        if (charter.version != expectedVersion) {
            revert Charter_VersionMoved(charterId, charter.version, expectedVersion);
        }
        if (clauses.length == 0) revert Charter_NothingChanges();
        version = expectedVersion + 1;
        bytes32 charterHash = keccak256(
            abi.encode(charter.charterHash, version, keccak256(abi.encode(clauses)), reasonHash)
        );
        for (uint256 i = 0; i < clauses.length; ++i) _set(charterId, version, clauses[i]);
        uint256 count = _clauseIds[charterId].length;
        if (count > MOST_CLAUSES) revert Charter_TooManyClauses(count, MOST_CLAUSES);
        (charter.version, charter.clauses) = (version, uint16(count));
        (charter.amendedAt, charter.charterHash) = (uint40(block.timestamp), charterHash);
        emit CharterAmended(charterId, version, charterHash, reasonHash);
    }

    /// @inheritdoc ICharterRegistry
    function charterOf(CharterId charterId) external view returns (Charter memory) {
        return _known(charterId);
    }

    /// @inheritdoc ICharterRegistry
    function clauseIdsOf(CharterId charterId) external view returns (ClauseId[] memory) {
        _known(charterId);
        return _clauseIds[charterId];
    }

    /// @inheritdoc ICharterRegistry
    function clauseOf(CharterId charterId, ClauseId clauseId) external view returns (Clause memory) {
        return _clauseAt(charterId, clauseId, _known(charterId).version);
    }

    /// @inheritdoc ICharterRegistry
    function clauseAt(CharterId charterId, ClauseId clauseId, uint32 version) external view returns (Clause memory) {
        if (version == 0 || version > _known(charterId).version) revert Charter_UnknownVersion(charterId, version);
        return _clauseAt(charterId, clauseId, version);
    }

    /// @inheritdoc ICharterRegistry
    function clausesOf(CharterId charterId) external view returns (Clause[] memory clauses) {
        uint32 version = _known(charterId).version;
        ClauseId[] storage clauseIds = _clauseIds[charterId];
        uint256 count = clauseIds.length;
        clauses = new Clause[](count);
        uint256 standing;
        for (uint256 i = 0; i < count; ++i) {
            Clause memory clause = _clauseAt(charterId, clauseIds[i], version);
            if (clause.textHash != 0) clauses[standing++] = clause;
        }
        assembly ("memory-safe") {
            mstore(clauses, standing) // shorter than it was made
        }
    }

    /// @inheritdoc ICharterRegistry
    function charterIdOf(string calldata name) public pure returns (CharterId) {
        return CharterId.wrap(keccak256(bytes(name)));
    }

    /// @inheritdoc ICharterRegistry
    function clauseIdOf(string calldata label) public pure returns (ClauseId) {
        return ClauseId.wrap(keccak256(bytes(label)));
    }

    function _set(CharterId charterId, uint32 version, ClauseText calldata given) private {
        uint256 length = bytes(given.label).length;
        if (length == 0 || length > MOST_LABEL_BYTES) revert Charter_LabelLength(length, MOST_LABEL_BYTES);
        length = bytes(given.text).length;
        if (length > MOST_TEXT_BYTES) revert Charter_TextLength(length, MOST_TEXT_BYTES);

        ClauseId clauseId = clauseIdOf(given.label);
        Revision[] storage revisions = _revisions[charterId][clauseId];
        uint256 count = revisions.length;
        if (count != 0 && revisions[count - 1].sinceVersion == version) revert Charter_ClauseTwice(clauseId);
        bytes32 textHash;
        if (length != 0) textHash = keccak256(bytes(given.text));
        else if (count == 0) revert Charter_UnknownClause(charterId, clauseId);
        else if (given.carriers.length != 0) revert Charter_RepealedCarries(clauseId);
        _checkCarriers(given.carriers);

        if (count == 0) _clauseIds[charterId].push(clauseId);
        Clause memory clause = Clause(clauseId, given.label, textHash, version, given.carriers);
        revisions.push(Revision(version, CodeData.write(abi.encode(clause))));
        emit ClauseSet(charterId, clauseId, version, given.label, textHash, given.text, given.carriers);
    }

    function _known(CharterId charterId) private view returns (Charter storage charter) {
        charter = _charters[charterId];
        if (charter.keeper == address(0)) revert Charter_Unknown(charterId);
    }

    /// @dev The last revision that is no younger than the version. From the newest on, for that is what is asked most.
    function _clauseAt(CharterId charterId, ClauseId clauseId, uint32 version) private view returns (Clause memory) {
        Revision[] storage revisions = _revisions[charterId][clauseId];
        for (uint256 i = revisions.length; i > 0; --i) {
            if (revisions[i - 1].sinceVersion <= version) {
                return abi.decode(CodeData.read(revisions[i - 1].pointer), (Clause));
            }
        }
        revert Charter_UnknownClause(charterId, clauseId);
    }

    function _checkCarriers(Carrier[] calldata carriers) private view {
        if (carriers.length > MOST_CARRIERS) revert Charter_TooManyCarriers(carriers.length, MOST_CARRIERS);
        for (uint256 i = 0; i < carriers.length; ++i) {
            Carrier calldata carrier = carriers[i];
            bool needsTarget = carrier.kind != CarrierKind.Feed;
            bool wellFormed =
                needsTarget == (carrier.target != address(0)) &&
                    (carrier.kind == CarrierKind.Function) == (carrier.selector != 0) &&
                    (carrier.kind == CarrierKind.Function) == (carrier.id == 0);
            if (!wellFormed) revert Charter_MalformedCarrier(i);
            if (needsTarget && carrier.target.code.length == 0) revert Charter_TargetWithoutCode(carrier.target);
            if (carrier.kind == CarrierKind.Policy) _requirePolicy(carrier.target, uint256(carrier.id));
            // reverts when nobody published it
            if (carrier.kind == CarrierKind.Feed) termsStore.feedPublishedIn(FeedId.wrap(carrier.id));
        }
    }

    function _requirePolicy(address book, uint256 policyId) private view {
        try IERC721(book).ownerOf(policyId) returns (address) {} catch {
            revert Charter_UnknownPolicy(book, policyId);
        }
    }
}
