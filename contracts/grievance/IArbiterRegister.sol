// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {FieldId, ICompetence} from "../governance/rail/ICompetence.sol";
import {IGrievanceLedger} from "./IGrievanceLedger.sol";

struct Arbiter {
    // 5 + 5 + 4 + 12 = 26 bytes
    uint40 joinedAt; // 0: not an arbiter
    uint40 leftAt; // 0: has not left
    uint32 place; // on the list, from 1; 0: not on it
    uint96 bondAssets; // that was asked for
}

/// @title Who can be drawn to decide cases
/// @notice A list of bonded arbiters that remembers what it was: a case draws from the list as it was before the case was opened,
/// and nothing that anyone does afterwards changes that. Who joins is on the list a week later; who leaves is off it at once, and
/// gets the bond back when no case can be open any more that could draw them.
/// @dev Times are seconds; what was so "at" a time counts what happened in that second too. Look-ups are for times that are past.
interface IArbiterRegister {
    event BondSet(uint96 bondAssets);
    event ArbiterJoined(address indexed arbiter, uint96 bondAssets, uint40 listableAt);
    event ArbiterListed(address indexed arbiter);
    event ArbiterLeft(address indexed arbiter, uint40 releasableAt, bool dropped);
    event ArbiterReleased(address indexed arbiter, uint256 assets);
    event ArbiterPenalised(address indexed arbiter, uint256 assets, uint256 bondLeft);
    event ConflictDeclared(address indexed arbiter, bytes32 indexed topic, bool declared);

    error Arbiters_BondOutOfRange(uint256 bondAssets, uint256 least, uint256 most);
    error Arbiters_NotQualified(address arbiter);
    error Arbiters_Joined(address arbiter);
    error Arbiters_NotJoined(address arbiter);
    error Arbiters_Listed(address arbiter);
    error Arbiters_Left(address arbiter);
    error Arbiters_TooEarly(address arbiter, uint256 earliest);
    error Arbiters_NotLeft(address arbiter);
    error Arbiters_NotPast(uint256 timestamp, uint256 present);

    /// @notice Restricted. What who joins from now on has to bond.
    function setBond(uint96 bondAssets) external;

    /// @notice Bonds the caller, who holds a credential of the field `arbitration`.
    function join() external;

    /// @notice Puts on the list who joined LISTING_SECONDS ago. Anyone may call.
    function list(address arbiter) external;

    /// @notice Takes the caller off the list, for good: to come back is to join again.
    function resign() external;

    /// @notice Credits who left RELEASE_SECONDS ago with their bond. Anyone may call.
    function release(address arbiter) external returns (uint256 assets);

    /// @notice By an arbiter: that they are not to be drawn for cases with this topic (see `accountTopic` and `railTopic`; or the id
    /// of a component, feed, policy or AEP), or that they are again. For cases that are opened later.
    function declareConflict(bytes32 topic, bool declared) external;

    /// @notice Restricted: moves a penalty, or what is bonded if that is less, to an account of the ledger. Whose bond is below half
    /// of what was asked for is taken off the list.
    function penalise(address arbiter, uint256 most, bytes32 account) external returns (uint256 taken);

    function countAt(uint256 timestamp) external view returns (uint256);

    /// @param index below `countAt(timestamp)`
    function arbiterAt(uint256 index, uint256 timestamp) external view returns (address);

    /// @notice Whether somebody's credential was good enough and no conflict with any of the topics declared.
    function isFreeAt(
        address arbiter,
        uint8 leastLevel,
        bytes32[] calldata topics,
        uint256 timestamp
    ) external view returns (bool);

    function arbiterOf(address arbiter) external view returns (Arbiter memory);

    function bondAssets() external view returns (uint96);

    function accountTopic(address account) external pure returns (bytes32);

    function railTopic(uint256 railId) external pure returns (bytes32);

    function field() external pure returns (FieldId);

    function ledger() external view returns (IGrievanceLedger);

    function competence() external view returns (ICompetence);
}
