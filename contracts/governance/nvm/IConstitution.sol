// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Something that, once it holds, no decision may end
interface ICondition {
    /// @dev Called with staticcall and a gas cap. Anything but exactly one word of value 1 is "does not hold": a revert, too
    /// little gas, malformed data.
    function holds() external view returns (bool);
}

/// @title What every decision must leave standing
/// @notice Registered conditions are evaluated before and after each execution. One that held before and does not after reverts
/// the whole decision; one that did not hold before stops nobody. Emergencies skip them.
///
/// A check that itself breaks (that always holds before and never after, by burning its gas for example) can be removed: a decision whose
/// one call is `remove`, executed 21 days or more after its quorum of five, skips the conditions.
/// @dev INV-NVM-6. No caller can make a condition seem not to hold before by sending little gas: each gets its full cap or the
/// evaluation reverts.
interface IConstitution {
    event ConditionAdded(uint256 indexed index, address indexed condition, uint32 gasCap);
    event ConditionRemoved(uint256 indexed index, address indexed condition);

    error Constitution_NotSafe(address caller);
    error Constitution_NoCode(address condition);
    error Constitution_GasCapOutOfRange(uint256 gasCap, uint256 least, uint256 most);
    error Constitution_Full(uint256 most);
    error Constitution_AlreadyAdded(address condition);
    error Constitution_UnknownIndex(uint256 index);
    /// @notice Not enough gas was sent to give the condition its cap.
    error Constitution_OutOfGas(uint256 index, uint256 gasCap);
    error Constitution_Broken(uint256 index, address condition);

    function safe() external view returns (address);

    /// @notice Bit i: condition i is registered and holds now.
    function holding() external view returns (uint256 bitmap);

    /// @notice Reverts with Constitution_Broken for a condition that is registered, held before and does not now.
    function requireStill(uint256 heldBefore) external view;

    /// @notice Safe only, as `remove`. Takes the lowest free index, below 16.
    function add(address condition, uint32 gasCap) external returns (uint256 index);

    function remove(uint256 index) external;

    function conditionAt(uint256 index) external view returns (address condition, uint32 gasCap);

    /// @notice One past the highest index in use.
    function conditionCount() external view returns (uint256);
}
