// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice projectId 32 bits at 224 | token 8 at 112 | assets 112 at 0; all else 0
/// What somebody wants to have given to a project in one token from now on; 0 takes all back. Token 0 is the asset, from 1 as
/// in `others`.
type Gift is uint256;

using Gifts for Gift global;

/// @title A gift in one word: a third of the calldata and of the event
library Gifts {
    function projectId(Gift gift) internal pure returns (uint32) {
        return uint32(Gift.unwrap(gift) >> 224);
    }

    function token(Gift gift) internal pure returns (uint8) {
        return uint8(Gift.unwrap(gift) >> 112);
    }

    function assets(Gift gift) internal pure returns (uint112) {
        return uint112(Gift.unwrap(gift));
    }

    /// @notice In the asset, and nothing but what a gift has.
    function isPlain(Gift gift) internal pure returns (bool) {
        return (Gift.unwrap(gift) << 32) >> 144 == 0;
    }

    function isSound(Gift gift) internal pure returns (bool) {
        return (Gift.unwrap(gift) << 32) >> 152 == 0;
    }
}
