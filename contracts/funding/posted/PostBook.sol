// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ICommonsInflow, InflowSource} from "../commons/ICommonsInflow.sol";
import {IMatchPosts, Posting, PostStatus, Sum, Turn} from "./IMatchPosts.sol";
import {IMatchResult, MatchLeaf, MatchTotals} from "./IMatchResult.sol";
import {IPostedRound, IPostedRounds} from "./IPostedRound.sol";
import {MatchTree} from "./MatchTree.sol";

/// @title Posts, their bonds, and the clocks of challenges
/// @dev Bonds move only by credit: what decides a post or a challenge calls no one, and each is collected on its own.
abstract contract PostBook is IMatchPosts {
    using SafeERC20 for IERC20;

    struct Post {
        // slot 0: 20 + 5 + 4 + 1 bytes
        address poster;
        uint40 challengeBy;
        uint32 openChallenges;
        PostStatus status;
        // slot 1
        address round;
        // slots 2 to 9
        Posting posting;
    }

    struct Challenge {
        // slot 0: 20 + 5 + 1 + 1 + 1 + 1 + 1 bytes
        address challenger;
        uint40 movedAt;
        Turn turn;
        Sum sum;
        uint8 divisions;
        bool contributions; // which tree is walked
        bool unlinked; // what the poster said of the contributor in dispute
        // slot 1: 6 + 4 + 4 + 16 bytes
        uint48 postId;
        uint32 posterSeconds; // what is left of its clock
        uint32 challengerSeconds;
        uint128 project;
        // slot 2: what was shown last, to be handed in again: nodes, parts, or sides
        bytes32 shown;
        // slot 3: where the range in dispute is to be divided; before that, the node that is demanded
        bytes32 asked;
        // slots 4 and 5: what the kind of sum fixes; before that, height and index of the node
        uint256 first;
        uint256 second;
        // slots 6 to 8
        uint256 from;
        uint256 to;
        uint256 value;
    }

    uint256 internal constant MOST_CONTRIBUTIONS = 1 << 40;
    uint256 internal constant BPS = 10_000;

    /// @inheritdoc IMatchPosts
    IPostedRounds public immutable rounds;
    /// @inheritdoc IMatchPosts
    IERC20 public immutable asset;
    /// @inheritdoc IMatchPosts
    ICommonsInflow public immutable commons;
    /// @inheritdoc IMatchPosts
    uint256 public immutable postBondAssets;
    /// @inheritdoc IMatchPosts
    uint256 public immutable challengeBondAssets;
    /// @inheritdoc IMatchPosts
    uint256 public immutable rewardBps;
    /// @inheritdoc IMatchPosts
    uint256 public immutable postingSeconds;
    /// @inheritdoc IMatchPosts
    uint256 public immutable challengeSeconds;
    /// @inheritdoc IMatchPosts
    uint256 public immutable clockSeconds;

    uint256 internal _lastPostId;
    uint256 internal _lastChallengeId;
    mapping(uint256 postId => Post) internal _posts;
    mapping(uint256 challengeId => Challenge) internal _challenges;

    /// @inheritdoc IMatchPosts
    mapping(address round => uint256) public finalPostOf;
    /// @inheritdoc IMatchPosts
    mapping(address round => uint256) public livePostsOf;
    /// @inheritdoc IMatchPosts
    mapping(address account => uint256) public owedTo;
    /// @inheritdoc IMatchPosts
    mapping(address round => uint256) public owedToCommons;

    /// @param rewardBps_ what of a defeated post's bond the winner gets: at most half, so that a poster who defeats itself loses
    /// @param clockSeconds_ what each side has for all of its moves in a challenge
    constructor(
        IPostedRounds rounds_,
        IERC20 asset_,
        ICommonsInflow commons_,
        uint256 postBondAssets_,
        uint256 challengeBondAssets_,
        uint256 rewardBps_,
        uint256 postingSeconds_,
        uint256 challengeSeconds_,
        uint256 clockSeconds_
    ) {
        if (
            postBondAssets_ == 0 ||
            challengeBondAssets_ == 0 ||
            rewardBps_ == 0 ||
            rewardBps_ > BPS / 2 ||
            postingSeconds_ == 0 ||
            challengeSeconds_ == 0 ||
            challengeSeconds_ > type(uint32).max ||
            clockSeconds_ == 0 ||
            clockSeconds_ > type(uint32).max
        ) revert Posts_BadTerms();
        rounds = rounds_;
        asset = asset_;
        commons = commons_;
        postBondAssets = postBondAssets_;
        challengeBondAssets = challengeBondAssets_;
        rewardBps = rewardBps_;
        postingSeconds = postingSeconds_;
        challengeSeconds = challengeSeconds_;
        clockSeconds = clockSeconds_;
    }

    /// @inheritdoc IMatchPosts
    /// @dev INV-POST-1: nothing is posted before contributions are fixed, or beyond the budget.
    function post(address round, Posting calldata posting, string calldata dataUri) external returns (uint256 postId) {
        _requirePostable(round, posting);
        postId = ++_lastPostId;
        uint40 challengeBy = uint40(block.timestamp + challengeSeconds);
        _posts[postId] = Post(msg.sender, challengeBy, 0, PostStatus.Live, round, posting);
        ++livePostsOf[round];
        emit Posted(
            postId,
            round,
            msg.sender,
            posting.resultRoot,
            posting.contributionRoot,
            posting.contributionCount,
            posting.totals,
            challengeBy
        );
        emit DataPublished(postId, posting.dataHash, dataUri);
        _takeBond(postBondAssets);
    }

    /// @inheritdoc IMatchPosts
    function conclude(uint256 postId) external {
        Post storage post_ = _livePost(postId);
        if (block.timestamp < post_.challengeBy) revert Posts_TooEarly(post_.challengeBy);
        if (post_.openChallenges != 0) revert Posts_Challenged(postId, post_.openChallenges);
        address round = post_.round;
        bool isFinal = finalPostOf[round] == 0;
        post_.status = isFinal ? PostStatus.Final : PostStatus.Released;
        if (isFinal) finalPostOf[round] = postId;
        --livePostsOf[round];
        emit PostConcluded(postId, round, isFinal);
        _credit(post_.poster, postBondAssets);
    }

    /// @inheritdoc IMatchPosts
    function expire(uint256 challengeId) external {
        Challenge storage challenge = _challenges[challengeId];
        Turn turn = challenge.turn;
        if (turn == Turn.Closed) revert Posts_NotTurn(turn);
        _livePost(challenge.postId);
        uint256 moveBy = _moveBy(challenge);
        if (block.timestamp <= moveBy) revert Posts_InTime(moveBy - block.timestamp);
        if (_isPosters(turn)) _won(challengeId, challenge);
        else _lost(challengeId, challenge);
    }

    /// @inheritdoc IMatchPosts
    function settle(uint256 challengeId) external {
        Challenge storage challenge = _challenges[challengeId];
        uint256 postId = challenge.postId;
        PostStatus status = _posts[postId].status;
        if (challenge.turn == Turn.Closed || (status != PostStatus.Defeated && status != PostStatus.Void)) {
            revert Posts_NotOver(challengeId);
        }
        _return(challengeId, challenge);
    }

    /// @inheritdoc IMatchPosts
    function collect(address account) external returns (uint256 assets) {
        assets = owedTo[account];
        if (assets == 0) revert Posts_NothingOwed(account);
        delete owedTo[account];
        emit Collected(account, assets);
        asset.safeTransfer(account, assets);
    }

    /// @inheritdoc IMatchPosts
    function payCommons(address round) external returns (uint256 assets) {
        assets = owedToCommons[round];
        if (assets == 0) revert Posts_NothingOwed(address(commons));
        delete owedToCommons[round];
        emit PaidToCommons(round, assets);
        asset.forceApprove(address(commons), assets);
        commons.deposit(asset, assets, InflowSource.Slash, bytes32(uint256(uint160(round))));
    }

    /// @inheritdoc IMatchResult
    function finalResult(address round) external view returns (bytes32 resultRoot, uint256 totalMatched) {
        Posting storage posting = _finalPosting(round);
        return (posting.resultRoot, posting.totals.matched);
    }

    /// @inheritdoc IMatchResult
    function hasFailed(address round) external view returns (bool) {
        return finalPostOf[round] == 0 && livePostsOf[round] == 0 && block.timestamp >= postBy(round);
    }

    /// @inheritdoc IMatchResult
    function matchedOf(
        address round,
        MatchLeaf calldata leaf,
        bytes32[] calldata path
    ) external view returns (uint256 matchedAssets) {
        bytes32 root = _finalPosting(round).resultRoot;
        _requireLeaf(root, IPostedRound(round).projectCount(), leaf.project, MatchTree.leafHash(leaf), path);
        return leaf.matched;
    }

    /// @inheritdoc IMatchPosts
    function postBy(address round) public view returns (uint256) {
        return IPostedRound(round).contributionsCloseAt() + postingSeconds;
    }

    /// @inheritdoc IMatchPosts
    function postOf(
        uint256 postId
    )
        external
        view
        returns (
            address round,
            address poster,
            PostStatus status,
            uint40 challengeBy,
            uint256 openChallenges,
            Posting memory posting
        )
    {
        Post storage post_ = _posts[postId];
        return (post_.round, post_.poster, post_.status, post_.challengeBy, post_.openChallenges, post_.posting);
    }

    /// @inheritdoc IMatchPosts
    function challengeOf(
        uint256 challengeId
    )
        external
        view
        returns (
            uint256 postId,
            address challenger,
            Turn turn,
            uint256 moveBy,
            uint256 posterSeconds,
            uint256 challengerSeconds,
            uint256 divisions
        )
    {
        Challenge storage challenge = _challenges[challengeId];
        return (
            challenge.postId,
            challenge.challenger,
            challenge.turn,
            _moveBy(challenge),
            challenge.posterSeconds,
            challenge.challengerSeconds,
            challenge.divisions
        );
    }

    /// @inheritdoc IMatchPosts
    function disputedSum(
        uint256 challengeId
    )
        external
        view
        returns (Sum sum, uint256 project, uint256 first, uint256 second, uint256 from, uint256 to, uint256 value)
    {
        Challenge storage c = _challenges[challengeId];
        return (c.sum, c.project, c.first, c.second, c.from, c.to, c.value);
    }

    /// @dev A challenge can be opened only in the window, so that a post is decided at most two clocks after it.
    function _open(uint256 postId) internal returns (uint256 challengeId, Challenge storage challenge) {
        Post storage post_ = _livePost(postId);
        if (block.timestamp >= post_.challengeBy) revert Posts_TooLate(post_.challengeBy);
        ++post_.openChallenges;
        challengeId = ++_lastChallengeId;
        challenge = _challenges[challengeId];
        challenge.challenger = msg.sender;
        challenge.movedAt = uint40(block.timestamp);
        challenge.postId = uint48(postId);
        challenge.posterSeconds = uint32(clockSeconds);
        challenge.challengerSeconds = uint32(clockSeconds);
        emit ChallengeOpened(challengeId, postId, msg.sender);
    }

    /// @dev The challenge, for a move that is whoever's turn it is, in time; takes the time from that side's clock.
    function _move(uint256 challengeId, Turn turn) internal returns (Challenge storage challenge) {
        challenge = _challenges[challengeId];
        if (challenge.turn != turn) revert Posts_NotTurn(challenge.turn);
        Post storage post_ = _livePost(challenge.postId);
        bool posters = _isPosters(turn);
        if (msg.sender != (posters ? post_.poster : challenge.challenger)) revert Posts_NotParty(msg.sender);
        uint256 moveBy = _moveBy(challenge);
        if (block.timestamp > moveBy) revert Posts_OutOfTime(block.timestamp - moveBy);
        if (posters) challenge.posterSeconds = uint32(moveBy - block.timestamp);
        else challenge.challengerSeconds = uint32(moveBy - block.timestamp);
        challenge.movedAt = uint40(block.timestamp);
    }

    /// @dev The challenger was right: the post falls, and its other challenges with it, each to be settled on its own.
    function _won(uint256 challengeId, Challenge storage challenge) internal {
        _return(challengeId, challenge);
        _defeat(challenge.postId, challenge.challenger);
    }

    /// @dev INV-POST-4: whoever challenges what is right pays the poster for the answers. In a void round nobody can be right.
    function _lost(uint256 challengeId, Challenge storage challenge) internal {
        Post storage post_ = _posts[challenge.postId];
        --post_.openChallenges;
        if (_isVoid(post_.round)) return _return(challengeId, challenge);
        challenge.turn = Turn.Closed;
        emit ChallengeLost(challengeId, challenge.postId, challengeBondAssets);
        _credit(post_.poster, challengeBondAssets);
    }

    /// @dev INV-POST-3: a bond is divided between the winner and the commons, to the unit. INV-POST-4: it goes back if the round is void, which
    /// shows nothing of the post.
    function _defeat(uint256 postId, address winner) internal {
        Post storage post_ = _posts[postId];
        address round = post_.round;
        --livePostsOf[round];
        if (_isVoid(round)) {
            post_.status = PostStatus.Void;
            emit PostVoided(postId, round);
            return _credit(post_.poster, postBondAssets);
        }
        post_.status = PostStatus.Defeated;
        uint256 reward = (postBondAssets * rewardBps) / BPS;
        uint256 rest = postBondAssets - reward;
        owedToCommons[round] += rest;
        emit PostDefeated(postId, round, winner, reward, rest);
        _credit(winner, reward);
    }

    function _return(uint256 challengeId, Challenge storage challenge) internal {
        challenge.turn = Turn.Closed;
        emit ChallengeReturned(challengeId, challenge.postId, challengeBondAssets);
        _credit(challenge.challenger, challengeBondAssets);
    }

    function _credit(address account, uint256 assets) internal {
        owedTo[account] += assets;
        emit Credited(account, assets);
    }

    function _takeBond(uint256 assets) internal {
        uint256 before = asset.balanceOf(address(this));
        asset.safeTransferFrom(msg.sender, address(this), assets);
        uint256 received = asset.balanceOf(address(this)) - before;
        if (received != assets) revert Posts_BondShort(received, assets);
    }

    function _livePost(uint256 postId) internal view returns (Post storage post_) {
        post_ = _posts[postId];
        if (post_.status != PostStatus.Live) revert Posts_NotLive(postId, post_.status);
    }

    function _roundOf(uint256 postId) internal view returns (IPostedRound) {
        return IPostedRound(_posts[postId].round);
    }

    /// @dev INV-POST-5: a leaf counts at its own place of a tree of this many, and nowhere else.
    function _requireLeaf(
        bytes32 root,
        uint256 count,
        uint256 index,
        bytes32 leaf,
        bytes32[] calldata path
    ) internal pure {
        if (index >= count) revert Posts_NoSuchLeaf(index, count);
        uint256 depth = MatchTree.depthOf(count);
        if (path.length != depth) revert Posts_BadPath(path.length, depth);
        bytes32 actual = MatchTree.climb(leaf, index, path);
        if (actual != root) revert Posts_NotInTree(root, actual);
    }

    function _isVoid(address round) private view returns (bool) {
        return IPostedRound(round).isVoid();
    }

    function _requirePostable(address round, Posting calldata posting) private view {
        if (!rounds.isRound(round)) revert Posts_UnknownRound(round);
        if (_isVoid(round)) revert Posts_RoundVoid(round);
        uint256 closesAt = IPostedRound(round).contributionsCloseAt();
        if (block.timestamp < closesAt) revert Posts_TooEarly(closesAt);
        if (block.timestamp >= closesAt + postingSeconds) revert Posts_TooLate(closesAt + postingSeconds);
        uint256 projectCount = IPostedRound(round).projectCount();
        _requireTotals(round, posting.totals, projectCount);
        if (posting.contributionCount > MOST_CONTRIBUTIONS) {
            revert Posts_TooMany(posting.contributionCount, MOST_CONTRIBUTIONS);
        }
        // of an empty tree there is no leaf that could be shown wrong
        if (posting.contributionCount == 0 && posting.contributionRoot != 0) revert Posts_NothingThere();
        if (projectCount == 0 && (posting.resultRoot != 0 || posting.totals.raw != 0 || posting.totals.matched != 0))
            revert Posts_NothingThere();
    }

    /// @dev Under totals that pass, what a line must be paid can be computed. Whoever is over the cap takes less than its share, so
    /// something is left of the budget.
    function _requireTotals(address round, MatchTotals calldata totals, uint256 projectCount) private view {
        (, , uint256 budget, uint256 cap) = IPostedRound(round).postedTerms();
        if (totals.matched > budget) revert Posts_OverBudget(totals.matched, budget);
        if (
            totals.cappedRaw > totals.raw ||
            totals.capped > projectCount ||
            (totals.capped != 0 && totals.capped * cap >= budget)
        ) revert Posts_BadTotals(totals);
    }

    function _finalPosting(address round) private view returns (Posting storage) {
        uint256 postId = finalPostOf[round];
        if (postId == 0) revert Posts_NotFinal(round);
        return _posts[postId].posting;
    }

    /// @dev The last moment of the move that is due.
    function _moveBy(Challenge storage challenge) private view returns (uint256) {
        return
            uint256(challenge.movedAt) +
            (_isPosters(challenge.turn) ? challenge.posterSeconds : challenge.challengerSeconds);
    }

    function _isPosters(Turn turn) private pure returns (bool) {
        return Turn.PosterNodes <= turn && turn <= Turn.PosterName;
    }
}
