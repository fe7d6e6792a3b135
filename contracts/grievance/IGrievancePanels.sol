// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IArbiterRegister} from "./IArbiterRegister.sol";
import {CaseId} from "./IGrievanceRail.sol";
import {Ruling} from "./Ruling.sol";

enum SeatState {
    Seated,
    Committed,
    Revealed,
    Recused
}

struct Seat {
    // 20 + 1 + 1 = 22 bytes
    address arbiter;
    SeatState state;
    Ruling ruling; // once revealed
}

struct Panel {
    // 5 + 5 + 5 × 1 = 15 bytes
    uint40 commitBy; // 0: not drawn
    uint40 revealBy;
    uint8 requested; // remedies that can be given
    uint8 size;
    uint8 committed; // and not yet revealed
    uint8 revealed;
    uint8 recused;
}

/// @notice From what, and for what, a panel is drawn.
struct Draw {
    CaseId caseId;
    uint8 instance; // 1: the first panel, 2: the one of the appeal
    uint8 size;
    uint8 leastLevel;
    uint8 requested;
    uint40 filedAt; // the register as it was before this second is drawn from
    uint32 commitSeconds;
    uint32 revealSeconds;
    uint64 drawBlock; // fixed before it was mined
    address[3] parties; // who can never sit: complainant, filer, respondent
    bytes32[] topics; // who declared a conflict with one of these cannot sit
}

/// @title Panels of arbiters: drawn, then committing, then revealing
/// @notice The draw deals the register's list, as it was before the case was opened, in an order that the hash of a block fixed in
/// advance decides, and takes the first who are free to sit. Each then commits to a ruling and its reasons, and reveals both after all
/// have committed or could have. A seat whose arbiter recuses in time stays empty.
/// @dev The seed is keccak256(abi.encode("Nexus Grievance draw", chainid, this, caseId, instance, blockHash)); a commitment is
/// keccak256(abi.encode("Nexus Grievance ruling", chainid, this, caseId, instance, arbiter, ruling, reasonsHash, salt)), which is no
/// use to anyone else, in any other case. See standards/grievance.md.
interface IGrievancePanels {
    event PanelDrawn(
        CaseId indexed caseId,
        uint8 instance,
        uint64 drawBlock,
        bytes32 blockHash,
        address[] arbiters,
        uint40 commitBy,
        uint40 revealBy
    );
    event PanelTooSmall(CaseId indexed caseId, uint8 instance, uint8 free, uint8 size);
    event Recused(CaseId indexed caseId, uint8 instance, address indexed arbiter);
    event RulingCommitted(CaseId indexed caseId, uint8 instance, address indexed arbiter, bytes32 commitment);
    event RulingRevealed(
        CaseId indexed caseId,
        uint8 instance,
        address indexed arbiter,
        Ruling ruling,
        bytes32 reasonsHash
    );

    error Panels_Drawn(CaseId caseId, uint8 instance);
    error Panels_NoHash(uint256 blockNumber);
    error Panels_NotSeated(CaseId caseId, address arbiter);
    error Panels_NoCommitment();
    error Panels_WrongState(CaseId caseId, address arbiter, SeatState state);
    error Panels_CommitsOver(CaseId caseId, uint256 commitBy);
    error Panels_CommitsRun(CaseId caseId, uint256 commitBy);
    error Panels_RevealsOver(CaseId caseId, uint256 revealBy);
    error Panels_UnsoundRuling(Ruling ruling, uint8 requested);
    error Panels_WrongReveal(bytes32 commitment, bytes32 expected);

    /// @notice Restricted. Draws a panel; false, and none is drawn, if not enough are free among the first MOST_DEALT.
    function draw(Draw calldata draw_) external returns (bool drawn);

    /// @notice By an arbiter of the last panel of a case, once.
    function commit(CaseId caseId, bytes32 commitment) external;

    /// @notice By an arbiter who has not committed: leaves the seat empty, at no cost and for no reward.
    function recuse(CaseId caseId) external;

    /// @notice By an arbiter who committed to it.
    function reveal(CaseId caseId, Ruling ruling, bytes32 reasonsHash, bytes32 salt) external;

    function panelOf(CaseId caseId, uint8 instance) external view returns (Panel memory);

    function seatsOf(CaseId caseId, uint8 instance) external view returns (Seat[] memory);

    function commitmentOf(CaseId caseId, uint8 instance, address arbiter) external view returns (bytes32);

    /// @notice Whether nobody can commit any more.
    function areCommitsOver(CaseId caseId, uint8 instance) external view returns (bool);

    /// @notice Whether nobody can reveal any more.
    function isOver(CaseId caseId, uint8 instance) external view returns (bool);

    /// @notice What the panel holds so far, and of how many that is.
    function resultOf(CaseId caseId, uint8 instance) external view returns (Ruling ruling, uint8 revealed);

    /// @notice The block a draw that was fixed to `drawBlock` takes now, and its hash; 0 if that cannot be read now.
    function drawBlockAt(uint64 drawBlock) external view returns (uint64 blockNumber, bytes32 blockHash);

    function seedOf(CaseId caseId, uint8 instance, bytes32 blockHash) external view returns (bytes32);

    function commitmentFor(
        CaseId caseId,
        uint8 instance,
        address arbiter,
        Ruling ruling,
        bytes32 reasonsHash,
        bytes32 salt
    ) external view returns (bytes32);

    function register() external view returns (IArbiterRegister);
}
