// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AepId} from "../evidence/IEvidenceRegistry.sol";
import {FormulaId, TermsHash} from "./ITermsStore.sol";

/// @notice ERC-721 token id: `address pool | uint96 nonce`, so that a nonce binds once and a policy names its pool.
type PolicyId is uint256;

enum PolicyStatus {
    None,
    Active,
    Paid, // all that the formula can ever pay has been paid, or final evidence closed it after a payment
    Zero, // closed on final evidence that paid nothing
    Lapsed, // closed without evidence, after the reporting deadline
    Cancelled // the nonce was withdrawn before anyone bound it
}

struct Quote {
    TermsHash termsHash;
    address holder;
    uint256 premium; // assets
    address pool;
    uint96 nonce; // unique within the pool
    uint40 expiry; // unix seconds, inclusive
}

/// @notice In storage one word: paidAssets | premiumAssets | pausedSecondsAtBind | termsIndex | status (96 + 96 + 32 + 24 + 8).
struct Policy {
    uint96 paidAssets; // <= the most its terms can pay; grows only
    uint96 premiumAssets;
    uint32 pausedSecondsAtBind;
    uint24 termsIndex;
    PolicyStatus status;
}

/// @title Parametric cover
/// @notice An underwriter of a pool signs a Quote (EIP-712, domain ("Nexus Policy", "1", chainid, this)):
/// `Quote(bytes32 termsHash,address holder,uint256 premium,address pool,uint96 nonce,uint40 expiry)`. The policy then pays by
/// formula on anchored evidence; whoever calls, and in whatever order, it pays the same.
interface IPolicyBook {
    event PolicyBound(
        PolicyId indexed policyId,
        TermsHash indexed termsHash,
        address indexed holder,
        address pool,
        uint256 premiumAssets,
        uint256 mostAssets
    );
    /// @param paidAssets what this settlement paid; 0 when final evidence pays nothing
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
    error Policies_QuoteExpired(uint256 expiry, uint256 timestamp);
    error Policies_NonceUsed(address pool, uint96 nonce, PolicyStatus status);
    error Policies_NotUnderwriter(address pool, address signer);
    error Policies_BadSignature(address signer);
    error Policies_TooLate(uint256 from, uint256 earliest);
    error Policies_WrongAsset(address asset, address poolAsset);
    error Policies_AmountTooLarge(uint256 assets);
    error Policies_NotActive(PolicyId policyId, PolicyStatus status);
    error Policies_EvidenceNotFinal(AepId aepId, uint8 state);
    error Policies_WrongFeed(AepId aepId, bytes32 feedId, bytes32 expected);
    error Policies_WrongWindow(AepId aepId, uint256 from, uint256 to);
    error Policies_EqlTooLow(AepId aepId, uint256 eql, uint256 least);
    error Policies_Provisional(AepId aepId);
    error Policies_NothingDue(PolicyId policyId, uint256 dueAssets, uint256 paidAssets);
    error Policies_TooEarly(PolicyId policyId, uint256 deadline, uint256 timestamp);
    error Policies_Held(PolicyId policyId, uint256 openHolds);
    error Policies_NotOpen(AepId aepId, uint8 state);
    error Policies_AlreadyHeld(PolicyId policyId, AepId aepId);
    error Policies_NotHeld(PolicyId policyId, AepId aepId);

    /// @notice Takes the premium from the caller, mints the policy to the quote's holder, locks the most it can pay.
    function bind(Quote calldata quote, address underwriter, bytes calldata signature) external returns (PolicyId);

    /// @notice Pays what `aepId` makes due less what was paid. Reverts, changing nothing, when that is nothing.
    function settle(PolicyId policyId, AepId aepId) external returns (uint256 paidAssets);

    /// @notice Closes on final, non-provisional evidence of the cover's own window, after settling it (even with 0).
    function lapse(PolicyId policyId, AepId aepId) external returns (uint256 paidAssets);

    /// @notice Closes without evidence, not before the reporting deadline and all pauses since bind have passed.
    function lapse(PolicyId policyId) external;

    /// @notice Keeps a policy from lapsing, and its capital from leaving, while qualifying evidence is open.
    function hold(PolicyId policyId, AepId aepId) external;

    /// @notice Ends a hold whose evidence is no longer open. Anyone may.
    function release(PolicyId policyId, AepId aepId) external;

    /// @notice An underwriter of the pool withdraws a nonce that nobody has bound.
    function cancelNonce(address pool, uint96 nonce) external;

    /// @notice Restricted: lets a pool's underwriters write policies here.
    function listPool(address pool) external;

    function policyOf(PolicyId policyId) external view returns (Policy memory);

    function poolOf(PolicyId policyId) external pure returns (address);

    function policyIdOf(address pool, uint96 nonce) external pure returns (PolicyId);

    function openHoldsOf(PolicyId policyId) external view returns (uint256);

    function quoteDigest(Quote calldata quote) external view returns (bytes32);
}
