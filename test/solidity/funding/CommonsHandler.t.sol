// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdAssertions} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdAssertions.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {
    AepId,
    AnchorFlags,
    AnchorState,
    FeedId,
    IEvidenceRegistry
} from "../../../contracts/evidence/IEvidenceRegistry.sol";
import {CommonsFund} from "../../../contracts/funding/commons/CommonsFund.sol";
import {
    Award,
    AwardId,
    AwardKind,
    AwardTerms,
    Setting,
    Share
} from "../../../contracts/funding/commons/ICommonsFund.sol";
import {InflowSource} from "../../../contracts/funding/commons/ICommonsInflow.sol";
import {Milestone} from "../../../contracts/funding/commons/Milestone.sol";
import {MockRegistry} from "../../mocks/MockRegistry.sol";
import {TestStablecoin} from "../../mocks/TestStablecoin.sol";

/// @dev Drives the commons as everybody at once, in two assets, and keeps books of its own that know nothing of how the contract
/// keeps them. Each action says beforehand what must come of it.
contract CommonsHandler is CommonBase, StdAssertions, StdUtils {
    struct Made {
        AwardId id;
        uint256 asset;
        AwardKind kind;
        uint256 assets; // as awarded
        uint256 returned;
        uint256 paid; // as the tokens moved
        uint256 madeAt;
        uint256 startAt;
        uint256 cliffAt;
        uint256 endAt; // of a stream, as made
        uint256 deadline; // of a pledge
        uint256 releasedAt; // of a pledge
        uint256 revokedAt;
        uint256 asked; // of compensation
        uint256 lastAt; // awarded, or raised
        bytes32 origin;
        uint256 first; // its first recipient
        uint256 to;
        Milestone milestone;
    }

    struct Logged {
        uint256 asset;
        bool compensation;
        uint256 at;
        uint256 assets;
        uint256 limitThen;
    }

    struct Told {
        uint256 toldAt;
        uint256 from;
        uint256 assets;
    }

    struct Pack {
        AepId aepId;
        FeedId feedId;
        int64 value;
        uint40 from;
        uint40 to;
        uint8 eql;
        bool provisional;
        uint256 finalAt;
        AnchorState state;
    }

    uint256 public constant ASSETS = 2;
    uint256 public constant PEOPLE = 3;
    uint256 public constant SOURCES = 4;
    uint256 private constant PERIOD = 30 days;
    uint256 private constant MOST_AWARDS = 60;

    // in storage, not immutable: the fuzzer knows a contract by how much its code resembles the compiled one
    CommonsFund public commons;
    MockRegistry public registry;
    TestStablecoin[2] public tokens;
    uint256[4] public bps = [2_000, 10_000, 3_333, 0];

    Made[] private _made;
    Logged[] private _logged;
    Pack[] private _packs;
    mapping(uint256 asset => mapping(Setting => Told[])) private _told;

    mapping(uint256 asset => mapping(uint256 source => uint256)) public given;
    mapping(uint256 asset => mapping(uint256 source => uint256)) public kept;
    mapping(uint256 asset => mapping(uint256 source => uint256)) public fetched;
    mapping(uint256 asset => mapping(uint256 person => uint256)) public received;
    mapping(string action => uint256 times) public calls;
    mapping(string action => uint256 times) public refused;

    constructor() {
        vm.warp(1_700_000_000);
        AccessManager manager = new AccessManager(address(this));
        registry = new MockRegistry();
        Share[4] memory shares;
        for (uint256 i = 0; i < SOURCES; ++i) {
            shares[i] = Share(uint16(bps[i]), bps[i] == 1e4 ? address(0) : beneficiary(i));
        }
        commons = new CommonsFund(address(manager), IEvidenceRegistry(address(registry)), shares);
        for (uint256 i = 0; i < ASSETS; ++i) {
            tokens[i] = new TestStablecoin("Token", "TKN", 6);
            tokens[i].approve(address(commons), type(uint256).max);
            _announce(i, Setting.GrantLimit, 5_000e6);
            _announce(i, Setting.CompensationLimit, 2_000e6);
            _announce(i, Setting.Floor, 300e6);
        }
        vm.warp(block.timestamp + 20 days);
    }

    // —— what people do ——————————————————————————————————————————————————————————————————————————————————————

    function warp(uint256 seed) external {
        ++calls["warp"];
        // mostly days, sometimes to where an award or a window ends, or years
        uint256 kind = seed % 8;
        if (kind == 0) return vm.warp(block.timestamp + ((seed >> 8) % 400 days));
        if (kind == 1 && _made.length != 0) {
            Made memory m = _made[(seed >> 8) % _made.length];
            uint256[4] memory times = [m.cliffAt, m.endAt, m.deadline, m.madeAt + PERIOD];
            uint256 time = times[(seed >> 16) % 4];
            time = (seed >> 24) % 3 == 0 && time != 0 ? time - 1 : time;
            if (time > block.timestamp) return vm.warp(time);
        }
        vm.warp(block.timestamp + ((seed >> 8) % 9 days));
    }

    function deposit(uint256 asset, uint256 assets, uint256 source) external {
        ++calls["deposit"];
        (asset, source) = (asset % ASSETS, source % SOURCES);
        assets = assets % 3 == 0 ? _bound(assets, 0, 12_345) : _bound(assets, 0, 20_000e6);
        tokens[asset].mint(address(this), assets);
        commons.deposit(tokens[asset], assets, InflowSource(source), bytes32("origin"));
        _count(asset, assets, source);
    }

    function donate(uint256 asset, uint256 assets) external {
        ++calls["donate"];
        asset = asset % ASSETS;
        assets = _bound(assets, 1, 1_000e6);
        tokens[asset].mint(address(commons), assets);
        assertEq(commons.take(tokens[asset]), assets, "found");
        _count(asset, assets, uint256(InflowSource.Gift));
    }

    function fetch(uint256 asset, uint256 source) external {
        ++calls["fetch"];
        (asset, source) = (asset % ASSETS, source % SOURCES);
        uint256 due = given[asset][source] - kept[asset][source] - fetched[asset][source];
        uint256 before = tokens[asset].balanceOf(beneficiary(source));
        try commons.fetch(tokens[asset], InflowSource(source)) {
            assertEq(tokens[asset].balanceOf(beneficiary(source)) - before, due, "fetched");
            assertGt(due, 0, "nothing due");
            fetched[asset][source] += due;
        } catch {
            assertEq(due, 0, "fetch blocked");
        }
    }

    function grant(uint256 asset, uint256 assets, uint256 to) external {
        Made memory m;
        (m.asset, m.kind, m.to) = (asset % ASSETS, AwardKind.Grant, to % PEOPLE);
        m.assets = _amount(m.asset, assets);
        _make("grant", m);
    }

    function stream(uint256 asset, uint256 assets, uint256 to, uint256 schedule) external {
        Made memory m;
        (m.asset, m.kind, m.to) = (asset % ASSETS, AwardKind.Stream, to % PEOPLE);
        m.assets = _amount(m.asset, assets);
        m.startAt = block.timestamp - 20 days + (schedule % 60 days);
        m.endAt = m.startAt + 21 days + ((schedule >> 64) % 300 days);
        m.cliffAt = m.startAt + ((schedule >> 128) % (m.endAt - m.startAt + 1));
        _make("stream", m);
    }

    function pledge(uint256 asset, uint256 assets, uint256 to, uint256 seed) external {
        Made memory m;
        (m.asset, m.kind, m.to) = (asset % ASSETS, AwardKind.Milestone, to % PEOPLE);
        m.assets = _amount(m.asset, assets);
        m.milestone.feedId = feed(seed);
        m.milestone.threshold = int64(int256((seed >> 8) % 10)) - 5;
        m.milestone.from = uint40(block.timestamp - 10 days + ((seed >> 16) % 10 days));
        m.milestone.to = m.milestone.from + 1 + uint40((seed >> 64) % 30 days);
        m.milestone.minEql = 1 + uint8((seed >> 128) % 4);
        m.milestone.atLeast = (seed >> 136) % 2 == 0;
        m.deadline = m.milestone.to + 180 days + ((seed >> 144) % 50 days);
        _make("pledge", m);
    }

    function compensate(uint256 asset, uint256 assets, uint256 to) external {
        ++calls["compensate"];
        if (_made.length == MOST_AWARDS) return;
        Made memory m;
        (m.asset, m.kind, m.to) = (asset % ASSETS, AwardKind.Compensation, to % PEOPLE);
        uint256 asked = _bound(assets, 0, 3_000e6);
        m.assets = _least(asked, _least(free(m.asset), _left(m.asset, Setting.CompensationLimit)));
        bytes32 origin = bytes32(_made.length + 1);
        IERC20 token = tokens[m.asset];
        assertEq(commons.awardCompensation(token, person(m.to), asked, origin), m.assets, "compensation");
        if (m.assets == 0) return;
        (m.asked, m.origin, m.first) = (asked, origin, m.to);
        m.id = commons.compensationIdOf(address(this), origin, token, person(m.to));
        _keep(m, Setting.CompensationLimit);
    }

    /// @dev The same case again, mostly one that was cut: it gets what it first asked for and no more.
    function raise(uint256 which, uint256 assets) external {
        if (_made.length == 0) return;
        which = which % _made.length;
        for (uint256 i = 0; i < _made.length && _made[which].asked == _made[which].assets; ++i) {
            which = (which + 1) % _made.length;
        }
        Made storage m = _made[which];
        if (m.kind != AwardKind.Compensation) return;
        ++calls["raise"];
        assets = _bound(assets, 0, 3_000e6);
        uint256 added = _least(_least(assets, m.asked - m.assets), free(m.asset));
        added = _least(added, _left(m.asset, Setting.CompensationLimit));
        assertEq(commons.awardCompensation(tokens[m.asset], person(m.first), assets, m.origin), added, "raised");
        if (added == 0) return;
        ++calls["raised"];
        (m.assets, m.lastAt) = (m.assets + added, block.timestamp);
        _log(m.asset, Setting.CompensationLimit, added);
    }

    /// @dev The same part of the same decision, again, in whatever way: refused.
    function again(uint256 which, uint256 assets) external {
        if (_made.length == 0) return;
        ++calls["again"];
        which = which % _made.length;
        Made memory m = _made[which];
        if (m.kind == AwardKind.Compensation) return;
        m.assets = _bound(assets, 1, 10e6);
        try commons.grant(_terms(m, which)) {
            assertTrue(false, "awarded twice");
        } catch {}
    }

    function revoke(uint256 which) external {
        if (_made.length == 0) return;
        ++calls["revoke"];
        Made storage m = _made[which % _made.length];
        uint256 unvested = m.kind == AwardKind.Stream ? m.assets - m.returned - vested(m, block.timestamp) : 0;
        try commons.revoke(m.id, bytes32("why")) returns (uint256 returned) {
            assertEq(returned, unvested, "revoked");
            assertGt(unvested, 0, "nothing to revoke");
            (m.returned, m.revokedAt) = (m.returned + returned, block.timestamp);
        } catch {
            assertEq(unvested, 0, "revocation blocked");
            ++refused["revoke"];
        }
    }

    function collect(uint256 which) external {
        if (_made.length == 0) return;
        ++calls["collect"];
        Made storage m = _made[which % _made.length];
        uint256 owed = vested(m, block.timestamp) - m.paid;
        uint256 before = tokens[m.asset].balanceOf(person(m.to));
        try commons.collect(m.id) returns (uint256 assets) {
            assertEq(tokens[m.asset].balanceOf(person(m.to)) - before, assets, "moved");
            assertEq(assets, owed, "collected");
            assertGt(owed, 0, "nothing to collect");
            m.paid += assets;
            received[m.asset][m.to] += assets;
        } catch {
            assertEq(owed, 0, "collecting blocked");
            ++refused["collect"];
        }
    }

    function redirect(uint256 which, uint256 by, uint256 to) external {
        if (_made.length == 0) return;
        ++calls["redirect"];
        Made storage m = _made[which % _made.length];
        (by, to) = (by % PEOPLE, to % PEOPLE);
        vm.prank(person(by));
        try commons.redirect(m.id, person(to)) {
            assertEq(by, m.to, "redirected by another");
            m.to = to;
        } catch {
            assertTrue(by != m.to, "redirection blocked");
        }
    }

    function lapse(uint256 which) external {
        if (_made.length == 0) return;
        ++calls["lapse"];
        Made storage m = _made[which % _made.length];
        uint256 left = m.assets - m.returned - m.paid;
        bool may = left != 0 && block.timestamp >= _lapsesAt(m);
        try commons.lapse(m.id) returns (uint256 returned) {
            assertTrue(may, "lapsed early");
            assertEq(returned, left, "lapsed");
            m.returned += left;
        } catch {
            assertFalse(may, "lapse blocked");
        }
    }

    function anchor(uint256 seed) external {
        ++calls["anchor"];
        Pack memory p;
        p.aepId = AepId.wrap(bytes32(_packs.length + 1));
        p.feedId = feed(seed);
        p.value = int64(int256((seed >> 8) % 10)) - 5;
        p.to = uint40(block.timestamp - ((seed >> 16) % 15 days));
        p.from = p.to - 1 - uint40((seed >> 64) % 5 days);
        p.eql = 1 + uint8((seed >> 128) % 4);
        p.provisional = (seed >> 136) % 5 == 0;
        AnchorState[5] memory states = [
            AnchorState.Anchored,
            AnchorState.Anchored,
            AnchorState.Disputed,
            AnchorState.Upheld,
            AnchorState.Void
        ];
        p.state = states[(seed >> 144) % 5];
        p.finalAt = block.timestamp + registry.challengeSeconds();
        uint8 flags = p.provisional ? AnchorFlags.PROVISIONAL : 0;
        registry.set(p.aepId, p.feedId, p.value, p.from, p.to, p.eql, flags, p.state);
        _packs.push(p);
    }

    /// @dev Carries every pack there is to one award, which is mostly a pledge.
    function release(uint256 which) external {
        if (_made.length == 0) return;
        which = which % _made.length;
        for (uint256 i = 0; i < _made.length && _made[which].kind != AwardKind.Milestone; ++i) {
            which = (which + 1) % _made.length;
        }
        ++calls["release"];
        Made storage m = _made[which];
        for (uint256 i = 0; i < _packs.length; ++i) {
            bool may = _shows(_packs[i], m);
            try commons.release(m.id, _packs[i].aepId) {
                assertTrue(may, "released by what shows nothing");
                m.releasedAt = block.timestamp;
                ++calls["released"];
            } catch {
                assertFalse(may, "release blocked");
            }
        }
    }

    function announce(uint256 asset, uint256 setting, uint256 assets) external {
        ++calls["announce"];
        setting = setting % 3;
        _announce(asset % ASSETS, Setting(setting), _bound(assets, 0, setting == 2 ? 2_000e6 : 8_000e6));
    }

    // —— the books ———————————————————————————————————————————————————————————————————————————————————————————

    function madeCount() external view returns (uint256) {
        return _made.length;
    }

    function madeAt(uint256 which) external view returns (Made memory) {
        return _made[which];
    }

    function loggedCount() external view returns (uint256) {
        return _logged.length;
    }

    function loggedAt(uint256 which) external view returns (Logged memory) {
        return _logged[which];
    }

    function held(uint256 asset) public view returns (uint256 assets) {
        for (uint256 i = 0; i < SOURCES; ++i) assets += kept[asset][i];
        for (uint256 i = 0; i < _made.length; ++i) if (_made[i].asset == asset) assets -= _made[i].paid;
    }

    function awarded(uint256 asset) public view returns (uint256 assets) {
        for (uint256 i = 0; i < _made.length; ++i) {
            if (_made[i].asset == asset) assets += _made[i].assets - _made[i].returned - _made[i].paid;
        }
    }

    function free(uint256 asset) public view returns (uint256) {
        return held(asset) - awarded(asset);
    }

    function grantable(uint256 asset) public view returns (uint256) {
        (uint256 there, uint256 floor) = (free(asset), settingAt(asset, Setting.Floor, block.timestamp));
        return _least(there > floor ? there - floor : 0, _left(asset, Setting.GrantLimit));
    }

    /// @dev All that was ever announced and came into force by then: the last of it. One that was replaced before did not.
    function settingAt(uint256 asset, Setting setting, uint256 time) public view returns (uint256 assets) {
        Told[] storage told = _told[asset][setting];
        for (uint256 i = told.length; i > 0; --i) {
            Told storage one = told[i - 1];
            bool replaced = i < told.length && told[i].toldAt < one.from;
            if (one.from <= time && !replaced) return one.assets;
        }
    }

    /// @dev What had been awarded, under the limit that this kind has, in the 30 days up to `time`, `upTo` the last counted.
    function lately(uint256 asset, bool compensation, uint256 time, uint256 upTo) public view returns (uint256 assets) {
        for (uint256 i = 0; i < upTo; ++i) {
            Logged storage one = _logged[i];
            if (one.asset != asset || one.compensation != compensation) continue;
            if (one.at + PERIOD > time) assets += one.assets;
        }
    }

    /// @dev Of a stream by the rule of three, until it was revoked; of the rest all or nothing.
    function vested(Made memory m, uint256 time) public pure returns (uint256) {
        if (m.kind == AwardKind.Milestone && m.releasedAt == 0) return 0;
        if (m.kind != AwardKind.Stream) return m.assets - m.returned;
        if (m.revokedAt != 0 && time > m.revokedAt) time = m.revokedAt;
        uint256 all = m.revokedAt == 0 ? m.assets - m.returned : m.assets;
        uint256 lapsed = m.revokedAt == 0 ? 0 : m.returned;
        if (time >= m.endAt) return all;
        if (time < m.cliffAt || time < m.startAt) return 0;
        uint256 soFar = (m.assets * (time - m.startAt)) / (m.endAt - m.startAt);
        // what lapsed after a revocation is all that was left
        return m.revokedAt != 0 && soFar + lapsed > m.assets ? m.assets - lapsed : soFar;
    }

    function person(uint256 which) public pure returns (address) {
        return address(uint160(0xbeef0000 + which));
    }

    function beneficiary(uint256 source) public pure returns (address) {
        return address(uint160(0xfee0000 + source));
    }

    function feed(uint256 seed) public pure returns (FeedId) {
        return FeedId.wrap(bytes32(1 + (seed % 2)));
    }

    // —— inside ——————————————————————————————————————————————————————————————————————————————————————————————

    /// @dev What stays by what goes: floor of the other share.
    function _count(uint256 asset, uint256 assets, uint256 source) private {
        given[asset][source] += assets;
        kept[asset][source] += assets - (assets * (1e4 - bps[source])) / 1e4;
    }

    function _announce(uint256 asset, Setting setting, uint256 assets) private {
        commons.announce(tokens[asset], setting, uint104(assets), bytes32("decision"));
        _told[asset][setting].push(Told(block.timestamp, block.timestamp + 14 days, assets));
    }

    /// @dev Mostly what can be, sometimes exactly all, sometimes one more.
    function _amount(uint256 asset, uint256 seed) private view returns (uint256) {
        uint256 most = grantable(asset);
        if (seed % 8 == 0) return most + 1;
        if (most == 0) return 1;
        return seed % 8 == 1 ? most : _bound(seed, 1, most / 3 + 1);
    }

    function _terms(Made memory m, uint256 part) private view returns (AwardTerms memory) {
        // two parts to a decision
        return AwardTerms(bytes32(1 + part / 2), uint32(part % 2), tokens[m.asset], person(m.to), uint128(m.assets));
    }

    function _make(string memory action, Made memory m) private {
        ++calls[action];
        if (_made.length == MOST_AWARDS) return;
        bool may = m.assets <= grantable(m.asset);
        try this.award(m, _terms(m, _made.length)) returns (AwardId id) {
            assertTrue(may, "awarded too much");
            m.id = id;
            _keep(m, Setting.GrantLimit);
        } catch {
            assertFalse(may, "award blocked");
            ++refused[action];
        }
    }

    function award(Made memory m, AwardTerms memory terms) external returns (AwardId) {
        if (m.kind == AwardKind.Grant) return commons.grant(terms);
        if (m.kind == AwardKind.Milestone) return commons.pledge(terms, m.milestone, uint40(m.deadline));
        return commons.stream(terms, uint40(m.startAt), uint40(m.cliffAt), uint40(m.endAt));
    }

    function _keep(Made memory m, Setting limit) private {
        (m.madeAt, m.lastAt) = (block.timestamp, block.timestamp);
        _made.push(m);
        _log(m.asset, limit, m.assets);
    }

    function _log(uint256 asset, Setting limit, uint256 assets) private {
        uint256 most = settingAt(asset, limit, block.timestamp);
        _logged.push(Logged(asset, limit == Setting.CompensationLimit, block.timestamp, assets, most));
    }

    function _left(uint256 asset, Setting limit) private view returns (uint256) {
        uint256 most = settingAt(asset, limit, block.timestamp);
        uint256 used = lately(asset, limit == Setting.CompensationLimit, block.timestamp, _logged.length);
        return most > used ? most - used : 0;
    }

    function _lapsesAt(Made memory m) private pure returns (uint256) {
        if (m.kind == AwardKind.Milestone) {
            // a pledge that was taken back has nothing left
            return m.releasedAt == 0 ? m.deadline : m.releasedAt + 1095 days;
        }
        if (m.kind == AwardKind.Stream) return (m.revokedAt == 0 ? m.endAt : m.revokedAt) + 1095 days;
        return m.lastAt + 1095 days;
    }

    function _shows(Pack memory p, Made memory m) private view returns (bool) {
        if (m.kind != AwardKind.Milestone || m.releasedAt != 0 || m.returned != 0) return false;
        if (block.timestamp >= m.deadline || p.provisional || p.eql < m.milestone.minEql) return false;
        bool isFinal =
            p.state == AnchorState.Upheld || (p.state == AnchorState.Anchored && block.timestamp >= p.finalAt);
        if (!isFinal || FeedId.unwrap(p.feedId) != FeedId.unwrap(m.milestone.feedId)) return false;
        if (p.from < m.milestone.from || p.to > m.milestone.to) return false;
        return m.milestone.atLeast ? !(p.value < m.milestone.threshold) : !(p.value > m.milestone.threshold);
    }

    function _least(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
