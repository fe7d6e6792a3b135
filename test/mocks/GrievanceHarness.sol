// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {GrievanceTerms, GrievanceTermsLib} from "../../contracts/grievance/GrievanceTerms.sol";

/// @dev Lets tests call a library, and know its errors.
contract GrievanceTermsHarness {
    function requireSound(GrievanceTerms calldata terms, uint256 unit) external pure {
        GrievanceTermsLib.requireSound(terms, unit);
    }

    function mostCaseSeconds() external pure returns (uint256) {
        return GrievanceTermsLib.MOST_CASE_SECONDS;
    }
}
