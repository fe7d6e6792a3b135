// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ICommonsCompensation} from "../../contracts/funding/commons/ICommonsCompensation.sol";
import {TestCommonsInflow} from "./TestCommonsInflow.sol";

/// @dev The commons as its two interfaces have it, and no more: what is awarded is set aside, and nothing beyond what is there.
contract TestCommons is TestCommonsInflow, ICommonsCompensation {
    event Awarded(IERC20 asset, address to, uint256 assets, bytes32 origin);

    uint256 public awarded;
    mapping(address to => uint256) public owed;
    uint256 public generosity; // what it awards beyond what it was asked for
    address public aim;
    bytes public payload;
    bool public reentered;

    function awardCompensation(
        IERC20 asset,
        address to,
        uint256 assets,
        bytes32 origin
    ) external returns (uint256 awardedAssets) {
        if (aim != address(0)) (reentered, ) = aim.call(payload);
        uint256 free = asset.balanceOf(address(this)) - awarded;
        awardedAssets = (assets < free ? assets : free) + generosity;
        awarded += awardedAssets;
        owed[to] += awardedAssets;
        emit Awarded(asset, to, awardedAssets, origin);
    }

    function setGenerosity(uint256 generosity_) external {
        generosity = generosity_;
    }

    function arm(address aim_, bytes calldata payload_) external {
        (aim, payload) = (aim_, payload_);
    }
}
