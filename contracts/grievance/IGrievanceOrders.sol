// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {AepId, IEvidenceRegistry} from "../evidence/IEvidenceRegistry.sol";
import {ICommonsCompensation} from "../funding/commons/ICommonsCompensation.sol";
import {ComponentStatus, IComponentRegistry} from "../registry/IComponentRegistry.sol";
import {CaseId} from "./IGrievanceRail.sol";

enum OrderKind {
    Compensation,
    Component,
    Correction,
    Apology
}

enum OrderState {
    None,
    Open,
    Done,
    Missed
}

/// @notice What a closed case still asks for.
struct Orders {
    // slot 0: 20 + 5 + 4 × 1 + 1 = 30 bytes
    address complainant;
    uint40 issuedAt;
    OrderState[4] states; // by OrderKind
    bool delisting; // of the component, once it is suspended
    // slot 1: 20 + 12 = 32 bytes
    address respondent;
    uint96 dueAssets; // that the commons may still award
    // slot 2
    bytes32 subjectId; // a component or an AEP
    // slot 3
    uint96 awardedAssets;
}

/// @title What rulings order, carried out
/// @notice Compensation is awarded from the commons as far as it reaches; a component is suspended or delisted through its own
/// registry, whose rule that the publisher is heard first holds here too; a correction is an order that a revision of an anchored
/// pack fulfils; an apology is posted by the respondent. Anyone may drive an order that needs nobody's word. What is not done by its
/// deadline is on record as missed.
/// @dev Holds SUPERVISION of the component registry and, in the commons, the role that awards compensation. `issue` is restricted.
interface IGrievanceOrders {
    event OrderIssued(
        CaseId indexed caseId,
        OrderKind indexed kind,
        bytes32 indexed subject,
        uint256 assets,
        uint40 until
    );
    event OrderDone(CaseId indexed caseId, OrderKind indexed kind);
    event OrderMissed(CaseId indexed caseId, OrderKind indexed kind);
    event CompensationAwarded(
        CaseId indexed caseId,
        address indexed complainant,
        uint256 assets,
        uint256 stillDueAssets
    );
    event ComponentProceeded(CaseId indexed caseId, bytes32 indexed componentId, ComponentStep step);
    /// @notice Operators are to anchor a revision of this pack: same feed, same window, a sequence above.
    event CorrectionOrdered(CaseId indexed caseId, AepId indexed aepId, bytes32 indexed feedId, uint32 sequenceAbove);
    event CorrectionProved(CaseId indexed caseId, AepId indexed aepId, AepId indexed revision);
    event Apologised(CaseId indexed caseId, address indexed respondent, bytes32 textHash, string uri);

    error Orders_Issued(CaseId caseId);
    error Orders_NotOpen(CaseId caseId, OrderKind kind, OrderState state);
    error Orders_Over(CaseId caseId, OrderKind kind, uint256 until);
    error Orders_NotOver(CaseId caseId, OrderKind kind, uint256 until);
    error Orders_CommonsEmpty(CaseId caseId);
    error Orders_AwardAboveDue(uint256 awardedAssets, uint256 dueAssets);
    error Orders_AnswerPending(CaseId caseId, uint256 answerBy);
    error Orders_NothingToDo(CaseId caseId, ComponentStatus status);
    error Orders_NoRevision(AepId aepId, AepId revision);
    error Orders_NotRespondent(CaseId caseId, address caller);
    error Orders_NoText();
    error Orders_UriTooLong(uint256 bytes_, uint256 most);

    enum ComponentStep {
        CaseOpened,
        Suspended,
        Confirmed,
        Delisted
    }

    /// @notice Restricted, once a case. `remedies` as in Remedies; the correction's or component's id is `subjectId`.
    function issue(
        CaseId caseId,
        address complainant,
        address respondent,
        bytes32 subjectId,
        uint96 dueAssets,
        uint8 remedies
    ) external;

    /// @notice Has the commons award what it can of what is due; the rest can be asked for again until the deadline.
    function award(CaseId caseId) external returns (uint256 awardedAssets);

    /// @notice Takes the next step against a component: case, suspension, delisting.
    function proceed(CaseId caseId) external returns (ComponentStep step);

    /// @notice Shows that the ordered revision is final.
    function proveCorrection(CaseId caseId, AepId revision) external;

    /// @notice By the respondent.
    /// @param uri at most 256 bytes
    function apologise(CaseId caseId, bytes32 textHash, string calldata uri) external;

    /// @notice Records that an order was not carried out by its deadline.
    function miss(CaseId caseId, OrderKind kind) external;

    function ordersOf(CaseId caseId) external view returns (Orders memory);

    /// @notice Until when an order can be carried out, exclusive.
    function untilOf(CaseId caseId, OrderKind kind) external view returns (uint256);

    function commons() external view returns (ICommonsCompensation);

    function asset() external view returns (IERC20);

    function components() external view returns (IComponentRegistry);

    function evidence() external view returns (IEvidenceRegistry);
}
