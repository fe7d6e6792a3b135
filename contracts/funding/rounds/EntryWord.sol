// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice units 96 bits | assets of the other token 112 | that token 8 | paid by another 8 of 48
/// `units` is c, of all tokens; what is not of the other token is of the asset. Token 0: no other.
type EntryWord is uint256;

using EntryWords for EntryWord global;

/// @title What one person gives to one project, in one word
library EntryWords {
    uint256 private constant UNITS_AT = 160;
    uint256 private constant ASSETS_AT = 48;
    uint256 private constant TOKEN_AT = 40;
    uint256 private constant PAID_BY_OTHER = 1;

    function pack(
        uint256 units_,
        uint256 assets_,
        uint256 token_,
        bool paidByOther_
    ) internal pure returns (EntryWord) {
        return
            EntryWord.wrap(
                (units_ << UNITS_AT) |
                    (assets_ << ASSETS_AT) |
                    (token_ << TOKEN_AT) |
                    (paidByOther_ ? PAID_BY_OTHER : 0)
            );
    }

    function packPlain(uint256 units_) internal pure returns (EntryWord) {
        return EntryWord.wrap(units_ << UNITS_AT);
    }

    /// @notice Own money, in the asset only.
    function isPlain(EntryWord word) internal pure returns (bool) {
        return uint160(EntryWord.unwrap(word)) == 0;
    }

    function units(EntryWord word) internal pure returns (uint256) {
        return EntryWord.unwrap(word) >> UNITS_AT;
    }

    function otherAssets(EntryWord word) internal pure returns (uint256) {
        return uint112(EntryWord.unwrap(word) >> ASSETS_AT);
    }

    function otherToken(EntryWord word) internal pure returns (uint256) {
        return uint8(EntryWord.unwrap(word) >> TOKEN_AT);
    }

    function isPaidByOther(EntryWord word) internal pure returns (bool) {
        return EntryWord.unwrap(word) & PAID_BY_OTHER != 0;
    }
}
