// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";

import {Deck, DeckLib} from "../../../contracts/grievance/Deck.sol";
import {Ruling, RulingLib} from "../../../contracts/grievance/Ruling.sol";

contract DeckTest is Test {
    /// @dev The whole pack is laid out, and cards change places in it.
    function testFuzz_GRV_4_dealsAsAShuffleOfTheWholePack(bytes32 seed, uint256 count, uint256 most) external pure {
        count = bound(count, 1, 200);
        most = bound(most, 1, count);
        uint256[] memory pack = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) pack[i] = i;
        Deck memory deck = DeckLib.shuffled(seed, count, most);
        for (uint256 j = 0; j < most; ++j) {
            uint256 place = j + (uint256(keccak256(abi.encode(seed, j))) % (count - j));
            (pack[j], pack[place]) = (pack[place], pack[j]);
            assertEq(deck.deal(), pack[j]);
        }
        assertEq(deck.dealt, most);
    }

    /// @dev The same, counted one question at a time.
    function testFuzz_majorityIsWhatMoreThanHalfHold(uint8[9] memory words, uint256 size) external pure {
        size = bound(size, 0, 9);
        Ruling[] memory rulings = new Ruling[](size);
        for (uint256 i = 0; i < size; ++i) {
            bool upheld = words[i] & 1 == 1;
            uint8 quarters = (words[i] >> 1) % 5;
            uint8 remedies = words[i] >> 4;
            if (remedies & 2 != 0) remedies |= 1;
            rulings[i] = upheld ? RulingLib.pack(true, quarters, remedies) : Ruling.wrap(0);
        }
        Ruling result = RulingLib.ofMajority(rulings);
        uint256 upholding = 0;
        for (uint256 i = 0; i < size; ++i) if (rulings[i].isUpheld()) ++upholding;
        assertEq(result.isUpheld(), 2 * upholding > size);
        assertTrue(result.isSound(15));
        if (!result.isUpheld()) return;
        // at least half-plus-one would give this much, and not more
        uint256 giving = 0;
        uint256 givingMore = 0;
        for (uint256 i = 0; i < size; ++i) {
            if (rulings[i].quarters() >= result.quarters()) ++giving;
            if (rulings[i].quarters() > result.quarters()) ++givingMore;
        }
        assertTrue(2 * giving > size && 2 * givingMore <= size);
    }
}
