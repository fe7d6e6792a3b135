// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdAssertions} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdAssertions.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {IPolicyBook, Policy, PolicyId, PolicyStatus, Quote} from "../../../contracts/capital/IPolicyBook.sol";
import {EvidenceGrade, FormulaId, Readings, Terms, TermsHash} from "../../../contracts/capital/ITermsStore.sol";
import {PolicyBook} from "../../../contracts/capital/PolicyBook.sol";
import {RiskPool} from "../../../contracts/capital/RiskPool.sol";
import {TermsStore} from "../../../contracts/capital/TermsStore.sol";
import {
    AepId,
    AnchorFlags,
    AnchorState,
    FeedId,
    IEvidenceRegistry
} from "../../../contracts/evidence/IEvidenceRegistry.sol";
import {BlacklistToken} from "../../mocks/HostileTokens.sol";
import {MockRegistry} from "../../mocks/MockRegistry.sol";

/// @dev Drives book, pool and registry as everybody at once, and keeps a ledger of its own to compare with. Each action either
/// bounds its input so that it must succeed, or asserts that what must be refused is refused.
contract CapitalHandler is CommonBase, StdAssertions, StdUtils, IERC1271 {
    enum Shape {
        Step, // all from 640 on
        Ramp, // 0 at 0 to all at 1,000, rounded down
        Part // 0…10 % jumps to a line from 10 % to 30 %, 25 % at the end of it and 5 % beyond, rounded up
    }

    struct Sold {
        PolicyId policyId;
        Terms terms;
        Shape shape;
        uint256 most;
        uint256 premium;
        uint256 paid; // as the tokens moved
        uint256 largestDue; // of the evidence that was settled
        bool open;
        PolicyStatus closedAs;
        uint256 holds;
    }

    struct Pack {
        AepId aepId;
        int64 value;
        uint40 from;
        uint40 to;
        bool provisional;
    }

    struct Asked {
        uint256 requestId;
        address controller;
        uint256 shares;
        uint256 askedAt;
        uint256 pausedThen;
    }

    uint256 public constant ONE = 1e18;
    uint40 public constant NOTICE = 2 days;
    uint256 public constant OFFSET = 1e6;
    uint256 private constant MOST_POLICIES = 24;
    uint256 private constant MOST_PACKS = 40;
    uint256 private constant MOST_ASKED = 24;
    FeedId private constant FEED = FeedId.wrap(keccak256("feed"));

    // in storage, not immutable: the fuzzer knows a contract by how much its code resembles the compiled one
    BlacklistToken public token;
    MockRegistry public registry;
    TermsStore public store;
    PolicyBook public book;
    RiskPool public pool;

    address[4] public actors = [address(0xA11CE), address(0xB0B), address(0xCA401), address(0xDA7E)];
    Sold[] private _sold;
    Pack[] private _packs;
    Asked[] private _asked;
    mapping(uint256 requestId => uint256 runningTime) private _warnedAt;
    mapping(Shape => FormulaId) private _formulas;
    uint96 private _nonce;

    // the handler's own ledger
    uint256 public deposited;
    uint256 public premiums;
    uint256 public delivered; // payouts that reached a holder
    uint256 public redeemed;
    uint256 public donated;
    mapping(string action => uint256 times) public calls;

    constructor() {
        vm.warp(1_700_000_000);
        AccessManager manager = new AccessManager(address(this));
        token = new BlacklistToken();
        registry = new MockRegistry();
        store = new TermsStore(address(manager));
        book = new PolicyBook(address(manager), IEvidenceRegistry(address(registry)), store);
        pool = new RiskPool(
            token,
            "Pool",
            "POOL",
            address(manager),
            IPolicyBook(address(book)),
            NOTICE - registry.challengeSeconds()
        );
        book.listPool(address(pool));
        pool.setUnderwriter(address(this), true);
        for (uint256 i = 0; i < actors.length; ++i) {
            token.mint(actors[i], 1e15);
            vm.prank(actors[i]);
            token.approve(address(pool), type(uint256).max);
        }
        uint256[] memory step = new uint256[](1);
        step[0] = _word(640, 0, ONE, ONE);
        uint256[] memory two = new uint256[](2);
        (two[0], two[1]) = (_word(0, 0, 0, 0), _word(1000, ONE, ONE, ONE));
        uint256 down = (uint256(1) << 248) | (uint256(2) << 232);
        store.publishFeed("feed");
        _formulas[Shape.Step] = store.publishFormula(down, step);
        _formulas[Shape.Ramp] = store.publishFormula(down, two);
        (two[0], two[1]) = (_word(100, 0, 0, ONE / 10), _word(500, (ONE * 3) / 10, ONE / 4, ONE / 20));
        _formulas[Shape.Part] = store.publishFormula(down | (uint256(1) << 240), two);
        _deposit(actors[0], 1_000_000e6);
    }

    // ———————————————————————————————————— what people do ————————————————————————————————————

    function deposit(uint256 actor, uint256 assets) external {
        _deposit(_actor(actor), _bound(assets, 1, 500_000e6));
    }

    function requestRedeem(uint256 actor, uint256 shares) external {
        address from = _actor(actor);
        uint256 balance = pool.balanceOf(from);
        if (balance == 0 || _asked.length == MOST_ASKED || pool.requestsOf(from).length == 8) return;
        shares = _bound(shares, 1, balance);
        (uint256 assets, uint256 supply) = (pool.totalAssets(), pool.totalSupply());
        vm.prank(from);
        uint256 requestId = pool.requestRedeem(shares, from, from);
        _asked.push(Asked(requestId, from, shares, block.timestamp, book.allPausedSeconds()));
        // asking moves no price
        assertEq(pool.totalAssets(), assets, "request: assets");
        assertEq(pool.totalSupply(), supply, "request: supply");
        ++calls["requestRedeem"];
    }

    function claim(uint256 actor, uint256 amount, bool byAssets) external {
        address from = _actor(actor);
        uint256 most = byAssets ? pool.maxWithdraw(from) : pool.maxRedeem(from);
        if (token.blacklisted(from) || most == 0) return;
        amount = _bound(amount, 1, most);
        (uint256 assetsBefore, uint256 supplyBefore) = (pool.totalAssets(), pool.totalSupply());
        uint256 balance = token.balanceOf(from);
        vm.prank(from);
        uint256 answer = byAssets ? pool.withdraw(amount, from, from) : pool.redeem(amount, from, from);
        (uint256 assets, uint256 shares) = byAssets ? (amount, answer) : (answer, amount);
        assertEq(token.balanceOf(from) - balance, assets, "claim: moved");
        assertEq(supplyBefore - pool.totalSupply(), shares, "claim: burned");
        redeemed += assets;
        // INV-CAP-8: never more than the shares are worth, exactly
        assertLe(assets * (supplyBefore + OFFSET), shares * (assetsBefore + 1), "claim: rounding");
        _checkPrice(assetsBefore, supplyBefore);
        ++calls["claim"];
    }

    /// @dev Warns a request, or moves it to the end where it was warned a notice ago.
    function requeue(uint256 which) external {
        if (_asked.length == 0) return;
        Asked memory a = _asked[which % _asked.length];
        uint256 claimable = pool.claimableRedeemRequest(a.requestId, a.controller);
        uint256 left = claimable + pool.pendingRedeemRequest(a.requestId, a.controller);
        (uint256 price, uint256 supply) = (pool.totalAssets(), pool.totalSupply());
        uint256 paused = book.allPausedSeconds();
        try pool.warn(a.requestId) {
            assertGt(pool.convertToAssets(claimable), 0, "warn: nothing to claim");
            _warnedAt[a.requestId] = block.timestamp - paused;
            return;
        } catch {}
        try pool.requeue(a.requestId) {
            assertGt(pool.convertToAssets(claimable), 0, "requeue: nothing to claim");
            assertGe(block.timestamp - paused, _warnedAt[a.requestId] + NOTICE, "requeue: too early");
            for (uint256 i = which % _asked.length; i + 1 < _asked.length; ++i) _asked[i] = _asked[i + 1];
            _asked[_asked.length - 1] = Asked(a.requestId, a.controller, left, block.timestamp, paused);
            ++calls["requeue"];
        } catch {}
        assertEq(pool.totalAssets(), price, "requeue: assets");
        assertEq(pool.totalSupply(), supply, "requeue: supply");
    }

    function buy(uint256 actor, uint256 cover, uint256 premium, uint8 shape, uint8 kind, bool sameTerms) external {
        if (_sold.length == MOST_POLICIES || _isPaused()) return;
        Sold memory s;
        // the same terms again, while their window is ahead
        if (sameTerms && _sold.length != 0 && _sold[_sold.length - 1].terms.from > block.timestamp + 1 hours) {
            (s.terms, s.shape) = (_sold[_sold.length - 1].terms, _sold[_sold.length - 1].shape);
        } else {
            s.shape = Shape(shape % 3);
            s.terms = _newTerms(s.shape, _bound(cover, 10, 300_000e6), kind);
        }
        (TermsHash termsHash, ) = store.publishTerms(s.terms);
        s.most = _most(s.shape, s.terms.coverAssets);
        s.premium = _bound(premium, 0, 1_000e6);
        s.open = true;
        address payer = _actor(actor);
        Quote memory quote = Quote({
            termsHash: termsHash,
            holder: _actor(actor / 7),
            premium: s.premium,
            pool: address(pool),
            nonce: ++_nonce,
            expiry: uint40(block.timestamp)
        });
        uint256 capacity = pool.capacityAssets();
        vm.prank(payer);
        try book.bind(quote, address(this), "") returns (PolicyId policyId) {
            assertLe(s.most, capacity, "buy: capacity");
            s.policyId = policyId;
            _sold.push(s);
            premiums += s.premium;
            ++calls["buy"];
        } catch {
            // only solvency refuses what is otherwise right
            assertGt(s.most, capacity, "buy: refused");
        }
    }

    function anchor(uint256 which, int64 value, uint8 kind, uint8 flags) external {
        if (_sold.length == 0 || _packs.length == MOST_PACKS) return;
        Terms memory terms = _sold[which % _sold.length].terms;
        Pack memory pack = Pack({
            aepId: AepId.wrap(keccak256(abi.encode("pack", _packs.length))),
            value: _value(value),
            from: terms.from,
            to: terms.to,
            provisional: flags % 4 == 1
        });
        if (kind % 4 == 1) pack.from += 1 hours;
        if (kind % 8 == 7) pack.to += 1; // no cover's window
        uint8 bits = (pack.provisional ? AnchorFlags.PROVISIONAL : 0) | (flags % 3 == 1 ? AnchorFlags.REVISION : 0);
        AnchorState state = kind % 3 == 0 ? AnchorState.Final : AnchorState.Anchored;
        registry.set(pack.aepId, FEED, pack.value, pack.from, pack.to, 3, bits, state);
        _packs.push(pack);
        ++calls["anchor"];
    }

    /// @dev Anchored may be disputed, disputed becomes upheld or void.
    function dispute(uint256 which, bool upheld) external {
        if (_packs.length == 0) return;
        AepId aepId = _packs[which % _packs.length].aepId;
        AnchorState state = _stateOf(aepId);
        if (state == AnchorState.Anchored) registry.setState(aepId, AnchorState.Disputed);
        if (state == AnchorState.Disputed) registry.setState(aepId, upheld ? AnchorState.Upheld : AnchorState.Void);
    }

    /// @dev Settles, or lapses on evidence, or releases: what moves is compared with what the handler says is due.
    function settle(uint256 policy, uint256 pack) external {
        (bool any, Sold storage s, Pack memory p) = _pick(policy, pack);
        if (!any) return;
        uint256 due = _due(s, p.value);
        bool pays = s.open && !_isPaused() && _isFinal(_stateOf(p.aepId)) && _qualifies(s.terms, p);
        if (!pays || due <= s.paid) {
            try book.settle(s.policyId, p.aepId) {
                fail();
            } catch {}
            return;
        }
        Purse memory purse = _purseOf(s.policyId);
        assertEq(book.settle(s.policyId, p.aepId), due - s.paid, "settle: answer");
        _paid(s, due, purse);
        ++calls["settle"];
    }

    function lapseOnEvidence(uint256 policy, uint256 pack) external {
        (bool any, Sold storage s, Pack memory p) = _pick(policy, pack);
        if (!any) return;
        bool whole = p.from == s.terms.from && p.to == s.terms.to && !p.provisional;
        if (!s.open || _isPaused() || !whole || s.holds != 0 || !_isFinal(_stateOf(p.aepId))) {
            try book.lapse(s.policyId, p.aepId) {
                fail(); // INV-CAP-10: not while held, not on open, void, partial or provisional evidence
            } catch {}
            return;
        }
        uint256 due = _due(s, p.value);
        Purse memory purse = _purseOf(s.policyId);
        book.lapse(s.policyId, p.aepId);
        _paid(s, due, purse);
        if (s.open) _closed(s, s.paid == 0 ? PolicyStatus.Zero : PolicyStatus.Paid);
        ++calls["lapseOnEvidence"];
    }

    function lapseWithout(uint256 policy) external {
        if (_sold.length == 0) return;
        Sold storage s = _sold[policy % _sold.length];
        Policy memory stored = book.policyOf(s.policyId);
        uint256 pauses = book.allPausedSeconds() - stored.pausedSecondsAtBind;
        bool late = block.timestamp >= uint256(s.terms.reportingDeadline) + pauses;
        if (!s.open || _isPaused() || s.holds != 0 || !late) {
            try book.lapse(s.policyId) {
                fail(); // INV-CAP-10: not while evidence is late or held
            } catch {}
            return;
        }
        book.lapse(s.policyId);
        _closed(s, PolicyStatus.Lapsed);
        ++calls["lapseWithout"];
    }

    function hold(uint256 policy, uint256 pack) external {
        (bool any, Sold storage s, Pack memory p) = _pick(policy, pack);
        if (!any) return;
        bool free = !book.isHeldBy(s.policyId, p.aepId);
        if (!s.open || !free || _isFinal(_stateOf(p.aepId)) || _isVoid(p.aepId) || !_qualifies(s.terms, p)) {
            try book.hold(s.policyId, p.aepId) {
                fail();
            } catch {}
            return;
        }
        book.hold(s.policyId, p.aepId);
        ++s.holds;
        ++calls["hold"];
    }

    function release(uint256 policy, uint256 pack) external {
        (bool any, Sold storage s, Pack memory p) = _pickHeld(policy, pack);
        if (!any) return;
        bool held = book.isHeldBy(s.policyId, p.aepId);
        bool resolved = _isFinal(_stateOf(p.aepId)) || _isVoid(p.aepId);
        if (!held || !resolved || _isPaused()) {
            try book.release(s.policyId, p.aepId) {
                fail();
            } catch {}
            return;
        }
        Purse memory purse = _purseOf(s.policyId);
        book.release(s.policyId, p.aepId);
        --s.holds;
        if (s.open && !_isVoid(p.aepId)) _paid(s, _due(s, p.value), purse);
        ++calls["release"];
    }

    function sell(uint256 policy, uint256 to) external {
        if (_sold.length == 0) return;
        PolicyId policyId = _sold[policy % _sold.length].policyId;
        address owner = book.ownerOf(PolicyId.unwrap(policyId));
        vm.prank(owner);
        book.transferFrom(owner, _actor(to), PolicyId.unwrap(policyId));
    }

    // ——————————————————————————————————— what the world does ———————————————————————————————————

    function passTime(uint256 seconds_, uint8 kind) external {
        uint256 most =
            kind % 8 == 0
                ? 200 days
                : kind % 2 == 0
                    ? 3 days
                    : 6 hours;
        vm.warp(block.timestamp + _bound(seconds_, 1, most));
    }

    function pause(uint40 duration, bool theRegistry) external {
        duration = uint40(_bound(duration, 1, 72 hours));
        if (theRegistry) {
            if (block.timestamp >= registry.pausedUntil()) registry.pause(duration);
        } else if (book.pausedUntil() == 0 || block.timestamp >= book.pausedUntil() + 7 days) {
            book.pause(duration);
        }
    }

    function donate(uint256 assets) external {
        assets = _bound(assets, 1, 1_000_000e6);
        (uint256 total, uint256 supply) = (pool.totalAssets(), pool.totalSupply());
        token.mint(address(pool), assets);
        donated += assets;
        assertEq(pool.totalAssets(), total, "donate: assets");
        assertEq(pool.totalSupply(), supply, "donate: supply");
    }

    function blacklist(uint256 actor, uint8 manner) external {
        address account = _actor(actor);
        token.setBlacklisted(account, !token.blacklisted(account), BlacklistToken.Manner(manner % 3));
    }

    function withdrawOwed(uint256 actor) external {
        address account = _actor(actor);
        uint256 owed = pool.owedOf(account);
        if (owed == 0 || token.blacklisted(account)) {
            try pool.withdrawOwed(account) {
                fail();
            } catch {}
            if (owed != 0) token.setBlacklisted(account, false, BlacklistToken.Manner.Reverts); // so that it comes to an end
            return;
        }
        uint256 balance = token.balanceOf(account);
        pool.withdrawOwed(account);
        assertEq(token.balanceOf(account) - balance, owed, "withdrawOwed");
        delivered += owed;
        ++calls["withdrawOwed"];
    }

    // ————————————————————————————————————————— reading —————————————————————————————————————————

    function sold() external view returns (Sold[] memory) {
        return _sold;
    }

    function packAt(uint256 index) external view returns (AepId) {
        return _packs[index].aepId;
    }

    function asked() external view returns (Asked[] memory) {
        return _asked;
    }

    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return IERC1271.isValidSignature.selector;
    }

    // ————————————————————————————————————————— within —————————————————————————————————————————

    struct Purse {
        address owner;
        uint256 balance;
        uint256 owed;
    }

    function _purseOf(PolicyId policyId) private view returns (Purse memory) {
        address owner = book.ownerOf(PolicyId.unwrap(policyId));
        return Purse(owner, token.balanceOf(owner), pool.owedOf(owner));
    }

    /// @dev INV-CAP-3: whoever owns the policy got exactly what was due beyond what had been paid, in tokens or owed.
    function _paid(Sold storage s, uint256 due, Purse memory purse) private {
        uint256 paid = due > s.paid ? due - s.paid : 0;
        uint256 moved = token.balanceOf(purse.owner) - purse.balance;
        assertEq(moved + pool.owedOf(purse.owner) - purse.owed, paid, "paid");
        delivered += moved;
        s.paid += paid;
        if (due > s.largestDue) s.largestDue = due;
        if (s.paid == s.most) _closed(s, PolicyStatus.Paid);
    }

    function _closed(Sold storage s, PolicyStatus status) private {
        (s.open, s.closedAs) = (false, status);
    }

    function _deposit(address from, uint256 assets) private {
        (uint256 assetsBefore, uint256 supplyBefore) = (pool.totalAssets(), pool.totalSupply());
        if (assets > pool.maxDeposit(from)) return;
        token.mint(from, assets);
        vm.prank(from);
        uint256 shares = pool.deposit(assets, from);
        deposited += assets;
        // INV-CAP-8: never more shares than the assets are worth, exactly
        assertLe(shares * (assetsBefore + 1), assets * (supplyBefore + OFFSET), "deposit: rounding");
        _checkPrice(assetsBefore, supplyBefore);
        ++calls["deposit"];
    }

    /// @dev INV-CAP-7: the price of a share, (assets + 1) / (supply + 1e6), did not fall, and rose by less than one unit of
    /// assets over the whole supply.
    function _checkPrice(uint256 assetsBefore, uint256 supplyBefore) private view {
        uint256 assets = pool.totalAssets();
        uint256 supply = pool.totalSupply();
        uint256 before = (assetsBefore + 1) * (supply + OFFSET);
        assertGe((assets + 1) * (supplyBefore + OFFSET), before, "price fell");
        assertLe(assets * (supplyBefore + OFFSET), before, "price rose");
    }

    function _pick(uint256 policy, uint256 pack) private view returns (bool any, Sold storage s, Pack memory p) {
        if (_sold.length == 0 || _packs.length == 0) {
            assembly {
                s.slot := 0 // never used
            }
            return (false, s, p);
        }
        s = _sold[policy % _sold.length];
        // mostly a pack of the policy's own window: others are refused, which is soon tested enough
        uint256 start = pack % _packs.length;
        for (uint256 i = 0; i < _packs.length; ++i) {
            p = _packs[(start + i) % _packs.length];
            if (pack % 5 == 0 || (p.from >= s.terms.from && p.to <= s.terms.to)) return (true, s, p);
        }
        return (true, s, _packs[start]);
    }

    /// @dev A pack that the policy is held on, if it is held.
    function _pickHeld(uint256 policy, uint256 pack) private view returns (bool any, Sold storage s, Pack memory p) {
        (any, s, p) = _pick(policy, pack);
        if (!any || s.holds == 0) return (any, s, p);
        for (uint256 i = 0; i < _packs.length; ++i) {
            Pack memory other = _packs[((pack % _packs.length) + i) % _packs.length];
            if (book.isHeldBy(s.policyId, other.aepId)) return (true, s, other);
        }
    }

    function _newTerms(Shape shape, uint256 cover, uint8 kind) private view returns (Terms memory) {
        uint40 from = uint40(block.timestamp + 1 days);
        uint40 to = from + 2 days;
        return
            Terms({
                version: 1,
                feedId: FEED,
                formulaId: _formulas[shape],
                asset: address(token),
                coverAssets: cover,
                from: from,
                to: to,
                minEql: 3,
                evidence: kind % 3 == 1 ? EvidenceGrade.Provisional : EvidenceGrade.Final,
                readings: kind % 2 == 1 ? Readings.Any : Readings.Whole,
                waitingSeconds: 1 hours,
                reportingDeadline: to + 180 days
            });
    }

    function _qualifies(Terms memory terms, Pack memory p) private pure returns (bool) {
        if (p.provisional && terms.evidence == EvidenceGrade.Final) return false;
        if (terms.readings == Readings.Any) return p.from >= terms.from && p.to <= terms.to;
        return p.from == terms.from && p.to == terms.to;
    }

    /// @dev What the three formulas pay, each written out by itself.
    function _due(Sold storage s, int64 value) private view returns (uint256) {
        uint256 cover = s.terms.coverAssets;
        if (s.shape == Shape.Step) return value >= 640 ? cover : 0;
        if (s.shape == Shape.Ramp) {
            if (value <= 0) return 0;
            if (value >= 1000) return cover;
            return (cover * (uint256(uint64(value)) * 1e15)) / ONE;
        }
        if (value <= 100) return 0;
        if (value == 500) return _up(cover * 25, 100);
        if (value > 500) return _up(cover * 5, 100);
        // from 10 % just above 100 to 30 % just below 500, rounded up
        uint256 done = uint256(uint64(value)) - 100;
        return _up(cover * _up(1e17 * (400 - done) + 3e17 * done, 400), ONE);
    }

    function _most(Shape shape, uint256 cover) private pure returns (uint256) {
        return shape == Shape.Part ? _up(cover * 30, 100) : cover;
    }

    function _up(uint256 a, uint256 b) private pure returns (uint256) {
        return (a + b - 1) / b;
    }

    function _word(int64 x, uint256 below, uint256 at_, uint256 above) private pure returns (uint256) {
        return (uint256(uint64(x)) << 192) | (below << 128) | (at_ << 64) | above;
    }

    function _value(int64 seed) private pure returns (int64) {
        return int64(int256(_bound(uint64(seed), 0, 1_200))) - 100;
    }

    function _actor(uint256 seed) private view returns (address) {
        return actors[seed % actors.length];
    }

    function _isPaused() private view returns (bool) {
        return block.timestamp < book.pausedUntil();
    }

    function _stateOf(AepId aepId) private view returns (AnchorState state) {
        (, , state) = registry.evidenceOf(aepId);
    }

    function _isFinal(AnchorState state) private pure returns (bool) {
        return state == AnchorState.Final || state == AnchorState.Upheld;
    }

    function _isVoid(AepId aepId) private view returns (bool) {
        return _stateOf(aepId) == AnchorState.Void;
    }
}
