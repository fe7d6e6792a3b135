// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ContributionLeaf, IMatchPosts, Posting, Turn} from "./IMatchPosts.sol";
import {MatchLeaf} from "./IMatchResult.sol";
import {LeafProofs} from "./LeafProofs.sol";
import {MatchTree} from "./MatchTree.sol";

/// @title Leaves that a poster keeps back
/// @notice Whoever knows the round knows the right trees. Where a posted root differs, one of the nodes below it does, and so on
/// down to a leaf, or to a node that the poster cannot show. A shown leaf is then proved wrong, or its sum is disputed.
abstract contract RevealGame is LeafProofs {
    uint256 internal constant LEVELS_SHOWN = 6;

    /// @inheritdoc IMatchPosts
    function demand(uint256 postId, bool contributions) external returns (uint256 challengeId) {
        Challenge storage challenge;
        (challengeId, challenge) = _open(postId);
        Posting storage posting = _posts[postId].posting;
        uint256 count = _leafCount(postId, contributions);
        if (count == 0) revert Posts_NoSuchLeaf(0, 0);
        challenge.contributions = contributions;
        bytes32 root = contributions ? posting.contributionRoot : posting.resultRoot;
        _demandNode(challengeId, challenge, root, MatchTree.depthOf(count), 0);
        _takeBond(challengeBondAssets);
    }

    /// @inheritdoc IMatchPosts
    function showNodes(uint256 challengeId, bytes32[] calldata nodes) external {
        Challenge storage challenge = _move(challengeId, Turn.PosterNodes);
        uint256 wanted = 1 << _levelsShown(challenge.first);
        if (nodes.length != wanted) revert Posts_BadPath(nodes.length, wanted);
        bytes32 above = MatchTree.above(nodes);
        if (above != challenge.asked) revert Posts_NotInTree(challenge.asked, above);
        challenge.shown = keccak256(abi.encodePacked(nodes));
        challenge.turn = Turn.ChallengerNode;
        emit NodesShown(challengeId, nodes);
    }

    /// @inheritdoc IMatchPosts
    function choose(uint256 challengeId, bytes32[] calldata nodes, uint256 chosen) external {
        Challenge storage challenge = _move(challengeId, Turn.ChallengerNode);
        if (keccak256(abi.encodePacked(nodes)) != challenge.shown) revert Posts_NotShown();
        if (chosen >= nodes.length) revert Posts_NoSuchLeaf(chosen, nodes.length);
        uint256 levels = _levelsShown(challenge.first);
        uint256 height = challenge.first - levels;
        uint256 index = (challenge.second << levels) | chosen;
        uint256 count = _leafCount(challenge.postId, challenge.contributions);
        if (height == 0 && index >= count) {
            // the right tree is empty there
            if (nodes[chosen] == 0) revert Posts_NoSuchLeaf(index, count);
            _won(challengeId, challenge);
        } else {
            _demandNode(challengeId, challenge, nodes[chosen], height, index);
        }
    }

    /// @inheritdoc IMatchPosts
    function showResult(uint256 challengeId, MatchLeaf calldata leaf) external {
        _showLeaf(challengeId, false, MatchTree.leafHash(leaf));
        emit ResultShown(challengeId, leaf.project, leaf.raw, leaf.matched, leaf.before);
    }

    /// @inheritdoc IMatchPosts
    function showContribution(uint256 challengeId, ContributionLeaf calldata leaf) external {
        _showLeaf(challengeId, true, MatchTree.leafHash(leaf));
        emit ContributionShown(challengeId, leaf.project, leaf.contributor, leaf.amount);
    }

    function _showLeaf(uint256 challengeId, bool contributions, bytes32 leaf) private {
        Challenge storage challenge = _move(challengeId, Turn.PosterLeaf);
        if (challenge.contributions != contributions || leaf != challenge.asked) {
            revert Posts_NotInTree(challenge.asked, leaf);
        }
        challenge.turn = Turn.ChallengerLeaf;
    }

    function _demandNode(
        uint256 challengeId,
        Challenge storage challenge,
        bytes32 node,
        uint256 height,
        uint256 index
    ) private {
        challenge.asked = node;
        challenge.first = height;
        challenge.second = index;
        challenge.turn = height == 0 ? Turn.PosterLeaf : Turn.PosterNodes;
        emit NodeDemanded(challengeId, challenge.contributions, height, index, node);
    }

    function _leafCount(uint256 postId, bool contributions) private view returns (uint256) {
        return contributions ? _posts[postId].posting.contributionCount : _roundOf(postId).projectCount();
    }

    function _levelsShown(uint256 height) private pure returns (uint256) {
        return height < LEVELS_SHOWN ? height : LEVELS_SHOWN;
    }
}
