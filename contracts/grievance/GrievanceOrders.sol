// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {AepId, Anchor, AnchorFlags, AnchorState, FeedId, IEvidenceRegistry} from "../evidence/IEvidenceRegistry.sol";
import {ICommonsCompensation} from "../funding/commons/ICommonsCompensation.sol";
import {Case, CaseState, ComponentId, ComponentStatus, IComponentRegistry} from "../registry/IComponentRegistry.sol";
import {IGrievanceOrders, OrderKind, Orders, OrderState} from "./IGrievanceOrders.sol";
import {CaseId} from "./IGrievanceRail.sol";
import {Remedies} from "./Remedies.sol";

/// @title What rulings order, carried out
contract GrievanceOrders is IGrievanceOrders, AccessManaged, ReentrancyGuardTransient {
    uint256 internal constant AWARD_SECONDS = 90 days;
    /// @dev Time for another's case against the component to end (44 days), to answer (14), and to decide.
    uint256 internal constant COMPONENT_SECONDS = 120 days;
    uint256 internal constant CORRECTION_SECONDS = 90 days;
    uint256 internal constant APOLOGY_SECONDS = 30 days;
    uint256 internal constant MOST_URI_BYTES = 256;
    /// @dev The component registry's: time to answer a case, and to decide it after that.
    uint256 internal constant REGISTRY_ANSWER_SECONDS = 14 days;
    uint256 internal constant REGISTRY_DECISION_SECONDS = 30 days;

    /// @inheritdoc IGrievanceOrders
    ICommonsCompensation public immutable commons;
    /// @inheritdoc IGrievanceOrders
    IERC20 public immutable asset;
    /// @inheritdoc IGrievanceOrders
    IComponentRegistry public immutable components;
    /// @inheritdoc IGrievanceOrders
    IEvidenceRegistry public immutable evidence;

    mapping(CaseId caseId => Orders) private _orders;

    constructor(
        address authority,
        ICommonsCompensation commons_,
        IERC20 asset_,
        IComponentRegistry components_,
        IEvidenceRegistry evidence_
    ) AccessManaged(authority) {
        (commons, asset) = (commons_, asset_);
        (components, evidence) = (components_, evidence_);
    }

    /// @inheritdoc IGrievanceOrders
    function issue(
        CaseId caseId,
        address complainant,
        address respondent,
        bytes32 subjectId,
        uint96 dueAssets,
        uint8 remedies
    ) external restricted {
        Orders storage orders = _orders[caseId];
        if (orders.issuedAt != 0) revert Orders_Issued(caseId);
        (orders.complainant, orders.issuedAt, orders.respondent) = (complainant, uint40(block.timestamp), respondent);
        orders.subjectId = subjectId;
        if (dueAssets != 0) {
            orders.dueAssets = dueAssets;
            _open(caseId, orders, OrderKind.Compensation, bytes32(uint256(uint160(complainant))));
        }
        if (remedies & Remedies.SUSPENSION != 0) {
            orders.delisting = remedies & Remedies.DELISTING != 0;
            _open(caseId, orders, OrderKind.Component, subjectId);
        }
        if (remedies & Remedies.CORRECTION != 0) {
            _open(caseId, orders, OrderKind.Correction, subjectId);
            (FeedId feedId, Anchor memory anchor, ) = evidence.evidenceOf(AepId.wrap(subjectId));
            emit CorrectionOrdered(caseId, AepId.wrap(subjectId), FeedId.unwrap(feedId), anchor.sequence);
        }
        if (remedies & Remedies.APOLOGY != 0) {
            _open(caseId, orders, OrderKind.Apology, bytes32(uint256(uint160(respondent))));
        }
    }

    /// @inheritdoc IGrievanceOrders
    function award(CaseId caseId) external nonReentrant returns (uint256 awardedAssets) {
        Orders storage orders = _running(caseId, OrderKind.Compensation);
        uint96 due = orders.dueAssets;
        awardedAssets = commons.awardCompensation(asset, orders.complainant, due, bytes32(CaseId.unwrap(caseId)));
        if (awardedAssets == 0) revert Orders_CommonsEmpty(caseId);
        if (awardedAssets > due) revert Orders_AwardAboveDue(awardedAssets, due);
        due -= uint96(awardedAssets);
        orders.dueAssets = due;
        orders.awardedAssets += uint96(awardedAssets);
        emit CompensationAwarded(caseId, orders.complainant, awardedAssets, due);
        if (due == 0) _done(caseId, orders, OrderKind.Compensation);
    }

    /// @inheritdoc IGrievanceOrders
    function proceed(CaseId caseId) external nonReentrant returns (ComponentStep step) {
        Orders storage orders = _running(caseId, OrderKind.Component);
        ComponentId componentId = ComponentId.wrap(orders.subjectId);
        ComponentStatus status = components.statusOf(componentId);
        Case memory case_ = components.caseOf(componentId);
        bytes32 reasonHash = bytes32(CaseId.unwrap(caseId));
        if (status == ComponentStatus.Certified) {
            uint256 answerBy = uint256(case_.openedAt) + REGISTRY_ANSWER_SECONDS;
            if (!_isLive(case_, answerBy)) {
                components.openCase(componentId, reasonHash);
                step = ComponentStep.CaseOpened;
            } else if (case_.answered || block.timestamp >= answerBy) {
                components.suspend(componentId, reasonHash);
                step = ComponentStep.Suspended;
            } else {
                revert Orders_AnswerPending(caseId, answerBy);
            }
        } else if (status == ComponentStatus.Suspended && case_.state == CaseState.Urgent) {
            components.confirm(componentId, reasonHash);
            step = ComponentStep.Confirmed;
        } else if (status == ComponentStatus.Suspended && orders.delisting) {
            components.delist(componentId, reasonHash);
            step = ComponentStep.Delisted;
        } else if (status == ComponentStatus.Suspended) {
            step = ComponentStep.Suspended; // by somebody else
        } else if (status == ComponentStatus.Delisted) {
            step = ComponentStep.Delisted;
        } else {
            revert Orders_NothingToDo(caseId, status);
        }
        emit ComponentProceeded(caseId, orders.subjectId, step);
        bool done = orders.delisting ? step == ComponentStep.Delisted : step != ComponentStep.CaseOpened;
        if (done) _done(caseId, orders, OrderKind.Component);
    }

    /// @inheritdoc IGrievanceOrders
    function proveCorrection(CaseId caseId, AepId revision) external {
        Orders storage orders = _running(caseId, OrderKind.Correction);
        AepId aepId = AepId.wrap(orders.subjectId);
        (FeedId feedId, Anchor memory anchor, ) = evidence.evidenceOf(aepId);
        (FeedId revisedFeedId, Anchor memory revised, AnchorState state) = evidence.evidenceOf(revision);
        bool final_ = state == AnchorState.Final || state == AnchorState.Upheld;
        bool same =
            FeedId.unwrap(feedId) == FeedId.unwrap(revisedFeedId) &&
                anchor.from == revised.from &&
                anchor.to == revised.to;
        bool revises = revised.flags & AnchorFlags.REVISION != 0 && revised.sequence > anchor.sequence;
        if (!final_ || !same || !revises) revert Orders_NoRevision(aepId, revision);
        emit CorrectionProved(caseId, aepId, revision);
        _done(caseId, orders, OrderKind.Correction);
    }

    /// @inheritdoc IGrievanceOrders
    function apologise(CaseId caseId, bytes32 textHash, string calldata uri) external {
        Orders storage orders = _running(caseId, OrderKind.Apology);
        if (_msgSender() != orders.respondent) revert Orders_NotRespondent(caseId, _msgSender());
        if (textHash == 0) revert Orders_NoText();
        if (bytes(uri).length > MOST_URI_BYTES) revert Orders_UriTooLong(bytes(uri).length, MOST_URI_BYTES);
        emit Apologised(caseId, _msgSender(), textHash, uri);
        _done(caseId, orders, OrderKind.Apology);
    }

    /// @inheritdoc IGrievanceOrders
    function miss(CaseId caseId, OrderKind kind) external {
        Orders storage orders = _opened(caseId, kind);
        uint256 until = untilOf(caseId, kind);
        if (block.timestamp < until) revert Orders_NotOver(caseId, kind, until);
        orders.states[uint256(kind)] = OrderState.Missed;
        emit OrderMissed(caseId, kind);
    }

    /// @inheritdoc IGrievanceOrders
    function ordersOf(CaseId caseId) external view returns (Orders memory) {
        return _orders[caseId];
    }

    /// @inheritdoc IGrievanceOrders
    function untilOf(CaseId caseId, OrderKind kind) public view returns (uint256) {
        return _orders[caseId].issuedAt + _secondsOf(kind);
    }

    function _open(CaseId caseId, Orders storage orders, OrderKind kind, bytes32 subject) private {
        orders.states[uint256(kind)] = OrderState.Open;
        uint256 assets = kind == OrderKind.Compensation ? orders.dueAssets : 0;
        emit OrderIssued(caseId, kind, subject, assets, uint40(untilOf(caseId, kind)));
    }

    function _done(CaseId caseId, Orders storage orders, OrderKind kind) private {
        orders.states[uint256(kind)] = OrderState.Done;
        emit OrderDone(caseId, kind);
    }

    function _opened(CaseId caseId, OrderKind kind) private view returns (Orders storage orders) {
        orders = _orders[caseId];
        OrderState state = orders.states[uint256(kind)];
        if (state != OrderState.Open) revert Orders_NotOpen(caseId, kind, state);
    }

    function _running(CaseId caseId, OrderKind kind) private view returns (Orders storage orders) {
        orders = _opened(caseId, kind);
        uint256 until = untilOf(caseId, kind);
        if (block.timestamp >= until) revert Orders_Over(caseId, kind, until);
    }

    /// @dev Of a component that is not suspended now: an ordinary suspension ended its case, an urgent one did not.
    function _isLive(Case memory case_, uint256 answerBy) private view returns (bool) {
        if (case_.state == CaseState.Closed) return false;
        return block.timestamp < answerBy + REGISTRY_DECISION_SECONDS;
    }

    function _secondsOf(OrderKind kind) private pure returns (uint256) {
        if (kind == OrderKind.Compensation) return AWARD_SECONDS;
        if (kind == OrderKind.Component) return COMPONENT_SECONDS;
        return kind == OrderKind.Correction ? CORRECTION_SECONDS : APOLOGY_SECONDS;
    }
}
