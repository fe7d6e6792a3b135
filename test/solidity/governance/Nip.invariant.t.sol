// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";
import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Draft, Nip, NipId, NipState, SpecId, SpecVersion} from "../../../contracts/governance/nip/INipRegistry.sol";
import {NipRegistry} from "../../../contracts/governance/nip/NipRegistry.sol";
import {Version} from "../../../contracts/registry/Version.sol";

/// @notice Five people who each try everything, officers with the power to record votes among them, and the voters.
/// @dev Keeps its own books: what must have come out is computed from these and never read back.
contract NipHandler is CommonBase, StdUtils {
    uint256 public constant PEOPLE = 5;
    uint256 public constant SPECS = 2;

    struct Proposal {
        uint256 spec;
        uint256 author;
        uint256 reviewedBy; // PEOPLE: nobody
        NipState state; // never Superseded
        uint256 enteredAt;
        uint256 sendBacks;
        uint256[3] version;
        bytes32 specHash;
        uint256 activation;
    }

    struct Line {
        uint256 proposal;
        uint256[3] version;
        uint256 from;
        bool compatible;
    }

    NipRegistry public immutable nips;
    string public broken;
    mapping(bytes32 action => uint256) public calls;
    Proposal[] private _proposals;
    mapping(uint256 spec => Line[]) private _lines;
    mapping(uint256 office => mapping(uint256 person => uint256)) private _until; // office 0: editors; 1 + spec
    mapping(uint256 office => mapping(uint256 person => uint256)) private _nextAt;
    mapping(bytes32 specAndHash => bool) private _accepted;

    constructor() {
        AccessManager authority = new AccessManager(address(this));
        nips = new NipRegistry(address(authority));
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = nips.recordOutcome.selector;
        authority.setTargetFunctionRole(address(nips), selectors, 1);
        authority.grantRole(1, address(this), 0);
        for (uint256 i = 0; i < PEOPLE; ++i) authority.grantRole(1, person(i), 0);
    }

    modifier act(bytes32 name) {
        ++calls[name];
        _;
    }

    // —— actions ————————————————————————————————————————————————————————————————————————————————————————————

    function warp(uint256 duration) external act("warp") {
        duration = duration % 4 == 0 ? _bound(duration, 1, 100 days) : _bound(duration, 1, 8 days);
        vm.warp(block.timestamp + duration);
    }

    function submit(uint256 seed) external act("submit") {
        uint256 spec = seed % SPECS;
        uint256[3] memory version = _someVersion(spec, seed >> 8);
        bytes32 specHash = keccak256(abi.encode((seed >> 16) % 12));
        uint256 activation = (seed >> 32) % 3 == 0 ? 0 : 40 days;
        bool may = _isNext(spec, version) && !_accepted[_key(spec, specHash)];
        if (_breaks(spec, version) && activation < 30 days) may = false;
        Draft memory draft = Draft(specName(spec), packed(version), specHash, uint32(activation), "");
        uint256 who = (seed >> 40) % PEOPLE;
        vm.prank(person(who));
        try nips.submit(draft, "why") returns (NipId nipId) {
            if (!may) broken = "submitted what is not next or not new";
            if (NipId.unwrap(nipId) != _proposals.length + 1) broken = "numbers skip";
            _proposals.push(
                Proposal(spec, who, PEOPLE, NipState.Draft, block.timestamp, 0, version, specHash, activation)
            );
        } catch {
            if (may) broken = "submission blocked";
        }
    }

    function revise(uint256 seed) external act("revise") {
        if (_proposals.length == 0) return;
        (uint256 index, uint256 who) = _choose(seed);
        Proposal storage p = _proposals[index];
        bytes32 specHash = keccak256(abi.encode((seed >> 16) % 12));
        bool may = who == p.author && (p.state == NipState.Draft || p.state == NipState.Review);
        if (_accepted[_key(p.spec, specHash)]) may = false;
        vm.prank(person(who));
        try nips.revise(NipId.wrap(index + 1), specHash, "", "why") {
            if (!may) broken = "revised out of turn";
            (p.specHash, p.enteredAt) = (specHash, block.timestamp);
        } catch {
            if (may) broken = "revision blocked";
        }
    }

    function advance(uint256 seed) external act("advance") {
        if (_proposals.length == 0) return;
        (uint256 index, uint256 who) = _choose(seed);
        _advance(index, who);
    }

    /// @notice A proposal's way in good order: its time passes, everybody tries to move it, and the voters accept.
    function carry(uint256 seed) external act("carry") {
        if (_proposals.length == 0) return;
        (uint256 index, ) = _choose(seed);
        vm.warp(block.timestamp + 15 days);
        if (_proposals[index].state == NipState.Vote) _outcome(index, 0, true, _proposals[index].specHash, true);
        else for (uint256 who = 0; who < PEOPLE; ++who) _advance(index, who);
    }

    function _advance(uint256 index, uint256 who) private {
        Proposal storage p = _proposals[index];
        bool may = _mayAdvance(p, who);
        vm.prank(person(who));
        try nips.advance(NipId.wrap(index + 1), "why") {
            if (!may) broken = "advanced out of turn";
            if (p.state == NipState.Draft) p.reviewedBy = who;
            _enter(p, NipState(uint8(p.state) + 1));
        } catch {
            if (may) broken = "advance blocked";
        }
    }

    function sendBack(uint256 seed) external act("sendBack") {
        if (_proposals.length == 0) return;
        (uint256 index, uint256 who) = _choose(seed);
        Proposal storage p = _proposals[index];
        bool may = p.sendBacks < 3;
        if (p.state == NipState.Review) may = may && inOffice(0, who);
        else if (p.state == NipState.LastCall) may = may && inOffice(1 + p.spec, who);
        else may = false;
        vm.prank(person(who));
        try nips.sendBack(NipId.wrap(index + 1), "why") {
            if (!may) broken = "sent back out of turn";
            ++p.sendBacks;
            _enter(p, NipState(uint8(p.state) - 1));
        } catch {
            if (may) broken = "sending back blocked";
        }
    }

    function withdraw(uint256 seed) external act("withdraw") {
        if (_proposals.length == 0 || seed % 4 != 0) return;
        (uint256 index, uint256 who) = _choose(seed);
        Proposal storage p = _proposals[index];
        bool may = who == p.author && uint8(p.state) < uint8(NipState.Vote);
        vm.prank(person(who));
        try nips.withdraw(NipId.wrap(index + 1), "why") {
            if (!may) broken = "withdrawn out of turn";
            _enter(p, NipState.Withdrawn);
        } catch {
            if (may) broken = "withdrawal blocked";
        }
    }

    /// @notice The voters, or somebody of the five, who all hold the role, on the text or on another one.
    function outcome(uint256 seed, bool accepted) external act("outcome") {
        if (_proposals.length == 0) return;
        (uint256 index, uint256 who) = _choose(seed);
        bytes32 specHash = (seed >> 72) % 8 == 0 ? bytes32(seed) : _proposals[index].specHash;
        _outcome(index, who, (seed >> 64) % 2 == 0, specHash, accepted);
    }

    function _outcome(uint256 index, uint256 who, bool byVoters, bytes32 specHash, bool accepted) private {
        Proposal storage p = _proposals[index];
        bool may = p.state == NipState.Vote && block.timestamp >= p.enteredAt + 3 days && specHash == p.specHash;
        if (!byVoters && (inOffice(0, who) || inOffice(1 + p.spec, who))) may = false;
        if (accepted && (!_isNext(p.spec, p.version) || _accepted[_key(p.spec, specHash)])) may = false;
        if (!byVoters) vm.prank(person(who));
        try nips.recordOutcome(NipId.wrap(index + 1), specHash, accepted, "why") {
            if (!may) broken = "decided out of turn";
            if (accepted) _inForce(p, index);
            _enter(p, accepted ? NipState.Final : NipState.Rejected);
        } catch {
            if (may) broken = "outcome blocked";
        }
    }

    function lapse(uint256 seed) external act("lapse") {
        if (_proposals.length == 0) return;
        (uint256 index, ) = _choose(seed);
        Proposal storage p = _proposals[index];
        bool may = p.state == NipState.Vote && block.timestamp >= p.enteredAt + 90 days;
        try nips.lapse(NipId.wrap(index + 1), "why") {
            if (!may) broken = "lapsed out of turn";
            _enter(p, NipState.Rejected);
        } catch {
            if (may) broken = "lapse blocked";
        }
    }

    /// @param office 0: editors; 1 + spec: its maintainers
    function appoint(uint256 office, uint256 who, uint256 duration) external act("appoint") {
        (office, who) = (office % (1 + SPECS), who % PEOPLE);
        duration = _bound(duration, 0, 400 days);
        uint256 endsAt = block.timestamp + duration;
        bool may = duration > 0 && duration <= 365 days && block.timestamp >= _nextAt[office][who];
        try this.grant(office, person(who), uint40(endsAt)) {
            if (!may) broken = "term without rest, or too long";
            (_until[office][who], _nextAt[office][who]) = (endsAt, endsAt + 90 days);
        } catch {
            if (may) broken = "term blocked";
        }
    }

    function dismiss(uint256 office, uint256 who) external act("dismiss") {
        (office, who) = (office % (1 + SPECS), who % PEOPLE);
        if (!inOffice(office, who) || calls["dismiss"] % 4 != 0) return;
        if (office == 0) nips.endEditor(person(who), "why");
        else nips.endMaintainer(specId(office - 1), person(who), "why");
        (_until[office][who], _nextAt[office][who]) = (block.timestamp, block.timestamp + 90 days);
    }

    function grant(uint256 office, address holder, uint40 endsAt) external {
        if (office == 0) nips.grantEditor(holder, endsAt, "why");
        else nips.grantMaintainer(specId(office - 1), holder, endsAt, "why");
    }

    // —— the books ——————————————————————————————————————————————————————————————————————————————————————————

    function proposalCount() external view returns (uint256) {
        return _proposals.length;
    }

    function proposalAt(uint256 index) external view returns (Proposal memory) {
        return _proposals[index];
    }

    function linesOf(uint256 spec) external view returns (Line[] memory) {
        return _lines[spec];
    }

    function inOffice(uint256 office, uint256 who) public view returns (bool) {
        return block.timestamp < _until[office][who];
    }

    function person(uint256 who) public pure returns (address) {
        return address(uint160(0xbeef0000 + who));
    }

    function specName(uint256 spec) public pure returns (string memory) {
        return spec == 0 ? "report" : "formula";
    }

    function specId(uint256 spec) public pure returns (SpecId) {
        return SpecId.wrap(keccak256(bytes(specName(spec))));
    }

    function packed(uint256[3] memory version) public pure returns (Version) {
        return Version.wrap(uint48(version[0] * 2 ** 32 + version[1] * 2 ** 16 + version[2]));
    }

    // —— inside —————————————————————————————————————————————————————————————————————————————————————————————

    function _enter(Proposal storage p, NipState state) private {
        (p.state, p.enteredAt) = (state, block.timestamp);
    }

    function _inForce(Proposal storage p, uint256 index) private {
        Line[] storage lines = _lines[p.spec];
        uint256 from = block.timestamp + p.activation;
        if (lines.length != 0 && from < lines[lines.length - 1].from) from = lines[lines.length - 1].from;
        lines.push(Line(index, p.version, from, !_breaks(p.spec, p.version)));
        _accepted[_key(p.spec, p.specHash)] = true;
    }

    /// @dev Mostly a young proposal, and mostly somebody who may do something with it.
    function _choose(uint256 seed) private view returns (uint256 index, uint256 who) {
        uint256 count = _proposals.length;
        index = (seed >> 8) % 3 == 0 || count < 4 ? seed % count : count - 1 - (seed % 4);
        who = (seed >> 128) % PEOPLE;
    }

    function _mayAdvance(Proposal storage p, uint256 who) private view returns (bool) {
        uint256 age = block.timestamp - p.enteredAt;
        if (p.state == NipState.LastCall) return age >= 7 days;
        if (p.state != NipState.Draft && p.state != NipState.Review) return false;
        if (age < (p.state == NipState.Draft ? 2 days : 14 days)) return false;
        if (who == p.author) return age >= 60 days;
        if (p.state == NipState.Draft) return inOffice(0, who);
        return inOffice(1 + p.spec, who) && who != p.reviewedBy;
    }

    function _latest(uint256 spec) private view returns (uint256[3] memory version) {
        Line[] storage lines = _lines[spec];
        if (lines.length != 0) version = lines[lines.length - 1].version;
    }

    function _someVersion(uint256 spec, uint256 seed) private view returns (uint256[3] memory version) {
        version = _latest(spec);
        uint256 kind = seed % 5;
        if (_lines[spec].length == 0) version[0] = 1;
        else if (kind == 0) version = [version[0] + 1, 0, 0];
        else if (kind == 1) version = [version[0], version[1] + 1, 0];
        else if (kind < 4) version[2] += 1;
        if (kind == 4) version[(seed >> 8) % 3] += (seed >> 16) % 3;
    }

    function _isNext(uint256 spec, uint256[3] memory v) private view returns (bool) {
        uint256[3] memory l = _latest(spec);
        if (_lines[spec].length == 0) return v[0] == 1 && v[1] == 0 && v[2] == 0;
        bool patch = v[0] == l[0] && v[1] == l[1] && v[2] == l[2] + 1;
        bool minor = v[0] == l[0] && v[1] == l[1] + 1 && v[2] == 0;
        bool major = v[0] == l[0] + 1 && v[1] == 0 && v[2] == 0;
        return patch || minor || major;
    }

    function _breaks(uint256 spec, uint256[3] memory version) private view returns (bool) {
        return _lines[spec].length != 0 && version[0] != _latest(spec)[0];
    }

    function _key(uint256 spec, bytes32 specHash) private pure returns (bytes32) {
        return keccak256(abi.encode(spec, specHash));
    }
}

contract NipInvariantTest is Test {
    NipHandler private _handler;
    NipRegistry private _nips;

    function setUp() external {
        vm.warp(1_700_000_000);
        _handler = new NipHandler();
        _nips = _handler.nips();
        for (uint256 i = 0; i < 3; ++i) _handler.appoint(i, i, 300 days);
        targetContract(address(_handler));
        bytes4[] memory actions = new bytes4[](11);
        actions[0] = _handler.warp.selector;
        actions[1] = _handler.submit.selector;
        actions[2] = _handler.revise.selector;
        actions[3] = _handler.advance.selector;
        actions[4] = _handler.sendBack.selector;
        actions[5] = _handler.withdraw.selector;
        actions[6] = _handler.outcome.selector;
        actions[7] = _handler.lapse.selector;
        actions[8] = _handler.appoint.selector;
        actions[9] = _handler.dismiss.selector;
        actions[10] = _handler.carry.selector;
        targetSelector(FuzzSelector(address(_handler), actions));
    }

    /// @dev INV-NIP-1, -2, -3: nothing moves out of turn, too soon, by the wrong hand or without a vote; nothing that may
    /// move is stopped. INV-NIP-1 is also that what is not moved stays.
    function invariant_NIP_1_aProposalIsWhereItsMovesPutIt() public view {
        assertEq(_handler.broken(), "");
        for (uint256 i = 0; i < _handler.proposalCount(); ++i) {
            NipHandler.Proposal memory p = _handler.proposalAt(i);
            Nip memory nip = _nips.nipOf(NipId.wrap(i + 1));
            assertTrue(nip.state == p.state, "state");
            assertEq(nip.enteredAt, p.enteredAt, "entered");
            assertEq(nip.specHash, p.specHash, "text");
            assertEq(nip.author, _handler.person(p.author), "author");
            assertEq(nip.sendBacks, p.sendBacks, "send-backs");
        }
    }

    /// @dev INV-NIP-2
    function invariant_NIP_2_everyStateHasItsLeastTime() public view {
        uint256[4] memory least = [uint256(2 days), 14 days, 7 days, 3 days];
        for (uint256 i = 0; i < _handler.proposalCount(); ++i) {
            NipHandler.Proposal memory p = _handler.proposalAt(i);
            if (uint8(p.state) > uint8(NipState.Vote)) continue;
            assertEq(_nips.earliestAt(NipId.wrap(i + 1)), p.enteredAt + least[uint8(p.state) - 1]);
        }
    }

    /// @dev INV-NIP-3
    function invariant_NIP_3_aVersionIsWhatAVoteAcceptedAndNoTextIsAcceptedTwice() public view {
        for (uint256 spec = 0; spec < _handler.SPECS(); ++spec) {
            NipHandler.Line[] memory lines = _handler.linesOf(spec);
            SpecId specId = _handler.specId(spec);
            assertEq(_nips.versionCount(specId), lines.length);
            for (uint256 i = 0; i < lines.length; ++i) {
                NipHandler.Proposal memory p = _handler.proposalAt(lines[i].proposal);
                SpecVersion memory version = _nips.versionAt(specId, i + 1);
                assertTrue(p.state == NipState.Final);
                assertEq(version.nip, lines[i].proposal + 1);
                assertEq(version.specHash, p.specHash);
                assertEq(Version.unwrap(version.version), Version.unwrap(_handler.packed(p.version)));
                for (uint256 j = 0; j < i; ++j) {
                    assertNotEq(version.specHash, _nips.versionAt(specId, j + 1).specHash);
                }
            }
        }
    }

    /// @dev INV-NIP-4
    function invariant_NIP_4_oneVersionIsInForceAtATimeAndTheOthersAreSuperseded() public view {
        for (uint256 spec = 0; spec < _handler.SPECS(); ++spec) {
            NipHandler.Line[] memory lines = _handler.linesOf(spec);
            SpecId specId = _handler.specId(spec);
            for (uint256 i = 0; i < lines.length; ++i) {
                if (i > 0) assertGe(lines[i].from, lines[i - 1].from, "order");
                assertEq(_nips.versionAt(specId, i + 1).inForceFrom, lines[i].from);
                bool superseded = i + 1 < lines.length && lines[i + 1].from <= block.timestamp;
                NipState expected = superseded ? NipState.Superseded : NipState.Final;
                assertTrue(_nips.stateOf(NipId.wrap(lines[i].proposal + 1)) == expected, "state");
                // the last of those that began by then, found by looking at all
                uint256 time = lines[i].from + (block.timestamp % 50 days);
                uint256 last;
                for (uint256 j = 0; j < lines.length; ++j) if (lines[j].from <= time) last = lines[j].proposal + 1;
                assertEq(_nips.inForceAt(specId, time).nip, last, "in force");
            }
        }
    }

    /// @dev INV-NIP-5
    function invariant_NIP_5_compatibleMeansThatNothingBetweenBroke() public view {
        for (uint256 spec = 0; spec < _handler.SPECS(); ++spec) {
            NipHandler.Line[] memory lines = _handler.linesOf(spec);
            for (uint256 i = 0; i < lines.length; ++i) {
                bool compatible = true;
                for (uint256 j = i; j < lines.length; ++j) {
                    if (j > i && !lines[j].compatible) compatible = false;
                    Version older = _handler.packed(lines[i].version);
                    Version newer = _handler.packed(lines[j].version);
                    assertEq(_nips.isCompatible(_handler.specId(spec), older, newer), compatible);
                    if (j > i) assertFalse(_nips.isCompatible(_handler.specId(spec), newer, older));
                }
            }
        }
    }

    /// @dev Invariants that nothing ever happens under would hold as well.
    function test_theHandlerGetsEverywhere() public {
        uint256[9] memory states;
        for (uint256 i = 0; i < 1500; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            uint256 action = seed % 32;
            if (action < 3) _handler.carry(seed >> 5);
            else if (action < 6) _handler.warp(seed >> 5);
            else if (action < 9) _handler.submit(seed >> 5);
            else if (action < 10) _handler.revise(seed >> 5);
            else if (action < 22) _handler.advance(seed >> 5);
            else if (action < 23) _handler.sendBack(seed >> 5);
            else if (action < 24) _handler.withdraw(seed >> 5);
            else if (action < 28) _handler.outcome(seed >> 5, seed >> 254 != 0);
            else if (action < 29) _handler.lapse(seed >> 5);
            else if (action < 31) _handler.appoint(seed >> 5, seed >> 64, seed >> 128);
            else _handler.dismiss(seed >> 5, seed >> 64);
        }
        invariant_NIP_1_aProposalIsWhereItsMovesPutIt();
        invariant_NIP_2_everyStateHasItsLeastTime();
        invariant_NIP_3_aVersionIsWhatAVoteAcceptedAndNoTextIsAcceptedTwice();
        invariant_NIP_4_oneVersionIsInForceAtATimeAndTheOthersAreSuperseded();
        invariant_NIP_5_compatibleMeansThatNothingBetweenBroke();
        for (uint256 i = 0; i < _handler.proposalCount(); ++i) ++states[uint8(_nips.stateOf(NipId.wrap(i + 1)))];
        assertGt(states[uint8(NipState.Superseded)], 2, "superseded");
        assertGt(states[uint8(NipState.Final)], 0, "final");
        assertGt(states[uint8(NipState.Rejected)], 0, "rejected");
        assertGt(states[uint8(NipState.Withdrawn)], 0, "withdrawn");
    }
}
