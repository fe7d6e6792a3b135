// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AepId, AnchorState, IEvidenceRegistry} from "../../evidence/IEvidenceRegistry.sol";
import {IEvidenceGuard} from "./IEvidenceGuard.sol";

/// @title Evidence that a proposal stands on
contract EvidenceGuard is IEvidenceGuard {
    uint256 private constant MOST_CITED = 8;

    /// @inheritdoc IEvidenceGuard
    IEvidenceRegistry public immutable registry;

    constructor(IEvidenceRegistry registry_) {
        registry = registry_;
    }

    /// @inheritdoc IEvidenceGuard
    function cite(AepId[] calldata aepIds) external view {
        _requireSound(aepIds);
    }

    /// @inheritdoc IEvidenceGuard
    function requireCitable(bytes calldata call) external view returns (AepId[] memory aepIds) {
        aepIds = _cited(call);
        if (aepIds.length == 0) revert Citation_Empty();
        if (aepIds.length > MOST_CITED) revert Citation_TooMany(aepIds.length, MOST_CITED);
        bytes32 last;
        for (uint256 i = 0; i < aepIds.length; ++i) {
            AepId aepId = aepIds[i];
            if (AepId.unwrap(aepId) <= last) revert Citation_NotAscending(aepId);
            last = AepId.unwrap(aepId);
            AnchorState state = registry.stateOf(aepId);
            if (state == AnchorState.None) revert Citation_Unknown(aepId);
            if (state == AnchorState.Void) revert Citation_Void(aepId);
        }
    }

    /// @inheritdoc IEvidenceGuard
    function requireSound(bytes calldata call) external view {
        _requireSound(_cited(call));
    }

    /// @inheritdoc IEvidenceGuard
    function isAnyVoid(bytes calldata call) external view returns (bool) {
        AepId[] memory aepIds = _cited(call);
        for (uint256 i = 0; i < aepIds.length; ++i) {
            if (registry.stateOf(aepIds[i]) == AnchorState.Void) return true;
        }
        return false;
    }

    function _requireSound(AepId[] memory aepIds) private view {
        for (uint256 i = 0; i < aepIds.length; ++i) {
            AnchorState state = registry.stateOf(aepIds[i]);
            if (state == AnchorState.Disputed) revert Citation_Disputed(aepIds[i]);
            if (state == AnchorState.Void) revert Citation_Void(aepIds[i]);
        }
    }

    function _cited(bytes calldata call) private pure returns (AepId[] memory) {
        if (bytes4(call) != IEvidenceGuard.cite.selector) revert Citation_NotACitation(bytes4(call));
        return abi.decode(call[4:], (AepId[]));
    }
}
