// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Who may attest, and how many of them it takes
/// @notice A configuration is an ordered set of n operators and a quorum q, numbered from 1. Operators' addresses are the
/// code of a small contract, so that reading all of them costs one account access at any n.
/// @dev With f = ⌊(n−1)/3⌋ faulty operators, ⌊(n+f)/2⌋ + 1 ≤ q ≤ n − f: two quorums always share an honest operator, and
/// the honest alone can always reach one. A configuration, once announced, becomes current by time alone.
interface IOracleCommittee {
    /// @notice Operator `pqKeyHashes[i]` is the SHA-256 of the ML-DSA-65 public key of `operators[i]`.
    /// @param keys contract whose code is `STOP | uint40 activeFrom | uint32 configVersion | uint8 quorum | uint8 n`, then the
    /// operators' addresses in order, 20 bytes each
    event ConfigurationAnnounced(
        uint32 indexed configVersion,
        uint40 activeFrom,
        uint8 quorum,
        address keys,
        address[] operators,
        bytes32[] pqKeyHashes
    );

    error Committee_SizeOutOfRange(uint256 operators);
    error Committee_QuorumOutOfRange(uint256 quorum, uint256 least, uint256 most);
    error Committee_OperatorsNotAscending(uint256 index, address operator);
    error Committee_KeyHashesMismatch(uint256 operators, uint256 keyHashes);
    error Committee_TooSoon(uint256 activeFrom, uint256 earliest);
    error Committee_UnknownConfiguration(uint256 configVersion);
    error Committee_NotCurrent(uint256 configVersion, uint256 current);
    error Committee_QuorumMissed(uint256 signatures, uint256 quorum);
    error Committee_SignatureBytes(uint256 length, uint256 expected);
    error Committee_DeploymentFailed();
    error Committee_UnknownSigner(uint256 signers, uint256 operators);
    error Committee_WrongOther(uint256 index, address given, address operator);
    error Committee_BadSignature(uint256 index, address operator);

    /// @notice Announces the next configuration. Restricted. It replaces one that was announced and is not yet active.
    /// @param operators strictly ascending, 4…31 of them
    /// @param activeFrom unix seconds, at least the challenge window away (while none is in force: at
    /// once, whatever lies in the past being taken as now)
    function announceConfiguration(
        address[] calldata operators,
        bytes32[] calldata pqKeyHashes,
        uint8 quorum,
        uint40 activeFrom
    ) external returns (uint32 configVersion);

    /// @notice The configuration in force now; 0 when there is none.
    function currentConfigVersion() external view returns (uint32);

    /// @notice Any configuration, current or old, so that old attestations verify for ever.
    /// @dev `activeUntil`: unix seconds, exclusive; type(uint40).max while no successor is announced; equal to `activeFrom`
    /// when it was replaced before it began
    function configuration(
        uint32 configVersion
    ) external view returns (address[] memory operators, uint8 quorum, uint40 activeFrom, uint40 activeUntil);
}
