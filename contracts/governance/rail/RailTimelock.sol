// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessControlUpgradeable} from "@openzeppelin/contracts-upgradeable/access/AccessControlUpgradeable.sol";
import {GovernorPreventLateQuorumUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorPreventLateQuorumUpgradeable.sol";
import {GovernorSettingsUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorSettingsUpgradeable.sol";
import {TimelockControllerUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/TimelockControllerUpgradeable.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {IERC4824} from "../../interfaces/IERC4824.sol";
import {Extsload} from "./Extsload.sol";
import {IEffectsGuard} from "./IEffectsGuard.sol";
import {IEvidenceGuard} from "./IEvidenceGuard.sol";
import {IRailBook, PageTerms} from "./IRailBook.sol";
import {IRailGovernor} from "./IRailGovernor.sol";
import {IRailMembership} from "./IRailMembership.sol";
import {IRailTimelock} from "./IRailTimelock.sol";

/// @title A rail's timelock
/// @dev To be cloned with its DAO URI as immutable argument. Roles are answered from the governor's address rather than from storage: there is nothing to grant.
contract RailTimelock is IRailTimelock, TimelockControllerUpgradeable, Extsload {
    uint256 private constant MIN_DELAY = 1 days;
    uint256 private constant MAX_DELAY = 30 days;

    IRailBook private immutable BOOK;
    IEvidenceGuard private immutable EVIDENCE_GUARD;
    IEffectsGuard private immutable EFFECTS_GUARD;

    /// @inheritdoc IRailTimelock
    address public governor;
    string private _daoURI; // empty: the one in its code, which it was opened with

    constructor(IRailBook book, IEvidenceGuard evidenceGuard, IEffectsGuard effectsGuard) {
        BOOK = book;
        EVIDENCE_GUARD = evidenceGuard;
        EFFECTS_GUARD = effectsGuard;
        _disableInitializers();
    }

    /// @inheritdoc IRailTimelock
    function initialize(address governor_, uint256 delaySeconds, PageTerms calldata page) external initializer {
        _requireDelay(delaySeconds);
        governor = governor_;
        __TimelockController_init_unchained(delaySeconds, new address[](0), new address[](0), address(0));
        BOOK.open(page);
    }

    /// @dev The governor schedules batches only.
    /// @inheritdoc TimelockControllerUpgradeable
    function schedule(address, uint256, bytes calldata, bytes32, bytes32, uint256) public pure override {
        revert Rails_BatchesOnly();
    }

    /// @dev INV-RAIL-2: evidence that is disputed or void stops it here, and in its first call when it is executed.
    /// @inheritdoc TimelockControllerUpgradeable
    function scheduleBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt,
        uint256 delay
    ) public override onlyRole(PROPOSER_ROLE) {
        if (targets[0] == address(EVIDENCE_GUARD)) EVIDENCE_GUARD.requireSound(payloads[0]);
        super.scheduleBatch(targets, values, payloads, predecessor, salt, delay);
    }

    /// @inheritdoc TimelockControllerUpgradeable
    function execute(address, uint256, bytes calldata, bytes32, bytes32) public payable override {
        revert Rails_BatchesOnly();
    }

    /// @inheritdoc TimelockControllerUpgradeable
    function executeBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt
    ) public payable override onlyRole(EXECUTOR_ROLE) {
        for (uint256 i = 0; i < targets.length; ++i) {
            if (isHighImpact(targets[i], values[i], payloads[i])) {
                _requireConsent(hashOperationBatch(targets, values, payloads, predecessor, salt));
                break;
            }
        }
        // INV-RAIL-7: what was declared to change has changed so, or nothing has
        uint256 last = targets.length - 1;
        bool declares = targets[last] == address(EFFECTS_GUARD);
        uint256[] memory before;
        if (declares) before = EFFECTS_GUARD.balancesNow(payloads[last]);
        super.executeBatch(targets, values, payloads, predecessor, salt);
        if (declares) EFFECTS_GUARD.requireEffects(payloads[last], before);
    }

    /// @inheritdoc TimelockControllerUpgradeable
    function updateDelay(uint256 newDelay) public override {
        _requireDelay(newDelay);
        super.updateDelay(newDelay);
    }

    /// @inheritdoc IRailTimelock
    function setDaoURI(string calldata uri) external {
        if (msg.sender != address(this)) revert TimelockUnauthorizedCaller(msg.sender);
        _daoURI = uri;
        emit DAOURIUpdate(address(this), uri);
    }

    /// @inheritdoc IAccessControl
    function grantRole(bytes32 role, address account) public pure override(AccessControlUpgradeable) {
        revert Rails_RolesAreFixed(role, account);
    }

    /// @inheritdoc IAccessControl
    function revokeRole(bytes32 role, address account) public pure override(AccessControlUpgradeable) {
        revert Rails_RolesAreFixed(role, account);
    }

    /// @inheritdoc IAccessControl
    function renounceRole(bytes32 role, address account) public pure override(AccessControlUpgradeable) {
        revert Rails_RolesAreFixed(role, account);
    }

    /// @inheritdoc IAccessControl
    function hasRole(bytes32 role, address account) public view override(AccessControlUpgradeable) returns (bool) {
        if (role == DEFAULT_ADMIN_ROLE) return account == address(this);
        if (account != governor || account == address(0)) return false;
        return role == PROPOSER_ROLE || role == EXECUTOR_ROLE || role == CANCELLER_ROLE;
    }

    /// @inheritdoc IERC4824
    function daoURI() external view returns (string memory) {
        string memory uri = _daoURI;
        return bytes(uri).length == 0 ? string(Clones.fetchCloneArgs(address(this))) : uri;
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return
            interfaceId == type(IAccessControl).interfaceId || // the bases' own order of inheritance loses it
            interfaceId == type(IERC4824).interfaceId ||
            interfaceId == type(IRailTimelock).interfaceId ||
            super.supportsInterface(interfaceId);
    }

    /// @inheritdoc IRailTimelock
    function isHighImpact(address target, uint256 value, bytes calldata data) public view returns (bool) {
        if (value != 0 || data.length < 4) return true;
        if (target == address(EVIDENCE_GUARD) || target == address(EFFECTS_GUARD)) return false;
        bytes4 selector = bytes4(data);
        if (_isAloneByNature(target, selector)) return false;
        return !BOOK.isAlone(address(this), target, selector);
    }

    /// @dev Small parameters, all of which the contracts that hold them keep within bounds, and who is a member.
    function _isAloneByNature(address target, bytes4 selector) private view returns (bool) {
        if (target == address(BOOK)) {
            return
                selector == IRailBook.setFee.selector ||
                selector == IRailBook.enablePack.selector ||
                selector == IRailBook.disablePack.selector;
        }
        if (target == address(this)) return selector == IRailTimelock.setDaoURI.selector;
        if (target == governor) {
            return
                selector == GovernorSettingsUpgradeable.setVotingDelay.selector ||
                selector == GovernorSettingsUpgradeable.setVotingPeriod.selector ||
                selector == GovernorPreventLateQuorumUpgradeable.setLateQuorumVoteExtension.selector;
        }
        if (selector == IRailMembership.admit.selector || selector == IRailMembership.remove.selector) {
            return target == IRailGovernor(governor).membership();
        }
        return false;
    }

    function _requireConsent(bytes32 operationId) private view {
        if (!BOOK.hasConsent(address(this), operationId)) revert Rails_NeedsConsent(operationId);
    }

    function _requireDelay(uint256 delaySeconds) private pure {
        if (delaySeconds < MIN_DELAY || delaySeconds > MAX_DELAY) {
            revert Rails_DelayOutOfRange(delaySeconds, MIN_DELAY, MAX_DELAY);
        }
    }

    /// @dev What the base grants itself when it is initialised is what `hasRole` answers anyway.
    function _grantRole(bytes32, address) internal pure override returns (bool) {
        return false;
    }
}
