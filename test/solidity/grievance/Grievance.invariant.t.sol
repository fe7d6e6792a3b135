// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";

import {AccountId, Accounts} from "../../../contracts/grievance/Accounts.sol";
import {GrievanceLedger} from "../../../contracts/grievance/GrievanceLedger.sol";
import {GrievanceRail} from "../../../contracts/grievance/GrievanceRail.sol";
import {GrievanceTermsLib} from "../../../contracts/grievance/GrievanceTerms.sol";
import {Seat} from "../../../contracts/grievance/IGrievancePanels.sol";
import {
    CaseId,
    Grievance,
    GrievanceState,
    Outcome,
    RailStatistics
} from "../../../contracts/grievance/IGrievanceRail.sol";
import {GrievanceHandler} from "./GrievanceHandler.t.sol";

contract GrievanceInvariantTest is Test {
    GrievanceHandler private _handler;
    GrievanceRail private _rail;
    GrievanceLedger private _ledger;

    function setUp() external {
        vm.warp(1_700_000_000);
        vm.roll(1_000);
        _handler = new GrievanceHandler();
        (_rail, _ledger) = (_handler.rail(), _handler.ledger());
        targetContract(address(_handler));
        bytes4[] memory actions = new bytes4[](15);
        actions[0] = _handler.pass.selector;
        actions[1] = _handler.open.selector;
        actions[2] = _handler.answer.selector;
        actions[3] = _handler.withdraw.selector;
        actions[4] = _handler.appeal.selector;
        actions[5] = _handler.advance.selector;
        actions[6] = _handler.bondRespondent.selector;
        actions[7] = _handler.collectDues.selector;
        actions[8] = _handler.joinOrLeave.selector;
        actions[9] = _handler.commit.selector;
        actions[10] = _handler.reveal.selector;
        // what moves cases comes more often
        for (uint256 i = 11; i < actions.length; ++i) actions[i] = _handler.drive.selector;
        targetSelector(FuzzSelector(address(_handler), actions));
    }

    /// @dev From wherever the actions left a case, time and `advance` close it, within what its terms have left for it.
    function invariant_GRV_1_everyCaseEndsWithTimeAlone() public {
        uint256 count = _handler.bookCount();
        // of the handler's terms: to answer, to settle, to appeal, and two panels
        uint256 most = 5 days + 4 days + 7 days + 2 * (6 days + 5 days + 3 days);
        assertLe(most, GrievanceTermsLib.MOST_CASE_SECONDS);
        for (uint256 n = 1; n <= count; ++n) {
            uint256 snapshot = vm.snapshotState();
            uint256 start = block.timestamp;
            for (uint256 step = 0; _rail.grievanceOf(CaseId.wrap(n)).state != GrievanceState.Closed; ++step) {
                assertLt(step, 9, "a case goes on for ever");
                uint256 deadline = _rail.grievanceOf(CaseId.wrap(n)).deadline;
                if (block.timestamp < deadline) vm.warp(deadline);
                _rail.advance(CaseId.wrap(n));
            }
            assertLe(block.timestamp - start, most, "too long");
            assertTrue(vm.revertToState(snapshot));
        }
    }

    /// @dev With the handler, which looks at every account of every arbiter after every action.
    function invariant_GRV_2_arbitersArePaidOnceAndOnlyForRulings() public view {
        assertEq(_handler.broken(), "");
        for (uint256 i = 0; i < _handler.ARBITERS(); ++i) {
            address arbiter = _handler.arbiterAt(i);
            assertLe(_handler.paid(arbiter), _handler.earned(arbiter), "paid beyond what rulings earn");
        }
    }

    function invariant_GRV_3_theLedgerHoldsWhatItsAccountsSay() public view {
        uint256 sum = _ledger.balanceOf(Accounts.RESERVE);
        for (uint256 i = 0; i < _handler.ARBITERS(); ++i) {
            sum += _ledger.balanceOf(Accounts.person(_handler.arbiterAt(i)));
            sum += _ledger.balanceOf(Accounts.arbiterBond(_handler.arbiterAt(i)));
        }
        for (uint256 i = 0; i < _handler.PEOPLE(); ++i) {
            sum += _ledger.balanceOf(Accounts.person(_handler.person(i)));
            sum += _ledger.balanceOf(Accounts.respondentBond(_handler.person(i)));
        }
        for (uint256 n = 1; n <= _handler.bookCount(); ++n) {
            CaseId id = CaseId.wrap(n);
            Grievance memory c = _rail.grievanceOf(id);
            bool open = c.state != GrievanceState.Closed;
            uint256 filing = _ledger.balanceOf(Accounts.filingBond(id));
            uint256 appeal = _ledger.balanceOf(Accounts.appealBond(id));
            assertEq(filing, open ? c.bondAssets : 0, "filing bond");
            assertEq(appeal, open ? c.appealBondAssets : 0, "appeal bond");
            sum += filing + appeal + _ledger.balanceOf(Accounts.forfeits(id));
        }
        assertEq(sum, _ledger.heldAssets(), "accounts");
        assertEq(_handler.token().balanceOf(address(_ledger)), _ledger.heldAssets(), "tokens");
    }

    /// @dev A draw that nobody made for more blocks than the opcode remembers.
    function test_aDrawWaits() public {
        _handler.open(5982, 22_520);
        _handler.drive(0);
        vm.roll(block.number + 400);
        _handler.drive(0);
        assertEq(_handler.broken(), "");
        assertEq(_handler.calls("remembered"), 1);
        assertTrue(_rail.grievanceOf(CaseId.wrap(1)).state == GrievanceState.Hearing);
    }

    /// @dev The list that a case draws from stays what it was; with draw.test.ts, which compares draws with the definition.
    function invariant_GRV_4_whatACaseDrawsFromNeverChanges() public view {
        for (uint256 i = 0; i < _handler.bookCount(); ++i) {
            GrievanceHandler.Book memory b = _handler.bookAt(i);
            assertEq(_handler.listHash(b.filedAt - 1), b.list, "the list changed");
        }
    }

    function invariant_GRV_5_awardsNeverExceedWhatTheCommonsHolds() public view {
        assertLe(_handler.commons().awarded(), _handler.token().balanceOf(address(_handler.commons())));
    }

    function invariant_GRV_6_panelsAreDistinctAndFree() public view {
        for (uint256 n = 1; n <= _handler.bookCount(); ++n) {
            Grievance memory c = _rail.grievanceOf(CaseId.wrap(n));
            Seat[] memory first = _handler.panels().seatsOf(CaseId.wrap(n), 1);
            Seat[] memory second = _handler.panels().seatsOf(CaseId.wrap(n), 2);
            assertTrue(first.length == 0 || first.length == 3, "first size");
            assertTrue(second.length == 0 || second.length == 5, "second size");
            address[] memory all = new address[](first.length + second.length);
            for (uint256 i = 0; i < all.length; ++i) {
                all[i] = i < first.length ? first[i].arbiter : second[i - first.length].arbiter;
                for (uint256 j = 0; j < i; ++j) assertTrue(all[i] != all[j], "twice");
                bytes32[] memory topics = new bytes32[](2);
                topics[0] = _handler.register().accountTopic(c.complainant);
                topics[1] = _handler.register().accountTopic(c.respondent);
                assertTrue(_handler.register().isFreeAt(all[i], 3, topics, c.filedAt - 1), "not free");
            }
        }
    }

    /// @dev With the handler, which looks at every move of every case.
    function invariant_GRV_7_onlyMovesOfTheTable() public view {
        assertEq(_handler.broken(), "");
    }

    function invariant_GRV_8_statisticsAddUp() public view {
        uint256[6] memory outcomes;
        uint256 opened;
        for (uint64 railId = 0; railId < 3; ++railId) {
            RailStatistics memory s = _rail.statisticsOf(railId);
            opened += s.opened;
            outcomes[uint256(Outcome.Withdrawn)] += s.withdrawn;
            outcomes[uint256(Outcome.Settled)] += s.settled;
            outcomes[uint256(Outcome.Dismissed)] += s.dismissed;
            outcomes[uint256(Outcome.Upheld)] += s.upheld;
            outcomes[uint256(Outcome.Unheard)] += s.unheard;
        }
        assertEq(opened, _rail.caseCount());
        for (uint256 n = 1; n <= opened; ++n) {
            uint256 outcome = uint256(_rail.grievanceOf(CaseId.wrap(n)).outcome);
            if (outcome != 0) --outcomes[outcome];
        }
        for (uint256 i = 1; i < 6; ++i) assertEq(outcomes[i], 0);
    }

    function invariant_GRV_9_penaltiesAreOfThoseWhoStayedAwayAlone() public view {
        for (uint256 i = 0; i < _handler.ARBITERS(); ++i) {
            address arbiter = _handler.arbiterAt(i);
            assertEq(_handler.taken(arbiter), _handler.forfeited(arbiter), "another penalty than staying away costs");
        }
    }
}
