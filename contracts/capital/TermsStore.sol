// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {FeedId} from "../evidence/IEvidenceRegistry.sol";
import {CodeData} from "./CodeData.sol";
import {FormulaId, ITermsStore, Terms, TermsHash} from "./ITermsStore.sol";
import {PayoutFormula} from "./PayoutFormula.sol";

/// @title Preimages on chain
contract TermsStore is ITermsStore, AccessManaged {
    /// @dev What binding needs, in two slots, so that the mark of withdrawn terms costs it no third; all of the terms are the code of `pointer`: abi.encode(Terms, uint256 mostAssets).
    struct Published {
        // slot 0: 20 + 5 + 4 + 3 = 32 bytes
        address asset;
        uint40 from;
        uint32 waitingSeconds; // below 2^31; the highest bit says that the terms are withdrawn
        uint24 termsIndex;
        // slot 1: 20 + 12 = 32 bytes
        address pointer;
        uint96 mostAssets;
    }

    uint256 internal constant TERMS_VERSION = 1;
    uint256 internal constant MOST_COVER = type(uint96).max;
    uint256 internal constant LEAST_REPORTING_SECONDS = 180 days;
    uint32 internal constant WITHDRAWN = 1 << 31;
    FeedId internal constant ANY_FEED = FeedId.wrap(0);

    bytes32 internal constant TERMS_TYPEHASH = keccak256(
        "Terms(uint8 version,bytes32 feedId,bytes32 formulaId,address asset,uint256 coverAssets,uint40 from,uint40 to,uint8 minEql,uint8 evidence,uint8 readings,uint32 waitingSeconds,uint40 reportingDeadline)"
    );

    mapping(FormulaId => address) private _formulas; // code: header ‖ words
    mapping(TermsHash => Published) private _terms;
    mapping(uint24 termsIndex => address) private _pointers;
    mapping(FeedId => uint256) private _feeds; // number of the block with the event
    uint24 private _lastTermsIndex;
    /// @inheritdoc ITermsStore
    mapping(FormulaId => mapping(FeedId => bool)) public isTemplateWithdrawn;

    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc ITermsStore
    function publishFormula(uint256 header, uint256[] calldata words) external returns (FormulaId formulaId) {
        PayoutFormula.validate(header, words);
        formulaId = PayoutFormula.id(header, words);
        if (_formulas[formulaId] != address(0)) return formulaId;
        _formulas[formulaId] = CodeData.write(abi.encodePacked(header, words));
        emit FormulaPublished(formulaId, header, words);
    }

    /// @inheritdoc ITermsStore
    function publishTerms(Terms calldata terms) external returns (TermsHash termsHash, uint24 termsIndex) {
        termsHash = hashTerms(terms);
        termsIndex = _terms[termsHash].termsIndex;
        if (termsIndex != 0) return (termsHash, termsIndex);

        uint256 mostAssets = _check(terms);
        termsIndex = ++_lastTermsIndex;
        address pointer = CodeData.write(abi.encode(terms, mostAssets));
        _terms[termsHash] = Published({
            asset: terms.asset,
            from: terms.from,
            waitingSeconds: terms.waitingSeconds,
            termsIndex: termsIndex,
            pointer: pointer,
            mostAssets: uint96(mostAssets) // at most the cover
        });
        _pointers[termsIndex] = pointer;
        emit TermsPublished(termsHash, termsIndex, abi.encode(terms));
    }

    /// @inheritdoc ITermsStore
    function publishFeed(bytes calldata specification) external returns (FeedId feedId) {
        if (specification.length == 0) revert Terms_EmptySpecification();
        feedId = FeedId.wrap(keccak256(specification));
        if (_feeds[feedId] != 0) return feedId;
        _feeds[feedId] = block.number;
        emit FeedPublished(feedId, specification);
    }

    /// @inheritdoc ITermsStore
    function withdrawTemplate(FormulaId formulaId, FeedId feedId, bool withdrawn) external restricted {
        isTemplateWithdrawn[formulaId][feedId] = withdrawn;
        emit TemplateWithdrawn(formulaId, feedId, withdrawn);
    }

    /// @inheritdoc ITermsStore
    function enforceTerms(TermsHash termsHash) external returns (bool withdrawn) {
        Published storage published = _known(termsHash);
        (Terms memory terms, ) = _read(published.pointer);
        withdrawn = _isWithdrawn(terms.formulaId, terms.feedId);
        if (withdrawn == (published.waitingSeconds & WITHDRAWN != 0)) return withdrawn;
        published.waitingSeconds ^= WITHDRAWN;
        emit TermsWithdrawn(termsHash, withdrawn);
    }

    /// @inheritdoc ITermsStore
    function isWithdrawn(TermsHash termsHash) external view returns (bool) {
        return _known(termsHash).waitingSeconds & WITHDRAWN != 0;
    }

    /// @inheritdoc ITermsStore
    function formulaOf(FormulaId formulaId) public view returns (uint256 header, uint256[] memory words) {
        address pointer = _formulas[formulaId];
        if (pointer == address(0)) revert Terms_UnknownFormula(formulaId);
        bytes memory code = CodeData.read(pointer);
        // `code` is length | header | words: where the header stood, the array of words finds its length
        assembly ("memory-safe") {
            header := mload(add(code, 32))
            words := add(code, 32)
            mstore(words, sub(div(mload(code), 32), 1))
        }
    }

    /// @inheritdoc ITermsStore
    function feedPublishedIn(FeedId feedId) external view returns (uint256 blockNumber) {
        blockNumber = _feeds[feedId];
        if (blockNumber == 0) revert Terms_UnknownFeed(feedId);
    }

    /// @inheritdoc ITermsStore
    function termsOf(
        TermsHash termsHash
    ) external view returns (Terms memory terms, uint24 termsIndex, uint256 mostAssets) {
        Published storage published = _known(termsHash);
        termsIndex = published.termsIndex;
        (terms, mostAssets) = _read(published.pointer);
    }

    /// @inheritdoc ITermsStore
    function bindingOf(
        TermsHash termsHash
    ) external view returns (uint24 termsIndex, address asset, uint40 from, uint32 waitingSeconds, uint256 mostAssets) {
        Published storage published = _terms[termsHash];
        (asset, from, waitingSeconds) = (published.asset, published.from, published.waitingSeconds);
        (termsIndex, mostAssets) = (published.termsIndex, published.mostAssets);
        if (termsIndex == 0) revert Terms_UnknownTerms(termsHash);
        if (waitingSeconds & WITHDRAWN != 0) revert Terms_Withdrawn(termsHash);
    }

    /// @inheritdoc ITermsStore
    function termsAt(
        uint24 termsIndex
    ) external view returns (Terms memory terms, TermsHash termsHash, uint256 mostAssets) {
        address pointer = _pointers[termsIndex];
        if (pointer == address(0)) revert Terms_UnknownIndex(termsIndex);
        (terms, mostAssets) = abi.decode(CodeData.read(pointer), (Terms, uint256));
        termsHash = hashTerms(terms);
    }

    /// @inheritdoc ITermsStore
    /// @dev All fields are of one word, so that the struct's ABI encoding is its EIP-712 encoding.
    function hashTerms(Terms memory terms) public pure returns (TermsHash) {
        return TermsHash.wrap(keccak256(abi.encode(TERMS_TYPEHASH, terms)));
    }

    function _check(Terms calldata terms) private view returns (uint256 mostAssets) {
        if (terms.version != TERMS_VERSION) revert Terms_WrongVersion(terms.version);
        if (_feeds[terms.feedId] == 0) revert Terms_UnknownFeed(terms.feedId);
        if (terms.asset == address(0)) revert Terms_NoAsset();
        if (terms.coverAssets == 0 || terms.coverAssets > MOST_COVER) {
            revert Terms_CoverOutOfRange(terms.coverAssets, MOST_COVER);
        }
        if (terms.from >= terms.to) revert Terms_EmptyWindow(terms.from, terms.to);
        if (terms.waitingSeconds >= WITHDRAWN) revert Terms_WaitingTooLong(terms.waitingSeconds, WITHDRAWN - 1);
        if (terms.minEql == 0 || terms.minEql > 4) revert Terms_EqlOutOfRange(terms.minEql);
        uint256 earliest = uint256(terms.to) + LEAST_REPORTING_SECONDS;
        if (terms.reportingDeadline < earliest) revert Terms_DeadlineTooEarly(terms.reportingDeadline, earliest);

        (uint256 header, uint256[] memory words) = formulaOf(terms.formulaId);
        mostAssets = PayoutFormula.payout(header, terms.coverAssets, PayoutFormula.mostWad(words));
        if (mostAssets == 0) revert Terms_NeverPays(terms.formulaId, terms.coverAssets);
        if (_isWithdrawn(terms.formulaId, terms.feedId)) revert Terms_TemplateWithdrawn(terms.formulaId, terms.feedId);
    }

    function _isWithdrawn(FormulaId formulaId, FeedId feedId) private view returns (bool) {
        mapping(FeedId => bool) storage withdrawn = isTemplateWithdrawn[formulaId];
        return withdrawn[ANY_FEED] || withdrawn[feedId];
    }

    function _known(TermsHash termsHash) private view returns (Published storage published) {
        published = _terms[termsHash];
        if (published.termsIndex == 0) revert Terms_UnknownTerms(termsHash);
    }

    function _read(address pointer) private view returns (Terms memory terms, uint256 mostAssets) {
        (terms, mostAssets) = abi.decode(CodeData.read(pointer), (Terms, uint256));
    }
}
