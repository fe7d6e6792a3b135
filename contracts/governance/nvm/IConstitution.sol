// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice "Word number `word` of what `target` answers to `data` lies in `least` … `most`". The call is a staticcall that gets `gasCap`.
/// Anything else does not hold: a revert, an answer without that word, too little gas, no code there any more.
struct Condition {
    address target;
    uint32 gasCap;
    uint8 word; // of 32 bytes, from 0; what follows it in the answer is not looked at
    bytes data; // calldata: a selector and what it takes
    uint256 least; // the word is compared as an unsigned number
    uint256 most; // may be `least`
}

/// @notice keccak256(target ‖ word ‖ data): which word, whatever bounds and cap.
type ConditionId is bytes32;

/// @title What every decision must leave standing
/// @notice Registered conditions are evaluated before and after each execution. One that held before and does not after reverts
/// the whole decision; one that did not hold before stops nobody. Emergencies skip them.
///
/// What one word of one contract cannot say is said by a view that answers 1: a pool's `isSolvent()`, or a contract written for it.
///
/// A check that itself breaks (that always holds before and never after, by burning its gas for example) can be removed: a decision whose
/// one call is `remove` of one, executed 21 days or more after its quorum of five, skips the conditions.
/// @dev INV-NVM-6. No caller can make a condition seem not to hold before by sending little gas: each gets its full cap or the
/// evaluation reverts. What a target returns costs the target only: one word of it is copied. An account whose code can change (a proxy,
/// an EOA that delegates) answers whatever its owner wants, so that a condition about it protects from everybody but its owner.
interface IConstitution {
    event ConditionAdded(
        uint256 indexed index,
        ConditionId indexed id,
        address target,
        uint32 gasCap,
        uint8 word,
        bytes data,
        uint256 least,
        uint256 most
    );
    event ConditionRemoved(uint256 indexed index, ConditionId indexed id);

    error Constitution_NotSafe(address caller);
    error Constitution_NoCode(address target);
    /// @notice A look would look at itself.
    error Constitution_AboutItself();
    error Constitution_DataLengthOutOfRange(uint256 length, uint256 least, uint256 most);
    error Constitution_EmptyRange(uint256 least, uint256 most);
    error Constitution_GasCapOutOfRange(uint256 gasCap, uint256 least, uint256 most);
    /// @notice All caps together.
    error Constitution_GasCapsTooHigh(uint256 gasCaps, uint256 most);
    error Constitution_Full(uint256 most);
    /// @notice The same word of the same answer has a condition: one with other bounds takes its place when it is removed.
    error Constitution_AlreadyAdded(uint256 index, ConditionId id);
    error Constitution_UnknownIndex(uint256 index);
    /// @notice Not enough gas was sent to give the condition its cap.
    error Constitution_OutOfGas(uint256 index, uint256 gasCap);
    error Constitution_Broken(uint256 index, address target);

    function safe() external view returns (address);

    /// @notice Bit i: condition i is registered and holds now.
    function holding() external view returns (uint256 bitmap);

    /// @notice Reverts with Constitution_Broken for a condition that is registered, held before and does not now.
    function requireStill(uint256 heldBefore) external view;

    /// @notice Safe only, as `remove`. Each takes the lowest free index, below 64. Either writes all that are left anew, at 200 gas a byte:
    /// many are cheaper at once.
    function add(Condition[] calldata added) external;

    function remove(uint256[] calldata indices) external;

    /// @notice By index. A free one below the highest in use has the zero address as its target.
    function conditions() external view returns (Condition[] memory);
}
