// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {MatchLeaf} from "./IMatchResult.sol";
import {ContributionLeaf} from "./IMatchPosts.sol";

/// @title The trees of a posted result
/// @notice Binary, by place: leaf k is where the bits of k lead, all leaves are at the same depth, and places behind the last leaf
/// hold zero. The first byte that is hashed keeps a leaf from being taken for a node.
library MatchTree {
    function leafHash(MatchLeaf calldata leaf) internal pure returns (bytes32) {
        return keccak256(bytes.concat(bytes1(0x00), abi.encode(leaf)));
    }

    function leafHash(ContributionLeaf calldata leaf) internal pure returns (bytes32) {
        return keccak256(bytes.concat(bytes1(0x00), abi.encode(leaf)));
    }

    /// @notice Levels between the root and the leaves: the least that has room for `count`.
    function depthOf(uint256 count) internal pure returns (uint256 depth) {
        while ((uint256(1) << depth) < count) ++depth;
    }

    /// @notice The root that a leaf at `index` leads to. `path` has one sibling per level, from the leaf up.
    function climb(bytes32 leaf, uint256 index, bytes32[] calldata path) internal pure returns (bytes32 hash) {
        hash = leaf;
        for (uint256 i = 0; i < path.length; ++i) {
            hash = index & 1 == 0 ? _nodeHash(hash, path[i]) : _nodeHash(path[i], hash);
            index >>= 1;
        }
    }

    /// @notice What stands for a list that is to be handed in again.
    function listHash(uint256[] calldata list) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(list));
    }

    /// @notice The node above a power of two of nodes of one level.
    function above(bytes32[] memory nodes) internal pure returns (bytes32) {
        for (uint256 width = nodes.length >> 1; width != 0; width >>= 1) {
            for (uint256 i = 0; i < width; ++i) {
                nodes[i] = _nodeHash(nodes[2 * i], nodes[2 * i + 1]);
            }
        }
        return nodes[0];
    }

    function _nodeHash(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x01), left, right));
    }
}
