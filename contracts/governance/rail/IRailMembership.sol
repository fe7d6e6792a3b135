// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC5805} from "@openzeppelin/contracts/interfaces/IERC5805.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IERC5192} from "../../interfaces/IERC5192.sol";

struct DelegatedShare {
    address delegate; // neither nobody nor oneself: what is not delegated is kept
    uint16 bps; // of one's votes, 1…10,000
}

/// @title Members of a rail, and their votes
/// @notice A soulbound token per member: its id is the member's address as a number. A member has 10,000 votes, so that a
/// share in basis points is whole votes. Votes are kept unless delegated, in shares to at most 8 delegates; delegates cannot
/// pass on what they were given, so that no chain or circle of delegations counts anything twice.
/// @dev The clock is the timestamp (ERC-6372). INV-RAIL-3: all votes at any time are 10,000 times the members then; a
/// member's kept and delegated votes are 10,000. A delegate need not be a member: who was removed keeps what others have
/// delegated until they take it back.
interface IRailMembership is IERC721, IERC5192, IERC5805 {
    /// @param reasonHash of the reasons, which are published with the proposal
    event MemberAdmitted(address indexed account, bytes32 reasonHash);
    event MemberRemoved(address indexed account, bytes32 reasonHash);
    event MemberResigned(address indexed account);
    /// @dev Replaces all earlier shares of the member; `delegates[i]` has `bps[i]`, the member keeps the rest.
    event SharesDelegated(address indexed account, address[] delegates, uint16[] bps);

    error Membership_NotTimelock(address caller);
    error Membership_NotMember(address account);
    error Membership_AlreadyMember(address account);
    error Membership_NoAccount();
    error Membership_TooManyDelegates(uint256 count, uint256 most);
    /// @dev Ascending by address, so none appears twice.
    error Membership_DelegatesNotAscending(address delegate);
    error Membership_DelegateToSelf();
    error Membership_EmptyShare(address delegate);
    error Membership_SharesExceedVotes(uint256 bps);
    error ERC5805FutureLookup(uint256 timepoint, uint48 clock);

    /// @notice Once, by the factory in the transaction that makes the clone.
    function initialize(address[] calldata founders, bytes32 reasonHash) external;

    /// @notice By the rail's timelock.
    function admit(address account, bytes32 reasonHash) external;

    /// @notice By the rail's timelock. All delegations by the member end.
    function remove(address account, bytes32 reasonHash) external;

    /// @notice By a member, at any time. All delegations by the member end.
    function resign() external;

    /// @notice Replaces all delegations by the caller, who keeps the rest.
    /// @param shares at most 8, ascending by delegate, together at most 10,000 bps
    function delegateShares(DelegatedShare[] calldata shares) external;

    function sharesOf(address account) external view returns (DelegatedShare[] memory);

    /// @notice Of a member's 10,000 votes those that are not delegated. 0 for others.
    function keptVotesOf(address account) external view returns (uint256);

    function isMember(address account) external view returns (bool);

    /// @notice Whether the account was a member at a time that is past.
    function wasMember(address account, uint256 timestamp) external view returns (bool);

    /// @notice unix seconds; 0 for who is no member
    function admittedAtOf(address account) external view returns (uint40);

    function memberCount() external view returns (uint256);

    /// @notice The rail's timelock.
    function timelock() external view returns (address);
}
