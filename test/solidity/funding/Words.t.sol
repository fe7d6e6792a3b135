// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {EntryWord, EntryWords} from "../../../contracts/funding/rounds/EntryWord.sol";
import {Gift, Gifts} from "../../../contracts/funding/rounds/Gift.sol";
import {IQuadraticRound, ProjectStatus} from "../../../contracts/funding/rounds/IQuadraticRound.sol";
import {Root} from "../../../contracts/funding/rounds/Root.sol";
import {TallyWord} from "../../../contracts/funding/rounds/TallyWord.sol";

contract FundingWordsTest is Test {
    function testFuzz_theRootIsTheLargestWholeNumberWhoseSquareIsNoMore(uint96 x) public pure {
        uint256 r = Root.sqrtDown(x);
        assertLe(r * r, x);
        assertGt((r + 1) * (r + 1), x);
        assertEq(r, Math.sqrt(x));
    }

    function testFuzz_theRootIsRightBesideEverySquare(uint48 root) public pure {
        vm.assume(root > 0);
        uint256 square = uint256(root) * root;
        assertEq(Root.sqrtDown(square), root);
        assertEq(Root.sqrtDown(square - 1), root - 1);
        if (root < type(uint48).max) assertEq(Root.sqrtDown(square + 2 * uint256(root)), root);
    }

    function test_theRootIsRightForSmallNumbersPowersAndTheLargest() public pure {
        for (uint256 x = 0; x < 5000; ++x) assertEq(Root.sqrtDown(x), Math.sqrt(x));
        for (uint256 bits = 0; bits <= 96; ++bits) {
            for (uint256 less = 0; less < 3; ++less) {
                uint256 x = (uint256(1) << bits) - (bits < 2 ? 0 : less);
                if (x < 1 << 96) assertEq(Root.sqrtDown(x), Math.sqrt(x));
            }
        }
        assertEq(Root.sqrtDown(type(uint96).max), type(uint48).max);
    }

    /// @dev INV-ROUND-1 for one word: a change leaves no trace, and its other fields stay.
    function testFuzz_ROUND_1_aChangeLeavesNoTrace(uint96 first, uint96 second, uint96 other, bool capped) public pure {
        TallyWord begin = TallyWord.wrap(0).withStatus(ProjectStatus.Accepted).replace(0, other);
        if (capped) begin = begin.withCap();
        TallyWord once = begin.replace(0, second);
        TallyWord twice = begin.replace(0, first).replace(first, second);
        assertEq(TallyWord.unwrap(once), TallyWord.unwrap(twice));
        assertEq(once.contributed(), uint256(other) + second);
        assertEq(once.sqrtSum(), Math.sqrt(other) + Math.sqrt(second));
        assertEq(once.contributors(), (other == 0 ? 0 : 1) + (second == 0 ? 0 : 1));
        assertEq(TallyWord.unwrap(twice.replace(second, 0)), TallyWord.unwrap(begin));
        assertEq(once.isCapped(), capped);
        assertTrue(once.isAccepted());
        assertFalse(once.withStatus(ProjectStatus.Disqualified).isAccepted());
    }

    function test_aTallyHoldsAsManyAsItSaysOfAsMuchAsItSays() public pure {
        // the largest sums that 2^24 - 1 contributors can make
        uint256 most = type(uint24).max;
        uint256 raw = ((most * type(uint96).max) << 136) | ((most * type(uint48).max) << 64) | (most << 40) | 1;
        TallyWord word = TallyWord.wrap(raw);
        assertEq(word.contributed(), most * type(uint96).max);
        assertEq(word.sqrtSum(), most * type(uint48).max);
        assertEq(word.contributors(), most);
        TallyWord less = word.replace(type(uint96).max, 0);
        assertEq(TallyWord.unwrap(less.replace(0, type(uint96).max)), raw);
    }

    function test_aTallyRefusesOneMoreThanItCanCount() public {
        TallyWord full = TallyWord.wrap(uint256(type(uint24).max) << 40);
        vm.expectRevert(
            abi.encodeWithSelector(IQuadraticRound.Rounds_TooManyContributors.selector, uint256(type(uint24).max))
        );
        this.replaceIn(full, 0, 1);
        assertEq(this.replaceIn(full, 1, 2).contributors(), type(uint24).max);
    }

    function replaceIn(TallyWord word, uint256 unitsBefore, uint256 units) external pure returns (TallyWord) {
        return word.replace(unitsBefore, units);
    }

    function testFuzz_anEntrySaysWhatItWasMadeOf(uint96 units, uint112 assets, uint8 token, bool byOther) public pure {
        EntryWord word = EntryWords.pack(units, assets, token, byOther);
        assertEq(word.units(), units);
        assertEq(word.otherAssets(), assets);
        assertEq(word.otherToken(), token);
        assertEq(word.isPaidByOther(), byOther);
        assertEq(word.isPlain(), assets == 0 && token == 0 && !byOther);
        assertEq(EntryWord.unwrap(EntryWords.packPlain(units)), EntryWord.unwrap(EntryWords.pack(units, 0, 0, false)));
    }

    function testFuzz_aGiftIsReadAsItWasWritten(
        uint32 projectId,
        uint8 token,
        uint112 assets,
        uint104 odd
    ) public pure {
        uint256 raw = (uint256(projectId) << 224) | (uint256(token) << 112) | assets;
        Gift gift = Gift.wrap(raw);
        assertEq(gift.projectId(), projectId);
        assertEq(gift.token(), token);
        assertEq(gift.assets(), assets);
        assertEq(gift.isPlain(), token == 0);
        assertTrue(gift.isSound());
        if (odd == 0) return;
        gift = Gift.wrap(raw | (uint256(odd) << 120));
        assertFalse(gift.isSound() || gift.isPlain());
    }
}
