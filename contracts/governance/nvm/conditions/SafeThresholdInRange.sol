// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ISafe} from "@safe-global/safe-smart-account/contracts/interfaces/ISafe.sol";

import {ICondition} from "../IConstitution.sol";

/// @title The Safe asks for three to six signatures, and module and guard are where they were
/// @dev Another module or guard takes another condition, in the same decision: this one is removed there.
contract SafeThresholdInRange is ICondition {
    uint256 private constant LEAST = 3;
    uint256 private constant MOST = 6;
    /// @dev keccak256("guard_manager.guard.address"), keccak256("module_manager.module_guard.address")
    uint256 private constant GUARD_SLOT = 0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8;
    uint256 private constant MODULE_GUARD_SLOT = 0xb104e0b93118902c651344349b610029d694cfdec91c589c91ebafbcd0289947;

    ISafe public immutable safe;
    address public immutable module;
    address public immutable guard;

    constructor(ISafe safe_, address module_, address guard_) {
        (safe, module, guard) = (safe_, module_, guard_);
    }

    /// @inheritdoc ICondition
    function holds() external view returns (bool) {
        uint256 threshold = safe.getThreshold();
        return
            threshold >= LEAST &&
            threshold <= MOST &&
            safe.isModuleEnabled(module) &&
            _accountAt(GUARD_SLOT) == guard &&
            _accountAt(MODULE_GUARD_SLOT) == guard;
    }

    function _accountAt(uint256 slot) private view returns (address) {
        return address(uint160(uint256(bytes32(safe.getStorageAt(slot, 1)))));
    }
}
