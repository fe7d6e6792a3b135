// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CaseId} from "./IGrievanceRail.sol";

/// @notice An account of the ledger: a person's, whose number is their address, or one with a purpose, whose number is a hash.
type AccountId is bytes32;

/// @title The accounts of the ledger
library Accounts {
    /// @notice What arbiters are paid from where nobody else owes it.
    AccountId internal constant RESERVE = AccountId.wrap(keccak256("reserve"));

    /// @notice What somebody can withdraw.
    function person(address owner) internal pure returns (AccountId) {
        return AccountId.wrap(bytes32(uint256(uint160(owner))));
    }

    function filingBond(CaseId caseId) internal pure returns (AccountId) {
        return AccountId.wrap(keccak256(abi.encode("filing", caseId)));
    }

    function appealBond(CaseId caseId) internal pure returns (AccountId) {
        return AccountId.wrap(keccak256(abi.encode("appeal", caseId)));
    }

    /// @notice What a case took from those who lost bonds in it; what its arbiters leave of it is the commons'.
    function forfeits(CaseId caseId) internal pure returns (AccountId) {
        return AccountId.wrap(keccak256(abi.encode("forfeits", caseId)));
    }

    function arbiterBond(address arbiter) internal pure returns (AccountId) {
        return AccountId.wrap(keccak256(abi.encode("arbiter", arbiter)));
    }

    function respondentBond(address respondent) internal pure returns (AccountId) {
        return AccountId.wrap(keccak256(abi.encode("respondent", respondent)));
    }
}
