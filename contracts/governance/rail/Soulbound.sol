// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {IERC5192} from "../../interfaces/IERC5192.sol";

/// @title An ERC-721 token that never moves (ERC-5192)
/// @dev Inheritors say who owns what. With nothing to transfer there is nothing to approve either.
abstract contract Soulbound is IERC721, IERC5192, IERC721Errors {
    error Soulbound_NotTransferable();

    /// @inheritdoc IERC721
    function ownerOf(uint256 tokenId) public view returns (address owner) {
        owner = _ownerOf(tokenId);
        if (owner == address(0)) revert ERC721NonexistentToken(tokenId);
    }

    /// @inheritdoc IERC5192
    function locked(uint256 tokenId) external view returns (bool) {
        ownerOf(tokenId);
        return true;
    }

    /// @inheritdoc IERC721
    function getApproved(uint256 tokenId) external view returns (address) {
        ownerOf(tokenId);
        return address(0);
    }

    /// @inheritdoc IERC721
    function isApprovedForAll(address, address) external pure returns (bool) {
        return false;
    }

    /// @inheritdoc IERC721
    function transferFrom(address, address, uint256) external pure {
        revert Soulbound_NotTransferable();
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address, address, uint256) external pure {
        revert Soulbound_NotTransferable();
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address, address, uint256, bytes calldata) external pure {
        revert Soulbound_NotTransferable();
    }

    /// @inheritdoc IERC721
    function approve(address, uint256) external pure {
        revert Soulbound_NotTransferable();
    }

    /// @inheritdoc IERC721
    function setApprovalForAll(address, bool) external pure {
        revert Soulbound_NotTransferable();
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view virtual returns (bool) {
        return
            interfaceId == type(IERC165).interfaceId ||
            interfaceId == type(IERC721).interfaceId ||
            interfaceId == type(IERC5192).interfaceId;
    }

    /// @dev Nobody for a token that does not exist.
    function _ownerOf(uint256 tokenId) internal view virtual returns (address);

    function _emitMinted(address owner, uint256 tokenId) internal {
        emit Transfer(address(0), owner, tokenId);
        emit Locked(tokenId);
    }
}
