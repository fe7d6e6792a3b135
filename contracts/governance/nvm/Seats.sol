// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {ISafe} from "@safe-global/safe-smart-account/contracts/interfaces/ISafe.sol";
import {Enum} from "@safe-global/safe-smart-account/contracts/libraries/Enum.sol";

import {DecisionWordLib} from "./DecisionWord.sol";
import {INexusValidationModule, Seat, SeatId} from "./INexusValidationModule.sol";
import {SeatWord, SeatWordLib} from "./SeatWord.sol";

/// @title Who holds which seat, with which key, until when
/// @notice Base of the module. Owners of the Safe change with the seats, by the same call.
abstract contract Seats is INexusValidationModule {
    struct FirstSeat {
        bytes signer;
        address owner;
        uint40 termEndsAt;
    }

    uint256 internal constant MOST_SEATS = 7;
    uint256 private constant LEAST_SEATS = 5; // the highest quorum
    uint256 private constant MOST_TERM_SECONDS = 5 * 365 days;
    address private constant SENTINEL_OWNERS = address(1); // of the Safe's list

    ISafe internal immutable SAFE;

    mapping(uint256 seat => SeatWord) private _seats;
    mapping(uint256 seat => bytes) private _signers; // of those whose owner is not their key

    modifier onlySafe() {
        if (msg.sender != address(SAFE)) revert Nvm_NotSafe(msg.sender);
        _;
    }

    constructor(ISafe safe_, FirstSeat[] memory seats) {
        SAFE = safe_;
        if (seats.length < LEAST_SEATS) revert Nvm_TooFewSeats(LEAST_SEATS);
        for (uint256 i = 0; i < seats.length; ++i) {
            SeatId seatId = SeatId.wrap(uint8(i));
            _requireVacant(seatId);
            _take(seatId, seats[i].signer, seats[i].owner, seats[i].termEndsAt);
        }
        if (!_ownersAreHolders(safe_)) revert Nvm_SeatsDiffer();
    }

    /// @inheritdoc INexusValidationModule
    function grantSeat(SeatId seatId, bytes calldata signer, address owner, uint40 termEndsAt) external onlySafe {
        _requireVacant(seatId);
        _take(seatId, signer, owner, termEndsAt);
        _changeSafe(abi.encodeCall(SAFE.addOwnerWithThreshold, (owner, SAFE.getThreshold())));
    }

    /// @inheritdoc INexusValidationModule
    function replaceSeat(SeatId seatId, bytes calldata signer, address owner, uint40 termEndsAt) external onlySafe {
        address before = _heldSeat(seatId).owner();
        emit SeatVacated(seatId, before);
        _take(seatId, signer, owner, termEndsAt);
        if (owner != before) _changeSafe(abi.encodeCall(SAFE.swapOwner, (_ownerBefore(before), before, owner)));
    }

    /// @inheritdoc INexusValidationModule
    function vacateSeat(SeatId seatId) external onlySafe {
        address before = _heldSeat(seatId).owner();
        uint256 seat = SeatId.unwrap(seatId);
        if (DecisionWordLib.countOf(heldSeats()) == LEAST_SEATS) revert Nvm_TooFewSeats(LEAST_SEATS);
        _seats[seat] = SeatWord.wrap(0).withLatestEpoch(latestEpoch());
        delete _signers[seat];
        _nextEpoch(); // what the seat has said in open decisions is void
        emit SeatVacated(seatId, before);
        _changeSafe(abi.encodeCall(SAFE.removeOwner, (_ownerBefore(before), before, SAFE.getThreshold())));
    }

    /// @inheritdoc INexusValidationModule
    function renewSeat(SeatId seatId, uint40 termEndsAt) external onlySafe {
        _heldSeat(seatId);
        _requireTerm(termEndsAt);
        uint256 seat = SeatId.unwrap(seatId);
        _seats[seat] = _seats[seat].withTerm(termEndsAt);
        emit SeatRenewed(seatId, termEndsAt);
    }

    /// @inheritdoc INexusValidationModule
    function seatOf(SeatId seatId) external view returns (Seat memory) {
        SeatWord word = _seats[SeatId.unwrap(seatId)];
        bytes memory signer = _signerOf(SeatId.unwrap(seatId), word);
        return Seat(word.owner(), uint40(word.termEndsAt()), uint32(word.epoch()), signer);
    }

    /// @inheritdoc INexusValidationModule
    function latestEpoch() public view returns (uint32) {
        return uint32(_seats[0].latestEpoch());
    }

    /// @inheritdoc INexusValidationModule
    function heldSeats() public view returns (uint8 bitmap) {
        for (uint256 seat = 0; seat < MOST_SEATS; ++seat) {
            if (_seats[seat].owner() != address(0)) bitmap |= uint8(1 << seat);
        }
    }

    /// @inheritdoc INexusValidationModule
    function seatsMatchOwners() public view returns (bool) {
        return _ownersAreHolders(SAFE);
    }

    function _heldSeat(SeatId seatId) internal view returns (SeatWord word) {
        word = _seats[SeatId.unwrap(seatId)];
        if (word.owner() == address(0)) revert Nvm_UnknownSeat(seatId);
    }

    /// @dev Held, and in its term.
    function _activeSeat(SeatId seatId) internal view returns (SeatWord word) {
        word = _heldSeat(seatId);
        if (block.timestamp >= word.termEndsAt()) revert Nvm_SeatLapsed(seatId, word.termEndsAt());
    }

    /// @return bitmap of seats whose holder or key came after an epoch, or that are vacant
    function _seatsNewerThan(uint256 epoch) internal view returns (uint256 bitmap) {
        for (uint256 seat = 0; seat < MOST_SEATS; ++seat) {
            SeatWord word = _seats[seat];
            if (word.owner() == address(0) || word.epoch() > epoch) bitmap |= 1 << seat;
        }
    }

    /// @dev An account's ECDSA signature counts even when the account has code by delegation (EIP-7702): the key can do anything
    /// there anyway, and no key belongs to a contract's address.
    function _requireSigned(SeatWord word, SeatId seatId, bytes32 digest, bytes calldata signature) internal view {
        if (word.hasOwnKey()) {
            (address recovered, , ) = ECDSA.tryRecoverCalldata(digest, signature);
            if (recovered == word.owner()) return;
            // a contract, then: an account without code would have been recovered
            if (word.owner().code.length != 0) {
                if (SignatureChecker.isValidERC1271SignatureNowCalldata(word.owner(), digest, signature)) return;
            }
        } else if (SignatureChecker.isValidSignatureNow(_signers[SeatId.unwrap(seatId)], digest, signature)) {
            return;
        }
        revert Nvm_BadSignature(seatId);
    }

    /// @dev Seats change seldom and ballots are many: the latest epoch is written to each, to be read with any.
    function _nextEpoch() private {
        uint256 next = latestEpoch() + 1;
        for (uint256 seat = 0; seat < MOST_SEATS; ++seat) _seats[seat] = _seats[seat].withLatestEpoch(next);
    }

    function _requireVacant(SeatId seatId) private view {
        if (SeatId.unwrap(seatId) >= MOST_SEATS) revert Nvm_UnknownSeat(seatId);
        if (_seats[SeatId.unwrap(seatId)].owner() != address(0)) revert Nvm_SeatTaken(seatId);
    }

    function _requireTerm(uint40 termEndsAt) private view {
        if (termEndsAt <= block.timestamp || termEndsAt > block.timestamp + MOST_TERM_SECONDS) {
            revert Nvm_TermOutOfRange(termEndsAt, block.timestamp + 1, block.timestamp + MOST_TERM_SECONDS);
        }
    }

    function _take(SeatId seatId, bytes memory signer, address owner, uint40 termEndsAt) private {
        uint256 seat = SeatId.unwrap(seatId);
        _requireTerm(termEndsAt);
        _requireUnused(seat, signer, owner);
        bool ownKey = signer.length == 20 && address(bytes20(signer)) == owner;
        uint32 epoch = latestEpoch() + 1;
        _seats[seat] = SeatWordLib.pack(owner, termEndsAt, epoch, ownKey).withLatestEpoch(epoch - 1);
        _nextEpoch();
        if (ownKey) delete _signers[seat];
        else _signers[seat] = signer;
        emit SeatGranted(seatId, owner, epoch, signer, termEndsAt);
    }

    /// @dev INV-NVM-5: one key, one seat. Neither key nor owner may speak for another seat in any way.
    function _requireUnused(uint256 seat, bytes memory signer, address owner) private view {
        // the Safe itself refuses what cannot be an owner when it adds one; at construction the comparison of lists does
        if (owner == address(0) || owner == address(SAFE)) revert Nvm_BadOwner(owner);
        bool isAccount = signer.length == 20;
        address verifier = signer.length < 20 ? address(0) : address(bytes20(signer));
        if (verifier == address(0) || (!isAccount && verifier.code.length == 0)) revert Nvm_BadSigner(signer);
        bytes32 key = keccak256(signer);
        bytes32 ownerKey = keccak256(abi.encodePacked(owner));
        for (uint256 other = 0; other < MOST_SEATS; ++other) {
            SeatWord word = _seats[other];
            if (other == seat || word.owner() == address(0)) continue;
            bytes32 otherKey = keccak256(_signerOf(other, word));
            if (
                otherKey == key ||
                otherKey == ownerKey ||
                word.owner() == owner ||
                (isAccount && word.owner() == verifier)
            ) {
                revert Nvm_SignerTaken(SeatId.wrap(uint8(other)));
            }
        }
    }

    function _signerOf(uint256 seat, SeatWord word) private view returns (bytes memory) {
        return word.hasOwnKey() ? abi.encodePacked(word.owner()) : _signers[seat];
    }

    /// @dev As a module: by the owners' own transaction too, the Safe is in the middle of a call of its own here.
    function _changeSafe(bytes memory data) private {
        (bool success, bytes memory reason) = SAFE.execTransactionFromModuleReturnData(
            address(SAFE),
            0,
            data,
            Enum.Operation.Call
        );
        if (!success) revert Nvm_CallFailed(0, reason);
    }

    /// @dev The Safe keeps its owners as a list and wants to be told whom an owner comes after. Looked up, since days may pass between
    /// opening a decision and its execution.
    function _ownerBefore(address owner) private view returns (address previous) {
        address[] memory owners = SAFE.getOwners();
        previous = SENTINEL_OWNERS;
        for (uint256 i = 0; i < owners.length && owners[i] != owner; ++i) previous = owners[i];
    }

    function _ownersAreHolders(ISafe target) private view returns (bool) {
        address[] memory owners = target.getOwners();
        uint256 found;
        for (uint256 seat = 0; seat < MOST_SEATS; ++seat) {
            address owner = _seats[seat].owner();
            if (owner == address(0)) continue;
            for (uint256 i = 0; i < owners.length; ++i) if (owners[i] == owner) ++found;
        }
        return found == owners.length && found == DecisionWordLib.countOf(heldSeats());
    }
}
