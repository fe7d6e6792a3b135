// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice A pack of cards 0 … count − 1, of which the first `dealt` places are dealt.
/// @dev Only the places that differ from an unshuffled pack are written down: at most one for each card dealt.
struct Deck {
    bytes32 seed;
    uint256 count;
    uint256 dealt;
    uint256[] places;
    uint256[] cards;
}

using DeckLib for Deck global;

/// @title Deals distinct numbers in a random order, each order as likely as any other
/// @dev R. Durstenfeld, Algorithm 235 (CACM 7/7, 1964), the shuffle of Fisher and Yates, from the front and sparse: place j
/// takes what lies at j + keccak256(seed, j) mod (count − j). The modulus favours no card by more than count / 2²⁵⁶.
library DeckLib {
    /// @param most how many are dealt at most
    function shuffled(bytes32 seed, uint256 count, uint256 most) internal pure returns (Deck memory deck) {
        (deck.seed, deck.count) = (seed, count);
        (deck.places, deck.cards) = (new uint256[](most), new uint256[](most));
    }

    function deal(Deck memory self) internal pure returns (uint256 card) {
        uint256 from = self.dealt;
        uint256 place = from + (uint256(keccak256(abi.encode(self.seed, from))) % (self.count - from));
        card = _cardAt(self, place, from);
        // the card of the place that is dealt now goes where the dealt one was
        (self.places[from], self.cards[from]) = (place, _cardAt(self, from, from));
        self.dealt = from + 1;
    }

    /// @dev The last note about a place counts.
    function _cardAt(Deck memory self, uint256 place, uint256 notes) private pure returns (uint256) {
        for (uint256 i = notes; i > 0; --i) if (self.places[i - 1] == place) return self.cards[i - 1];
        return place;
    }
}
