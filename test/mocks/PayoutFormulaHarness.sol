// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {FormulaId} from "../../contracts/capital/ITermsStore.sol";
import {PayoutFormula} from "../../contracts/capital/PayoutFormula.sol";

/// @dev Makes the library's functions callable, and many at once.
contract PayoutFormulaHarness {
    struct Question {
        uint256 header;
        uint256[] words;
        uint256 coverAssets;
        int64[] xs;
    }

    struct Answer {
        FormulaId formulaId;
        uint256 mostWad;
        uint256[] payoutsWad;
        uint256[] paidAssets;
    }

    function validate(uint256 header, uint256[] memory words) external pure {
        PayoutFormula.validate(header, words);
    }

    function ask(Question[] memory questions) external pure returns (Answer[] memory answers) {
        answers = new Answer[](questions.length);
        for (uint256 i = 0; i < questions.length; ++i) {
            Question memory q = questions[i];
            PayoutFormula.validate(q.header, q.words);
            Answer memory a = answers[i];
            a.formulaId = PayoutFormula.id(q.header, q.words);
            a.mostWad = PayoutFormula.mostWad(q.words);
            (a.payoutsWad, a.paidAssets) = (new uint256[](q.xs.length), new uint256[](q.xs.length));
            for (uint256 j = 0; j < q.xs.length; ++j) {
                a.payoutsWad[j] = PayoutFormula.payoutWad(q.header, q.words, q.xs[j]);
                a.paidAssets[j] = PayoutFormula.payout(q.header, q.coverAssets, a.payoutsWad[j]);
            }
        }
    }
}
