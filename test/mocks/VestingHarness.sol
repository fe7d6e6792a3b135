// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Vesting} from "../../contracts/funding/commons/Vesting.sol";

/// @dev Makes the library's function callable.
contract VestingHarness {
    function vested(
        uint256 assets,
        uint256 startAt,
        uint256 cliffAt,
        uint256 endAt,
        uint256 time
    ) external pure returns (uint256) {
        return Vesting.vested(assets, startAt, cliffAt, endAt, time);
    }
}
