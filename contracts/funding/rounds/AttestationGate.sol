// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {FieldId, ICompetence} from "../../governance/rail/ICompetence.sol";
import {Attestation, IEAS} from "../../interfaces/IEAS.sol";
import {IAttestationGate} from "./IAttestationGate.sol";
import {IIdentityGate} from "./IIdentityGate.sol";

/// @title Persons by attestation
contract AttestationGate is IAttestationGate {
    /// @inheritdoc IAttestationGate
    IEAS public immutable attestations;
    /// @inheritdoc IAttestationGate
    bytes32 public immutable schema;
    /// @inheritdoc IAttestationGate
    address public immutable attester;
    /// @inheritdoc IAttestationGate
    uint256 public immutable threshold;
    /// @inheritdoc IAttestationGate
    ICompetence public immutable competence;
    /// @inheritdoc IAttestationGate
    FieldId public immutable field;
    /// @inheritdoc IAttestationGate
    uint8 public immutable leastLevel;

    constructor(
        IEAS attestations_,
        bytes32 schema_,
        address attester_,
        uint256 threshold_,
        ICompetence competence_,
        FieldId field_,
        uint8 leastLevel_
    ) {
        if (attester_ == address(0)) revert Gate_NoAttester();
        attestations = attestations_;
        schema = schema_;
        attester = attester_;
        threshold = threshold_;
        competence = competence_;
        field = field_;
        leastLevel = leastLevel_;
    }

    /// @inheritdoc IIdentityGate
    function identify(address account, bytes32 attestation) external view returns (bytes32 identity) {
        Attestation memory said = attestations.getAttestation(attestation);
        if (said.uid == 0) revert Gate_Unknown(attestation);
        if (said.schema != schema) revert Gate_OtherSchema(attestation, said.schema);
        if (said.attester != attester) revert Gate_OtherAttester(attestation, said.attester);
        if (said.recipient != account) revert Gate_OtherRecipient(attestation, said.recipient, account);
        if (said.expirationTime != 0 && block.timestamp >= said.expirationTime) {
            revert Gate_Expired(attestation, said.expirationTime);
        }
        if (said.revocationTime != 0) revert Gate_Revoked(attestation, said.revocationTime);
        if (said.data.length != 64) revert Gate_Malformed(attestation);
        uint256 score;
        (identity, score) = abi.decode(said.data, (bytes32, uint256));
        if (identity == 0) revert Gate_NoIdentity(attestation);
        if (score < threshold) revert Gate_ScoreTooLow(score, threshold);
        _requireCompetence(account);
    }

    /// @inheritdoc IIdentityGate
    function isRevoked(bytes32 attestation) external view returns (bool) {
        return attestations.getAttestation(attestation).revocationTime != 0;
    }

    /// @dev Of the second before, because what was valid then can no longer change.
    function _requireCompetence(address account) private view {
        if (address(competence) == address(0)) return;
        uint256 level = competence.levelAt(account, field, block.timestamp - 1);
        if (level < leastLevel) revert Gate_NotCompetent(account, level, leastLevel);
    }
}
