// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Capital behind policies
/// @notice ERC-4626 for deposits, ERC-7540 for redemption (request, notice, claim at the price of the claim). The pool counts
/// its own assets: tokens sent to it are nobody's. held = free + locked + unearned + owed; totalAssets = free + locked.
/// @dev Assumes an asset whose transfers move exactly what they say and that never changes balances by itself; one that
/// delivers less reverts. Functions below the line are the policy book's alone.
interface IRiskPool {
    event CapacityLocked(uint256 indexed policyId, uint256 mostAssets, uint256 premiumAssets);
    event CapacityReleased(uint256 indexed policyId, uint256 releasedAssets, uint256 earnedAssets);
    event PayoutSettled(uint256 indexed policyId, address indexed to, uint256 paidAssets, bool owed);
    event OwedWithdrawn(address indexed to, uint256 assets);
    event UnderwriterSet(address indexed underwriter, bool enabled);
    event ExposureChanged(uint256 exposedAssets);

    error Pools_NotBook(address caller);
    error Pools_Insolvent(uint256 neededAssets, uint256 freeAssets);
    error Pools_TransferMismatch(uint256 expected, uint256 received);
    error Pools_NoticePending(uint256 claimableShares, uint256 askedShares);
    error Pools_NotOperator(address controller, address caller);
    error Pools_TooManyRequests(address controller, uint256 most);
    error Pools_NothingOwed(address to);
    error Pools_Synchronous();

    function freeAssets() external view returns (uint256);

    /// @notice What a new policy may lock: free capital that no pending redemption has asked for.
    function capacityAssets() external view returns (uint256);

    function lockedAssets() external view returns (uint256);

    function unearnedAssets() external view returns (uint256);

    /// @notice Locked capital under evidence that is not yet final; the same share of every redemption waits.
    function exposedAssets() external view returns (uint256);

    /// @notice Payouts whose transfer failed, kept for `withdrawOwed`.
    function owedAssets() external view returns (uint256);

    function owedOf(address to) external view returns (uint256);

    /// @notice Sends what is owed to `to`. Anyone may call.
    function withdrawOwed(address to) external returns (uint256 assets);

    /// @notice Seconds between a redemption request and the first moment it can be claimed.
    function noticeSeconds() external view returns (uint40);

    function isUnderwriter(address account) external view returns (bool);

    /// @notice Restricted.
    function setUnderwriter(address account, bool enabled) external;

    // ————————————————————————————————————————————————————————————————————————————————————————————————

    /// @notice Takes `premiumAssets` from `payer` as unearned premium, and locks `mostAssets`.
    function lock(uint256 policyId, address payer, uint256 premiumAssets, uint256 mostAssets) external;

    /// @notice Pays from locked capital. A transfer that fails becomes owed, so that nobody's token can stop a settlement.
    function pay(uint256 policyId, address to, uint256 paidAssets) external;

    /// @notice Frees what is still locked for a policy, and earns its premium.
    function close(uint256 policyId, uint256 releasedAssets, uint256 earnedAssets) external;

    /// @notice Marks locked capital as exposed to open evidence, or no longer so.
    function expose(uint256 policyId, uint256 exposedAssets_, bool exposed) external;
}
