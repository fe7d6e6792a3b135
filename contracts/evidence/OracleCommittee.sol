// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {ExpiringPause} from "../safety/ExpiringPause.sol";
import {IOracleCommittee} from "./IOracleCommittee.sol";

/// @title Who may attest
/// @notice A base of the registry and not a contract beside it: a call between the two would cost each report more than
/// all of its storage reads.
/// @dev Each configuration has one slot, found by the version that a report names: from when until when it counts, and a
/// hash of its operators, whom the caller brings along. So a quorum is checked with one storage read, and no transaction is
/// needed when a configuration takes over. Its operators are also the code of a small contract, for whoever asks.
abstract contract OracleCommittee is IOracleCommittee, ExpiringPause {
    /// @dev Code of a configuration: `STOP | u40 activeFrom | u32 configVersion | u8 quorum | u8 n`, then n addresses of 20
    /// bytes: the word at 20·i ends with operator i.
    uint256 private constant HEAD_BYTES = 12;
    uint256 private constant OPERATOR_BYTES = 20;
    uint256 private constant MIN_OPERATORS = 4;
    uint256 private constant MAX_OPERATORS = 31;
    uint256 private constant SIGNATURE_BYTES = 64;
    /// @dev more than the addresses of 31 operators
    uint256 private constant MOST_OTHERS_BYTES = 640;
    /// @dev Of EIP-2098's second word, all but the parity. So s is below 2^255, and the two forms of a signature are one but
    /// for a part in 2^128; nothing would rest on that either, for nothing that is stored depends on a signature's bytes.
    uint256 private constant S_MASK = 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff;
    uint40 private constant FOR_EVER = type(uint40).max;

    struct Standing {
        // 21 + 1 + 5 + 5 bytes
        uint168 roster; // the low bits of the hash of the operators, a word each
        uint8 quorum;
        uint40 openFrom; // activeFrom, or the end of the last pause if that is later: it is here that reports read it
        uint40 activeUntil; // exclusive; activeFrom when it was replaced before it began
    }

    /// @dev How long before it takes over a configuration is known to all.
    uint40 private immutable NOTICE_SECONDS;

    mapping(uint32 configVersion => Standing) private _standings;
    mapping(uint32 configVersion => address) private _keys;
    uint32 private _announced; // the newest; versions are 1…_announced
    uint32 private _predecessor; // the one that _announced succeeds; 0 for the first

    constructor(uint40 noticeSeconds) {
        NOTICE_SECONDS = noticeSeconds;
    }

    /// @inheritdoc IOracleCommittee
    function announceConfiguration(
        address[] calldata operators,
        bytes32[] calldata pqKeyHashes,
        uint8 quorum,
        uint40 activeFrom
    ) external restricted returns (uint32 configVersion) {
        _requireSound(operators, pqKeyHashes, quorum);
        uint32 current = currentConfigVersion();
        if (current == 0) {
            if (activeFrom < block.timestamp) activeFrom = uint40(block.timestamp);
        } else if (activeFrom < block.timestamp + NOTICE_SECONDS) {
            revert Committee_TooSoon(activeFrom, block.timestamp + NOTICE_SECONDS);
        }

        uint32 replaced = _announced;
        if (replaced != current) _standings[replaced].activeUntil = _activeFrom(replaced);
        if (current != 0) _standings[current].activeUntil = activeFrom;

        configVersion = replaced + 1;
        address keys = _deploy(operators, quorum, configVersion, activeFrom);
        uint168 roster = uint168(uint256(keccak256(abi.encodePacked(operators)))); // pads each to a word
        _standings[configVersion] = Standing(roster, quorum, activeFrom, FOR_EVER);
        _open(_standings[configVersion], pausedUntil());
        _keys[configVersion] = keys;
        (_announced, _predecessor) = (configVersion, current);
        emit ConfigurationAnnounced(configVersion, activeFrom, quorum, keys, operators, pqKeyHashes);
    }

    /// @inheritdoc IOracleCommittee
    function currentConfigVersion() public view returns (uint32) {
        uint32 announced = _announced;
        if (announced == 0) return 0;
        return block.timestamp < _activeFrom(announced) ? _predecessor : announced;
    }

    /// @inheritdoc IOracleCommittee
    function configuration(
        uint32 configVersion
    ) public view returns (address[] memory operators, uint8 quorum, uint40 activeFrom, uint40 activeUntil) {
        bytes memory code = _keys[configVersion].code;
        if (code.length == 0) revert Committee_UnknownConfiguration(configVersion);
        operators = new address[]((code.length - HEAD_BYTES) / OPERATOR_BYTES);
        for (uint256 i = 0; i < operators.length; ++i) {
            address operator;
            assembly ("memory-safe") {
                // within the code: its length word ends where the code begins, 12 bytes of head before the first
                operator := shr(96, shl(96, mload(add(add(code, 0x20), mul(i, 20)))))
            }
            operators[i] = operator;
        }
        (quorum, activeUntil) = (_standings[configVersion].quorum, _standings[configVersion].activeUntil);
        activeFrom = _activeFrom(configVersion);
    }

    /// @dev Reverts unless exactly the quorum of the configuration in force signed `digest`, and nothing is paused. What it
    /// compares is one hash over all operators: those who signed, as recovered, and the others, as given.
    /// @param signers bit i is operator i
    /// @param signatures of the q operators whose bits are set, then the addresses of the others, in order both
    function _requireQuorum(
        uint32 configVersion,
        uint32 signers,
        bytes32 digest,
        bytes calldata signatures
    ) internal view {
        Standing storage standing = _standings[configVersion];
        uint256 rest = signers;
        bool right;
        assembly ("memory-safe") {
            let word := sload(standing.slot) // all four of its fields
            let quorum := and(shr(168, word), 0xff)
            // the bytes of signatures, then those of addresses: huge when there are too few signatures
            let size := shl(6, quorum)
            let signature := signatures.offset
            let other := add(signature, size)
            size := sub(signatures.length, size)
            let inForce := lt(and(shr(176, word), 0xffffffffff), add(timestamp(), 1))
            inForce := and(inForce, lt(timestamp(), shr(216, word)))
            if and(inForce, lt(size, MOST_OTHERS_BYTES)) {
                let operators := mload(0x40)
                size := shl(5, add(quorum, div(size, 20))) // now of all operators, a word each
                // Zeros, which are no operator: a signature that nobody can have made has no answer, not one byte, and
                // what lay there before could be anybody's choice.
                calldatacopy(operators, calldatasize(), size)
                // The input of ecrecover lies over the free pointer and the zero slot; both are restored below.
                mstore(0x00, digest)
                let operator := operators
                for {
                    let end := add(operators, size)
                } 1 {} {
                    // most operators sign, so the least work goes between two who do
                    for {} and(rest, 1) {} {
                        let vs := calldataload(add(0x20, signature))
                        mstore(0x20, add(27, shr(255, vs)))
                        mstore(0x40, calldataload(signature))
                        mstore(0x60, and(S_MASK, vs))
                        pop(staticcall(gas(), 1, 0x00, 0x80, operator, 0x20))
                        signature := add(signature, 0x40)
                        operator := add(operator, 0x20)
                        rest := shr(1, rest)
                    }
                    if iszero(lt(operator, end)) {
                        break
                    }
                    mstore(operator, shr(96, calldataload(other)))
                    other := add(other, 20)
                    operator := add(operator, 0x20)
                    rest := shr(1, rest)
                }
                mstore(0x40, operators)
                mstore(0x60, 0)

                // 168 bits of the hash; no signer beyond the last operator; all addresses used, so all signatures too
                let wrong := shl(88, xor(keccak256(operators, size), word))
                wrong := or(wrong, or(rest, xor(operator, add(operators, size))))
                right := iszero(or(wrong, xor(other, add(signatures.offset, signatures.length))))
            }
        }
        if (!right) _refuse(configVersion, signers, digest, signatures);
    }

    /// @inheritdoc ExpiringPause
    /// @dev Only these two can be in force before the pause ends; one announced meanwhile opens no earlier either.
    function _afterPause(uint40 until) internal override {
        _open(_standings[_announced], until);
        _open(_standings[_predecessor], until);
    }

    function _open(Standing storage standing, uint40 from) private {
        if (standing.openFrom < from) standing.openFrom = from;
    }

    /// @dev Says what is wrong, once something is known to be: slower, and with a library, so that one checks the other.
    function _refuse(uint32 configVersion, uint256 signers, bytes32 digest, bytes calldata signatures) private view {
        uint32 current = currentConfigVersion();
        if (configVersion != current || current == 0) revert Committee_NotCurrent(configVersion, current);
        _requireNotPaused();

        (address[] memory operators, uint256 quorum, , ) = configuration(configVersion);
        uint256 n = operators.length;
        if (signers >> n != 0) revert Committee_UnknownSigner(signers, n);
        uint256 count;
        for (uint256 bits = signers; bits != 0; bits &= bits - 1) ++count;
        if (count != quorum) revert Committee_QuorumMissed(count, quorum);
        uint256 expected = quorum * SIGNATURE_BYTES + (n - quorum) * OPERATOR_BYTES;
        if (signatures.length != expected) revert Committee_SignatureBytes(signatures.length, expected);

        (uint256 signature, uint256 other) = (0, quorum * SIGNATURE_BYTES);
        for (uint256 i = 0; i < n; ++i) {
            if ((signers >> i) & 1 == 0) {
                address given = address(bytes20(signatures[other:other + OPERATOR_BYTES]));
                if (given != operators[i]) revert Committee_WrongOther(i, given, operators[i]);
                other += OPERATOR_BYTES;
            } else {
                bytes32 r = bytes32(signatures[signature:signature + 32]);
                bytes32 vs = bytes32(signatures[signature + 32:signature + 64]);
                (address signer, , ) = ECDSA.tryRecover(digest, r, vs);
                if (signer != operators[i]) revert Committee_BadSignature(i, operators[i]);
                signature += SIGNATURE_BYTES;
            }
        }
    }

    function _activeFrom(uint32 configVersion) private view returns (uint40 activeFrom) {
        address keys = _keys[configVersion];
        assembly ("memory-safe") {
            extcodecopy(keys, 0x00, 0, 0x20)
            activeFrom := and(shr(208, mload(0x00)), 0xffffffffff)
        }
    }

    function _requireSound(address[] calldata operators, bytes32[] calldata pqKeyHashes, uint8 quorum) private pure {
        uint256 n = operators.length;
        if (n < MIN_OPERATORS || n > MAX_OPERATORS) revert Committee_SizeOutOfRange(n);
        if (pqKeyHashes.length != n) revert Committee_KeyHashesMismatch(n, pqKeyHashes.length);
        uint256 faulty = (n - 1) / 3;
        uint256 least = (n + faulty) / 2 + 1;
        if (quorum < least || quorum > n - faulty) revert Committee_QuorumOutOfRange(quorum, least, n - faulty);
        address below = address(0);
        for (uint256 i = 0; i < n; ++i) {
            if (operators[i] <= below) revert Committee_OperatorsNotAscending(i, operators[i]);
            below = operators[i];
        }
    }

    function _deploy(
        address[] calldata operators,
        uint8 quorum,
        uint32 configVersion,
        uint40 activeFrom
    ) private returns (address keys) {
        bytes memory code = abi.encodePacked(bytes1(0x00), activeFrom, configVersion, quorum, uint8(operators.length));
        for (uint256 i = 0; i < operators.length; ++i) {
            code = bytes.concat(code, bytes20(operators[i]));
        }
        // PUSH2 length, DUP1, PUSH1 10, RETURNDATASIZE, CODECOPY, RETURNDATASIZE, RETURN
        bytes memory creation = bytes.concat(hex"61", bytes2(uint16(code.length)), hex"80600a3d393df3", code);
        assembly ("memory-safe") {
            keys := create(0, add(creation, 0x20), mload(creation))
        }
        if (keys == address(0)) revert Committee_DeploymentFailed();
    }
}
