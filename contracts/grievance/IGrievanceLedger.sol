// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ICommonsInflow} from "../funding/commons/ICommonsInflow.sol";
import {AccountId} from "./Accounts.sol";
import {CaseId} from "./IGrievanceRail.sol";

/// @title All money of grievances: bonds, what they were lost to, and what somebody can withdraw
/// @notice One token, double entry. Deciding a case only moves entries; tokens leave by `withdraw` and `forward`, which concern
/// nobody but whom they pay. So a token that refuses somebody stops no case.
/// @dev Assumes an ERC-20 that moves exactly what it is told to; one that keeps a part is refused. `collect` and `move` are
/// restricted to the contracts that keep cases, arbiters and respondents.
interface IGrievanceLedger {
    event Collected(AccountId indexed account, address indexed payer, uint256 assets);
    event Moved(AccountId indexed from, AccountId indexed to, uint256 assets);
    event Withdrawn(address indexed owner, uint256 assets);
    event Forwarded(CaseId indexed caseId, uint256 assets);

    error Ledger_Short(uint256 received, uint256 assets);
    error Ledger_Nothing(AccountId account);

    /// @notice Restricted. Takes tokens from a payer who has approved them.
    function collect(AccountId account, address payer, uint256 assets) external;

    /// @notice Restricted. Moves `most`, or what there is if that is less.
    function move(AccountId from, AccountId to, uint256 most) external returns (uint256 moved);

    /// @notice Gives to the reserve that arbiters are paid from.
    function giveToReserve(uint256 assets) external;

    /// @notice Sends somebody what is theirs. Anyone may call.
    function withdraw(address owner) external returns (uint256 assets);

    /// @notice Sends the commons what a case took and did not spend. Anyone may call.
    function forward(CaseId caseId) external returns (uint256 assets);

    function balanceOf(AccountId account) external view returns (uint256);

    /// @notice The sum of all accounts.
    function heldAssets() external view returns (uint256);

    function accountOf(address owner) external pure returns (AccountId);

    function reserve() external pure returns (AccountId);

    function asset() external view returns (IERC20);

    function commons() external view returns (ICommonsInflow);
}
