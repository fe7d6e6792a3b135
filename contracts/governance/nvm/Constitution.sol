// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {CodeData} from "../../capital/CodeData.sol";
import {ConditionHead} from "./ConditionHead.sol";
import {ConditionList} from "./ConditionList.sol";
import {Condition, ConditionId, IConstitution} from "./IConstitution.sol";

/// @title What every decision must leave standing
/// @dev Holds nothing and calls nothing but what conditions name, by staticcall. The conditions are the code of a contract: reading them all
/// costs one slot and one cold account, however many they are.
contract Constitution is IConstitution {
    using ConditionList for bytes;
    using ConditionList for Condition;

    /// @dev So many of the longest fit into one contract's code (EIP-170): 64 · (96 + 260) + 1 bytes.
    uint256 private constant MOST_CONDITIONS = 64;
    /// @dev A selector, and eight words with it.
    uint256 private constant LEAST_DATA_BYTES = 4;
    uint256 private constant MOST_DATA_BYTES = 260;
    uint256 private constant LEAST_GAS_CAP = 10_000;
    uint256 private constant MOST_GAS_CAP = 200_000;
    /// @dev All conditions, twice, leave most of a transaction (2^24 gas, EIP-7825) to what a decision does.
    uint256 private constant MOST_GAS_CAPS = 3_200_000;

    /// @inheritdoc IConstitution
    address public immutable safe;

    address private _list; // its code; the zero address while there is no condition

    modifier onlySafe() {
        if (msg.sender != safe) revert Constitution_NotSafe(msg.sender);
        _;
    }

    constructor(address safe_) {
        safe = safe_;
    }

    /// @inheritdoc IConstitution
    function add(Condition[] calldata added) external onlySafe {
        bytes memory list = _read();
        ConditionId[] memory ids = new ConditionId[](MOST_CONDITIONS);
        uint256 gasCaps;
        for (uint256 offset = 0; offset < list.length;) {
            ConditionHead head = list.headAt(offset);
            ids[head.index()] = list.conditionAt(offset).idOf();
            gasCaps += head.gasCap();
            offset = ConditionList.next(offset, head);
        }
        for (uint256 i = 0; i < added.length; ++i) {
            Condition calldata one = added[i];
            _check(one);
            ConditionId id = one.idOf();
            uint256 index = _freeIndex(ids, id);
            ids[index] = id;
            gasCaps += one.gasCap;
            list = list.append(index, one);
            emit ConditionAdded(index, id, one.target, one.gasCap, one.word, one.data, one.least, one.most);
        }
        if (gasCaps > MOST_GAS_CAPS) revert Constitution_GasCapsTooHigh(gasCaps, MOST_GAS_CAPS);
        _write(list);
    }

    /// @inheritdoc IConstitution
    function remove(uint256[] calldata indices) external onlySafe {
        bytes memory list = _read();
        for (uint256 i = 0; i < indices.length; ++i) {
            uint256 offset = _find(list, indices[i]);
            emit ConditionRemoved(indices[i], list.conditionAt(offset).idOf());
            list = list.without(offset);
        }
        _write(list);
    }

    /// @inheritdoc IConstitution
    function holding() external view returns (uint256 bitmap) {
        return _look(_read(), type(uint256).max);
    }

    /// @inheritdoc IConstitution
    /// @dev A condition that took the place of one that held before is taken to have held: the decision that added it
    /// made it hold, or reverts.
    function requireStill(uint256 heldBefore) external view {
        bytes memory list = _read();
        uint256 lost = heldBefore & ~_look(list, heldBefore);
        if (lost == 0) return;
        // broken, or removed
        for (uint256 offset = 0; offset < list.length;) {
            ConditionHead head = list.headAt(offset);
            if (lost & (1 << head.index()) != 0) revert Constitution_Broken(head.index(), head.target());
            offset = ConditionList.next(offset, head);
        }
    }

    /// @inheritdoc IConstitution
    function conditions() external view returns (Condition[] memory all) {
        bytes memory list = _read();
        all = new Condition[](MOST_CONDITIONS);
        uint256 count;
        for (uint256 offset = 0; offset < list.length;) {
            ConditionHead head = list.headAt(offset);
            all[head.index()] = list.conditionAt(offset);
            count = Math.max(count, head.index() + 1);
            offset = ConditionList.next(offset, head);
        }
        assembly ("memory-safe") {
            mstore(all, count)
        }
    }

    function _look(bytes memory list, uint256 among) private view returns (uint256 held) {
        ConditionHead starved;
        (held, starved) = list.look(among);
        if (ConditionHead.unwrap(starved) != 0) revert Constitution_OutOfGas(starved.index(), starved.gasCap());
    }

    function _find(bytes memory list, uint256 index) private pure returns (uint256 offset) {
        while (offset < list.length) {
            ConditionHead head = list.headAt(offset);
            if (head.index() == index) return offset;
            offset = ConditionList.next(offset, head);
        }
        revert Constitution_UnknownIndex(index);
    }

    function _check(Condition calldata one) private view {
        if (one.target.code.length == 0) revert Constitution_NoCode(one.target);
        if (one.target == address(this)) revert Constitution_AboutItself();
        uint256 length = one.data.length;
        if (length < LEAST_DATA_BYTES || length > MOST_DATA_BYTES) {
            revert Constitution_DataLengthOutOfRange(length, LEAST_DATA_BYTES, MOST_DATA_BYTES);
        }
        if (one.least > one.most) revert Constitution_EmptyRange(one.least, one.most);
        if (one.gasCap < LEAST_GAS_CAP || one.gasCap > MOST_GAS_CAP) {
            revert Constitution_GasCapOutOfRange(one.gasCap, LEAST_GAS_CAP, MOST_GAS_CAP);
        }
    }

    /// @dev The lowest that nothing has.
    function _freeIndex(ConditionId[] memory ids, ConditionId id) private pure returns (uint256 index) {
        index = MOST_CONDITIONS;
        for (uint256 i = MOST_CONDITIONS; i != 0; --i) {
            ConditionId other = ids[i - 1];
            if (ConditionId.unwrap(other) == ConditionId.unwrap(id)) revert Constitution_AlreadyAdded(i - 1, id);
            if (ConditionId.unwrap(other) == 0) index = i - 1;
        }
        if (index == MOST_CONDITIONS) revert Constitution_Full(MOST_CONDITIONS);
    }

    function _read() private view returns (bytes memory) {
        return _list == address(0) ? bytes("") : CodeData.read(_list);
    }

    /// @dev By CREATE: nobody else can put anything at its address.
    function _write(bytes memory list) private {
        _list = list.length == 0 ? address(0) : CodeData.write(list);
    }
}
