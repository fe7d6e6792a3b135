// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";

import {Policy, PolicyId, PolicyStatus} from "../../../contracts/capital/IPolicyBook.sol";
import {PolicyBook} from "../../../contracts/capital/PolicyBook.sol";
import {RiskPool} from "../../../contracts/capital/RiskPool.sol";
import {BlacklistToken} from "../../mocks/HostileTokens.sol";
import {CapitalHandler} from "./CapitalHandler.t.sol";

/// @dev What must hold after any sequence of the handler's actions. INV-CAP-3, 7, 8 and 10 are asserted inside the actions
/// too, where the state before is known.
contract CapitalInvariantTest is Test {
    CapitalHandler private _handler;
    BlacklistToken private _token;
    PolicyBook private _book;
    RiskPool private _pool;

    function setUp() external {
        _begin();
        targetContract(address(_handler));
    }

    function _begin() private {
        _handler = new CapitalHandler();
        _token = _handler.token();
        _book = _handler.book();
        _pool = _handler.pool();
    }

    function _checkAll() private view {
        invariant_CAP_2_whatPoliciesCanStillPayIsLockedAndCapitalIsHeld();
        invariant_CAP_3_aPolicyPaysTheLargestDueOfItsSettledEvidenceAndNoMore();
        invariant_CAP_5_nothingLeavesButBySettlementAndRedemption();
        invariant_CAP_6_premiumOfOpenPoliciesIsUnearned();
        invariant_CAP_9_redemptionIsServedInOrderOfRequest();
        invariant_CAP_10_heldPoliciesAreOpenAndTheirCapitalIsExposed();
        invariant_CAP_11_aClosedPolicyStaysAsItClosed();
        invariant_CAP_12_newPoliciesLeaveWhatRedeemersAskedFor();
    }

    function invariant_CAP_2_whatPoliciesCanStillPayIsLockedAndCapitalIsHeld() public view {
        CapitalHandler.Sold[] memory sold = _handler.sold();
        uint256 still;
        for (uint256 i = 0; i < sold.length; ++i) if (sold[i].open) still += sold[i].most - sold[i].paid;
        assertEq(_pool.lockedAssets(), still, "locked");
        assertLe(_pool.lockedAssets(), _pool.totalAssets(), "locked <= total");
        assertLe(_pool.totalAssets(), _pool.heldAssets(), "total <= held");
        assertLe(_pool.heldAssets(), _token.balanceOf(address(_pool)), "held <= balance");
    }

    function invariant_CAP_3_aPolicyPaysTheLargestDueOfItsSettledEvidenceAndNoMore() public view {
        CapitalHandler.Sold[] memory sold = _handler.sold();
        for (uint256 i = 0; i < sold.length; ++i) {
            Policy memory policy = _book.policyOf(sold[i].policyId);
            assertEq(policy.paidAssets, sold[i].paid, "book");
            assertEq(sold[i].paid, sold[i].largestDue, "largest due");
            assertLe(sold[i].paid, sold[i].most, "most");
            assertLe(sold[i].most, sold[i].terms.coverAssets, "cover");
        }
    }

    function invariant_CAP_5_nothingLeavesButBySettlementAndRedemption() public view {
        uint256 received = _handler.deposited() + _handler.premiums();
        uint256 left = _handler.delivered() + _handler.redeemed();
        uint256 accounts = _pool.freeAssets() + _pool.lockedAssets() + _pool.unearnedAssets() + _pool.owedAssets();
        assertEq(received, left + accounts, "in = paid + redeemed + unearned + locked + free + owed");
        assertEq(_token.balanceOf(address(_pool)), accounts + _handler.donated(), "balance");
    }

    function invariant_CAP_6_premiumOfOpenPoliciesIsUnearned() public view {
        CapitalHandler.Sold[] memory sold = _handler.sold();
        uint256 unearned;
        for (uint256 i = 0; i < sold.length; ++i) if (sold[i].open) unearned += sold[i].premium;
        assertEq(_pool.unearnedAssets(), unearned);
    }

    function invariant_CAP_9_redemptionIsServedInOrderOfRequest() public view {
        CapitalHandler.Asked[] memory asked = _handler.asked();
        bool paused = block.timestamp < _book.pausedUntil();
        uint256 total = _pool.totalAssets();
        uint256 queued;
        // free capital is handed out, request by request, whether or not each can take it yet
        uint256 rest = _pool.convertToShares(_pool.freeAssets());
        for (uint256 i = 0; i < asked.length; ++i) {
            CapitalHandler.Asked memory a = asked[i];
            uint256 claimable = _pool.claimableRedeemRequest(a.requestId, a.controller);
            uint256 remaining = claimable + _pool.pendingRedeemRequest(a.requestId, a.controller);
            uint256 claimed = a.shares - remaining;
            queued += remaining;
            uint256 share = remaining < rest ? remaining : rest;
            rest -= share;
            uint256 pausesSince = _book.allPausedSeconds() - a.pausedThen;
            bool noticed = block.timestamp >= a.askedAt + _handler.NOTICE() + pausesSince;
            uint256 unexposed = total == 0 ? a.shares : (a.shares * (total - _pool.exposedAssets())) / total;
            uint256 allowed = unexposed > claimed ? unexposed - claimed : 0;
            uint256 expected =
                paused || !noticed || remaining == 0
                    ? 0
                    : share < allowed
                        ? share
                        : allowed;
            assertEq(claimable, expected, "claimable");
        }
        assertEq(_pool.queuedShares(), queued, "queued");
        assertEq(_pool.balanceOf(address(_pool)), queued, "shares in the pool");
    }

    function invariant_CAP_10_heldPoliciesAreOpenAndTheirCapitalIsExposed() public view {
        CapitalHandler.Sold[] memory sold = _handler.sold();
        uint256 exposed;
        for (uint256 i = 0; i < sold.length; ++i) {
            assertEq(_book.openHoldsOf(sold[i].policyId), sold[i].holds, "holds");
            if (sold[i].holds == 0) continue;
            // held, it can only have closed by paying all
            if (!sold[i].open) assertEq(sold[i].paid, sold[i].most, "closed while held");
            else exposed += sold[i].most - sold[i].paid;
        }
        assertEq(_pool.exposedAssets(), exposed, "exposed");
        assertLe(exposed, _pool.lockedAssets(), "exposed <= locked");
    }

    function invariant_CAP_11_aClosedPolicyStaysAsItClosed() public view {
        CapitalHandler.Sold[] memory sold = _handler.sold();
        for (uint256 i = 0; i < sold.length; ++i) {
            PolicyStatus status = _book.policyOf(sold[i].policyId).status;
            assertEq(uint8(status), uint8(sold[i].open ? PolicyStatus.Active : sold[i].closedAs));
        }
    }

    function invariant_CAP_12_newPoliciesLeaveWhatRedeemersAskedFor() public view {
        uint256 asked = _pool.convertToAssets(_pool.queuedShares());
        uint256 capacity = _pool.capacityAssets();
        assertLe(capacity, _pool.freeAssets());
        if (capacity != 0) assertGe(_pool.freeAssets() - capacity, asked);
    }

    /// @dev The same evidence in two orders, one of them shuffled by the fuzzer: two policies on the same terms pay the same.
    function testFuzz_CAP_4_anyOrderOfEvidencePaysTheSame(int64[6] memory values, uint256 order) external {
        _handler.buy(0, 1_000e6 + (order % 1e9), 0, uint8(order), 0, false);
        CapitalHandler.Sold memory first = _handler.sold()[0];
        _handler.buy(1, 0, 0, 0, 0, true);
        CapitalHandler.Sold memory second = _handler.sold()[1];
        assertNotEq(PolicyId.unwrap(first.policyId), PolicyId.unwrap(second.policyId));
        for (uint256 i = 0; i < values.length; ++i) _handler.anchor(0, values[i], 0, 0); // final at once
        for (uint256 i = 0; i < values.length; ++i) _tryToSettle(first.policyId, i);
        for (uint256 left = values.length; left > 0; --left) {
            uint256 next = order % left;
            order /= left;
            _tryToSettle(second.policyId, next);
            _tryToSettle(second.policyId, left - 1); // and some twice
        }
        for (uint256 i = values.length; i > 0; --i) _tryToSettle(second.policyId, i - 1);
        assertEq(_book.policyOf(first.policyId).paidAssets, _book.policyOf(second.policyId).paidAssets);
    }

    function _tryToSettle(PolicyId policyId, uint256 pack) private {
        try _book.settle(policyId, _handler.packAt(pack)) {} catch {}
    }

    /// @dev Invariants would hold as well if nothing ever happened. Here lives long enough for everything to happen.
    function test_theHandlerGetsEverywhere() external {
        string[10] memory actions = [
            "deposit",
            "requestRedeem",
            "claim",
            "requeue",
            "buy",
            "settle",
            "lapseOnEvidence",
            "lapseWithout",
            "release",
            "withdrawOwed"
        ];
        uint256[10] memory times;
        uint256[6] memory statuses;
        for (uint256 life = 0; life < 6; ++life) {
            _begin();
            for (uint256 i = 0; i < 400; ++i) _step(uint256(keccak256(abi.encode(life, i))));
            _checkAll();
            for (uint256 i = 0; i < actions.length; ++i) times[i] += _handler.calls(actions[i]);
            CapitalHandler.Sold[] memory sold = _handler.sold();
            for (uint256 i = 0; i < sold.length; ++i) ++statuses[uint256(_book.policyOf(sold[i].policyId).status)];
        }
        for (uint256 i = 0; i < actions.length; ++i) assertGt(times[i], 3, actions[i]);
        assertGt(statuses[uint256(PolicyStatus.Paid)], 3, "paid");
        assertGt(statuses[uint256(PolicyStatus.Zero)], 3, "zero");
        assertGt(statuses[uint256(PolicyStatus.Lapsed)], 3, "lapsed");
    }

    function _step(uint256 dice) private {
        uint256 action = dice % 32;
        (uint256 a, uint256 b, uint256 c) = (dice >> 16, dice >> 80, dice >> 144);
        if (action < 2) _handler.deposit(a, b);
        else if (action < 4) _handler.requestRedeem(a, b);
        else if (action < 7) _handler.claim(a, b, c % 2 == 0);
        else if (action < 10) _handler.buy(a, b, c, uint8(dice >> 200), uint8(dice >> 208), dice >> 255 == 1);
        else if (action < 14) _handler.anchor(a, int64(uint64(b)), uint8(c), uint8(dice >> 208));
        else if (action < 16) _handler.dispute(a, b % 2 == 0);
        else if (action < 19) _handler.settle(a, b);
        else if (action < 21) _handler.lapseOnEvidence(a, b);
        else if (action < 22) _handler.lapseWithout(a);
        else if (action < 24) _handler.hold(a, b);
        else if (action < 26) _handler.release(a, b);
        else if (action < 28) _handler.passTime(a, uint8(dice >> 208));
        else if (action < 29) _requeueAll();
        else if (action == 29 && c % 2 == 0) _handler.sell(a, b);
        else if (action == 29) _withdrawAll();
        else if (action == 30) _handler.blacklist(a, uint8(b));
        else if (c % 2 == 0) _handler.pause(uint40(a), b % 2 == 0);
        else _handler.donate(a);
    }

    function _requeueAll() private {
        for (uint256 i = _handler.asked().length; i > 0; --i) _handler.requeue(i - 1);
    }

    function _withdrawAll() private {
        for (uint256 i = 0; i < 4; ++i) _handler.withdrawOwed(i);
    }
}
