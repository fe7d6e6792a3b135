// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice All that was ever added, as a running total at each time something was.
struct RollingSum {
    Checkpoints.Trace208 totals;
}

using RollingSumLib for RollingSum global;

/// @title What was added lately, exactly
/// @dev A difference of two running totals, so it holds of every window wherever it begins: there is no boundary of a period on
/// both sides of which a limit could be used. A look-up is a binary search over what was added, which only those add to who may.
library RollingSumLib {
    using Checkpoints for Checkpoints.Trace208;

    function add(RollingSum storage self, uint256 assets) internal {
        self.totals.push(uint48(block.timestamp), SafeCast.toUint208(self.totals.latest() + assets));
    }

    /// @notice What was added after `periodSeconds` ago: of what was added exactly then, nothing counts any more.
    /// @dev Any window [a, a + periodSeconds) that ends by now is therefore covered by the look-up at its last addition.
    function inLast(RollingSum storage self, uint256 periodSeconds) internal view returns (uint256) {
        return self.totals.latest() - self.totals.upperLookupRecent(uint48(block.timestamp - periodSeconds));
    }
}
