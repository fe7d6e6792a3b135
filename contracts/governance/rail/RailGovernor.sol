// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {GovernorCountingFractionalUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorCountingFractionalUpgradeable.sol";
import {GovernorNoncesKeyedUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorNoncesKeyedUpgradeable.sol";
import {GovernorPreventLateQuorumUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorPreventLateQuorumUpgradeable.sol";
import {GovernorProposalGuardianUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorProposalGuardianUpgradeable.sol";
import {GovernorSettingsUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorSettingsUpgradeable.sol";
import {GovernorSuperQuorumUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorSuperQuorumUpgradeable.sol";
import {GovernorTimelockControlUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorTimelockControlUpgradeable.sol";
import {GovernorVotesSuperQuorumFractionUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorVotesSuperQuorumFractionUpgradeable.sol";
import {GovernorVotesUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorVotesUpgradeable.sol";
import {GovernorUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/GovernorUpgradeable.sol";
import {TimelockControllerUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/TimelockControllerUpgradeable.sol";
import {NoncesUpgradeable} from "@openzeppelin/contracts-upgradeable/utils/NoncesUpgradeable.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Extsload} from "./Extsload.sol";
import {IEffectsGuard} from "./IEffectsGuard.sol";
import {IEvidenceGuard} from "./IEvidenceGuard.sol";
import {IRailBook} from "./IRailBook.sol";
import {IRailGovernor, VotingTerms} from "./IRailGovernor.sol";
import {IRailMembership} from "./IRailMembership.sol";
import {RailArgs} from "./RailArgs.sol";

/// @title A rail's governor
/// @dev To be cloned with RailArgs as immutable arguments.
contract RailGovernor is
    IRailGovernor,
    GovernorSettingsUpgradeable,
    GovernorCountingFractionalUpgradeable,
    GovernorTimelockControlUpgradeable,
    GovernorVotesSuperQuorumFractionUpgradeable,
    GovernorPreventLateQuorumUpgradeable,
    GovernorProposalGuardianUpgradeable,
    GovernorNoncesKeyedUpgradeable,
    Extsload
{
    uint256 private constant EXECUTABLE_SECONDS = 60 days;

    struct Competence {
        // 16 + 16 bytes
        uint128 forVotes;
        uint128 forAndAbstainVotes;
    }

    /// @inheritdoc IRailGovernor
    IRailBook public immutable book;
    /// @inheritdoc IRailGovernor
    IEvidenceGuard public immutable evidenceGuard;
    /// @inheritdoc IRailGovernor
    IEffectsGuard public immutable effectsGuard;

    mapping(uint256 proposalId => Competence) private _competenceCast;

    constructor(IRailBook book_, IEvidenceGuard evidenceGuard_, IEffectsGuard effectsGuard_) {
        book = book_;
        evidenceGuard = evidenceGuard_;
        effectsGuard = effectsGuard_;
        _disableInitializers();
    }

    /// @inheritdoc IRailGovernor
    function initialize(address votes, address timelock_, VotingTerms calldata terms) external initializer {
        __GovernorSettings_init_unchained(terms.votingDelay, terms.votingPeriod, terms.proposalThreshold);
        __GovernorVotes_init_unchained(IVotes(votes));
        __GovernorVotesQuorumFraction_init_unchained(terms.quorumPercent);
        __GovernorVotesSuperQuorumFraction_init_unchained(terms.superQuorumPercent);
        __GovernorTimelockControl_init_unchained(TimelockControllerUpgradeable(payable(timelock_)));
        __GovernorPreventLateQuorum_init_unchained(terms.lateQuorumExtension);
        if (terms.guardian != address(0)) _setProposalGuardian(terms.guardian);
    }

    /// @notice By whom the rules of OpenZeppelin's Governor allow; by anyone once a cited pack is void.
    /// @inheritdoc IGovernor
    function cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) public override returns (uint256) {
        if (_cites(targets) && evidenceGuard.isAnyVoid(calldatas[0])) {
            return _cancel(targets, values, calldatas, descriptionHash);
        }
        return super.cancel(targets, values, calldatas, descriptionHash);
    }

    /// @inheritdoc IRailGovernor
    function withdrawBallot(uint256 nonce) external {
        _useCheckedNonce(msg.sender, nonce);
        emit BallotWithdrawn(msg.sender, nonce);
    }

    /// @dev Through it a later proposal could schedule, execute or cancel in the timelock what this contract keeps back.
    /// @inheritdoc GovernorUpgradeable
    function relay(address target, uint256 value, bytes calldata data) public payable override {
        if (target == _executor()) revert Rails_NotRelayable(target);
        super.relay(target, value, data);
    }

    /// @inheritdoc GovernorTimelockControlUpgradeable
    function updateTimelock(TimelockControllerUpgradeable) public pure override {
        revert Rails_TimelockIsFixed();
    }

    /// @inheritdoc IRailGovernor
    function membership() public view returns (address) {
        return RailArgs.membership();
    }

    /// @inheritdoc IRailGovernor
    function treasury() external view returns (address) {
        return RailArgs.treasury();
    }

    /// @inheritdoc IRailGovernor
    function competenceVotes(address account, uint256 timestamp) public view returns (uint256) {
        uint256 votes = book.competenceAt(_executor(), account, timestamp);
        return votes != 0 && IRailMembership(membership()).wasMember(account, timestamp) ? votes : 0;
    }

    /// @inheritdoc IRailGovernor
    function competenceCast(uint256 proposalId) external view returns (uint256 forVotes, uint256 forAndAbstainVotes) {
        Competence memory cast = _competenceCast[proposalId];
        return (cast.forVotes, cast.forAndAbstainVotes);
    }

    /// @inheritdoc IGovernor
    function name() public view override returns (string memory) {
        return RailArgs.name();
    }

    /// @dev The factory lets in only vote tokens whose clock it is.
    function clock() public view override(GovernorUpgradeable, GovernorVotesUpgradeable) returns (uint48) {
        return uint48(block.timestamp);
    }

    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override(GovernorUpgradeable, GovernorVotesUpgradeable) returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc IGovernor
    function state(
        uint256 proposalId
    )
        public
        view
        override(GovernorUpgradeable, GovernorTimelockControlUpgradeable, GovernorVotesSuperQuorumFractionUpgradeable)
        returns (ProposalState current)
    {
        current = super.state(proposalId);
        if (current == ProposalState.Succeeded && proposalDeadline(proposalId) >= clock()) {
            // early, by super quorum: which competence does not help to reach
            (, uint256 forVotes, ) = proposalVotes(proposalId);
            if (forVotes - _competenceCast[proposalId].forVotes < superQuorum(proposalSnapshot(proposalId))) {
                return ProposalState.Active;
            }
        } else if (current == ProposalState.Queued && block.timestamp >= proposalEta(proposalId) + EXECUTABLE_SECONDS) {
            return ProposalState.Expired;
        }
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return
            interfaceId == type(IRailGovernor).interfaceId ||
            interfaceId == type(IERC6372).interfaceId ||
            super.supportsInterface(interfaceId);
    }

    /// @inheritdoc GovernorPreventLateQuorumUpgradeable
    function proposalDeadline(
        uint256 proposalId
    ) public view override(GovernorUpgradeable, GovernorPreventLateQuorumUpgradeable) returns (uint256) {
        return super.proposalDeadline(proposalId);
    }

    function proposalVotes(
        uint256 proposalId
    )
        public
        view
        override(GovernorCountingFractionalUpgradeable, GovernorSuperQuorumUpgradeable)
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
    {
        return super.proposalVotes(proposalId);
    }

    /// @inheritdoc GovernorSettingsUpgradeable
    function proposalThreshold()
        public
        view
        override(GovernorUpgradeable, GovernorSettingsUpgradeable)
        returns (uint256)
    {
        return super.proposalThreshold();
    }

    /// @inheritdoc GovernorTimelockControlUpgradeable
    function proposalNeedsQueuing(
        uint256
    ) public pure override(GovernorUpgradeable, GovernorTimelockControlUpgradeable) returns (bool) {
        return true;
    }

    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override returns (uint256 proposalId) {
        proposalId = super._propose(targets, values, calldatas, description, proposer);
        uint256 last = targets.length - 1;
        for (uint256 i = 0; i <= last; ++i) {
            if (targets[i] == address(evidenceGuard) && i != 0) revert Rails_CitationNotFirst(i);
            if (targets[i] == address(effectsGuard) && i != last) revert Rails_EffectsNotLast(i);
        }
        if (_cites(targets)) emit ProposalCites(proposalId, evidenceGuard.requireCitable(calldatas[0]));
        if (targets[last] == address(effectsGuard)) {
            emit ProposalDeclaresEffects(proposalId, effectsGuard.declaredHash(calldatas[last]));
        }
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(GovernorUpgradeable, GovernorTimelockControlUpgradeable) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(GovernorUpgradeable, GovernorTimelockControlUpgradeable) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(GovernorUpgradeable, GovernorTimelockControlUpgradeable) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    /// @dev Remembers which part of a vote came from competence. A vote that is split has it in every part, in proportion and
    /// rounded up: so the part that counts for quorums is never more than the votes that were held.
    function _countVote(
        uint256 proposalId,
        address account,
        uint8 support,
        uint256 totalWeight,
        bytes memory params
    ) internal override(GovernorUpgradeable, GovernorCountingFractionalUpgradeable) returns (uint256) {
        uint256 bonus = competenceVotes(account, proposalSnapshot(proposalId));
        if (bonus == 0) return super._countVote(proposalId, account, support, totalWeight, params);
        (, uint256 forBefore, uint256 abstainBefore) = proposalVotes(proposalId);
        uint256 used = super._countVote(proposalId, account, support, totalWeight, params);
        (, uint256 forAfter, uint256 abstainAfter) = proposalVotes(proposalId);
        uint256 forPart = Math.ceilDiv((forAfter - forBefore) * bonus, totalWeight);
        _addCompetence(proposalId, forPart, Math.ceilDiv((abstainAfter - abstainBefore) * bonus, totalWeight));
        return used;
    }

    function _addCompetence(uint256 proposalId, uint256 forPart, uint256 abstainPart) private {
        Competence storage cast = _competenceCast[proposalId];
        cast.forVotes += SafeCast.toUint128(forPart);
        cast.forAndAbstainVotes += SafeCast.toUint128(forPart + abstainPart);
    }

    function _tallyUpdated(
        uint256 proposalId
    ) internal override(GovernorUpgradeable, GovernorPreventLateQuorumUpgradeable) {
        super._tallyUpdated(proposalId);
    }

    function _setVotingDelay(uint48 newVotingDelay) internal override {
        _requireWithin(newVotingDelay, 1 hours, 30 days);
        super._setVotingDelay(newVotingDelay);
    }

    function _setVotingPeriod(uint32 newVotingPeriod) internal override {
        _requireWithin(newVotingPeriod, 1 days, 60 days);
        super._setVotingPeriod(newVotingPeriod);
    }

    /// @dev With none, one vote would decide for all.
    function _updateQuorumNumerator(uint256 newQuorumNumerator) internal override {
        if (newQuorumNumerator == 0) revert Rails_NoQuorum();
        super._updateQuorumNumerator(newQuorumNumerator);
    }

    function _useCheckedNonce(
        address owner,
        uint256 nonce
    ) internal override(NoncesUpgradeable, GovernorNoncesKeyedUpgradeable) {
        super._useCheckedNonce(owner, nonce);
    }

    function _validateVoteSig(
        uint256 proposalId,
        uint8 support,
        address voter,
        bytes memory signature
    ) internal override(GovernorUpgradeable, GovernorNoncesKeyedUpgradeable) returns (bool) {
        return super._validateVoteSig(proposalId, support, voter, signature);
    }

    function _validateExtendedVoteSig(
        uint256 proposalId,
        uint8 support,
        address voter,
        string memory reason,
        bytes memory params,
        bytes memory signature
    ) internal override(GovernorUpgradeable, GovernorNoncesKeyedUpgradeable) returns (bool) {
        return super._validateExtendedVoteSig(proposalId, support, voter, reason, params, signature);
    }

    /// @dev INV-RAIL-6
    function _getVotes(
        address account,
        uint256 timepoint,
        bytes memory params
    ) internal view override(GovernorUpgradeable, GovernorVotesUpgradeable) returns (uint256) {
        return super._getVotes(account, timepoint, params) + competenceVotes(account, timepoint);
    }

    function _quorumReached(
        uint256 proposalId
    ) internal view override(GovernorUpgradeable, GovernorCountingFractionalUpgradeable) returns (bool) {
        (, uint256 forVotes, uint256 abstainVotes) = proposalVotes(proposalId);
        uint256 held = forVotes + abstainVotes - _competenceCast[proposalId].forAndAbstainVotes;
        return held >= quorum(proposalSnapshot(proposalId));
    }

    function _executor()
        internal
        view
        override(GovernorUpgradeable, GovernorTimelockControlUpgradeable)
        returns (address)
    {
        return super._executor();
    }

    function _validateCancel(
        uint256 proposalId,
        address caller
    ) internal view override(GovernorUpgradeable, GovernorProposalGuardianUpgradeable) returns (bool) {
        return super._validateCancel(proposalId, caller);
    }

    /// @dev A name in the clone's code instead of a copy in storage.
    function _EIP712Name() internal view override returns (string memory) {
        return name();
    }

    function _EIP712Version() internal view override returns (string memory) {
        return version();
    }

    function _cites(address[] memory targets) private view returns (bool) {
        return targets.length != 0 && targets[0] == address(evidenceGuard);
    }

    function _requireWithin(uint256 time, uint256 least, uint256 most) private pure {
        if (time < least || time > most) revert Rails_TimeOutOfRange(time, least, most);
    }
}
