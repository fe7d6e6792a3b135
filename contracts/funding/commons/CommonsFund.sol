// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {AepId, IEvidenceRegistry} from "../../evidence/IEvidenceRegistry.sol";
import {DelayedAmount} from "./DelayedAmount.sol";
import {ICommonsCompensation} from "./ICommonsCompensation.sol";
import {Award, AwardId, AwardKind, AwardTerms, Book, ICommonsFund, Income, Setting, Share} from "./ICommonsFund.sol";
import {ICommonsInflow, InflowSource} from "./ICommonsInflow.sol";
import {Milestone} from "./Milestone.sol";
import {RollingSum} from "./RollingSum.sol";
import {Vesting} from "./Vesting.sol";

/// @title The commons: what reaches it by rule, and what leaves it by decision
/// @dev Every function that changes something is nonReentrant, so that no token sees it half done.
contract CommonsFund is ICommonsFund, AccessManaged, EIP712, Nonces, ReentrancyGuardTransient {
    using Math for uint256;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    uint256 internal constant PERIOD_SECONDS = 30 days;
    uint256 internal constant NOTICE_SECONDS = 14 days;
    uint256 internal constant COLLECT_SECONDS = 3 * 365 days;
    uint256 internal constant EVIDENCE_SECONDS = 180 days; // as long as a policy waits for its evidence at least
    uint256 internal constant MOST_AHEAD_SECONDS = 5 * 365 days;
    uint256 internal constant SOURCES = 4;
    bytes32 internal constant REDIRECT_TYPEHASH = keccak256(
        "Redirect(bytes32 awardId,address to,uint256 nonce,uint256 deadline)"
    );

    /// @inheritdoc ICommonsFund
    IEvidenceRegistry public immutable registry;

    uint256 private immutable KEPT_BPS; // 16 bits a source, the first in the lowest
    address private immutable FEE_BENEFICIARY;
    address private immutable LEFTOVER_BENEFICIARY;
    address private immutable SLASH_BENEFICIARY;
    address private immutable GIFT_BENEFICIARY;

    mapping(IERC20 asset => Book) private _books;
    mapping(IERC20 asset => mapping(InflowSource => Income)) private _incomes;
    mapping(IERC20 asset => mapping(Setting => DelayedAmount)) private _settings;
    mapping(IERC20 asset => mapping(Setting limit => RollingSum)) private _awardedUnder;
    mapping(AwardId => Award) private _awards;
    mapping(AwardId => Milestone) private _milestones;
    mapping(AwardId => uint256 assets) private _uncompensated; // of what a case first asked for, what it did not get yet

    /// @param shares in the order of `InflowSource`
    constructor(
        address authority,
        IEvidenceRegistry registry_,
        Share[4] memory shares
    ) AccessManaged(authority) EIP712("Nexus Commons", "1") {
        registry = registry_;
        uint256 keptBps;
        for (uint256 i = 0; i < SOURCES; ++i) {
            (InflowSource source, Share memory share) = (InflowSource(i), shares[i]);
            if (share.keptBps > Vesting.UNIT_BPS) revert Commons_ShareAboveOne(source, share.keptBps);
            if ((share.keptBps == Vesting.UNIT_BPS) != (share.beneficiary == address(0))) {
                revert Commons_BeneficiaryMismatch(source, share.keptBps, share.beneficiary);
            }
            keptBps |= uint256(share.keptBps) << (16 * i);
            emit ShareFixed(source, share.keptBps, share.beneficiary);
        }
        KEPT_BPS = keptBps;
        FEE_BENEFICIARY = shares[0].beneficiary;
        LEFTOVER_BENEFICIARY = shares[1].beneficiary;
        SLASH_BENEFICIARY = shares[2].beneficiary;
        GIFT_BENEFICIARY = shares[3].beneficiary;
    }

    /// @inheritdoc ICommonsInflow
    function deposit(IERC20 asset, uint256 assets, InflowSource source, bytes32 origin) external nonReentrant {
        _takeIncome(asset, assets, source, _msgSender(), origin);
        uint256 before = asset.balanceOf(address(this));
        asset.safeTransferFrom(_msgSender(), address(this), assets);
        uint256 received = asset.balanceOf(address(this)) - before;
        if (received != assets) revert Commons_TransferMismatch(asset, assets, received);
    }

    /// @inheritdoc ICommonsFund
    function take(IERC20 asset) external nonReentrant returns (uint256 assets) {
        Book memory book = _books[asset];
        assets = asset.balanceOf(address(this)).saturatingSub(uint256(book.held) + book.due);
        if (assets == 0) revert Commons_NothingFound(asset);
        _takeIncome(asset, assets, InflowSource.Gift, address(0), 0);
    }

    /// @inheritdoc ICommonsFund
    function fetch(IERC20 asset, InflowSource source) external nonReentrant returns (uint256 assets) {
        Income storage income = _incomes[asset][source];
        assets = income.passed - income.fetched;
        if (assets == 0) revert Commons_NothingDue(asset, source);
        (, address beneficiary) = shareOf(source);
        income.fetched = income.passed;
        Book storage book = _books[asset];
        book.due = (book.due - assets).toUint128();
        emit IncomeFetched(asset, source, beneficiary, assets);
        asset.safeTransfer(beneficiary, assets);
    }

    /// @inheritdoc ICommonsFund
    function grant(AwardTerms calldata terms) external restricted nonReentrant returns (AwardId awardId) {
        uint40 time = uint40(block.timestamp);
        awardId = _award(terms, AwardKind.Grant, time, 0, time);
    }

    /// @inheritdoc ICommonsFund
    function stream(
        AwardTerms calldata terms,
        uint40 startAt,
        uint40 cliffAt,
        uint40 endAt
    ) external restricted nonReentrant returns (AwardId awardId) {
        if (startAt >= endAt || cliffAt < startAt || cliffAt > endAt) {
            revert Commons_BadSchedule(startAt, cliffAt, endAt);
        }
        _requireEnd(endAt, block.timestamp + 1);
        awardId = _award(terms, AwardKind.Stream, startAt, cliffAt, endAt);
        emit StreamMade(awardId, startAt, cliffAt, endAt);
    }

    /// @inheritdoc ICommonsFund
    function pledge(
        AwardTerms calldata terms,
        Milestone calldata milestone,
        uint40 deadline
    ) external restricted nonReentrant returns (AwardId awardId) {
        milestone.validate();
        _requireEnd(deadline, Math.max(milestone.to + EVIDENCE_SECONDS, block.timestamp + 1));
        awardId = _award(terms, AwardKind.Milestone, uint40(block.timestamp), 0, deadline);
        _milestones[awardId] = milestone;
        emit MilestoneMade(
            awardId,
            milestone.feedId,
            milestone.threshold,
            milestone.atLeast,
            milestone.from,
            milestone.to,
            milestone.minEql,
            deadline
        );
    }

    /// @dev Awards what it can and never reverts for want of money: whoever decides a case must not hang on it.
    /// @inheritdoc ICommonsCompensation
    function awardCompensation(
        IERC20 asset,
        address to,
        uint256 assets,
        bytes32 origin
    ) external restricted nonReentrant returns (uint256 awardedAssets) {
        if (origin == 0) revert Commons_NoDecision();
        _requireRecipient(to);
        AwardId awardId = compensationIdOf(_msgSender(), origin, asset, to);
        bool isFirst = _awards[awardId].to == address(0);
        uint256 most = isFirst ? assets : Math.min(assets, _uncompensated[awardId]);
        awardedAssets = Math.min(most, compensableAssets(asset));
        if (awardedAssets < assets) emit CompensationCut(origin, to, asset, assets, awardedAssets);
        if (awardedAssets == 0) return 0;
        uint40 time = uint40(block.timestamp);
        uint128 added = uint128(awardedAssets); // what is free has at most 128 bits
        if (isFirst) {
            _uncompensated[awardId] = assets - added;
            AwardTerms memory terms = AwardTerms(origin, 0, asset, to, added);
            _reserve(awardId, terms, AwardKind.Compensation, time, 0, time);
        } else {
            _uncompensated[awardId] -= added;
            _awards[awardId].assets += added;
            _awards[awardId].endAt = time;
            _count(asset, Setting.CompensationLimit, added);
            emit CompensationRaised(awardId, added);
        }
    }

    /// @dev INV-COM-9
    /// @inheritdoc ICommonsFund
    function release(AwardId awardId, AepId aepId) external nonReentrant {
        Award storage award = _known(awardId);
        if (!award.isAwaiting) revert Commons_NotAwaiting(awardId);
        if (block.timestamp >= award.endAt) revert Commons_TooLate(awardId, award.endAt);
        _milestones[awardId].requireReached(registry, aepId);
        (award.endAt, award.isAwaiting) = (uint40(block.timestamp), false);
        emit MilestoneReleased(awardId, aepId, _msgSender());
    }

    /// @dev INV-COM-7
    /// @inheritdoc ICommonsFund
    function revoke(
        AwardId awardId,
        bytes32 decision
    ) external restricted nonReentrant returns (uint256 returnedAssets) {
        Award storage award = _known(awardId);
        if (decision == 0) revert Commons_NoDecision();
        if (award.kind != AwardKind.Stream) revert Commons_NotAStream(awardId, award.kind);
        uint256 vested = _vested(award);
        returnedAssets = award.assets - vested;
        if (returnedAssets == 0) revert Commons_NothingUnvested(awardId);
        (award.endAt, award.assets) = (uint40(block.timestamp), vested.toUint128());
        _unreserve(award.asset, returnedAssets);
        emit StreamRevoked(awardId, decision, returnedAssets);
    }

    /// @inheritdoc ICommonsFund
    function collect(AwardId awardId) external nonReentrant returns (uint256 assets) {
        assets = collectableAssets(awardId);
        if (assets == 0) revert Commons_NothingToCollect(awardId);
        Award storage award = _awards[awardId];
        (IERC20 asset, address to) = (award.asset, award.to);
        award.paid = (award.paid + assets).toUint128();
        Book storage book = _books[asset];
        book.held = (book.held - assets).toUint128();
        (book.awarded, book.paid) = ((book.awarded - assets).toUint128(), (book.paid + assets).toUint128());
        emit AwardPaid(awardId, to, award.decision, asset, assets);
        asset.safeTransfer(to, assets);
    }

    /// @inheritdoc ICommonsFund
    function redirect(AwardId awardId, address to) external nonReentrant {
        if (_known(awardId).to != _msgSender()) revert Commons_NotRecipient(awardId, _msgSender());
        _useNonce(_msgSender()); // nothing that was signed before counts should the award come back
        _redirect(awardId, to);
    }

    /// @inheritdoc ICommonsFund
    function redirectFor(
        AwardId awardId,
        address to,
        uint256 deadline,
        bytes calldata signature
    ) external nonReentrant {
        if (block.timestamp > deadline) revert Commons_SignatureExpired(deadline);
        address signer = _known(awardId).to;
        bytes32 structHash = keccak256(abi.encode(REDIRECT_TYPEHASH, awardId, to, _useNonce(signer), deadline));
        if (!SignatureChecker.isValidSignatureNow(signer, _hashTypedDataV4(structHash), signature)) {
            revert Commons_BadSignature(awardId, signer);
        }
        _redirect(awardId, to);
    }

    /// @inheritdoc ICommonsFund
    function lapse(AwardId awardId) external nonReentrant returns (uint256 returnedAssets) {
        uint256 from = lapsesAt(awardId);
        if (block.timestamp < from) revert Commons_NotLapsed(awardId, from);
        Award storage award = _awards[awardId];
        returnedAssets = award.assets - award.paid;
        if (returnedAssets == 0) revert Commons_NothingLeft(awardId);
        (award.assets, award.isAwaiting) = (award.paid, false);
        _unreserve(award.asset, returnedAssets);
        emit AwardLapsed(awardId, returnedAssets);
    }

    /// @inheritdoc ICommonsFund
    function announce(
        IERC20 asset,
        Setting setting,
        uint104 assets,
        bytes32 decision
    ) external restricted nonReentrant {
        if (decision == 0) revert Commons_NoDecision();
        uint40 from = uint40(block.timestamp + NOTICE_SECONDS);
        _settings[asset][setting].announce(assets, block.timestamp, from);
        emit SettingAnnounced(asset, setting, assets, from, decision);
    }

    /// @inheritdoc ICommonsFund
    function bookOf(IERC20 asset) external view returns (Book memory) {
        return _books[asset];
    }

    /// @inheritdoc ICommonsFund
    function coversAwards(IERC20 asset) external view returns (bool) {
        Book storage book = _books[asset];
        uint256 held = book.held;
        return book.awarded <= held && held + book.due <= asset.balanceOf(address(this));
    }

    /// @inheritdoc ICommonsFund
    function incomeOf(IERC20 asset, InflowSource source) external view returns (Income memory) {
        return _incomes[asset][source];
    }

    /// @inheritdoc ICommonsFund
    function awardOf(AwardId awardId) external view returns (Award memory) {
        return _known(awardId);
    }

    /// @inheritdoc ICommonsFund
    function milestoneOf(AwardId awardId) external view returns (Milestone memory) {
        _known(awardId);
        return _milestones[awardId];
    }

    /// @inheritdoc ICommonsFund
    function settingOf(
        IERC20 asset,
        Setting setting
    ) external view returns (uint256 current, uint256 next, uint40 nextAt) {
        DelayedAmount memory amount = _settings[asset][setting];
        return (amount.valueAt(block.timestamp), amount.next, amount.nextAt);
    }

    /// @inheritdoc ICommonsFund
    function collectableAssets(AwardId awardId) public view returns (uint256) {
        Award storage award = _known(awardId);
        return award.isAwaiting ? 0 : _vested(award) - award.paid;
    }

    /// @inheritdoc ICommonsFund
    function lapsesAt(AwardId awardId) public view returns (uint256) {
        Award storage award = _known(awardId);
        return award.isAwaiting ? award.endAt : award.endAt + COLLECT_SECONDS;
    }

    /// @inheritdoc ICommonsFund
    function freeAssets(IERC20 asset) public view returns (uint256) {
        Book memory book = _books[asset];
        if (book.held == book.awarded) return 0;
        uint256 covered = asset.balanceOf(address(this)).saturatingSub(book.due);
        return Math.min(book.held, covered).saturatingSub(book.awarded);
    }

    /// @inheritdoc ICommonsFund
    function grantableAssets(IERC20 asset) external view returns (uint256) {
        return Math.min(_freeAboveFloor(asset), _leftUnder(asset, Setting.GrantLimit));
    }

    /// @inheritdoc ICommonsFund
    function compensableAssets(IERC20 asset) public view returns (uint256) {
        return Math.min(freeAssets(asset), _leftUnder(asset, Setting.CompensationLimit));
    }

    /// @inheritdoc ICommonsFund
    function awardedLately(IERC20 asset, Setting limit) public view returns (uint256) {
        return _awardedUnder[asset][limit].inLast(PERIOD_SECONDS);
    }

    /// @inheritdoc ICommonsFund
    function shareOf(InflowSource source) public view returns (uint16 keptBps, address beneficiary) {
        if (source == InflowSource.Fee) beneficiary = FEE_BENEFICIARY;
        else if (source == InflowSource.Leftover) beneficiary = LEFTOVER_BENEFICIARY;
        else if (source == InflowSource.Slash) beneficiary = SLASH_BENEFICIARY;
        else beneficiary = GIFT_BENEFICIARY;
        keptBps = uint16(KEPT_BPS >> (16 * uint256(source)));
    }

    /// @inheritdoc ICommonsFund
    function awardIdOf(address awarder, bytes32 decision, uint32 part) public pure returns (AwardId) {
        return AwardId.wrap(keccak256(abi.encode(awarder, decision, part)));
    }

    /// @inheritdoc ICommonsFund
    function compensationIdOf(address awarder, bytes32 origin, IERC20 asset, address to) public pure returns (AwardId) {
        return AwardId.wrap(keccak256(abi.encode(awarder, origin, asset, to)));
    }

    /// @dev INV-COM-3, INV-COM-8.
    function _takeIncome(IERC20 asset, uint256 assets, InflowSource source, address from, bytes32 origin) private {
        uint256 most = assets.toUint128();
        (uint256 keptBps, ) = shareOf(source);
        uint256 keptAssets = Vesting.kept(most, keptBps);
        uint256 passedAssets = most - keptAssets;
        Book storage book = _books[asset];
        (book.held, book.due) = ((book.held + keptAssets).toUint128(), (book.due + passedAssets).toUint128());
        Income storage income = _incomes[asset][source];
        (income.kept, income.passed) = (
            (income.kept + keptAssets).toUint128(),
            (income.passed + passedAssets).toUint128()
        );
        emit IncomeTaken(asset, source, from, keptAssets, passedAssets, origin);
    }

    /// @dev INV-COM-2, INV-COM-4: for all but compensation.
    function _award(
        AwardTerms calldata terms,
        AwardKind kind,
        uint40 startAt,
        uint40 cliffAt,
        uint40 endAt
    ) private returns (AwardId awardId) {
        if (terms.decision == 0) revert Commons_NoDecision();
        if (terms.assets == 0) revert Commons_NoAssets();
        _requireRecipient(terms.to);
        uint256 free = _freeAboveFloor(terms.asset);
        if (terms.assets > free) revert Commons_NotFree(terms.asset, terms.assets, free);
        uint256 left = _leftUnder(terms.asset, Setting.GrantLimit);
        if (terms.assets > left) revert Commons_OverLimit(terms.asset, terms.assets, left);
        awardId = awardIdOf(_msgSender(), terms.decision, terms.part);
        _reserve(awardId, terms, kind, startAt, cliffAt, endAt);
    }

    /// @dev INV-COM-1, INV-COM-6.
    function _reserve(
        AwardId awardId,
        AwardTerms memory terms,
        AwardKind kind,
        uint40 startAt,
        uint40 cliffAt,
        uint40 endAt
    ) private {
        if (_awards[awardId].to != address(0)) revert Commons_AlreadyAwarded(awardId);
        _awards[awardId] = Award({
            to: terms.to,
            startAt: startAt,
            endAt: endAt,
            kind: kind,
            isAwaiting: kind == AwardKind.Milestone,
            asset: terms.asset,
            cliffAt: cliffAt,
            assets: terms.assets,
            paid: 0,
            decision: terms.decision
        });
        bool compensates = kind == AwardKind.Compensation;
        _count(terms.asset, compensates ? Setting.CompensationLimit : Setting.GrantLimit, terms.assets);
        emit AwardMade(awardId, terms.decision, terms.to, kind, terms.asset, terms.assets, _msgSender(), terms.part);
    }

    function _count(IERC20 asset, Setting limit, uint128 assets) private {
        _books[asset].awarded += assets;
        _awardedUnder[asset][limit].add(assets);
    }

    /// @dev What comes back is free again, but counts as awarded under its limit for as long as if it had not.
    function _unreserve(IERC20 asset, uint256 assets) private {
        Book storage book = _books[asset];
        book.awarded = (book.awarded - assets).toUint128();
    }

    function _redirect(AwardId awardId, address to) private {
        _requireRecipient(to);
        emit AwardRedirected(awardId, _awards[awardId].to, to);
        _awards[awardId].to = to;
    }

    function _freeAboveFloor(IERC20 asset) private view returns (uint256) {
        return freeAssets(asset).saturatingSub(_settings[asset][Setting.Floor].valueAt(block.timestamp));
    }

    function _leftUnder(IERC20 asset, Setting limit) private view returns (uint256) {
        uint256 most = _settings[asset][limit].valueAt(block.timestamp);
        return most.saturatingSub(awardedLately(asset, limit));
    }

    function _known(AwardId awardId) private view returns (Award storage award) {
        award = _awards[awardId];
        if (award.to == address(0)) revert Commons_UnknownAward(awardId);
    }

    /// @dev Whatever is no stream ends when it can be collected, and so has vested by then.
    function _vested(Award storage award) private view returns (uint256) {
        return Vesting.vested(award.assets, award.startAt, award.cliffAt, award.endAt, block.timestamp);
    }

    function _requireRecipient(address to) private view {
        if (to == address(0) || to == address(this)) revert Commons_BadRecipient(to);
    }

    function _requireEnd(uint256 endAt, uint256 least) private view {
        uint256 most = block.timestamp + MOST_AHEAD_SECONDS;
        if (endAt < least || endAt > most) revert Commons_EndOutOfRange(endAt, least, most);
    }
}
