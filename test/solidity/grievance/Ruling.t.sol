// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";

import {Remedies} from "../../../contracts/grievance/Remedies.sol";
import {Ruling, RulingLib} from "../../../contracts/grievance/Ruling.sol";

contract RulingTest is Test {
    function test_delistingComesAfterSuspensionAndNothingUnknownIsARemedy() external pure {
        assertTrue(RulingLib.areRemediesSound(Remedies.DELISTING | Remedies.SUSPENSION));
        assertFalse(RulingLib.areRemediesSound(Remedies.DELISTING));
        assertFalse(RulingLib.areRemediesSound(Remedies.ALL + 1));
    }

    function test_givesMoreByBeingRightThenByMoneyThenByRemedies() external pure {
        Ruling[5] memory rising = [
            Ruling.wrap(0),
            RulingLib.pack(true, 0, 0),
            RulingLib.pack(true, 0, Remedies.APOLOGY),
            RulingLib.pack(true, 0, Remedies.APOLOGY | Remedies.CORRECTION),
            RulingLib.pack(true, 1, 0)
        ];
        for (uint256 i = 0; i < rising.length; ++i) {
            for (uint256 j = 0; j < rising.length; ++j) assertEq(rising[i].isAbove(rising[j]), i > j);
        }
    }
}
