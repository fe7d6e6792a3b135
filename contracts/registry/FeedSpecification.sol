// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title What a contract can read from the words of a feed specification
/// @notice The words are canonical JSON (RFC 8785): keys are sorted, nothing stands between tokens, and a quote inside a string is
/// always escaped. So `,"modelCodeHash":"0x` with its bare quotes after a comma is a key and never a part of a value, and the first one
/// is the specification's own: of its other keys only `datasetVersion`, `decimals` and `model` come before, which hold no objects;
/// `params`, where anybody may name anything, and `source` come after.
/// @dev That is so for specifications as the standard has them (standards/feed.md). Of other bytes, which no operator signs
/// evidence for, it reads what stands there.
library FeedSpecification {
    bytes20 private constant KEY = hex"2c226d6f64656c436f646548617368223a223078"; // ,"modelCodeHash":"0x
    bytes1 private constant QUOTE = 0x22;
    uint256 private constant KEY_BYTES = 20;
    uint256 private constant HEX_BYTES = 64;

    /// @return found whether the key is there, followed by 64 lower-case hexadecimal digits and a quote
    function modelCodeHash(bytes calldata specification) internal pure returns (bool found, bytes32 codeHash) {
        uint256 length = specification.length;
        if (length < KEY_BYTES + HEX_BYTES + 1) return (false, 0);
        uint256 end = length - (KEY_BYTES + HEX_BYTES);
        uint256 start = _indexOfKey(specification, end);
        if (start == end || specification[start + KEY_BYTES + HEX_BYTES] != QUOTE) return (false, 0);
        uint256 value;
        uint256 first = start + KEY_BYTES;
        for (uint256 i = first; i < first + HEX_BYTES; ++i) {
            uint256 char = uint8(specification[i]);
            if (char >= 0x30 && char <= 0x39) char -= 0x30;
            else if (char >= 0x61 && char <= 0x66) char -= 0x57;
            else return (false, 0);
            value = (value << 4) | char;
        }
        return (true, bytes32(value));
    }

    /// @return start of the first key that begins before `end`; `end` when there is none
    /// @dev In assembly, because it looks at each byte: 60 gas for one, where slices would cost 300.
    function _indexOfKey(bytes calldata specification, uint256 end) private pure returns (uint256 start) {
        bytes32 key = bytes32(KEY);
        assembly ("memory-safe") {
            // what is read past the key is shifted out
            for {} lt(start, end) {
                start := add(start, 1)
            } {
                if eq(shr(96, calldataload(add(specification.offset, start))), shr(96, key)) {
                    break
                }
            }
        }
    }
}
