// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";

import {ICommonsInflow} from "../commons/ICommonsInflow.sol";
import {IIdentityGate} from "./IIdentityGate.sol";
import {IMatchResult} from "../posted/IMatchResult.sol";
import {RoundTerms, TokenRate} from "./IQuadraticRound.sol";
import {MatchVariant} from "./MatchFormula.sol";

/// @title The terms of a round, which its clone carries in its code
/// @notice Words of 32 bytes:
///  0  asset 20 | variant 1 | capBps 2 | tokens 1 | milestones 1 | 0 7
///  1  applyUntil 5 | contributeFrom 5 | contributeUntil 5 | reviewUntil 5 | payoutUntil 5 | 0 7
///  2  reviewer 20 | share of the match that is due from each milestone on, in bps of the whole, 2 each, rising to 10,000
///  3  gate 20 | 0 12
///  4  results 20 | 0 12
///  5  commons 20 | 0 12
///  6  factory 20 | 0 12
///  7  postedParameter 32
///  8  and on, two for each token but the asset: token 20 | 0 12, then units per base unit, 1e18 = 1; then metadataURI
/// @dev Reading a word costs about 120 gas, a slot of storage 2,100. Of use only in a clone that was made with these arguments.
library RoundArgs {
    uint256 internal constant MOST_MILESTONES = 6;
    uint256 private constant ARGS = 0x2d; // where OpenZeppelin's clones have their arguments

    function pack(
        RoundTerms calldata terms,
        ICommonsInflow commons_,
        address factory_
    ) internal pure returns (bytes memory args) {
        uint256 tokens = terms.others.length + 1;
        bytes memory dues;
        uint256 due;
        for (uint256 i = 0; i < MOST_MILESTONES; ++i) {
            if (i < terms.milestoneBps.length) due += terms.milestoneBps[i];
            dues = abi.encodePacked(dues, uint16(due));
        }
        args = abi.encodePacked(
            terms.asset,
            terms.variant,
            terms.capBps,
            uint8(tokens),
            uint8(terms.milestoneBps.length),
            uint56(0)
        );
        args = abi.encodePacked(
            args,
            abi.encodePacked(terms.applyUntil, terms.contributeFrom, terms.contributeUntil),
            abi.encodePacked(terms.reviewUntil, terms.payoutUntil, uint56(0)),
            abi.encodePacked(terms.reviewer, dues),
            abi.encodePacked(terms.gate, uint96(0), terms.results, uint96(0)),
            abi.encodePacked(commons_, uint96(0), factory_, uint96(0), uint256(terms.postedParameter))
        );
        for (uint256 i = 1; i < tokens; ++i) {
            args = abi.encodePacked(args, terms.others[i - 1].token, uint96(0), uint256(terms.others[i - 1].unitsWad));
        }
        args = abi.encodePacked(args, terms.metadataURI);
    }

    /// @notice The terms that were packed.
    function unpack(bytes memory args) internal pure returns (RoundTerms memory terms) {
        uint256 word = _wordOf(args, 0);
        terms.asset = IERC20(address(uint160(word >> 96)));
        (terms.variant, terms.capBps) = (MatchVariant(uint8(word >> 88)), uint16(word >> 72));
        terms.others = new TokenRate[](uint8(word >> 64) - 1);
        terms.milestoneBps = new uint16[](uint8(word >> 56));
        word = _wordOf(args, 1);
        (terms.applyUntil, terms.contributeFrom) = (uint40(word >> 216), uint40(word >> 176));
        (terms.contributeUntil, terms.reviewUntil) = (uint40(word >> 136), uint40(word >> 96));
        terms.payoutUntil = uint40(word >> 56);
        word = _wordOf(args, 2);
        terms.reviewer = address(uint160(word >> 96));
        uint256 due;
        for (uint256 i = 0; i < terms.milestoneBps.length; ++i) {
            uint256 sum = uint16(word >> (16 * (MOST_MILESTONES - 1 - i)));
            (terms.milestoneBps[i], due) = (uint16(sum - due), sum);
        }
        terms.gate = IIdentityGate(address(uint160(_wordOf(args, 3) >> 96)));
        terms.results = IMatchResult(address(uint160(_wordOf(args, 4) >> 96)));
        terms.postedParameter = uint128(_wordOf(args, 7));
        uint256 next = 8;
        for (uint256 i = 0; i < terms.others.length; ++i) {
            terms.others[i].token = IERC20(address(uint160(_wordOf(args, next++) >> 96)));
            terms.others[i].unitsWad = uint128(_wordOf(args, next++));
        }
        terms.metadataURI = string(Bytes.slice(args, 32 * next));
    }

    function asset() internal view returns (IERC20) {
        return IERC20(_address(0));
    }

    function variant() internal view returns (MatchVariant) {
        return MatchVariant(uint8(_word(0) >> 88));
    }

    /// @notice The most of the pool that one project is matched; 10,000: no cap.
    function capBps() internal view returns (uint256) {
        return uint16(_word(0) >> 72);
    }

    /// @notice The asset and the others.
    function tokenCount() internal view returns (uint256) {
        return uint8(_word(0) >> 64);
    }

    function applyUntil() internal view returns (uint256) {
        return _word(1) >> 216;
    }

    /// @notice When contributions begin and end, in one read.
    function window() internal view returns (uint256 from, uint256 until) {
        uint256 word = _word(1);
        return (uint40(word >> 176), uint40(word >> 136));
    }

    function contributeFrom() internal view returns (uint256) {
        return uint40(_word(1) >> 176);
    }

    function contributeUntil() internal view returns (uint256) {
        return uint40(_word(1) >> 136);
    }

    function reviewUntil() internal view returns (uint256) {
        return uint40(_word(1) >> 96);
    }

    function payoutUntil() internal view returns (uint256) {
        return uint40(_word(1) >> 56);
    }

    function reviewer() internal view returns (address) {
        return _address(2);
    }

    /// @notice How much of its match is due to a project of which so many milestones are released, 1…6.
    function dueBps(uint256 released) internal view returns (uint256) {
        return uint16(_word(2) >> (16 * (MOST_MILESTONES - released)));
    }

    function milestones() internal view returns (uint256) {
        return uint8(_word(0) >> 56);
    }

    function gate() internal view returns (IIdentityGate) {
        return IIdentityGate(_address(3));
    }

    function results() internal view returns (IMatchResult) {
        return IMatchResult(_address(4));
    }

    function commons() internal view returns (ICommonsInflow) {
        return ICommonsInflow(_address(5));
    }

    function factory() internal view returns (address) {
        return _address(6);
    }

    function postedParameter() internal view returns (uint256) {
        return _word(7);
    }

    /// @param token 0 is the asset; the caller has checked that it is below `tokenCount`
    function tokenAt(uint256 token) internal view returns (IERC20) {
        return IERC20(_address(token == 0 ? 0 : 6 + 2 * token));
    }

    /// @param token not 0
    function unitsWadOf(uint256 token) internal view returns (uint256) {
        return _word(7 + 2 * token);
    }

    function _address(uint256 index) private view returns (address) {
        return address(uint160(_word(index) >> 96));
    }

    function _wordOf(bytes memory args, uint256 index) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(args, 32), mul(32, index)))
        }
    }

    function _word(uint256 index) private view returns (uint256 word) {
        assembly ("memory-safe") {
            extcodecopy(address(), 0, add(ARGS, mul(32, index)), 32)
            word := mload(0)
        }
    }
}
