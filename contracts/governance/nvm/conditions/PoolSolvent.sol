// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IRiskPool} from "../../../capital/IRiskPool.sol";
import {ICondition} from "../IConstitution.sol";

/// @title A pool can pay what it has locked, and has what it counts
contract PoolSolvent is ICondition {
    IRiskPool public immutable pool;
    IERC20 public immutable asset;

    constructor(IRiskPool pool_) {
        (pool, asset) = (pool_, IERC20(pool_.asset()));
    }

    /// @inheritdoc ICondition
    function holds() external view returns (bool) {
        return pool.lockedAssets() <= pool.totalAssets() && pool.heldAssets() <= asset.balanceOf(address(pool));
    }
}
