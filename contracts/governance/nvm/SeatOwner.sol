// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title An owner of the Safe for a key that has no address
/// @notice ERC-1271 for one ERC-7913 signer (verifier ‖ key), for ever: a passkey, a card or a post-quantum key signs Safe transactions through
/// it. It holds nothing and can do nothing else. Another key is another owner.
/// @dev A minimal clone; the signer is behind its code.
contract SeatOwner is IERC1271 {
    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        bool valid = SignatureChecker.isValidSignatureNow(Clones.fetchCloneArgs(address(this)), hash, signature);
        return valid ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }

    function signerBytes() external view returns (bytes memory) {
        return Clones.fetchCloneArgs(address(this));
    }
}
