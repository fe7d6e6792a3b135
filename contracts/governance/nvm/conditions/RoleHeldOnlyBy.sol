// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {ICondition} from "../IConstitution.sol";

/// @title A role is held by one account, and by none of those that could have it
/// @notice An AccessManager does not list who holds a role. What can be seen is that the holder has it, that each registered outsider (the
/// deployer, the keys of the past) does not, and that nobody but ADMIN gives it; and who holds ADMIN is a condition of its own.
contract RoleHeldOnlyBy is ICondition {
    uint256 private constant MOST_OUTSIDERS = 3;

    IAccessManager public immutable manager;
    uint64 public immutable roleId;
    address public immutable holder;
    // immutable, one by one: read from storage each would cost as much as looking it up
    address private immutable OUTSIDER_0;
    address private immutable OUTSIDER_1;
    address private immutable OUTSIDER_2;

    error RoleHeldOnlyBy_TooMany(uint256 most);

    constructor(IAccessManager manager_, uint64 roleId_, address holder_, address[] memory outsiders_) {
        if (outsiders_.length > MOST_OUTSIDERS) revert RoleHeldOnlyBy_TooMany(MOST_OUTSIDERS);
        (manager, roleId, holder) = (manager_, roleId_, holder_);
        OUTSIDER_0 = outsiders_.length > 0 ? outsiders_[0] : address(0);
        OUTSIDER_1 = outsiders_.length > 1 ? outsiders_[1] : address(0);
        OUTSIDER_2 = outsiders_.length > 2 ? outsiders_[2] : address(0);
    }

    /// @inheritdoc ICondition
    function holds() external view returns (bool) {
        return
            _has(holder) &&
            manager.getRoleAdmin(roleId) == 0 &&
            _isOut(OUTSIDER_0) &&
            _isOut(OUTSIDER_1) &&
            _isOut(OUTSIDER_2);
    }

    function outsiders() external view returns (address, address, address) {
        return (OUTSIDER_0, OUTSIDER_1, OUTSIDER_2);
    }

    function _isOut(address account) private view returns (bool) {
        return account == address(0) || !_has(account);
    }

    function _has(address account) private view returns (bool held) {
        (held, ) = manager.hasRole(roleId, account);
    }
}
