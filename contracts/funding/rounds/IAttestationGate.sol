// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {FieldId, ICompetence} from "../../governance/rail/ICompetence.sol";
import {IEAS} from "../../interfaces/IEAS.sol";
import {IIdentityGate} from "./IIdentityGate.sol";

/// @title Persons by attestation
/// @notice Eligible is an account that one attester attested, by one schema, as a person with a score of at least a threshold:
/// unexpired and unrevoked. The data of the attestation is `abi.encode(bytes32 identity, uint256 score)`: `identity` is the
/// attester's pseudonym for the person (a nullifier), the same in all its attestations for that person, whatever the wallet.
/// A gate may ask for a valid credential of competence besides.
/// @dev Everything is fixed at deployment; another policy is another gate. It is as good as its attester: who attests one
/// person twice under two identities makes two persons.
interface IAttestationGate is IIdentityGate {
    error Gate_NoAttester();
    error Gate_Unknown(bytes32 attestation);
    error Gate_OtherSchema(bytes32 attestation, bytes32 schema);
    error Gate_OtherAttester(bytes32 attestation, address attester);
    error Gate_OtherRecipient(bytes32 attestation, address recipient, address account);
    error Gate_Expired(bytes32 attestation, uint256 expiredAt);
    error Gate_Revoked(bytes32 attestation, uint256 revokedAt);
    error Gate_Malformed(bytes32 attestation);
    error Gate_NoIdentity(bytes32 attestation);
    error Gate_ScoreTooLow(uint256 score, uint256 threshold);
    error Gate_NotCompetent(address account, uint256 level, uint256 leastLevel);

    function attestations() external view returns (IEAS);

    function schema() external view returns (bytes32);

    function attester() external view returns (address);

    function threshold() external view returns (uint256);

    /// @notice Where credentials are looked up; nobody if none is asked for.
    function competence() external view returns (ICompetence);

    function field() external view returns (FieldId);

    function leastLevel() external view returns (uint8);
}
