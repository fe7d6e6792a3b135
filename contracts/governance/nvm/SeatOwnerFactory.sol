// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

import {SeatOwner} from "./SeatOwner.sol";

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
