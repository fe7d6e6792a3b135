// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {AepId, Anchor, AnchorFlags, AnchorState, FeedId, IEvidenceRegistry} from "../evidence/IEvidenceRegistry.sol";
import {ExpiringPause} from "../safety/ExpiringPause.sol";
import {IExpiringPause} from "../safety/IExpiringPause.sol";
import {IPolicyBook, Policy, PolicyId, PolicyStatus, Quote} from "./IPolicyBook.sol";
import {IRiskPool} from "./IRiskPool.sol";
import {EvidenceGrade, ITermsStore, Readings, Terms, TermsHash} from "./ITermsStore.sol";
import {PayoutFormula} from "./PayoutFormula.sol";

/// @title Parametric cover
/// @dev Every function that calls another contract is non-reentrant here, and the pool guards itself.
contract PolicyBook is IPolicyBook, ERC721, EIP712, ExpiringPause, ReentrancyGuardTransient {
    /// @dev A policy with its terms, in memory.
    struct Cover {
        PolicyId policyId;
        Policy policy;
        Terms terms;
        uint256 mostAssets;
    }

    /// @dev Evidence, and what it makes due in all.
    struct Reading {
        AepId aepId;
        Anchor anchor;
        uint256 payoutWad;
        uint256 dueAssets;
    }

    bytes32 internal constant QUOTE_TYPEHASH = keccak256(
        "Quote(bytes32 termsHash,address holder,uint256 premium,address pool,uint96 nonce,uint40 expiry)"
    );
    uint256 internal constant MOST_PREMIUM = type(uint96).max;

    /// @inheritdoc IPolicyBook
    IEvidenceRegistry public immutable registry;
    /// @inheritdoc IPolicyBook
    ITermsStore public immutable termsStore;

    mapping(PolicyId policyId => Policy) private _policies;
    /// @inheritdoc IPolicyBook
    mapping(PolicyId policyId => uint256) public openHoldsOf;
    /// @inheritdoc IPolicyBook
    mapping(PolicyId policyId => mapping(AepId aepId => bool)) public isHeldBy;
    /// @inheritdoc IPolicyBook
    mapping(address pool => address asset) public assetOf;

    constructor(
        address authority,
        IEvidenceRegistry registry_,
        ITermsStore termsStore_
    ) ERC721("Nexus Policy", "NXP") EIP712("Nexus Policy", "1") AccessManaged(authority) {
        registry = registry_;
        termsStore = termsStore_;
    }

    /// @inheritdoc IPolicyBook
    function bind(
        Quote calldata quote,
        address underwriter,
        bytes calldata signature
    ) external nonReentrant whenNotPaused returns (PolicyId policyId) {
        policyId = _checkQuote(quote, underwriter, signature);
        (uint24 termsIndex, uint256 mostAssets) = _checkTerms(quote.termsHash, assetOf[quote.pool]);
        _policies[policyId] = Policy({
            paidAssets: 0,
            premiumAssets: uint96(quote.premium), // checked above
            pausedSecondsAtBind: uint32(allPausedSeconds()), // 136 years of pauses
            termsIndex: termsIndex,
            status: PolicyStatus.Active
        });
        _mint(quote.holder, PolicyId.unwrap(policyId));
        emit PolicyBound(policyId, quote.termsHash, quote.holder, quote.pool, quote.premium, mostAssets);
        IRiskPool(quote.pool).lock(PolicyId.unwrap(policyId), underwriter, _msgSender(), quote.premium, mostAssets);
    }

    /// @inheritdoc IPolicyBook
    function settle(PolicyId policyId, AepId aepId) external nonReentrant whenNotPaused returns (uint256 paidAssets) {
        Cover memory cover = _activeCover(policyId);
        Reading memory reading = _readFinal(cover.terms, aepId);
        if (reading.dueAssets <= cover.policy.paidAssets) {
            revert Policies_NothingDue(policyId, reading.dueAssets, cover.policy.paidAssets);
        }
        paidAssets = _pay(cover, reading);
    }

    /// @inheritdoc IPolicyBook
    function lapse(PolicyId policyId, AepId aepId) external nonReentrant whenNotPaused returns (uint256 paidAssets) {
        Cover memory cover = _activeCover(policyId);
        _requireNotHeld(policyId);
        Reading memory reading = _readFinal(cover.terms, aepId);
        Anchor memory anchor = reading.anchor;
        if (anchor.from != cover.terms.from || anchor.to != cover.terms.to) {
            revert Policies_WrongWindow(aepId, anchor.from, anchor.to);
        }
        if (_isProvisional(anchor)) revert Policies_Provisional(aepId);

        paidAssets = _pay(cover, reading);
        if (cover.policy.status == PolicyStatus.Active) {
            _close(cover, cover.policy.paidAssets == 0 ? PolicyStatus.Zero : PolicyStatus.Paid);
        }
    }

    /// @inheritdoc IPolicyBook
    function lapse(PolicyId policyId) external nonReentrant whenNotPaused {
        Cover memory cover = _activeCover(policyId);
        _requireNotHeld(policyId);
        uint256 deadline = _lapsesAt(cover);
        if (block.timestamp < deadline) revert Policies_TooEarly(policyId, deadline, block.timestamp);
        _close(cover, PolicyStatus.Lapsed);
    }

    /// @inheritdoc IPolicyBook
    /// @dev Nobody can lengthen anything that another call walks through: a hold is a flag and a count, and evidence to hold
    /// on exists only where a quorum signed it.
    function hold(PolicyId policyId, AepId aepId) external nonReentrant {
        Cover memory cover = _activeCover(policyId);
        if (isHeldBy[policyId][aepId]) revert Policies_AlreadyHeld(policyId, aepId);
        (, AnchorState state) = _qualifyingAnchor(cover.terms, aepId);
        if (!_isOpen(state)) revert Policies_NotOpen(aepId, uint8(state));

        isHeldBy[policyId][aepId] = true;
        uint256 openHolds = ++openHoldsOf[policyId];
        emit PolicyHeld(policyId, aepId, _msgSender());
        if (openHolds == 1) _expose(policyId, _remaining(cover), true);
    }

    /// @inheritdoc IPolicyBook
    function release(PolicyId policyId, AepId aepId) external nonReentrant whenNotPaused returns (uint256 paidAssets) {
        if (!isHeldBy[policyId][aepId]) revert Policies_NotHeld(policyId, aepId);
        (, Anchor memory anchor, AnchorState state) = registry.evidenceOf(aepId);
        if (_isOpen(state)) revert Policies_StillOpen(aepId, uint8(state));

        Cover memory cover = _coverOf(policyId);
        // settled while the hold still counts, so that what is paid leaves the exposed capital too
        if (cover.policy.status == PolicyStatus.Active && _isFinal(state)) {
            Reading memory reading = _read(cover.terms, aepId, anchor);
            if (reading.dueAssets > cover.policy.paidAssets) paidAssets = _pay(cover, reading);
        }
        isHeldBy[policyId][aepId] = false;
        uint256 openHolds = --openHoldsOf[policyId];
        emit PolicyReleased(policyId, aepId);
        // a closed policy has nothing locked and hence nothing exposed
        if (openHolds == 0 && cover.policy.status == PolicyStatus.Active) {
            _expose(policyId, _remaining(cover), false);
        }
    }

    /// @inheritdoc IPolicyBook
    function cancelNonce(address pool, uint96 nonce) external {
        if (assetOf[pool] == address(0)) revert Policies_UnknownPool(pool);
        if (!IRiskPool(pool).isUnderwriter(_msgSender())) revert Policies_NotUnderwriter(pool, _msgSender());
        PolicyId policyId = policyIdOf(pool, nonce);
        PolicyStatus status = _policies[policyId].status;
        if (status != PolicyStatus.None) revert Policies_NonceUsed(pool, nonce, status);
        _policies[policyId].status = PolicyStatus.Cancelled;
        emit NonceCancelled(pool, nonce, policyId);
    }

    /// @inheritdoc IPolicyBook
    function listPool(address pool) external restricted {
        address itsBook = IRiskPool(pool).book();
        if (itsBook != address(this)) revert Policies_ForeignPool(pool, itsBook);
        assetOf[pool] = IRiskPool(pool).asset();
        emit PoolListed(pool);
    }

    /// @inheritdoc IPolicyBook
    function policyOf(PolicyId policyId) external view returns (Policy memory) {
        return _policies[policyId];
    }

    /// @inheritdoc IPolicyBook
    function lapsesAt(PolicyId policyId) external view returns (uint256) {
        return _lapsesAt(_activeCover(policyId));
    }

    /// @inheritdoc IPolicyBook
    function allPausedSeconds() public view returns (uint40) {
        return pausedSeconds() + IExpiringPause(address(registry)).pausedSeconds();
    }

    /// @inheritdoc IPolicyBook
    function poolOf(PolicyId policyId) public pure returns (address) {
        return address(uint160(PolicyId.unwrap(policyId) >> 96));
    }

    /// @inheritdoc IPolicyBook
    function policyIdOf(address pool, uint96 nonce) public pure returns (PolicyId) {
        return PolicyId.wrap((uint256(uint160(pool)) << 96) | nonce);
    }

    /// @inheritdoc IPolicyBook
    /// @dev All fields are of one word, so that the struct's ABI encoding is its EIP-712 encoding.
    function quoteDigest(Quote calldata quote) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(QUOTE_TYPEHASH, quote)));
    }

    function _checkQuote(
        Quote calldata quote,
        address underwriter,
        bytes calldata signature
    ) internal view returns (PolicyId policyId) {
        if (assetOf[quote.pool] == address(0)) revert Policies_UnknownPool(quote.pool);
        if (block.timestamp > quote.expiry) _requireExtended(quote.expiry);
        if (quote.premium > MOST_PREMIUM) revert Policies_PremiumTooLarge(quote.premium, MOST_PREMIUM);
        policyId = policyIdOf(quote.pool, quote.nonce);
        PolicyStatus status = _policies[policyId].status;
        if (status != PolicyStatus.None) revert Policies_NonceUsed(quote.pool, quote.nonce, status);
        bytes32 digest = quoteDigest(quote);
        // the account's own key first: cheaper, and right for accounts that also have code (EIP-7702)
        (address signer, ECDSA.RecoverError err, ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (err == ECDSA.RecoverError.NoError && signer == underwriter) return policyId;
        if (!SignatureChecker.isValidERC1271SignatureNowCalldata(underwriter, digest, signature)) {
            revert Policies_BadSignature(underwriter);
        }
    }

    /// @dev Whoever signed the quote can withdraw it during the pause too, so the longer life binds nobody against their will.
    function _requireExtended(uint256 expiry) internal view {
        uint256 extended = _movedByPause(expiry);
        if (block.timestamp > extended) revert Policies_QuoteExpired(extended, block.timestamp);
    }

    function _checkTerms(
        TermsHash termsHash,
        address poolAsset
    ) internal view returns (uint24 termsIndex, uint256 mostAssets) {
        address asset;
        uint256 from;
        uint256 waitingSeconds;
        (termsIndex, asset, from, waitingSeconds, mostAssets) = termsStore.bindingOf(termsHash);
        uint256 earliest = block.timestamp + waitingSeconds;
        if (from < earliest) revert Policies_TooLate(from, earliest);
        if (asset != poolAsset) revert Policies_WrongAsset(asset, poolAsset);
    }

    function _coverOf(PolicyId policyId) internal view returns (Cover memory cover) {
        cover.policyId = policyId;
        cover.policy = _policies[policyId];
        (cover.terms, , cover.mostAssets) = termsStore.termsAt(cover.policy.termsIndex);
    }

    function _activeCover(PolicyId policyId) internal view returns (Cover memory) {
        PolicyStatus status = _policies[policyId].status;
        if (status != PolicyStatus.Active) revert Policies_NotActive(policyId, status);
        return _coverOf(policyId);
    }

    function _requireNotHeld(PolicyId policyId) internal view {
        uint256 openHolds = openHoldsOf[policyId];
        if (openHolds != 0) revert Policies_Held(policyId, openHolds);
    }

    function _lapsesAt(Cover memory cover) internal view returns (uint256) {
        return uint256(cover.terms.reportingDeadline) + (allPausedSeconds() - cover.policy.pausedSecondsAtBind);
    }

    function _remaining(Cover memory cover) internal pure returns (uint256) {
        return cover.mostAssets - cover.policy.paidAssets;
    }

    function _isOpen(AnchorState state) internal pure returns (bool) {
        return state == AnchorState.Anchored || state == AnchorState.Disputed;
    }

    function _isFinal(AnchorState state) internal pure returns (bool) {
        return state == AnchorState.Final || state == AnchorState.Upheld;
    }

    function _isProvisional(Anchor memory anchor) internal pure returns (bool) {
        return anchor.flags & AnchorFlags.PROVISIONAL != 0;
    }

    function _qualifyingAnchor(
        Terms memory terms,
        AepId aepId
    ) internal view returns (Anchor memory anchor, AnchorState state) {
        FeedId feedId;
        (feedId, anchor, state) = registry.evidenceOf(aepId);
        if (FeedId.unwrap(feedId) != FeedId.unwrap(terms.feedId)) {
            revert Policies_WrongFeed(aepId, feedId, terms.feedId);
        }
        bool windowFits =
            terms.readings == Readings.Any
                ? anchor.from >= terms.from && anchor.to <= terms.to
                : anchor.from == terms.from && anchor.to == terms.to;
        if (!windowFits) revert Policies_WrongWindow(aepId, anchor.from, anchor.to);
        if (anchor.eql < terms.minEql) revert Policies_EqlTooLow(aepId, anchor.eql, terms.minEql);
        if (terms.evidence == EvidenceGrade.Final && _isProvisional(anchor)) revert Policies_Provisional(aepId);
    }

    function _readFinal(Terms memory terms, AepId aepId) internal view returns (Reading memory) {
        (Anchor memory anchor, AnchorState state) = _qualifyingAnchor(terms, aepId);
        if (!_isFinal(state)) revert Policies_EvidenceNotFinal(aepId, uint8(state));
        return _read(terms, aepId, anchor);
    }

    function _read(
        Terms memory terms,
        AepId aepId,
        Anchor memory anchor
    ) internal view returns (Reading memory reading) {
        (uint256 header, uint256[] memory words) = termsStore.formulaOf(terms.formulaId);
        reading.aepId = aepId;
        reading.anchor = anchor;
        reading.payoutWad = PayoutFormula.payoutWad(header, words, anchor.value);
        reading.dueAssets = PayoutFormula.payout(header, terms.coverAssets, reading.payoutWad);
    }

    /// @dev INV-CAP-3: pays up to what is due in all, so that any order of evidence pays the largest due of it. Brings
    /// `cover.policy` up to date in memory too. The pool's transfer comes last.
    function _pay(Cover memory cover, Reading memory reading) internal returns (uint256 paidAssets) {
        PolicyId policyId = cover.policyId;
        uint256 before = cover.policy.paidAssets;
        if (reading.dueAssets > before) paidAssets = reading.dueAssets - before;
        address paidTo = ownerOf(PolicyId.unwrap(policyId));
        emit Settled(
            policyId,
            reading.aepId,
            paidTo,
            cover.terms.formulaId,
            reading.anchor.value,
            uint64(reading.payoutWad), // at most 1e18
            paidAssets
        );
        if (paidAssets == 0) return 0;

        cover.policy.paidAssets = uint96(reading.dueAssets); // at most mostAssets, which is within 96 bits
        if (openHoldsOf[policyId] != 0) _expose(policyId, paidAssets, false);
        if (_remaining(cover) == 0) _close(cover, PolicyStatus.Paid);
        else _policies[policyId] = cover.policy;
        IRiskPool(poolOf(policyId)).pay(PolicyId.unwrap(policyId), paidTo, paidAssets);
    }

    function _close(Cover memory cover, PolicyStatus status) internal {
        PolicyId policyId = cover.policyId;
        uint256 released = _remaining(cover);
        cover.policy.status = status;
        _policies[policyId] = cover.policy;
        emit PolicyClosed(policyId, status, released);
        IRiskPool(poolOf(policyId)).close(PolicyId.unwrap(policyId), released, cover.policy.premiumAssets);
    }

    function _expose(PolicyId policyId, uint256 assets, bool exposed) internal {
        IRiskPool(poolOf(policyId)).expose(PolicyId.unwrap(policyId), assets, exposed);
    }
}
