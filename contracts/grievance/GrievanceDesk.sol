// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {AepId, AnchorState, IEvidenceRegistry} from "../evidence/IEvidenceRegistry.sol";
import {FieldId, ICompetence} from "../governance/rail/ICompetence.sol";
import {IRailFactory} from "../governance/rail/IRailFactory.sol";
import {Component, ComponentId, IComponentRegistry} from "../registry/IComponentRegistry.sol";
import {GrievanceTerms, GrievanceTermsLib} from "./GrievanceTerms.sol";
import {IGrievanceDesk} from "./IGrievanceDesk.sol";
import {Filing, SubjectKind} from "./IGrievanceRail.sol";
import {Remedies} from "./Remedies.sol";
import {RulingLib} from "./Ruling.sol";

/// @title What can be complained of, under which terms, and at what price
contract GrievanceDesk is IGrievanceDesk, AccessManaged {
    using GrievanceTermsLib for GrievanceTerms;

    /// @dev How often somebody filed in a season of SEASON_SECONDS, and how many open cases of theirs have no bond.
    struct Filer {
        // 4 + 4 + 4 = 12 bytes
        uint32 season;
        uint32 filed;
        uint32 waived;
    }

    uint256 internal constant SEASON_SECONDS = 90 days;
    uint256 internal constant MOST_WAIVED = 3;

    /// @inheritdoc IGrievanceDesk
    // The interface names it, as a function.
    // solhint-disable-next-line const-name-snakecase
    FieldId public constant equityField = FieldId.wrap(keccak256("equity"));

    /// @inheritdoc IGrievanceDesk
    IComponentRegistry public immutable components;
    /// @inheritdoc IGrievanceDesk
    IEvidenceRegistry public immutable evidence;
    /// @inheritdoc IGrievanceDesk
    ICompetence public immutable competence;
    /// @inheritdoc IGrievanceDesk
    IRailFactory public immutable rails;
    uint256 private immutable UNIT;

    /// @inheritdoc IGrievanceDesk
    uint32 public termsVersion;
    mapping(uint32 version => GrievanceTerms) private _terms;
    mapping(address filer => Filer) private _filers;

    /// @param decimals of the token that bonds and claims are in
    constructor(
        address authority,
        IComponentRegistry components_,
        IEvidenceRegistry evidence_,
        ICompetence competence_,
        IRailFactory rails_,
        uint8 decimals,
        GrievanceTerms memory terms
    ) AccessManaged(authority) {
        (components, evidence) = (components_, evidence_);
        (competence, rails) = (competence_, rails_);
        UNIT = 10 ** decimals;
        _setTerms(terms);
    }

    /// @inheritdoc IGrievanceDesk
    function setTerms(GrievanceTerms calldata terms) external restricted returns (uint32 version) {
        return _setTerms(terms);
    }

    /// @inheritdoc IGrievanceDesk
    function admit(
        Filing calldata filing,
        address filer
    ) external restricted returns (uint32 version, uint96 bondAssets, bool waived) {
        version = termsVersion;
        _requireSound(filing, filer, _terms[version].mostClaimAssets);
        (bondAssets, waived) = bondFor(filer);
        Filer storage record = _filers[filer];
        uint32 season = _season();
        if (record.season != season) (record.season, record.filed) = (season, 0);
        ++record.filed;
        if (waived) ++record.waived;
    }

    /// @inheritdoc IGrievanceDesk
    function endWaiver(address filer) external restricted {
        --_filers[filer].waived;
    }

    /// @inheritdoc IGrievanceDesk
    function termsOf(uint32 version) external view returns (GrievanceTerms memory) {
        if (version == 0 || version > termsVersion) revert Desk_UnknownTerms(version);
        return _terms[version];
    }

    /// @inheritdoc IGrievanceDesk
    function bondFor(address filer) public view returns (uint96 bondAssets, bool waived) {
        Filer storage record = _filers[filer];
        waived = record.waived < MOST_WAIVED && competence.levelAt(filer, equityField, block.timestamp - 1) != 0;
        if (waived) return (0, true);
        uint96 filed = record.season == _season() ? record.filed : 0;
        bondAssets = _terms[termsVersion].bondAssets * (filed + 1);
    }

    function _setTerms(GrievanceTerms memory terms) private returns (uint32 version) {
        terms.requireSound(UNIT);
        version = ++termsVersion;
        _terms[version] = terms;
        emit TermsSet(version, terms);
    }

    function _requireSound(Filing calldata filing, address filer, uint96 mostClaimAssets) private view {
        (address complainant, address respondent) = (filing.complainant, filing.respondent);
        if (complainant == address(0) || respondent == address(0)) revert Desk_NoParty();
        // a respondent who files against itself for somebody would hold both ends
        if (complainant == respondent || filer == respondent) revert Desk_SameParty(respondent);
        if (filing.claimHash == 0) revert Desk_NoClaim();
        if (filing.claimedAssets > mostClaimAssets) revert Desk_ClaimTooHigh(filing.claimedAssets, mostClaimAssets);
        if (filing.railId > rails.railCount()) revert Desk_UnknownRail(filing.railId);
        (SubjectKind kind, uint8 remedies) = (filing.subjectKind, filing.remedies);
        uint8 possible = Remedies.APOLOGY;
        if (kind == SubjectKind.Component) possible |= Remedies.SUSPENSION | Remedies.DELISTING;
        if (kind == SubjectKind.Aep) possible |= Remedies.CORRECTION;
        if (remedies & ~possible != 0 || !RulingLib.areRemediesSound(remedies)) {
            revert Desk_UnsoundRemedies(remedies, kind);
        }
        _requireKnown(kind, filing.subjectId, respondent);
    }

    /// @dev Of feeds and policies, which no remedy touches, the number is taken as it is.
    function _requireKnown(SubjectKind kind, bytes32 subjectId, address respondent) private view {
        if ((kind == SubjectKind.None) != (subjectId == 0)) revert Desk_UnknownSubject(subjectId);
        if (kind == SubjectKind.Component) {
            Component memory component = components.componentOf(ComponentId.wrap(subjectId));
            if (respondent != component.publisher && respondent != component.maintainer) {
                revert Desk_NotResponsible(subjectId, respondent);
            }
        } else if (kind == SubjectKind.Aep) {
            if (evidence.stateOf(AepId.wrap(subjectId)) == AnchorState.None) revert Desk_UnknownSubject(subjectId);
        }
    }

    function _season() private view returns (uint32) {
        return uint32(block.timestamp / SEASON_SECONDS);
    }
}
