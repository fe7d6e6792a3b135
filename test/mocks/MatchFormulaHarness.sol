// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {MatchFormula, MatchVariant} from "../../contracts/funding/rounds/MatchFormula.sol";

/// @dev The formulas over lists, capped as the definition words it: freeze all that are over, share again, until none is.
contract MatchFormulaHarness {
    struct Tally {
        uint256 sqrtSum;
        uint256 contributed;
    }

    function matchAll(
        MatchVariant variant,
        uint256 budget,
        uint256 capBps,
        Tally[] calldata tallies
    ) external pure returns (uint256[] memory matched) {
        uint256 count = tallies.length;
        matched = new uint256[](count);
        bool[] memory frozen = new bool[](count);
        uint256 cap = (budget * capBps) / 1e4;
        for (bool again = true; again;) {
            again = false;
            (uint256 rest, uint256 total) = (budget, 0);
            for (uint256 i = 0; i < count; ++i) {
                if (frozen[i]) rest -= cap;
                else total += MatchFormula.weightOf(variant, tallies[i].sqrtSum, tallies[i].contributed);
            }
            for (uint256 i = 0; i < count; ++i) {
                if (frozen[i]) continue;
                uint256 weight = MatchFormula.weightOf(variant, tallies[i].sqrtSum, tallies[i].contributed);
                matched[i] = MatchFormula.shareOf(variant, weight, rest, total);
                if (matched[i] <= cap) continue;
                (frozen[i], matched[i], again) = (true, cap, true);
            }
        }
    }

    function allocateAll(
        uint256 budget,
        uint256 factor,
        Tally[] calldata tallies
    ) external pure returns (uint256[] memory allocated) {
        allocated = new uint256[](tallies.length);
        bool floored = false;
        for (bool again = true; again;) {
            again = false;
            (uint256 squares, uint256 contributed) = (0, 0);
            for (uint256 i = 0; i < tallies.length; ++i) {
                squares += MatchFormula.squareOf(tallies[i].sqrtSum, tallies[i].contributed, floored);
                contributed += tallies[i].contributed;
            }
            uint256 alphaWad = MatchFormula.alphaWadOf(budget - factor * contributed, factor, squares, contributed);
            for (uint256 i = 0; i < tallies.length; ++i) {
                uint256 square = MatchFormula.squareOf(tallies[i].sqrtSum, tallies[i].contributed, floored);
                bool below;
                (allocated[i], below) = MatchFormula.allocationOf(alphaWad, factor, square, tallies[i].contributed);
                if (below) (floored, again) = (true, true);
            }
        }
    }
}
