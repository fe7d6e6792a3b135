// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title What an arbiter can have a conflict with
library Topics {
    function account(address account_) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account_)));
    }

    /// @dev The set highest bit keeps it apart from accounts.
    function rail(uint256 railId) internal pure returns (bytes32) {
        return bytes32(railId | (1 << 255));
    }
}
