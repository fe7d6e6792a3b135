// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {FeedId} from "../evidence/IEvidenceRegistry.sol";

/// @notice keccak256(header ‖ words) of a payout formula.
type FormulaId is bytes32;

/// @notice EIP-712 struct hash of Terms.
type TermsHash is bytes32;

/// @notice Whether evidence flagged provisional pays.
enum EvidenceGrade {
    Final,
    Provisional
}

/// @notice Which readings pay: of the cover's whole window, or of any window inside it.
enum Readings {
    Whole,
    Any
}

// The order is that of the EIP-712 type, not of packing: it is never kept in storage.
// solhint-disable-next-line gas-struct-packing
struct Terms {
    uint8 version; // 1
    FeedId feedId;
    FormulaId formulaId;
    address asset;
    uint256 coverAssets; // 1…2^96 − 1
    uint40 from; // unix seconds, inclusive
    uint40 to; // unix seconds, exclusive
    uint8 minEql; // 1…4
    EvidenceGrade evidence;
    Readings readings;
    uint32 waitingSeconds; // least time between bind and `from`; below 2^31
    uint40 reportingDeadline; // >= to + 180 days
}

/// @title Preimages on chain: a stranger needs nothing but the chain to read what was promised
/// @notice Content-addressed and permissionless: publishing twice changes nothing, and nothing published ever changes.
/// Formulas and terms are stored as contract code, feed specifications in an event. What can change is whether published terms
/// may still be bound.
/// @dev What no contract can check is left to whoever signs a quote: that the feed is one that operators serve, and that its
/// decimals are the formula's xDecimals. A malformed formula reverts with an error of PayoutFormula.
interface ITermsStore {
    /// @param header `uint8 version = 1 | uint8 rounding (0 down, 1 up) | uint8 xDecimals | zeros`, first field in the most
    /// significant bits
    event FormulaPublished(FormulaId indexed formulaId, uint256 header, uint256[] words);
    /// @param terms abi.encode(Terms)
    event TermsPublished(TermsHash indexed termsHash, uint24 indexed termsIndex, bytes terms);
    event FeedPublished(FeedId indexed feedId, bytes specification);
    /// @param feedId 0: with any feed
    event TemplateWithdrawn(FormulaId indexed formulaId, FeedId indexed feedId, bool withdrawn);
    event TermsWithdrawn(TermsHash indexed termsHash, bool withdrawn);

    error Terms_UnknownFormula(FormulaId formulaId);
    error Terms_UnknownTerms(TermsHash termsHash);
    error Terms_UnknownIndex(uint256 termsIndex);
    error Terms_UnknownFeed(FeedId feedId);
    error Terms_WrongVersion(uint256 version);
    error Terms_NoAsset();
    error Terms_CoverOutOfRange(uint256 coverAssets, uint256 most);
    error Terms_EmptyWindow(uint256 from, uint256 to);
    error Terms_EqlOutOfRange(uint256 minEql);
    error Terms_DeadlineTooEarly(uint256 reportingDeadline, uint256 earliest);
    error Terms_NeverPays(FormulaId formulaId, uint256 coverAssets);
    error Terms_EmptySpecification();
    error Terms_WaitingTooLong(uint256 waitingSeconds, uint256 most);
    error Terms_TemplateWithdrawn(FormulaId formulaId, FeedId feedId);
    error Terms_Withdrawn(TermsHash termsHash);

    function publishFormula(uint256 header, uint256[] calldata words) external returns (FormulaId);

    /// @notice Checks what a contract can: version, window, level, deadline, asset, cover; that formula and feed specification
    /// have been published, so that everything the terms name can be read from the chain; that some value pays, and that
    /// their template is not withdrawn.
    /// `termsIndex` counts from 1, in order of publication.
    function publishTerms(Terms calldata terms) external returns (TermsHash termsHash, uint24 termsIndex);

    /// @param specification RFC 8785 form of the feed specification, UTF-8
    function publishFeed(bytes calldata specification) external returns (FeedId);

    /// @notice Says whether a formula, with one feed or (0) with any, may still be bound. TEMPLATES role. No terms can be published
    /// under a withdrawn template; those that were follow by `enforceTerms`. Bound policies are untouched.
    function withdrawTemplate(FormulaId formulaId, FeedId feedId, bool withdrawn) external;

    /// @notice Brings published terms in line with their template: withdrawn ones bind no policy. Anyone may; twice changes nothing.
    function enforceTerms(TermsHash termsHash) external returns (bool withdrawn);

    /// @param feedId 0: with any feed
    function isTemplateWithdrawn(FormulaId formulaId, FeedId feedId) external view returns (bool);

    /// @notice Whether terms bind no policy any more. Reverts with Terms_UnknownTerms.
    function isWithdrawn(TermsHash termsHash) external view returns (bool);

    function formulaOf(FormulaId formulaId) external view returns (uint256 header, uint256[] memory words);

    /// @notice The block whose FeedPublished event holds the specification. Reverts with Terms_UnknownFeed.
    function feedPublishedIn(FeedId feedId) external view returns (uint256 blockNumber);

    /// @dev `mostAssets`: the most these terms can ever pay, to the unit: the cover times the formula's largest fraction,
    /// rounded as the formula rounds
    function termsOf(
        TermsHash termsHash
    ) external view returns (Terms memory terms, uint24 termsIndex, uint256 mostAssets);

    /// @notice What a policy book needs of terms when it binds. Reverts with Terms_Withdrawn.
    function bindingOf(
        TermsHash termsHash
    ) external view returns (uint24 termsIndex, address asset, uint40 from, uint32 waitingSeconds, uint256 mostAssets);

    function termsAt(
        uint24 termsIndex
    ) external view returns (Terms memory terms, TermsHash termsHash, uint256 mostAssets);

    function hashTerms(Terms calldata terms) external pure returns (TermsHash);
}
