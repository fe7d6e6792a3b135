// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

import {ICommonsInflow} from "../commons/ICommonsInflow.sol";
import {IQuadraticRound, RoundTerms} from "./IQuadraticRound.sol";
import {IRoundFactory} from "./IRoundFactory.sol";
import {IPostedRounds} from "../posted/IPostedRound.sol";
import {MatchFormula, MatchVariant} from "./MatchFormula.sol";
import {RoundArgs} from "./RoundArgs.sol";

/// @title Opens rounds
contract RoundFactory is IRoundFactory, AccessManaged {
    uint256 internal constant MOST_OTHERS = 7;
    uint256 internal constant MOST_SECONDS = 2 * 365 days;

    /// @inheritdoc IRoundFactory
    address public immutable implementation;
    /// @inheritdoc IRoundFactory
    ICommonsInflow public immutable commons;

    /// @inheritdoc IPostedRounds
    mapping(address round => bool) public isRound;
    /// @inheritdoc IRoundFactory
    uint256 public roundCount;

    modifier known(address round) {
        if (!isRound[round]) revert Rounds_Unknown(round);
        _;
    }

    constructor(address authority, address implementation_, ICommonsInflow commons_) AccessManaged(authority) {
        implementation = implementation_;
        commons = commons_;
    }

    /// @inheritdoc IRoundFactory
    function openRound(RoundTerms calldata terms) external restricted returns (address round) {
        _requireTimes(terms);
        _requireParties(terms);
        _requireTokens(terms);
        _requireMilestones(terms.milestoneBps);
        if (terms.capBps == 0 || terms.capBps > 1e4) revert Rounds_CapOutOfRange(terms.capBps);
        if (terms.variant == MatchVariant.ClrFund && terms.capBps != 1e4) revert Rounds_NoCapInClrFund(terms.capBps);

        round = Clones.cloneWithImmutableArgs(implementation, RoundArgs.pack(terms, commons, address(this)));
        isRound[round] = true;
        ++roundCount;
        emit RoundOpened(
            round,
            terms.reviewer,
            address(terms.asset),
            terms.variant,
            address(terms.gate),
            address(terms.results),
            terms.metadataURI
        );
        _announce(round, terms);
    }

    /// @inheritdoc IRoundFactory
    function cancelRound(address round, bytes32 reasonHash) external restricted known(round) {
        IQuadraticRound(round).cancel(reasonHash);
    }

    /// @inheritdoc IRoundFactory
    function holdPayouts(
        address round,
        uint32 projectId,
        uint40 until,
        bytes32 reasonHash
    ) external restricted known(round) {
        IQuadraticRound(round).hold(projectId, until, reasonHash);
    }

    /// @inheritdoc IRoundFactory
    function endHold(address round, uint32 projectId, bytes32 reasonHash) external restricted known(round) {
        IQuadraticRound(round).endHold(projectId, reasonHash);
    }

    /// @inheritdoc IRoundFactory
    function termsOf(address round) external view known(round) returns (RoundTerms memory) {
        return RoundArgs.unpack(Clones.fetchCloneArgs(round));
    }

    function _announce(address round, RoundTerms calldata terms) private {
        emit RoundTermsSet(
            round,
            terms.capBps,
            terms.applyUntil,
            terms.contributeFrom,
            terms.contributeUntil,
            terms.reviewUntil,
            terms.payoutUntil,
            terms.postedParameter,
            terms.milestoneBps
        );
        for (uint256 i = 0; i < terms.others.length; ++i) {
            emit RoundTokenSet(round, uint8(i + 1), address(terms.others[i].token), terms.others[i].unitsWad);
        }
    }

    function _requireTimes(RoundTerms calldata terms) private view {
        _requireOrder(block.timestamp, terms.applyUntil);
        _requireOrder(terms.applyUntil, uint256(terms.contributeFrom) + 1); // may be the same
        _requireOrder(terms.contributeFrom, terms.contributeUntil);
        _requireOrder(terms.contributeUntil, terms.reviewUntil);
        _requireOrder(terms.reviewUntil, terms.payoutUntil);
        uint256 most = block.timestamp + MOST_SECONDS;
        if (terms.payoutUntil > most) revert Rounds_TooLong(terms.payoutUntil, most);
    }

    function _requireParties(RoundTerms calldata terms) private view {
        if (terms.reviewer == address(0)) revert Rounds_NoReviewer();
        _requireCode(address(terms.gate));
        if (MatchFormula.isPosted(terms.variant)) {
            _requireCode(address(terms.results));
            uint256 most = uint256(terms.variant == MatchVariant.Pairwise ? type(uint128).max : type(uint128).max >> 1);
            if (terms.postedParameter == 0 || terms.postedParameter > most) {
                revert Rounds_ParameterOutOfRange(terms.postedParameter, most);
            }
        } else if (address(terms.results) != address(0) || terms.postedParameter != 0) {
            revert Rounds_NothingPosted();
        }
    }

    function _requireTokens(RoundTerms calldata terms) private view {
        _requireCode(address(terms.asset));
        uint256 others = terms.others.length;
        if (others > MOST_OTHERS) revert Rounds_TooManyTokens(others, MOST_OTHERS);
        if (others != 0 && terms.variant == MatchVariant.ClrFund) revert Rounds_OneTokenInClrFund(others);
        for (uint256 i = 0; i < others; ++i) {
            address token = address(terms.others[i].token);
            _requireCode(token);
            if (terms.others[i].unitsWad == 0) revert Rounds_NoRate(token);
            if (token == address(terms.asset)) revert Rounds_TokenTwice(token);
            for (uint256 j = 0; j < i; ++j) {
                if (token == address(terms.others[j].token)) revert Rounds_TokenTwice(token);
            }
        }
    }

    function _requireMilestones(uint16[] calldata milestoneBps) private pure {
        uint256 count = milestoneBps.length;
        if (count == 0 || count > RoundArgs.MOST_MILESTONES) {
            revert Rounds_MilestonesOutOfRange(count, RoundArgs.MOST_MILESTONES);
        }
        uint256 whole;
        for (uint256 i = 0; i < count; ++i) {
            if (milestoneBps[i] == 0) revert Rounds_EmptyMilestone(i);
            whole += milestoneBps[i];
        }
        if (whole != 1e4) revert Rounds_MilestonesNotWhole(whole);
    }

    function _requireOrder(uint256 earlier, uint256 later) private pure {
        if (earlier >= later) revert Rounds_TimesOutOfOrder(earlier, later);
    }

    function _requireCode(address account) private view {
        if (account.code.length == 0) revert Rounds_NoCode(account);
    }
}
