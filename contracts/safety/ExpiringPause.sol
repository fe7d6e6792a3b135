// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IExpiringPause} from "./IExpiringPause.sol";

/// @title A pause that ends by itself
/// @notice There is nothing to lift and nobody to lift it: the most that whoever holds the role can do is 72 hours, then
/// wait a week; another role can add as much, once. Inheritors decide what `whenNotPaused` guards.
/// @dev With the authority of AccessManaged, the state shares one slot.
abstract contract ExpiringPause is IExpiringPause, AccessManaged {
    uint40 internal constant MAX_PAUSE_SECONDS = 72 hours;
    uint40 internal constant PAUSE_COOLDOWN_SECONDS = 7 days;

    // 5 + 5 + 1 bytes
    uint40 private _pausedUntil;
    uint40 private _pausedTotal; // seconds of all pauses, the present one counted to its end
    bool private _extended; // the last pause was
    // in a slot of its own, which nothing reads that is in time
    uint40 private _pausedFrom; // of the last pause

    modifier whenNotPaused() {
        _requireNotPaused();
        _;
    }

    /// @inheritdoc IExpiringPause
    function pause(uint40 durationSeconds) external restricted {
        if (durationSeconds == 0) revert Pause_Empty();
        if (durationSeconds > MAX_PAUSE_SECONDS) revert Pause_TooLong(durationSeconds, MAX_PAUSE_SECONDS);
        uint256 lastEnd = _pausedUntil;
        if (lastEnd != 0 && block.timestamp < lastEnd + PAUSE_COOLDOWN_SECONDS) {
            revert Pause_TooSoon(lastEnd + PAUSE_COOLDOWN_SECONDS);
        }
        uint40 until = uint40(block.timestamp) + durationSeconds;
        _pausedUntil = until;
        _pausedFrom = uint40(block.timestamp);
        _pausedTotal += durationSeconds;
        _extended = false;
        emit Paused(_msgSender(), until);
        _afterPause(until);
    }

    /// @inheritdoc IExpiringPause
    function extendPause(uint40 durationSeconds, bytes32 cause) external restricted {
        if (durationSeconds == 0) revert Pause_Empty();
        if (durationSeconds > MAX_PAUSE_SECONDS) revert Pause_TooLong(durationSeconds, MAX_PAUSE_SECONDS);
        uint40 until = _pausedUntil;
        if (block.timestamp >= until) revert Pause_NotPaused();
        if (_extended) revert Pause_AlreadyExtended(until);
        until += durationSeconds;
        _pausedUntil = until;
        _pausedTotal += durationSeconds;
        _extended = true;
        emit PauseExtended(_msgSender(), until, cause);
        _afterPause(until);
    }

    /// @inheritdoc IExpiringPause
    function pausedUntil() public view returns (uint40) {
        return _pausedUntil;
    }

    /// @inheritdoc IExpiringPause
    function pausedSeconds() public view returns (uint40) {
        (uint40 until, uint40 total) = (_pausedUntil, _pausedTotal);
        // until > now only during a pause, and then until - now is part of the total
        return block.timestamp < until ? total - (until - uint40(block.timestamp)) : total;
    }

    /// @dev For inheritors that keep a copy of the end where they read it more cheaply.
    function _afterPause(uint40 until) internal virtual {}

    /// @dev A deadline that fell into the last pause, moved behind it with all that was left of it when the pause began; any
    /// other as it is. For deadlines of which nobody knows when they were set.
    function _movedByPause(uint256 deadline) internal view returns (uint256) {
        (uint256 from, uint256 until) = (_pausedFrom, _pausedUntil);
        return from <= deadline && deadline < until ? until + (deadline - from) : deadline;
    }

    function _requireNotPaused() internal view {
        if (block.timestamp < _pausedUntil) revert Pause_Paused(_pausedUntil);
    }
}
