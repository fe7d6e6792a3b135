// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title What a rail needs to know of a component before it enables it
interface IComponentStanding {
    /// @param componentId as the registry of components names it
    /// @return conformanceLevel 1…4, 0 if never certified
    /// @return status 2: certified; anything else cannot be enabled
    /// @return expiresAt unix seconds, exclusive
    function standingOf(
        bytes32 componentId
    ) external view returns (uint8 conformanceLevel, uint8 status, uint40 expiresAt);
}
