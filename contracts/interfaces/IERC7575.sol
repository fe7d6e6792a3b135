// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title ERC-7575: the share token of a vault, which may be another contract than the vault
/// @dev The standard's interface id, 0x2f0a18c5, is that of the ERC-4626 functions together with `share`; see RiskPool.
interface IERC7575Share {
    /// @notice The address of the share token.
    function share() external view returns (address shareTokenAddress);
}
