// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Book, ICommonsFund} from "../../../funding/commons/ICommonsFund.sol";
import {ICondition} from "../IConstitution.sol";

/// @title The commons holds what it has awarded, and has what it counts, in one asset
contract CommonsCoversAwards is ICondition {
    ICommonsFund public immutable commons;
    IERC20 public immutable asset;

    constructor(ICommonsFund commons_, IERC20 asset_) {
        (commons, asset) = (commons_, asset_);
    }

    /// @inheritdoc ICondition
    function holds() external view returns (bool) {
        Book memory book = commons.bookOf(asset);
        return book.awarded <= book.held && uint256(book.held) + book.due <= asset.balanceOf(address(commons));
    }
}
