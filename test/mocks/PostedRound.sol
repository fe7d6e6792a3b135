// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IPostedRound, IPostedRounds, PostedVariant} from "../../contracts/funding/posted/IPostedRound.sol";

/// @notice A round reduced to what a challenge reads of it: its storage, filled by hand.
contract PostedRound is IPostedRound {
    PostedVariant public variant;
    uint256 public parameter;
    uint256 public budget;
    uint256 public cap;
    uint40 public contributionsCloseAt;
    uint256 public projectCount;
    bool public isVoid;
    mapping(uint256 project => mapping(address contributor => uint256)) public contributionOf;

    constructor(
        PostedVariant variant_,
        uint256 parameter_,
        uint256 budget_,
        uint256 cap_,
        uint256 projectCount_,
        uint40 closeAt
    ) {
        (variant, parameter, budget, cap) = (variant_, parameter_, budget_, cap_);
        (projectCount, contributionsCloseAt) = (projectCount_, closeAt);
    }

    function give(uint256[] calldata projects, address[] calldata contributors, uint256[] calldata amounts) external {
        for (uint256 i = 0; i < projects.length; ++i) contributionOf[projects[i]][contributors[i]] = amounts[i];
    }

    function cancel() external {
        isVoid = true;
    }

    function postedTerms() external view returns (PostedVariant, uint256, uint256, uint256) {
        return (variant, parameter, budget, cap);
    }
}

contract PostedRounds is IPostedRounds {
    mapping(address round => bool) public isRound;

    function add(address round) external {
        isRound[round] = true;
    }
}
