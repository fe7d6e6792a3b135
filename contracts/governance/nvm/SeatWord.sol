// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice A seat, in one word, first field in the lowest bits: owner 160 | termEndsAt 40 | epoch 24 | latestEpoch 24 | ownKey 8.
/// @dev `latestEpoch` is of all seats, in each of them, so that a ballot reads one word to know whether any seat changed hands.
/// `ownKey`: the signer is the owner. Owner 0: vacant.
type SeatWord is uint256;

using SeatWordLib for SeatWord global;

library SeatWordLib {
    uint256 private constant LATEST_EPOCH = 224;

    function pack(address owner_, uint256 termEndsAt_, uint256 epoch_, bool ownKey) internal pure returns (SeatWord) {
        return
            SeatWord.wrap(
                uint256(uint160(owner_)) | (termEndsAt_ << 160) | (epoch_ << 200) | (ownKey ? uint256(1) << 248 : 0)
            );
    }

    function owner(SeatWord word) internal pure returns (address) {
        return address(uint160(SeatWord.unwrap(word)));
    }

    function termEndsAt(SeatWord word) internal pure returns (uint256) {
        return uint40(SeatWord.unwrap(word) >> 160);
    }

    function epoch(SeatWord word) internal pure returns (uint256) {
        return uint24(SeatWord.unwrap(word) >> 200);
    }

    function latestEpoch(SeatWord word) internal pure returns (uint256) {
        return uint24(SeatWord.unwrap(word) >> LATEST_EPOCH);
    }

    function hasOwnKey(SeatWord word) internal pure returns (bool) {
        return SeatWord.unwrap(word) >> 248 != 0;
    }

    function withTerm(SeatWord word, uint256 termEndsAt_) internal pure returns (SeatWord) {
        uint256 cleared = SeatWord.unwrap(word) & ~(uint256(type(uint40).max) << 160);
        return SeatWord.wrap(cleared | (termEndsAt_ << 160));
    }

    function withLatestEpoch(SeatWord word, uint256 latest) internal pure returns (SeatWord) {
        uint256 cleared = SeatWord.unwrap(word) & ~(uint256(type(uint24).max) << LATEST_EPOCH);
        return SeatWord.wrap(cleared | (latest << LATEST_EPOCH));
    }
}
