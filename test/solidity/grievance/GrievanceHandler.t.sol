// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {TermsStore} from "../../../contracts/capital/TermsStore.sol";
import {EvidenceRegistry} from "../../../contracts/evidence/EvidenceRegistry.sol";
import {CompetenceCredentials} from "../../../contracts/governance/rail/CompetenceCredentials.sol";
import {FieldId} from "../../../contracts/governance/rail/ICompetence.sol";
import {IRailFactory} from "../../../contracts/governance/rail/IRailFactory.sol";
import {Accounts} from "../../../contracts/grievance/Accounts.sol";
import {ArbiterRegister} from "../../../contracts/grievance/ArbiterRegister.sol";
import {BlockHistory} from "../../../contracts/grievance/BlockHistory.sol";
import {GrievanceDesk} from "../../../contracts/grievance/GrievanceDesk.sol";
import {GrievanceLedger} from "../../../contracts/grievance/GrievanceLedger.sol";
import {GrievanceOrders} from "../../../contracts/grievance/GrievanceOrders.sol";
import {GrievancePanels} from "../../../contracts/grievance/GrievancePanels.sol";
import {GrievanceRail} from "../../../contracts/grievance/GrievanceRail.sol";
import {GrievanceTerms} from "../../../contracts/grievance/GrievanceTerms.sol";
import {Orders} from "../../../contracts/grievance/IGrievanceOrders.sol";
import {Seat, SeatState} from "../../../contracts/grievance/IGrievancePanels.sol";
import {
    CaseId,
    Filing,
    Grievance,
    GrievanceState,
    GrievanceSuite,
    Outcome,
    SubjectKind
} from "../../../contracts/grievance/IGrievanceRail.sol";
import {RespondentBonds} from "../../../contracts/grievance/RespondentBonds.sol";
import {Ruling} from "../../../contracts/grievance/Ruling.sol";
import {ComponentRegistry} from "../../../contracts/registry/ComponentRegistry.sol";
import {TestCommons} from "../../mocks/TestCommons.sol";
import {TestStablecoin} from "../../mocks/TestStablecoin.sol";

contract NoRails {
    function railCount() external pure returns (uint256) {
        return 2;
    }
}

/// @notice Parties who file and answer, arbiters who come, go, rule and stay away, and time that passes.
/// @dev Keeps its own books: what each case was at filing, which moves it made, and, apart, what arbiters were paid and what they lost.
contract GrievanceHandler is CommonBase, StdUtils {
    uint256 public constant ARBITERS = 14;
    uint256 public constant PEOPLE = 4;
    uint256 public constant MOST_CASES = 12;

    struct Book {
        uint256 filedAt;
        bytes32 list; // the register as it was
        GrievanceState state; // as last seen
        uint8 instance;
    }

    TestStablecoin public immutable token;
    TestCommons public immutable commons;
    CompetenceCredentials public immutable competence;
    GrievanceLedger public immutable ledger;
    GrievanceDesk public immutable desk;
    ArbiterRegister public immutable register;
    GrievancePanels public immutable panels;
    RespondentBonds public immutable respondents;
    GrievanceOrders public immutable orders;
    GrievanceRail public immutable rail;
    string public broken;
    mapping(bytes32 action => uint256) public calls;
    mapping(bytes32 state => uint256) public reached;
    Book[] private _books;
    /// @notice What an arbiter was paid, and the most that rulings earned; what was taken from a bond, and what staying away costs.
    mapping(address arbiter => uint256) public paid;
    mapping(address arbiter => uint256) public earned;
    mapping(address arbiter => uint256) public taken;
    mapping(address arbiter => uint256) public forfeited;
    mapping(address arbiter => uint256) private _credit; // as last seen
    mapping(address arbiter => uint256) private _bonded; // as last seen
    uint256 public withdrawn;

    constructor() {
        AccessManager authority = new AccessManager(address(this));
        EvidenceRegistry evidence = new EvidenceRegistry(address(authority), 2 days);
        TermsStore store = new TermsStore(address(authority));
        ComponentRegistry components = new ComponentRegistry(address(authority), evidence, store);
        token = new TestStablecoin("Dollar", "USD", 6);
        commons = new TestCommons();
        competence = new CompetenceCredentials(address(authority));
        ledger = new GrievanceLedger(address(authority), token, commons);
        IRailFactory rails = IRailFactory(address(new NoRails()));
        desk = new GrievanceDesk(address(authority), components, evidence, competence, rails, 6, terms());
        register = new ArbiterRegister(address(authority), ledger, competence, 300e6);
        panels = new GrievancePanels(address(authority), register);
        respondents = new RespondentBonds(address(authority), ledger);
        orders = new GrievanceOrders(address(authority), commons, token, components, evidence);
        rail = new GrievanceRail(
            address(authority),
            GrievanceSuite(ledger, desk, register, panels, respondents, orders, evidence)
        );
        _allow(authority);
        competence.setIssuer(address(this), register.field(), true);
        competence.setIssuer(address(this), desk.equityField(), true);
        for (uint256 i = 0; i < ARBITERS; ++i) {
            competence.issue(arbiterAt(i), register.field(), 3, type(uint40).max, 0);
            _fund(arbiterAt(i));
        }
        for (uint256 i = 0; i < PEOPLE; ++i) _fund(person(i));
        competence.issue(person(0), desk.equityField(), 1, type(uint40).max, 0);
        vm.warp(block.timestamp + 1);
        for (uint256 i = 0; i < ARBITERS - 2; ++i) {
            vm.prank(arbiterAt(i));
            register.join();
        }
        vm.warp(block.timestamp + 7 days);
        for (uint256 i = 0; i < ARBITERS - 2; ++i) register.list(arbiterAt(i));
        vm.warp(block.timestamp + 1);
        _fund(address(this));
        token.approve(address(ledger), type(uint256).max);
        ledger.giveToReserve(400e6);
        token.mint(address(commons), 2_000e6);
        _see();
    }

    modifier act(bytes32 name) {
        ++calls[name];
        _;
        _watch();
    }

    // —— time ———————————————————————————————————————————————————————————————————————————————————————————————

    function pass(uint256 duration, uint256 blocks) external act("pass") {
        vm.warp(block.timestamp + _bound(duration, 1, 8 days));
        vm.roll(block.number + _bound(blocks, 1, 40));
    }

    // —— parties ————————————————————————————————————————————————————————————————————————————————————————————

    function open(uint256 seed, uint96 claimed) external act("open") {
        if (_books.length == MOST_CASES) return;
        (uint256 c, uint256 r) = (seed % PEOPLE, (seed >> 8) % PEOPLE);
        uint256 f = (seed >> 16) % 3 == 0 ? (seed >> 24) % PEOPLE : c;
        if (c == r || f == r) return;
        claimed = uint96(_bound(claimed, 0, 1_000e6));
        uint8 remedies = (seed >> 32) % 2 == 0 ? 8 : 0;
        Filing memory filing = Filing(
            person(c),
            person(r),
            uint64((seed >> 40) % 3),
            SubjectKind.None,
            0,
            "claim",
            claimed,
            remedies
        );
        vm.prank(person(f));
        rail.open(filing);
        _books.push(Book(block.timestamp, listHash(block.timestamp - 1), GrievanceState.Answering, 1));
    }

    function answer(uint256 seed) external act("answer") {
        (CaseId id, Grievance memory c) = _some(seed);
        if (c.state == GrievanceState.None) return;
        bool may = c.state == GrievanceState.Answering && block.timestamp < c.deadline;
        vm.prank(c.respondent);
        try rail.answer(id, "answer") {
            if (!may) broken = "answered out of turn";
        } catch {
            if (may) broken = "answer blocked";
        }
    }

    function withdraw(uint256 seed) external act("withdraw") {
        (CaseId id, Grievance memory c) = _some(seed);
        if (c.state == GrievanceState.None || (seed >> 20) % 4 != 0) return;
        bool early = c.state == GrievanceState.Answering || c.state == GrievanceState.Mediating;
        bool may = early && block.number < c.drawBlock;
        vm.prank(c.complainant);
        try rail.withdraw(id) {
            if (!may) broken = "withdrawn out of turn";
        } catch {
            if (may) broken = "withdrawal blocked";
        }
    }

    function appeal(uint256 seed) external act("appeal") {
        (CaseId id, Grievance memory c) = _some(seed);
        if (c.state == GrievanceState.None) return;
        bool may = c.state == GrievanceState.Appealable && block.timestamp < c.deadline;
        vm.prank(seed & 1 == 0 ? c.complainant : c.respondent);
        try rail.appeal(id) {
            if (!may) broken = "appealed out of turn";
        } catch {
            if (may) broken = "appeal blocked";
        }
    }

    function advance(uint256 seed) external act("advance") {
        (CaseId id, Grievance memory c) = _some(seed);
        if (c.state == GrievanceState.None) return;
        bool must = c.state != GrievanceState.Closed && block.timestamp >= c.deadline;
        try rail.advance(id) {
            if (c.state == GrievanceState.Closed) broken = "a closed case moved";
        } catch {
            if (must) broken = "a case hangs";
        }
    }

    function bondRespondent(uint256 seed, uint256 assets) external act("bond") {
        vm.prank(person(seed % PEOPLE));
        respondents.bondFor(person((seed >> 8) % PEOPLE), _bound(assets, 1, 500e6));
    }

    function collectDues(uint256 seed) external act("dues") {
        (CaseId id, Grievance memory c) = _some(seed);
        if (c.state == GrievanceState.None) return;
        try ledger.withdraw(seed & 1 == 0 ? c.complainant : arbiterAt(seed % ARBITERS)) returns (uint256 assets) {
            withdrawn += assets;
        } catch {} // nothing there
        try ledger.forward(id) returns (uint256 assets) {
            withdrawn += assets;
        } catch {} // the same
        uint256 before = commons.awarded();
        Orders memory o = orders.ordersOf(id);
        try orders.award(id) returns (uint256 awarded) {
            if (awarded > o.dueAssets || commons.awarded() - before != awarded) broken = "awarded beyond what is due";
        } catch {} // nothing due, or nothing there
    }

    // —— arbiters ———————————————————————————————————————————————————————————————————————————————————————————

    function joinOrLeave(uint256 seed) external act("join or leave") {
        address arbiter = arbiterAt(seed % ARBITERS);
        vm.startPrank(arbiter);
        uint256 what = (seed >> 8) % 4;
        if (what == 0) {
            try register.join() {} catch {} // joined already
        } else if (what == 1) {
            try register.list(arbiter) {} catch {} // too early, or listed
        } else if (what == 2 && (seed >> 16) % 3 == 0) {
            try register.resign() {} catch {} // not joined
        } else {
            try register.release(arbiter) {} catch {} // too early
        }
        try
            register.declareConflict(register.accountTopic(person((seed >> 24) % 16)), (seed >> 32) & 1 == 0)
        {} catch {}
        vm.stopPrank();
    }

    /// @dev All of a panel commit, or most; the ruling is the seed's.
    function commit(uint256 seed) external act("commit") {
        (CaseId id, Grievance memory c) = _some(seed);
        if (c.state == GrievanceState.Hearing) _commit(id, c, seed);
    }

    function reveal(uint256 seed) external act("reveal") {
        (CaseId id, Grievance memory c) = _some(seed);
        if (c.state == GrievanceState.Hearing) _reveal(id, c, seed);
    }

    /// @dev The next move of one case, with the time and the blocks it takes.
    function drive(uint256 seed) external act("drive") {
        (CaseId id, Grievance memory c) = _some(seed);
        if (c.state == GrievanceState.None || c.state == GrievanceState.Closed) return;
        if (c.state == GrievanceState.Drawing && block.timestamp < c.deadline) {
            if (block.number <= c.drawBlock) vm.roll(c.drawBlock + 1 + (seed % 200));
            _remember(c.drawBlock);
        } else if (c.state == GrievanceState.Hearing) {
            _commit(id, c, seed);
            if (!panels.areCommitsOver(id, c.instance)) vm.warp(panels.panelOf(id, c.instance).commitBy);
            _reveal(id, c, seed);
            if (!panels.isOver(id, c.instance)) vm.warp(c.deadline);
        } else if (c.state == GrievanceState.Appealable && seed % 3 != 0 && block.timestamp < c.deadline) {
            vm.prank(seed % 3 == 1 ? c.complainant : c.respondent);
            rail.appeal(id);
            return;
        } else if (block.timestamp < c.deadline) {
            vm.warp(c.deadline);
        }
        try rail.advance(id) {} catch {
            broken = "a case hangs";
        }
    }

    // —— the books ——————————————————————————————————————————————————————————————————————————————————————————

    function bookCount() external view returns (uint256) {
        return _books.length;
    }

    function bookAt(uint256 index) external view returns (Book memory) {
        return _books[index];
    }

    function listHash(uint256 timestamp) public view returns (bytes32 hash) {
        uint256 count = register.countAt(timestamp);
        for (uint256 i = 0; i < count; ++i) hash = keccak256(abi.encode(hash, register.arbiterAt(i, timestamp)));
    }

    /// @dev Each arbiter has an opinion of each case.
    function rulingOf(address arbiter, Grievance memory c) public pure returns (Ruling) {
        uint256 opinion = uint256(keccak256(abi.encode(arbiter, c.filedAt, c.respondent)));
        if (opinion % 3 == 0) return Ruling.wrap(0);
        return Ruling.wrap(uint8(1 | (((opinion >> 8) % 5) << 1) | (c.requested << 4)));
    }

    function person(uint256 who) public pure returns (address) {
        return address(uint160(0xbeef0000 + who));
    }

    function arbiterAt(uint256 who) public pure returns (address) {
        return address(uint160(0xa4b17e40 + who));
    }

    function terms() public pure returns (GrievanceTerms memory t) {
        (t.bondAssets, t.appealBondAssets, t.rewardAssets, t.penaltyAssets) = (10e6, 100e6, 50e6, 100e6);
        (t.answerSeconds, t.mediationSeconds, t.drawSeconds) = (5 days, 4 days, 6 days);
        (t.commitSeconds, t.revealSeconds, t.appealSeconds) = (5 days, 3 days, 7 days);
        (t.mostClaimAssets, t.drawBlocks, t.appealDrawBlocks) = (1_000e6, 32, 32);
        (t.panelSize, t.appealPanelSize, t.leastLevel) = (3, 5, 3);
    }

    // —— inside —————————————————————————————————————————————————————————————————————————————————————————————

    /// @dev What EIP-2935 serves of a block that the opcode has forgotten: the chain of these tests has a stub at its address.
    function _remember(uint64 fixedTo) private {
        (uint64 number, ) = panels.drawBlockAt(fixedTo);
        if (block.number - number <= 256) return;
        vm.mockCall(BlockHistory.HISTORY, abi.encode(number), abi.encode(keccak256(abi.encode("block", number))));
        ++calls["remembered"];
    }

    /// @dev INV-GRV-7: what a case did since it was last looked at is a move of the table. An action makes at most one.
    function _watch() private {
        bool closed = false;
        for (uint256 i = 0; i < _books.length; ++i) {
            Book storage b = _books[i];
            Grievance memory c = rail.grievanceOf(CaseId.wrap(i + 1));
            if (c.state != b.state || c.instance != b.instance) {
                if (!_isMove(b.state, b.instance, c.state, c.instance)) broken = "a move that is not in the table";
                ++reached[bytes32(uint256(c.state) * 16 + uint256(c.outcome))];
                if (c.state == GrievanceState.Closed) {
                    closed = true;
                    _closed(CaseId.wrap(i + 1), c);
                }
            }
            (b.state, b.instance) = (c.state, c.instance);
        }
        if (!closed) _nothingPaid();
        _see();
    }

    function _see() private {
        for (uint256 i = 0; i < ARBITERS; ++i) {
            (_credit[arbiterAt(i)], _bonded[arbiterAt(i)]) = _accountsOf(arbiterAt(i));
        }
    }

    function _accountsOf(address arbiter) private view returns (uint256 credit, uint256 bonded) {
        credit = ledger.balanceOf(Accounts.person(arbiter));
        bonded = ledger.balanceOf(Accounts.arbiterBond(arbiter));
    }

    /// @dev Where no case was closed, credit comes from a released bond, all of it, and a bond goes nowhere else.
    function _nothingPaid() private {
        for (uint256 i = 0; i < ARBITERS; ++i) {
            address arbiter = arbiterAt(i);
            (uint256 credit, uint256 bonded) = _accountsOf(arbiter);
            bool released = bonded == 0 && credit == _credit[arbiter] + _bonded[arbiter];
            if (credit > _credit[arbiter] && !released) broken = "paid without a case";
            if (bonded < _bonded[arbiter] && !released) broken = "penalised without a case";
        }
    }

    function _isMove(GrievanceState from, uint8 n, GrievanceState to, uint8 m) private pure returns (bool) {
        if (from == GrievanceState.Answering) {
            return
                m == 1 &&
                (to == GrievanceState.Mediating || to == GrievanceState.Drawing || to == GrievanceState.Closed);
        }
        if (from == GrievanceState.Mediating)
            return m == 1 && (to == GrievanceState.Drawing || to == GrievanceState.Closed);
        if (from == GrievanceState.Drawing)
            return m == n && (to == GrievanceState.Hearing || to == GrievanceState.Closed);
        if (from == GrievanceState.Hearing && n == 1) {
            return (m == 1 && to == GrievanceState.Appealable) || (m == 2 && to == GrievanceState.Drawing);
        }
        if (from == GrievanceState.Hearing) return m == 2 && to == GrievanceState.Closed;
        if (from == GrievanceState.Appealable) {
            return (m == 2 && to == GrievanceState.Drawing) || (m == 1 && to == GrievanceState.Closed);
        }
        return false;
    }

    /// @dev INV-GRV-2: once, to each who revealed, the same for all, at most a reward, and less only where nothing is left.
    /// INV-GRV-9: a penalty, or what is left of the bond, of each who was drawn and neither recused nor revealed.
    function _closed(CaseId id, Grievance memory c) private {
        uint256 rulings = 0;
        uint256 each = 0;
        for (uint256 i = 0; i < ARBITERS; ++i) {
            address arbiter = arbiterAt(i);
            (bool seated, SeatState seat) = _seatOf(id, c.instance, arbiter);
            (uint256 credit, uint256 bonded) = _accountsOf(arbiter);
            if (credit < _credit[arbiter] || bonded > _bonded[arbiter]) broken = "a closing took pay or gave a bond";
            uint256 gained = credit - _credit[arbiter];
            paid[arbiter] += gained;
            taken[arbiter] += _bonded[arbiter] - bonded;
            if (seated && seat == SeatState.Revealed) {
                if (rulings++ == 0) each = gained;
                if (gained != each) broken = "paid more than another";
                earned[arbiter] += terms().rewardAssets;
            } else if (gained != 0) {
                broken = "paid without a ruling";
            }
            if (seated && (seat == SeatState.Seated || seat == SeatState.Committed)) {
                uint256 penalty = terms().penaltyAssets;
                forfeited[arbiter] += penalty < _bonded[arbiter] ? penalty : _bonded[arbiter];
            }
        }
        if (each > terms().rewardAssets) broken = "paid above the reward";
        if (rulings == 0 || each == terms().rewardAssets) return;
        bool owed = c.outcome == Outcome.Upheld && respondents.bondOf(c.respondent) != 0;
        if (owed || ledger.balanceOf(Accounts.RESERVE) != 0) broken = "paid less than there was";
    }

    /// @dev Panels of a case have distinct members: INV-GRV-6.
    function _seatOf(CaseId id, uint8 last, address arbiter) private view returns (bool seated, SeatState state) {
        for (uint8 instance = 1; instance <= last; ++instance) {
            Seat[] memory seats = panels.seatsOf(id, instance);
            for (uint256 i = 0; i < seats.length; ++i) {
                if (seats[i].arbiter == arbiter) return (true, seats[i].state);
            }
        }
    }

    function _commit(CaseId id, Grievance memory c, uint256 seed) private {
        Seat[] memory seats = panels.seatsOf(id, c.instance);
        for (uint256 i = 0; i < seats.length; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i))) % 8;
            if (dice == 0) continue;
            bytes32 commitment = panels.commitmentFor(
                id,
                c.instance,
                seats[i].arbiter,
                rulingOf(seats[i].arbiter, c),
                "",
                0
            );
            bool may = seats[i].state == SeatState.Seated && block.timestamp < panels.panelOf(id, c.instance).commitBy;
            vm.prank(seats[i].arbiter);
            if (dice == 1) {
                try panels.recuse(id) {
                    if (!may) broken = "recused out of turn";
                } catch {
                    if (may) broken = "recusal blocked";
                }
            } else {
                try panels.commit(id, commitment) {
                    if (!may) broken = "committed out of turn";
                } catch {
                    if (may) broken = "commitment blocked";
                }
            }
        }
    }

    function _reveal(CaseId id, Grievance memory c, uint256 seed) private {
        Seat[] memory seats = panels.seatsOf(id, c.instance);
        for (uint256 i = 0; i < seats.length; ++i) {
            if (uint256(keccak256(abi.encode(seed, i))) % 6 == 0) continue;
            bool may = seats[i].state == SeatState.Committed && panels.areCommitsOver(id, c.instance);
            may = may && block.timestamp < panels.panelOf(id, c.instance).revealBy;
            vm.prank(seats[i].arbiter);
            try panels.reveal(id, rulingOf(seats[i].arbiter, c), "", 0) {
                if (!may) broken = "revealed out of turn";
            } catch {
                if (may) broken = "reveal blocked";
            }
        }
    }

    function _some(uint256 seed) private view returns (CaseId id, Grievance memory c) {
        if (_books.length == 0) return (id, c);
        // mostly one of the last: they are open
        uint256 back = (seed >> 200) % (_books.length < 4 ? _books.length : 4);
        id = CaseId.wrap(_books.length - back);
        c = rail.grievanceOf(id);
    }

    function _fund(address who) private {
        token.mint(who, 1e15);
        vm.prank(who);
        token.approve(address(ledger), type(uint256).max);
    }

    function _allow(AccessManager authority) private {
        bytes4[] memory one = new bytes4[](1);
        bytes4[] memory two = new bytes4[](2);
        (two[0], two[1]) = (desk.admit.selector, desk.endWaiver.selector);
        authority.setTargetFunctionRole(address(desk), two, 62);
        (two[0], two[1]) = (ledger.collect.selector, ledger.move.selector);
        authority.setTargetFunctionRole(address(ledger), two, 63);
        one[0] = panels.draw.selector;
        authority.setTargetFunctionRole(address(panels), one, 62);
        one[0] = orders.issue.selector;
        authority.setTargetFunctionRole(address(orders), one, 62);
        one[0] = respondents.slash.selector;
        authority.setTargetFunctionRole(address(respondents), one, 62);
        one[0] = register.penalise.selector;
        authority.setTargetFunctionRole(address(register), one, 62);
        authority.grantRole(62, address(rail), 0);
        authority.grantRole(63, address(rail), 0);
        authority.grantRole(63, address(register), 0);
        authority.grantRole(63, address(respondents), 0);
    }
}
