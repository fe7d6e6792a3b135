// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AepId} from "../../evidence/IEvidenceRegistry.sol";
import {IEffectsGuard} from "./IEffectsGuard.sol";
import {IEvidenceGuard} from "./IEvidenceGuard.sol";
import {IRailBook} from "./IRailBook.sol";

/// @notice How a rail votes. Times in seconds, fractions in percent of the votes that exist at the snapshot.
struct VotingTerms {
    uint48 votingDelay; // 1 hour…30 days
    uint32 votingPeriod; // 1 day…60 days
    uint48 lateQuorumExtension; // at most the period
    uint8 quorumPercent; // 1…100
    uint8 superQuorumPercent; // quorumPercent…100: with as many votes for it a proposal succeeds at once
    uint256 proposalThreshold; // votes
    address guardian; // may cancel any proposal; with none, a proposer may cancel its own at any time
}

/// @title A rail's governor: what it has beside IGovernor
/// @notice OpenZeppelin's Governor 5.7: settings, timelock, late and super quorum, guardian, keyed nonces, fractional votes.
/// An account's votes are those of the vote token (ERC-5805), by default the membership; members add what their competence
/// credentials weighed at the snapshot. That part decides with the others but never helps to reach a quorum or super quorum.
/// The citation of evidence (IEvidenceGuard) is the first call of a proposal, the declaration of effects (IEffectsGuard) the
/// last.
/// @dev INV-RAIL-2: nothing is queued or executed while a cited pack is disputed, nor ever after it is void; anyone may then
/// `cancel`. A queued proposal expires 60 days after it could be executed: longer than any dispute of a pack that was anchored
/// when it was proposed can last (30 days of challenge and 14 of dispute), so no dispute can make one expire. Its timelock
/// cannot be replaced, and it cannot `relay` calls to its timelock.
interface IRailGovernor {
    /// @notice Right after ProposalCreated.
    event ProposalCites(uint256 indexed proposalId, AepId[] aepIds);
    event ProposalDeclaresEffects(uint256 indexed proposalId, bytes32 effectsHash);

    event BallotWithdrawn(address indexed voter, uint256 nonce);

    error Rails_CitationNotFirst(uint256 index);
    error Rails_EffectsNotLast(uint256 index);
    error Rails_NotRelayable(address target);
    error Rails_TimelockIsFixed();
    error Rails_TimeOutOfRange(uint256 timeSeconds, uint256 least, uint256 most);
    error Rails_NoQuorum();

    /// @notice Once, by the factory in the transaction that makes the clone.
    function initialize(address votes, address timelock, VotingTerms calldata terms) external;

    /// @notice Uses up the caller's nonce of a ballot that was signed and is not yet carried: it counts no more.
    /// @param nonce that of the ballot, key (the last 24 bytes of the proposal's id) in front of a 64-bit count
    function withdrawBallot(uint256 nonce) external;

    function membership() external view returns (address);

    function treasury() external view returns (address);

    function book() external view returns (IRailBook);

    function evidenceGuard() external view returns (IEvidenceGuard);

    function effectsGuard() external view returns (IEffectsGuard);

    /// @notice What of an account's votes at a past time comes from its credentials.
    function competenceVotes(address account, uint256 timestamp) external view returns (uint256);

    /// @notice Of the votes cast on a proposal those of credentials, which count for no quorum.
    function competenceCast(uint256 proposalId) external view returns (uint256 forVotes, uint256 forAndAbstainVotes);
}
