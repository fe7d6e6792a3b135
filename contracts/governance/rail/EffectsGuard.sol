// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {BalanceRef, IEffectsGuard, SlotRef} from "./IEffectsGuard.sol";
import {IExtsload} from "./IExtsload.sol";

/// @title What a proposal says it will change, and nothing else of what it names
contract EffectsGuard is IEffectsGuard {
    uint256 private constant MOST_REFS = 32;

    /// @inheritdoc IEffectsGuard
    function declareEffects(bytes32, BalanceRef[] calldata, SlotRef[] calldata) external pure {}

    /// @inheritdoc IEffectsGuard
    function declaredHash(bytes calldata call) external pure returns (bytes32 effectsHash) {
        BalanceRef[] memory balances;
        SlotRef[] memory slots;
        (effectsHash, balances, slots) = _declaration(call);
        uint256 count = balances.length + slots.length;
        if (count > MOST_REFS) revert Effects_TooMany(count, MOST_REFS);
    }

    /// @inheritdoc IEffectsGuard
    function balancesNow(bytes calldata call) external view returns (uint256[] memory now_) {
        (, BalanceRef[] memory balances, ) = _declaration(call);
        now_ = new uint256[](balances.length);
        for (uint256 i = 0; i < balances.length; ++i) now_[i] = _balanceOf(balances[i]);
    }

    /// @inheritdoc IEffectsGuard
    function requireEffects(bytes calldata call, uint256[] calldata before) external view {
        (bytes32 declared, BalanceRef[] memory balances, SlotRef[] memory slots) = _declaration(call);
        int256[] memory changes = new int256[](balances.length);
        bytes32[] memory values = new bytes32[](slots.length);
        for (uint256 i = 0; i < balances.length; ++i) {
            // two's complement: right for any two balances that differ by less than 2^255, unique for all
            unchecked {
                changes[i] = int256(_balanceOf(balances[i]) - before[i]);
            }
        }
        for (uint256 i = 0; i < slots.length; ++i) values[i] = IExtsload(slots[i].target).extsload(slots[i].slot);
        bytes32 effectsHash = keccak256(abi.encode(balances, changes, slots, values));
        if (effectsHash != declared) revert Effects_Differ(effectsHash, declared);
    }

    /// @inheritdoc IEffectsGuard
    function hashEffects(
        BalanceRef[] calldata balances,
        int256[] calldata changes,
        SlotRef[] calldata slots,
        bytes32[] calldata values
    ) external pure returns (bytes32 effectsHash) {
        return keccak256(abi.encode(balances, changes, slots, values));
    }

    function _balanceOf(BalanceRef memory ref) private view returns (uint256) {
        return ref.token == address(0) ? ref.account.balance : IERC20(ref.token).balanceOf(ref.account);
    }

    function _declaration(
        bytes calldata call
    ) private pure returns (bytes32 effectsHash, BalanceRef[] memory balances, SlotRef[] memory slots) {
        if (bytes4(call) != IEffectsGuard.declareEffects.selector) revert Effects_NoDeclaration(bytes4(call));
        return abi.decode(call[4:], (bytes32, BalanceRef[], SlotRef[]));
    }
}
