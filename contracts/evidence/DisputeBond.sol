// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IDisputeBond} from "./IDisputeBond.sol";
import {AepId, AnchorState, IEvidenceRegistry} from "./IEvidenceRegistry.sol";

/// @title Disputes that cost something if they are wrong
contract DisputeBond is IDisputeBond {
    using SafeERC20 for IERC20;

    /// @inheritdoc IDisputeBond
    IEvidenceRegistry public immutable registry;
    /// @inheritdoc IDisputeBond
    IERC20 public immutable asset;
    /// @inheritdoc IDisputeBond
    uint256 public immutable bondAssets;
    /// @inheritdoc IDisputeBond
    address public immutable beneficiary;

    /// @inheritdoc IDisputeBond
    mapping(AepId aepId => address) public disputerOf;

    constructor(IEvidenceRegistry registry_, IERC20 asset_, uint256 bondAssets_, address beneficiary_) {
        if (bondAssets_ == 0) revert Disputes_NoBond();
        if (beneficiary_ == address(0)) revert Disputes_NoBeneficiary();
        registry = registry_;
        asset = asset_;
        bondAssets = bondAssets_;
        beneficiary = beneficiary_;
    }

    /// @inheritdoc IDisputeBond
    function dispute(AepId aepId, bytes32 reasonHash) external {
        // the registry knows whether there is anything to dispute, and lets nobody dispute twice
        disputerOf[aepId] = msg.sender;
        emit DisputeBonded(aepId, msg.sender, bondAssets, reasonHash);
        registry.dispute(aepId, reasonHash);
        uint256 before = asset.balanceOf(address(this));
        asset.safeTransferFrom(msg.sender, address(this), bondAssets);
        uint256 received = asset.balanceOf(address(this)) - before;
        if (received != bondAssets) revert Disputes_BondShort(received, bondAssets);
    }

    /// @inheritdoc IDisputeBond
    function settle(AepId aepId) external {
        address disputer = disputerOf[aepId];
        if (disputer == address(0)) revert Disputes_NotBonded(aepId);
        AnchorState state = registry.stateOf(aepId);
        if (state == AnchorState.Disputed) revert Disputes_Open(aepId);
        delete disputerOf[aepId];
        // a dispute ends as Void or as Upheld
        if (state == AnchorState.Void) {
            emit BondReturned(aepId, disputer, bondAssets);
            asset.safeTransfer(disputer, bondAssets);
        } else {
            emit BondForfeited(aepId, disputer, bondAssets);
            asset.safeTransfer(beneficiary, bondAssets);
        }
    }
}
