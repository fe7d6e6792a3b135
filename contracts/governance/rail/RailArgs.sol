// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

/// @title What a governor's clone carries in its code
/// @notice `address membership | address treasury | name`. A byte of code costs 200 gas, a slot of
/// storage 22,100.
/// @dev Of use only in a clone that was made with these arguments.
library RailArgs {
    function pack(address membership_, address treasury_, string calldata name_) internal pure returns (bytes memory) {
        return abi.encodePacked(membership_, treasury_, name_);
    }

    function membership() internal view returns (address) {
        return address(bytes20(_args()));
    }

    function treasury() internal view returns (address account) {
        bytes memory args = _args();
        assembly ("memory-safe") {
            account := shr(96, mload(add(args, 0x34)))
        }
    }

    function name() internal view returns (string memory text) {
        bytes memory args = _args();
        text = new string(args.length - 40);
        assembly ("memory-safe") {
            mcopy(add(text, 0x20), add(args, 0x48), mload(text))
        }
    }

    function _args() private view returns (bytes memory) {
        return Clones.fetchCloneArgs(address(this));
    }
}
