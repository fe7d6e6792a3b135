// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Remedies} from "./Remedies.sol";

/// @notice What an arbiter, or a panel, holds: `uint4 remedies | uint3 quarters | bool upheld`, first field in the most
/// significant bits. 0 is a dismissal.
type Ruling is uint8;

using RulingLib for Ruling global;

/// @title Rulings and how many become one
/// @dev Each question has the answer of more than half of those who revealed. A tie is not more than half: who asks for something
/// has to convince.
library RulingLib {
    uint8 internal constant FULL = 4; // quarters

    function isUpheld(Ruling self) internal pure returns (bool) {
        return Ruling.unwrap(self) & 1 != 0;
    }

    /// @notice How many quarters of the claimed compensation.
    function quarters(Ruling self) internal pure returns (uint8) {
        return (Ruling.unwrap(self) >> 1) & 7;
    }

    function remedies(Ruling self) internal pure returns (uint8) {
        return Ruling.unwrap(self) >> 4;
    }

    /// @notice Whether it gives nothing when it dismisses, at most everything, and only what was asked for.
    function isSound(Ruling self, uint8 requested) internal pure returns (bool) {
        if (!self.isUpheld()) return Ruling.unwrap(self) == 0;
        return self.quarters() <= FULL && areRemediesSound(self.remedies()) && self.remedies() & ~requested == 0;
    }

    function areRemediesSound(uint8 remedies_) internal pure returns (bool) {
        if (remedies_ & ~Remedies.ALL != 0) return false;
        return remedies_ & Remedies.DELISTING == 0 || remedies_ & Remedies.SUSPENSION != 0;
    }

    /// @notice Whether it gives the complainant more than `other` does: being right, then money, then the other remedies.
    function isAbove(Ruling self, Ruling other) internal pure returns (bool) {
        return _weight(self) > _weight(other);
    }

    /// @notice The ruling of a panel. Compensation is the most that more than half would give at least.
    function ofMajority(Ruling[] memory rulings) internal pure returns (Ruling) {
        uint256 half = rulings.length / 2;
        if (_count(rulings, 1, 1) <= half) return Ruling.wrap(0);
        uint8 quarters_ = FULL;
        while (quarters_ != 0 && _countFrom(rulings, quarters_) <= half) --quarters_;
        uint8 remedies_ = 0;
        for (uint8 bit = 1; bit < Remedies.ALL; bit <<= 1) {
            if (_count(rulings, bit << 4, bit << 4) > half) remedies_ |= bit;
        }
        return pack(true, quarters_, remedies_);
    }

    function pack(bool upheld, uint8 quarters_, uint8 remedies_) internal pure returns (Ruling) {
        return Ruling.wrap((remedies_ << 4) | (quarters_ << 1) | (upheld ? 1 : 0));
    }

    function _count(Ruling[] memory rulings, uint8 mask, uint8 expected) private pure returns (uint256 count) {
        for (uint256 i = 0; i < rulings.length; ++i) if (Ruling.unwrap(rulings[i]) & mask == expected) ++count;
    }

    function _countFrom(Ruling[] memory rulings, uint8 least) private pure returns (uint256 count) {
        for (uint256 i = 0; i < rulings.length; ++i) if (rulings[i].quarters() >= least) ++count;
    }

    function _weight(Ruling self) private pure returns (uint256 weight) {
        weight = (self.isUpheld() ? 64 : 0) + uint256(self.quarters()) * 8;
        for (uint8 rest = self.remedies(); rest != 0; rest >>= 1) weight += rest & 1;
    }
}
