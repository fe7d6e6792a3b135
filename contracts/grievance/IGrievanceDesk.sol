// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IEvidenceRegistry} from "../evidence/IEvidenceRegistry.sol";
import {FieldId, ICompetence} from "../governance/rail/ICompetence.sol";
import {IRailFactory} from "../governance/rail/IRailFactory.sol";
import {IComponentRegistry} from "../registry/IComponentRegistry.sol";
import {GrievanceTerms} from "./GrievanceTerms.sol";
import {Filing, SubjectKind} from "./IGrievanceRail.sol";

/// @title What can be complained of, under which terms, and at what price
/// @notice Keeps the terms that cases are opened under, each version for good, and says whether a filing is one. The n-th case that
/// somebody opens in a season costs n bonds; holders of a credential of the field `equity` pay none for MOST_WAIVED open cases at a
/// time.
interface IGrievanceDesk {
    event TermsSet(uint32 indexed version, GrievanceTerms terms);

    error Desk_UnknownTerms(uint32 version);
    error Desk_NoParty();
    error Desk_SameParty(address party);
    error Desk_NoClaim();
    error Desk_ClaimTooHigh(uint256 claimedAssets, uint256 most);
    error Desk_UnsoundRemedies(uint8 remedies, SubjectKind subjectKind);
    error Desk_UnknownRail(uint64 railId);
    error Desk_UnknownSubject(bytes32 subjectId);
    error Desk_NotResponsible(bytes32 componentId, address respondent);

    /// @notice Restricted. The terms of cases that are opened from now on.
    function setTerms(GrievanceTerms calldata terms) external returns (uint32 version);

    /// @notice Restricted: a case is opened. Reverts unless the filing is sound.
    /// @dev A component's remedies are asked of its publisher or maintainer: nobody is tried for another.
    function admit(
        Filing calldata filing,
        address filer
    ) external returns (uint32 version, uint96 bondAssets, bool waived);

    /// @notice Restricted: a case that had no bond is closed.
    function endWaiver(address filer) external;

    /// @notice What somebody's next case costs now.
    function bondFor(address filer) external view returns (uint96 bondAssets, bool waived);

    function termsOf(uint32 version) external view returns (GrievanceTerms memory);

    function termsVersion() external view returns (uint32);

    function equityField() external pure returns (FieldId);

    function components() external view returns (IComponentRegistry);

    function evidence() external view returns (IEvidenceRegistry);

    function competence() external view returns (ICompetence);

    function rails() external view returns (IRailFactory);
}
