// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Vesting and shares, to the last unit
/// @notice The definitions of `standards/commons.md`. What cannot be divided stays in the commons, both times.
library Vesting {
    uint256 internal constant UNIT_BPS = 1e4;

    /// @notice What of `assets` has vested at `time`: nothing before `cliffAt`, all from `endAt` on, and between them as much as
    /// the time since `startAt` is of the whole, rounded down.
    /// @dev INV-COM-5: never falls as `time` grows. Assumes startAt < endAt unless time ≥ endAt, and assets below 2^128.
    function vested(
        uint256 assets,
        uint256 startAt,
        uint256 cliffAt,
        uint256 endAt,
        uint256 time
    ) internal pure returns (uint256) {
        if (time >= endAt) return assets;
        if (time < cliffAt || time < startAt) return 0;
        return (assets * (time - startAt)) / (endAt - startAt);
    }

    /// @notice What of `assets` stays where the share is `keptBps`, rounded up: so splitting an amount never keeps less of it.
    /// @dev Assumes keptBps ≤ 1e4 and assets below 2^128; then the result is at most `assets`.
    function kept(uint256 assets, uint256 keptBps) internal pure returns (uint256) {
        return (assets * keptBps + UNIT_BPS - 1) / UNIT_BPS;
    }
}
