// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {FormulaId} from "../../contracts/capital/ITermsStore.sol";
import {PayoutFormula} from "../../contracts/capital/PayoutFormula.sol";

/// @dev Makes the library's functions callable, many formulas at once. Arrays travel as packed bytes: encoding thousands of
/// elements one by one is what such a call would spend its time on.
contract PayoutFormulaHarness {
    struct Question {
        uint256 header;
        bytes words;
        uint256 coverAssets;
        bytes xs; // 32 bytes each
    }

    struct Answer {
        FormulaId formulaId;
        uint256 mostWad;
        bytes payoutsWad; // 32 bytes each
        bytes paidAssets; // 32 bytes each
    }

    function validate(uint256 header, uint256[] memory words) external pure {
        PayoutFormula.validate(header, words);
    }

    function ask(Question[] calldata questions) external pure returns (Answer[] memory answers) {
        answers = new Answer[](questions.length);
        for (uint256 i = 0; i < questions.length; ++i) {
            Question calldata q = questions[i];
            uint256[] memory words = _unpack(q.words);
            PayoutFormula.validate(q.header, words);
            Answer memory a = answers[i];
            a.formulaId = PayoutFormula.id(q.header, words);
            a.mostWad = PayoutFormula.mostWad(words);
            uint256[] memory xs = _unpack(q.xs);
            uint256[] memory payoutsWad = new uint256[](xs.length);
            uint256[] memory paidAssets = new uint256[](xs.length);
            for (uint256 j = 0; j < xs.length; ++j) {
                payoutsWad[j] = PayoutFormula.payoutWad(q.header, words, int64(int256(xs[j])));
                paidAssets[j] = PayoutFormula.payout(q.header, q.coverAssets, payoutsWad[j]);
            }
            (a.payoutsWad, a.paidAssets) = (abi.encodePacked(payoutsWad), abi.encodePacked(paidAssets));
        }
    }

    function _unpack(bytes calldata packed) private pure returns (uint256[] memory) {
        return abi.decode(bytes.concat(abi.encode(32, packed.length / 32), packed), (uint256[]));
    }
}
