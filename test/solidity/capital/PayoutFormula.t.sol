// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {PayoutFormula} from "../../../contracts/capital/PayoutFormula.sol";

/// @dev The library against a reference written for being obvious: knots as structs, every case tried in turn.
contract PayoutFormulaTest is Test {
    struct Knot {
        int256 x;
        uint256 below;
        uint256 on;
        uint256 above;
    }

    uint256 private constant ONE = 1e18;

    function testFuzz_paysWhatTheReferencePays(uint256 seed, int64 x, bool up, uint96 coverAssets) external pure {
        Knot[] memory knots = _knots(seed);
        uint256[] memory words = _words(knots);
        uint256 header = PayoutFormula.headerOf(up, uint8(seed % 10));
        PayoutFormula.validate(header, words);

        uint256 payoutWad = PayoutFormula.payoutWad(header, words, x);
        assertEq(payoutWad, _reference(knots, x, up), "fraction");
        assertEq(
            PayoutFormula.payout(header, coverAssets, payoutWad),
            Math.mulDiv(coverAssets, payoutWad, ONE, up ? Math.Rounding.Ceil : Math.Rounding.Floor),
            "assets"
        );
    }

    function testFuzz_paysAtKnotsAndBesideThem(uint256 seed, uint256 which, int8 beside, bool up) external pure {
        Knot[] memory knots = _knots(seed);
        int256 x = knots[which % knots.length].x + (beside % 3);
        x =
            x < type(int64).min
                ? int256(type(int64).min)
                : x > type(int64).max
                    ? int256(type(int64).max)
                    : x;
        uint256 payoutWad = PayoutFormula.payoutWad(PayoutFormula.headerOf(up, 0), _words(knots), int64(x));
        assertEq(payoutWad, _reference(knots, int64(x), up));
    }

    /// @dev INV-CAP-1 and INV-CAP-2: no value pays more than the most, which is what is locked.
    function testFuzz_paysAtMostTheMost(uint256 seed, int64 x, bool up, uint96 coverAssets) external pure {
        uint256[] memory words = _words(_knots(seed));
        uint256 header = PayoutFormula.headerOf(up, 0);
        uint256 mostWad = PayoutFormula.mostWad(words);
        uint256 payoutWad = PayoutFormula.payoutWad(header, words, x);
        assertLe(payoutWad, mostWad);
        assertLe(mostWad, ONE);
        assertLe(
            PayoutFormula.payout(header, coverAssets, payoutWad),
            PayoutFormula.payout(header, coverAssets, mostWad)
        );
        assertLe(PayoutFormula.payout(header, coverAssets, mostWad), coverAssets);
    }

    function testFuzz_roundsAsTheHeaderSays(uint256 seed, int64 x) external pure {
        uint256[] memory words = _words(_knots(seed));
        uint256 down = PayoutFormula.payoutWad(PayoutFormula.headerOf(false, 0), words, x);
        uint256 up = PayoutFormula.payoutWad(PayoutFormula.headerOf(true, 0), words, x);
        assertGe(up, down);
        assertLe(up, down + 1);
    }

    function testFuzz_neverDividesByNothing(uint96 coverAssets) external pure {
        assertEq(PayoutFormula.payout(PayoutFormula.headerOf(true, 0), coverAssets, ONE), coverAssets);
        assertEq(PayoutFormula.payout(PayoutFormula.headerOf(false, 0), coverAssets, ONE), coverAssets);
        assertEq(PayoutFormula.payout(PayoutFormula.headerOf(true, 0), coverAssets, 0), 0);
    }

    /// @dev 1 to 16 knots, near each other or far apart.
    function _knots(uint256 seed) private pure returns (Knot[] memory knots) {
        knots = new Knot[](1 + (seed % 16));
        uint256 step = [uint256(1), 10, 1e9, (2 ** 64 - 1) / knots.length][(seed >> 8) % 4];
        int256 x = step > 1e9 ? int256(type(int64).min) : int256(int64(uint64(seed >> 64))) / 2;
        for (uint256 i = 0; i < knots.length; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i)));
            knots[i] = Knot(x, _fraction(dice), _fraction(dice >> 80), _fraction(dice >> 160));
            x += int256(1 + ((dice >> 17) % step));
        }
    }

    function _fraction(uint256 dice) private pure returns (uint256) {
        if (dice % 4 == 0) return 0;
        if (dice % 4 == 1) return ONE;
        return (dice >> 2) % (ONE + 1);
    }

    function _words(Knot[] memory knots) private pure returns (uint256[] memory words) {
        words = new uint256[](knots.length);
        for (uint256 i = 0; i < knots.length; ++i) {
            Knot memory k = knots[i];
            words[i] = uint256(bytes32(abi.encodePacked(int64(k.x), uint64(k.below), uint64(k.on), uint64(k.above))));
        }
    }

    function _reference(Knot[] memory knots, int64 x, bool up) private pure returns (uint256) {
        for (uint256 i = 0; i < knots.length; ++i) if (knots[i].x == x) return knots[i].on;
        if (x < knots[0].x) return knots[0].below;
        if (x > knots[knots.length - 1].x) return knots[knots.length - 1].above;
        for (uint256 i = 0; i + 1 < knots.length; ++i) {
            Knot memory l = knots[i];
            Knot memory r = knots[i + 1];
            if (l.x < x && x < r.x) {
                int256 span = r.x - l.x;
                int256 line = int256(l.above) * (r.x - x) + int256(r.below) * (x - l.x);
                int256 floor = line / span;
                return uint256(up && floor * span != line ? floor + 1 : floor);
            }
        }
        revert("nowhere");
    }
}
