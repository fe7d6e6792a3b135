// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AepId, FeedId, IEvidenceRegistry} from "../evidence/IEvidenceRegistry.sol";
import {FormulaId, ITermsStore, TermsHash} from "./ITermsStore.sol";

/// @notice ERC-721 token id: `address pool | uint96 nonce`, so that a nonce binds once and a policy names its pool.
type PolicyId is uint256;

enum PolicyStatus {
    None,
    Active,
    Paid, // all that the formula can ever pay has been paid, or final evidence closed it after a payment
    Zero, // closed on final evidence, nothing ever paid
    Lapsed, // closed without evidence of its window, after the reporting deadline
    Cancelled // the nonce was withdrawn before anyone bound it
}

struct Quote {
    TermsHash termsHash;
    address holder;
    uint256 premium; // assets
    address pool;
    uint96 nonce; // unique within the pool
    uint40 expiry; // unix seconds, inclusive; one that falls into a pause moves behind it
}

/// @notice In storage one word: 96 + 96 + 32 + 24 + 8 bits. The holder is the ERC-721 owner.
struct Policy {
    uint96 paidAssets; // <= the most its terms can pay; grows only
    uint96 premiumAssets;
    uint32 pausedSecondsAtBind; // of book and registry together
    uint24 termsIndex;
    PolicyStatus status;
}

/// @title Parametric cover
/// @notice An underwriter of a pool signs a Quote (EIP-712, domain ("Nexus Policy", "1", chainid, this)):
/// `Quote(bytes32 termsHash,address holder,uint256 premium,address pool,uint96 nonce,uint40 expiry)`. The policy then pays by
/// formula on anchored evidence, to whoever owns its token then; whoever calls, and in whatever order, it pays the same.
///
/// Evidence *qualifies* for a policy when it is of the terms' feed, at least of their EQL, not provisional unless they allow it,
/// and of the cover's window (or, where the terms say any reading, of a window inside it). It *pays* when it also is final or
/// upheld.
/// @dev Assumes a registry that never changes the value, window, level or flags of an anchor, and whose Final, Upheld and Void
/// never change. A pause stops bind, settle, lapse and release for at most 72 hours, and moves every deadline by as much;
/// holding is never paused, nor is withdrawing a quote. Only the last moment to bind a cover stays: its window does not wait.
interface IPolicyBook {
    event PolicyBound(
        PolicyId indexed policyId,
        TermsHash indexed termsHash,
        address indexed holder,
        address pool,
        uint256 premiumAssets,
        uint256 mostAssets
    );
    /// @param paidAssets what this settlement paid; 0 when final evidence pays nothing more
    event Settled(
        PolicyId indexed policyId,
        AepId indexed aepId,
        address indexed paidTo,
        FormulaId formulaId,
        int64 value,
        uint64 payoutWad,
        uint256 paidAssets
    );
    event PolicyClosed(PolicyId indexed policyId, PolicyStatus status, uint256 releasedAssets);
    event PolicyHeld(PolicyId indexed policyId, AepId indexed aepId, address indexed by);
    event PolicyReleased(PolicyId indexed policyId, AepId indexed aepId);
    event NonceCancelled(address indexed pool, uint96 indexed nonce, PolicyId indexed policyId);
    event PoolListed(address indexed pool);

    error Policies_UnknownPool(address pool);
    error Policies_ForeignPool(address pool, address book);
    error Policies_QuoteExpired(uint256 expiry, uint256 timestamp);
    error Policies_NonceUsed(address pool, uint96 nonce, PolicyStatus status);
    error Policies_NotUnderwriter(address pool, address account);
    error Policies_BadSignature(address underwriter);
    error Policies_TooLate(uint256 from, uint256 earliest);
    error Policies_WrongAsset(address asset, address poolAsset);
    error Policies_PremiumTooLarge(uint256 premium, uint256 most);
    error Policies_NotActive(PolicyId policyId, PolicyStatus status);
    error Policies_EvidenceNotFinal(AepId aepId, uint8 state);
    error Policies_WrongFeed(AepId aepId, FeedId feedId, FeedId expected);
    error Policies_WrongWindow(AepId aepId, uint256 from, uint256 to);
    error Policies_EqlTooLow(AepId aepId, uint256 eql, uint256 least);
    error Policies_Provisional(AepId aepId);
    error Policies_NothingDue(PolicyId policyId, uint256 dueAssets, uint256 paidAssets);
    error Policies_TooEarly(PolicyId policyId, uint256 deadline, uint256 timestamp);
    error Policies_Held(PolicyId policyId, uint256 openHolds);
    error Policies_NotOpen(AepId aepId, uint8 state);
    error Policies_StillOpen(AepId aepId, uint8 state);
    error Policies_AlreadyHeld(PolicyId policyId, AepId aepId);
    error Policies_NotHeld(PolicyId policyId, AepId aepId);

    /// @notice Takes the premium from the caller, mints the policy to the quote's holder, locks the most it can pay.
    /// @param underwriter whose signature it is: an account, or a contract by ERC-1271
    /// @dev The holder is not asked (no `onERC721Received`): it need not know what a token is in order to be paid, and no
    /// foreign code runs in the middle of binding.
    function bind(Quote calldata quote, address underwriter, bytes calldata signature) external returns (PolicyId);

    /// @notice Pays what `aepId` makes due less what was paid. Reverts, changing nothing, when that is nothing. Closes the
    /// policy when all it can ever pay is paid.
    function settle(PolicyId policyId, AepId aepId) external returns (uint256 paidAssets);

    /// @notice Closes on final, non-provisional evidence of the cover's own window, after settling it (even with 0).
    /// @dev What other final evidence makes due must be settled before; what open evidence could make due is kept by `hold`.
    function lapse(PolicyId policyId, AepId aepId) external returns (uint256 paidAssets);

    /// @notice Closes without evidence, not before the reporting deadline and all pauses since bind have passed.
    function lapse(PolicyId policyId) external;

    /// @notice Keeps a policy from lapsing, and its proportion of capital from leaving, while qualifying evidence is open
    /// (anchored or disputed). Anyone may; never paused.
    function hold(PolicyId policyId, AepId aepId) external;

    /// @notice Ends a hold whose evidence is no longer open, settling first what it makes due: nobody can leave in between.
    /// Anyone may.
    function release(PolicyId policyId, AepId aepId) external returns (uint256 paidAssets);

    /// @notice An underwriter of the pool withdraws a nonce that nobody has bound.
    function cancelNonce(address pool, uint96 nonce) external;

    /// @notice Restricted: lets a pool's underwriters write policies here.
    function listPool(address pool) external;

    function registry() external view returns (IEvidenceRegistry);

    function termsStore() external view returns (ITermsStore);

    /// @notice The asset of a listed pool; zero for a pool that is not listed.
    function assetOf(address pool) external view returns (address asset);

    function policyOf(PolicyId policyId) external view returns (Policy memory);

    function poolOf(PolicyId policyId) external pure returns (address);

    function policyIdOf(address pool, uint96 nonce) external pure returns (PolicyId);

    function openHoldsOf(PolicyId policyId) external view returns (uint256);

    function isHeldBy(PolicyId policyId, AepId aepId) external view returns (bool);

    /// @notice When `lapse` without evidence becomes possible, as far as is known now: pauses move it.
    function lapsesAt(PolicyId policyId) external view returns (uint256);

    /// @notice Seconds of all pauses so far, of this book and of the registry, both counted where they overlap.
    function allPausedSeconds() external view returns (uint40);

    function quoteDigest(Quote calldata quote) external view returns (bytes32);
}
