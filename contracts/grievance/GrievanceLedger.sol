// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {ICommonsInflow, InflowSource} from "../funding/commons/ICommonsInflow.sol";
import {AccountId, Accounts} from "./Accounts.sol";
import {IGrievanceLedger} from "./IGrievanceLedger.sol";
import {CaseId} from "./IGrievanceRail.sol";

/// @title All money of grievances
contract GrievanceLedger is IGrievanceLedger, AccessManaged, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @inheritdoc IGrievanceLedger
    IERC20 public immutable asset;
    /// @inheritdoc IGrievanceLedger
    ICommonsInflow public immutable commons;

    /// @inheritdoc IGrievanceLedger
    mapping(AccountId account => uint256) public balanceOf;
    /// @inheritdoc IGrievanceLedger
    uint256 public heldAssets;

    constructor(address authority, IERC20 asset_, ICommonsInflow commons_) AccessManaged(authority) {
        (asset, commons) = (asset_, commons_);
    }

    /// @inheritdoc IGrievanceLedger
    function collect(AccountId account, address payer, uint256 assets) external restricted nonReentrant {
        _collect(account, payer, assets);
    }

    /// @inheritdoc IGrievanceLedger
    function move(AccountId from, AccountId to, uint256 most) external restricted nonReentrant returns (uint256 moved) {
        uint256 balance = balanceOf[from];
        moved = most < balance ? most : balance;
        if (moved == 0) return 0;
        balanceOf[from] = balance - moved;
        balanceOf[to] += moved;
        emit Moved(from, to, moved);
    }

    /// @inheritdoc IGrievanceLedger
    function giveToReserve(uint256 assets) external nonReentrant {
        _collect(Accounts.RESERVE, _msgSender(), assets);
    }

    /// @inheritdoc IGrievanceLedger
    function withdraw(address owner) external nonReentrant returns (uint256 assets) {
        assets = _take(Accounts.person(owner));
        emit Withdrawn(owner, assets);
        asset.safeTransfer(owner, assets);
    }

    /// @inheritdoc IGrievanceLedger
    function forward(CaseId caseId) external nonReentrant returns (uint256 assets) {
        assets = _take(Accounts.forfeits(caseId));
        emit Forwarded(caseId, assets);
        asset.forceApprove(address(commons), assets);
        commons.deposit(asset, assets, InflowSource.Slash, bytes32(CaseId.unwrap(caseId)));
    }

    /// @inheritdoc IGrievanceLedger
    function accountOf(address owner) external pure returns (AccountId) {
        return Accounts.person(owner);
    }

    /// @inheritdoc IGrievanceLedger
    function reserve() external pure returns (AccountId) {
        return Accounts.RESERVE;
    }

    /// @dev INV-GRV-3. The guard keeps a token that calls back from changing the balance between the two looks at it.
    function _collect(AccountId account, address payer, uint256 assets) private {
        balanceOf[account] += assets;
        heldAssets += assets;
        emit Collected(account, payer, assets);
        uint256 before = asset.balanceOf(address(this));
        asset.safeTransferFrom(payer, address(this), assets);
        uint256 received = asset.balanceOf(address(this)) - before;
        if (received != assets) revert Ledger_Short(received, assets);
    }

    function _take(AccountId account) private returns (uint256 assets) {
        assets = balanceOf[account];
        if (assets == 0) revert Ledger_Nothing(account);
        balanceOf[account] = 0;
        heldAssets -= assets;
    }
}
