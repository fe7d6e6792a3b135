// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {PayoutFormula} from "../../contracts/capital/PayoutFormula.sol";
import {FormulaId} from "../../contracts/capital/ITermsStore.sol";

/// @dev Runs many formulas in one call, so that a comparison with another implementation costs one request for hundreds.
contract FormulaHarness {
    struct Case {
        uint256 header;
        uint256[] words;
        int64[] xs;
        uint256 coverAssets;
    }

    struct Outcome {
        FormulaId formulaId;
        uint256 mostAssets;
        uint256[] payoutWads;
        uint256[] paidAssets;
    }

    function run(Case[] calldata cases) external pure returns (Outcome[] memory outcomes) {
        outcomes = new Outcome[](cases.length);
        for (uint256 i = 0; i < cases.length; ++i) {
            Case calldata c = cases[i];
            uint256[] memory words = c.words;
            PayoutFormula.validate(c.header, words);
            outcomes[i].formulaId = PayoutFormula.id(c.header, words);
            outcomes[i].mostAssets = PayoutFormula.payout(c.header, c.coverAssets, PayoutFormula.mostWad(words));
            outcomes[i].payoutWads = new uint256[](c.xs.length);
            outcomes[i].paidAssets = new uint256[](c.xs.length);
            for (uint256 k = 0; k < c.xs.length; ++k) {
                uint256 wad = PayoutFormula.payoutWad(c.header, words, c.xs[k]);
                outcomes[i].payoutWads[k] = wad;
                outcomes[i].paidAssets[k] = PayoutFormula.payout(c.header, c.coverAssets, wad);
            }
        }
    }

    function validate(uint256 header, uint256[] calldata words) external pure {
        PayoutFormula.validate(header, words);
    }
}
