// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ActionClass} from "./IActionClasses.sol";
import {Choice, SeatId} from "./INexusValidationModule.sol";

/// @notice A decision, in one word: unused 80 | openedEpoch 32 | quorumAt 40 | openedAt 40 | status 8 | openedBy 8 | class 8 | and five bitmaps of
/// seats of 8 bits each, in the order of Choice, yes in the lowest.
type DecisionWord is uint256;

using DecisionWordLib for DecisionWord global;

/// @dev What was done to a decision; the rest of its state is time.
enum DecisionStatus {
    None,
    Open,
    Executed,
    Killed
}

library DecisionWordLib {
    uint256 private constant CLASS = 40;
    uint256 private constant OPENED_BY = 48;
    uint256 private constant STATUS = 56;
    uint256 private constant OPENED_AT = 64;
    uint256 private constant QUORUM_AT = 104;
    uint256 private constant OPENED_EPOCH = 144;

    function pack(ActionClass class, SeatId by, uint256 time, uint256 epoch) internal pure returns (DecisionWord) {
        return
            DecisionWord.wrap(
                (uint256(class) << CLASS) |
                    (uint256(SeatId.unwrap(by)) << OPENED_BY) |
                    (uint256(DecisionStatus.Open) << STATUS) |
                    (time << OPENED_AT) |
                    (epoch << OPENED_EPOCH)
            );
    }

    function actionClass(DecisionWord word) internal pure returns (ActionClass) {
        return ActionClass(uint8(DecisionWord.unwrap(word) >> CLASS));
    }

    function openedBy(DecisionWord word) internal pure returns (SeatId) {
        return SeatId.wrap(uint8(DecisionWord.unwrap(word) >> OPENED_BY));
    }

    function status(DecisionWord word) internal pure returns (DecisionStatus) {
        return DecisionStatus(uint8(DecisionWord.unwrap(word) >> STATUS));
    }

    function openedAt(DecisionWord word) internal pure returns (uint256) {
        return uint40(DecisionWord.unwrap(word) >> OPENED_AT);
    }

    function quorumAt(DecisionWord word) internal pure returns (uint256) {
        return uint40(DecisionWord.unwrap(word) >> QUORUM_AT);
    }

    function openedEpoch(DecisionWord word) internal pure returns (uint256) {
        return uint32(DecisionWord.unwrap(word) >> OPENED_EPOCH);
    }

    /// @return bitmap of the seats whose ballot says `choice`
    function seats(DecisionWord word, Choice choice) internal pure returns (uint256 bitmap) {
        return uint8(DecisionWord.unwrap(word) >> (uint256(choice) * 8));
    }

    /// @dev INV-NVM-3
    function hasAnswered(DecisionWord word, uint256 seat) internal pure returns (bool) {
        uint256 bits = DecisionWord.unwrap(word) >> seat;
        return (bits | (bits >> 8) | (bits >> 16) | (bits >> 24) | (bits >> 32)) & 1 != 0;
    }

    function withBallot(DecisionWord word, uint256 seat, Choice choice) internal pure returns (DecisionWord) {
        return DecisionWord.wrap(DecisionWord.unwrap(word) | (1 << (uint256(choice) * 8 + seat)));
    }

    function withQuorumAt(DecisionWord word, uint256 time) internal pure returns (DecisionWord) {
        uint256 cleared = DecisionWord.unwrap(word) & ~(uint256(type(uint40).max) << QUORUM_AT);
        return DecisionWord.wrap(cleared | (time << QUORUM_AT));
    }

    function withStatus(DecisionWord word, DecisionStatus to) internal pure returns (DecisionWord) {
        uint256 cleared = DecisionWord.unwrap(word) & ~(uint256(0xff) << STATUS);
        return DecisionWord.wrap(cleared | (uint256(to) << STATUS));
    }

    /// @return count of the bits of a bitmap of at most eight seats: first of pairs, then of fours, then of all
    function countOf(uint256 bitmap) internal pure returns (uint256 count) {
        unchecked {
            count = bitmap - ((bitmap >> 1) & 0x55);
            count = (count & 0x33) + ((count >> 2) & 0x33);
            count = (count + (count >> 4)) & 0x0f;
        }
    }
}
