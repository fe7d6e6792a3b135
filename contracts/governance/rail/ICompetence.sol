// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IERC5192} from "../../interfaces/IERC5192.sol";

/// @notice keccak256 of a term of the vocabulary of fields, such as `hydrology`.
type FieldId is bytes32;

/// @notice It is also the ERC-721 token's id. From 1, in order of issue.
type CredentialId is uint256;

struct Credential {
    // slot 0: 20 + 5 + 5 + 1 = 31 bytes
    address holder;
    uint40 issuedAt; // unix seconds, inclusive
    uint40 expiresAt; // unix seconds, exclusive
    uint8 level; // 1…5
    // slot 1: 20 + 5 = 25 bytes
    address issuer;
    uint40 revokedAt; // 0: not revoked
    // slot 2
    FieldId field;
}

/// @title Who is competent in what, and since when and until when
/// @notice Soulbound credentials of all rails. An account holds at most one valid credential in a field at any time, so a
/// second one adds nothing. What was valid at a past time stays so for ever: a revocation begins when it is made.
/// @dev Nobody can transfer or delegate a credential. An issuer who loses the role for a field issues nothing more in it and
/// can still revoke what it issued. Assumes timestamps; a rail's votes must use the same clock.
interface ICompetence is IERC721, IERC5192 {
    event IssuerSet(address indexed issuer, FieldId indexed field, bool allowed);
    event CredentialIssued(
        CredentialId indexed credentialId,
        address indexed holder,
        FieldId indexed field,
        uint8 level,
        address issuer,
        uint40 expiresAt,
        bytes32 evidenceHash
    );
    event CredentialRevoked(CredentialId indexed credentialId, address indexed by, bytes32 reasonHash);

    error Competence_NoIssuer(address issuer, FieldId field);
    error Competence_NoHolder();
    error Competence_LevelOutOfRange(uint256 level, uint256 most);
    error Competence_Expired(uint256 expiresAt, uint256 timestamp);
    error Competence_AlreadyHeld(CredentialId credentialId);
    error Competence_Unknown(CredentialId credentialId);
    error Competence_NotValid(CredentialId credentialId);
    error Competence_NotYours(CredentialId credentialId, address caller);
    error Competence_NotPast(uint256 timestamp, uint256 present);

    /// @notice Restricted. Who may issue credentials in a field.
    function setIssuer(address issuer, FieldId field, bool allowed) external;

    /// @notice By an issuer of the field, to an account without a valid credential in it.
    /// @param evidenceHash of what the issuer looked at
    function issue(
        address holder,
        FieldId field,
        uint8 level,
        uint40 expiresAt,
        bytes32 evidenceHash
    ) external returns (CredentialId);

    /// @notice By its issuer or its holder, from now on.
    function revoke(CredentialId credentialId, bytes32 reasonHash) external;

    /// @notice Restricted: a credential whose issuer does not revoke it, from now on.
    function revokeFor(CredentialId credentialId, bytes32 reasonHash) external;

    function credentialOf(CredentialId credentialId) external view returns (Credential memory);

    /// @notice The level that was valid at a past time: issued ≤ `timestamp` < expires, unrevoked then. 0 if none.
    /// @dev INV-RAIL-4: never changes once `timestamp` is past.
    function levelAt(address holder, FieldId field, uint256 timestamp) external view returns (uint8 level);

    function isIssuer(address issuer, FieldId field) external view returns (bool);
}
