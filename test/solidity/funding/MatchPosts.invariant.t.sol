// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Posting, PostStatus, Turn} from "../../../contracts/funding/posted/IMatchPosts.sol";
import {MatchTotals} from "../../../contracts/funding/posted/IMatchResult.sol";
import {MatchPosts} from "../../../contracts/funding/posted/MatchPosts.sol";
import {MatchPostsHandler} from "./MatchPostsHandler.t.sol";

contract MatchPostsInvariants is Test {
    MatchPostsHandler private _handler;
    MatchPosts private _posts;
    address private _round;

    function setUp() public {
        _handler = new MatchPostsHandler();
        _posts = _handler.posts();
        _round = address(_handler.round());
        targetContract(address(_handler));
    }

    /// @dev INV-POST-1
    function invariant_POST_1_noResultExceedsTheBudget() public view {
        if (_posts.finalPostOf(_round) == 0) return;
        (, uint256 matched) = _posts.finalResult(_round);
        assertLe(matched, _handler.BUDGET());
    }

    /// @dev INV-POST-3
    function invariant_POST_3_everyBondIsSomebodysToTheUnit() public view {
        uint256 held = _posts.owedToCommons(_round);
        for (uint256 k = 0; k < 4; ++k) held += _posts.owedTo(_handler.person(k));
        held += _posts.owedTo(address(_handler));
        for (uint256 id = 1; id <= _handler.postCount(); ++id) {
            if (_status(id) == PostStatus.Live) held += _handler.POST_BOND();
        }
        for (uint256 id = 1; id <= _handler.challengeCount(); ++id) {
            if (_turn(id) != Turn.Closed) held += _handler.CHALLENGE_BOND();
        }
        assertEq(_handler.asset().balanceOf(address(_posts)), held);
    }

    /// @dev INV-POST-4
    function invariant_POST_4_whoPostsWhatIsRightAndAnswersIsNeverSlashed() public view {
        assertEq(_handler.broken(), "");
        for (uint256 id = 1; id <= _handler.postCount(); ++id) {
            (, address poster, PostStatus status, , , ) = _posts.postOf(id);
            if (poster == _handler.honest()) assertTrue(status != PostStatus.Defeated, "slashed");
        }
    }

    /// @dev INV-POST-6
    function invariant_POST_6_everyPostAndChallengeIsDecidedByTimeAlone() public view {
        uint256 live;
        for (uint256 id = 1; id <= _handler.postCount(); ++id) {
            (, , PostStatus status, uint40 challengeBy, uint256 open, ) = _posts.postOf(id);
            if (status != PostStatus.Live) continue;
            ++live;
            uint256 counted;
            for (uint256 c = 1; c <= _handler.challengeCount(); ++c) {
                (uint256 postId, , Turn turn, uint256 moveBy, uint256 poster, uint256 challenger, ) = _posts
                    .challengeOf(c);
                if (postId != id || turn == Turn.Closed) continue;
                ++counted;
                // whatever is left on both clocks ends within two of them after the window
                uint256 spent = poster + challenger;
                assertLe(spent, 2 * _handler.CLOCK());
                assertLt(moveBy, uint256(challengeBy) + 2 * _handler.CLOCK());
            }
            assertEq(open, counted);
        }
        assertEq(_posts.livePostsOf(_round), live);
    }

    /// @dev INV-POST-7
    function invariant_POST_7_aFinalResultNeverChanges() public view {
        if (_handler.final_() == 0) return;
        assertEq(_posts.finalPostOf(_round), _handler.final_());
        (bytes32 root, ) = _posts.finalResult(_round);
        assertEq(root, _handler.finalRoot());
        assertFalse(_posts.hasFailed(_round));
    }

    /// @dev INV-POST-8: something is left only where nobody who is not at the cap could be paid more; but for what is floored.
    function invariant_POST_8_whatIsOverTheCapIsSharedAgain() public view {
        if (_handler.final_() == 0) return;
        (, , , , , Posting memory posting) = _posts.postOf(_handler.final_());
        MatchTotals memory totals = posting.totals;
        uint256 capped = totals.capped * _handler.CAP();
        uint256 due = capped + Math.min(_handler.BUDGET() - capped, totals.raw - totals.cappedRaw);
        assertGt(totals.capped, 0);
        assertLe(totals.matched, due);
        assertLe(due - totals.matched, 2);
    }

    /// @dev Invariants that nothing ever happens under would hold as well.
    function test_theHandlerGetsEverywhere() public {
        for (uint256 i = 0; i < 2500; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            uint256 action = seed % 32;
            seed >>= 5;
            if (action < 2) _handler.warp(seed);
            else if (action < 3) _handler.postRight();
            else if (action < 4) _handler.postWrong(seed);
            else if (action < 6) _handler.dispute(seed);
            else if (action < 7) _handler.demand(seed);
            else if (action < 16) _handler.answer(seed);
            else if (action < 24) _handler.doubt(seed);
            else if (action < 25) _handler.prove(seed);
            else if (action < 27) _handler.expire(seed);
            else if (action < 29) _handler.settle(seed);
            else if (action < 31) _handler.conclude(seed);
            else _handler.collect(seed);
        }
        invariant_POST_1_noResultExceedsTheBudget();
        invariant_POST_3_everyBondIsSomebodysToTheUnit();
        invariant_POST_4_whoPostsWhatIsRightAndAnswersIsNeverSlashed();
        invariant_POST_6_everyPostAndChallengeIsDecidedByTimeAlone();
        invariant_POST_7_aFinalResultNeverChanges();
        invariant_POST_8_whatIsOverTheCapIsSharedAgain();
        for (uint256 status = 2; status < 5; ++status) assertGt(_count(PostStatus(status)), 0, "a status never seen");
        assertGt(_handler.calls("paired"), 0, "terms");
        assertGt(_handler.calls("computed"), 0, "sums over projects");
        assertGt(_handler.calls("expired"), 0, "silence");
        assertGt(_handler.calls("settled"), 0, "bonds of others");
    }

    function _count(PostStatus wanted) private view returns (uint256 count) {
        for (uint256 id = 1; id <= _handler.postCount(); ++id) if (_status(id) == wanted) ++count;
    }

    function _status(uint256 postId) private view returns (PostStatus status) {
        (, , status, , , ) = _posts.postOf(postId);
    }

    function _turn(uint256 challengeId) private view returns (Turn turn) {
        (, , turn, , , , ) = _posts.challengeOf(challengeId);
    }
}
