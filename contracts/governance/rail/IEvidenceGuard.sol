// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AepId, IEvidenceRegistry} from "../../evidence/IEvidenceRegistry.sol";

/// @title Evidence that a proposal stands on
/// @notice A proposal cites packs by having `cite(aepIds)` on this contract as its *first* call, without value. The citation is
/// part of the proposal's id: it can be neither dropped nor changed, whoever proposes.
/// @dev Stateless. The governor reads the call when it is proposed or cancelled, the timelock when it is scheduled; and it is
/// executed before all others, so that they are not without it.
interface IEvidenceGuard {
    error Citation_Empty();
    error Citation_TooMany(uint256 count, uint256 most);
    error Citation_NotAscending(AepId aepId);
    error Citation_Unknown(AepId aepId);
    error Citation_Disputed(AepId aepId);
    error Citation_Void(AepId aepId);
    error Citation_NotACitation(bytes4 selector);

    /// @notice Reverts while one of them is disputed, and for good once one is void.
    /// @param aepIds 1…8, ascending
    function cite(AepId[] calldata aepIds) external view;

    /// @notice The packs a proposal's first call cites. Reverts unless it is a call of `cite` whose packs are known and not void.
    function requireCitable(bytes calldata call) external view returns (AepId[] memory aepIds);

    /// @notice As `cite`, by the call.
    function requireSound(bytes calldata call) external view;

    function isAnyVoid(bytes calldata call) external view returns (bool);

    function registry() external view returns (IEvidenceRegistry);
}
