// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {Credential, CredentialId, FieldId, ICompetence} from "./ICompetence.sol";
import {Soulbound} from "./Soulbound.sol";

/// @title Who is competent in what, and since when and until when
contract CompetenceCredentials is ICompetence, Soulbound, AccessManaged {
    using Checkpoints for Checkpoints.Trace208;

    uint8 private constant MOST_LEVEL = 5;

    mapping(CredentialId credentialId => Credential) private _credentials;
    /// @dev Which credential was the last one issued by when. At most one is valid at a time, so it is that one or none.
    mapping(address holder => mapping(FieldId field => Checkpoints.Trace208)) private _issued;
    mapping(address holder => uint256) private _balances;
    mapping(address issuer => mapping(FieldId field => bool)) public isIssuer;
    uint256 private _count;

    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc ICompetence
    function setIssuer(address issuer, FieldId field, bool allowed) external restricted {
        isIssuer[issuer][field] = allowed;
        emit IssuerSet(issuer, field, allowed);
    }

    /// @inheritdoc ICompetence
    function issue(
        address holder,
        FieldId field,
        uint8 level,
        uint40 expiresAt,
        bytes32 evidenceHash
    ) external returns (CredentialId credentialId) {
        address issuer = _msgSender();
        if (!isIssuer[issuer][field]) revert Competence_NoIssuer(issuer, field);
        if (holder == address(0)) revert Competence_NoHolder();
        if (level == 0 || level > MOST_LEVEL) revert Competence_LevelOutOfRange(level, MOST_LEVEL);
        if (expiresAt <= block.timestamp) revert Competence_Expired(expiresAt, block.timestamp);
        Checkpoints.Trace208 storage issued = _issued[holder][field];
        CredentialId held = CredentialId.wrap(issued.latest());
        if (_isValidAt(_credentials[held], block.timestamp)) revert Competence_AlreadyHeld(held);

        credentialId = CredentialId.wrap(++_count);
        _credentials[credentialId] = Credential({
            holder: holder,
            issuedAt: uint40(block.timestamp),
            expiresAt: expiresAt,
            level: level,
            issuer: issuer,
            revokedAt: 0,
            field: field
        });
        // one issued and revoked in this very second gives way: it was never valid
        issued.push(uint48(block.timestamp), uint208(CredentialId.unwrap(credentialId)));
        ++_balances[holder];
        _emitMinted(holder, CredentialId.unwrap(credentialId));
        emit CredentialIssued(credentialId, holder, field, level, issuer, expiresAt, evidenceHash);
    }

    /// @inheritdoc ICompetence
    function revoke(CredentialId credentialId, bytes32 reasonHash) external {
        Credential storage credential = _known(credentialId);
        address caller = _msgSender();
        if (caller != credential.issuer && caller != credential.holder) {
            revert Competence_NotYours(credentialId, caller);
        }
        _revoke(credentialId, credential, reasonHash);
    }

    /// @inheritdoc ICompetence
    function revokeFor(CredentialId credentialId, bytes32 reasonHash) external restricted {
        _revoke(credentialId, _known(credentialId), reasonHash);
    }

    /// @inheritdoc ICompetence
    function credentialOf(CredentialId credentialId) external view returns (Credential memory) {
        return _known(credentialId);
    }

    /// @inheritdoc ICompetence
    function levelAt(address holder, FieldId field, uint256 timestamp) external view returns (uint8 level) {
        if (timestamp >= block.timestamp) revert Competence_NotPast(timestamp, block.timestamp);
        Credential storage credential = _credentials[
            CredentialId.wrap(_issued[holder][field].upperLookupRecent(uint48(timestamp)))
        ];
        return _isValidAt(credential, timestamp) ? credential.level : 0;
    }

    /// @inheritdoc IERC721
    function balanceOf(address owner) external view returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(owner);
        return _balances[owner];
    }

    function _revoke(CredentialId credentialId, Credential storage credential, bytes32 reasonHash) private {
        if (!_isValidAt(credential, block.timestamp)) revert Competence_NotValid(credentialId);
        credential.revokedAt = uint40(block.timestamp);
        address holder = credential.holder;
        --_balances[holder];
        emit Transfer(holder, address(0), CredentialId.unwrap(credentialId));
        emit CredentialRevoked(credentialId, _msgSender(), reasonHash);
    }

    /// @dev Not revoked *by* `timestamp`; one that does not exist has expired.
    function _isValidAt(Credential storage credential, uint256 timestamp) private view returns (bool) {
        if (timestamp < credential.issuedAt || timestamp >= credential.expiresAt) return false;
        uint256 revokedAt = credential.revokedAt;
        return revokedAt == 0 || timestamp < revokedAt;
    }

    function _known(CredentialId credentialId) private view returns (Credential storage credential) {
        credential = _credentials[credentialId];
        if (credential.holder == address(0)) revert Competence_Unknown(credentialId);
    }

    function _ownerOf(uint256 tokenId) internal view override returns (address) {
        Credential storage credential = _credentials[CredentialId.wrap(tokenId)];
        return credential.revokedAt == 0 ? credential.holder : address(0);
    }
}
