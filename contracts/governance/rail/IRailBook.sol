// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ICompetence, FieldId} from "./ICompetence.sol";
import {IComponentStanding} from "./IComponentStanding.sol";

/// @notice What a credential of a field weighs: basis points of one vote unit, by level.
struct FieldWeights {
    FieldId field;
    uint16[5] bpsByLevel; // [0] is level 1; each at most 10,000
}

struct Fee {
    bytes32 kind; // keccak256 of its name, such as `premium`
    uint16 bps; // at most 1,000
}

/// @notice What a page holds at first.
struct PageTerms {
    bytes32 charterHash;
    uint8 leastLevel; // 1…4: packs need at least this conformance level
    uint128 voteUnit; // what 10,000 bps of competence weigh, in votes
    bytes32[] packs;
    Fee[] fees;
    FieldWeights[] weights;
}

/// @title What the rails have decided of themselves
/// @notice One book for all rails, one page for each timelock: charter, fees, enabled packs, weights of competence and which
/// calls the rail may decide alone. Every address can write its own page and no other. Consents are the NVM's to record.
/// @dev Consumers take a page seriously if the factory knows its rail. Weights are read at a past time, so that a change never
/// touches a vote that has begun. A page has at most 8 fields.
interface IRailBook {
    event PageOpened(address indexed timelock, bytes32 charterHash, uint8 leastLevel, uint128 voteUnit);
    event CharterSet(address indexed timelock, bytes32 charterHash);
    event LeastLevelSet(address indexed timelock, uint8 leastLevel);
    event FeeSet(address indexed timelock, bytes32 indexed kind, uint16 bps);
    event PackEnabled(address indexed timelock, bytes32 indexed componentId, uint8 conformanceLevel);
    event PackDisabled(address indexed timelock, bytes32 indexed componentId);
    /// @dev The whole table; `bpsByLevel` has five entries for each field, level 1 first.
    event WeightsSet(address indexed timelock, FieldId[] fields, uint16[] bpsByLevel);
    event TrackSet(address indexed timelock, address indexed target, bytes4 indexed selector, bool alone);
    event ConsentGiven(address indexed timelock, bytes32 indexed operationId, bytes32 rationaleHash);
    event ConsentWithdrawn(address indexed timelock, bytes32 indexed operationId, bytes32 rationaleHash);

    error Rails_PageOpen(address timelock);
    error Rails_NoPage(address timelock);
    error Rails_NoCharter();
    error Rails_LevelOutOfRange(uint256 level);
    error Rails_NoVoteUnit();
    error Rails_FeeTooHigh(uint256 bps, uint256 most);
    error Rails_PackNotCertified(bytes32 componentId, uint8 status, uint40 expiresAt);
    error Rails_PackBelowLevel(bytes32 componentId, uint8 conformanceLevel, uint8 leastLevel);
    error Rails_PackNotEnabled(bytes32 componentId);
    error Rails_TooManyFields(uint256 count, uint256 most);
    error Rails_FieldTwice(FieldId field);
    error Rails_WeightTooHigh(uint256 bps, uint256 most);
    error Rails_NeverAlone(address target, bytes4 selector);
    error Rails_NotPending(address timelock, bytes32 operationId);
    error Rails_NoConsent(address timelock, bytes32 operationId);

    /// @notice The caller's page, once.
    function open(PageTerms calldata terms) external;

    function setCharter(bytes32 charterHash) external;

    function setLeastLevel(uint8 leastLevel) external;

    /// @param bps at most 1,000; 0 ends the fee
    function setFee(bytes32 kind, uint16 bps) external;

    /// @notice Only a component that is certified, unexpired and of the rail's least conformance level.
    function enablePack(bytes32 componentId) external;

    function disablePack(bytes32 componentId) external;

    /// @notice Replaces the table, for votes that begin later. Ascending by field.
    function setWeights(FieldWeights[] calldata weights) external;

    /// @notice Whether the rail may decide this call alone. Unless the timelock knows it, or it is set here, it may not. This
    /// very call can never be among them.
    function setTrack(address target, bytes4 selector, bool alone) external;

    /// @notice Restricted: the NVM agrees to one operation that is pending in a rail's timelock.
    function consent(address timelock, bytes32 operationId, bytes32 rationaleHash) external;

    /// @notice Restricted. Until it is executed.
    function withdrawConsent(address timelock, bytes32 operationId, bytes32 rationaleHash) external;

    function hasConsent(address timelock, bytes32 operationId) external view returns (bool);

    function isAlone(address timelock, address target, bytes4 selector) external view returns (bool);

    function pageOf(
        address timelock
    ) external view returns (bytes32 charterHash, uint8 leastLevel, uint40 openedAt, uint128 voteUnit);

    function feeOf(address timelock, bytes32 kind) external view returns (uint16 bps);

    /// @notice Enabled, and still of a standing that could be enabled.
    function isPackInForce(address timelock, bytes32 componentId) external view returns (bool);

    function isPackEnabled(address timelock, bytes32 componentId) external view returns (bool);

    function weightsOf(address timelock) external view returns (FieldWeights[] memory);

    /// @notice What an account's credentials weighed at a past time by the table of that time, in votes. One credential a field.
    function competenceAt(address timelock, address account, uint256 timestamp) external view returns (uint256 votes);

    function competence() external view returns (ICompetence);

    function components() external view returns (IComponentStanding);
}
