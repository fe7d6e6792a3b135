// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Anchor, AnchorFlags, AnchorState} from "./IEvidenceRegistry.sol";

/// @notice An Anchor as one storage word, zero when there is none. From the most significant bit:
/// `int64 value | u40 from | u40 to | u32 sequence | u8 eql | u8 flags | u40 finalAt | u24 feedIndex`: the header of its report
/// with the last eight bytes replaced. Levels are 1…4, so two bits of the level's byte are free: in the word that a feed keeps of
/// its latest anchor they say by how much less than 4 a new report's level has to be (0: no cap). In an anchor they are zero.
type AnchorWord is uint256;

using AnchorWordLib for AnchorWord global;

/// @notice Reads and writes an AnchorWord, and says in which state it is at a time.
/// @dev While disputed, `finalAt` is when the dispute ends by itself; so every state follows from the word and the clock.
library AnchorWordLib {
    uint256 private constant FLAGS_SHIFT = 64;
    uint256 private constant FINAL_AT_SHIFT = 24;
    uint256 private constant EQL_SHIFT = 72;
    uint256 private constant EQL_MASK = 0xff;
    uint256 private constant MOST_EQL = 4;
    uint256 private constant CAP_SHIFT = 75;
    uint256 private constant CAP_MASK = 3 << CAP_SHIFT;
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

    /// @notice Whether it may come after the latest of its feed: its sequence is above, its level at most 4 and within the cap.
    /// @dev One condition, because every report pays for it: the level and what the cap takes from 4 are together at most 4.
    function follows(AnchorWord self, AnchorWord latest) internal pure returns (bool ok) {
        uint256 sequenceMask = SEQUENCE_MASK;
        assembly ("memory-safe") {
            ok := gt(and(self, sequenceMask), and(latest, sequenceMask))
            ok := and(ok, lt(add(and(shr(EQL_SHIFT, self), EQL_MASK), and(shr(CAP_SHIFT, latest), 3)), 5))
        }
    }

    /// @notice Without the cap: the anchor itself, or none.
    function uncapped(AnchorWord self) internal pure returns (AnchorWord) {
        return AnchorWord.wrap(AnchorWord.unwrap(self) & ~CAP_MASK);
    }

    /// @notice With the cap of another, in place of none.
    function withCapOf(AnchorWord self, AnchorWord latest) internal pure returns (AnchorWord) {
        return AnchorWord.wrap(AnchorWord.unwrap(self) | (AnchorWord.unwrap(latest) & CAP_MASK));
    }

    /// @param mostEql 1…4
    function withCap(AnchorWord self, uint256 mostEql) internal pure returns (AnchorWord) {
        return AnchorWord.wrap(AnchorWord.unwrap(self.uncapped()) | ((MOST_EQL - mostEql) << CAP_SHIFT));
    }

    function cap(AnchorWord self) internal pure returns (uint256) {
        unchecked {
            return MOST_EQL - ((AnchorWord.unwrap(self) & CAP_MASK) >> CAP_SHIFT);
        }
    }

    function eql(AnchorWord self) internal pure returns (uint256) {
        return (AnchorWord.unwrap(self) >> EQL_SHIFT) & EQL_MASK;
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
