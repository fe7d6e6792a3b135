// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Who counts as a person
/// @notice A round asks it once for each account. It says which person an account is of; that a person has one account in a
/// round is the round's to keep.
interface IIdentityGate {
    /// @notice Reverts unless the attestation makes the account eligible now.
    /// @return identity the same for all attestations of one person, other than everybody else's, never 0
    function identify(address account, bytes32 attestation) external view returns (bytes32 identity);

    /// @notice Whether the attester took back what it said.
    function isRevoked(bytes32 attestation) external view returns (bool);
}
