// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice What a decision has to pass, the highest first: the class of several parts is the least of these numbers, and what
/// nobody listed is 0.
enum ActionClass {
    Constitutional,
    Ratification,
    Ordinary,
    Emergency
}

/// @notice How the calldata of a target is read.
/// @dev `Plain`: by its selector alone. The next three carry calls of others, which are read too. `Protected`: always
/// constitutional, for ever.
enum TargetKind {
    Plain,
    MultiSend,
    Timelock,
    AccessManager,
    Protected
}

/// @notice A call the Safe makes. There are no delegatecalls.
struct Call {
    address to;
    uint256 value;
    bytes data;
}

/// @title The class of an action, from nothing but what it would do
/// @notice A table of target × selector, and the reading of calls that carry calls: MultiSend batches, schedules and executions of
/// OpenZeppelin's TimelockController and AccessManager. The highest class of any part wins; what is not listed, not readable
/// or shorter than a selector is constitutional. Listing is the Safe's alone, and itself constitutional.
///
/// Whatever the table says, constitutional are: the Safe, this table, every protected target; `setAuthority` on any target; of
/// an AccessManager `setTargetClosed`, `setTargetFunctionRole`, `setTargetAdminDelay`, `setRoleAdmin`, `setRoleGuardian`,
/// `setGrantDelay`, `updateAuthority`, and giving or taking its ADMIN role. Emergency is `pause(uint40)` on a target listed for it,
/// called directly, with no value: wrapped in anything it is ordinary at least. Value counts as the target's plain transfer.
/// @dev Calldata is read as the ABI decoder of the target reads it; what that would refuse is constitutional.
interface IActionClasses {
    event TargetSet(address indexed target, TargetKind kind);
    event ClassSet(address indexed target, bytes4 indexed selector, ActionClass actionClass);
    event TransferClassSet(address indexed target, ActionClass actionClass);

    error Actions_NotSafe(address caller);
    error Actions_Protected(address target);
    /// @notice Only pauses are emergencies.
    error Actions_NotPause(address target, bytes4 selector);
    error Actions_DelegateCall(address target);
    error Actions_TooDeep(uint256 most);
    error Actions_TooManyCalls(uint256 most);

    function safe() external view returns (address);

    /// @notice The class of a decision: the highest of its calls. Reverts for a delegatecall inside a batch, and beyond
    /// MOST_DEPTH and MOST_CALLS.
    function classOf(Call[] calldata calls) external view returns (ActionClass);

    /// @notice The class of a transaction that owners signed themselves. A delegatecall is refused, unless it is of a listed
    /// MultiSend, which is read.
    function classOfTransaction(
        address to,
        uint256 value,
        bytes calldata data,
        bool delegateCall
    ) external view returns (ActionClass);

    function kindOf(address target) external view returns (TargetKind);

    /// @notice The table's entry; it may be overruled, see above.
    function entryOf(address target, bytes4 selector) external view returns (ActionClass);

    function transferEntryOf(address target) external view returns (ActionClass);

    /// @notice Safe only, as all that follow. A protected target stays protected.
    function setTarget(address target, TargetKind kind) external;

    function setClasses(address target, bytes4[] calldata selectors, ActionClass actionClass) external;

    /// @notice Class of sending the native currency, with or without a call. Never an emergency.
    function setTransferClass(address target, ActionClass actionClass) external;

    /// @notice Calls inside calls, and calls in all, that are read.
    function MOST_DEPTH() external view returns (uint256);
    function MOST_CALLS() external view returns (uint256);
}
