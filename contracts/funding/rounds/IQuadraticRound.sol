// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Gift} from "./Gift.sol";
import {IIdentityGate} from "./IIdentityGate.sol";
import {IMatchResult} from "../posted/IMatchResult.sol";
import {IPostedRound} from "../posted/IPostedRound.sol";
import {MatchLeaf} from "../posted/IMatchResult.sol";
import {MatchVariant} from "./MatchFormula.sol";

/// @notice A token that a round takes besides its asset.
struct TokenRate {
    IERC20 token;
    uint128 unitsWad; // units of the round for one base unit of the token, 1e18 = 1
}

struct RoundTerms {
    IERC20 asset; // what the pool is in; its base unit is the unit of the round
    MatchVariant variant;
    uint16 capBps; // the most of the pool that one project is matched; 10,000: no cap
    uint40 applyUntil; // unix seconds, all exclusive, in this order
    uint40 contributeFrom; // inclusive; reviews of applications end here
    uint40 contributeUntil;
    uint40 reviewUntil; // of contributions; here everything freezes
    uint40 payoutUntil; // here every milestone that was not forfeited is released
    address reviewer;
    IIdentityGate gate;
    IMatchResult results; // nobody unless the result is posted
    uint128 postedParameter; // of `Pairwise` and `Cluster`, as in `IPostedRound`; otherwise 0
    uint16[] milestoneBps; // parts of a project's match, 1 to 6, adding up to 10,000; the first is due with the result
    TokenRate[] others; // at most 7
    string metadataURI;
}

enum Phase {
    Application,
    Contribution,
    Review,
    Matching,
    Payout,
    Cancelled
}

enum RoundStatus {
    Open,
    /// @notice weights are being added up
    Totals,
    /// @notice shares are being added up, and projects over the cap found
    Sharing,
    Matched,
    Cancelled
}

enum ProjectStatus {
    None,
    Accepted,
    Disqualified
}

// in the order in which it is read; only a view returns it
// solhint-disable-next-line gas-struct-packing
struct ProjectState {
    address recipient;
    uint40 heldUntil; // unix seconds, exclusive; 0 if payouts were never held
    ProjectStatus status;
    uint8 released; // milestones, once the result stands: the first at least
    uint8 paid; // milestones
    bool forfeited; // there will be no more
    bool capped;
}

/// @notice Gifts that somebody agreed to by signature.
struct Ballot {
    address contributor; // whose gifts they are, who signs
    uint40 deadline; // unix seconds, inclusive
    address payer; // whose money it is: the contributor's, or the sender's
    bytes32 attestation; // that makes the contributor eligible; not looked at if it already is
    uint256 nonce;
}

/// @notice An ERC-2612 permit of the payer for the round.
struct Permit {
    uint8 token;
    uint8 v;
    uint40 deadline;
    uint256 assets;
    bytes32 r;
    bytes32 s;
}

/// @title A round of quadratic funding
/// @notice People give to projects, and a pool is shared among the projects by how many people gave how much: of each project
/// only S = Σ⌊√c⌋ and C = Σc count, where c is what one person gave to it in all, in units of the round. Until the window ends a
/// gift can be changed or taken back without a trace. What was given goes to the project, in the token it was given in; the
/// match by milestones; what is left of the pool to the commons.
///
/// Nobody decides on money: the reviewer accepts and disqualifies projects and releases or forfeits milestones, compliance can
/// hold a project's payouts for a time, and a round can be cancelled until its result stands, whereupon all goes back to where
/// it came from. Everything ends by time alone: a milestone that nobody forfeited is released at `payoutUntil`, a hold ends, a
/// posted result that failed lapses, and whatever needs to be pushed anyone can push.
/// @dev Terms are in the clone's code; `IRoundFactory.termsOf` reads them out. Money is counted, never measured: tokens sent here without a call are nobody's. A token
/// that delivers less than it was told is refused; one that changes balances by itself harms only who chose it: what is owed
/// is paid first come first served. A token that refuses a transfer stops nobody else: what could not be sent is owed.
///
/// Bounds, refused beyond: c < 2^96 units, other tokens < 2^112 base units a gift, 2^24 contributors a project, 2^16 accepted
/// projects, a pool < 2^96. So S < 2^72, C < 2^120, and no product in the matching overflows.
///
/// A contributor gives to one project in the asset and in at most one other token. `clr-fund` rounds take the asset only, have
/// no cap, and share the pool and the contributions together.
interface IQuadraticRound is IPostedRound, IERC5267 {
    event ProjectApplied(address indexed applicant, bytes32 dossierHash, string uri);
    event ProjectAccepted(uint32 indexed projectId, address indexed recipient, bytes32 dossierHash, bytes32 reasonHash);
    event ProjectRejected(address indexed applicant, bytes32 dossierHash, bytes32 reasonHash);
    event ProjectDisqualified(uint32 indexed projectId, bytes32 reasonHash);
    event PersonRegistered(address indexed account, bytes32 indexed identity, bytes32 attestation);
    event PersonStruck(address indexed account, bytes32 attestation);
    /// @param gifts what is given from now on, a word each
    event Contributed(address indexed contributor, address indexed payer, Gift[] gifts);
    event ContributionRefunded(
        uint32 indexed projectId,
        address indexed contributor,
        address indexed to,
        uint8 token,
        uint256 assets
    );
    event BallotsVoided(address indexed contributor, uint256 nextNonce);
    event PoolFunded(address indexed funder, uint256 assets);
    event PoolRefunded(address indexed funder, uint256 assets);
    event RoundCancelled(bytes32 reasonHash);
    event ProjectCapped(uint32 indexed projectId, uint256 capAssets);
    event RoundMatched(uint256 matchedAssets, uint256 leftoverAssets, bytes32 resultRoot);
    event MilestoneReleased(uint32 indexed projectId, uint8 released, bytes32 evidenceHash);
    event MilestonesForfeited(uint32 indexed projectId, uint8 released, uint256 forfeitedAssets, bytes32 reasonHash);
    event PayoutsHeld(uint32 indexed projectId, uint40 until, bytes32 reasonHash);
    event HoldEnded(uint32 indexed projectId, bytes32 reasonHash);
    event ContributedPaid(uint32 indexed projectId, address indexed to, uint8 token, uint256 assets);
    event MatchPaid(uint32 indexed projectId, address indexed to, uint256 assets);
    event LeftoverPaid(uint256 assets);
    /// @notice A transfer was refused; the receiver can collect it later.
    event PaymentOwed(IERC20 indexed token, address indexed to, uint256 assets);
    event OwedPaid(IERC20 indexed token, address indexed from, address indexed to, uint256 assets);

    error Rounds_NotFactory(address caller);
    error Rounds_NotReviewer(address caller);
    error Rounds_NotRecipient(address recipient, address caller);
    error Rounds_NotPayer(address payer, address caller);
    error Rounds_TooEarly(uint256 from, uint256 timestamp);
    error Rounds_Closed(uint256 until, uint256 timestamp);
    error Rounds_WrongStatus(RoundStatus status);
    error Rounds_WrongVariant(MatchVariant variant);
    error Rounds_NoDossier();
    error Rounds_AlreadyApplied(address applicant);
    error Rounds_NotApplied(address applicant, bytes32 dossierHash);
    error Rounds_WrongProjectStatus(uint32 projectId, ProjectStatus status);
    error Rounds_TooManyProjects(uint256 most);
    error Rounds_TooManyContributors(uint256 most);
    error Rounds_NotRegistered(address account);
    error Rounds_IdentityTaken(bytes32 identity, address account);
    error Rounds_NotRevoked(address account, bytes32 attestation);
    error Rounds_NoGifts();
    error Rounds_MalformedGift(Gift gift);
    error Rounds_UnknownToken(uint256 token);
    error Rounds_SecondToken(uint32 projectId, uint256 token, uint256 present);
    error Rounds_TooLittle(uint256 token, uint256 assets);
    error Rounds_TooMuch(uint256 units, uint256 most);
    /// @notice Somebody else paid for this gift: take it back first, then give your own.
    error Rounds_PaidByOther(uint32 projectId, address payer);
    error Rounds_TransferMismatch(uint256 assets, uint256 received);
    error Rounds_WrongNonce(uint256 nonce, uint256 expected);
    error Rounds_BallotExpired(uint256 deadline, uint256 timestamp);
    error Rounds_WrongSignature(address contributor);
    error Rounds_NothingToRefund(uint32 projectId, address contributor, uint256 token);
    error Rounds_NotRefundable(uint32 projectId, address contributor);
    error Rounds_NothingToPay();
    error Rounds_NotOverCap(uint32 projectId, uint256 matchedAssets, uint256 capAssets);
    error Rounds_MoreThanPool(uint256 matchedAssets, uint256 poolAssets);
    error Rounds_OtherProject(uint256 projectId, uint256 proven);
    error Rounds_NotFailed();
    error Rounds_NoMilestoneLeft(uint32 projectId);
    error Rounds_Held(uint32 projectId, uint256 until);
    error Rounds_AlreadyHeld(uint32 projectId);
    error Rounds_HoldOutOfRange(uint256 until, uint256 most);
    error Rounds_NotHeld(uint32 projectId);

    // —— projects ——

    /// @notice By who will be paid, until `applyUntil`; an account applies once, and again only if it was rejected.
    function applyAsProject(bytes32 dossierHash, string calldata uri) external;

    /// @notice By the reviewer, until contributions begin.
    /// @param dossierHash what was reviewed
    /// @return projectId from 0, in order of acceptance; 0 as well if not accepted
    function review(
        address applicant,
        bytes32 dossierHash,
        bool accepted,
        bytes32 reasonHash
    ) external returns (uint32 projectId);

    /// @notice By the reviewer, until `reviewUntil`. What was given to the project goes back to those who gave it.
    function disqualify(uint32 projectId, bytes32 reasonHash) external;

    // —— contributions ——

    /// @notice Binds the caller to the person whom the attestation names, for this round. A person has one account.
    function register(bytes32 attestation) external;

    /// @notice Sets what the caller gives: pays what is more than before, gets back what is less. Until the window ends.
    /// @param attestation not looked at if the caller is registered
    function contribute(bytes32 attestation, Gift[] calldata gifts) external;

    /// @notice `contribute`, with permits that spare the approvals. One that was already used by somebody else stops nothing.
    function contributeWithPermit(bytes32 attestation, Gift[] calldata gifts, Permit[] calldata permits) external;

    /// @notice `contribute` for somebody who signed the gifts (EIP-712; ECDSA or ERC-1271). With the contributor as payer
    /// anyone may carry it. With another payer, who must be the sender, the gifts count as the contributor's while the money is the payer's:
    /// whatever is taken back or refunded of them goes to the payer.
    function contributeFor(
        Ballot calldata ballot,
        Gift[] calldata gifts,
        Permit[] calldata permits,
        bytes calldata signature
    ) external;

    /// @notice Makes the caller's ballots with the present nonce worthless.
    function voidBallots() external;

    /// @notice Anyone, while the attester has taken back the attestation of an account: it is no longer registered, until
    /// attested anew as the same person.
    function strike(address account) external;

    /// @notice Anyone: sends what was given to where it came from. If the round is cancelled, or the project disqualified, or,
    /// until `reviewUntil`, the contributor struck.
    function refund(uint32 projectId, address contributor, uint8 token) external;

    // —— the pool ——

    /// @notice Anyone, until `reviewUntil`.
    function fundPool(uint256 assets) external;

    /// @notice Anyone, once the round is cancelled: sends a funder's part of the pool back.
    function refundPool(address funder) external;

    // —— matching ——

    /// @notice Anyone, from `reviewUntil` on, until the result stands: looks at so many projects more. The result does not
    /// depend on who calls when. (The projects over the cap are the same in whatever order they are found: see the README.)
    /// @return done whether the result stands
    function tally(uint256 projects) external returns (bool done);

    /// @notice Anyone, while shares are added up: names projects over the cap, which spares passes. Best by falling weight.
    function freeze(uint32[] calldata projectIds) external;

    /// @notice Anyone: takes over the final result of a round whose result is posted.
    function adoptResult() external;

    /// @notice Anyone, if nobody can post a result any more: nothing is matched, and the pool is left over.
    function lapse() external;

    // —— payouts, all pushed by anyone to the recipient, or by the recipient to anyone ——

    /// @notice What was given to a project in a token, once the result stands.
    function collectContributed(uint32 projectId, uint8 token, address to) external returns (uint256 assets);

    /// @notice What is due of a project's match.
    /// @param leaf the project's line of the result, and `path` from there to its root; not looked at unless it is posted
    function collectMatch(
        uint32 projectId,
        address to,
        MatchLeaf calldata leaf,
        bytes32[] calldata path
    ) external returns (uint256 assets);

    /// @notice By the reviewer, once the result stands: the next milestone is reached.
    function release(uint32 projectId, bytes32 evidenceHash) external;

    /// @notice By the reviewer, until `payoutUntil`: what is not released of a project's match is left over.
    /// @param leaf and `path`: as in `collectMatch`
    function forfeit(
        uint32 projectId,
        MatchLeaf calldata leaf,
        bytes32[] calldata path,
        bytes32 reasonHash
    ) external returns (uint256 assets);

    /// @notice Sends what is left over to the commons.
    function sendLeftover() external returns (uint256 assets);

    /// @notice Sends what could not be sent before.
    function collectOwed(IERC20 token, address from, address to) external returns (uint256 assets);

    // —— by the factory, for whoever has the role ——

    /// @notice Until the result stands.
    function cancel(bytes32 reasonHash) external;

    /// @notice No payouts to a project until then, at most 180 days ahead, once. They go to the same recipient afterwards.
    function hold(uint32 projectId, uint40 until, bytes32 reasonHash) external;

    function endHold(uint32 projectId, bytes32 reasonHash) external;

    // —— views ——

    function phase() external view returns (Phase);

    function status() external view returns (RoundStatus);

    /// @notice Whether contributions, projects and the pool can no longer change.
    function isFrozen() external view returns (bool);

    /// @notice What somebody gives to a project in one token, and whose money it is. (`contributionOf`: in all, in units.)
    function giftOf(
        uint32 projectId,
        address contributor,
        uint8 token
    ) external view returns (uint256 assets, address payer);

    /// @return sqrtSum S
    /// @return contributed C, in units of the round
    /// @return contributors with a contribution above 0
    function tallyOf(
        uint32 projectId
    ) external view returns (uint256 sqrtSum, uint256 contributed, uint256 contributors);

    function projectOf(uint32 projectId) external view returns (ProjectState memory);

    /// @notice What an account applied with and was not reviewed yet; 0 if nothing.
    function dossierOf(address applicant) external view returns (bytes32 dossierHash);

    /// @notice What a project is matched, once the result stands; `ClrFund`: contributions included. Not where the result is posted.
    function matchedOf(uint32 projectId) external view returns (uint256 matchedAssets);

    /// @notice What was given to a project in a token and goes to it. `ClrFund`: at most what it is allocated.
    function contributedAssetsOf(uint32 projectId, uint8 token) external view returns (uint256 assets);

    function poolAssets() external view returns (uint256);

    function fundedBy(address funder) external view returns (uint256 assets);

    /// @return root of a posted result; otherwise 0
    /// @return unpaidAssets of a posted result: what is still to be paid or forfeited of its matches
    /// @return leftoverAssets what is still to be sent to the commons; 0 before the result stands
    function result() external view returns (bytes32 root, uint256 unpaidAssets, uint256 leftoverAssets);

    function owedOf(IERC20 token, address to) external view returns (uint256 assets);

    /// @notice 0: not registered.
    function attestationOf(address account) external view returns (bytes32);

    /// @notice The account that stands for a person in this round, for good.
    function accountOf(bytes32 identity) external view returns (address);

    function nonceOf(address contributor) external view returns (uint256);

    /// @notice The digest that a contributor signs.
    function ballotDigest(Ballot calldata ballot, Gift[] calldata gifts) external view returns (bytes32);

    function asset() external view returns (IERC20);

    function variant() external view returns (MatchVariant);
}
