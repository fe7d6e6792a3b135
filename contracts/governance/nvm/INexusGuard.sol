// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ActionClass} from "./IActionClasses.sol";

/// @notice Names what a directly signed Safe transaction does, and not which nonce it has.
type AnnouncementId is bytes32;

/// @title No way round the NVM
/// @notice Guard of the Safe's own transactions and of its modules (Safe 1.5: ITransactionGuard 0xe6d7a83a, IModuleGuard 0x58401ed8).
///
/// Break-glass: what owners sign themselves needs BREAK_GLASS_SIGNATURES valid signatures, whatever the Safe's threshold, and, when its class
/// is constitutional, an announcement of exactly that content (target, value, calldata, operation) at least ANNOUNCE_SECONDS before. An
/// announcement can be used once, within ANNOUNCE_LIFE_SECONDS after that, and says nothing of nonces: other transactions may come first.
/// The Safe's refunds (gasPrice > 0) would be a payment outside of what is classified: refused.
///
/// Modules: only the validation module, and calls only.
///
/// A way out of a broken guard: a transaction guard that reverts is replaced by a decision of the module, a module guard that reverts by
/// the owners' own transaction. The module refuses to leave behind a Safe on which it cannot act, so no decision breaks both.
interface INexusGuard {
    /// @notice Everything a stranger needs to see what is coming.
    event Announced(
        AnnouncementId indexed id,
        address indexed by,
        address to,
        uint256 value,
        bytes data,
        uint8 operation,
        uint40 usableFrom,
        uint40 usableUntil
    );
    event AnnouncementUsed(AnnouncementId indexed id, bytes32 indexed safeTxHash);
    /// @notice Owners acted past the module.
    event BreakGlass(bytes32 indexed safeTxHash, ActionClass indexed actionClass);

    error Guard_NotSafe(address caller);
    error Guard_NotOwner(address account);
    error Guard_NotTheModule(address module);
    error Guard_DelegateCall(address target);
    error Guard_Refund(uint256 gasPrice);
    error Guard_AlreadyAnnounced(AnnouncementId id, uint256 usableFrom);
    error Guard_NotAnnounced(AnnouncementId id);
    error Guard_TooEarly(AnnouncementId id, uint256 usableFrom);
    /// @notice Owners of the Safe and owners of seats must not differ after it.
    error Guard_SeatsDiffer();

    function safe() external view returns (address);

    function module() external view returns (address);

    function classes() external view returns (address);

    /// @notice By any owner of the Safe, directly. What is announced and not over is not announced again, so nobody can move its time.
    /// @param operation 0 call, 1 delegatecall (of a listed MultiSend)
    function announce(
        address to,
        uint256 value,
        bytes calldata data,
        uint8 operation
    ) external returns (AnnouncementId);

    /// @notice The same by an owner's signature over `announcementDigest`, so that anyone can carry it.
    function announceFor(
        address owner,
        address to,
        uint256 value,
        bytes calldata data,
        uint8 operation,
        bytes calldata signature
    ) external returns (AnnouncementId);

    function announcementIdOf(
        address to,
        uint256 value,
        bytes calldata data,
        uint8 operation
    ) external view returns (AnnouncementId);

    /// @notice EIP-712 `Announcement(bytes32 id)` under ("Nexus Guard", "1", chainid, this).
    function announcementDigest(AnnouncementId id) external view returns (bytes32);

    /// @notice Both 0 when there is none, or it was used.
    function announcementOf(AnnouncementId id) external view returns (uint40 usableFrom, uint40 usableUntil);

    function BREAK_GLASS_SIGNATURES() external view returns (uint256);
    function ANNOUNCE_SECONDS() external view returns (uint40);
    function ANNOUNCE_LIFE_SECONDS() external view returns (uint40);
}
