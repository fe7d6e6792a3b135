// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice `uint16 major | uint16 minor | uint16 patch`, first field in the most significant bits: versions compare as numbers.
type Version is uint48;

using VersionLib for Version global;

/// @notice Semantic versions, as far as a registry has to judge them.
library VersionLib {
    function isAbove(Version self, Version other) internal pure returns (bool) {
        return Version.unwrap(self) > Version.unwrap(other);
    }

    function major(Version self) internal pure returns (uint16) {
        return uint16(Version.unwrap(self) >> 32);
    }

    function minor(Version self) internal pure returns (uint16) {
        return uint16(Version.unwrap(self) >> 16);
    }

    function patch(Version self) internal pure returns (uint16) {
        return uint16(Version.unwrap(self));
    }

    /// @notice Whether `next` comes right after: one patch, one minor or one major version further, what is behind it zero.
    /// @dev Widened, so that after 65,535 there is no next of that kind.
    function isNext(Version self, Version next) internal pure returns (bool) {
        (uint256 a, uint256 b, uint256 c) = (self.major(), self.minor(), self.patch());
        (uint256 x, uint256 y, uint256 z) = (next.major(), next.minor(), next.patch());
        if (x == a + 1) return y == 0 && z == 0;
        if (x != a) return false;
        if (y == b + 1) return z == 0;
        return y == b && z == c + 1;
    }
}
