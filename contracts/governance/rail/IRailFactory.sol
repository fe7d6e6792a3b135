// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IRailBook, PageTerms} from "./IRailBook.sol";
import {VotingTerms} from "./IRailGovernor.sol";

/// @notice From 1, in order of opening.
type RailId is uint256;

struct RailTerms {
    string name; // 1…31 bytes
    string metadataURI; // ERC-4824 document
    address votes; // ERC-5805 token with a timestamp clock; the zero address: one member, one vote
    uint40 timelockDelay; // seconds, 1 day…30 days
    bytes32 reasonHash; // why these founders
    address[] founders; // at least one
    VotingTerms voting;
    PageTerms page;
}

/// @title Opens rails
/// @notice A rail is five addresses: governor, timelock, membership, treasury and the vote token, which may be the membership.
/// The four are minimal clones; nothing of a rail can be upgraded, and the factory keeps no power over it.
/// @dev Restricted: opening a rail is a ratified decision of the six institutions. One transaction; what is cloned is
/// initialised in it.
interface IRailFactory {
    event RailOpened(
        RailId indexed railId,
        address indexed governor,
        address indexed timelock,
        address membership,
        address treasury,
        address votes,
        bytes32 charterHash,
        bytes32[] packs,
        string name,
        string metadataURI
    );

    error Rails_NameOutOfRange(uint256 bytesLength);
    error Rails_NoFounders();
    error Rails_WrongClock(address votes);
    error Rails_Unknown(RailId railId);

    function openRail(RailTerms calldata terms) external returns (RailId railId, address governor);

    /// @dev Reverts with Rails_Unknown.
    function railOf(
        RailId railId
    ) external view returns (address governor, address timelock, address membership, address treasury, address votes);

    function governorOf(RailId railId) external view returns (address);

    /// @notice Whether a governor is one of a rail that was opened here.
    function isGovernor(address governor) external view returns (bool);

    function railCount() external view returns (uint256);

    function book() external view returns (IRailBook);

    function implementations()
        external
        view
        returns (address governor, address timelock, address membership, address treasury);
}
