// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Vm} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Vm.sol";

/// @dev Deploys a contract from its own artifact: compiled along with a test, which has other settings, it would be neither small enough
/// nor what is deployed.
library Artifact {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    error NotDeployed(string name);

    /// @param name of the artifact: "File.sol:Contract"
    function deploy(string memory name, bytes memory arguments) internal returns (address deployed) {
        bytes memory creation = bytes.concat(VM.getCode(name), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(creation, 32), mload(creation))
        }
        if (deployed == address(0)) revert NotDeployed(name);
    }
}
