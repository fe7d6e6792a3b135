// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {GovernorTimelockControlUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorTimelockControlUpgradeable.sol";
import {GovernorVotesUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorVotesUpgradeable.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

import {IRailBook} from "./IRailBook.sol";
import {IRailFactory, RailId, RailTerms} from "./IRailFactory.sol";
import {IRailGovernor} from "./IRailGovernor.sol";
import {IRailMembership} from "./IRailMembership.sol";
import {IRailTimelock} from "./IRailTimelock.sol";
import {RailArgs} from "./RailArgs.sol";

/// @title Opens rails
contract RailFactory is IRailFactory, AccessManaged {
    /// @inheritdoc IRailFactory
    IRailBook public immutable book;
    address private immutable GOVERNOR;
    address private immutable TIMELOCK;
    address private immutable MEMBERSHIP;
    address private immutable TREASURY;

    struct Rail {
        address governor;
        address timelock;
        address membership;
        address treasury;
        address votes;
    }

    mapping(RailId railId => address) public governorOf;
    mapping(address governor => bool) public isGovernor;
    uint256 public railCount;

    constructor(
        address authority,
        address governor,
        address timelock,
        address membership,
        address treasury
    ) AccessManaged(authority) {
        book = IRailGovernor(governor).book();
        GOVERNOR = governor;
        TIMELOCK = timelock;
        MEMBERSHIP = membership;
        TREASURY = treasury;
    }

    /// @inheritdoc IRailFactory
    function openRail(RailTerms calldata terms) external restricted returns (RailId railId, address governor) {
        uint256 nameLength = bytes(terms.name).length;
        if (nameLength == 0 || nameLength > 31) revert Rails_NameOutOfRange(nameLength);
        if (terms.founders.length == 0) revert Rails_NoFounders();

        Rail memory rail = _clone(terms);
        governor = rail.governor;
        railId = RailId.wrap(++railCount);
        governorOf[railId] = governor;
        isGovernor[governor] = true;
        _announce(railId, rail, terms);

        IRailMembership(rail.membership).initialize(terms.founders, terms.reasonHash);
        IRailTimelock(rail.timelock).initialize(governor, terms.timelockDelay, terms.page);
        IRailGovernor(governor).initialize(rail.votes, rail.timelock, terms.voting);
    }

    /// @inheritdoc IRailFactory
    function railOf(
        RailId railId
    ) external view returns (address governor, address timelock, address membership, address treasury, address votes) {
        governor = governorOf[railId];
        if (governor == address(0)) revert Rails_Unknown(railId);
        timelock = GovernorTimelockControlUpgradeable(payable(governor)).timelock();
        votes = address(GovernorVotesUpgradeable(payable(governor)).token());
        membership = IRailGovernor(governor).membership();
        treasury = IRailGovernor(governor).treasury();
    }

    /// @inheritdoc IRailFactory
    function implementations()
        external
        view
        returns (address governor, address timelock, address membership, address treasury)
    {
        return (GOVERNOR, TIMELOCK, MEMBERSHIP, TREASURY);
    }

    function _clone(RailTerms calldata terms) private returns (Rail memory rail) {
        rail.timelock = Clones.cloneWithImmutableArgs(TIMELOCK, bytes(terms.metadataURI));
        bytes memory timelockArg = abi.encodePacked(rail.timelock);
        rail.membership = Clones.cloneWithImmutableArgs(MEMBERSHIP, timelockArg);
        rail.treasury = Clones.cloneWithImmutableArgs(TREASURY, timelockArg);
        bytes memory args = RailArgs.pack(rail.membership, rail.treasury, terms.name);
        rail.governor = Clones.cloneWithImmutableArgs(GOVERNOR, args);
        rail.votes = terms.votes == address(0) ? rail.membership : terms.votes;
        if (IERC6372(rail.votes).clock() != block.timestamp) revert Rails_WrongClock(rail.votes);
    }

    function _announce(RailId railId, Rail memory rail, RailTerms calldata terms) private {
        emit RailOpened(
            railId,
            rail.governor,
            rail.timelock,
            rail.membership,
            rail.treasury,
            rail.votes,
            terms.page.charterHash,
            terms.page.packs,
            terms.name,
            terms.metadataURI
        );
    }
}
