// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ICommonsInflow, InflowSource} from "../../contracts/funding/commons/ICommonsInflow.sol";

/// @dev A commons that keeps what it is given, and the record of it.
contract TestCommonsInflow is ICommonsInflow {
    using SafeERC20 for IERC20;

    event Deposited(IERC20 indexed asset, uint256 assets, InflowSource source, bytes32 indexed origin);

    function deposit(IERC20 asset, uint256 assets, InflowSource source, bytes32 origin) external {
        asset.safeTransferFrom(msg.sender, address(this), assets);
        emit Deposited(asset, assets, source, origin);
    }
}
