// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {ExpiringPause} from "../../../contracts/safety/ExpiringPause.sol";
import {IExpiringPause} from "../../../contracts/safety/IExpiringPause.sol";

contract Pausable is ExpiringPause {
    uint40 public told;

    constructor(address authority) AccessManaged(authority) {}

    function guarded() external view whenNotPaused returns (bool) {
        return true;
    }

    function _afterPause(uint40 until) internal override {
        told = until;
    }
}

contract ExpiringPauseTest is Test {
    AccessManager private authority = new AccessManager(address(this));
    Pausable private pausable;
    uint40 private constant START = 1_500_000_000;

    function setUp() public {
        vm.warp(START);
        pausable = new Pausable(address(authority));
    }

    function test_aFreshContractIsNotPausedAndHasNeverBeen() public view {
        assertTrue(pausable.guarded());
        assertEq(pausable.pausedUntil(), 0);
        assertEq(pausable.pausedSeconds(), 0);
    }

    function test_onlyWhomTheAuthorityAllowsMayPause() public {
        vm.prank(address(0xbad));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(0xbad)));
        pausable.pause(1);
    }

    function test_aPauseTellsWhoAndUntilWhen_andItsInheritorToo() public {
        vm.expectEmit(address(pausable));
        emit IExpiringPause.Paused(address(this), START + 1 hours);
        pausable.pause(1 hours);
        assertEq(pausable.pausedUntil(), START + 1 hours);
        assertEq(pausable.told(), START + 1 hours);
    }

    function test_aPauseEndsByItselfToTheSecond() public {
        pausable.pause(72 hours);
        vm.warp(START + 72 hours - 1);
        vm.expectRevert(abi.encodeWithSelector(IExpiringPause.Pause_Paused.selector, START + 72 hours));
        pausable.guarded();
        vm.warp(START + 72 hours);
        assertTrue(pausable.guarded());
    }

    function test_aPauseOfNoTimeIsRefused() public {
        vm.expectRevert(IExpiringPause.Pause_Empty.selector);
        pausable.pause(0);
    }

    function test_moreThan72HoursIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(IExpiringPause.Pause_TooLong.selector, 72 hours + 1, 72 hours));
        pausable.pause(72 hours + 1);
    }

    function test_aPauseCannotBeRepeatedWithinAWeekOfItsEnd() public {
        pausable.pause(10 hours);
        uint256 nextAt = START + 10 hours + 7 days;
        bytes memory tooSoon = abi.encodeWithSelector(IExpiringPause.Pause_TooSoon.selector, nextAt);
        vm.expectRevert(tooSoon);
        pausable.pause(10 hours);
        vm.warp(nextAt - 1);
        vm.expectRevert(tooSoon);
        pausable.pause(10 hours);
        vm.warp(nextAt);
        pausable.pause(10 hours);
        assertEq(pausable.pausedUntil(), nextAt + 10 hours);
    }

    function test_pausedSecondsRunsWithTheClockAndStopsWithThePause() public {
        pausable.pause(100);
        assertEq(pausable.pausedSeconds(), 0);
        vm.warp(START + 40);
        assertEq(pausable.pausedSeconds(), 40);
        vm.warp(START + 100);
        assertEq(pausable.pausedSeconds(), 100);
        vm.warp(START + 30 days);
        assertEq(pausable.pausedSeconds(), 100);
        pausable.pause(7);
        vm.warp(START + 30 days + 5);
        assertEq(pausable.pausedSeconds(), 105);
    }

    function test_onlyWhomTheAuthorityAllowsMayExtend_andThatIsAnotherRole() public {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = pausable.pause.selector;
        authority.setTargetFunctionRole(address(pausable), selectors, 1);
        authority.grantRole(1, address(0xbad), 0);
        vm.startPrank(address(0xbad));
        pausable.pause(1 hours);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(0xbad)));
        pausable.extendPause(1 hours, "cause");
    }

    function test_aRunningPauseIsExtendedOnce_byAtMost72Hours_andSaysWhy() public {
        vm.expectRevert(IExpiringPause.Pause_NotPaused.selector);
        pausable.extendPause(1, "cause");
        pausable.pause(72 hours);
        vm.warp(START + 72 hours - 1);
        vm.expectRevert(IExpiringPause.Pause_Empty.selector);
        pausable.extendPause(0, "cause");
        vm.expectRevert(abi.encodeWithSelector(IExpiringPause.Pause_TooLong.selector, 72 hours + 1, 72 hours));
        pausable.extendPause(72 hours + 1, "cause");
        vm.expectEmit(address(pausable));
        emit IExpiringPause.PauseExtended(address(this), START + 144 hours, "cause");
        pausable.extendPause(72 hours, "cause");
        assertEq(pausable.pausedUntil(), START + 144 hours);
        assertEq(pausable.told(), START + 144 hours);
        vm.expectRevert(abi.encodeWithSelector(IExpiringPause.Pause_AlreadyExtended.selector, START + 144 hours));
        pausable.extendPause(1, "cause");
        vm.warp(START + 144 hours);
        assertTrue(pausable.guarded());
        vm.expectRevert(IExpiringPause.Pause_NotPaused.selector);
        pausable.extendPause(1, "cause");
    }

    function test_anExtendedPauseKeepsTheNextOneAWeekAway_whichCanBeExtendedAgain() public {
        pausable.pause(1 hours);
        pausable.extendPause(2 hours, "cause");
        uint256 nextAt = START + 3 hours + 7 days;
        vm.warp(nextAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IExpiringPause.Pause_TooSoon.selector, nextAt));
        pausable.pause(1 hours);
        vm.warp(nextAt);
        pausable.pause(1 hours);
        pausable.extendPause(1 hours, "cause");
        assertEq(pausable.pausedUntil(), nextAt + 2 hours);
    }

    /// @dev The reference counts the seconds at which `guarded` refuses, one by one.
    function testFuzz_pausedSecondsCountAnExtensionToo(uint8 first, uint8 extendedAfter, uint8 more) public {
        uint40 a = uint40(bound(first, 1, 60));
        uint256 later = bound(extendedAfter, 0, a - 1);
        uint40 b = uint40(bound(more, 1, 60));
        uint256 refused;
        pausable.pause(a);
        for (uint256 t = START; t < START + a + b + 5; ++t) {
            vm.warp(t);
            assertEq(pausable.pausedSeconds(), refused);
            if (t == START + later) pausable.extendPause(b, "cause");
            assertEq(pausable.pausedSeconds(), refused);
            if (_refuses()) ++refused;
        }
        assertEq(refused, uint256(a) + b);
    }

    /// @dev The reference counts the seconds at which `guarded` refuses, one by one.
    function testFuzz_pausedSecondsIsTheNumberOfSecondsInWhichTheGuardRefused(
        uint8 first,
        uint8 idle,
        uint8 second
    ) public {
        uint40 a = uint40(bound(first, 1, 60));
        uint40 b = uint40(bound(second, 1, 60));
        uint256 refused;
        pausable.pause(a);
        for (uint256 t = START; t < START + a + 5; ++t) {
            vm.warp(t);
            assertEq(pausable.pausedSeconds(), refused);
            if (_refuses()) ++refused;
        }
        uint256 restart = START + a + 7 days + idle;
        vm.warp(restart);
        pausable.pause(b);
        for (uint256 t = restart; t < restart + b + 5; ++t) {
            vm.warp(t);
            assertEq(pausable.pausedSeconds(), refused);
            if (_refuses()) ++refused;
        }
        assertEq(refused, uint256(a) + b);
    }

    function _refuses() private view returns (bool) {
        try pausable.guarded() returns (bool) {
            return false;
        } catch {
            return true;
        }
    }
}
