// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title A pause that ends by itself and costs nobody a deadline
/// @notice `pausedSeconds` only grows; a deadline set when it was `a` has moved by `pausedSeconds() - a`.
interface IExpiringPause {
    event Paused(address indexed by, uint40 until);
    /// @param cause why, in the words of whoever extends it: for the NVM the emergency decision that it ratifies
    event PauseExtended(address indexed by, uint40 until, bytes32 indexed cause);

    error Pause_Paused(uint256 until);
    error Pause_Empty();
    error Pause_TooLong(uint256 durationSeconds, uint256 most);
    error Pause_TooSoon(uint256 nextAt);
    /// @notice Only a pause that is running is extended.
    error Pause_NotPaused();
    error Pause_AlreadyExtended(uint256 until);

    /// @notice Restricted. At least a second, at most 72 hours, and not again within 7 days after the last one ended.
    function pause(uint40 durationSeconds) external;

    /// @notice Restricted, to another role than `pause`. Once for each pause, while it runs: at least a second, at most 72 hours more.
    function extendPause(uint40 durationSeconds, bytes32 cause) external;

    /// @notice unix seconds; in the past when not paused
    function pausedUntil() external view returns (uint40);

    /// @notice Seconds spent paused since deployment, the present pause counted up to now.
    function pausedSeconds() external view returns (uint40);
}
