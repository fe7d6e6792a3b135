// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IMatchPosts, Sum, Turn} from "./IMatchPosts.sol";
import {MatchLeaf} from "./IMatchResult.sol";
import {IPostedRound, PostedVariant} from "./IPostedRound.sol";
import {MatchTerms} from "./MatchTerms.sol";
import {MatchTree} from "./MatchTree.sol";
import {RevealGame} from "./RevealGame.sol";

/// @title A disputed amount, divided until one transaction can compute what is left
/// @notice
///  pairwise: PairRows ▸ PairRow ▸ Pair = f(overlap) ▸ PairOverlap
///  cluster:  GroupRows ▸ GroupRow ▸ Groups = f(side, other side) ▸ GroupSide ▸ Share = f(memberships, linked) ▸ Memberships
/// A range that is divided down to one place becomes the sum, or the term, that is there. Sums over at most 64 projects are computed.
/// @dev INV-POST-2, for amounts: if a claimed sum is wrong, so is one of the parts that add up to it; if a claimed term is wrong, either it does
/// not follow from the factors that were named, which is refused, or one of these is wrong. INV-POST-4: what is right has only right
/// parts, so whoever posts what is right can always answer. The challenger chooses where to divide, and at most 64 times.
abstract contract AmountGame is RevealGame {
    uint256 internal constant MOST_PARTS = 64;
    uint256 internal constant MOST_DIVISIONS = 64;
    uint256 internal constant PROJECTS_COMPUTED = 64;
    uint256 internal constant ALL_ADDRESSES = 1 << 160;

    /// @inheritdoc IMatchPosts
    function dispute(
        uint256 postId,
        MatchLeaf calldata leaf,
        bytes32[] calldata path,
        uint256[] calldata bounds
    ) external returns (uint256 challengeId) {
        Challenge storage challenge;
        (challengeId, challenge) = _open(postId);
        _requireResult(postId, leaf.project, leaf, path);
        _disputeRaw(challengeId, challenge, leaf, bounds);
        _takeBond(challengeBondAssets);
    }

    /// @inheritdoc IMatchPosts
    function disputeShown(uint256 challengeId, MatchLeaf calldata leaf, uint256[] calldata bounds) external {
        Challenge storage challenge = _move(challengeId, Turn.ChallengerLeaf);
        // a leaf of the other tree hashes fewer words; one out of its place is proved wrong
        if (MatchTree.leafHash(leaf) != challenge.asked || leaf.project != challenge.second) revert Posts_NotShown();
        _disputeRaw(challengeId, challenge, leaf, bounds);
    }

    /// @inheritdoc IMatchPosts
    function divide(uint256 challengeId, uint256[] calldata bounds) external {
        Challenge storage challenge = _move(challengeId, Turn.ChallengerRange);
        _goOn(challengeId, challenge, bounds);
    }

    /// @inheritdoc IMatchPosts
    function nameParts(uint256 challengeId, uint256[] calldata values) external {
        Challenge storage challenge = _move(challengeId, Turn.PosterParts);
        // the number of bounds is kept in the place of what was shown
        uint256 parts = uint256(challenge.shown);
        if (values.length != parts) revert Posts_BadPath(values.length, parts);
        uint256 sum;
        for (uint256 i = 0; i < values.length; ++i) sum += values[i];
        if (sum != challenge.value) revert Posts_BadParts(sum, challenge.value);
        challenge.shown = MatchTree.listHash(values);
        challenge.turn = Turn.ChallengerPart;
        emit PartsNamed(challengeId, values);
    }

    /// @inheritdoc IMatchPosts
    function narrow(
        uint256 challengeId,
        uint256[] calldata bounds,
        uint256[] calldata values,
        uint256 chosen,
        uint256[] calldata nextBounds
    ) external {
        Challenge storage challenge = _choosePart(challengeId, bounds, values, chosen);
        _descend(challengeId, challenge);
        _goOn(challengeId, challenge, nextBounds);
    }

    /// @inheritdoc IMatchPosts
    function claimEmpty(
        uint256 challengeId,
        uint256[] calldata bounds,
        uint256[] calldata values,
        uint256 chosen
    ) external {
        Challenge storage challenge = _choosePart(challengeId, bounds, values, chosen);
        Sum sum = challenge.sum;
        if (challenge.value == 0 || !(sum == Sum.PairRows || sum == Sum.PairRow || sum == Sum.GroupSide)) {
            revert Posts_NotWrong();
        }
        challenge.turn = Turn.PosterName;
        emit EmptyClaimed(challengeId, challenge.from, challenge.to, challenge.value);
    }

    /// @inheritdoc IMatchPosts
    function nameContributor(uint256 challengeId, address contributor) external {
        Challenge storage challenge = _move(challengeId, Turn.PosterName);
        IPostedRound round = _roundOf(challenge.postId);
        uint256 place = uint160(contributor);
        if (
            place < challenge.from ||
            place >= challenge.to ||
            round.contributionOf(challenge.project, contributor) == 0 ||
            (challenge.sum == Sum.GroupSide && round.contributionOf(challenge.first, contributor) == 0)
        ) revert Posts_NotInRange(contributor);
        _lost(challengeId, challenge);
    }

    /// @inheritdoc IMatchPosts
    function namePair(uint256 challengeId, uint256 overlap) external {
        Challenge storage challenge = _moveTerm(challengeId, Sum.Pair);
        IPostedRound round = _roundOf(challenge.postId);
        (, uint256 m, , ) = round.postedTerms();
        uint256 project = challenge.project;
        uint256 left = round.contributionOf(project, _contributor(challenge.first));
        uint256 right = round.contributionOf(project, _contributor(challenge.second));
        _requireTerm(challenge, MatchTerms.pair(m, left, right, overlap));
        // a pair of which one gave nothing is nothing, whatever the rest
        if (left == 0 || right == 0) return _lost(challengeId, challenge);
        _setSum(challengeId, challenge, Sum.PairOverlap, 0, round.projectCount(), overlap);
        challenge.turn = Turn.ChallengerRange;
    }

    /// @inheritdoc IMatchPosts
    function nameGroups(uint256 challengeId, uint256 side, uint256 otherSide) external {
        Challenge storage challenge = _moveTerm(challengeId, Sum.Groups);
        _requireTerm(challenge, MatchTerms.groups(side, otherSide));
        challenge.shown = keccak256(abi.encodePacked(side, otherSide));
        challenge.turn = Turn.ChallengerSide;
        emit GroupsNamed(challengeId, side, otherSide);
    }

    /// @inheritdoc IMatchPosts
    function chooseSide(
        uint256 challengeId,
        uint256 side,
        uint256 otherSide,
        bool other,
        uint256[] calldata bounds
    ) external {
        Challenge storage challenge = _move(challengeId, Turn.ChallengerSide);
        if (keccak256(abi.encodePacked(side, otherSide)) != challenge.shown) revert Posts_NotShown();
        if (other) (challenge.first, challenge.second) = (challenge.second, challenge.first);
        _setSum(challengeId, challenge, Sum.GroupSide, 0, ALL_ADDRESSES, other ? otherSide : side);
        _goOn(challengeId, challenge, bounds);
    }

    /// @inheritdoc IMatchPosts
    function nameShare(
        uint256 challengeId,
        uint256 memberships,
        bool linked,
        uint256 through,
        address common
    ) external {
        Challenge storage challenge = _moveTerm(challengeId, Sum.Share);
        IPostedRound round = _roundOf(challenge.postId);
        address contributor = _contributor(challenge.from);
        uint256 amount = round.contributionOf(challenge.project, contributor);
        if (amount == 0 || round.contributionOf(challenge.first, contributor) == 0) {
            // no member of the group who gave to the project: no share, whatever the rest
            _requireTerm(challenge, 0);
            return _lost(challengeId, challenge);
        }
        if (linked) _requireLinked(round, contributor, challenge.second, through, common);
        (, uint256 unit, , ) = round.postedTerms();
        if (memberships == 0) revert Posts_NotThisTerm(0, challenge.value);
        _requireTerm(challenge, MatchTerms.share(unit, amount, linked, memberships));
        challenge.unlinked = !linked;
        challenge.first = challenge.from;
        emit ShareNamed(challengeId, memberships, linked);
        _setSum(challengeId, challenge, Sum.Memberships, 0, round.projectCount(), memberships);
        challenge.turn = Turn.ChallengerRange;
    }

    /// @inheritdoc IMatchPosts
    function proveLinked(uint256 challengeId, uint256 through, address common) external {
        Challenge storage challenge = _move(challengeId, Turn.ChallengerRange);
        if (!challenge.unlinked) revert Posts_NotWrong();
        address contributor = _contributor(challenge.first);
        _requireLinked(_roundOf(challenge.postId), contributor, challenge.second, through, common);
        _won(challengeId, challenge);
    }

    function _disputeRaw(
        uint256 challengeId,
        Challenge storage challenge,
        MatchLeaf calldata leaf,
        uint256[] calldata bounds
    ) private {
        challenge.project = uint128(leaf.project);
        IPostedRound round = _roundOf(challenge.postId);
        (PostedVariant variant, , , ) = round.postedTerms();
        if (variant == PostedVariant.Pairwise) {
            _setSum(challengeId, challenge, Sum.PairRows, 0, ALL_ADDRESSES, leaf.raw);
        } else {
            _setSum(challengeId, challenge, Sum.GroupRows, 0, round.projectCount(), leaf.raw);
            _descend(challengeId, challenge);
        }
        _goOn(challengeId, challenge, bounds);
    }

    /// @dev The part of the range that was chosen takes the place of the range.
    function _choosePart(
        uint256 challengeId,
        uint256[] calldata bounds,
        uint256[] calldata values,
        uint256 chosen
    ) private returns (Challenge storage challenge) {
        challenge = _move(challengeId, Turn.ChallengerPart);
        if (MatchTree.listHash(bounds) != challenge.asked || MatchTree.listHash(values) != challenge.shown)
            revert Posts_NotShown();
        if (chosen > bounds.length) revert Posts_NoSuchLeaf(chosen, values.length);
        uint256 from = chosen == 0 ? challenge.from : bounds[chosen - 1];
        uint256 to = chosen == bounds.length ? challenge.to : bounds[chosen];
        _setSum(challengeId, challenge, challenge.sum, from, to, values[chosen]);
    }

    /// @dev From a range of one place to what is there.
    function _descend(uint256 challengeId, Challenge storage challenge) private {
        while (challenge.to - challenge.from == 1) {
            Sum sum = challenge.sum;
            uint256 place = challenge.from;
            uint256 value = challenge.value;
            if (sum == Sum.PairRows) {
                challenge.first = place;
                _setSum(challengeId, challenge, Sum.PairRow, place + 1, ALL_ADDRESSES, value);
            } else if (sum == Sum.GroupRows) {
                challenge.first = place;
                uint256 count = _roundOf(challenge.postId).projectCount();
                _setSum(challengeId, challenge, Sum.GroupRow, place + 1, count, value);
            } else if (sum == Sum.PairRow || sum == Sum.GroupRow) {
                challenge.second = place;
                return
                    _setSum(
                        challengeId,
                        challenge,
                        sum == Sum.PairRow ? Sum.Pair : Sum.Groups,
                        place,
                        place + 1,
                        value
                    );
            } else if (sum == Sum.GroupSide) {
                return _setSum(challengeId, challenge, Sum.Share, place, place + 1, value);
            } else {
                return;
            }
        }
    }

    /// @dev Asks the poster for what comes next, or decides.
    function _goOn(uint256 challengeId, Challenge storage challenge, uint256[] calldata bounds) private {
        Sum sum = challenge.sum;
        (uint256 from, uint256 to) = (challenge.from, challenge.to);
        bool overProjects = sum == Sum.PairOverlap || sum == Sum.Memberships;
        bool term = sum == Sum.Pair || sum == Sum.Groups || sum == Sum.Share;
        bool decided = from == to || (overProjects && to - from <= PROJECTS_COMPUTED);
        if (!term && !decided) return _ask(challengeId, challenge, bounds);
        if (bounds.length != 0) revert Posts_BadBounds();
        if (term) {
            challenge.turn = Turn.PosterTerm;
        } else if (_computed(challenge, from, to) != challenge.value) {
            _won(challengeId, challenge);
        } else {
            _lost(challengeId, challenge);
        }
    }

    function _ask(uint256 challengeId, Challenge storage challenge, uint256[] calldata bounds) private {
        if (bounds.length == 0 || bounds.length >= MOST_PARTS) revert Posts_BadBounds();
        uint256 last = challenge.from;
        for (uint256 i = 0; i < bounds.length; ++i) {
            if (bounds[i] <= last) revert Posts_BadBounds();
            last = bounds[i];
        }
        if (last >= challenge.to) revert Posts_BadBounds();
        if (challenge.divisions == MOST_DIVISIONS) revert Posts_TooManyDivisions(MOST_DIVISIONS);
        ++challenge.divisions;
        challenge.asked = MatchTree.listHash(bounds);
        challenge.shown = bytes32(bounds.length + 1);
        challenge.turn = Turn.PosterParts;
        emit PartsAsked(challengeId, bounds);
    }

    function _setSum(
        uint256 challengeId,
        Challenge storage challenge,
        Sum sum,
        uint256 from,
        uint256 to,
        uint256 value
    ) private {
        challenge.sum = sum;
        challenge.from = from;
        challenge.to = to;
        challenge.value = value;
        emit SumDisputed(challengeId, sum, challenge.project, challenge.first, challenge.second, from, to, value);
    }

    function _moveTerm(uint256 challengeId, Sum sum) private returns (Challenge storage challenge) {
        challenge = _move(challengeId, Turn.PosterTerm);
        if (challenge.sum != sum) revert Posts_NotTerm(challenge.sum);
    }

    /// @dev The sum over [from, to), from the round's own storage. An empty range of any kind is zero.
    function _computed(Challenge storage challenge, uint256 from, uint256 to) private view returns (uint256 sum) {
        if (from == to) return 0;
        IPostedRound round = _roundOf(challenge.postId);
        address contributor = _contributor(challenge.first);
        bool overlap = challenge.sum == Sum.PairOverlap;
        address other = _contributor(challenge.second);
        for (uint256 project = from; project < to; ++project) {
            uint256 amount = round.contributionOf(project, contributor);
            if (amount == 0) continue;
            sum += overlap ? MatchTerms.overlap(amount, round.contributionOf(project, other)) : 1;
        }
    }

    /// @dev A contributor is linked to a group that has a member in common with one of its own groups.
    function _requireLinked(
        IPostedRound round,
        address contributor,
        uint256 group,
        uint256 through,
        address common
    ) private view {
        if (
            through >= round.projectCount() ||
            round.contributionOf(through, contributor) == 0 ||
            round.contributionOf(through, common) == 0 ||
            round.contributionOf(group, common) == 0
        ) revert Posts_NotLinked(contributor, group);
    }

    function _requireTerm(Challenge storage challenge, uint256 computed) private view {
        if (computed != challenge.value) revert Posts_NotThisTerm(computed, challenge.value);
    }

    function _contributor(uint256 place) private pure returns (address) {
        return address(uint160(place));
    }
}
