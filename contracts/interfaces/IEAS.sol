// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice What an attester said of somebody, as the Ethereum Attestation Service keeps it.
struct Attestation {
    bytes32 uid; // 0: there is no such attestation
    bytes32 schema; // uid of the schema that `data` follows
    uint64 time; // unix seconds
    uint64 expirationTime; // unix seconds, exclusive; 0: never
    uint64 revocationTime; // unix seconds; 0: not revoked
    bytes32 refUID;
    address recipient;
    address attester;
    bool revocable;
    bytes data;
}

/// @title The part of the Ethereum Attestation Service that is read here
/// @dev https://github.com/ethereum-attestation-service/eas-contracts, version 1
interface IEAS {
    function getAttestation(bytes32 uid) external view returns (Attestation memory);
}
