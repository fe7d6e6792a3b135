// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {IERC7540Operator, IERC7540Redeem} from "../interfaces/IERC7540.sol";
import {IERC7575Share} from "../interfaces/IERC7575.sol";

/// @title Capital behind policies
/// @notice ERC-4626 for deposits; ERC-7540 for redemption: request, notice, claim at the price of the claim. The pool counts
/// its own assets: tokens sent to it are nobody's. held = free + locked + unearned + owed; totalAssets = free + locked.
///
/// Redemption is first come, first served. A requested share stays in the supply, so it shares profits and losses until it is
/// claimed. It is claimable once its notice has passed, free capital reaches its place in the queue, and, while some capital is
/// exposed to open evidence, not for the exposed proportion of its request. While the book is paused nothing can be claimed,
/// and a notice is longer by all pauses since the request: what cannot be settled cannot be fled either.
///
/// What is claimable has to be claimed. Left lying it would keep those behind it waiting for ever, where free capital does not
/// reach beyond it, and be a way out at a moment's notice. So anyone may warn such a request, and when it is still claimable as
/// long again as its notice, move it to the end of the queue, with a new notice. Nothing is ever pushed to anybody.
/// @dev Assumes an asset whose transfers move exactly what they say and that never changes balances by itself. One that
/// delivers less to the pool reverts; one whose balances shrink by themselves must not be listed (the last to leave would bear
/// it all). Functions below the line are the policy book's alone, and it is trusted with them.
interface IRiskPool is IERC4626, IERC7540Operator, IERC7540Redeem, IERC7575Share, IERC165 {
    event CapacityLocked(uint256 indexed policyId, uint256 mostAssets, uint256 premiumAssets);
    event CapacityReleased(uint256 indexed policyId, uint256 releasedAssets, uint256 earnedAssets);
    /// @param owed whether the transfer failed and the assets wait for `withdrawOwed`
    event PayoutSettled(uint256 indexed policyId, address indexed to, uint256 paidAssets, bool owed);
    event OwedWithdrawn(address indexed to, uint256 assets);
    /// @param overdueAt on the clock that stands still during pauses: block time less the book's `allPausedSeconds`
    event RequestWarned(uint256 indexed requestId, address indexed controller, uint40 overdueAt);
    /// @param shares what was left of it, all of it pending again
    event RequestRequeued(uint256 indexed requestId, address indexed controller, uint256 shares);
    event UnderwriterSet(address indexed underwriter, bool enabled);
    event ExposureChanged(uint256 indexed policyId, uint256 exposedAssets);

    error Pools_NotBook(address caller);
    error Pools_NotUnderwriter(address account);
    error Pools_NoReportingLag();
    error Pools_Insolvent(uint256 neededAssets, uint256 capacityAssets);
    error Pools_TransferMismatch(uint256 expected, uint256 received);
    error Pools_NotOperator(address controller, address caller);
    error Pools_ZeroShares();
    error Pools_TooManyRequests(address controller, uint256 most);
    error Pools_NothingOwed(address to);
    error Pools_NothingClaimable(uint256 requestId);
    error Pools_AlreadyWarned(uint256 requestId, uint256 overdueAt);
    error Pools_NotOverdue(uint256 requestId, uint256 overdueAt, uint256 time);
    /// @notice ERC-7540: an asynchronous redemption has no price before its claim.
    error Pools_Synchronous();

    function book() external view returns (address);

    function freeAssets() external view returns (uint256);

    /// @notice What a new policy may lock: free capital that no open redemption request has asked for.
    function capacityAssets() external view returns (uint256);

    function lockedAssets() external view returns (uint256);

    function unearnedAssets() external view returns (uint256);

    /// @notice Locked capital under evidence that is not yet final; the same proportion of every redemption waits.
    function exposedAssets() external view returns (uint256);

    /// @notice Payouts whose transfer failed, kept for `withdrawOwed`.
    function owedAssets() external view returns (uint256);

    /// @notice free + locked + unearned + owed; never more than the pool's balance of the asset.
    function heldAssets() external view returns (uint256);

    /// @notice Locked is within total, and held within the balance: a condition of the constitution asks for it.
    function isSolvent() external view returns (bool);

    function owedOf(address to) external view returns (uint256);

    /// @notice Sends what is owed to `to`. Anyone may call.
    function withdrawOwed(address to) external returns (uint256 assets);

    /// @notice Seconds between a redemption request and the first moment it can be claimed, pauses not counted: the pool's
    /// reporting lag and the registry's challenge window.
    function noticeSeconds() external view returns (uint40);

    /// @notice Shares requested and not yet claimed, of everyone.
    function queuedShares() external view returns (uint256);

    /// @notice Ids of a controller's requests that are not claimed in full, at most 8.
    function requestsOf(address controller) external view returns (uint256[] memory requestIds);

    /// @notice Gives the controller of a claimable request `noticeSeconds` to claim what is claimable, pauses not counted. Anyone
    /// may call. Claiming all that is claimable at some moment answers the warning.
    function warn(uint256 requestId) external;

    /// @notice Moves what is left of a claimable request, whose warning was not answered in time, to the end of the queue, with
    /// a new notice. Anyone may call.
    function requeue(uint256 requestId) external;

    function isUnderwriter(address account) external view returns (bool);

    /// @notice Restricted. An underwriter binds this pool's capital by signature: on any terms, at any premium.
    function setUnderwriter(address account, bool enabled) external;

    // ————————————————————————————————————————————————————————————————————————————————————————————————

    /// @notice Takes `premiumAssets` from `payer` as unearned premium, and locks `mostAssets`.
    /// @param underwriter who signed for it, as the book has verified; the pool checks that it enabled it
    function lock(
        uint256 policyId,
        address underwriter,
        address payer,
        uint256 premiumAssets,
        uint256 mostAssets
    ) external;

    /// @notice Pays from locked capital. A transfer that fails becomes owed, so that nobody's token can stop a settlement.
    function pay(uint256 policyId, address to, uint256 paidAssets) external;

    /// @notice Frees what is still locked for a policy, and earns its premium.
    function close(uint256 policyId, uint256 releasedAssets, uint256 earnedAssets) external;

    /// @notice Marks locked capital as exposed to open evidence, or no longer so.
    function expose(uint256 policyId, uint256 assets, bool exposed) external;
}
