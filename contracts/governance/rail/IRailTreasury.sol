// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A rail's account
/// @notice Holds what the rail owns, pays and signs only what the rail's timelock executes. Any contract that asks by ERC-1271
/// finds that it signed exactly the hashes the rail voted for, until they expire or are withdrawn.
/// @dev Nothing to initialise: its timelock is part of its code.
interface IRailTreasury is IERC1271 {
    event TreasuryReceived(address indexed from, uint256 assets);
    /// @param token the zero address is the chain's own coin
    event TreasuryPaid(address indexed token, address indexed to, uint256 assets, bytes32 reasonHash);
    event TreasurySigned(bytes32 indexed hash, uint40 validUntil);

    error Treasury_NotTimelock(address caller);
    error Treasury_NoRecipient();

    function pay(address token, address to, uint256 assets, bytes32 reasonHash) external;

    /// @notice Signs a hash until `validUntil` (unix seconds, exclusive); 0 withdraws the signature.
    function sign(bytes32 hash, uint40 validUntil) external;

    function signedUntil(bytes32 hash) external view returns (uint40);

    function timelock() external view returns (address);
}
