// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ContributionLeaf, IMatchPosts, Posting} from "./IMatchPosts.sol";
import {MatchLeaf, MatchTotals} from "./IMatchResult.sol";
import {IPostedRound} from "./IPostedRound.sol";
import {MatchTerms} from "./MatchTerms.sol";
import {MatchTree} from "./MatchTree.sol";
import {PostBook} from "./PostBook.sol";

/// @title What one transaction shows wrong, given the leaves
/// @dev With a project's `raw` (see AmountGame) and leaves that are not shown (see RevealGame) this is every way in which a post can differ
/// from the only right one: INV-POST-2. Whoever brings the proof is the winner; there is no bond, since it fails or it is right.
abstract contract LeafProofs is PostBook {
    /// @inheritdoc IMatchPosts
    function proveWrongResult(
        uint256 postId,
        uint256 index,
        MatchLeaf calldata leaf,
        bytes32[] calldata path
    ) external {
        MatchTotals memory totals = _livePost(postId).posting.totals;
        uint256 count = _requireResult(postId, index, leaf, path);
        (uint256 matched, bool capped) = _matchOf(postId, leaf, totals);
        bool right = leaf.project == index && leaf.matched == matched;
        if (index == 0) right = right && _isSame(leaf.before, MatchTotals(0, 0, 0, 0));
        if (index == count - 1) right = right && _isSame(_after(leaf, capped), totals);
        if (right) revert Posts_NotWrong();
        _defeat(postId, msg.sender);
    }

    /// @inheritdoc IMatchPosts
    function proveBrokenTotals(
        uint256 postId,
        uint256 index,
        MatchLeaf calldata leaf,
        bytes32[] calldata path,
        MatchLeaf calldata next,
        bytes32[] calldata nextPath
    ) external {
        MatchTotals memory totals = _livePost(postId).posting.totals;
        _requireResult(postId, index, leaf, path);
        _requireResult(postId, index + 1, next, nextPath);
        (, bool capped) = _matchOf(postId, leaf, totals);
        if (_isSame(_after(leaf, capped), next.before)) revert Posts_NotWrong();
        _defeat(postId, msg.sender);
    }

    /// @inheritdoc IMatchPosts
    function proveWrongContribution(
        uint256 postId,
        uint256 index,
        ContributionLeaf calldata leaf,
        bytes32[] calldata path
    ) external {
        _livePost(postId);
        _requireContribution(postId, index, leaf, path);
        uint256 given = _given(_roundOf(postId), leaf.project, leaf.contributor);
        if (leaf.amount == given && given != 0) revert Posts_NotWrong();
        _defeat(postId, msg.sender);
    }

    /// @inheritdoc IMatchPosts
    function proveDisorder(
        uint256 postId,
        uint256 index,
        ContributionLeaf calldata leaf,
        bytes32[] calldata path,
        ContributionLeaf calldata next,
        bytes32[] calldata nextPath
    ) external {
        _livePost(postId);
        _requireContribution(postId, index, leaf, path);
        _requireContribution(postId, index + 1, next, nextPath);
        if (_isBefore(leaf.project, leaf.contributor, next.project, next.contributor)) revert Posts_NotWrong();
        _defeat(postId, msg.sender);
    }

    /// @inheritdoc IMatchPosts
    function proveMissing(
        uint256 postId,
        uint256 project,
        address contributor,
        uint256 index,
        ContributionLeaf calldata before,
        bytes32[] calldata beforePath,
        ContributionLeaf calldata next,
        bytes32[] calldata nextPath
    ) external {
        uint256 count = _livePost(postId).posting.contributionCount;
        if (index > count) revert Posts_NoSuchLeaf(index, count);
        bool missing = _given(_roundOf(postId), project, contributor) != 0;
        if (index != 0) {
            _requireContribution(postId, index - 1, before, beforePath);
            missing = missing && _isBefore(before.project, before.contributor, project, contributor);
        }
        if (index != count) {
            _requireContribution(postId, index, next, nextPath);
            missing = missing && _isBefore(project, contributor, next.project, next.contributor);
        }
        if (!missing) revert Posts_NotWrong();
        _defeat(postId, msg.sender);
    }

    function _requireResult(
        uint256 postId,
        uint256 index,
        MatchLeaf calldata leaf,
        bytes32[] calldata path
    ) internal view returns (uint256 count) {
        count = _roundOf(postId).projectCount();
        _requireLeaf(_posts[postId].posting.resultRoot, count, index, MatchTree.leafHash(leaf), path);
    }

    /// @dev What the round has; nothing for a project that it does not have.
    function _given(IPostedRound round, uint256 project, address contributor) internal view returns (uint256) {
        return project < round.projectCount() ? round.contributionOf(project, contributor) : 0;
    }

    function _requireContribution(
        uint256 postId,
        uint256 index,
        ContributionLeaf calldata leaf,
        bytes32[] calldata path
    ) private view {
        Posting storage posting = _posts[postId].posting;
        _requireLeaf(posting.contributionRoot, posting.contributionCount, index, MatchTree.leafHash(leaf), path);
    }

    function _isBefore(
        uint256 project,
        address contributor,
        uint256 nextProject,
        address nextContributor
    ) private pure returns (bool) {
        return project < nextProject || (project == nextProject && contributor < nextContributor);
    }

    /// @dev What a line must be paid, its `raw` and the totals of the post taken for right.
    function _matchOf(
        uint256 postId,
        MatchLeaf calldata leaf,
        MatchTotals memory totals
    ) private view returns (uint256 matched, bool capped) {
        (, , uint256 budget, uint256 cap) = _roundOf(postId).postedTerms();
        return MatchTerms.matched(leaf.raw, totals, budget, cap);
    }

    /// @dev The running totals behind a line. A posted number may be anything; totals that come round to the right one have a wrong
    /// one among them.
    function _after(MatchLeaf calldata leaf, bool capped) private pure returns (MatchTotals memory totals) {
        totals = leaf.before;
        unchecked {
            totals.raw += leaf.raw;
            totals.matched += leaf.matched;
            if (!capped) return totals;
            totals.cappedRaw += leaf.raw;
            ++totals.capped;
        }
    }

    function _isSame(MatchTotals memory a, MatchTotals memory b) private pure returns (bool) {
        return a.raw == b.raw && a.matched == b.matched && a.capped == b.capped && a.cappedRaw == b.cappedRaw;
    }
}
