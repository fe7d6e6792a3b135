// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Where income of the commons comes from. The share that stays in the commons is fixed for each.
enum InflowSource {
    Fee,
    Leftover,
    Slash,
    Gift
}

/// @title The commons as those who pay into it see it
interface ICommonsInflow {
    /// @notice Takes `assets` (base units of `asset`, which the caller has approved) from the caller.
    /// @param origin what it comes from, for the record: the address of a round or pool as a word, the number of a case
    function deposit(IERC20 asset, uint256 assets, InflowSource source, bytes32 origin) external;
}
