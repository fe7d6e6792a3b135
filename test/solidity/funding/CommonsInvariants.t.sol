// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";

import {CommonsFund} from "../../../contracts/funding/commons/CommonsFund.sol";
import {Award, AwardKind, Book, Income, Setting} from "../../../contracts/funding/commons/ICommonsFund.sol";
import {InflowSource} from "../../../contracts/funding/commons/ICommonsInflow.sol";
import {TestStablecoin} from "../../mocks/TestStablecoin.sol";
import {CommonsHandler} from "./CommonsHandler.t.sol";

/// @dev What must hold after any sequence of the handler's actions, against its books. What one action must do is asserted inside it.
contract CommonsInvariantTest is Test {
    CommonsHandler private _handler;
    CommonsFund private _commons;

    function setUp() external {
        _handler = new CommonsHandler();
        _commons = _handler.commons();
        targetContract(address(_handler));
        bytes4[] memory actions = new bytes4[](17);
        actions[0] = _handler.warp.selector;
        actions[1] = _handler.deposit.selector;
        actions[2] = _handler.donate.selector;
        actions[3] = _handler.fetch.selector;
        actions[4] = _handler.grant.selector;
        actions[5] = _handler.stream.selector;
        actions[6] = _handler.pledge.selector;
        actions[7] = _handler.compensate.selector;
        actions[8] = _handler.again.selector;
        actions[9] = _handler.revoke.selector;
        actions[10] = _handler.collect.selector;
        actions[11] = _handler.redirect.selector;
        actions[12] = _handler.lapse.selector;
        actions[13] = _handler.anchor.selector;
        actions[14] = _handler.release.selector;
        actions[15] = _handler.announce.selector;
        actions[16] = _handler.raise.selector;
        targetSelector(FuzzSelector(address(_handler), actions));
    }

    function invariant_COM_1_allThatIsAwardedIsHeld() public view {
        for (uint256 i = 0; i < 2; ++i) {
            Book memory book = _commons.bookOf(_handler.tokens(i));
            assertEq(book.awarded, _handler.awarded(i), "awarded");
            assertLe(book.awarded, book.held, "awarded <= held");
            assertTrue(_commons.coversAwards(_handler.tokens(i)), "condition");
        }
    }

    /// @dev That no grant goes below the floor is asserted where grants are made: what can be granted is what the books say.
    function invariant_COM_2_grantsLeaveTheFloorAndCompensationMayUseIt() public view {
        for (uint256 i = 0; i < 2; ++i) {
            TestStablecoin token = _handler.tokens(i);
            assertEq(_commons.grantableAssets(token), _handler.grantable(i), "grantable");
            assertEq(_commons.freeAssets(token), _handler.free(i), "free");
            (uint256 floor, , ) = _commons.settingOf(token, Setting.Floor);
            assertEq(floor, _handler.settingAt(i, Setting.Floor, block.timestamp), "floor");
            uint256 granted = _commons.grantableAssets(token);
            if (granted != 0) assertGe(_commons.freeAssets(token) - granted, floor, "above the floor");
        }
    }

    function invariant_COM_3_theBalanceIsWhatTheBooksCount() public view {
        for (uint256 i = 0; i < 2; ++i) {
            TestStablecoin token = _handler.tokens(i);
            Book memory book = _commons.bookOf(token);
            assertEq(uint256(book.held) + book.due, token.balanceOf(address(_commons)), "balance");
            assertEq(book.held, _handler.held(i), "held");
            uint256 due;
            for (uint256 s = 0; s < 4; ++s) {
                due += _handler.given(i, s) - _handler.kept(i, s) - _handler.fetched(i, s);
            }
            assertEq(book.due, due, "due");
        }
    }

    /// @dev Of every window that ends with an award, against the limit that was in force then.
    function invariant_COM_4_noThirtyDaysAwardMoreThanTheirLimit() public view {
        for (uint256 i = 0; i < _handler.loggedCount(); ++i) {
            CommonsHandler.Logged memory one = _handler.loggedAt(i);
            assertLe(_handler.lately(one.asset, one.compensation, one.at, i + 1), one.limitThen, "limit");
        }
    }

    function invariant_COM_5_aStreamPaysAtMostWhatHasVested() public view {
        for (uint256 i = 0; i < _handler.madeCount(); ++i) {
            CommonsHandler.Made memory m = _handler.madeAt(i);
            uint256 vested = _handler.vested(m, block.timestamp);
            assertLe(m.paid, vested, "paid <= vested");
            assertEq(_commons.collectableAssets(m.id), vested - m.paid, "collectable");
        }
    }

    function invariant_COM_6_anAwardIsPaidOnceToWhomItNames() public view {
        uint256[3][2] memory received;
        for (uint256 i = 0; i < _handler.madeCount(); ++i) {
            CommonsHandler.Made memory m = _handler.madeAt(i);
            Award memory award = _commons.awardOf(m.id);
            assertEq(award.paid, m.paid, "paid");
            assertLe(m.paid + m.returned, m.assets, "paid + returned <= awarded");
            if (m.kind == AwardKind.Compensation) assertLe(m.assets, m.asked, "awarded <= asked");
            assertEq(award.to, _handler.person(m.to), "to");
        }
        for (uint256 a = 0; a < 2; ++a) {
            uint256 paid;
            for (uint256 p = 0; p < 3; ++p) {
                received[a][p] = _handler.tokens(a).balanceOf(_handler.person(p));
                assertEq(received[a][p], _handler.received(a, p), "received");
                paid += received[a][p];
            }
            assertEq(_commons.bookOf(_handler.tokens(a)).paid, paid, "ever paid");
        }
    }

    function invariant_COM_7_aRevokedStreamKeepsWhatHadVested() public view {
        for (uint256 i = 0; i < _handler.madeCount(); ++i) {
            CommonsHandler.Made memory m = _handler.madeAt(i);
            if (m.revokedAt == 0 || block.timestamp >= m.revokedAt + 1095 days) continue;
            assertEq(_commons.awardOf(m.id).assets, _handler.vested(m, m.revokedAt), "kept");
            assertEq(m.paid + _commons.collectableAssets(m.id), _handler.vested(m, m.revokedAt), "paid or there");
        }
    }

    function invariant_COM_8_sharesAddUpToTheIncomeAndRoundForTheCommons() public view {
        for (uint256 a = 0; a < 2; ++a) {
            Book memory book = _commons.bookOf(_handler.tokens(a));
            uint256 kept;
            for (uint256 s = 0; s < 4; ++s) {
                Income memory income = _commons.incomeOf(_handler.tokens(a), InflowSource(s));
                assertEq(uint256(income.kept) + income.passed, _handler.given(a, s), "all of it");
                assertGe(uint256(income.kept) * 1e4, _handler.given(a, s) * _handler.bps(s), "at least the share");
                assertEq(income.kept, _handler.kept(a, s), "kept");
                assertEq(income.fetched, _handler.fetched(a, s), "fetched");
                assertEq(_handler.tokens(a).balanceOf(_handler.beneficiary(s)), income.fetched, "beneficiary");
                kept += income.kept;
            }
            assertEq(kept, uint256(book.held) + book.paid, "in = out + held");
        }
    }

    function invariant_COM_9_aPledgeIsPaidOnlyAfterEvidence() public view {
        for (uint256 i = 0; i < _handler.madeCount(); ++i) {
            CommonsHandler.Made memory m = _handler.madeAt(i);
            if (m.kind != AwardKind.Milestone || m.releasedAt != 0) continue;
            assertEq(_commons.awardOf(m.id).paid, 0, "paid without evidence");
            assertEq(_commons.collectableAssets(m.id), 0, "collectable without evidence");
        }
    }

    /// @dev Invariants that nothing ever happens under would hold as well.
    function test_theHandlerGetsEverywhere() public {
        for (uint256 i = 0; i < 2500; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            _act(seed % 17, seed >> 8);
            if (i % 100 == 0) _checkAll();
        }
        _checkAll();
        string[5] memory refusable = ["grant", "stream", "pledge", "revoke", "collect"];
        for (uint256 i = 0; i < 5; ++i) assertGt(_handler.refused(refusable[i]), 0, refusable[i]);
        assertGt(_handler.calls("released"), 0, "released");
        assertGt(_handler.calls("raised"), 0, "raised");
        (uint256 revoked, uint256 lapsed, uint256 compensated) = (0, 0, 0);
        for (uint256 i = 0; i < _handler.madeCount(); ++i) {
            CommonsHandler.Made memory m = _handler.madeAt(i);
            if (m.revokedAt != 0) ++revoked;
            else if (m.returned != 0) ++lapsed;
            if (m.kind == AwardKind.Compensation) ++compensated;
        }
        assertGt(revoked, 0, "revoked");
        assertGt(lapsed, 0, "lapsed");
        assertGt(compensated, 0, "compensated");
    }

    function _act(uint256 action, uint256 seed) private {
        (uint256 a, uint256 b, uint256 c) = (seed >> 8, seed >> 16, seed >> 80);
        if (action == 0) _handler.warp(seed);
        else if (action == 1) _handler.deposit(a, b, c);
        else if (action == 2) _handler.donate(a, b);
        else if (action == 3) _handler.fetch(a, b);
        else if (action == 4) _handler.grant(a, b, c);
        else if (action == 5) _handler.stream(a, b, c, seed);
        else if (action == 6) _handler.pledge(a, b, c, seed);
        else if (action == 7) _handler.compensate(a, b, c);
        else if (action == 8) _handler.again(a, b);
        else if (action == 9) _handler.revoke(a);
        else if (action < 12) _handler.collect(a);
        else if (action == 12) _handler.redirect(a, b, c);
        else if (action == 13) _handler.lapse(a);
        else if (action == 14) _handler.anchor(seed);
        else if (action == 16) _handler.raise(a, b);
        else if (seed % 4 == 0) _handler.announce(a, b, c);
        else _handler.release(a);
    }

    function _checkAll() private view {
        invariant_COM_1_allThatIsAwardedIsHeld();
        invariant_COM_2_grantsLeaveTheFloorAndCompensationMayUseIt();
        invariant_COM_3_theBalanceIsWhatTheBooksCount();
        invariant_COM_4_noThirtyDaysAwardMoreThanTheirLimit();
        invariant_COM_5_aStreamPaysAtMostWhatHasVested();
        invariant_COM_6_anAwardIsPaidOnceToWhomItNames();
        invariant_COM_7_aRevokedStreamKeepsWhatHadVested();
        invariant_COM_8_sharesAddUpToTheIncomeAndRoundForTheCommons();
        invariant_COM_9_aPledgeIsPaidOnlyAfterEvidence();
    }
}
