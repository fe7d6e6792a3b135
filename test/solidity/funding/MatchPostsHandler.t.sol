// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Posting, PostStatus, Sum, Turn} from "../../../contracts/funding/posted/IMatchPosts.sol";
import {MatchLeaf, MatchTotals} from "../../../contracts/funding/posted/IMatchResult.sol";
import {PostedVariant} from "../../../contracts/funding/posted/IPostedRound.sol";
import {MatchPosts} from "../../../contracts/funding/posted/MatchPosts.sol";
import {PostedRound, PostedRounds} from "../../mocks/PostedRound.sol";
import {TestCommonsInflow} from "../../mocks/TestCommonsInflow.sol";
import {TestStablecoin} from "../../mocks/TestStablecoin.sol";
import {Artifact} from "../Artifact.sol";

/// @notice A round of two projects and three contributors; an honest poster who answers whatever is asked before time passes; liars who
/// answer sometimes, and not always the truth; challengers who doubt at random.
/// @dev Everything that is right is computed here once more, by trying every contributor.
contract MatchPostsHandler is CommonBase, StdUtils {
    uint256 public constant POST_BOND = 1001; // odd: half of it is rounded
    uint256 public constant CHALLENGE_BOND = 100;
    uint256 public constant WINDOW = 5 days;
    uint256 public constant CLOCK = 2 days;
    uint256 public constant BUDGET = 200;
    uint256 public constant CAP = 120; // the first project is over it, and what that frees is enough for the second
    uint256 private constant M = 50;
    uint256 private constant ALL = 1 << 160;

    MatchPosts public immutable posts;
    PostedRound public immutable round;
    TestStablecoin public immutable asset;
    TestCommonsInflow public immutable commons;
    address public immutable honest = address(0xA0);
    address[3] private _contributors = [address(0x111), address(0x2222), address(0x33333)];
    address[3] private _challengers = [address(0xC1), address(0xC2), address(0xC3)];

    MatchLeaf[2] private _right;
    uint256 public postCount;
    uint256 public challengeCount;
    uint256 public final_;
    bytes32 public finalRoot;
    string public broken;
    mapping(uint256 postId => MatchLeaf[2]) private _leaves;
    mapping(uint256 challengeId => uint256[]) private _bounds;
    mapping(uint256 challengeId => uint256[]) private _values;
    mapping(bytes32 action => uint256) public calls;

    constructor() {
        asset = new TestStablecoin("USD", "USD", 6);
        commons = new TestCommonsInflow();
        PostedRounds rounds = new PostedRounds();
        posts = MatchPosts(
            Artifact.deploy(
                "MatchPosts.sol:MatchPosts",
                abi.encode(rounds, asset, commons, POST_BOND, CHALLENGE_BOND, 5000, 3650 days, WINDOW, CLOCK)
            )
        );
        round = new PostedRound(PostedVariant.Pairwise, M, BUDGET, CAP, 2, uint40(block.timestamp));
        rounds.add(address(round));
        uint256[] memory projects = new uint256[](5);
        address[] memory who = new address[](5);
        uint256[] memory amounts = new uint256[](5);
        (projects[3], projects[4]) = (1, 1);
        (who[0], who[1], who[2], who[3], who[4]) = (
            _contributors[0],
            _contributors[1],
            _contributors[2],
            _contributors[0],
            _contributors[2]
        );
        (amounts[0], amounts[1], amounts[2], amounts[3], amounts[4]) = (100, 400, 900, 2500, 50);
        round.give(projects, who, amounts);
        MatchLeaf[2] memory right;
        for (uint256 p = 0; p < 2; ++p) {
            right[p].project = p;
            right[p].raw = _sumOf(Sum.PairRows, p, 0, 0, ALL);
        }
        (_right[0], _right[1]) = (right[0], right[1]);
        asset.mint(honest, 1e30);
        _approve(honest);
        for (uint256 i = 0; i < 3; ++i) {
            asset.mint(_challengers[i], 1e30);
            _approve(_challengers[i]);
        }
    }

    modifier act(bytes32 name) {
        ++calls[name];
        _;
    }

    // —— actions ————————————————————————————————————————————————————————————————————————————————————————————

    /// @dev Whoever is honest answers in time.
    function warp(uint256 duration) external act("warp") {
        for (uint256 id = 1; id <= challengeCount; ++id) {
            if (_posterOf(id) == honest) _answer(id, true, 0);
        }
        vm.warp(block.timestamp + (duration % 3 == 0 ? _bound(duration, 1, 3 days) : _bound(duration, 1, 6 hours)));
    }

    function postRight() external act("post right") {
        _post(honest, _right);
    }

    function postWrong(uint256 seed) external act("post wrong") {
        MatchLeaf[2] memory leaves = _right;
        uint256 project = seed % 2;
        uint256 by = 1 + ((seed >> 8) % 50);
        leaves[project].raw =
            (seed >> 16) % 2 == 0 ? leaves[project].raw + by : leaves[project].raw - Math.min(by, leaves[project].raw);
        _post(_challengers[(seed >> 32) % 3], leaves);
    }

    function dispute(uint256 seed) external act("dispute") {
        if (postCount == 0) return;
        uint256 postId = _recent(seed, postCount);
        uint256 project = (seed >> 32) % 2;
        MatchLeaf memory leaf = _leaves[postId][project];
        bytes32[] memory path = new bytes32[](1);
        path[0] = leafHash(_leaves[postId][1 - project]);
        uint256[] memory bounds = _someBounds(seed >> 40);
        vm.prank(_challengers[(seed >> 33) % 3]);
        try posts.dispute(postId, leaf, path, bounds) returns (uint256 id) {
            challengeCount = id;
            _bounds[id] = bounds;
        } catch {}
    }

    function demand(uint256 seed) external act("demand") {
        if (postCount == 0) return;
        vm.prank(_challengers[(seed >> 33) % 3]);
        try posts.demand(_recent(seed, postCount), false) returns (uint256 id) {
            challengeCount = id;
        } catch {}
    }

    /// @dev A liar's answer is the truth, or what adds up to its claim.
    function answer(uint256 seed) external act("answer") {
        if (challengeCount != 0) _answer(_recent(seed, challengeCount), false, seed >> 32);
    }

    function doubt(uint256 seed) external act("doubt") {
        if (challengeCount == 0) return;
        uint256 id = _recent(seed, challengeCount);
        if (!_canMove(id)) return;
        (uint256 postId, address challenger, Turn turn, , , , ) = posts.challengeOf(id);
        if (turn == Turn.ChallengerPart) return _doubtPart(id, challenger, seed >> 32);
        if (turn == Turn.ChallengerLeaf) return _doubtLeaf(id, postId, challenger, seed >> 32);
        bytes32[] memory nodes = _nodes(postId);
        vm.startPrank(challenger);
        if (turn == Turn.ChallengerRange) {
            // two projects: nothing is to be divided
            posts.divide(id, new uint256[](0));
            ++calls["computed"];
        } else if (turn == Turn.ChallengerNode) {
            posts.choose(id, nodes, (seed >> 32) % 2);
        }
        vm.stopPrank();
    }

    /// @dev No proof works against what is right.
    function prove(uint256 seed) external act("prove") {
        if (postCount == 0) return;
        uint256 postId = 1 + (seed % postCount);
        bytes32[] memory path = new bytes32[](1);
        path[0] = leafHash(_leaves[postId][1]);
        bytes32[] memory next = new bytes32[](1);
        next[0] = leafHash(_leaves[postId][0]);
        (MatchLeaf memory first, MatchLeaf memory second) = (_leaves[postId][0], _leaves[postId][1]);
        try posts.proveWrongResult(postId, 0, first, path) {
            broken = "proved wrong by itself";
        } catch {}
        try posts.proveBrokenTotals(postId, 0, first, path, second, next) {
            broken = "proved broken";
        } catch {}
    }

    function expire(uint256 seed) external act("expire") {
        if (challengeCount == 0) return;
        try posts.expire(1 + (seed % challengeCount)) {
            ++calls["expired"];
        } catch {}
    }

    function settle(uint256 seed) external act("settle") {
        if (challengeCount == 0) return;
        try posts.settle(1 + (seed % challengeCount)) {
            ++calls["settled"];
        } catch {}
    }

    function conclude(uint256 seed) external act("conclude") {
        if (postCount == 0) return;
        try posts.conclude(1 + (seed % postCount)) {
            ++calls["concluded"];
            if (final_ == 0) {
                final_ = posts.finalPostOf(address(round));
                (finalRoot, ) = posts.finalResult(address(round));
            }
        } catch {}
    }

    function collect(uint256 seed) external act("collect") {
        try posts.collect(person(seed % 4)) {} catch {}
        if (seed % 3 == 0) {
            try posts.payCommons(address(round)) {} catch {}
        }
    }

    // —— what is right ——————————————————————————————————————————————————————————————————————————————————————

    function person(uint256 k) public view returns (address) {
        return k < 3 ? _challengers[k] : honest;
    }

    function leafHash(MatchLeaf memory leaf) public pure returns (bytes32) {
        MatchTotals memory before = leaf.before;
        return
            keccak256(
                abi.encodePacked(
                    uint8(0),
                    leaf.project,
                    leaf.raw,
                    leaf.matched,
                    before.raw,
                    before.matched,
                    before.capped,
                    before.cappedRaw
                )
            );
    }

    function _post(address by, MatchLeaf[2] memory leaves) private {
        MatchTotals memory totals = _fit(leaves);
        bytes32 root = keccak256(abi.encodePacked(uint8(1), leafHash(leaves[0]), leafHash(leaves[1])));
        vm.prank(by);
        postCount = posts.post(address(round), Posting(root, bytes32(uint256(1)), 5, totals, 0), "");
        (_leaves[postCount][0], _leaves[postCount][1]) = (leaves[0], leaves[1]);
    }

    /// @dev What is paid, and the totals, as they follow from the amounts: who is over the cap is paid the cap, and the rest is shared
    /// again among those who are not, until nobody is.
    function _fit(MatchLeaf[2] memory leaves) private pure returns (MatchTotals memory totals) {
        bool[2] memory capped;
        (uint256 rest, uint256 weight) = (BUDGET, leaves[0].raw + leaves[1].raw);
        // twice: the first may be over once the second is paid the cap
        for (uint256 i = 0; i < 4; ++i) {
            uint256 p = i % 2;
            if (capped[p] || leaves[p].raw * Math.min(rest, weight) <= CAP * weight) continue;
            capped[p] = true;
            (rest, weight) = (rest - CAP, weight - leaves[p].raw);
        }
        for (uint256 p = 0; p < 2; ++p) {
            MatchLeaf memory leaf = leaves[p];
            leaf.matched =
                capped[p]
                    ? CAP
                    : rest >= weight
                        ? leaf.raw
                        : (leaf.raw * ((rest * 1e18) / weight)) / 1e18;
            leaf.before = MatchTotals(totals.raw, totals.matched, totals.capped, totals.cappedRaw);
            totals.raw += leaf.raw;
            totals.matched += leaf.matched;
            totals.capped += capped[p] ? 1 : 0;
            totals.cappedRaw += capped[p] ? leaf.raw : 0;
        }
    }

    function _doubtPart(uint256 id, address challenger, uint256 seed) private {
        (Sum sum, , , , uint256 from, uint256 to, ) = posts.disputedSum(id);
        // most often the one contributor that was set apart
        uint256 chosen = _values[id].length == 3 && seed % 2 == 0 ? 1 : (seed >> 1) % _values[id].length;
        if ((seed >> 4) % 8 == 0) {
            vm.prank(challenger);
            try posts.claimEmpty(id, _bounds[id], _values[id], chosen) {} catch {}
            return;
        }
        from = chosen == 0 ? from : _bounds[id][chosen - 1];
        to = chosen == _bounds[id].length ? to : _bounds[id][chosen];
        // a single place of a row is a term: nothing is to be divided
        uint256[] memory bounds = sum == Sum.PairRow && to - from == 1 ? new uint256[](0) : _someBounds(seed >> 8);
        vm.prank(challenger);
        try posts.narrow(id, _bounds[id], _values[id], chosen, bounds) {
            _bounds[id] = bounds;
        } catch {}
    }

    function _doubtLeaf(uint256 id, uint256 postId, address challenger, uint256 seed) private {
        uint256[] memory bounds = _someBounds(seed);
        for (uint256 p = 0; p < 2; ++p) {
            vm.prank(challenger);
            try posts.disputeShown(id, _leaves[postId][p], bounds) {
                _bounds[id] = bounds;
                return;
            } catch {}
        }
    }

    function _answer(uint256 id, bool truthful, uint256 seed) private {
        if (!_canMove(id)) return;
        (uint256 postId, , Turn turn, , , , ) = posts.challengeOf(id);
        address poster = _posterOf(id);
        if (poster == honest) truthful = true;
        vm.startPrank(poster);
        if (turn == Turn.PosterNodes) {
            posts.showNodes(id, _nodes(postId));
        } else if (turn == Turn.PosterLeaf) {
            try posts.showResult(id, _leaves[postId][0]) {} catch {
                posts.showResult(id, _leaves[postId][1]);
            }
        } else if (turn == Turn.PosterParts) {
            _answerParts(id, truthful, seed);
        } else if (turn == Turn.PosterTerm) {
            (, , uint256 first, uint256 second, , , ) = posts.disputedSum(id);
            uint256 overlap = _overlap(first, second);
            if (!truthful) overlap = (overlap * (seed % 5)) / 2;
            // what does not give the term is refused, and a liar out of answers
            try posts.namePair(id, overlap) {
                ++calls["paired"];
            } catch {
                if (truthful && poster == honest) broken = "the honest poster has no term";
            }
        } else if (turn == Turn.PosterName) {
            _answerName(id, poster);
        }
        vm.stopPrank();
    }

    function _answerParts(uint256 id, bool truthful, uint256 seed) private {
        (, , , , , , uint256 left) = posts.disputedSum(id);
        uint256[] memory values = _rightParts(id);
        for (uint256 k = 0; k < values.length; ++k) {
            uint256 right = values[k];
            if (k == values.length - 1) values[k] = left;
            else values[k] = truthful ? Math.min(right, left) : left / (1 + (seed % 7));
            left -= values[k];
            if (values[k] != right && _posterOf(id) == honest) broken = "the honest poster has no parts";
        }
        posts.nameParts(id, values);
        _values[id] = values;
    }

    function _rightParts(uint256 id) private view returns (uint256[] memory values) {
        (Sum sum, uint256 project, uint256 first, , uint256 from, uint256 to, ) = posts.disputedSum(id);
        uint256[] storage bounds = _bounds[id];
        values = new uint256[](bounds.length + 1);
        for (uint256 k = 0; k < values.length; ++k) {
            uint256 low = k == 0 ? from : bounds[k - 1];
            values[k] = _sumOf(sum, project, first, low, k == bounds.length ? to : bounds[k]);
        }
    }

    function _answerName(uint256 id, address poster) private {
        (, uint256 project, , , uint256 from, uint256 to, ) = posts.disputedSum(id);
        for (uint256 i = 0; i < 3; ++i) {
            uint256 place = uint160(_contributors[i]);
            if (from <= place && place < to && round.contributionOf(project, _contributors[i]) != 0) {
                return posts.nameContributor(id, _contributors[i]);
            }
        }
        if (poster == honest) broken = "the honest poster has nobody to name";
    }

    function _sumOf(
        Sum sum,
        uint256 project,
        uint256 first,
        uint256 from,
        uint256 to
    ) private view returns (uint256 total) {
        for (uint256 i = 0; i < 3; ++i) {
            for (uint256 j = i + 1; j < 3; ++j) {
                (uint256 a, uint256 b) = (uint160(_contributors[i]), uint160(_contributors[j]));
                bool counts = sum == Sum.PairRows ? from <= a && a < to : a == first && from <= b && b < to;
                if (!counts) continue;
                uint256 roots = _root(project, a) * _root(project, b);
                total += (2 * M * roots) / (M + _overlap(a, b));
            }
        }
    }

    function _overlap(uint256 a, uint256 b) private view returns (uint256) {
        return _root(0, a) * _root(0, b) + _root(1, a) * _root(1, b);
    }

    function _root(uint256 project, uint256 place) private view returns (uint256 root) {
        uint256 amount = round.contributionOf(project, address(uint160(place)));
        while ((root + 1) * (root + 1) <= amount) ++root;
    }

    function _nodes(uint256 postId) private view returns (bytes32[] memory nodes) {
        nodes = new bytes32[](2);
        (nodes[0], nodes[1]) = (leafHash(_leaves[postId][0]), leafHash(_leaves[postId][1]));
    }

    /// @dev Some of the contributors alone, or somewhere between.
    function _someBounds(uint256 seed) private view returns (uint256[] memory bounds) {
        uint256 place = uint160(_contributors[seed % 3]);
        uint256 kind = (seed >> 8) % 4;
        bounds = new uint256[](kind == 0 ? 1 : 2);
        bounds[0] = kind == 3 ? place / 2 : place;
        if (kind != 0) bounds[1] = place + 1;
    }

    /// @dev One of the last, so that some of them get far.
    function _recent(uint256 seed, uint256 count) private pure returns (uint256) {
        return count - (seed % Math.min(count, 3));
    }

    function _canMove(uint256 id) private view returns (bool) {
        (uint256 postId, , , uint256 moveBy, , , ) = posts.challengeOf(id);
        (, , PostStatus status, , , ) = posts.postOf(postId);
        return status == PostStatus.Live && block.timestamp <= moveBy;
    }

    function _posterOf(uint256 id) private view returns (address poster) {
        (uint256 postId, , , , , , ) = posts.challengeOf(id);
        (, poster, , , , ) = posts.postOf(postId);
    }

    function _approve(address account) private {
        vm.prank(account);
        asset.approve(address(posts), type(uint256).max);
    }
}
