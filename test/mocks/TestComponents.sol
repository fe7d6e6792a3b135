// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IComponentStanding} from "../../contracts/governance/rail/IComponentStanding.sol";

/// @notice Components with whatever standing a test gives them.
contract TestComponents is IComponentStanding {
    struct Standing {
        uint8 conformanceLevel;
        uint8 status;
        uint40 expiresAt;
    }

    mapping(bytes32 componentId => Standing) private _standings;

    function set(bytes32 componentId, uint8 conformanceLevel, uint8 status, uint40 expiresAt) external {
        _standings[componentId] = Standing(conformanceLevel, status, expiresAt);
    }

    /// @inheritdoc IComponentStanding
    function standingOf(bytes32 componentId) external view returns (uint8, uint8, uint40) {
        Standing memory standing = _standings[componentId];
        return (standing.conformanceLevel, standing.status, standing.expiresAt);
    }
}
