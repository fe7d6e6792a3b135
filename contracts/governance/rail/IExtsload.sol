// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Storage that can be read from outside
/// @notice A proposal can declare what such a slot must hold after its execution.
interface IExtsload {
    function extsload(bytes32 slot) external view returns (bytes32 value);
}
