// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Minimal soulbound tokens (ERC-5192), interface id 0xb45a3c0e
interface IERC5192 {
    event Locked(uint256 tokenId);
    event Unlocked(uint256 tokenId);

    /// @dev Reverts for a token that does not exist.
    function locked(uint256 tokenId) external view returns (bool);
}
