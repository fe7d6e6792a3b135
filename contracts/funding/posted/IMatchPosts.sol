// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ICommonsInflow} from "../commons/ICommonsInflow.sol";
import {IMatchResult, MatchLeaf, MatchTotals} from "./IMatchResult.sol";
import {IPostedRounds} from "./IPostedRound.sol";

/// @notice What one contributor gave to one project; ascending by project, then by contributor.
struct ContributionLeaf {
    uint256 project;
    address contributor;
    uint256 amount; // > 0
}

/// @notice What a poster says of a round.
struct Posting {
    bytes32 resultRoot; // over the MatchLeafs of all projects
    bytes32 contributionRoot; // over the ContributionLeafs
    uint256 contributionCount;
    MatchTotals totals; // over all projects
    bytes32 dataHash; // of what can be had at the address in the event, for convenience: nothing depends on it
}

enum PostStatus {
    None,
    Live,
    Defeated,
    Final, // this one decides
    Released, // stood as well, after another one was final
    Void // its round was cancelled
}

/// @notice Whose move it is, and which.
enum Turn {
    Closed,
    PosterNodes, // show what is under a node
    PosterLeaf, // show what a leaf says
    PosterParts, // divide a sum as the challenger asked
    PosterTerm, // say what a single term is made of
    PosterName, // name one contributor in a range that is said to be empty
    ChallengerNode, // choose one of the nodes shown
    ChallengerLeaf, // prove the leaf that was shown wrong, or dispute its sum
    ChallengerPart, // choose one of the parts
    ChallengerSide, // choose one of the two factors of a pair of groups
    ChallengerRange // say where a sum is to be divided
}

/// @notice What a disputed sum runs over.
enum Sum {
    None,
    PairRows, // contributors i: all pairs of i with later ones
    PairRow, // contributors j > i
    Pair, // one pair
    PairOverlap, // projects: √c√c of the pair
    GroupRows, // groups g: all pairs of g with later ones
    GroupRow, // groups h > g
    Groups, // one pair of groups
    GroupSide, // contributors: their shares in g, towards h
    Share, // one contributor's share
    Memberships // projects: 1 for each that the contributor gave to
}

/// @title Results that are computed off chain, posted with a bond, and fall when anyone shows them wrong
/// @notice For rounds whose matching is too much for a chain: every pair of contributors counts, or every pair of groups. Anyone
/// posts a result with a bond. While its challenge window runs, anyone can
///  - prove a line of it wrong in one transaction, given the line: `proveWrong…`, `proveMissing…`, `proveBroken…`
///  - have a line shown that the poster keeps back: `demand`, then move by move down the tree, 64 nodes at a time
///  - dispute a project's amount: `dispute`, then move by move down the sums it is made of, at most 64 parts at a time, to a term that
///    one transaction computes from the round's own storage.
/// A post that is proved wrong, or whose poster is out of time, is defeated: part of its bond is the winner's, the rest goes to the
/// commons. A challenger who is out of time, or whose last term was right, loses the own bond to the poster. A post that
/// stood its window and all challenges is final. Where a round is cancelled every bond goes back to whoever put it down, in the same calls. Posts of one round stand beside each other, so a wrong one delays no right one.
/// @dev Everything a challenge compares with is the round's storage, which everybody can read: a challenger needs nothing from
/// the poster. A sum is never committed to: the parts that a poster names must add up to what it claimed before, so where
/// that was wrong one of the parts is wrong too. Contributors are ranged over by address, from 0 to 2^160, so nobody can be left
/// out or invented. Each side has one clock for all of its moves.
/// Assumes an ERC-20 that moves exactly what it is told to, a round that keeps to `IPostedRound`, and that at least one honest challenger
/// can have a transaction included within the window and each of its clock. Nothing is paused, nobody has a privilege.
interface IMatchPosts is IMatchResult {
    event Posted(
        uint256 indexed postId,
        address indexed round,
        address indexed poster,
        bytes32 resultRoot,
        bytes32 contributionRoot,
        uint256 contributionCount,
        MatchTotals totals,
        uint40 challengeBy
    );
    event DataPublished(uint256 indexed postId, bytes32 dataHash, string dataUri);
    event PostDefeated(
        uint256 indexed postId,
        address indexed round,
        address indexed winner,
        uint256 rewardAssets,
        uint256 commonsAssets
    );
    /// @notice What would have defeated the post: its round was cancelled, and its bond goes back.
    event PostVoided(uint256 indexed postId, address indexed round);
    event PostConcluded(uint256 indexed postId, address indexed round, bool isFinal);
    event ChallengeOpened(uint256 indexed challengeId, uint256 indexed postId, address indexed challenger);
    event ChallengeLost(uint256 indexed challengeId, uint256 indexed postId, uint256 bondAssets);
    event ChallengeReturned(uint256 indexed challengeId, uint256 indexed postId, uint256 bondAssets);
    /// @notice The next nodes or a node of a tree: `contributions` or results, `height` levels above the leaves.
    event NodeDemanded(uint256 indexed challengeId, bool contributions, uint256 height, uint256 index, bytes32 node);
    event NodesShown(uint256 indexed challengeId, bytes32[] nodes);
    event ResultShown(uint256 indexed challengeId, uint256 project, uint256 raw, uint256 matched, MatchTotals before);
    event ContributionShown(uint256 indexed challengeId, uint256 project, address contributor, uint256 amount);
    /// @notice The sum that is in dispute from here on: over [from, to) of what `sum` says, which is claimed to be `value`. `first` and
    /// `second` are what the kind of sum fixes: a contributor, a pair of them, a group, a pair of groups.
    event SumDisputed(
        uint256 indexed challengeId,
        Sum sum,
        uint256 project,
        uint256 first,
        uint256 second,
        uint256 from,
        uint256 to,
        uint256 value
    );
    event PartsAsked(uint256 indexed challengeId, uint256[] bounds);
    event PartsNamed(uint256 indexed challengeId, uint256[] values);
    event EmptyClaimed(uint256 indexed challengeId, uint256 from, uint256 to, uint256 value);
    event GroupsNamed(uint256 indexed challengeId, uint256 side, uint256 otherSide);
    event ShareNamed(uint256 indexed challengeId, uint256 memberships, bool linked);
    event Credited(address indexed account, uint256 assets);
    event Collected(address indexed account, uint256 assets);
    event PaidToCommons(address indexed round, uint256 assets);

    error Posts_UnknownRound(address round);
    error Posts_RoundVoid(address round);
    error Posts_BadTerms();
    error Posts_TooEarly(uint256 from);
    error Posts_TooLate(uint256 until);
    error Posts_OverBudget(uint256 totalMatched, uint256 budgetAssets);
    /// @notice Totals that no lines can have: more capped projects than there are, or than leave anything of the budget; or more
    /// raw of theirs than of all.
    error Posts_BadTotals(MatchTotals totals);
    error Posts_TooMany(uint256 count, uint256 most);
    /// @notice A root or a total of no leaves.
    error Posts_NothingThere();
    error Posts_BondShort(uint256 received, uint256 bondAssets);
    error Posts_NotLive(uint256 postId, PostStatus status);
    error Posts_Challenged(uint256 postId, uint256 openChallenges);
    error Posts_NotFinal(address round);
    error Posts_NotInTree(bytes32 expected, bytes32 actual);
    error Posts_BadPath(uint256 length, uint256 depth);
    error Posts_NoSuchLeaf(uint256 index, uint256 count);
    error Posts_NotWrong();
    error Posts_NotTurn(Turn turn);
    error Posts_NotParty(address account);
    error Posts_OutOfTime(uint256 overSeconds);
    error Posts_InTime(uint256 leftSeconds);
    error Posts_NotOver(uint256 challengeId);
    error Posts_NotShown();
    error Posts_BadBounds();
    error Posts_TooManyDivisions(uint256 most);
    error Posts_BadParts(uint256 sum, uint256 value);
    error Posts_NotThisTerm(uint256 computed, uint256 value);
    error Posts_NotTerm(Sum sum);
    error Posts_NotLinked(address contributor, uint256 group);
    error Posts_NotInRange(address contributor);
    error Posts_NothingOwed(address account);

    /// @notice Posts a result for a bond, which is taken from the caller, between the close of contributions and `postBy`.
    /// @param dataUri where the leaves can be had, for convenience
    function post(address round, Posting calldata posting, string calldata dataUri) external returns (uint256 postId);

    /// @notice Ends a post that stood: the first one of its round is final. Its bond is the poster's again. Anyone may call.
    function conclude(uint256 postId) external;

    /// @notice Proves a line wrong by itself: it is not the project's place, is not paid what its `raw` gives, or the first or last
    /// line does not begin at zero or end at the totals.
    function proveWrongResult(uint256 postId, uint256 index, MatchLeaf calldata leaf, bytes32[] calldata path) external;

    /// @notice Proves that the line after one does not go on from its running totals.
    function proveBrokenTotals(
        uint256 postId,
        uint256 index,
        MatchLeaf calldata leaf,
        bytes32[] calldata path,
        MatchLeaf calldata next,
        bytes32[] calldata nextPath
    ) external;

    /// @notice Proves that a contribution is not what the round has: another amount, or none at all.
    function proveWrongContribution(
        uint256 postId,
        uint256 index,
        ContributionLeaf calldata leaf,
        bytes32[] calldata path
    ) external;

    /// @notice Proves that two contributions that follow each other are not ascending: one is there twice, or out of place.
    function proveDisorder(
        uint256 postId,
        uint256 index,
        ContributionLeaf calldata leaf,
        bytes32[] calldata path,
        ContributionLeaf calldata next,
        bytes32[] calldata nextPath
    ) external;

    /// @notice Proves that a contribution of the round is missing: it would have its place just before `index`.
    /// @param before the leaf at `index − 1`; ignored, with an empty path, where `index` is 0
    /// @param next the leaf at `index`; ignored, with an empty path, where `index` is the count
    function proveMissing(
        uint256 postId,
        uint256 project,
        address contributor,
        uint256 index,
        ContributionLeaf calldata before,
        bytes32[] calldata beforePath,
        ContributionLeaf calldata next,
        bytes32[] calldata nextPath
    ) external;

    /// @notice Challenges, for a bond, a poster who keeps back the leaves of a tree: it must now show what is under the root.
    function demand(uint256 postId, bool contributions) external returns (uint256 challengeId);

    /// @notice The poster shows the nodes up to six levels below the demanded one.
    function showNodes(uint256 challengeId, bytes32[] calldata nodes) external;

    /// @notice The challenger goes on with one of them. A place behind the last leaf that is not empty defeats the post.
    function choose(uint256 challengeId, bytes32[] calldata nodes, uint256 chosen) external;

    /// @notice The poster shows what the leaf of a result says.
    function showResult(uint256 challengeId, MatchLeaf calldata leaf) external;

    /// @notice The poster shows what the leaf of a contribution says.
    function showContribution(uint256 challengeId, ContributionLeaf calldata leaf) external;

    /// @notice Challenges, for a bond, a project's `raw`. Its line is right otherwise, or is proved wrong more cheaply.
    /// @param bounds see `divide`
    function dispute(
        uint256 postId,
        MatchLeaf calldata leaf,
        bytes32[] calldata path,
        uint256[] calldata bounds
    ) external returns (uint256 challengeId);

    /// @notice The same of a line that was shown in this challenge.
    function disputeShown(uint256 challengeId, MatchLeaf calldata leaf, uint256[] calldata bounds) external;

    /// @notice The challenger says where the range in dispute is to be divided: 1 to 63 ascending bounds inside it. Where nothing is to be divided,
    /// none; a short sum over projects is then computed at once, and decides.
    function divide(uint256 challengeId, uint256[] calldata bounds) external;

    /// @notice The poster says what each part is; they add up to the value in dispute.
    function nameParts(uint256 challengeId, uint256[] calldata values) external;

    /// @notice The challenger goes on with one part, and divides it, or what it leads to.
    /// @param bounds those that were asked for
    /// @param values those that were named
    function narrow(
        uint256 challengeId,
        uint256[] calldata bounds,
        uint256[] calldata values,
        uint256 chosen,
        uint256[] calldata nextBounds
    ) external;

    /// @notice The challenger says that nobody in this part counts, though it was said to be more than zero.
    function claimEmpty(
        uint256 challengeId,
        uint256[] calldata bounds,
        uint256[] calldata values,
        uint256 chosen
    ) external;

    /// @notice The poster names one who does: the challenger loses.
    function nameContributor(uint256 challengeId, address contributor) external;

    /// @notice The poster says what the overlap of a pair is; their term must follow from it.
    function namePair(uint256 challengeId, uint256 overlap) external;

    /// @notice The poster says what the two sides of a pair of groups are; their term must follow from them.
    function nameGroups(uint256 challengeId, uint256 side, uint256 otherSide) external;

    /// @notice The challenger goes on with one of the two sides.
    function chooseSide(
        uint256 challengeId,
        uint256 side,
        uint256 otherSide,
        bool other,
        uint256[] calldata bounds
    ) external;

    /// @notice The poster says of how many groups a contributor is, and whether it is linked to the other group; its share must follow.
    /// @param through a group of the contributor that has a member in common with the other group
    /// @param common that member
    function nameShare(uint256 challengeId, uint256 memberships, bool linked, uint256 through, address common) external;

    /// @notice The challenger shows that a contributor is linked of whom the poster said it was not: the post is defeated.
    function proveLinked(uint256 challengeId, uint256 through, address common) external;

    /// @notice Ends a challenge whose next move is out of time, against whoever had to make it. Anyone may call.
    function expire(uint256 challengeId) external;

    /// @notice Gives a challenger the bond back whose post fell to something else. Anyone may call.
    function settle(uint256 challengeId) external;

    /// @notice Pays an account what it is owed. Anyone may call.
    function collect(address account) external returns (uint256 assets);

    /// @notice Pays the commons what defeated posts of a round left it. Anyone may call.
    function payCommons(address round) external returns (uint256 assets);

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
        );

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
        );

    /// @notice The sum in dispute; `sum` is None in a challenge that has not come to one.
    function disputedSum(
        uint256 challengeId
    )
        external
        view
        returns (Sum sum, uint256 project, uint256 first, uint256 second, uint256 from, uint256 to, uint256 value);

    /// @notice The last moment but one to post for a round.
    function postBy(address round) external view returns (uint256);

    function owedTo(address account) external view returns (uint256);

    function owedToCommons(address round) external view returns (uint256);

    /// @notice The final post of a round; 0 if there is none.
    function finalPostOf(address round) external view returns (uint256 postId);

    /// @notice How many posts of a round can still become final.
    function livePostsOf(address round) external view returns (uint256);

    function rounds() external view returns (IPostedRounds);

    function asset() external view returns (IERC20);

    function commons() external view returns (ICommonsInflow);

    function postBondAssets() external view returns (uint256);

    function challengeBondAssets() external view returns (uint256);

    function rewardBps() external view returns (uint256);

    function postingSeconds() external view returns (uint256);

    function challengeSeconds() external view returns (uint256);

    function clockSeconds() external view returns (uint256);
}
