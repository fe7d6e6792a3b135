// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ICondition, IConstitution} from "./IConstitution.sol";

/// @title What every decision must leave standing
/// @dev Holds nothing and calls nothing but conditions, by staticcall.
contract Constitution is IConstitution {
    // one slot: 20 + 4 bytes
    struct Registered {
        address condition;
        uint32 gasCap;
    }

    uint256 private constant MOST_CONDITIONS = 16;
    uint256 private constant LEAST_GAS_CAP = 10_000;
    /// @dev All conditions, twice, leave most of a block to what a decision does.
    uint256 private constant MOST_GAS_CAP = 200_000;
    /// @dev What the call itself takes from the gas at hand, a cold account included, with room.
    uint256 private constant CALL_GAS = 5_000;

    /// @inheritdoc IConstitution
    address public immutable safe;

    /// @inheritdoc IConstitution
    uint256 public conditionCount;
    mapping(uint256 index => Registered) private _registered;

    modifier onlySafe() {
        if (msg.sender != safe) revert Constitution_NotSafe(msg.sender);
        _;
    }

    constructor(address safe_) {
        safe = safe_;
    }

    /// @inheritdoc IConstitution
    function add(address condition, uint32 gasCap) external onlySafe returns (uint256 index) {
        if (condition.code.length == 0) revert Constitution_NoCode(condition);
        if (gasCap < LEAST_GAS_CAP || gasCap > MOST_GAS_CAP) {
            revert Constitution_GasCapOutOfRange(gasCap, LEAST_GAS_CAP, MOST_GAS_CAP);
        }
        index = MOST_CONDITIONS;
        uint256 count = conditionCount;
        for (uint256 i = count; i != 0; --i) {
            address other = _registered[i - 1].condition;
            if (other == condition) revert Constitution_AlreadyAdded(condition);
            if (other == address(0)) index = i - 1;
        }
        if (index == MOST_CONDITIONS) {
            if (count == MOST_CONDITIONS) revert Constitution_Full(MOST_CONDITIONS);
            index = count;
            conditionCount = count + 1;
        }
        _registered[index] = Registered(condition, gasCap);
        emit ConditionAdded(index, condition, gasCap);
    }

    /// @inheritdoc IConstitution
    function remove(uint256 index) external onlySafe {
        address condition = _registered[index].condition;
        if (condition == address(0)) revert Constitution_UnknownIndex(index);
        delete _registered[index];
        uint256 count = conditionCount;
        while (count != 0 && _registered[count - 1].condition == address(0)) --count;
        conditionCount = count;
        emit ConditionRemoved(index, condition);
    }

    /// @inheritdoc IConstitution
    function holding() external view returns (uint256 bitmap) {
        uint256 count = conditionCount;
        for (uint256 i = 0; i < count; ++i) if (_holds(i)) bitmap |= 1 << i;
    }

    /// @inheritdoc IConstitution
    /// @dev A condition that took the place of one that held before is taken to have held: the decision that added it
    /// made it hold, or reverts.
    function requireStill(uint256 heldBefore) external view {
        uint256 count = conditionCount;
        for (uint256 i = 0; i < count; ++i) {
            if (heldBefore & (1 << i) == 0 || _registered[i].condition == address(0)) continue;
            if (!_holds(i)) revert Constitution_Broken(i, _registered[i].condition);
        }
    }

    /// @inheritdoc IConstitution
    function conditionAt(uint256 index) external view returns (address condition, uint32 gasCap) {
        Registered memory registered = _registered[index];
        return (registered.condition, registered.gasCap);
    }

    /// @dev INV-NVM-6. At most 63/64 of the gas at hand go along with a call; with less than the cap a condition could be made
    /// not to hold before, and so not be looked at after.
    function _holds(uint256 index) private view returns (bool held) {
        Registered memory registered = _registered[index];
        (address condition, uint256 gasCap) = (registered.condition, registered.gasCap);
        if (condition == address(0)) return false;
        if (gasleft() < (gasCap * 64) / 63 + CALL_GAS) revert Constitution_OutOfGas(index, gasCap);
        bytes4 selector = ICondition.holds.selector;
        // into two words of scratch space, so that no condition makes this contract pay for what it returns
        assembly ("memory-safe") {
            mstore(0x00, selector)
            let success := staticcall(gasCap, condition, 0x00, 0x04, 0x00, 0x20)
            held := and(and(success, eq(returndatasize(), 0x20)), eq(mload(0x00), 1))
        }
    }
}
