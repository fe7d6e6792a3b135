// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Inclusion in a Merkle tree of RFC 9162 (SHA-256)
/// @notice A leaf is `0x00 ‖ salt ‖ content` hashed, a node `0x01 ‖ left ‖ right`: the first byte keeps one from being taken
/// for the other.
/// @dev What is proved is that the leaf is under the root. `index` and `size` only steer the path: the root does not commit
/// to the number of leaves, so a path may also fit another (index, size). A content that must have one place says so itself.
library MerkleProof9162 {
    function leafHash(bytes32 salt, bytes calldata content) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x00), salt, content));
    }

    /// @notice RFC 9162, section 2.1.3.2.
    function verify(
        bytes32 root,
        bytes32 leaf,
        uint256 index,
        uint256 size,
        bytes32[] calldata proof
    ) internal view returns (bool) {
        if (index >= size) return false;
        uint256 node = index;
        uint256 last = size - 1; // the level's last node; 0 when the root is reached
        bytes32 hash = leaf;
        for (uint256 i = 0; i < proof.length; ++i) {
            if (last == 0) return false;
            if (node & 1 == 1 || node == last) {
                hash = _nodeHash(proof[i], hash);
                // a last node without a sibling moves up unhashed; ends: node == last > 0 has a set bit
                while (node & 1 == 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = _nodeHash(hash, proof[i]);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash == root;
    }

    function _nodeHash(bytes32 left, bytes32 right) private view returns (bytes32 hash) {
        assembly ("memory-safe") {
            let input := mload(0x40)
            mstore8(input, 1)
            mstore(add(input, 0x01), left)
            mstore(add(input, 0x21), right)
            // fails only when out of gas
            if iszero(staticcall(gas(), 2, input, 0x41, 0x00, 0x20)) {
                revert(0, 0)
            }
            hash := mload(0x00)
        }
    }
}
