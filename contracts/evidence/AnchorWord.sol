// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Anchor, AnchorFlags, AnchorState} from "./IEvidenceRegistry.sol";

/// @notice An Anchor as one storage word, zero when there is none. From the most significant bit:
/// `int64 value | u40 from | u40 to | u32 sequence | u8 eql | u8 flags | u40 finalAt | u24 feedIndex`: the header of its report
/// with the last eight bytes replaced.
type AnchorWord is uint256;

using AnchorWordLib for AnchorWord global;

/// @notice Reads and writes an AnchorWord, and says in which state it is at a time.
/// @dev While disputed, `finalAt` is when the dispute ends by itself; so every state follows from the word and the clock.
library AnchorWordLib {
    uint256 private constant FLAGS_SHIFT = 64;
    uint256 private constant FINAL_AT_SHIFT = 24;
    uint256 private constant TO_MASK = uint256(type(uint40).max) << 112;
    uint256 private constant SEQUENCE_MASK = uint256(type(uint32).max) << 80;
    uint256 private constant REPORTED_MASK = ~uint256(type(uint64).max);
    uint256 private constant FINAL_AT_MASK = uint256(type(uint40).max) << FINAL_AT_SHIFT;

    /// @param header as in `IEvidenceRegistry.anchor`
    /// @param finalAt at most 40 bits
    /// @param feedIndex_ at most 24 bits
    function pack(uint256 header, uint256 finalAt, uint256 feedIndex_) internal pure returns (AnchorWord) {
        return AnchorWord.wrap((header & REPORTED_MASK) | (finalAt << FINAL_AT_SHIFT) | feedIndex_);
    }

    function unpack(AnchorWord self) internal pure returns (Anchor memory anchor) {
        uint256 word = AnchorWord.unwrap(self);
        anchor.value = int64(uint64(word >> 192));
        anchor.from = uint40(word >> 152);
        anchor.to = uint40(word >> 112);
        anchor.finalAt = uint40(word >> FINAL_AT_SHIFT);
        anchor.sequence = uint32(word >> 80);
        anchor.feedIndex = uint24(word);
        anchor.eql = uint8(word >> 72);
        anchor.flags = uint8(word >> FLAGS_SHIFT);
    }

    function isNone(AnchorWord self) internal pure returns (bool) {
        return AnchorWord.unwrap(self) == 0;
    }

    /// @notice Whether its sequence is above the other's.
    function isAbove(AnchorWord self, AnchorWord other) internal pure returns (bool) {
        return (AnchorWord.unwrap(self) & SEQUENCE_MASK) > (AnchorWord.unwrap(other) & SEQUENCE_MASK);
    }

    /// @notice Whether its window ends no earlier than the other's.
    function isNotBefore(AnchorWord self, AnchorWord other) internal pure returns (bool) {
        return (AnchorWord.unwrap(self) & TO_MASK) >= (AnchorWord.unwrap(other) & TO_MASK);
    }

    function sequence(AnchorWord self) internal pure returns (uint256) {
        return (AnchorWord.unwrap(self) >> 80) & type(uint32).max;
    }

    function feedIndex(AnchorWord self) internal pure returns (uint256) {
        return AnchorWord.unwrap(self) & type(uint24).max;
    }

    function has(AnchorWord self, uint8 flags) internal pure returns (bool) {
        return AnchorWord.unwrap(self) & (uint256(flags) << FLAGS_SHIFT) != 0;
    }

    function with(AnchorWord self, uint8 flags) internal pure returns (AnchorWord) {
        return AnchorWord.wrap(AnchorWord.unwrap(self) | (uint256(flags) << FLAGS_SHIFT));
    }

    function withFinalAt(AnchorWord self, uint40 finalAt) internal pure returns (AnchorWord) {
        return AnchorWord.wrap((AnchorWord.unwrap(self) & ~FINAL_AT_MASK) | (uint256(finalAt) << FINAL_AT_SHIFT));
    }

    function stateAt(AnchorWord self, uint256 timestamp) internal pure returns (AnchorState) {
        if (self.isNone()) return AnchorState.None;
        if (self.has(AnchorFlags.VOID)) return AnchorState.Void;
        if (self.has(AnchorFlags.UPHELD)) return AnchorState.Upheld;
        bool open = timestamp < uint40(AnchorWord.unwrap(self) >> FINAL_AT_SHIFT);
        if (self.has(AnchorFlags.DISPUTED)) return open ? AnchorState.Disputed : AnchorState.Upheld;
        return open ? AnchorState.Anchored : AnchorState.Final;
    }
}
