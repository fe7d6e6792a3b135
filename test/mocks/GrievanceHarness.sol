// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {BlockHistory} from "../../contracts/grievance/BlockHistory.sol";
import {Deck, DeckLib} from "../../contracts/grievance/Deck.sol";
import {GrievanceTerms, GrievanceTermsLib} from "../../contracts/grievance/GrievanceTerms.sol";
import {Ruling, RulingLib} from "../../contracts/grievance/Ruling.sol";

/// @dev Lets tests call a library, and know its errors.
contract GrievanceTermsHarness {
    function requireSound(GrievanceTerms calldata terms, uint256 unit) external pure {
        GrievanceTermsLib.requireSound(terms, unit);
    }

    function mostCaseSeconds() external pure returns (uint256) {
        return GrievanceTermsLib.MOST_CASE_SECONDS;
    }
}

/// @dev The deck and the majority by themselves, for the vectors.
contract GrievanceDrawHarness {
    function deal(bytes32 seed, uint256 count, uint256 most) external pure returns (uint256[] memory cards) {
        Deck memory deck = DeckLib.shuffled(seed, count, most);
        cards = new uint256[](most);
        for (uint256 i = 0; i < most; ++i) cards[i] = deck.deal();
    }

    function majority(Ruling[] calldata rulings) external pure returns (Ruling) {
        return RulingLib.ofMajority(rulings);
    }

    function isSound(Ruling ruling, uint8 requested) external pure returns (bool) {
        return ruling.isSound(requested);
    }

    function blockAt(uint256 first) external view returns (uint256) {
        return BlockHistory.current(first);
    }
}
