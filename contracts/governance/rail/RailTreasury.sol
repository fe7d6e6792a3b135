// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";

import {Extsload} from "./Extsload.sol";
import {IRailTreasury} from "./IRailTreasury.sol";

/// @title A rail's account
/// @dev To be cloned with its timelock's address as immutable argument.
contract RailTreasury is IRailTreasury, ERC165, Extsload {
    using SafeERC20 for IERC20;

    mapping(bytes32 hash => uint40) public signedUntil;

    modifier onlyTimelock() {
        if (msg.sender != timelock()) revert Treasury_NotTimelock(msg.sender);
        _;
    }

    receive() external payable {
        emit TreasuryReceived(msg.sender, msg.value);
    }

    /// @inheritdoc IRailTreasury
    function pay(address token, address to, uint256 assets, bytes32 reasonHash) external onlyTimelock {
        if (to == address(0)) revert Treasury_NoRecipient();
        emit TreasuryPaid(token, to, assets, reasonHash);
        if (token == address(0)) Address.sendValue(payable(to), assets);
        else IERC20(token).safeTransfer(to, assets);
    }

    /// @inheritdoc IRailTreasury
    function sign(bytes32 hash, uint40 validUntil) external onlyTimelock {
        signedUntil[hash] = validUntil;
        emit TreasurySigned(hash, validUntil);
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata) external view returns (bytes4) {
        return block.timestamp < signedUntil[hash] ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }

    /// @inheritdoc IRailTreasury
    function timelock() public view returns (address) {
        return address(bytes20(Clones.fetchCloneArgs(address(this))));
    }

    /// @inheritdoc ERC165
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return
            interfaceId == type(IRailTreasury).interfaceId ||
            interfaceId == type(IERC1271).interfaceId ||
            super.supportsInterface(interfaceId);
    }
}
