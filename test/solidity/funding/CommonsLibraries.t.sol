// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {DelayedAmount} from "../../../contracts/funding/commons/DelayedAmount.sol";
import {RollingSum} from "../../../contracts/funding/commons/RollingSum.sol";
import {Vesting} from "../../../contracts/funding/commons/Vesting.sol";

/// @dev The libraries of the commons, each against a reference written for being obvious.
contract CommonsLibrariesTest is Test {
    RollingSum private _sum;
    DelayedAmount private _amount;

    function testFuzz_vestsAsTheReferenceSaysAndNeverLess(
        uint128 assets,
        uint40 startAt,
        uint32 length,
        uint32 cliff,
        uint40 time,
        uint32 later
    ) external pure {
        uint256 endAt = uint256(startAt) + 1 + length;
        uint256 cliffAt = startAt + (cliff % (uint256(length) + 2));
        uint256 vested = Vesting.vested(assets, startAt, cliffAt, endAt, time);
        uint256 expected;
        if (time >= cliffAt) {
            uint256 elapsed = Math.min(time, endAt) - startAt;
            expected = Math.mulDiv(assets, elapsed, endAt - startAt);
        }
        assertEq(vested, expected);
        assertLe(vested, assets);
        assertLe(vested, Vesting.vested(assets, startAt, cliffAt, endAt, uint256(time) + later), "falls");
        assertEq(Vesting.vested(assets, startAt, cliffAt, endAt, endAt), assets, "all in the end");
    }

    function testFuzz_keepsTheShareRoundedUpAndSplittingKeepsNoLess(
        uint128 assets,
        uint128 part,
        uint16 keptBps
    ) external pure {
        keptBps = uint16(keptBps % 10_001);
        part = assets == 0 ? 0 : part % assets;
        uint256 kept = Vesting.kept(assets, keptBps);
        assertEq(kept, Math.mulDiv(assets, keptBps, 1e4, Math.Rounding.Ceil));
        assertLe(kept, assets);
        assertGe(Vesting.kept(part, keptBps) + Vesting.kept(assets - part, keptBps), kept, "splitting keeps less");
    }

    /// @dev Twenty additions at any times, asked at the times of all windows that end or begin with one of them.
    function testFuzz_countsExactlyWhatWasAddedAfter(uint256 seed, uint32 period) external {
        period = uint32(_bound(period, 1, 30 days));
        uint256[20] memory times;
        uint256[20] memory added;
        vm.warp(1_700_000_000);
        for (uint256 i = 0; i < 20; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            // at the same second, exactly a period later, or anywhere
            uint256 step =
                seed % 4 == 0
                    ? 0
                    : seed % 4 == 1
                        ? period
                        : (seed >> 8) % (uint256(period) * 2);
            vm.warp(block.timestamp + step);
            (times[i], added[i]) = (block.timestamp, (seed >> 128) % 1e18);
            _sum.add(added[i]);
            uint256 expected;
            for (uint256 j = 0; j <= i; ++j) if (times[j] > block.timestamp - period) expected += added[j];
            assertEq(_sum.inLast(period), expected);
        }
    }

    function testFuzz_anAmountIsWhatWasLastAnnouncedAndCameIntoForce(uint256 seed) external {
        uint256[12] memory toldAt;
        uint256[12] memory told;
        vm.warp(1_700_000_000);
        assertEq(_amount.valueAt(block.timestamp), 0);
        for (uint256 i = 0; i < 12; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 step = seed % 3 == 0 ? 14 days : (seed >> 8) % 30 days;
            vm.warp(block.timestamp + step);
            (toldAt[i], told[i]) = (block.timestamp, uint104(seed >> 128));
            _amount.announce(uint104(told[i]), block.timestamp, uint40(block.timestamp + 14 days));
            for (uint256 ahead = 0; ahead <= 28 days; ahead += 7 days) {
                uint256 time = block.timestamp + ahead;
                uint256 expected;
                for (uint256 j = 0; j <= i; ++j) {
                    bool dropped = j < i && toldAt[j + 1] < toldAt[j] + 14 days;
                    if (toldAt[j] + 14 days <= time && !dropped) expected = told[j];
                }
                assertEq(_amount.valueAt(time), expected);
            }
        }
    }
}
