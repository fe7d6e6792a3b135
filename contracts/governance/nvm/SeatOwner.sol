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

    function signer() external view returns (bytes memory) {
        return Clones.fetchCloneArgs(address(this));
    }
}

/// @title One owner contract for each signer, at an address known before
contract SeatOwnerFactory {
    event SeatOwnerDeployed(address indexed owner, bytes signer);

    /// @notice An account owns by itself.
    error SeatOwners_BadSigner(bytes signer);

    address public immutable implementation = address(new SeatOwner());

    /// @notice Anyone may call; the second time nothing happens.
    function deploy(bytes calldata signer) external returns (address owner) {
        if (signer.length <= 20) revert SeatOwners_BadSigner(signer);
        owner = ownerOf(signer);
        if (owner.code.length != 0) return owner;
        Clones.cloneDeterministicWithImmutableArgs(implementation, signer, 0);
        emit SeatOwnerDeployed(owner, signer);
    }

    function ownerOf(bytes calldata signer) public view returns (address) {
        return Clones.predictDeterministicAddressWithImmutableArgs(implementation, signer, 0);
    }
}
