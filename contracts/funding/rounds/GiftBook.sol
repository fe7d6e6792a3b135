// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {EntryWord, EntryWords} from "./EntryWord.sol";
import {IQuadraticRound} from "./IQuadraticRound.sol";
import {RoundArgs} from "./RoundArgs.sol";
import {TallyWord} from "./TallyWord.sol";

/// @title What everybody gives to each project, whose money it is, and each project's tally
/// @dev INV-ROUND-1: tallies are the sums over entries. Of use only in a round's clone, whose rates it reads.
library GiftBook {
    using SafeCast for uint256;

    struct OtherTotal {
        // 17 + 15 = 32 bytes
        uint136 assets;
        uint120 units;
    }

    struct Tally {
        TallyWord word;
    }

    struct Entry {
        EntryWord word;
    }

    struct Book {
        mapping(uint256 projectId => Tally) tallies;
        mapping(uint256 entryKey => Entry) entries;
        mapping(uint256 entryKey => address) payers; // of what is paid by others
        mapping(uint256 totalKey => OtherTotal) others; // what all give in tokens other than the asset
    }

    uint256 private constant MOST_UNITS = type(uint96).max;

    /// @notice Sets what somebody gives to a project in one token. What is given is one payer's, so that what comes back of it goes to
    /// that payer: it grows by that payer's money only.
    /// @param payer whose money it is if it grows
    /// @return before what it was in that token
    /// @return payerBefore whose money that was
    function set(
        Book storage book,
        uint32 projectId,
        address contributor,
        address payer,
        uint8 token,
        uint256 assets
    ) internal returns (uint256 before, address payerBefore) {
        uint256 key = entryKey(projectId, contributor);
        EntryWord entry = book.entries[key].word;
        uint256 units;
        (before, units) = _unitsWith(book, entry, projectId, token, assets);
        if (units > MOST_UNITS) revert IQuadraticRound.Rounds_TooMuch(units, MOST_UNITS);
        bool paidByOther = entry.isPaidByOther();
        payerBefore = paidByOther ? book.payers[key] : contributor;
        if (assets > before && payerBefore != payer) {
            if (entry.units() != 0) revert IQuadraticRound.Rounds_PaidByOther(projectId, payerBefore);
            (paidByOther, book.payers[key]) = (true, payer);
        } else if (paidByOther && units == 0) {
            paidByOther = false;
            delete book.payers[key];
        }
        (uint256 otherAssets, uint256 otherToken) = (entry.otherAssets(), entry.otherToken());
        if (token != 0) (otherAssets, otherToken) = (assets, assets == 0 ? 0 : token);
        book.entries[key].word = EntryWords.pack(units, otherAssets, otherToken, paidByOther);
        Tally storage tally = book.tallies[projectId];
        tally.word = tally.word.replace(entry.units(), units);
    }

    /// @notice `set` for the common case, in less gas: own money in the asset, and none in another token.
    /// @return done whether it was that case, in an accepted project; nothing is set otherwise
    /// @return before what it was
    function setPlain(
        Book storage book,
        uint256 projectId,
        address contributor,
        uint256 assets
    ) internal returns (bool done, uint256 before) {
        Entry storage entry = book.entries[(projectId << 160) | uint160(contributor)];
        Tally storage tally = book.tallies[projectId];
        (EntryWord was, TallyWord word) = (entry.word, tally.word);
        if (!was.isPlain() || !word.isAccepted() || assets > MOST_UNITS) return (false, 0);
        before = was.units();
        entry.word = EntryWords.packPlain(assets);
        tally.word = word.replace(before, assets);
        return (true, before);
    }

    /// @notice What somebody gives in one token.
    function assetsIn(EntryWord entry, uint8 token) internal view returns (uint256) {
        uint256 other = entry.otherToken();
        if (token != 0) return token == other ? entry.otherAssets() : 0;
        return other == 0 ? entry.units() : entry.units() - unitsOf(other, entry.otherAssets());
    }

    /// @notice What all give to a project in one token.
    function totalIn(Book storage book, uint32 projectId, uint8 token) internal view returns (uint256 assets) {
        if (token != 0) return book.others[totalKey(projectId, token)].assets;
        assets = book.tallies[projectId].word.contributed();
        uint256 count = RoundArgs.tokenCount();
        for (uint256 other = 1; other < count; ++other) {
            assets -= book.others[totalKey(projectId, uint8(other))].units;
        }
    }

    /// @notice Rounded down.
    function unitsOf(uint256 token, uint256 assets) internal view returns (uint256) {
        return (assets * RoundArgs.unitsWadOf(token)) / 1e18;
    }

    function entryKey(uint32 projectId, address contributor) internal pure returns (uint256) {
        return (uint256(projectId) << 160) | uint160(contributor);
    }

    function totalKey(uint32 projectId, uint8 token) internal pure returns (uint256) {
        return (uint256(projectId) << 8) | token;
    }

    /// @dev What somebody gives in all once it is `assets` in one token; keeps the total of that token.
    function _unitsWith(
        Book storage book,
        EntryWord entry,
        uint32 projectId,
        uint8 token,
        uint256 assets
    ) private returns (uint256 before, uint256 units) {
        uint256 other = entry.otherToken();
        uint256 otherUnits = other == 0 ? 0 : unitsOf(other, entry.otherAssets());
        if (token == 0) return (entry.units() - otherUnits, otherUnits + assets);
        if (other != token && other != 0) revert IQuadraticRound.Rounds_SecondToken(projectId, token, other);
        before = entry.otherAssets();
        units = unitsOf(token, assets);
        if (units == 0 && assets != 0) revert IQuadraticRound.Rounds_TooLittle(token, assets);
        OtherTotal storage total = book.others[totalKey(projectId, token)];
        total.assets = (total.assets - before + assets).toUint136();
        total.units = (total.units - otherUnits + units).toUint120();
        units += entry.units() - otherUnits;
    }
}
