// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice An amount that changes only ahead of time: until `nextAt` it is `current`, from then on `next`. Zero where nothing was
/// ever announced.
struct DelayedAmount {
    // 13 + 13 + 5 = 31 bytes
    uint104 current;
    uint104 next;
    uint40 nextAt;
}

using DelayedAmountLib for DelayedAmount global;

library DelayedAmountLib {
    function valueAt(DelayedAmount memory self, uint256 time) internal pure returns (uint104) {
        return time >= self.nextAt ? self.next : self.current;
    }

    /// @dev What was announced before and is not yet in force is dropped.
    function announce(DelayedAmount storage self, uint104 next, uint256 time, uint40 nextAt) internal {
        (self.current, self.next, self.nextAt) = (self.valueAt(time), next, nextAt);
    }
}
