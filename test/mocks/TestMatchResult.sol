// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IMatchResult, MatchLeaf} from "../../contracts/funding/posted/IMatchResult.sol";

/// @dev A result that somebody typed in. It believes any line.
contract TestMatchResult is IMatchResult {
    error NotFinal();

    bytes32 public root;
    uint256 public total;
    bool public failed;

    function set(bytes32 root_, uint256 total_) external {
        (root, total) = (root_, total_);
    }

    function fail() external {
        failed = true;
    }

    function finalResult(address) external view returns (bytes32, uint256) {
        if (root == 0) revert NotFinal();
        return (root, total);
    }

    function hasFailed(address) external view returns (bool) {
        return failed;
    }

    function matchedOf(address, MatchLeaf calldata leaf, bytes32[] calldata) external pure returns (uint256) {
        return leaf.matched;
    }
}
