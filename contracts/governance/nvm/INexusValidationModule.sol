// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AepId} from "../../evidence/IEvidenceRegistry.sol";
import {ActionClass, Call} from "./IActionClasses.sol";

/// @notice keccak256 of chain, module, calls and context: who opens the same content for another seat gets another id.
type DecisionId is bytes32;

/// @notice 0…6
type SeatId is uint8;

/// @dev `Recuse`: takes no part, for ever.
enum Choice {
    Yes,
    No,
    Abstain,
    Veto,
    Recuse
}

/// @dev `Passed` waits for its delay; `Ready` may be executed by anyone. Executed, Killed and Expired never change.
enum DecisionState {
    None,
    Open,
    Passed,
    Ready,
    Executed,
    Killed,
    Expired
}

/// @notice What a class asks. Constants of the module: a decision cannot outlive a change of them.
struct Rule {
    uint8 yes; // ballots that pass it
    uint8 vetoes; // ballots that kill it
    uint40 voteSeconds; // from opening: the time to reach `yes`
    uint40 delaySeconds; // from reaching `yes`
    uint40 dissentSeconds; // added to the delay by each no and each veto that did not kill
    uint40 mostDissentSeconds; // that all of them add
    uint40 graceSeconds; // the time to execute it, from when it is ready
}

struct Proposal {
    SeatId seatId;
    uint64 nonce; // any that this seat has not used for the same content
    Call[] calls;
    bytes32 rationaleHash;
    string rationaleURI;
    AepId[] citedAeps;
}

struct SignedBallot {
    SeatId seatId;
    Choice choice;
    bytes32 rationaleHash;
    bytes signature;
}

struct Seat {
    address owner; // owner of the Safe; 0: vacant
    uint40 termEndsAt; // exclusive
    uint32 epoch; // of this holder and key; epochs rise over all seats
    bytes signer; // ERC-7913: 20 bytes are an account (ECDSA or ERC-1271), more are verifier ‖ key
}

/// @notice Bit i of a bitmap is seat i. Ballots of a seat that was given away since do not count and are not shown.
struct Decision {
    ActionClass actionClass;
    DecisionState state;
    SeatId openedBy;
    uint32 openedEpoch; // seats of a later epoch have no ballot
    uint40 openedAt;
    uint40 quorumAt; // 0: not reached
    uint40 readyAt; // 0: not reached; moves with each dissent
    uint40 expiresAt;
    uint8 yes;
    uint8 no;
    uint8 abstain;
    uint8 veto;
    uint8 recused;
}

/// @title The Nexus Validation Machine: how seats decide, and nothing else
/// @notice A module of one Safe. A seat opens a decision; its class follows from its calls alone (IActionClasses); seats answer yes, no, abstain, veto or
/// recuse themselves, each once, with a rationale; once a class's quorum is reached and its delay is over, anyone executes it, all
/// calls or none.
///
/// | Class | Yes | Vetoes kill | Delay | Each dissent adds | At most | To vote | To execute |
/// |---|---|---|---|---|---|---|---|
/// | Emergency | 2 | 3 | – | – | – | 1 day | 1 day |
/// | Ordinary | 3 | 3 | – | 12 h | 24 h | 7 days | 14 days |
/// | Ratification | 4 | 2 | 2 days | 12 h | 2 days | 14 days | 14 days |
/// | Constitutional | 5 | 2 | 7 days | 42 h | 7 days | 14 days | 28 days |
///
/// A dissent is a no, or a veto that did not kill; it adds max(delay ÷ 4, 12 h), all together at most max(delay, 24 h), to every class but
/// Emergency. Ballots are taken until a decision is executed, killed or expired. Numbers are of ballots, never of seats:
/// a vacant, lapsed or recused seat lowers nobody's threshold.
///
/// Rules are constants, the class is fixed at opening, and so are the seats: each change of a seat's holder or key has a higher epoch, a
/// decision counts no ballot of a later epoch than its opening, and ballots of an earlier holder are void. When that takes
/// a quorum away, the delay begins anew with the next.
///
/// An emergency pauses: at most 72 hours, and the same target not again for 7 days after that (here, whatever the target
/// itself allows). An ordinary decision with `extendPause(uint40,bytes32)`, naming the emergency decision that last paused that target,
/// extends the stop.
/// @dev EIP-712, domain ("Nexus NVM", "1", chainid, this):
/// `Ballot(bytes32 decisionId,uint8 seatId,uint32 seatEpoch,uint8 choice,bytes32 rationaleHash)`,
/// `Open(bytes32 decisionId,uint8 seatId,uint32 seatEpoch)`.
/// A seat whose term is over has no ballot and opens nothing, but remains an owner of the Safe: five owners can renew terms past
/// the module (INexusGuard).
interface INexusValidationModule {
    /// @notice All that is needed to execute it: `contextHash` is what `execute` takes.
    event DecisionOpened(
        DecisionId indexed id,
        SeatId indexed seatId,
        ActionClass indexed actionClass,
        uint32 seatEpoch,
        bytes32 contextHash,
        Proposal proposal
    );
    event BallotCast(DecisionId indexed id, SeatId indexed seatId, Choice choice, bytes32 rationaleHash);
    /// @notice Beside BallotCast, for each no and each veto.
    event Dissent(DecisionId indexed id, SeatId indexed seatId, Choice choice, bytes32 rationaleHash);
    /// @notice Again when ballots became void and the quorum was reached anew.
    event QuorumReached(DecisionId indexed id, uint40 quorumAt);
    event DecisionKilled(DecisionId indexed id);
    event DecisionExecuted(DecisionId indexed id);
    /// @param nextAt before this no emergency can pause the target
    event EmergencyPaused(DecisionId indexed id, address indexed target, uint40 until, uint40 nextAt);
    event SeatGranted(
        SeatId indexed seatId,
        address indexed owner,
        uint32 indexed epoch,
        bytes signer,
        uint40 termEndsAt
    );
    event SeatVacated(SeatId indexed seatId, address indexed owner);
    event SeatRenewed(SeatId indexed seatId, uint40 termEndsAt);

    error Nvm_NotSafe(address caller);
    error Nvm_UnknownSeat(SeatId seatId);
    error Nvm_SeatTaken(SeatId seatId);
    error Nvm_SeatLapsed(SeatId seatId, uint256 termEndsAt);
    error Nvm_NotOwner(SeatId seatId, address caller);
    error Nvm_BadSignature(SeatId seatId);
    error Nvm_BadSigner(bytes signer);
    error Nvm_SignerTaken(SeatId seatId);
    error Nvm_BadOwner(address owner);
    error Nvm_TermOutOfRange(uint256 termEndsAt, uint256 earliest, uint256 latest);
    error Nvm_OtherSafe(address part);
    error Nvm_TooFewSeats(uint256 least);
    /// @notice Owners of the Safe and owners of seats differ.
    error Nvm_SeatsDiffer();
    error Nvm_NoCalls();
    error Nvm_AlreadyOpened(DecisionId id);
    error Nvm_UnknownDecision(DecisionId id);
    /// @notice The calls and context are not those of this decision.
    error Nvm_OtherContent(DecisionId id);
    error Nvm_NotOpen(DecisionId id, DecisionState state);
    /// @param readyAt 0 unless it has passed and waits
    error Nvm_NotReady(DecisionId id, DecisionState state, uint256 readyAt);
    error Nvm_SeatTooNew(DecisionId id, SeatId seatId);
    error Nvm_AlreadyCast(DecisionId id, SeatId seatId);
    error Nvm_Recused(DecisionId id, SeatId seatId);
    error Nvm_EmergencyTooLong(address target, uint256 durationSeconds, uint256 most);
    error Nvm_EmergencyTooSoon(address target, uint256 nextAt);
    /// @notice An extension of a pause has to name the emergency that made it.
    error Nvm_OtherEmergency(address target, DecisionId cited, DecisionId last);
    error Nvm_CallFailed(uint256 index, bytes reason);
    /// @notice After this decision the module could not act on the Safe any more, though it is enabled on it.
    error Nvm_ShutOut();

    /// @notice Opens a decision for a seat: called by the seat's owner with no signature, or by anyone with the seat's signature of `openDigest`.
    function open(Proposal calldata proposal, bytes calldata signature) external returns (DecisionId);

    /// @notice The caller's own ballot, as owner of the seat.
    function cast(DecisionId id, SeatId seatId, Choice choice, bytes32 rationaleHash) external;

    /// @notice Ballots of one decision, carried by anyone. A seat that has already answered is passed over, so that
    /// nobody stops a batch by carrying a part of it before; one ballot at least must be new.
    function relay(DecisionId id, SignedBallot[] calldata ballots) external;

    /// @notice Executes what is Ready, all calls or none. Anyone may call.
    /// @dev INV-NVM-1, -2, -6. The calls are those of DecisionOpened, `contextHash` too.
    function execute(DecisionId id, Call[] calldata calls, bytes32 contextHash) external;

    // ———— seats: the Safe only, by a constitutional decision or by five owners ————————————————————————————————

    /// @notice Gives a vacant seat to an owner, who becomes an owner of the Safe by the same call.
    function grantSeat(SeatId seatId, bytes calldata signer, address owner, uint40 termEndsAt) external;

    /// @notice Gives a seat another holder, or the same another key. The Safe's owner is swapped by the same call.
    function replaceSeat(SeatId seatId, bytes calldata signer, address owner, uint40 termEndsAt) external;

    /// @notice Takes a seat from its holder and the owner from the Safe. Five must remain.
    function vacateSeat(SeatId seatId) external;

    /// @notice Sets the end of a term. Same holder, same key, same epoch.
    function renewSeat(SeatId seatId, uint40 termEndsAt) external;

    // ———— views ————————————————————————————————————————————————————————————————————————————————————————————————

    function safe() external view returns (address);

    function classes() external view returns (address);

    function constitution() external view returns (address);

    function ruleOf(ActionClass actionClass) external pure returns (Rule memory);

    /// @dev All zero when vacant.
    function seatOf(SeatId seatId) external view returns (Seat memory);

    /// @notice Bit i: seat i has a holder, lapsed or not.
    function heldSeats() external view returns (uint8 bitmap);

    /// @notice The epoch of the latest change of a seat.
    function latestEpoch() external view returns (uint32);

    /// @notice Whether owners of the Safe and owners of seats are the same accounts.
    function seatsMatchOwners() external view returns (bool);

    function stateOf(DecisionId id) external view returns (DecisionState);

    /// @dev Reverts with Nvm_UnknownDecision.
    function decisionOf(DecisionId id) external view returns (Decision memory);

    /// @notice The last emergency decision that paused a target, and from when the next one may. 0 when none has.
    function emergencyOf(address target) external view returns (DecisionId id, uint40 nextAt);

    /// @notice Of a proposal of its seat's present epoch.
    function decisionIdOf(Proposal calldata proposal) external view returns (DecisionId id, bytes32 contextHash);

    function openDigest(DecisionId id, SeatId seatId) external view returns (bytes32);

    /// @notice What a seat signs, in its present epoch.
    function ballotDigest(
        DecisionId id,
        SeatId seatId,
        Choice choice,
        bytes32 rationaleHash
    ) external view returns (bytes32);

    /// @notice From quorum: after this a decision that only removes a condition skips the conditions.
    function BROKEN_CHECK_SECONDS() external view returns (uint40);
}
