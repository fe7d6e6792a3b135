// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AepId, IEvidenceRegistry} from "../evidence/IEvidenceRegistry.sol";
import {IArbiterRegister} from "./IArbiterRegister.sol";
import {IGrievanceDesk} from "./IGrievanceDesk.sol";
import {IGrievanceLedger} from "./IGrievanceLedger.sol";
import {IGrievanceOrders} from "./IGrievanceOrders.sol";
import {IGrievancePanels} from "./IGrievancePanels.sol";
import {IRespondentBonds} from "./IRespondentBonds.sol";
import {Ruling} from "./Ruling.sol";

/// @notice From 1, in order of opening.
type CaseId is uint256;

enum GrievanceState {
    None,
    Answering, // the respondent can answer
    Mediating, // it did; both can still settle
    Drawing, // waits for the hash of the fixed block
    Hearing, // a panel commits, then reveals
    Appealable, // the first panel has ruled
    Closed
}

enum Outcome {
    None,
    Withdrawn,
    Settled,
    Dismissed,
    Upheld,
    Unheard // no panel could be drawn, or nobody of two ruled
}

enum SubjectKind {
    None,
    Component,
    Feed,
    Policy,
    Aep
}

// The linter takes an enum or a Ruling for a whole word; they are a byte each.
// solhint-disable-next-line gas-struct-packing
struct Grievance {
    // slot 0: 20 + 5 + 5 + 1 + 1 = 32 bytes
    address complainant;
    uint40 filedAt;
    uint40 deadline; // of the state, exclusive; 0 once closed
    GrievanceState state;
    uint8 instance; // 1, or 2 from an appeal on
    // slot 1: 20 + 4 + 7 × 1 = 31 bytes
    address respondent;
    uint32 termsVersion;
    Outcome outcome;
    Ruling ruling; // of the first panel, then the one that counts
    uint8 requested; // Remedies
    bool ruled; // by the first panel
    bool answered;
    bool waived; // no bond was asked for
    bool takenOver; // the complainant acts alone
    // slot 2: 20 + 12 = 32 bytes
    address filer; // pays, and gets the bond back
    uint96 claimedAssets;
    // slot 3: 8 + 12 + 12 = 32 bytes
    uint64 drawBlock;
    uint96 bondAssets;
    uint96 appealBondAssets;
    // slot 4: 20 + 8 + 3 × 1 = 31 bytes
    address appellant; // nobody where the first panel stayed silent
    uint64 railId; // 0: of none
    SubjectKind subjectKind;
    uint8 complainantExhibits;
    uint8 respondentExhibits;
    // slot 5
    bytes32 subjectId;
}

/// @notice What is complained of.
struct Filing {
    address complainant;
    address respondent;
    uint64 railId; // 0: of no rail
    SubjectKind subjectKind;
    bytes32 subjectId;
    bytes32 claimHash; // of salted text: nothing personal is on chain
    uint96 claimedAssets;
    uint8 remedies; // Remedies: asked for beside compensation
}

// In memory and in signatures only.
// solhint-disable gas-struct-packing
/// @notice What both sides sign: `Settlement(uint256 caseId,uint256 assets,bool apology,bytes32 textHash,uint40 expiresAt)`.
struct Settlement {
    uint256 assets; // the respondent pays
    bool apology; // the respondent will post one
    bytes32 textHash;
    uint40 expiresAt; // unix seconds, exclusive
}
// solhint-enable gas-struct-packing

struct RailStatistics {
    // slot 0: 8 × 4 = 32 bytes
    uint32 opened;
    uint32 settled;
    uint32 withdrawn;
    uint32 upheld;
    uint32 dismissed;
    uint32 unheard;
    uint32 defaulted; // the respondent never answered
    uint32 appealed;
    // slot 1: 16 + 8 = 24 bytes
    uint128 paidAssets; // by respondents; what the commons awarded is in the orders
    uint64 openSeconds; // sum over closed cases
}

/// @notice What a case is made with.
struct GrievanceSuite {
    IGrievanceLedger ledger;
    IGrievanceDesk desk;
    IArbiterRegister register;
    IGrievancePanels panels;
    IRespondentBonds respondents;
    IGrievanceOrders orders;
    IEvidenceRegistry evidence;
}

/// @title A door to knock on, with deadlines behind it
/// @notice Someone complains of a respondent; the respondent answers; both can settle; arbiters drawn by a block's hash rule; either
/// side can appeal once. Every state has a deadline and says what follows it, and `advance`, which anyone may call, makes it so:
/// no case needs anyone's cooperation to end.
/// @dev Nobody decides a case but its arbiters, and its terms are those it was opened under. Deciding moves no tokens (see
/// IGrievanceLedger). EIP-712 domain ("Nexus Grievance", "1", chainid, this); signatures of accounts and ERC-1271 contracts.
interface IGrievanceRail {
    event CaseOpened(
        CaseId indexed caseId,
        address indexed complainant,
        address indexed respondent,
        address filer,
        uint64 railId,
        SubjectKind subjectKind,
        bytes32 subjectId
    );
    event CaseClaim(CaseId indexed caseId, bytes32 claimHash, uint96 claimedAssets, uint8 remedies);
    event CaseFixed(
        CaseId indexed caseId,
        uint32 termsVersion,
        uint96 bondAssets,
        bool waived,
        uint64 drawBlock,
        uint40 answerBy
    );
    event CaseTakenOver(CaseId indexed caseId, address indexed complainant);
    event CaseAnswered(CaseId indexed caseId, bytes32 answerHash);
    event ExhibitFiled(CaseId indexed caseId, address indexed by, bytes32 indexed exhibit, bool aep);
    event ExhibitStruck(CaseId indexed caseId, AepId indexed aepId);
    event CaseAdvanced(CaseId indexed caseId, GrievanceState state, uint8 instance, uint40 deadline);
    event PanelRuled(CaseId indexed caseId, uint8 instance, Ruling ruling, uint8 revealed);
    event CaseAppealed(CaseId indexed caseId, address indexed appellant, uint96 bondAssets, uint64 drawBlock);
    event CaseSettled(CaseId indexed caseId, uint256 assets, bool apology, bytes32 textHash);
    event CaseClosed(
        CaseId indexed caseId,
        uint64 indexed railId,
        Outcome outcome,
        Ruling ruling,
        uint256 paidAssets,
        uint256 dueAssets
    );
    event ArbitersPaid(CaseId indexed caseId, uint8 arbiters, uint256 assetsEach);

    error Grievance_Unknown(CaseId caseId);
    error Grievance_WrongState(CaseId caseId, GrievanceState state);
    error Grievance_NotParty(CaseId caseId, address caller);
    error Grievance_TooLate(CaseId caseId, uint256 deadline);
    error Grievance_TooEarly(CaseId caseId, uint256 deadline);
    error Grievance_NoHash();
    error Grievance_DrawKnown(CaseId caseId, uint256 drawBlock);
    error Grievance_TooManyExhibits(CaseId caseId, uint256 most);
    error Grievance_NoEvidence(AepId aepId);
    error Grievance_NotVoid(AepId aepId);
    error Grievance_NotExhibited(CaseId caseId, AepId aepId);
    error Grievance_Expired(uint256 expiresAt);
    error Grievance_WrongSignature(address signer);

    /// @notice Opens a case. Anyone may, for anyone, and pays the bond that the desk asks for, having approved the ledger.
    function open(Filing calldata filing) external returns (CaseId caseId);

    /// @notice By the complainant: from now on the filer has no say in the case.
    function takeOver(CaseId caseId) external;

    /// @notice By the complainant, or the filer before it was taken over; before the draw's block is mined. The bond goes back.
    function withdraw(CaseId caseId) external;

    /// @notice By the respondent, in time.
    function answer(CaseId caseId, bytes32 answerHash) external;

    /// @notice Cites an AEP that exists and is not void. By a party, at most MOST_EXHIBITS of each kind of party, not while a panel sits.
    function citeEvidence(CaseId caseId, AepId aepId) external;

    /// @notice As `citeEvidence`, a salted hash of whatever is shown to the arbiters.
    function commitEvidence(CaseId caseId, bytes32 exhibit) external;

    /// @notice Puts on record that a cited AEP is void now. Anyone may call.
    function strikeEvidence(CaseId caseId, AepId aepId) external;

    /// @notice Ends a case as both sides signed, before a panel is drawn. Anyone may carry it. The assets come from the respondent's
    /// bond and then from the respondent, who has approved the ledger. Never from the commons.
    function settle(
        CaseId caseId,
        Settlement calldata settlement,
        bytes calldata complainantSignature,
        bytes calldata respondentSignature
    ) external;

    /// @notice By a party, once, after the first ruling. The bond goes back if the second gives the appellant more.
    function appeal(CaseId caseId) external;

    /// @notice Takes a case where its deadline, its panel or its block has brought it. Anyone may call.
    function advance(CaseId caseId) external returns (GrievanceState state);

    function grievanceOf(CaseId caseId) external view returns (Grievance memory);

    function caseCount() external view returns (uint256);

    function statisticsOf(uint64 railId) external view returns (RailStatistics memory);

    function settlementDigest(CaseId caseId, Settlement calldata settlement) external view returns (bytes32);

    function suite() external view returns (GrievanceSuite memory);
}
