// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {AepId, IEvidenceRegistry} from "./IEvidenceRegistry.sol";

/// @title Disputes that cost something if they are wrong
/// @notice Anyone may dispute an anchor for a bond. If the anchor is voided, the bond goes back; if it is upheld, by a ruling or
/// because nobody ruled in time, the bond is the beneficiary's.
/// @dev Holds the registry's DISPUTER role. Nothing can be changed; another bond is another contract with the role. Assumes an
/// ERC-20 that moves exactly what it is told to; one that keeps a part is refused. A token that refuses a transfer to whom a bond
/// is due keeps the bond here until it no longer does, and concerns no other bond.
interface IDisputeBond {
    event DisputeBonded(AepId indexed aepId, address indexed disputer, uint256 bondAssets, bytes32 reasonHash);
    event BondReturned(AepId indexed aepId, address indexed disputer, uint256 bondAssets);
    event BondForfeited(AepId indexed aepId, address indexed disputer, uint256 bondAssets);

    error Disputes_NoBond();
    error Disputes_NoBeneficiary();
    error Disputes_BondShort(uint256 received, uint256 bondAssets);
    error Disputes_NotBonded(AepId aepId);
    error Disputes_Open(AepId aepId);

    /// @notice Opens the one dispute an anchor may have; takes the bond from the caller, who has approved it.
    function dispute(AepId aepId, bytes32 reasonHash) external;

    /// @notice Anyone may call, once the dispute has ended.
    function settle(AepId aepId) external;

    /// @notice Whose bond for which anchor is still here; nobody's if none is.
    function disputerOf(AepId aepId) external view returns (address);

    function bondAssets() external view returns (uint256);

    function asset() external view returns (IERC20);

    function beneficiary() external view returns (address);

    function registry() external view returns (IEvidenceRegistry);
}
