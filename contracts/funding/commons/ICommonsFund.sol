// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {AepId, FeedId, IEvidenceRegistry} from "../../evidence/IEvidenceRegistry.sol";
import {ICommonsCompensation} from "./ICommonsCompensation.sol";
import {ICommonsInflow, InflowSource} from "./ICommonsInflow.sol";
import {Milestone} from "./Milestone.sol";

/// @notice Follows from who awarded, the decision and what part of it, so that one decision awards nothing twice:
/// `keccak256(awarder ‖ decision ‖ part)`, of a compensation `keccak256(awarder ‖ origin ‖ asset ‖ to)`, each a word.
type AwardId is bytes32;

enum AwardKind {
    Grant, // all at once
    Stream, // vests, linearly, with a cliff
    Milestone, // all at once, when evidence shows it
    Compensation // all at once, to somebody who was wronged
}

/// @notice What one source's income becomes.
struct Share {
    uint16 keptBps; // stays in the commons
    address beneficiary; // may fetch the rest; nobody where all stays
}

/// @notice What can be changed, ahead of time, asset by asset.
enum Setting {
    GrantLimit, // what grants, streams and milestones may award in any 30 days
    CompensationLimit, // what compensation may, in any 30 days
    Floor // what grants, streams and milestones leave for compensation
}

/// @dev Only ever calldata.
// solhint-disable-next-line gas-struct-packing
struct AwardTerms {
    bytes32 decision; // see `ICommonsFund`
    uint32 part; // of the decision, where it makes several awards
    IERC20 asset;
    address to;
    uint128 assets;
}

// The linter takes an AwardKind and an IERC20 for whole words; they are 1 and 20 bytes.
// solhint-disable-next-line gas-struct-packing
struct Award {
    // slot 0: 20 + 5 + 5 + 1 + 1 = 32 bytes
    address to;
    uint40 startAt; // of a stream; of others when they were awarded
    uint40 endAt; // a stream: all has vested; a milestone: its deadline, then when it was released; others: awarded last
    AwardKind kind;
    bool isAwaiting; // evidence
    // slot 1: 20 + 5 bytes
    IERC20 asset;
    uint40 cliffAt; // of a stream
    // slot 2: 16 + 16 bytes
    uint128 assets; // less what was taken back
    uint128 paid; // <= assets
    // slot 3
    bytes32 decision;
}

/// @notice One asset's money. `held + due` is all that the fund counts as there; what else its balance is, is nobody's yet.
struct Book {
    // slot 0: 16 + 16 bytes
    uint128 held; // by the commons
    uint128 due; // to beneficiaries
    // slot 1: 16 + 16 bytes
    uint128 awarded; // and not yet paid; <= held
    uint128 paid; // to those awarded, ever
}

/// @notice What one source ever brought in one asset.
struct Income {
    // slot 0: 16 + 16 bytes
    uint128 kept;
    uint128 passed; // to its beneficiary
    // slot 1
    uint128 fetched; // of that, already; <= passed
}

/// @title The commons: what reaches it by rule, and what leaves it by decision
/// @notice Of each income the share of its source stays, rounded up; the rest is its beneficiary's to fetch. Shares and
/// beneficiaries are part of the code: there is nobody who could change what has come, or what will. Another share is another
/// fund, and whoever pays in names it.
///
/// What the commons holds leaves it as an *award*: reserved in full when it is made, paid to whom it names and nobody else, and
/// only to be taken back while unvested (a stream) or after its time (a milestone's deadline; three years in which nobody
/// fetched it). So whatever is awarded is there, always.
///
/// A *decision* names what an award rests on: the NVM's decision id, or, as no proposal can name its own id, keccak256 of the
/// description of a rail's proposal, which its governor logged when it was made; for compensation, the case. What else it stands
/// on, an AEP say, the proposal cites.
///
/// Grants keep below the limit of any 30 days and above the floor; compensation keeps below a limit of its own, and the
/// floor is there for it. Limits count what is awarded, not when it is fetched: nobody's payment waits for somebody else's.
/// Compensation that was cut can be asked for again, up to what its case first asked for and in the same award; it is not owed.
/// Limits are zero until something else was announced, and change two weeks after that.
/// @dev Assumes of assets that a transfer moves what it says; a deposit that does not is refused. One whose balances shrink by
/// themselves, or that charges the sender more, can pay less than was awarded in it, first come first served; nothing more
/// is awarded in it then, and no other asset is touched. No pause, on purpose: awards stop when their role is taken away, and to
/// stop deposits or payments would only cost those a deadline who have done nothing. INV-COM-1 … 9.
interface ICommonsFund is ICommonsInflow, ICommonsCompensation {
    event ShareFixed(InflowSource indexed source, uint16 keptBps, address indexed beneficiary);
    /// @param from the zero address: found in the balance
    event IncomeTaken(
        IERC20 indexed asset,
        InflowSource indexed source,
        address indexed from,
        uint256 keptAssets,
        uint256 passedAssets,
        bytes32 origin
    );
    event IncomeFetched(IERC20 indexed asset, InflowSource indexed source, address indexed to, uint256 assets);
    event AwardMade(
        AwardId indexed awardId,
        bytes32 indexed decision,
        address indexed to,
        AwardKind kind,
        IERC20 asset,
        uint256 assets,
        address awarder,
        uint32 part
    );
    event StreamMade(AwardId indexed awardId, uint40 startAt, uint40 cliffAt, uint40 endAt);
    event MilestoneMade(
        AwardId indexed awardId,
        FeedId indexed feedId,
        int64 threshold,
        bool atLeast,
        uint40 from,
        uint40 to,
        uint8 minEql,
        uint40 deadline
    );
    /// @notice Compensation for which there was not enough, that had too much before it in the last 30 days, or that its case has
    /// got already. The rest is not owed.
    event CompensationCut(
        bytes32 indexed origin,
        address indexed to,
        IERC20 asset,
        uint256 askedAssets,
        uint256 awardedAssets
    );
    /// @notice Of what its case first asked for, so much more than it got before.
    event CompensationRaised(AwardId indexed awardId, uint256 addedAssets);
    event MilestoneReleased(AwardId indexed awardId, AepId indexed aepId, address indexed carrier);
    event StreamRevoked(AwardId indexed awardId, bytes32 indexed decision, uint256 returnedAssets);
    event AwardLapsed(AwardId indexed awardId, uint256 returnedAssets);
    event AwardRedirected(AwardId indexed awardId, address indexed from, address indexed to);
    /// @param decision what the award rests on
    event AwardPaid(
        AwardId indexed awardId,
        address indexed to,
        bytes32 indexed decision,
        IERC20 asset,
        uint256 assets
    );
    event SettingAnnounced(
        IERC20 indexed asset,
        Setting indexed setting,
        uint256 assets,
        uint40 from,
        bytes32 decision
    );

    error Commons_ShareAboveOne(InflowSource source, uint256 keptBps);
    /// @notice A beneficiary where something is left for it, and only there.
    error Commons_BeneficiaryMismatch(InflowSource source, uint256 keptBps, address beneficiary);
    error Commons_TransferMismatch(IERC20 asset, uint256 assets, uint256 receivedAssets);
    error Commons_NothingFound(IERC20 asset);
    error Commons_NothingDue(IERC20 asset, InflowSource source);
    error Commons_NoDecision();
    error Commons_NoAssets();
    error Commons_BadRecipient(address to);
    error Commons_AlreadyAwarded(AwardId awardId);
    error Commons_NotFree(IERC20 asset, uint256 assets, uint256 freeAssets);
    error Commons_OverLimit(IERC20 asset, uint256 assets, uint256 leftAssets);
    error Commons_BadSchedule(uint256 startAt, uint256 cliffAt, uint256 endAt);
    error Commons_EndOutOfRange(uint256 endAt, uint256 least, uint256 most);
    error Commons_UnknownAward(AwardId awardId);
    error Commons_NotAwaiting(AwardId awardId);
    error Commons_TooLate(AwardId awardId, uint256 deadline);
    error Commons_NotAStream(AwardId awardId, AwardKind kind);
    error Commons_NothingUnvested(AwardId awardId);
    error Commons_NotLapsed(AwardId awardId, uint256 lapsesAt);
    error Commons_NothingLeft(AwardId awardId);
    error Commons_NothingToCollect(AwardId awardId);
    error Commons_NotRecipient(AwardId awardId, address caller);
    error Commons_SignatureExpired(uint256 deadline);
    error Commons_BadSignature(AwardId awardId, address signer);

    // —— income ——————————————————————————————————————————————————————————————————————————————————————————————

    /// @notice Counts what reached the balance without a deposit as a gift. Anyone may call.
    function take(IERC20 asset) external returns (uint256 assets);

    /// @notice Pays a source's beneficiary what has been passed on to it. Anyone may call.
    function fetch(IERC20 asset, InflowSource source) external returns (uint256 assets);

    // —— awards ——————————————————————————————————————————————————————————————————————————————————————————————

    /// @notice GRANTING role. To be collected at once.
    function grant(AwardTerms calldata terms) external returns (AwardId awardId);

    /// @notice GRANTING role. Vests linearly from `startAt` to `endAt`, nothing of it before `cliffAt`.
    /// @param endAt after now and within five years
    function stream(
        AwardTerms calldata terms,
        uint40 startAt,
        uint40 cliffAt,
        uint40 endAt
    ) external returns (AwardId awardId);

    /// @notice GRANTING role. To be collected once evidence shows that the milestone is reached. Nobody can take it back before
    /// its deadline.
    /// @param deadline unix seconds, exclusive: within five years, and at least 180 days behind the milestone's window, so
    /// that no dispute can make good evidence late
    function pledge(
        AwardTerms calldata terms,
        Milestone calldata milestone,
        uint40 deadline
    ) external returns (AwardId awardId);

    /// @notice Releases what was pledged for a milestone. Anyone may carry the evidence, once, before the deadline.
    /// @dev The errors are Milestone_… of `MilestoneLib`.
    function release(AwardId awardId, AepId aepId) external;

    /// @notice REVOKING role. Takes back what of a stream has not vested yet; the rest stays the recipient's.
    function revoke(AwardId awardId, bytes32 decision) external returns (uint256 returnedAssets);

    /// @notice Pays whom the award names what can be collected of it now. Anyone may call.
    function collect(AwardId awardId) external returns (uint256 assets);

    /// @notice Names another recipient, for all that is not collected yet. By the recipient.
    function redirect(AwardId awardId, address to) external;

    /// @notice The same by the recipient's signature (EIP-712 or ERC-1271), domain ("Nexus Commons", "1", chainid, this):
    /// `Redirect(bytes32 awardId,address to,uint256 nonce,uint256 deadline)`, with the recipient's next nonce.
    /// @param deadline unix seconds, inclusive
    function redirectFor(AwardId awardId, address to, uint256 deadline, bytes calldata signature) external;

    /// @notice Takes back a pledge whose deadline is over, or what nobody collected for three years. Anyone may call.
    function lapse(AwardId awardId) external returns (uint256 returnedAssets);

    /// @notice BUDGETING role. Changes a limit or the floor of an asset two weeks from now, in place of any change that was announced
    /// and is not in force.
    function announce(IERC20 asset, Setting setting, uint104 assets, bytes32 decision) external;

    // —— views ———————————————————————————————————————————————————————————————————————————————————————————————

    function registry() external view returns (IEvidenceRegistry);

    function shareOf(InflowSource source) external view returns (uint16 keptBps, address beneficiary);

    function bookOf(IERC20 asset) external view returns (Book memory);

    /// @notice Awarded is within held, and what the book counts within the balance: a condition of the constitution asks for it.
    function coversAwards(IERC20 asset) external view returns (bool);

    function incomeOf(IERC20 asset, InflowSource source) external view returns (Income memory);

    /// @dev Reverts with Commons_UnknownAward, as all that take an award.
    function awardOf(AwardId awardId) external view returns (Award memory);

    /// @dev Empty for awards that are not for a milestone.
    function milestoneOf(AwardId awardId) external view returns (Milestone memory);

    /// @notice What `collect` would pay now.
    function collectableAssets(AwardId awardId) external view returns (uint256);

    /// @notice From when on `lapse` takes back what is left.
    function lapsesAt(AwardId awardId) external view returns (uint256);

    /// @notice What is held and not awarded, as far as the balance still covers it: the most that compensation can be.
    function freeAssets(IERC20 asset) external view returns (uint256);

    /// @notice What a grant, stream or milestone could award now: free, above the floor, within the limit.
    function grantableAssets(IERC20 asset) external view returns (uint256);

    /// @notice What compensation could be now: free, within its limit.
    function compensableAssets(IERC20 asset) external view returns (uint256);

    /// @param nextAt unix seconds; in the past: `next` is in force
    function settingOf(
        IERC20 asset,
        Setting setting
    ) external view returns (uint256 current, uint256 next, uint40 nextAt);

    /// @notice What was awarded in the last 30 days under a limit: of an award made exactly then nothing counts any more.
    function awardedLately(IERC20 asset, Setting limit) external view returns (uint256);

    function awardIdOf(address awarder, bytes32 decision, uint32 part) external pure returns (AwardId);

    function compensationIdOf(
        address awarder,
        bytes32 origin,
        IERC20 asset,
        address to
    ) external pure returns (AwardId);
}
