// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IEvidenceRegistry, FeedId} from "../evidence/IEvidenceRegistry.sol";
import {FormulaId, ITermsStore} from "../capital/ITermsStore.sol";
import {Version} from "./Version.sol";

/// @notice keccak256(abi.encode(lineageId, version)): one version of one component. It pins its content.
type ComponentId is bytes32;

/// @notice keccak256(abi.encode(kind, publisher, keccak256(name))): all versions of a component. Nobody else can take it.
type LineageId is bytes32;

enum ComponentKind {
    Pack,
    Node,
    Model,
    Agent,
    DataSource,
    Template
}

/// @dev `Suspended` and `Expired` come and go by time: see `standingOf`. Stored are the others.
enum ComponentStatus {
    None,
    Proposed,
    Certified,
    Suspended,
    Delisted,
    Expired,
    Withdrawn
}

// The linter takes a Version for a whole word; it is six bytes.
// solhint-disable-next-line gas-struct-packing
struct Component {
    // slot 0: 20 + 1 + 1 + 1 + 1 + 6 = 30 bytes
    address publisher;
    ComponentKind kind;
    ComponentStatus status; // as stored: never Suspended or Expired
    uint8 conformanceLevel; // 1…4
    uint8 eql; // 1…4, the most that evidence made with it is worth
    Version version;
    // slot 1: 20 + 5 + 5 = 30 bytes
    address certifier;
    uint40 certifiedAt;
    uint40 expiresAt;
    // slot 2
    bytes32 contentHash; // Model: its code hash, as in a feed specification; Template: `templateKey`
    // slot 3
    bytes32 sbomHash;
    // slot 4
    address maintainer; // may answer beside the publisher
    // slot 5
    LineageId lineageId;
}

/// @notice What a publisher proposes.
struct Release {
    string name; // at most 64 bytes
    Version version; // above the lineage's last
    bytes32 contentHash;
    bytes32 sbomHash;
    string uri;
}

/// @notice What is held against a component, and until when it is suspended for it.
struct Case {
    // 5 + 5 + 5 + 1 + 1 = 17 bytes
    uint40 openedAt; // 0: none was ever opened
    uint40 suspendedUntil;
    uint40 nextUrgentAt; // before it there is no other urgent suspension
    bool answered;
    CaseState state;
}

/// @dev Each ends by time: `Open` and `Urgent` when the time to decide is over (an urgent suspension before that, at
/// `suspendedUntil`), `Suspended` at `suspendedUntil`.
enum CaseState {
    Closed,
    Open,
    Urgent,
    Suspended
}

/// @title Components of the suite, their conformance and their standing
/// @notice A publisher proposes a version; a certifier gives it a conformance level (CL), an evidence level (EQL) and an
/// expiry; a supervisor may open a case, which the publisher or its maintainer has ANSWER_SECONDS to answer; then suspend;
/// then delist. Nothing that is done to a component is without a reason, an answer or an end: a case lapses, a suspension
/// lapses, an urgent one within a week unless it is confirmed.
/// @dev Enforced where it is used. A feed that is linked to a model may not be anchored above what the model's standing
/// allows (`enforce` → `EvidenceRegistry.capFeed`); a delisted template's formula makes no new terms and binds no new policy
/// (`TermsStore.withdrawTemplate`, then `TermsStore.enforceTerms` for terms that exist). Content has one holder: the first
/// component of its kind that was ever certified with it. So nothing delisted comes back under another name.
interface IComponentRegistry {
    event ComponentProposed(
        ComponentId indexed componentId,
        LineageId indexed lineageId,
        address indexed publisher,
        ComponentKind kind,
        Release release
    );
    event ComponentWithdrawn(ComponentId indexed componentId);
    event MaintainerNamed(ComponentId indexed componentId, address indexed maintainer);
    event ComponentCertified(
        ComponentId indexed componentId,
        address indexed certifier,
        uint8 conformanceLevel,
        uint8 eql,
        uint40 expiresAt,
        bytes32 reasonHash
    );
    event CaseOpened(ComponentId indexed componentId, address indexed by, uint40 answerBy, bytes32 reasonHash);
    event CaseAnswered(ComponentId indexed componentId, address indexed by, bytes32 answerHash);
    event CaseClosed(ComponentId indexed componentId, address indexed by, bytes32 reasonHash);
    event ComponentSuspended(
        ComponentId indexed componentId,
        address indexed by,
        uint40 suspendedUntil,
        bool urgent,
        bytes32 reasonHash
    );
    event ComponentDelisted(ComponentId indexed componentId, address indexed by, bytes32 reasonHash);
    event FeedLinked(FeedId indexed feedId, ComponentId indexed componentId);
    event FeedEnforced(FeedId indexed feedId, ComponentId indexed componentId, uint8 mostEql);
    event TemplateEnforced(
        ComponentId indexed componentId,
        FormulaId indexed formulaId,
        FeedId indexed feedId,
        bool withdrawn
    );

    error Registry_Unknown(ComponentId componentId);
    error Registry_NoReason();
    error Registry_NoContent();
    error Registry_WrongContent(bytes32 contentHash, bytes32 expected);
    error Registry_NameLength(uint256 bytes_, uint256 most);
    error Registry_VersionNotAbove(Version version, Version latest);
    error Registry_WrongKind(ComponentKind kind);
    error Registry_NotPublisher(ComponentId componentId, address caller);
    error Registry_NotAnswerable(ComponentId componentId, address caller);
    error Registry_WrongStatus(ComponentId componentId, ComponentStatus status);
    error Registry_LevelOutOfRange(uint256 level);
    error Registry_ExpiryOutOfRange(uint256 expiresAt, uint256 earliest, uint256 latest);
    error Registry_OwnComponent(ComponentId componentId, address publisher);
    error Registry_ContentHeld(bytes32 contentHash, ComponentId holder);
    error Registry_CaseOpen(ComponentId componentId);
    error Registry_NoCase(ComponentId componentId);
    error Registry_AnswerTooLate(ComponentId componentId, uint256 answerBy);
    error Registry_AlreadyAnswered(ComponentId componentId);
    error Registry_AnswerPending(ComponentId componentId, uint256 answerBy);
    error Registry_UrgentTooSoon(ComponentId componentId, uint256 nextAt);
    error Registry_NotUrgent(ComponentId componentId);
    error Registry_NotConfirmed(ComponentId componentId);
    error Registry_NoCodeHash();
    error Registry_NoHolder(bytes32 contentHash);
    error Registry_FeedNotLinked(FeedId feedId);

    /// @notice Proposes a version, of the caller's own lineage. Anyone may. Not for templates.
    function propose(ComponentKind kind, Release calldata release) external returns (ComponentId componentId);

    /// @notice Proposes a template: a published formula, for one published feed or (0) for any. Its content is `templateKey`.
    function proposeTemplate(
        FormulaId formulaId,
        FeedId feedId,
        Release calldata release
    ) external returns (ComponentId componentId);

    /// @notice The publisher takes back what is only proposed.
    function withdraw(ComponentId componentId) external;

    /// @notice The publisher names who may answer for it; 0 for nobody else.
    function nameMaintainer(ComponentId componentId, address maintainer) external;

    /// @notice Restricted. From Proposed, Certified or Expired (renewal) and Delisted (listed again); not while suspended or under
    /// a case. Never by its publisher or maintainer.
    /// @param expiresAt a day to two years ahead
    function certify(
        ComponentId componentId,
        uint8 conformanceLevel,
        uint8 eql,
        uint40 expiresAt,
        bytes32 reasonHash
    ) external;

    /// @notice Restricted. Says what is held against a certified component. Until ANSWER_SECONDS later it can be answered; when nothing
    /// is decided DECISION_SECONDS after that, the case has lapsed.
    function openCase(ComponentId componentId, bytes32 reasonHash) external;

    /// @notice The publisher or maintainer answers, once, in time.
    function answer(ComponentId componentId, bytes32 answerHash) external;

    /// @notice Restricted. Suspends for SUSPENSION_SECONDS, once the case is answered or its time to answer over.
    function suspend(ComponentId componentId, bytes32 reasonHash) external;

    /// @notice Restricted. Suspends at once, for URGENT_SECONDS, and opens a case (or goes on with the open one). Not again
    /// within URGENT_COOLDOWN_SECONDS after it ended.
    function suspendUrgently(ComponentId componentId, bytes32 reasonHash) external;

    /// @notice Restricted. Makes an urgent suspension an ordinary one while it lasts: SUSPENSION_SECONDS from now. The right to answer stays.
    function confirm(ComponentId componentId, bytes32 reasonHash) external;

    /// @notice Restricted. Closes a case and lifts its suspension.
    function dismiss(ComponentId componentId, bytes32 reasonHash) external;

    /// @notice Restricted. Only what is suspended, and not merely urgently, and was answered or could have been.
    function delist(ComponentId componentId, bytes32 reasonHash) external;

    /// @notice Links a published feed to the model whose code hash it names. Anyone may, twice changes nothing: the feed's own
    /// words decide.
    /// @dev The feed's cap follows the model's standing at once. A feed that names code nobody was ever certified for is not linked.
    /// @param specification RFC 8785 form, as published
    function linkFeed(bytes calldata specification) external returns (FeedId feedId, ComponentId componentId);

    /// @notice Brings a linked feed's cap in line with the present standing of its model. Anyone may; twice changes nothing.
    /// @return mostEql the level that reports of the feed may have at most; 4 is no cap
    function enforce(FeedId feedId) external returns (uint8 mostEql);

    /// @notice As `enforce`, for the first MOST_ENFORCED feeds linked to a model; for a template, its mark in the terms store.
    function enforceComponent(ComponentId componentId) external;

    /// @notice What rails and others ask: the conformance level, the status at this moment (2: certified; see ComponentStatus), and
    /// when the certificate expires. (0, 0, 0) for what is unknown.
    function standingOf(
        bytes32 componentId
    ) external view returns (uint8 conformanceLevel, uint8 status, uint40 expiresAt);

    /// @dev Reverts with Registry_Unknown, as the next does.
    function componentOf(ComponentId componentId) external view returns (Component memory);

    function statusOf(ComponentId componentId) external view returns (ComponentStatus);

    function caseOf(ComponentId componentId) external view returns (Case memory);

    /// @notice The component that was certified with this content; 0 for none.
    function holderOf(ComponentKind kind, bytes32 contentHash) external view returns (ComponentId);

    /// @notice The model that a feed is linked to; 0 for none.
    function modelOf(FeedId feedId) external view returns (ComponentId);

    /// @notice The first feeds linked to a model, at most MOST_ENFORCED.
    function feedsOf(ComponentId componentId) external view returns (FeedId[] memory);

    /// @notice What evidence made with it may be worth now: its EQL while certified, otherwise 1.
    function mostEqlOf(ComponentId componentId) external view returns (uint8);

    function latestVersionOf(LineageId lineageId) external view returns (Version);

    function lineageIdOf(ComponentKind kind, address publisher, string calldata name) external pure returns (LineageId);

    function componentIdOf(LineageId lineageId, Version version) external pure returns (ComponentId);

    function templateKey(FormulaId formulaId, FeedId feedId) external pure returns (bytes32);

    /// @notice The model code hash that a feed specification names. Reverts with Registry_NoCodeHash.
    function codeHashIn(bytes calldata specification) external pure returns (bytes32);

    function registry() external view returns (IEvidenceRegistry);

    function termsStore() external view returns (ITermsStore);
}
