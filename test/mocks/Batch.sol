// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Several calls in one transaction, as a Safe or a timelock makes them
contract Batch {
    struct Call {
        address target;
        bytes data;
    }

    error Batch_Failed(uint256 index);

    function run(Call[] calldata calls) external {
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool success, ) = calls[i].target.call(calls[i].data);
            if (!success) revert Batch_Failed(i);
        }
    }
}
