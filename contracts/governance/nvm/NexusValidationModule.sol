// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ISafe} from "@safe-global/safe-smart-account/contracts/interfaces/ISafe.sol";
import {Enum} from "@safe-global/safe-smart-account/contracts/libraries/Enum.sol";

import {AepId} from "../../evidence/IEvidenceRegistry.sol";
import {IExpiringPause} from "../../safety/IExpiringPause.sol";
import {DecisionStatus, DecisionWord, DecisionWordLib} from "./DecisionWord.sol";
import {ActionClass, Call, IActionClasses} from "./IActionClasses.sol";
import {IConstitution} from "./IConstitution.sol";
import {
    Choice,
    Decision,
    DecisionId,
    DecisionState,
    INexusValidationModule,
    Proposal,
    Rule,
    SeatId,
    SignedBallot
} from "./INexusValidationModule.sol";
import {RuleWord, RuleWordLib} from "./RuleWord.sol";
import {SeatWord} from "./SeatWord.sol";
import {Seats} from "./Seats.sol";

/// @title The Nexus Validation Machine
contract NexusValidationModule is INexusValidationModule, Seats, EIP712, ReentrancyGuardTransient {
    struct Emergency {
        DecisionId id;
        uint40 nextAt;
    }

    bytes32 private constant BALLOT_TYPEHASH = keccak256(
        "Ballot(bytes32 decisionId,uint8 seatId,uint32 seatEpoch,uint8 choice,bytes32 rationaleHash)"
    );
    bytes32 private constant OPEN_TYPEHASH = keccak256("Open(bytes32 decisionId,uint8 seatId,uint32 seatEpoch)");
    /// @dev Of a call with an array of one number: selector, offset, length, number.
    uint256 private constant REMOVAL_BYTES = 100;
    uint256 private constant MOST_EMERGENCY_SECONDS = 72 hours;
    uint256 private constant EMERGENCY_COOLDOWN_SECONDS = 7 days;

    /// @inheritdoc INexusValidationModule
    uint40 public constant BROKEN_CHECK_SECONDS = 21 days;

    IActionClasses private immutable CLASSES;
    IConstitution private immutable CONSTITUTION;

    mapping(DecisionId => DecisionWord) private _decisions;
    mapping(address target => Emergency) private _emergencies;

    /// @param seats the first holders, from seat 0 on: exactly the owners of the Safe
    constructor(
        ISafe safe_,
        IActionClasses classes_,
        IConstitution constitution_,
        FirstSeat[] memory seats
    ) EIP712("Nexus NVM", "1") Seats(safe_, seats) {
        if (classes_.safe() != address(safe_)) revert Nvm_OtherSafe(address(classes_));
        if (constitution_.safe() != address(safe_)) revert Nvm_OtherSafe(address(constitution_));
        CLASSES = classes_;
        CONSTITUTION = constitution_;
    }

    /// @inheritdoc INexusValidationModule
    function open(Proposal calldata proposal, bytes calldata signature) external returns (DecisionId id) {
        if (proposal.calls.length == 0) revert Nvm_NoCalls();
        SeatId seatId = proposal.seatId;
        SeatWord seat = _activeSeat(seatId);
        bytes32 contextHash = _contextHash(proposal, uint32(seat.epoch()));
        id = _decisionId(proposal.calls, contextHash);
        if (signature.length == 0) {
            if (msg.sender != seat.owner()) revert Nvm_NotOwner(seatId, msg.sender);
        } else {
            _requireSigned(seat, seatId, _openDigest(id, seatId, uint32(seat.epoch())), signature);
        }
        if (_decisions[id].status() != DecisionStatus.None) revert Nvm_AlreadyOpened(id);
        ActionClass class = CLASSES.classOf(proposal.calls);
        _decisions[id] = DecisionWordLib.pack(class, seatId, block.timestamp, seat.latestEpoch());
        emit DecisionOpened(id, seatId, class, uint32(seat.epoch()), contextHash, proposal);
    }

    /// @inheritdoc INexusValidationModule
    function cast(DecisionId id, SeatId seatId, Choice choice, bytes32 rationaleHash) external {
        DecisionWord word = _known(id);
        SeatWord seat = _activeSeat(seatId);
        if (msg.sender != seat.owner()) revert Nvm_NotOwner(seatId, msg.sender);
        if (word.hasAnswered(SeatId.unwrap(seatId))) _refuseSecond(id, word, seatId);
        if (seat.epoch() > word.openedEpoch()) revert Nvm_SeatTooNew(id, seatId);
        _count(id, word, _answer(id, word, seatId, choice, rationaleHash), seat.latestEpoch());
    }

    /// @inheritdoc INexusValidationModule
    function relay(DecisionId id, SignedBallot[] calldata ballots) external {
        DecisionWord before = _known(id);
        DecisionWord word = before;
        SeatId seatId;
        uint256 latest;
        for (uint256 i = 0; i < ballots.length; ++i) {
            SignedBallot calldata ballot = ballots[i];
            seatId = ballot.seatId;
            SeatWord seat = _activeSeat(seatId);
            if (word.hasAnswered(SeatId.unwrap(seatId))) continue;
            if (seat.epoch() > word.openedEpoch()) revert Nvm_SeatTooNew(id, seatId);
            (Choice choice, bytes32 rationaleHash) = (ballot.choice, ballot.rationaleHash);
            _requireSigned(
                seat,
                seatId,
                _ballotDigest(id, seatId, seat.epoch(), choice, rationaleHash),
                ballot.signature
            );
            word = _answer(id, word, seatId, choice, rationaleHash);
            latest = seat.latestEpoch();
        }
        if (DecisionWord.unwrap(word) == DecisionWord.unwrap(before)) _refuseSecond(id, word, seatId);
        _count(id, before, word, latest);
    }

    /// @inheritdoc INexusValidationModule
    function execute(DecisionId id, Call[] calldata calls, bytes32 contextHash) external nonReentrant {
        DecisionWord word = _known(id);
        if (DecisionId.unwrap(_decisionId(calls, contextHash)) != DecisionId.unwrap(id)) revert Nvm_OtherContent(id);
        uint256 voided = _voided(word, latestEpoch());
        DecisionState state = _stateOf(word, voided);
        if (state != DecisionState.Ready) {
            RuleWord rule = RuleWordLib.ruleOf(word.actionClass());
            revert Nvm_NotReady(id, state, state == DecisionState.Passed ? _readyAt(word, voided, rule) : 0);
        }
        _decisions[id] = word.withStatus(DecisionStatus.Executed);
        emit DecisionExecuted(id);

        ActionClass class = word.actionClass();
        if (class == ActionClass.Emergency) {
            _noteEmergencies(id, calls);
            _act(calls);
        } else if (class == ActionClass.Constitutional && _onlyRemovesACheck(calls) && _isLongReady(word, voided)) {
            _act(calls);
            _requireSoundSafe();
        } else {
            uint256 held = CONSTITUTION.holding();
            _act(calls);
            CONSTITUTION.requireStill(held);
            if (class == ActionClass.Constitutional) _requireSoundSafe();
        }
    }

    /// @inheritdoc INexusValidationModule
    function safe() external view returns (address) {
        return address(SAFE);
    }

    /// @inheritdoc INexusValidationModule
    function classes() external view returns (address) {
        return address(CLASSES);
    }

    /// @inheritdoc INexusValidationModule
    function constitution() external view returns (address) {
        return address(CONSTITUTION);
    }

    /// @inheritdoc INexusValidationModule
    function ruleOf(ActionClass actionClass) external pure returns (Rule memory) {
        return RuleWordLib.ruleOf(actionClass).unpack();
    }

    /// @inheritdoc INexusValidationModule
    function stateOf(DecisionId id) external view returns (DecisionState) {
        DecisionWord word = _decisions[id];
        return word.status() == DecisionStatus.None ? DecisionState.None : _stateOf(word, _voided(word, latestEpoch()));
    }

    /// @inheritdoc INexusValidationModule
    function decisionOf(DecisionId id) external view returns (Decision memory decision) {
        DecisionWord word = _known(id);
        uint256 voided = _voided(word, latestEpoch());
        decision.actionClass = word.actionClass();
        decision.state = _stateOf(word, voided);
        decision.openedBy = word.openedBy();
        decision.openedEpoch = uint32(word.openedEpoch());
        decision.openedAt = uint40(word.openedAt());
        RuleWord rule = RuleWordLib.ruleOf(decision.actionClass);
        decision.expiresAt = uint40(word.openedAt() + rule.voteSeconds());
        if (_hasQuorum(word, voided, rule)) {
            decision.quorumAt = uint40(word.quorumAt());
            decision.readyAt = uint40(_readyAt(word, voided, rule));
            decision.expiresAt = uint40(decision.readyAt + rule.graceSeconds());
        }
        decision.yes = uint8(word.seats(Choice.Yes) & ~voided);
        decision.no = uint8(word.seats(Choice.No) & ~voided);
        decision.abstain = uint8(word.seats(Choice.Abstain) & ~voided);
        decision.veto = uint8(word.seats(Choice.Veto) & ~voided);
        decision.recused = uint8(word.seats(Choice.Recuse) & ~voided);
    }

    /// @inheritdoc INexusValidationModule
    function emergencyOf(address target) external view returns (DecisionId id, uint40 nextAt) {
        Emergency memory emergency = _emergencies[target];
        return (emergency.id, emergency.nextAt);
    }

    /// @inheritdoc INexusValidationModule
    function decisionIdOf(Proposal calldata proposal) external view returns (DecisionId id, bytes32 contextHash) {
        contextHash = _contextHash(proposal, uint32(_heldSeat(proposal.seatId).epoch()));
        return (_decisionId(proposal.calls, contextHash), contextHash);
    }

    /// @inheritdoc INexusValidationModule
    function openDigest(DecisionId id, SeatId seatId) external view returns (bytes32) {
        return _openDigest(id, seatId, uint32(_heldSeat(seatId).epoch()));
    }

    /// @inheritdoc INexusValidationModule
    function ballotDigest(
        DecisionId id,
        SeatId seatId,
        Choice choice,
        bytes32 rationaleHash
    ) external view returns (bytes32) {
        return _ballotDigest(id, seatId, _heldSeat(seatId).epoch(), choice, rationaleHash);
    }

    // ———— ballots ————————————————————————————————————————————————————————————————————————————————————————————————

    function _answer(
        DecisionId id,
        DecisionWord word,
        SeatId seatId,
        Choice choice,
        bytes32 rationaleHash
    ) private returns (DecisionWord) {
        emit BallotCast(id, seatId, choice, rationaleHash);
        if (choice == Choice.No || choice == Choice.Veto) emit Dissent(id, seatId, choice, rationaleHash);
        return word.withBallot(SeatId.unwrap(seatId), choice);
    }

    /// @dev INV-NVM-1: `quorumAt` is when the ballots that count now last came to be enough. A veto that kills wins over a
    /// quorum of the same batch.
    function _count(DecisionId id, DecisionWord before, DecisionWord word, uint256 latest) private {
        uint256 voided = _voided(word, latest);
        DecisionState state = _stateOf(before, voided);
        if (state >= DecisionState.Executed) revert Nvm_NotOpen(id, state);
        RuleWord rule = RuleWordLib.ruleOf(word.actionClass());
        if (DecisionWordLib.countOf(word.seats(Choice.Veto) & ~voided) >= rule.vetoes()) {
            _decisions[id] = word.withStatus(DecisionStatus.Killed);
            emit DecisionKilled(id);
        } else if (state == DecisionState.Open && _hasQuorum(word, voided, rule)) {
            _decisions[id] = word.withQuorumAt(block.timestamp);
            emit QuorumReached(id, uint40(block.timestamp));
        } else {
            _decisions[id] = word;
        }
    }

    function _refuseSecond(DecisionId id, DecisionWord word, SeatId seatId) private pure {
        if (word.seats(Choice.Recuse) & (1 << SeatId.unwrap(seatId)) != 0) revert Nvm_Recused(id, seatId);
        revert Nvm_AlreadyCast(id, seatId);
    }

    // ———— states ————————————————————————————————————————————————————————————————————————————————————————————————

    function _known(DecisionId id) private view returns (DecisionWord word) {
        word = _decisions[id];
        if (word.status() == DecisionStatus.None) revert Nvm_UnknownDecision(id);
    }

    /// @dev Sums of numbers of 40 bits do not overflow.
    function _stateOf(DecisionWord word, uint256 voided) private view returns (DecisionState) {
        DecisionStatus status = word.status();
        if (status == DecisionStatus.Executed) return DecisionState.Executed;
        if (status == DecisionStatus.Killed) return DecisionState.Killed;
        RuleWord rule = RuleWordLib.ruleOf(word.actionClass());
        unchecked {
            if (!_hasQuorum(word, voided, rule)) {
                bool late = block.timestamp >= word.openedAt() + rule.voteSeconds();
                return late ? DecisionState.Expired : DecisionState.Open;
            }
            uint256 readyAt = _readyAt(word, voided, rule);
            if (block.timestamp < readyAt) return DecisionState.Passed;
            return block.timestamp < readyAt + rule.graceSeconds() ? DecisionState.Ready : DecisionState.Expired;
        }
    }

    function _hasQuorum(DecisionWord word, uint256 voided, RuleWord rule) private pure returns (bool) {
        return DecisionWordLib.countOf(word.seats(Choice.Yes) & ~voided) >= rule.yes();
    }

    /// @dev Only of a decision with a quorum; before that the number says nothing.
    function _readyAt(DecisionWord word, uint256 voided, RuleWord rule) private pure returns (uint256) {
        unchecked {
            return word.quorumAt() + rule.delaySeconds() + _dissentSeconds(word, voided, rule);
        }
    }

    function _dissentSeconds(DecisionWord word, uint256 voided, RuleWord rule) private pure returns (uint256) {
        uint256 dissents = (word.seats(Choice.No) | word.seats(Choice.Veto)) & ~voided;
        return rule.dissentSeconds(DecisionWordLib.countOf(dissents));
    }

    /// @dev INV-NVM-5. Seats that changed hands since it was opened; nothing to look up when none has.
    function _voided(DecisionWord word, uint256 latest) private view returns (uint256) {
        uint256 openedEpoch = word.openedEpoch();
        return openedEpoch == latest ? 0 : _seatsNewerThan(openedEpoch);
    }

    // ———— acts ————————————————————————————————————————————————————————————————————————————————————————————————————

    function _act(Call[] calldata calls) private {
        for (uint256 i = 0; i < calls.length; ++i) {
            Call calldata one = calls[i];
            if (bytes4(one.data) == IExpiringPause.extendPause.selector) _requireCited(one);
            (bool success, bytes memory reason) = SAFE.execTransactionFromModuleReturnData(
                one.to,
                one.value,
                one.data,
                Enum.Operation.Call
            );
            if (!success) revert Nvm_CallFailed(i, reason);
        }
    }

    /// @dev INV-NVM-7. The calls are pauses and nothing else: their class said so. The target may allow less than this.
    function _noteEmergencies(DecisionId id, Call[] calldata calls) private {
        for (uint256 i = 0; i < calls.length; ++i) {
            address target = calls[i].to;
            uint256 durationSeconds = uint256(bytes32(calls[i].data[4:36]));
            if (durationSeconds > MOST_EMERGENCY_SECONDS) {
                revert Nvm_EmergencyTooLong(target, durationSeconds, MOST_EMERGENCY_SECONDS);
            }
            uint256 nextAt = _emergencies[target].nextAt;
            if (block.timestamp < nextAt) revert Nvm_EmergencyTooSoon(target, nextAt);
            uint256 until = block.timestamp + durationSeconds;
            nextAt = until + EMERGENCY_COOLDOWN_SECONDS;
            _emergencies[target] = Emergency(id, uint40(nextAt));
            emit EmergencyPaused(id, target, uint40(until), uint40(nextAt));
        }
    }

    function _requireCited(Call calldata extension) private view {
        DecisionId last = _emergencies[extension.to].id;
        DecisionId cited = DecisionId.wrap(extension.data.length < 68 ? bytes32(0) : bytes32(extension.data[36:68]));
        if (DecisionId.unwrap(last) == 0 || DecisionId.unwrap(cited) != DecisionId.unwrap(last)) {
            revert Nvm_OtherEmergency(extension.to, cited, last);
        }
    }

    function _onlyRemovesACheck(Call[] calldata calls) private view returns (bool) {
        Call calldata one = calls[0];
        return
            calls.length == 1 &&
            one.to == address(CONSTITUTION) &&
            one.value == 0 &&
            one.data.length == REMOVAL_BYTES &&
            bytes4(one.data) == IConstitution.remove.selector;
    }

    function _isLongReady(DecisionWord word, uint256 voided) private view returns (bool) {
        RuleWord rule = RuleWordLib.ruleOf(word.actionClass());
        return block.timestamp >= word.quorumAt() + BROKEN_CHECK_SECONDS + _dissentSeconds(word, voided, rule);
    }

    /// @dev INV-NVM-8. After a decision that may have touched the Safe: its owners are the holders of seats, and the module can still act
    /// on it, unless it was disabled there. So one guard at least lets somebody replace the other.
    function _requireSoundSafe() private {
        if (!SAFE.isModuleEnabled(address(this))) return;
        if (!seatsMatchOwners()) revert Nvm_SeatsDiffer();
        bytes memory nothing = abi.encodeCall(SAFE.nonce, ());
        try SAFE.execTransactionFromModule(address(SAFE), 0, nothing, Enum.Operation.Call) returns (bool) {} catch {
            revert Nvm_ShutOut();
        }
    }

    // ———— hashes ————————————————————————————————————————————————————————————————————————————————————————————————

    function _contextHash(Proposal calldata proposal, uint32 seatEpoch) private pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    proposal.seatId,
                    seatEpoch,
                    proposal.nonce,
                    proposal.rationaleHash,
                    keccak256(bytes(proposal.rationaleURI)),
                    keccak256(abi.encodePacked(_words(proposal.citedAeps)))
                )
            );
    }

    /// @dev INV-NVM-9: chain, module, seat and epoch are in the id, so what was signed for one is nothing to another.
    function _decisionId(Call[] calldata calls, bytes32 contextHash) private view returns (DecisionId) {
        return
            DecisionId.wrap(
                keccak256(abi.encode(block.chainid, address(this), keccak256(abi.encode(calls)), contextHash))
            );
    }

    function _openDigest(DecisionId id, SeatId seatId, uint32 seatEpoch) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(OPEN_TYPEHASH, id, seatId, seatEpoch)));
    }

    function _ballotDigest(
        DecisionId id,
        SeatId seatId,
        uint256 seatEpoch,
        Choice choice,
        bytes32 rationaleHash
    ) private view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(BALLOT_TYPEHASH, id, seatId, seatEpoch, choice, rationaleHash)));
    }

    function _words(AepId[] calldata ids) private pure returns (bytes32[] calldata words) {
        assembly ("memory-safe") {
            words.offset := ids.offset
            words.length := ids.length
        }
    }
}
