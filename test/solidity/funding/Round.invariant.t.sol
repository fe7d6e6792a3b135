// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";
import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {AttestationGate} from "../../../contracts/funding/rounds/AttestationGate.sol";
import {Gift} from "../../../contracts/funding/rounds/Gift.sol";
import {IMatchResult, MatchLeaf} from "../../../contracts/funding/posted/IMatchResult.sol";
import {
    IQuadraticRound,
    ProjectStatus,
    RoundStatus,
    RoundTerms,
    TokenRate
} from "../../../contracts/funding/rounds/IQuadraticRound.sol";
import {MatchVariant} from "../../../contracts/funding/rounds/MatchFormula.sol";
import {RoundFactory} from "../../../contracts/funding/rounds/RoundFactory.sol";
import {FieldId, ICompetence} from "../../../contracts/governance/rail/ICompetence.sol";
import {
    AttestationRequest,
    AttestationRequestData,
    RevocationRequest,
    RevocationRequestData,
    TestAttestations
} from "../../mocks/TestAttestations.sol";
import {TestCommonsInflow} from "../../mocks/TestCommonsInflow.sol";
import {TestStablecoin} from "../../mocks/TestStablecoin.sol";
import {Artifact} from "../Artifact.sol";

/// @notice Five persons with two wallets each, who give to four projects in two tokens, change their minds, are struck and
/// attested anew; then the round is matched in pieces, or cancelled, and everything is collected.
/// @dev Keeps what everybody gives in a plain list; what must have come out is computed from it.
contract RoundHandler is CommonBase, StdUtils {
    uint256 public constant PERSONS = 5;
    uint256 public constant PROJECTS = 4;
    uint256 public constant RATE = 3e17; // units of a base unit of the other token
    uint256 public constant PURSE = 1e15; // of each wallet, in each token
    bytes32 private constant SCHEMA = keccak256("bytes32 identity,uint256 score");

    IQuadraticRound public immutable round;
    TestStablecoin public immutable asset;
    TestStablecoin public immutable other;
    TestCommonsInflow public immutable commons;
    RoundFactory private immutable FACTORY;
    TestAttestations private immutable ATTESTATIONS;
    MatchVariant public immutable variant;
    uint256 public immutable capBps;
    RoundTerms private _terms;

    string public broken;
    mapping(address wallet => bytes32) public uidOf;
    mapping(address wallet => bool) public registered;
    mapping(uint256 person => address) public walletOf; // the one that stands for the person in the round
    mapping(uint256 project => mapping(address wallet => mapping(uint256 token => uint256))) public given;
    mapping(uint256 project => bool) public disqualified;
    uint256 public pool;
    uint256 public donated;
    uint256 public forfeited;
    uint256 public leftover; // when the result stood
    mapping(uint256 project => uint256) public matchPaid;
    mapping(uint256 project => mapping(uint256 token => uint256)) public givenPaid;

    constructor(MatchVariant variant_, uint16 capBps_) {
        (variant, capBps) = (variant_, capBps_);
        AccessManager access = new AccessManager(address(this));
        asset = new TestStablecoin("Asset", "AST", 6);
        other = new TestStablecoin("Other", "OTH", 18);
        commons = new TestCommonsInflow();
        ATTESTATIONS = new TestAttestations();
        AttestationGate gate = new AttestationGate(
            ATTESTATIONS,
            SCHEMA,
            address(this),
            100,
            ICompetence(address(0)),
            FieldId.wrap(0),
            0
        );
        FACTORY = new RoundFactory(address(access), Artifact.deploy("QuadraticRound.sol:QuadraticRound", ""), commons);
        uint40 now_ = uint40(block.timestamp);
        _terms.asset = asset;
        _terms.variant = variant_;
        _terms.capBps = capBps_;
        _terms.applyUntil = now_ + 1 days;
        _terms.contributeFrom = now_ + 2 days;
        _terms.contributeUntil = now_ + 30 days;
        _terms.reviewUntil = now_ + 40 days;
        _terms.payoutUntil = now_ + 100 days;
        _terms.reviewer = address(this);
        _terms.gate = gate;
        _terms.results = IMatchResult(address(0));
        _terms.milestoneBps = [3333, 6667];
        if (variant_ != MatchVariant.ClrFund) _terms.others.push(TokenRate(other, uint128(RATE)));
        round = IQuadraticRound(FACTORY.openRound(_terms));
        for (uint256 i = 0; i < PROJECTS; ++i) {
            vm.prank(recipient(i));
            round.applyAsProject(keccak256("dossier"), "");
            round.review(recipient(i), keccak256("dossier"), true, 0);
        }
        for (uint256 i = 0; i < 2 * PERSONS; ++i) {
            _attest(i);
            for (uint256 token = 0; token < 2; ++token) {
                _token(token).mint(wallet(i), PURSE);
                vm.prank(wallet(i));
                _token(token).approve(address(round), type(uint256).max);
            }
        }
        asset.mint(address(this), 1e18);
        asset.approve(address(round), type(uint256).max);
        pool = 1e10;
        round.fundPool(pool);
        vm.warp(_terms.contributeFrom);
    }

    // —— what happens ———————————————————————————————————————————————————————————————————————————————————————

    function give(uint256 seed, uint256 assets) external {
        if (!_contributing()) return;
        uint256 who = seed % (2 * PERSONS);
        (uint256 person, address account) = (who / 2, wallet(who));
        (uint256 project, uint256 token) = ((seed >> 8) % PROJECTS, (seed >> 16) % 2);
        if (token == 1 && variant == MatchVariant.ClrFund) token = 0;
        assets = (seed >> 24) % 4 == 0 ? 0 : bound(assets, 10, 1e13);
        uint256 again = bound(seed >> 32, 0, 2) * 7;
        Gift[] memory gifts = new Gift[](2);
        gifts[0] = _gift(project, token, assets + again); // only the last counts
        gifts[1] = _gift(project, token, assets);
        bool allowed = !disqualified[project] && (walletOf[person] == address(0) || walletOf[person] == account);
        vm.prank(account);
        try round.contribute(uidOf[account], gifts) {
            if (!allowed) broken = "a gift that was not allowed";
            walletOf[person] = account;
            registered[account] = true;
            given[project][account][token] = assets;
        } catch {
            if (allowed) broken = "a gift refused";
        }
    }

    function strike(uint256 seed) external {
        if (round.status() != RoundStatus.Open || block.timestamp >= _terms.reviewUntil) return;
        uint256 who = seed % (2 * PERSONS);
        address account = wallet(who);
        if (!registered[account]) return;
        ATTESTATIONS.revoke(RevocationRequest(SCHEMA, RevocationRequestData(uidOf[account], 0)));
        round.strike(account);
        registered[account] = false;
        for (uint256 project = 0; project < PROJECTS; ++project) {
            for (uint256 token = 0; token < 2; ++token) _refund(project, account, token);
        }
        _attest(who);
    }

    function disqualify(uint256 seed) external {
        uint256 project = seed % PROJECTS;
        if (seed % 7 != 0 || disqualified[project] || round.status() != RoundStatus.Open) return;
        if (block.timestamp >= _terms.reviewUntil) return;
        round.disqualify(uint32(project), 0);
        disqualified[project] = true;
    }

    function fund(uint256 assets) external {
        if (round.status() != RoundStatus.Open || block.timestamp >= _terms.reviewUntil) return;
        assets = bound(assets, 1, 1e12);
        round.fundPool(assets);
        pool += assets;
    }

    /// @dev Tokens that come without a call are nobody's.
    function donate(uint256 assets) external {
        assets = bound(assets, 1, 1e9);
        asset.mint(address(round), assets);
        donated += assets;
    }

    function warp(uint256 seed) external {
        uint256 to = block.timestamp + (seed % 3 == 0 ? 20 days : 1 days);
        vm.warp(to);
    }

    function tally(uint256 seed) external {
        if (block.timestamp < _terms.reviewUntil || round.status() > RoundStatus.Sharing) return;
        if (seed % 5 == 0 && round.status() == RoundStatus.Sharing) {
            uint32[] memory one = new uint32[](1);
            one[0] = uint32((seed >> 8) % PROJECTS);
            try round.freeze(one) {} catch {}
        }
        if (round.tally(seed % 4)) (, , leftover) = round.result();
    }

    function cancel(uint256 seed) external {
        if (seed % 29 != 0 || round.status() > RoundStatus.Sharing) return;
        FACTORY.cancelRound(address(round), 0);
    }

    function refund(uint256 seed) external {
        address account = wallet(seed % (2 * PERSONS));
        uint256 project = (seed >> 8) % PROJECTS;
        if (round.status() == RoundStatus.Cancelled || disqualified[project])
            _refund(project, account, (seed >> 16) % 2);
        if (round.status() == RoundStatus.Cancelled && pool != 0) {
            round.refundPool(address(this));
            pool = 0;
        }
    }

    function collect(uint256 seed) external {
        if (round.status() != RoundStatus.Matched) return;
        uint32 project = uint32(seed % PROJECTS);
        if (seed % 3 == 0) try round.release(project, 0) {} catch {}
        MatchLeaf memory none;
        if (seed % 11 == 0) {
            try round.forfeit(project, none, new bytes32[](0), 0) returns (uint256 assets) {
                forfeited += assets;
            } catch {}
        }
        try round.collectMatch(project, recipient(project), none, new bytes32[](0)) returns (uint256 assets) {
            matchPaid[project] += assets;
        } catch {}
        uint8 token = uint8((seed >> 8) % 2);
        try round.collectContributed(project, token, recipient(project)) returns (uint256 assets) {
            if (givenPaid[project][token] != 0) broken = "paid twice";
            givenPaid[project][token] = assets;
        } catch {}
        if ((seed >> 16) % 4 == 0) try round.sendLeftover() {} catch {}
    }

    // —— what must have come out —————————————————————————————————————————————————————————————————————————————

    function unitsOf(uint256 project, address account) public view returns (uint256) {
        return given[project][account][0] + (given[project][account][1] * RATE) / 1e18;
    }

    function tallyOf(uint256 project) public view returns (uint256 sqrtSum, uint256 contributed, uint256 count) {
        for (uint256 i = 0; i < 2 * PERSONS; ++i) {
            uint256 units = unitsOf(project, wallet(i));
            sqrtSum += _root(units);
            contributed += units;
            if (units != 0) ++count;
        }
    }

    /// @dev As the definition words it: share, freeze all that are over the cap, share again, until none is.
    function matchAll() external view returns (uint256[] memory matched) {
        matched = new uint256[](PROJECTS);
        bool[] memory frozen = new bool[](PROJECTS);
        uint256 cap = (pool * capBps) / 1e4;
        for (bool again = true; again;) {
            again = false;
            (uint256 rest, uint256 total) = (pool, 0);
            for (uint256 i = 0; i < PROJECTS; ++i) {
                if (frozen[i]) rest -= cap;
                else total += _weight(i);
            }
            for (uint256 i = 0; i < PROJECTS; ++i) {
                if (frozen[i] || total == 0) continue;
                if (variant == MatchVariant.CapitalConstrained) {
                    uint256 alpha = (rest * 1e18) / total;
                    matched[i] = (_weight(i) * (alpha > 1e18 ? 1e18 : alpha)) / 1e18;
                } else {
                    matched[i] = (_weight(i) * rest) / total;
                }
                if (matched[i] > cap) (frozen[i], matched[i], again) = (true, cap, true);
            }
        }
    }

    function wallet(uint256 i) public pure returns (address) {
        return address(uint160(0xbeef0000 + i));
    }

    function recipient(uint256 i) public pure returns (address) {
        return address(uint160(0xca110000 + i));
    }

    // —— inside —————————————————————————————————————————————————————————————————————————————————————————————

    function _refund(uint256 project, address account, uint256 token) private {
        uint256 due = given[project][account][token];
        if (due == 0) return;
        uint256 before = _token(token).balanceOf(account);
        round.refund(uint32(project), account, uint8(token));
        if (_token(token).balanceOf(account) != before + due) broken = "a refund of something else";
        given[project][account][token] = 0;
    }

    function _attest(uint256 who) private {
        bytes32 identity = keccak256(abi.encode("person", who / 2));
        uidOf[wallet(who)] = ATTESTATIONS.attest(
            AttestationRequest(SCHEMA, AttestationRequestData(wallet(who), 0, true, 0, abi.encode(identity, 100), 0))
        );
    }

    function _contributing() private view returns (bool) {
        return round.status() == RoundStatus.Open && block.timestamp < _terms.contributeUntil;
    }

    function _weight(uint256 project) private view returns (uint256) {
        if (disqualified[project]) return 0;
        (uint256 sqrtSum, uint256 contributed, ) = tallyOf(project);
        if (variant == MatchVariant.Proportional) return sqrtSum;
        return sqrtSum * sqrtSum > contributed ? sqrtSum * sqrtSum - contributed : 0;
    }

    function _token(uint256 token) private view returns (TestStablecoin) {
        return token == 0 ? asset : other;
    }

    function _gift(uint256 project, uint256 token, uint256 assets) private pure returns (Gift) {
        return Gift.wrap((project << 224) | (token << 112) | assets);
    }

    /// @dev By bisection.
    function _root(uint256 x) private pure returns (uint256 low) {
        uint256 high = 1 << 64;
        while (high - low > 1) {
            uint256 middle = (low + high) / 2;
            if (middle * middle <= x) low = middle;
            else high = middle;
        }
    }
}

abstract contract RoundInvariants is Test {
    RoundHandler internal _handler;
    IQuadraticRound internal _round;

    function _begin(MatchVariant variant, uint16 capBps) internal {
        vm.warp(1_700_000_000);
        _handler = new RoundHandler(variant, capBps);
        _round = _handler.round();
        targetContract(address(_handler));
        bytes4[] memory actions = new bytes4[](10);
        actions[0] = _handler.give.selector;
        actions[1] = _handler.strike.selector;
        actions[2] = _handler.disqualify.selector;
        actions[3] = _handler.fund.selector;
        actions[4] = _handler.donate.selector;
        actions[5] = _handler.warp.selector;
        actions[6] = _handler.tally.selector;
        actions[7] = _handler.cancel.selector;
        actions[8] = _handler.refund.selector;
        actions[9] = _handler.collect.selector;
        targetSelector(FuzzSelector(address(_handler), actions));
    }

    /// @dev INV-ROUND-1
    function invariant_ROUND_1_talliesAreTheSumsOfWhatIsGivenNow() public view {
        assertEq(_handler.broken(), "");
        for (uint256 i = 0; i < _handler.PROJECTS(); ++i) {
            (uint256 sqrtSum, uint256 contributed, uint256 count) = _round.tallyOf(uint32(i));
            (uint256 s, uint256 c, uint256 n) = _handler.tallyOf(i);
            assertEq(sqrtSum, s, "S");
            assertEq(contributed, c, "C");
            assertEq(count, n, "contributors");
        }
    }

    /// @dev INV-ROUND-2
    function invariant_ROUND_2_aPersonHasOneAccount() public view {
        for (uint256 person = 0; person < _handler.PERSONS(); ++person) {
            address account = _round.accountOf(keccak256(abi.encode("person", person)));
            assertEq(account, _handler.walletOf(person));
            for (uint256 i = 2 * person; i < 2 * person + 2; ++i) {
                address wallet = _handler.wallet(i);
                assertEq(_round.attestationOf(wallet) != 0, _handler.registered(wallet));
                if (wallet == account) continue;
                for (uint256 project = 0; project < _handler.PROJECTS(); ++project) {
                    assertEq(_round.contributionOf(project, wallet), 0);
                }
            }
        }
    }

    /// @dev INV-ROUND-3, INV-ROUND-4
    function invariant_ROUND_3_matchesAndLeftoverAreThePool() public view {
        if (_round.status() != RoundStatus.Matched) return;
        uint256 sum;
        for (uint256 i = 0; i < _handler.PROJECTS(); ++i) sum += _round.matchedOf(uint32(i));
        uint256 budget = _handler.pool();
        if (_handler.variant() == MatchVariant.ClrFund) {
            for (uint256 i = 0; i < _handler.PROJECTS(); ++i) {
                (, uint256 c, ) = _round.tallyOf(uint32(i));
                if (!_handler.disqualified(i)) budget += c;
            }
        }
        assertLe(sum, budget);
        assertEq(sum + _handler.leftover(), budget);
    }

    /// @dev INV-ROUND-5: what was paid is never more than what is due.
    function invariant_ROUND_5_nobodyIsPaidMoreThanDue() public view {
        if (_round.status() != RoundStatus.Matched) return;
        for (uint256 i = 0; i < _handler.PROJECTS(); ++i) {
            uint256 total = _handler.matchPaid(i);
            if (_handler.variant() == MatchVariant.ClrFund) total += _handler.givenPaid(i, 0);
            assertLe(total, _round.matchedOf(uint32(i)));
            for (uint8 token = 0; token < 2; ++token) {
                if (_handler.givenPaid(i, token) == 0) continue;
                assertEq(_handler.givenPaid(i, token), _round.contributedAssetsOf(uint32(i), token));
            }
        }
    }

    /// @dev INV-ROUND-6: what is here is what was given and is not paid out, and what is left of the pool; exactly.
    function invariant_ROUND_6_theBalanceIsAllThatIsOwed() public view {
        (, , uint256 leftover) = _round.result();
        for (uint8 token = 0; token < 2; ++token) {
            uint256 owed;
            for (uint256 i = 0; i < _handler.PROJECTS(); ++i) {
                for (uint256 j = 0; j < 2 * _handler.PERSONS(); ++j)
                    owed += _handler.given(i, _handler.wallet(j), token);
                owed -= _handler.givenPaid(i, token);
            }
            if (token == 0) {
                owed += _handler.pool();
                if (_round.status() == RoundStatus.Matched) {
                    owed -= _handler.leftover();
                    owed += leftover;
                    for (uint256 i = 0; i < _handler.PROJECTS(); ++i) owed -= _handler.matchPaid(i);
                }
            }
            if (token == 0) owed = owed + _handler.donated() - _handler.forfeited(); // which is in what is left over
            assertEq((token == 0 ? _handler.asset() : _handler.other()).balanceOf(address(_round)), owed);
        }
    }

    /// @dev INV-ROUND-7
    function invariant_ROUND_7_refundsReturnAllThatWasGiven() public view {
        for (uint256 j = 0; j < 2 * _handler.PERSONS(); ++j) {
            address wallet = _handler.wallet(j);
            for (uint256 token = 0; token < 2; ++token) {
                uint256 inside;
                for (uint256 i = 0; i < _handler.PROJECTS(); ++i) inside += _handler.given(i, wallet, token);
                uint256 outside = (token == 0 ? _handler.asset() : _handler.other()).balanceOf(wallet);
                assertEq(outside + inside, _handler.PURSE());
            }
        }
    }

    /// @dev Invariants that nothing ever happens under would hold as well.
    function test_theHandlerGetsToTheEnd() public {
        for (uint256 i = 0; i < 700; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            uint256 action = i < 60 ? 0 : seed % 16;
            if (action < 8) _handler.give(seed >> 8, seed >> 128);
            else if (action < 9) _handler.strike(seed >> 8);
            else if (action < 10) _handler.fund(seed >> 8);
            else if (action < 12) _handler.warp(seed >> 8);
            else if (action < 13) _handler.tally(seed >> 8);
            else _handler.collect(seed >> 8);
        }
        assertEq(uint8(_round.status()), uint8(RoundStatus.Matched));
        uint256 paid;
        for (uint256 i = 0; i < _handler.PROJECTS(); ++i) paid += _handler.matchPaid(i);
        assertGt(paid, 0);
        invariant_ROUND_1_talliesAreTheSumsOfWhatIsGivenNow();
        invariant_ROUND_3_matchesAndLeftoverAreThePool();
        invariant_ROUND_6_theBalanceIsAllThatIsOwed();
    }
}

abstract contract CappedRoundInvariants is RoundInvariants {
    /// @dev INV-ROUND-4: whatever pushed it in whatever order, the matches are the definition's.
    function invariant_ROUND_4_matchesAreTheDefinitionsInAnyOrder() public view {
        if (_round.status() != RoundStatus.Matched) return;
        uint256[] memory expected = _handler.matchAll();
        for (uint256 i = 0; i < expected.length; ++i) assertEq(_round.matchedOf(uint32(i)), expected[i]);
    }
}

contract LinearRoundInvariantTest is CappedRoundInvariants {
    function setUp() external {
        _begin(MatchVariant.Linear, 3_000);
    }
}

contract CapitalRoundInvariantTest is CappedRoundInvariants {
    function setUp() external {
        _begin(MatchVariant.CapitalConstrained, 2_600);
    }
}

contract ClrRoundInvariantTest is RoundInvariants {
    function setUp() external {
        _begin(MatchVariant.ClrFund, 10_000);
    }
}
