// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Bytes kept as the code of a contract
/// @notice Reading costs one account access at any length. The first byte is STOP, so that the code does nothing when called.
library CodeData {
    error CodeData_NotWritten(uint256 length);

    function write(bytes memory data) internal returns (address pointer) {
        // PUSH2 size, DUP1, PUSH1 10, PUSH0, CODECOPY, PUSH0, RETURN | STOP data: 10 bytes that return all that follows
        bytes memory creation = abi.encodePacked(hex"61", uint16(data.length + 1), hex"80600a5f395ff300", data);
        assembly ("memory-safe") {
            pointer := create(0, add(creation, 32), mload(creation))
        }
        if (pointer == address(0)) revert CodeData_NotWritten(data.length);
    }

    function read(address pointer) internal view returns (bytes memory data) {
        uint256 length = pointer.code.length - 1;
        data = new bytes(length);
        assembly ("memory-safe") {
            extcodecopy(pointer, add(data, 32), 1, length)
        }
    }
}
