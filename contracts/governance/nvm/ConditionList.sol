// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";

import {ConditionHead} from "./ConditionHead.sol";
import {Condition, ConditionId} from "./IConstitution.sol";

/// @title Conditions one after the other, in bytes that are read where they lie
/// @notice Each: head 32 | least 32 | most 32 | data. Its index goes along with it, so that one that is taken out moves no other's.
/// @dev `offset` is where an entry begins, from 0: of use only if it was reached from 0 by `next`.
library ConditionList {
    uint256 private constant DATA = 96; // where an entry's begins
    /// @dev What a call itself takes from the gas at hand, with room: a cold account, and another to which it delegates.
    uint256 private constant CALL_GAS = 10_000;

    function append(bytes memory list, uint256 index, Condition calldata one) internal pure returns (bytes memory) {
        uint256 head = (uint256(uint160(one.target)) << 96) | (uint256(one.gasCap) << 64);
        head |= (uint256(one.word) << 56) | (index << 48) | one.data.length; // the last two bounded by whoever appends
        return abi.encodePacked(list, head, one.least, one.most, one.data);
    }

    function without(bytes memory list, uint256 offset) internal pure returns (bytes memory) {
        uint256 end = next(offset, headAt(list, offset));
        return bytes.concat(Bytes.slice(list, 0, offset), Bytes.slice(list, end));
    }

    function headAt(bytes memory list, uint256 offset) internal pure returns (ConditionHead) {
        return ConditionHead.wrap(_word(list, offset));
    }

    /// @dev Lengths are of 16 bits, and a list is of less than 2^16 bytes.
    function next(uint256 offset, ConditionHead head) internal pure returns (uint256) {
        unchecked {
            return offset + DATA + head.dataLength();
        }
    }

    function conditionAt(bytes memory list, uint256 offset) internal pure returns (Condition memory) {
        ConditionHead head = headAt(list, offset);
        return
            Condition({
                target: head.target(),
                gasCap: uint32(head.gasCap()),
                word: uint8(head.word()),
                data: Bytes.slice(list, offset + DATA, next(offset, head)),
                least: _word(list, offset + 32),
                most: _word(list, offset + 64)
            });
    }

    function idOf(Condition memory one) internal pure returns (ConditionId) {
        return ConditionId.wrap(keccak256(abi.encodePacked(one.target, one.word, one.data)));
    }

    /// @notice Asks the targets. Of what each returns one word is copied, to where nothing is kept.
    /// @dev INV-NVM-6. At most 63/64 of the gas at hand go along with a call: with less than its cap a condition could be made not to hold
    /// before, and so not be looked at after. In assembly, for it runs twice for each condition in each execution.
    /// @param among bit i: look at condition i
    /// @return held those of them that hold
    /// @return starved not 0: the first for whose cap there was not enough gas; none was looked at from there on
    function look(bytes memory list, uint256 among) internal view returns (uint256 held, ConditionHead starved) {
        assembly ("memory-safe") {
            let entry := add(list, 32)
            let end := add(entry, mload(list))
            for {} lt(entry, end) {} {
                let head := mload(entry)
                let length := and(head, 0xffff)
                let bit := shl(byte(25, head), 1)
                if and(among, bit) {
                    let gasCap := and(shr(64, head), 0xffffffff)
                    if lt(gas(), add(div(mul(gasCap, 64), 63), CALL_GAS)) {
                        starved := head
                        break
                    }
                    let success := staticcall(gasCap, shr(96, head), add(entry, 96), length, 0, 0)
                    let from := shl(5, byte(24, head))
                    if and(success, gt(returndatasize(), add(from, 31))) {
                        returndatacopy(0, from, 32)
                        let value := mload(0)
                        if iszero(or(lt(value, mload(add(entry, 32))), gt(value, mload(add(entry, 64))))) {
                            held := or(held, bit)
                        }
                    }
                }
                entry := add(add(entry, 96), length)
            }
        }
    }

    function _word(bytes memory list, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(list, 32), offset))
        }
    }
}
