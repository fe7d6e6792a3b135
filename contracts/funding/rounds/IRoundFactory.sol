// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ICommonsInflow} from "../commons/ICommonsInflow.sol";
import {IPostedRounds} from "../posted/IPostedRound.sol";
import {RoundTerms} from "./IQuadraticRound.sol";
import {MatchVariant} from "./MatchFormula.sol";

/// @title Opens rounds, and is the one door to the powers over them
/// @dev Each round is a clone; what it was opened with is in its code and never changes. The functions over a round are here and
/// not there, so that one entry in the AccessManager covers every round.
interface IRoundFactory is IPostedRounds {
    event RoundOpened(
        address indexed round,
        address indexed reviewer,
        address indexed asset,
        MatchVariant variant,
        address gate,
        address results,
        string metadataURI
    );

    /// @notice Follows `RoundOpened`, with the rest of the terms.
    event RoundTermsSet(
        address indexed round,
        uint16 capBps,
        uint40 applyUntil,
        uint40 contributeFrom,
        uint40 contributeUntil,
        uint40 reviewUntil,
        uint40 payoutUntil,
        uint128 postedParameter,
        uint16[] milestoneBps
    );
    /// @notice Follows it for each token besides the asset.
    event RoundTokenSet(address indexed round, uint8 token, address erc20, uint128 unitsWad);

    error Rounds_Unknown(address round);
    error Rounds_NoReviewer();
    /// @notice An asset, token, gate or result contract without code.
    error Rounds_NoCode(address account);
    error Rounds_TimesOutOfOrder(uint256 earlier, uint256 later);
    error Rounds_TooLong(uint256 until, uint256 most);
    error Rounds_CapOutOfRange(uint256 bps);
    error Rounds_NoCapInClrFund(uint256 bps);
    error Rounds_OneTokenInClrFund(uint256 others);
    error Rounds_TooManyTokens(uint256 others, uint256 most);
    error Rounds_TokenTwice(address token);
    error Rounds_NoRate(address token);
    error Rounds_MilestonesOutOfRange(uint256 milestones, uint256 most);
    error Rounds_EmptyMilestone(uint256 index);
    error Rounds_MilestonesNotWhole(uint256 bps);
    error Rounds_ParameterOutOfRange(uint256 parameter, uint256 most);
    /// @notice A result contract or a parameter, where nothing is posted.
    error Rounds_NothingPosted();

    /// @notice Restricted. Opens a round; its times begin with the application, now.
    function openRound(RoundTerms calldata terms) external returns (address round);

    /// @notice Restricted. Until the result stands; everybody gets back what they gave.
    function cancelRound(address round, bytes32 reasonHash) external;

    /// @notice Restricted. Once for a project, at most 180 days; the money stays the project's.
    function holdPayouts(address round, uint32 projectId, uint40 until, bytes32 reasonHash) external;

    /// @notice Restricted.
    function endHold(address round, uint32 projectId, bytes32 reasonHash) external;

    /// @notice What a round was opened with.
    function termsOf(address round) external view returns (RoundTerms memory);

    function roundCount() external view returns (uint256);

    function implementation() external view returns (address);

    function commons() external view returns (ICommonsInflow);
}
