// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title The commons as those see it who may award compensation from it
interface ICommonsCompensation {
    /// @notice Reserves compensation for somebody, as far as what is not awarded yet reaches; the rest is never owed by the commons.
    /// @param origin the number of the case, for the record
    /// @return awardedAssets base units of `asset`, at most `assets`, that `to` can collect
    function awardCompensation(
        IERC20 asset,
        address to,
        uint256 assets,
        bytes32 origin
    ) external returns (uint256 awardedAssets);
}
