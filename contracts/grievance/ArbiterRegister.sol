// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {FieldId, ICompetence} from "../governance/rail/ICompetence.sol";
import {AccountId, Accounts} from "./Accounts.sol";
import {GrievanceTermsLib} from "./GrievanceTerms.sol";
import {Arbiter, IArbiterRegister} from "./IArbiterRegister.sol";
import {IGrievanceLedger} from "./IGrievanceLedger.sol";
import {Topics} from "./Topics.sol";

/// @title Who can be drawn to decide cases
contract ArbiterRegister is IArbiterRegister, AccessManaged {
    using Checkpoints for Checkpoints.Trace208;

    uint256 internal constant LISTING_SECONDS = 7 days;
    uint256 internal constant RELEASE_SECONDS = GrievanceTermsLib.MOST_CASE_SECONDS + 7 days;
    uint256 internal constant MOST_BOND_UNITS = 100_000;
    uint256 private constant DECLARED = 1;

    /// @inheritdoc IArbiterRegister
    // The interface names it, as a function.
    // solhint-disable-next-line const-name-snakecase
    FieldId public constant field = FieldId.wrap(keccak256("arbitration"));

    /// @inheritdoc IArbiterRegister
    IGrievanceLedger public immutable ledger;
    /// @inheritdoc IArbiterRegister
    ICompetence public immutable competence;
    uint256 private immutable UNIT;

    /// @inheritdoc IArbiterRegister
    uint96 public bondAssets;
    mapping(address arbiter => Arbiter) private _arbiters;
    /// @dev Places of the list are numbered from 0 without a gap; each remembers who was on it when.
    mapping(uint256 index => Checkpoints.Trace208) private _places;
    Checkpoints.Trace208 private _count;
    mapping(address arbiter => mapping(bytes32 topic => Checkpoints.Trace208)) private _conflicts;

    constructor(
        address authority,
        IGrievanceLedger ledger_,
        ICompetence competence_,
        uint96 bondAssets_
    ) AccessManaged(authority) {
        (ledger, competence) = (ledger_, competence_);
        UNIT = 10 ** IERC20Metadata(address(ledger_.asset())).decimals();
        _setBond(bondAssets_);
    }

    /// @inheritdoc IArbiterRegister
    function setBond(uint96 bondAssets_) external restricted {
        _setBond(bondAssets_);
    }

    /// @inheritdoc IArbiterRegister
    function join() external {
        address arbiter = _msgSender();
        if (_arbiters[arbiter].joinedAt != 0) revert Arbiters_Joined(arbiter);
        if (competence.levelAt(arbiter, field, block.timestamp - 1) == 0) revert Arbiters_NotQualified(arbiter);
        uint96 assets = bondAssets;
        _arbiters[arbiter] = Arbiter(uint40(block.timestamp), 0, 0, assets);
        emit ArbiterJoined(arbiter, assets, uint40(block.timestamp + LISTING_SECONDS));
        ledger.collect(Accounts.arbiterBond(arbiter), arbiter, assets);
    }

    /// @inheritdoc IArbiterRegister
    function list(address arbiter) external {
        Arbiter storage record = _joined(arbiter);
        if (record.leftAt != 0) revert Arbiters_Left(arbiter);
        if (record.place != 0) revert Arbiters_Listed(arbiter);
        uint256 listableAt = record.joinedAt + LISTING_SECONDS;
        if (block.timestamp < listableAt) revert Arbiters_TooEarly(arbiter, listableAt);
        uint256 count = _count.latest();
        record.place = uint32(count + 1);
        _places[count].push(uint48(block.timestamp), uint160(arbiter));
        _count.push(uint48(block.timestamp), uint208(count + 1));
        emit ArbiterListed(arbiter);
    }

    /// @inheritdoc IArbiterRegister
    function resign() external {
        address arbiter = _msgSender();
        Arbiter storage record = _joined(arbiter);
        if (record.leftAt != 0) revert Arbiters_Left(arbiter);
        _leave(arbiter, record, false);
    }

    /// @inheritdoc IArbiterRegister
    function release(address arbiter) external returns (uint256 assets) {
        Arbiter storage record = _joined(arbiter);
        if (record.leftAt == 0) revert Arbiters_NotLeft(arbiter);
        uint256 releasableAt = record.leftAt + RELEASE_SECONDS;
        if (block.timestamp < releasableAt) revert Arbiters_TooEarly(arbiter, releasableAt);
        delete _arbiters[arbiter];
        assets = ledger.move(Accounts.arbiterBond(arbiter), Accounts.person(arbiter), type(uint256).max);
        emit ArbiterReleased(arbiter, assets);
    }

    /// @inheritdoc IArbiterRegister
    function declareConflict(bytes32 topic, bool declared) external {
        _joined(_msgSender());
        _conflicts[_msgSender()][topic].push(uint48(block.timestamp), declared ? uint208(DECLARED) : 0);
        emit ConflictDeclared(_msgSender(), topic, declared);
    }

    /// @inheritdoc IArbiterRegister
    function penalise(address arbiter, uint256 most, bytes32 account) external restricted returns (uint256 taken) {
        Arbiter storage record = _arbiters[arbiter];
        AccountId bond = Accounts.arbiterBond(arbiter);
        taken = ledger.move(bond, AccountId.wrap(account), most);
        uint256 left = ledger.balanceOf(bond);
        emit ArbiterPenalised(arbiter, taken, left);
        if (record.joinedAt != 0 && record.leftAt == 0 && left * 2 < record.bondAssets) _leave(arbiter, record, true);
    }

    /// @inheritdoc IArbiterRegister
    function isFreeAt(
        address arbiter,
        uint8 leastLevel,
        bytes32[] calldata topics,
        uint256 timestamp
    ) external view returns (bool) {
        _requirePast(timestamp);
        if (competence.levelAt(arbiter, field, timestamp) < leastLevel) return false;
        mapping(bytes32 => Checkpoints.Trace208) storage conflicts = _conflicts[arbiter];
        for (uint256 i = 0; i < topics.length; ++i) {
            if (conflicts[topics[i]].upperLookupRecent(uint48(timestamp)) == DECLARED) return false;
        }
        return true;
    }

    /// @inheritdoc IArbiterRegister
    function countAt(uint256 timestamp) external view returns (uint256) {
        _requirePast(timestamp);
        return _count.upperLookupRecent(uint48(timestamp));
    }

    /// @inheritdoc IArbiterRegister
    function arbiterAt(uint256 index, uint256 timestamp) external view returns (address) {
        _requirePast(timestamp);
        return address(uint160(_places[index].upperLookupRecent(uint48(timestamp))));
    }

    /// @inheritdoc IArbiterRegister
    function arbiterOf(address arbiter) external view returns (Arbiter memory) {
        return _arbiters[arbiter];
    }

    /// @inheritdoc IArbiterRegister
    function accountTopic(address account) external pure returns (bytes32) {
        return Topics.account(account);
    }

    /// @inheritdoc IArbiterRegister
    function railTopic(uint256 railId) external pure returns (bytes32) {
        return Topics.rail(railId);
    }

    function _setBond(uint96 bondAssets_) private {
        uint256 most = MOST_BOND_UNITS * UNIT;
        if (bondAssets_ == 0 || bondAssets_ > most) revert Arbiters_BondOutOfRange(bondAssets_, 1, most);
        bondAssets = bondAssets_;
        emit BondSet(bondAssets_);
    }

    /// @dev The last of the list takes the place that becomes free. What the list was before stays on record.
    function _leave(address arbiter, Arbiter storage record, bool dropped) private {
        record.leftAt = uint40(block.timestamp);
        uint256 place = record.place;
        if (place != 0) {
            record.place = 0;
            uint256 count = _count.latest();
            if (place != count) {
                address last = address(uint160(_places[count - 1].latest()));
                _places[place - 1].push(uint48(block.timestamp), uint160(last));
                _arbiters[last].place = uint32(place);
            }
            _count.push(uint48(block.timestamp), uint208(count - 1));
        }
        emit ArbiterLeft(arbiter, uint40(block.timestamp + RELEASE_SECONDS), dropped);
    }

    function _joined(address arbiter) private view returns (Arbiter storage record) {
        record = _arbiters[arbiter];
        if (record.joinedAt == 0) revert Arbiters_NotJoined(arbiter);
    }

    function _requirePast(uint256 timestamp) private view {
        if (timestamp >= block.timestamp) revert Arbiters_NotPast(timestamp, block.timestamp);
    }
}
