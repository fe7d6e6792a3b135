// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Attestation, IEAS} from "../../contracts/interfaces/IEAS.sol";

struct AttestationRequestData {
    address recipient;
    uint64 expirationTime;
    bool revocable;
    bytes32 refUID;
    bytes data;
    uint256 value;
}
struct AttestationRequest {
    bytes32 schema;
    AttestationRequestData data;
}
struct RevocationRequestData {
    bytes32 uid;
    uint256 value;
}
struct RevocationRequest {
    bytes32 schema;
    RevocationRequestData data;
}

/// @dev Does what the Ethereum Attestation Service does when somebody attests, revokes or asks, for tests and local chains.
/// It has no schema registry and no resolvers.
contract TestAttestations is IEAS {
    event Attested(address indexed recipient, address indexed attester, bytes32 uid, bytes32 indexed schemaUID);
    event Revoked(address indexed recipient, address indexed attester, bytes32 uid, bytes32 indexed schemaUID);

    error NotFound();
    error AccessDenied();
    error Irrevocable();
    error AlreadyRevoked();
    error InvalidExpirationTime();

    mapping(bytes32 uid => Attestation) private _db;

    function attest(AttestationRequest calldata request) external returns (bytes32 uid) {
        AttestationRequestData calldata said = request.data;
        if (said.expirationTime != 0 && said.expirationTime <= block.timestamp) revert InvalidExpirationTime();
        uint32 bump;
        do {
            uid = keccak256(
                abi.encodePacked(
                    request.schema,
                    said.recipient,
                    msg.sender,
                    uint64(block.timestamp),
                    said.expirationTime,
                    said.revocable,
                    said.refUID,
                    said.data,
                    bump++
                )
            );
        } while (_db[uid].uid != 0);
        _db[uid] = Attestation({
            uid: uid,
            schema: request.schema,
            time: uint64(block.timestamp),
            expirationTime: said.expirationTime,
            revocationTime: 0,
            refUID: said.refUID,
            recipient: said.recipient,
            attester: msg.sender,
            revocable: said.revocable,
            data: said.data
        });
        emit Attested(said.recipient, msg.sender, uid, request.schema);
    }

    function revoke(RevocationRequest calldata request) external {
        Attestation storage said = _db[request.data.uid];
        if (said.uid == 0) revert NotFound();
        if (said.attester != msg.sender) revert AccessDenied();
        if (!said.revocable) revert Irrevocable();
        if (said.revocationTime != 0) revert AlreadyRevoked();
        said.revocationTime = uint64(block.timestamp);
        emit Revoked(said.recipient, msg.sender, said.uid, said.schema);
    }

    function getAttestation(bytes32 uid) external view returns (Attestation memory) {
        return _db[uid];
    }
}
