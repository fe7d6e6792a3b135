// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";

import {MerkleProof9162} from "../../../contracts/evidence/MerkleProof9162.sol";

contract MerkleProof9162Test is Test {
    /// @dev The library takes calldata.
    function verify(
        bytes32 root,
        bytes32 leaf,
        uint256 index,
        uint256 size,
        bytes32[] calldata proof
    ) external view returns (bool) {
        return MerkleProof9162.verify(root, leaf, index, size, proof);
    }

    function leafHash(bytes32 salt, bytes calldata content) external pure returns (bytes32) {
        return MerkleProof9162.leafHash(salt, content);
    }

    /// @notice The test data that implementations of Certificate Transparency share: eight leaves, a root at each size.
    function test_holdsForTheTestDataOfCertificateTransparency() public view {
        bytes[8] memory data = [
            bytes(hex""),
            hex"00",
            hex"10",
            hex"2021",
            hex"3031",
            hex"40414243",
            hex"5051525354555657",
            hex"606162636465666768696a6b6c6d6e6f"
        ];
        bytes32[8] memory roots = [
            bytes32(0x6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d),
            0xfac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125,
            0xaeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77,
            0xd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7,
            0x4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4,
            0x76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef,
            0xddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c,
            0x5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
        ];
        for (uint256 size = 1; size <= 8; ++size) {
            bytes32[] memory leaves = new bytes32[](size);
            for (uint256 i = 0; i < size; ++i) leaves[i] = sha256(bytes.concat(hex"00", data[i]));
            for (uint256 i = 0; i < size; ++i) {
                assertTrue(this.verify(roots[size - 1], leaves[i], i, size, _path(i, leaves)));
            }
        }
    }

    function testFuzz_holdsForAnyLeafOfAnyTree(uint16 size, uint16 index, bytes32 seed) public view {
        (bytes32[] memory leaves, uint256 place) = _tree(size, index, seed);
        assertTrue(this.verify(_root(leaves), leaves[place], place, leaves.length, _path(place, leaves)));
    }

    function testFuzz_holdsForNoOtherLeafOrPath(
        uint16 size,
        uint16 index,
        bytes32 seed,
        uint8 where,
        uint8 bit
    ) public {
        (bytes32[] memory leaves, uint256 place) = _tree(size, index, seed);
        bytes32 flip = bytes32(uint256(1) << bit);
        bytes32[] memory path = _path(place, leaves);
        bytes32 root = _root(leaves);
        assertFalse(this.verify(root, leaves[place] ^ flip, place, leaves.length, path));
        assertFalse(this.verify(root ^ flip, leaves[place], place, leaves.length, path));
        if (path.length == 0) return;
        path[where % path.length] ^= flip;
        assertFalse(this.verify(root, leaves[place], place, leaves.length, path));
    }

    function testFuzz_neverHoldsOutsideTheTree(
        uint256 size,
        uint256 index,
        bytes32 leaf,
        bytes32[] calldata path
    ) public view {
        vm.assume(index >= size);
        assertFalse(this.verify(leaf, leaf, index, size, path));
    }

    function testFuzz_aLeafIsZeroSaltContent(bytes32 salt, bytes calldata content) public view {
        assertEq(this.leafHash(salt, content), sha256(bytes.concat(hex"00", salt, content)));
    }

    function _tree(
        uint16 size,
        uint16 index,
        bytes32 seed
    ) private pure returns (bytes32[] memory leaves, uint256 place) {
        leaves = new bytes32[](_bound(size, 1, 70));
        for (uint256 i = 0; i < leaves.length; ++i) leaves[i] = sha256(abi.encode(seed, i));
        place = index % leaves.length;
    }

    // —— RFC 9162, section 2.1, word for word ————————————————————————————————————————————————————————————————

    function _root(bytes32[] memory leaves) private pure returns (bytes32) {
        if (leaves.length == 1) return leaves[0];
        uint256 k = _split(leaves.length);
        return sha256(bytes.concat(hex"01", _root(_slice(leaves, 0, k)), _root(_slice(leaves, k, leaves.length))));
    }

    function _path(uint256 m, bytes32[] memory leaves) private pure returns (bytes32[] memory path) {
        if (leaves.length == 1) return new bytes32[](0);
        uint256 k = _split(leaves.length);
        bytes32[] memory left = _slice(leaves, 0, k);
        bytes32[] memory right = _slice(leaves, k, leaves.length);
        bytes32[] memory inner = m < k ? _path(m, left) : _path(m - k, right);
        path = new bytes32[](inner.length + 1);
        for (uint256 i = 0; i < inner.length; ++i) path[i] = inner[i];
        path[inner.length] = m < k ? _root(right) : _root(left);
    }

    function _split(uint256 n) private pure returns (uint256 k) {
        k = 1;
        while (k * 2 < n) k *= 2;
    }

    function _slice(bytes32[] memory all, uint256 from, uint256 to) private pure returns (bytes32[] memory some) {
        some = new bytes32[](to - from);
        for (uint256 i = 0; i < some.length; ++i) some[i] = all[from + i];
    }
}
