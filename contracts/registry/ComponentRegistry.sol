// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {FormulaId, ITermsStore} from "../capital/ITermsStore.sol";
import {FeedId, IEvidenceRegistry} from "../evidence/IEvidenceRegistry.sol";
import {FeedSpecification} from "./FeedSpecification.sol";
import {
    Case,
    CaseState,
    Component,
    ComponentId,
    ComponentKind,
    ComponentStatus,
    IComponentRegistry,
    LineageId,
    Release
} from "./IComponentRegistry.sol";
import {Version} from "./Version.sol";

/// @title Components of the suite, their conformance and their standing
/// @dev Calls its authority, and the two contracts where standings are enforced, whose addresses are given for good.
contract ComponentRegistry is IComponentRegistry, AccessManaged {
    struct Template {
        FormulaId formulaId;
        FeedId feedId; // 0: any
    }

    uint256 internal constant MOST_NAME_BYTES = 64;
    uint256 internal constant MOST_ENFORCED = 16;
    uint256 internal constant ANSWER_SECONDS = 14 days;
    uint256 internal constant DECISION_SECONDS = 30 days;
    uint256 internal constant SUSPENSION_SECONDS = 90 days;
    uint256 internal constant URGENT_SECONDS = 7 days;
    uint256 internal constant URGENT_COOLDOWN_SECONDS = 30 days;
    uint256 internal constant LEAST_CERTIFICATE_SECONDS = 1 days;
    uint256 internal constant MOST_CERTIFICATE_SECONDS = 730 days;
    uint8 internal constant LEAST_EQL = 1;

    /// @inheritdoc IComponentRegistry
    IEvidenceRegistry public immutable registry;
    /// @inheritdoc IComponentRegistry
    ITermsStore public immutable termsStore;

    mapping(ComponentId => Component) private _components;
    mapping(ComponentId => Case) private _cases;
    mapping(ComponentId => Template) private _templates;
    mapping(ComponentId => FeedId[]) private _feeds; // the first linked, at most MOST_ENFORCED
    /// @inheritdoc IComponentRegistry
    mapping(ComponentKind => mapping(bytes32 contentHash => ComponentId)) public holderOf;
    /// @inheritdoc IComponentRegistry
    mapping(FeedId => ComponentId) public modelOf;
    /// @inheritdoc IComponentRegistry
    mapping(LineageId => Version) public latestVersionOf;

    constructor(address authority, IEvidenceRegistry registry_, ITermsStore termsStore_) AccessManaged(authority) {
        registry = registry_;
        termsStore = termsStore_;
    }

    /// @inheritdoc IComponentRegistry
    function propose(ComponentKind kind, Release calldata release) external returns (ComponentId) {
        if (kind == ComponentKind.Template) revert Registry_WrongKind(kind);
        return _propose(kind, release);
    }

    /// @inheritdoc IComponentRegistry
    function proposeTemplate(
        FormulaId formulaId,
        FeedId feedId,
        Release calldata release
    ) external returns (ComponentId componentId) {
        termsStore.formulaOf(formulaId); // reverts when nobody published it, as the next does
        if (FeedId.unwrap(feedId) != 0) termsStore.feedPublishedIn(feedId);
        bytes32 expected = templateKey(formulaId, feedId);
        if (release.contentHash != expected) revert Registry_WrongContent(release.contentHash, expected);
        componentId = _propose(ComponentKind.Template, release);
        _templates[componentId] = Template(formulaId, feedId);
    }

    /// @inheritdoc IComponentRegistry
    function withdraw(ComponentId componentId) external {
        Component storage component = _known(componentId);
        if (_msgSender() != component.publisher) revert Registry_NotPublisher(componentId, _msgSender());
        if (component.status != ComponentStatus.Proposed) _refuse(componentId);
        component.status = ComponentStatus.Withdrawn;
        emit ComponentWithdrawn(componentId);
    }

    /// @inheritdoc IComponentRegistry
    function nameMaintainer(ComponentId componentId, address maintainer) external {
        Component storage component = _known(componentId);
        if (_msgSender() != component.publisher) revert Registry_NotPublisher(componentId, _msgSender());
        component.maintainer = maintainer;
        emit MaintainerNamed(componentId, maintainer);
    }

    /// @inheritdoc IComponentRegistry
    function certify(
        ComponentId componentId,
        uint8 conformanceLevel,
        uint8 eql,
        uint40 expiresAt,
        bytes32 reasonHash
    ) external restricted {
        Component storage component = _known(componentId);
        _requireReason(reasonHash);
        address certifier = _msgSender();
        if (certifier == component.publisher || certifier == component.maintainer) {
            revert Registry_OwnComponent(componentId, certifier);
        }
        if (component.status == ComponentStatus.Withdrawn) _refuse(componentId);
        if (_isLive(_cases[componentId])) revert Registry_CaseOpen(componentId);
        if (conformanceLevel == 0 || conformanceLevel > 4) revert Registry_LevelOutOfRange(conformanceLevel);
        if (eql == 0 || eql > 4) revert Registry_LevelOutOfRange(eql);
        uint256 earliest = block.timestamp + LEAST_CERTIFICATE_SECONDS;
        uint256 latest = block.timestamp + MOST_CERTIFICATE_SECONDS;
        if (expiresAt < earliest || expiresAt > latest) {
            revert Registry_ExpiryOutOfRange(expiresAt, earliest, latest);
        }
        _hold(componentId, component);

        component.status = ComponentStatus.Certified;
        (component.conformanceLevel, component.eql) = (conformanceLevel, eql);
        (component.certifier, component.certifiedAt) = (certifier, uint40(block.timestamp));
        component.expiresAt = expiresAt;
        emit ComponentCertified(componentId, certifier, conformanceLevel, eql, expiresAt, reasonHash);
        _enforce(componentId, component);
    }

    /// @inheritdoc IComponentRegistry
    function openCase(ComponentId componentId, bytes32 reasonHash) external restricted {
        _requireReason(reasonHash);
        if (statusOf(componentId) != ComponentStatus.Certified) _refuse(componentId);
        Case storage case_ = _cases[componentId];
        if (_isLive(case_)) revert Registry_CaseOpen(componentId);
        _open(componentId, case_, reasonHash);
    }

    /// @inheritdoc IComponentRegistry
    function answer(ComponentId componentId, bytes32 answerHash) external {
        Component storage component = _known(componentId);
        _requireReason(answerHash);
        if (_msgSender() != component.publisher && _msgSender() != component.maintainer) {
            revert Registry_NotAnswerable(componentId, _msgSender());
        }
        Case storage case_ = _live(componentId);
        uint256 answerBy = _answerBy(case_);
        if (block.timestamp >= answerBy) revert Registry_AnswerTooLate(componentId, answerBy);
        if (case_.answered) revert Registry_AlreadyAnswered(componentId);
        case_.answered = true;
        emit CaseAnswered(componentId, _msgSender(), answerHash);
    }

    /// @inheritdoc IComponentRegistry
    function suspend(ComponentId componentId, bytes32 reasonHash) external restricted {
        Component storage component = _known(componentId);
        Case storage case_ = _live(componentId);
        if (_isSuspended(case_)) _refuse(componentId);
        _requireAnswer(componentId, case_);
        _suspend(componentId, component, CaseState.Suspended, SUSPENSION_SECONDS, reasonHash);
    }

    /// @inheritdoc IComponentRegistry
    function suspendUrgently(ComponentId componentId, bytes32 reasonHash) external restricted {
        if (statusOf(componentId) != ComponentStatus.Certified) _refuse(componentId);
        Case storage case_ = _cases[componentId];
        if (block.timestamp < case_.nextUrgentAt) revert Registry_UrgentTooSoon(componentId, case_.nextUrgentAt);
        if (!_isLive(case_)) _open(componentId, case_, reasonHash);
        case_.nextUrgentAt = uint40(block.timestamp + URGENT_SECONDS + URGENT_COOLDOWN_SECONDS);
        _suspend(componentId, _components[componentId], CaseState.Urgent, URGENT_SECONDS, reasonHash);
    }

    /// @inheritdoc IComponentRegistry
    function confirm(ComponentId componentId, bytes32 reasonHash) external restricted {
        Component storage component = _known(componentId);
        Case storage case_ = _cases[componentId];
        if (case_.state != CaseState.Urgent || !_isSuspended(case_)) revert Registry_NotUrgent(componentId);
        _suspend(componentId, component, CaseState.Suspended, SUSPENSION_SECONDS, reasonHash);
    }

    /// @inheritdoc IComponentRegistry
    function dismiss(ComponentId componentId, bytes32 reasonHash) external restricted {
        _requireReason(reasonHash);
        Component storage component = _known(componentId);
        _close(componentId, _live(componentId), reasonHash);
        _enforce(componentId, component);
    }

    /// @inheritdoc IComponentRegistry
    function delist(ComponentId componentId, bytes32 reasonHash) external restricted {
        _requireReason(reasonHash);
        Component storage component = _known(componentId);
        Case storage case_ = _cases[componentId];
        if (!_isSuspended(case_)) _refuse(componentId);
        if (case_.state != CaseState.Suspended) revert Registry_NotConfirmed(componentId);
        _requireAnswer(componentId, case_);
        component.status = ComponentStatus.Delisted;
        emit ComponentDelisted(componentId, _msgSender(), reasonHash);
        _close(componentId, case_, reasonHash);
        _enforce(componentId, component);
    }

    /// @inheritdoc IComponentRegistry
    function linkFeed(bytes calldata specification) external returns (FeedId feedId, ComponentId componentId) {
        bytes32 codeHash = codeHashIn(specification);
        componentId = holderOf[ComponentKind.Model][codeHash];
        if (ComponentId.unwrap(componentId) == 0) revert Registry_NoHolder(codeHash);
        feedId = FeedId.wrap(keccak256(specification));
        termsStore.feedPublishedIn(feedId); // reverts when nobody published it
        // a feed's words name one code, and a code has one holder for ever: linked once, it is linked right
        if (ComponentId.unwrap(modelOf[feedId]) == 0) {
            modelOf[feedId] = componentId;
            FeedId[] storage feeds = _feeds[componentId];
            if (feeds.length < MOST_ENFORCED) feeds.push(feedId);
            emit FeedLinked(feedId, componentId);
        }
        _cap(feedId, componentId, mostEqlOf(componentId));
    }

    /// @inheritdoc IComponentRegistry
    function enforce(FeedId feedId) external returns (uint8 mostEql) {
        ComponentId componentId = modelOf[feedId];
        if (ComponentId.unwrap(componentId) == 0) revert Registry_FeedNotLinked(feedId);
        mostEql = mostEqlOf(componentId);
        _cap(feedId, componentId, mostEql);
    }

    /// @inheritdoc IComponentRegistry
    function enforceComponent(ComponentId componentId) external {
        _enforce(componentId, _known(componentId));
    }

    /// @inheritdoc IComponentRegistry
    function standingOf(
        bytes32 componentId
    ) external view returns (uint8 conformanceLevel, uint8 status, uint40 expiresAt) {
        ComponentId id = ComponentId.wrap(componentId);
        Component storage component = _components[id];
        return (component.conformanceLevel, uint8(_statusOf(id, component)), component.expiresAt);
    }

    /// @inheritdoc IComponentRegistry
    function componentOf(ComponentId componentId) external view returns (Component memory) {
        return _known(componentId);
    }

    /// @inheritdoc IComponentRegistry
    function statusOf(ComponentId componentId) public view returns (ComponentStatus) {
        return _statusOf(componentId, _known(componentId));
    }

    /// @inheritdoc IComponentRegistry
    function caseOf(ComponentId componentId) external view returns (Case memory) {
        return _cases[componentId];
    }

    /// @inheritdoc IComponentRegistry
    function feedsOf(ComponentId componentId) external view returns (FeedId[] memory) {
        return _feeds[componentId];
    }

    /// @inheritdoc IComponentRegistry
    function mostEqlOf(ComponentId componentId) public view returns (uint8) {
        return statusOf(componentId) == ComponentStatus.Certified ? _components[componentId].eql : LEAST_EQL;
    }

    /// @inheritdoc IComponentRegistry
    function lineageIdOf(ComponentKind kind, address publisher, string calldata name) public pure returns (LineageId) {
        return LineageId.wrap(keccak256(abi.encode(kind, publisher, keccak256(bytes(name)))));
    }

    /// @inheritdoc IComponentRegistry
    function componentIdOf(LineageId lineageId, Version version) public pure returns (ComponentId) {
        return ComponentId.wrap(keccak256(abi.encode(lineageId, version)));
    }

    /// @inheritdoc IComponentRegistry
    function templateKey(FormulaId formulaId, FeedId feedId) public pure returns (bytes32) {
        return keccak256(abi.encode(formulaId, feedId));
    }

    /// @inheritdoc IComponentRegistry
    function codeHashIn(bytes calldata specification) public pure returns (bytes32) {
        (bool found, bytes32 codeHash) = FeedSpecification.modelCodeHash(specification);
        if (!found) revert Registry_NoCodeHash();
        return codeHash;
    }

    function _propose(ComponentKind kind, Release calldata release) private returns (ComponentId componentId) {
        uint256 length = bytes(release.name).length;
        if (length == 0 || length > MOST_NAME_BYTES) revert Registry_NameLength(length, MOST_NAME_BYTES);
        if (release.contentHash == 0) revert Registry_NoContent();
        address publisher = _msgSender();
        LineageId lineageId = lineageIdOf(kind, publisher, release.name);
        Version latest = latestVersionOf[lineageId];
        if (!release.version.isAbove(latest)) revert Registry_VersionNotAbove(release.version, latest);
        latestVersionOf[lineageId] = release.version;
        componentId = componentIdOf(lineageId, release.version);
        Component storage component = _components[componentId];
        (component.publisher, component.kind, component.version) = (publisher, kind, release.version);
        component.status = ComponentStatus.Proposed;
        (component.contentHash, component.sbomHash) = (release.contentHash, release.sbomHash);
        component.lineageId = lineageId;
        emit ComponentProposed(componentId, lineageId, publisher, kind, release);
    }

    /// @dev INV-REG-3: the first component to be certified with a content holds it for ever.
    function _hold(ComponentId componentId, Component storage component) private {
        bytes32 contentHash = component.contentHash;
        ComponentId holder = holderOf[component.kind][contentHash];
        if (ComponentId.unwrap(holder) == 0) holderOf[component.kind][contentHash] = componentId;
        else if (ComponentId.unwrap(holder) != ComponentId.unwrap(componentId)) {
            revert Registry_ContentHeld(contentHash, holder);
        }
    }

    function _open(ComponentId componentId, Case storage case_, bytes32 reasonHash) private {
        (case_.openedAt, case_.suspendedUntil) = (uint40(block.timestamp), 0);
        (case_.answered, case_.state) = (false, CaseState.Open);
        emit CaseOpened(componentId, _msgSender(), uint40(_answerBy(case_)), reasonHash);
    }

    function _suspend(
        ComponentId componentId,
        Component storage component,
        CaseState state,
        uint256 durationSeconds,
        bytes32 reasonHash
    ) private {
        _requireReason(reasonHash);
        Case storage case_ = _cases[componentId];
        uint40 until = uint40(block.timestamp + durationSeconds);
        (case_.state, case_.suspendedUntil) = (state, until);
        emit ComponentSuspended(componentId, _msgSender(), until, state == CaseState.Urgent, reasonHash);
        _enforce(componentId, component);
    }

    function _close(ComponentId componentId, Case storage case_, bytes32 reasonHash) private {
        (case_.state, case_.suspendedUntil) = (CaseState.Closed, 0);
        emit CaseClosed(componentId, _msgSender(), reasonHash);
    }

    /// @dev The last thing any function does: it calls the two contracts where standings are enforced.
    function _enforce(ComponentId componentId, Component storage component) private {
        ComponentKind kind = component.kind;
        if (kind == ComponentKind.Model) {
            FeedId[] storage feeds = _feeds[componentId];
            uint256 count = feeds.length; // at most MOST_ENFORCED
            if (count == 0) return;
            uint8 mostEql = mostEqlOf(componentId);
            for (uint256 i = 0; i < count; ++i) _cap(feeds[i], componentId, mostEql);
        } else if (kind == ComponentKind.Template) {
            // a mere proposal says nothing about content that another component holds
            ComponentId holder = holderOf[kind][component.contentHash];
            if (ComponentId.unwrap(holder) != ComponentId.unwrap(componentId)) return;
            Template memory template = _templates[componentId];
            bool withdrawn = component.status == ComponentStatus.Delisted;
            if (termsStore.isTemplateWithdrawn(template.formulaId, template.feedId) == withdrawn) return;
            emit TemplateEnforced(componentId, template.formulaId, template.feedId, withdrawn);
            termsStore.withdrawTemplate(template.formulaId, template.feedId, withdrawn);
        }
    }

    function _cap(FeedId feedId, ComponentId componentId, uint8 mostEql) private {
        if (registry.capOf(feedId) == mostEql) return;
        emit FeedEnforced(feedId, componentId, mostEql);
        registry.capFeed(feedId, mostEql);
    }

    function _known(ComponentId componentId) private view returns (Component storage component) {
        component = _components[componentId];
        if (component.status == ComponentStatus.None) revert Registry_Unknown(componentId);
    }

    function _live(ComponentId componentId) private view returns (Case storage case_) {
        case_ = _cases[componentId];
        if (!_isLive(case_)) revert Registry_NoCase(componentId);
    }

    function _statusOf(
        ComponentId componentId,
        Component storage component
    ) private view returns (ComponentStatus status) {
        status = component.status;
        if (status != ComponentStatus.Certified) return status;
        if (_isSuspended(_cases[componentId])) return ComponentStatus.Suspended;
        if (block.timestamp >= component.expiresAt) return ComponentStatus.Expired;
    }

    function _isSuspended(Case storage case_) private view returns (bool) {
        return block.timestamp < case_.suspendedUntil;
    }

    /// @dev INV-REG-5: every case ends by time. An ordinary suspension outlasts the time to decide, so it ends the case with it.
    function _isLive(Case storage case_) private view returns (bool) {
        if (case_.state == CaseState.Closed) return false;
        return _isSuspended(case_) || block.timestamp < _answerBy(case_) + DECISION_SECONDS;
    }

    function _answerBy(Case storage case_) private view returns (uint256) {
        return case_.openedAt + ANSWER_SECONDS;
    }

    /// @dev INV-REG-4: nothing but an urgent suspension comes before the answer, or the time for one.
    function _requireAnswer(ComponentId componentId, Case storage case_) private view {
        uint256 answerBy = _answerBy(case_);
        if (!case_.answered && block.timestamp < answerBy) revert Registry_AnswerPending(componentId, answerBy);
    }

    function _refuse(ComponentId componentId) private view {
        revert Registry_WrongStatus(componentId, statusOf(componentId));
    }

    function _requireReason(bytes32 reasonHash) private pure {
        if (reasonHash == 0) revert Registry_NoReason();
    }
}
