// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IExtsload} from "./IExtsload.sol";

/// @title Storage that can be read from outside
abstract contract Extsload is IExtsload {
    /// @inheritdoc IExtsload
    function extsload(bytes32 slot) external view returns (bytes32 value) {
        assembly ("memory-safe") {
            value := sload(slot)
        }
    }
}
