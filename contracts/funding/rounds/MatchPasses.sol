// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {GiftBook} from "./GiftBook.sol";
import {IQuadraticRound} from "./IQuadraticRound.sol";
import {MatchFormula, MatchVariant} from "./MatchFormula.sol";
import {RoundArgs} from "./RoundArgs.sol";
import {TallyWord} from "./TallyWord.sol";

/// @title Matching in passes over the projects, a few at a time
/// @notice First the weights are added up. Then a cursor goes round and adds up the shares; where it meets one over the cap, that
/// project is frozen at the cap, the rest is shared among the others anew, and the sum begins again. It is done when it has
/// gone round once without meeting any. Matches are not stored: each follows from S, C and the totals.
///
/// Why the order does not matter. Let r be what is shared over the weight that shares it. A project is frozen when its
/// share, rounded down, is above the cap, so w·r ≥ cap + 1; without it r is greater. Hence r only rises, and in the end every
/// frozen project is still over the cap and every other is not: the frozen are exactly the heaviest few. Suppose two
/// orders ended with A and with a larger B. Take the first in B's order that is not in A, and P, those frozen before it, all
/// in A: it was over the cap at r(P). All of A that is not in P is heavier, so it was over the cap too, and freezing it made r
/// no smaller. So the one would be over the cap after A: A was not the end.
/// @dev INV-ROUND-3, INV-ROUND-4. One pass if nothing is capped; else as many as the order of acceptance is unlucky, at most one
/// for each that is frozen; naming them by falling weight (`freeze`) makes it one again.
library MatchPasses {
    struct State {
        // slot 0: 20 + 4 + 4 + 4 = 32 bytes
        uint160 weight; // of the projects that are not frozen; ClrFund: sum of squares
        uint32 cursor; // the project that is looked at next
        uint32 clean; // projects looked at since the sum of shares last began
        uint32 frozen;
        // slot 1: 18 + 1 bytes
        uint144 shared; // sum of shares; ClrFund: of allocations
        bool floored; // ClrFund: no square counts less than C
        // ClrFund only: slot 2: 20 bytes, slot 3: 17 bytes
        uint160 flooredWeight; // sum of squares that are no less than C
        uint136 contributed; // ΣC
    }

    /// @notice Adds up the weights of so many projects more.
    /// @return looked at so many
    function addUp(
        State storage state,
        GiftBook.Book storage book,
        uint256 count,
        uint256 most
    ) internal returns (uint256 looked) {
        State memory s = _load(state);
        MatchVariant variant = RoundArgs.variant();
        for (; looked < most && s.cursor < count; ++looked) {
            TallyWord tally = book.tallies[s.cursor++].word;
            if (!tally.isAccepted()) continue;
            (uint256 sqrtSum, uint256 given) = (tally.sqrtSum(), tally.contributed());
            if (variant == MatchVariant.ClrFund) {
                s.weight += uint160(MatchFormula.squareOf(sqrtSum, given, false));
                s.flooredWeight += uint160(MatchFormula.squareOf(sqrtSum, given, true));
                s.contributed += uint136(given);
            } else {
                s.weight += uint160(MatchFormula.weightOf(variant, sqrtSum, given));
            }
        }
        if (s.cursor == count) s.cursor = 0;
        (state.weight, state.cursor) = (s.weight, s.cursor);
        if (variant == MatchVariant.ClrFund)
            (state.flooredWeight, state.contributed) = (s.flooredWeight, s.contributed);
    }

    /// @notice Adds up the shares of so many projects more, and freezes those that are over the cap.
    /// @return done whether all are in the sum
    function share(
        State storage state,
        GiftBook.Book storage book,
        uint256 count,
        uint256 pool,
        uint256 most
    ) internal returns (bool done) {
        State memory s = _load(state);
        MatchVariant variant = RoundArgs.variant();
        uint256 cap = capAssetsOf(pool);
        for (uint256 looked = 0; looked < most && s.clean < count; ++looked) {
            uint32 projectId = s.cursor;
            s.cursor = projectId + 1 == count ? 0 : projectId + 1;
            ++s.clean;
            TallyWord tally = book.tallies[projectId].word;
            if (!tally.isAccepted() || tally.isCapped()) continue;
            if (variant == MatchVariant.ClrFund) {
                (uint256 allocated, bool below) = _allocationOf(s, tally, pool);
                unchecked {
                    // at most the budget in the end, < 2^137, if none is below 0; otherwise the sum is thrown away
                    s.shared += uint144(allocated);
                }
                if (below) (s.floored, s.weight, s.clean, s.shared) = (true, s.flooredWeight, 0, 0);
                continue;
            }
            (uint256 weight, uint256 matched) = _shareOf(s, tally, variant, pool, cap);
            if (matched > cap) _freeze(s, book, projectId, weight, cap);
            else s.shared += uint144(matched);
        }
        _save(state, s);
        return s.clean == count;
    }

    /// @notice Freezes projects that are over the cap.
    function freeze(
        State storage state,
        GiftBook.Book storage book,
        uint256 pool,
        uint32[] calldata projectIds
    ) internal {
        State memory s = _load(state);
        MatchVariant variant = RoundArgs.variant();
        uint256 cap = capAssetsOf(pool);
        for (uint256 i = 0; i < projectIds.length; ++i) {
            uint32 projectId = projectIds[i];
            TallyWord tally = book.tallies[projectId].word;
            if (!tally.isAccepted()) {
                revert IQuadraticRound.Rounds_WrongProjectStatus(projectId, tally.status());
            }
            if (tally.isCapped()) continue;
            (uint256 weight, uint256 matched) = _shareOf(s, tally, variant, pool, cap);
            if (matched <= cap) revert IQuadraticRound.Rounds_NotOverCap(projectId, matched, cap);
            _freeze(s, book, projectId, weight, cap);
        }
        _save(state, s);
    }

    /// @notice What all are matched in the end, and what is left. `ClrFund`: of the pool and the contributions.
    function result(State storage state, uint256 pool) internal view returns (uint256 matched, uint256 leftover) {
        matched = state.shared + state.frozen * capAssetsOf(pool);
        leftover = pool + state.contributed - matched;
    }

    /// @notice What one project is matched in the end. `ClrFund`: contributions included.
    function matchedOf(State storage state, TallyWord tally, uint256 pool) internal view returns (uint256 matched) {
        if (!tally.isAccepted()) return 0;
        uint256 cap = capAssetsOf(pool);
        if (tally.isCapped()) return cap;
        State memory s = _load(state);
        MatchVariant variant = RoundArgs.variant();
        if (variant == MatchVariant.ClrFund) (matched, ) = _allocationOf(s, tally, pool);
        else (, matched) = _shareOf(s, tally, variant, pool, cap);
    }

    function capAssetsOf(uint256 pool) internal view returns (uint256) {
        return (pool * RoundArgs.capBps()) / 1e4;
    }

    /// @dev The sum of shares begins again: each is more now.
    function _freeze(
        State memory s,
        GiftBook.Book storage book,
        uint32 projectId,
        uint256 weight,
        uint256 cap
    ) private {
        GiftBook.Tally storage tally = book.tallies[projectId];
        tally.word = tally.word.withCap();
        s.weight -= uint160(weight);
        ++s.frozen;
        (s.clean, s.shared) = (0, 0);
        emit IQuadraticRound.ProjectCapped(projectId, cap);
    }

    /// @dev In one place, because the compiler writes the copying out wherever it is done.
    function _load(State storage state) private view returns (State memory s) {
        (s.weight, s.cursor, s.clean, s.frozen) = (state.weight, state.cursor, state.clean, state.frozen);
        (s.shared, s.floored) = (state.shared, state.floored);
        (s.flooredWeight, s.contributed) = (state.flooredWeight, state.contributed);
    }

    function _save(State storage state, State memory s) private {
        (state.weight, state.cursor, state.clean, state.frozen) = (s.weight, s.cursor, s.clean, s.frozen);
        (state.shared, state.floored) = (s.shared, s.floored);
    }

    function _shareOf(
        State memory s,
        TallyWord tally,
        MatchVariant variant,
        uint256 pool,
        uint256 cap
    ) private pure returns (uint256 weight, uint256 matched) {
        weight = MatchFormula.weightOf(variant, tally.sqrtSum(), tally.contributed());
        matched = MatchFormula.shareOf(variant, weight, pool - s.frozen * cap, s.weight);
    }

    /// @dev Amounts are tallied in base units: the factor is 1.
    function _allocationOf(
        State memory s,
        TallyWord tally,
        uint256 pool
    ) private pure returns (uint256 allocated, bool below) {
        uint256 square = MatchFormula.squareOf(tally.sqrtSum(), tally.contributed(), s.floored);
        uint256 alphaWad = MatchFormula.alphaWadOf(pool, 1, s.weight, s.contributed);
        return MatchFormula.allocationOf(alphaWad, 1, square, tally.contributed());
    }
}
