// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {TimelockControllerUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/TimelockControllerUpgradeable.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {Extsload} from "./Extsload.sol";
import {FieldId, ICompetence} from "./ICompetence.sol";
import {IComponentStanding} from "./IComponentStanding.sol";
import {FieldWeights, IRailBook, PageTerms} from "./IRailBook.sol";

/// @title What the rails have decided of themselves
contract RailBook is IRailBook, AccessManaged, Extsload {
    using Checkpoints for Checkpoints.Trace208;

    uint16 private constant MOST_FEE_BPS = 1_000;
    uint16 private constant MOST_WEIGHT_BPS = 10_000;
    uint256 private constant MOST_FIELDS = 8;
    uint8 private constant CERTIFIED = 2;

    struct Page {
        // slot 0
        bytes32 charterHash;
        // slot 1: 16 + 5 + 1 = 22 bytes
        uint128 voteUnit;
        uint40 openedAt;
        uint8 leastLevel;
    }

    /// @inheritdoc IRailBook
    ICompetence public immutable competence;
    /// @inheritdoc IRailBook
    IComponentStanding public immutable components;

    mapping(address timelock => Page) private _pages;
    mapping(address timelock => mapping(bytes32 kind => uint16)) private _fees;
    mapping(address timelock => mapping(bytes32 componentId => bool)) private _packs;
    mapping(address timelock => mapping(address target => mapping(bytes4 selector => bool))) private _alone;
    mapping(address timelock => mapping(bytes32 operationId => bool)) private _consents;
    /// @dev Which table was in force when; tables are numbered from 1 and never change.
    mapping(address timelock => Checkpoints.Trace208) private _tableOf;
    mapping(address timelock => mapping(uint256 table => FieldWeights[])) private _tables;

    modifier onlyWithPage() {
        _requirePage(_msgSender());
        _;
    }

    constructor(address authority, ICompetence competence_, IComponentStanding components_) AccessManaged(authority) {
        competence = competence_;
        components = components_;
    }

    /// @inheritdoc IRailBook
    function open(PageTerms calldata terms) external {
        address timelock = _msgSender();
        if (_pages[timelock].openedAt != 0) revert Rails_PageOpen(timelock);
        if (terms.charterHash == 0) revert Rails_NoCharter();
        if (terms.voteUnit == 0) revert Rails_NoVoteUnit();
        _requireLevel(terms.leastLevel);
        _pages[timelock] = Page(terms.charterHash, terms.voteUnit, uint40(block.timestamp), terms.leastLevel);
        emit PageOpened(timelock, terms.charterHash, terms.leastLevel, terms.voteUnit);
        for (uint256 i = 0; i < terms.fees.length; ++i) _setFee(timelock, terms.fees[i].kind, terms.fees[i].bps);
        for (uint256 i = 0; i < terms.packs.length; ++i) _enablePack(timelock, terms.packs[i]);
        if (terms.weights.length != 0) _setWeights(timelock, terms.weights);
    }

    /// @inheritdoc IRailBook
    function setCharter(bytes32 charterHash) external onlyWithPage {
        if (charterHash == 0) revert Rails_NoCharter();
        _pages[_msgSender()].charterHash = charterHash;
        emit CharterSet(_msgSender(), charterHash);
    }

    /// @inheritdoc IRailBook
    function setLeastLevel(uint8 leastLevel) external onlyWithPage {
        _requireLevel(leastLevel);
        _pages[_msgSender()].leastLevel = leastLevel;
        emit LeastLevelSet(_msgSender(), leastLevel);
    }

    /// @inheritdoc IRailBook
    function setFee(bytes32 kind, uint16 bps) external onlyWithPage {
        _setFee(_msgSender(), kind, bps);
    }

    /// @inheritdoc IRailBook
    function enablePack(bytes32 componentId) external onlyWithPage {
        _enablePack(_msgSender(), componentId);
    }

    /// @inheritdoc IRailBook
    function disablePack(bytes32 componentId) external onlyWithPage {
        address timelock = _msgSender();
        if (!_packs[timelock][componentId]) revert Rails_PackNotEnabled(componentId);
        _packs[timelock][componentId] = false;
        emit PackDisabled(timelock, componentId);
    }

    /// @inheritdoc IRailBook
    function setWeights(FieldWeights[] calldata weights) external onlyWithPage {
        _setWeights(_msgSender(), weights);
    }

    /// @inheritdoc IRailBook
    function setTrack(address target, bytes4 selector, bool alone) external onlyWithPage {
        if (target == address(this) && selector == IRailBook.setTrack.selector) {
            revert Rails_NeverAlone(target, selector);
        }
        _alone[_msgSender()][target][selector] = alone;
        emit TrackSet(_msgSender(), target, selector, alone);
    }

    /// @inheritdoc IRailBook
    function consent(address timelock, bytes32 operationId, bytes32 rationaleHash) external restricted {
        _requirePage(timelock);
        if (!TimelockControllerUpgradeable(payable(timelock)).isOperationPending(operationId)) {
            revert Rails_NotPending(timelock, operationId);
        }
        _consents[timelock][operationId] = true;
        emit ConsentGiven(timelock, operationId, rationaleHash);
    }

    /// @inheritdoc IRailBook
    function withdrawConsent(address timelock, bytes32 operationId, bytes32 rationaleHash) external restricted {
        if (!_consents[timelock][operationId]) revert Rails_NoConsent(timelock, operationId);
        _consents[timelock][operationId] = false;
        emit ConsentWithdrawn(timelock, operationId, rationaleHash);
    }

    /// @inheritdoc IRailBook
    function hasConsent(address timelock, bytes32 operationId) external view returns (bool) {
        return _consents[timelock][operationId];
    }

    /// @inheritdoc IRailBook
    function isAlone(address timelock, address target, bytes4 selector) external view returns (bool) {
        return _alone[timelock][target][selector];
    }

    /// @inheritdoc IRailBook
    function pageOf(
        address timelock
    ) external view returns (bytes32 charterHash, uint8 leastLevel, uint40 openedAt, uint128 voteUnit) {
        Page memory page = _pages[timelock];
        return (page.charterHash, page.leastLevel, page.openedAt, page.voteUnit);
    }

    /// @inheritdoc IRailBook
    function feeOf(address timelock, bytes32 kind) external view returns (uint16 bps) {
        return _fees[timelock][kind];
    }

    /// @inheritdoc IRailBook
    function isPackEnabled(address timelock, bytes32 componentId) external view returns (bool) {
        return _packs[timelock][componentId];
    }

    /// @inheritdoc IRailBook
    function isPackInForce(address timelock, bytes32 componentId) external view returns (bool) {
        if (!_packs[timelock][componentId]) return false;
        (uint8 level, uint8 status, uint40 expiresAt) = components.standingOf(componentId);
        return status == CERTIFIED && block.timestamp < expiresAt && level >= _pages[timelock].leastLevel;
    }

    /// @inheritdoc IRailBook
    function weightsOf(address timelock) external view returns (FieldWeights[] memory) {
        return _tables[timelock][_tableOf[timelock].latest()];
    }

    /// @inheritdoc IRailBook
    function competenceAt(address timelock, address account, uint256 timestamp) external view returns (uint256 votes) {
        uint256 number = _tableOf[timelock].upperLookupRecent(uint48(timestamp));
        if (number == 0) return 0;
        FieldWeights[] storage table = _tables[timelock][number];
        uint256 count = table.length;
        uint256 bps;
        for (uint256 i = 0; i < count; ++i) {
            FieldWeights storage row = table[i];
            uint256 level = competence.levelAt(account, row.field, timestamp);
            if (level != 0) bps += row.bpsByLevel[level - 1];
        }
        return (bps * _pages[timelock].voteUnit) / MOST_WEIGHT_BPS;
    }

    function _setFee(address timelock, bytes32 kind, uint16 bps) private {
        if (bps > MOST_FEE_BPS) revert Rails_FeeTooHigh(bps, MOST_FEE_BPS);
        _fees[timelock][kind] = bps;
        emit FeeSet(timelock, kind, bps);
    }

    function _enablePack(address timelock, bytes32 componentId) private {
        (uint8 level, uint8 status, uint40 expiresAt) = components.standingOf(componentId);
        if (status != CERTIFIED || block.timestamp >= expiresAt) {
            revert Rails_PackNotCertified(componentId, status, expiresAt);
        }
        uint8 leastLevel = _pages[timelock].leastLevel;
        if (level < leastLevel) revert Rails_PackBelowLevel(componentId, level, leastLevel);
        _packs[timelock][componentId] = true;
        emit PackEnabled(timelock, componentId, level);
    }

    function _setWeights(address timelock, FieldWeights[] calldata weights) private {
        uint256 count = weights.length;
        if (count > MOST_FIELDS) revert Rails_TooManyFields(count, MOST_FIELDS);
        uint208 number = _tableOf[timelock].latest() + 1;
        FieldWeights[] storage table = _tables[timelock][number];
        FieldId[] memory fields = new FieldId[](count);
        uint16[] memory bpsByLevel = new uint16[](count * 5);
        for (uint256 i = 0; i < count; ++i) {
            FieldId field = weights[i].field;
            // ascending: a field that could stand twice would weigh twice
            if (i != 0 && FieldId.unwrap(field) <= FieldId.unwrap(fields[i - 1])) revert Rails_FieldTwice(field);
            fields[i] = field;
            for (uint256 level = 0; level < 5; ++level) {
                uint16 bps = weights[i].bpsByLevel[level];
                if (bps > MOST_WEIGHT_BPS) revert Rails_WeightTooHigh(bps, MOST_WEIGHT_BPS);
                bpsByLevel[i * 5 + level] = bps;
            }
            table.push(weights[i]);
        }
        _tableOf[timelock].push(uint48(block.timestamp), number);
        emit WeightsSet(timelock, fields, bpsByLevel);
    }

    function _requirePage(address timelock) private view {
        if (_pages[timelock].openedAt == 0) revert Rails_NoPage(timelock);
    }

    function _requireLevel(uint8 level) private pure {
        if (level == 0 || level > 4) revert Rails_LevelOutOfRange(level);
    }
}
