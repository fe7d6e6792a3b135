// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {AepId, AnchorState, IEvidenceRegistry} from "../evidence/IEvidenceRegistry.sol";
import {AccountId, Accounts} from "./Accounts.sol";
import {GrievanceTerms, GrievanceTermsLib} from "./GrievanceTerms.sol";
import {IArbiterRegister} from "./IArbiterRegister.sol";
import {IGrievanceDesk} from "./IGrievanceDesk.sol";
import {IGrievanceLedger} from "./IGrievanceLedger.sol";
import {IGrievanceOrders} from "./IGrievanceOrders.sol";
import {Draw, IGrievancePanels, Seat, SeatState} from "./IGrievancePanels.sol";
import {
    CaseId,
    Filing,
    Grievance,
    GrievanceState,
    GrievanceSuite,
    IGrievanceRail,
    Outcome,
    RailStatistics,
    Settlement
} from "./IGrievanceRail.sol";
import {IRespondentBonds} from "./IRespondentBonds.sol";
import {Remedies} from "./Remedies.sol";
import {Ruling, RulingLib} from "./Ruling.sol";
import {Topics} from "./Topics.sol";

/// @title A door to knock on, with deadlines behind it
contract GrievanceRail is IGrievanceRail, AccessManaged, EIP712 {
    uint256 internal constant MOST_EXHIBITS = 16;
    bytes32 private constant SETTLEMENT_TYPEHASH = keccak256(
        "Settlement(uint256 caseId,uint256 assets,bool apology,bytes32 textHash,uint40 expiresAt)"
    );

    IGrievanceLedger private immutable LEDGER;
    IArbiterRegister private immutable REGISTER;
    IGrievancePanels private immutable PANELS;
    IRespondentBonds private immutable RESPONDENTS;
    IGrievanceOrders private immutable ORDERS;
    IEvidenceRegistry private immutable EVIDENCE;
    IGrievanceDesk private immutable DESK;

    /// @inheritdoc IGrievanceRail
    uint256 public caseCount;
    mapping(CaseId => Grievance) private _cases;
    mapping(CaseId => mapping(AepId => bool)) private _cited;
    mapping(uint64 railId => RailStatistics) private _statistics;

    constructor(
        address authority,
        GrievanceSuite memory suite_
    ) AccessManaged(authority) EIP712("Nexus Grievance", "1") {
        (LEDGER, DESK, REGISTER, PANELS) = (suite_.ledger, suite_.desk, suite_.register, suite_.panels);
        (RESPONDENTS, ORDERS, EVIDENCE) = (suite_.respondents, suite_.orders, suite_.evidence);
    }

    /// @inheritdoc IGrievanceRail
    function open(Filing calldata filing) external returns (CaseId caseId) {
        address filer = _msgSender();
        (uint32 version, uint96 bondAssets, bool waived) = DESK.admit(filing, filer);
        GrievanceTerms memory terms = DESK.termsOf(version);

        caseId = CaseId.wrap(++caseCount);
        Grievance storage c = _cases[caseId];
        (c.complainant, c.respondent, c.filer) = (filing.complainant, filing.respondent, filer);
        (c.filedAt, c.deadline) = (uint40(block.timestamp), uint40(block.timestamp) + terms.answerSeconds);
        (c.state, c.instance, c.termsVersion) = (GrievanceState.Answering, 1, version);
        (c.requested, c.claimedAssets) = (filing.remedies, filing.claimedAssets);
        (c.bondAssets, c.waived) = (bondAssets, waived);
        c.drawBlock = uint64(block.number) + terms.drawBlocks;
        (c.railId, c.subjectKind, c.subjectId) = (filing.railId, filing.subjectKind, filing.subjectId);
        ++_statistics[filing.railId].opened;
        _announce(caseId, filing, c);
        if (bondAssets != 0) LEDGER.collect(Accounts.filingBond(caseId), filer, bondAssets);
    }

    /// @inheritdoc IGrievanceRail
    function takeOver(CaseId caseId) external {
        Grievance storage c = _openCase(caseId);
        if (_msgSender() != c.complainant) revert Grievance_NotParty(caseId, _msgSender());
        c.takenOver = true;
        emit CaseTakenOver(caseId, c.complainant);
    }

    /// @inheritdoc IGrievanceRail
    function withdraw(CaseId caseId) external {
        Grievance storage c = _openCase(caseId);
        if (!_isComplaining(c, _msgSender())) revert Grievance_NotParty(caseId, _msgSender());
        if (c.state != GrievanceState.Answering && c.state != GrievanceState.Mediating) _refuse(caseId, c);
        // a complainant who knows the panel could otherwise try for another one
        if (block.number >= c.drawBlock) revert Grievance_DrawKnown(caseId, c.drawBlock);
        _close(caseId, c, Outcome.Withdrawn, 0);
    }

    /// @inheritdoc IGrievanceRail
    function answer(CaseId caseId, bytes32 answerHash) external {
        Grievance storage c = _openCase(caseId);
        if (_msgSender() != c.respondent) revert Grievance_NotParty(caseId, _msgSender());
        if (c.state != GrievanceState.Answering) _refuse(caseId, c);
        if (block.timestamp >= c.deadline) revert Grievance_TooLate(caseId, c.deadline);
        if (answerHash == 0) revert Grievance_NoHash();
        c.answered = true;
        emit CaseAnswered(caseId, answerHash);
        _enter(caseId, c, GrievanceState.Mediating, c.deadline + DESK.termsOf(c.termsVersion).mediationSeconds);
    }

    /// @inheritdoc IGrievanceRail
    function citeEvidence(CaseId caseId, AepId aepId) external {
        AnchorState state = EVIDENCE.stateOf(aepId);
        if (state == AnchorState.None || state == AnchorState.Void) revert Grievance_NoEvidence(aepId);
        _exhibit(caseId, AepId.unwrap(aepId), true);
        _cited[caseId][aepId] = true;
    }

    /// @inheritdoc IGrievanceRail
    function commitEvidence(CaseId caseId, bytes32 exhibit) external {
        if (exhibit == 0) revert Grievance_NoHash();
        _exhibit(caseId, exhibit, false);
    }

    /// @inheritdoc IGrievanceRail
    function strikeEvidence(CaseId caseId, AepId aepId) external {
        _openCase(caseId);
        if (!_cited[caseId][aepId]) revert Grievance_NotExhibited(caseId, aepId);
        if (EVIDENCE.stateOf(aepId) != AnchorState.Void) revert Grievance_NotVoid(aepId);
        _cited[caseId][aepId] = false;
        emit ExhibitStruck(caseId, aepId);
    }

    /// @inheritdoc IGrievanceRail
    function settle(
        CaseId caseId,
        Settlement calldata settlement,
        bytes calldata complainantSignature,
        bytes calldata respondentSignature
    ) external {
        Grievance storage c = _openCase(caseId);
        bool drawn = c.state > GrievanceState.Drawing || c.instance != 1;
        if (drawn) _refuse(caseId, c);
        if (block.timestamp >= settlement.expiresAt) revert Grievance_Expired(settlement.expiresAt);
        bytes32 digest = settlementDigest(caseId, settlement);
        _requireSigned(c.complainant, digest, complainantSignature);
        _requireSigned(c.respondent, digest, respondentSignature);

        emit CaseSettled(caseId, settlement.assets, settlement.apology, settlement.textHash);
        _close(caseId, c, Outcome.Settled, settlement.assets);
        if (settlement.apology) {
            ORDERS.issue(caseId, c.complainant, c.respondent, 0, 0, Remedies.APOLOGY);
        }
        AccountId payee = Accounts.person(c.complainant);
        uint256 rest = settlement.assets - RESPONDENTS.slash(c.respondent, AccountId.unwrap(payee), settlement.assets);
        if (rest != 0) LEDGER.collect(payee, c.respondent, rest);
    }

    /// @inheritdoc IGrievanceRail
    function appeal(CaseId caseId) external {
        Grievance storage c = _openCase(caseId);
        address appellant = _msgSender();
        if (appellant != c.respondent && !_isComplaining(c, appellant)) revert Grievance_NotParty(caseId, appellant);
        if (c.state != GrievanceState.Appealable) _refuse(caseId, c);
        if (block.timestamp >= c.deadline) revert Grievance_TooLate(caseId, c.deadline);
        uint96 bondAssets = DESK.termsOf(c.termsVersion).appealBondAssets;
        (c.appellant, c.appealBondAssets) = (appellant, bondAssets);
        ++_statistics[c.railId].appealed;
        _convene(caseId, c);
        emit CaseAppealed(caseId, appellant, bondAssets, c.drawBlock);
        LEDGER.collect(Accounts.appealBond(caseId), appellant, bondAssets);
    }

    /// @inheritdoc IGrievanceRail
    /// @dev INV-GRV-1, INV-GRV-7: whatever state a case is in, its deadline leads out of it.
    function advance(CaseId caseId) external returns (GrievanceState) {
        Grievance storage c = _openCase(caseId);
        GrievanceState state = c.state;
        bool over = block.timestamp >= c.deadline;
        if (state == GrievanceState.Drawing && !over) {
            if (PANELS.draw(_drawOf(caseId, c))) {
                uint40 revealBy = PANELS.panelOf(caseId, c.instance).revealBy;
                _enter(caseId, c, GrievanceState.Hearing, revealBy);
            } else {
                _fallBack(caseId, c);
            }
        } else if (state == GrievanceState.Hearing && PANELS.isOver(caseId, c.instance)) {
            _rule(caseId, c);
        } else if (!over) {
            revert Grievance_TooEarly(caseId, c.deadline);
        } else if (state == GrievanceState.Answering || state == GrievanceState.Mediating) {
            if (!c.answered) ++_statistics[c.railId].defaulted;
            _enter(caseId, c, GrievanceState.Drawing, _drawBy(c));
        } else if (state == GrievanceState.Drawing) {
            _fallBack(caseId, c);
        } else {
            _closeRuled(caseId, c); // Appealable: nobody did
        }
        return c.state;
    }

    /// @inheritdoc IGrievanceRail
    function grievanceOf(CaseId caseId) external view returns (Grievance memory) {
        return _cases[caseId];
    }

    /// @inheritdoc IGrievanceRail
    function statisticsOf(uint64 railId) external view returns (RailStatistics memory) {
        return _statistics[railId];
    }

    /// @inheritdoc IGrievanceRail
    function suite() external view returns (GrievanceSuite memory) {
        return GrievanceSuite(LEDGER, DESK, REGISTER, PANELS, RESPONDENTS, ORDERS, EVIDENCE);
    }

    /// @inheritdoc IGrievanceRail
    function settlementDigest(CaseId caseId, Settlement calldata settlement) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        SETTLEMENT_TYPEHASH,
                        caseId,
                        settlement.assets,
                        settlement.apology,
                        settlement.textHash,
                        settlement.expiresAt
                    )
                )
            );
    }

    function _announce(CaseId caseId, Filing calldata filing, Grievance storage c) private {
        emit CaseOpened(
            caseId,
            filing.complainant,
            filing.respondent,
            _msgSender(),
            filing.railId,
            filing.subjectKind,
            filing.subjectId
        );
        emit CaseClaim(caseId, filing.claimHash, filing.claimedAssets, filing.remedies);
        emit CaseFixed(caseId, c.termsVersion, c.bondAssets, c.waived, c.drawBlock, c.deadline);
    }

    /// @dev What the arbiters of a sitting panel see stays as it was when they were drawn.
    function _exhibit(CaseId caseId, bytes32 exhibit, bool aep) private {
        Grievance storage c = _openCase(caseId);
        address by = _msgSender();
        if (c.state == GrievanceState.Hearing) _refuse(caseId, c);
        uint8 count;
        if (by == c.respondent) count = c.respondentExhibits++;
        else if (_isComplaining(c, by)) count = c.complainantExhibits++;
        else revert Grievance_NotParty(caseId, by);
        if (count >= MOST_EXHIBITS) revert Grievance_TooManyExhibits(caseId, MOST_EXHIBITS);
        emit ExhibitFiled(caseId, by, exhibit, aep);
    }

    function _enter(CaseId caseId, Grievance storage c, GrievanceState state, uint40 deadline) private {
        (c.state, c.deadline) = (state, deadline);
        emit CaseAdvanced(caseId, state, c.instance, deadline);
    }

    /// @dev The second panel: by appeal, or because nobody of the first ruled.
    function _convene(CaseId caseId, Grievance storage c) private {
        GrievanceTerms memory terms = DESK.termsOf(c.termsVersion);
        c.instance = 2;
        c.drawBlock = uint64(block.number) + terms.appealDrawBlocks;
        _enter(caseId, c, GrievanceState.Drawing, uint40(block.timestamp) + terms.drawSeconds);
    }

    /// @dev A panel's time is over.
    function _rule(CaseId caseId, Grievance storage c) private {
        (Ruling ruling, uint8 revealed) = PANELS.resultOf(caseId, c.instance);
        if (revealed == 0) {
            if (c.instance == 1) _convene(caseId, c);
            else _fallBack(caseId, c);
            return;
        }
        emit PanelRuled(caseId, c.instance, ruling, revealed);
        if (c.instance == 1) {
            (c.ruled, c.ruling) = (true, ruling);
            uint40 appealBy = uint40(block.timestamp) + DESK.termsOf(c.termsVersion).appealSeconds;
            _enter(caseId, c, GrievanceState.Appealable, appealBy);
            return;
        }
        address appellant = c.appellant;
        if (appellant != address(0)) {
            Ruling first = c.ruling;
            bool better = appellant == c.respondent ? first.isAbove(ruling) : ruling.isAbove(first);
            _returnAppealBond(caseId, c, better);
        }
        (c.ruled, c.ruling) = (true, ruling);
        _closeRuled(caseId, c);
    }

    /// @dev No second ruling: the first stands. No first either: nobody loses a bond, and the complaint can be made again.
    function _fallBack(CaseId caseId, Grievance storage c) private {
        if (c.appellant != address(0)) _returnAppealBond(caseId, c, true);
        if (c.ruled) _closeRuled(caseId, c);
        else _close(caseId, c, Outcome.Unheard, 0);
    }

    function _returnAppealBond(CaseId caseId, Grievance storage c, bool won) private {
        AccountId to = won ? Accounts.person(c.appellant) : Accounts.forfeits(caseId);
        LEDGER.move(Accounts.appealBond(caseId), to, c.appealBondAssets);
    }

    function _closeRuled(CaseId caseId, Grievance storage c) private {
        _close(caseId, c, c.ruling.isUpheld() ? Outcome.Upheld : Outcome.Dismissed, 0);
    }

    /// @dev INV-GRV-2: a case is closed once, and its arbiters are paid here and nowhere else.
    /// @param settledAssets that the respondent pays by a settlement
    function _close(CaseId caseId, Grievance storage c, Outcome outcome, uint256 settledAssets) private {
        (c.state, c.outcome, c.deadline) = (GrievanceState.Closed, outcome, 0);
        if (c.waived) DESK.endWaiver(c.filer);
        bool dismissed = outcome == Outcome.Dismissed;
        AccountId to = dismissed ? Accounts.forfeits(caseId) : Accounts.person(c.filer);
        LEDGER.move(Accounts.filingBond(caseId), to, c.bondAssets);

        uint256 paid = settledAssets;
        uint256 due = 0;
        if (outcome == Outcome.Upheld) {
            due = (uint256(c.claimedAssets) * c.ruling.quarters()) / RulingLib.FULL;
            paid = RESPONDENTS.slash(c.respondent, AccountId.unwrap(Accounts.person(c.complainant)), due);
            due -= paid;
            uint8 remedies = c.ruling.remedies();
            if (due != 0 || remedies != 0) {
                ORDERS.issue(caseId, c.complainant, c.respondent, c.subjectId, uint96(due), remedies);
            }
        }
        _payArbiters(caseId, c, outcome);
        _record(c, outcome, paid);
        emit CaseClosed(caseId, c.railId, outcome, c.ruling, paid, due);
    }

    /// @dev From what the case took, then from the respondent who lost, then from the reserve; all the same, rounded down.
    function _payArbiters(CaseId caseId, Grievance storage c, Outcome outcome) private {
        GrievanceTerms memory terms = DESK.termsOf(c.termsVersion);
        AccountId forfeits = Accounts.forfeits(caseId);
        (address[] memory arbiters, uint8 count) = _ruled(caseId, c, terms.penaltyAssets);
        if (count == 0) return;
        uint256 wanted = uint256(terms.rewardAssets) * count;
        uint256 available = LEDGER.balanceOf(forfeits);
        if (available < wanted && outcome == Outcome.Upheld) {
            available += RESPONDENTS.slash(c.respondent, AccountId.unwrap(forfeits), wanted - available);
        }
        if (available < wanted) available += LEDGER.move(Accounts.RESERVE, forfeits, wanted - available);
        uint256 each = (available < wanted ? available : wanted) / count;
        for (uint256 i = 0; i < count; ++i) LEDGER.move(forfeits, Accounts.person(arbiters[i]), each);
        emit ArbitersPaid(caseId, count, each);
    }

    /// @dev INV-GRV-9. Who revealed; whoever neither did nor recused in time is penalised.
    function _ruled(
        CaseId caseId,
        Grievance storage c,
        uint96 penaltyAssets
    ) private returns (address[] memory arbiters, uint8 count) {
        arbiters = new address[](2 * GrievanceTermsLib.MOST_PANEL);
        bytes32 forfeits = AccountId.unwrap(Accounts.forfeits(caseId));
        for (uint8 instance = 1; instance <= c.instance; ++instance) {
            Seat[] memory seats = PANELS.seatsOf(caseId, instance);
            for (uint256 i = 0; i < seats.length; ++i) {
                if (seats[i].state == SeatState.Revealed) arbiters[count++] = seats[i].arbiter;
                else if (seats[i].state != SeatState.Recused) {
                    REGISTER.penalise(seats[i].arbiter, penaltyAssets, forfeits);
                }
            }
        }
    }

    function _record(Grievance storage c, Outcome outcome, uint256 paidAssets) private {
        RailStatistics storage statistics = _statistics[c.railId];
        if (outcome == Outcome.Withdrawn) ++statistics.withdrawn;
        else if (outcome == Outcome.Settled) ++statistics.settled;
        else if (outcome == Outcome.Dismissed) ++statistics.dismissed;
        else if (outcome == Outcome.Upheld) ++statistics.upheld;
        else ++statistics.unheard;
        statistics.paidAssets += uint128(paidAssets);
        statistics.openSeconds += uint64(block.timestamp - c.filedAt);
    }

    function _requireSigned(address signer, bytes32 digest, bytes calldata signature) private view {
        if (!SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature)) {
            revert Grievance_WrongSignature(signer);
        }
    }

    /// @dev INV-GRV-4: everything in it was fixed when the case was opened, but the number of an appeal's block.
    function _drawOf(CaseId caseId, Grievance storage c) private view returns (Draw memory draw) {
        GrievanceTerms memory terms = DESK.termsOf(c.termsVersion);
        (draw.caseId, draw.instance) = (caseId, c.instance);
        draw.size = c.instance == 1 ? terms.panelSize : terms.appealPanelSize;
        (draw.leastLevel, draw.requested) = (terms.leastLevel, c.requested);
        (draw.filedAt, draw.drawBlock) = (c.filedAt, c.drawBlock);
        (draw.commitSeconds, draw.revealSeconds) = (terms.commitSeconds, terms.revealSeconds);
        draw.parties = [c.complainant, c.filer, c.respondent];
        draw.topics = new bytes32[](5);
        draw.topics[0] = Topics.account(c.complainant);
        draw.topics[1] = Topics.account(c.filer);
        draw.topics[2] = Topics.account(c.respondent);
        draw.topics[3] = Topics.rail(c.railId);
        draw.topics[4] = c.subjectId;
    }

    function _drawBy(Grievance storage c) private view returns (uint40) {
        GrievanceTerms memory terms = DESK.termsOf(c.termsVersion);
        return c.filedAt + terms.answerSeconds + terms.mediationSeconds + terms.drawSeconds;
    }

    function _openCase(CaseId caseId) private view returns (Grievance storage c) {
        c = _cases[caseId];
        if (c.state == GrievanceState.None) revert Grievance_Unknown(caseId);
        if (c.state == GrievanceState.Closed) revert Grievance_WrongState(caseId, GrievanceState.Closed);
    }

    function _isComplaining(Grievance storage c, address account) private view returns (bool) {
        return account == c.complainant || (account == c.filer && !c.takenOver);
    }

    function _refuse(CaseId caseId, Grievance storage c) private view {
        revert Grievance_WrongState(caseId, c.state);
    }
}
