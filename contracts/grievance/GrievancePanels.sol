// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {BlockHistory} from "./BlockHistory.sol";
import {Deck, DeckLib} from "./Deck.sol";
import {IArbiterRegister} from "./IArbiterRegister.sol";
import {Draw, IGrievancePanels, Panel, Seat, SeatState} from "./IGrievancePanels.sol";
import {CaseId} from "./IGrievanceRail.sol";
import {Ruling, RulingLib} from "./Ruling.sol";

/// @title Panels of arbiters
contract GrievancePanels is IGrievancePanels, AccessManaged {
    /// @dev Bounds what a draw can cost: about 20,000 gas each.
    uint256 internal constant MOST_DEALT = 48;

    /// @inheritdoc IGrievancePanels
    IArbiterRegister public immutable register;

    mapping(CaseId => mapping(uint8 instance => Panel)) private _panels;
    mapping(CaseId => mapping(uint8 instance => Seat[])) private _seats;
    mapping(CaseId => uint8) private _instances; // the last that was drawn
    /// @inheritdoc IGrievancePanels
    mapping(CaseId => mapping(uint8 instance => mapping(address arbiter => bytes32))) public commitmentOf;

    constructor(address authority, IArbiterRegister register_) AccessManaged(authority) {
        register = register_;
    }

    /// @inheritdoc IGrievancePanels
    function draw(Draw calldata draw_) external restricted returns (bool drawn) {
        (CaseId caseId, uint8 instance) = (draw_.caseId, draw_.instance);
        Panel storage panel = _panels[caseId][instance];
        if (panel.commitBy != 0) revert Panels_Drawn(caseId, instance);
        (uint64 drawBlock, bytes32 blockHash) = drawBlockAt(draw_.drawBlock);
        if (blockHash == 0) revert Panels_NoHash(drawBlock);
        (address[] memory arbiters, uint8 free) = _deal(draw_, seedOf(caseId, instance, blockHash));
        if (free != draw_.size) {
            emit PanelTooSmall(caseId, instance, free, draw_.size);
            return false;
        }
        panel.commitBy = uint40(block.timestamp) + draw_.commitSeconds;
        panel.revealBy = panel.commitBy + draw_.revealSeconds;
        (panel.requested, panel.size) = (draw_.requested, free);
        Seat[] storage seats = _seats[caseId][instance];
        for (uint256 i = 0; i < free; ++i) seats.push(Seat(arbiters[i], SeatState.Seated, Ruling.wrap(0)));
        _instances[caseId] = instance;
        emit PanelDrawn(caseId, instance, drawBlock, blockHash, arbiters, panel.commitBy, panel.revealBy);
        return true;
    }

    /// @inheritdoc IGrievancePanels
    function commit(CaseId caseId, bytes32 commitment) external {
        if (commitment == 0) revert Panels_NoCommitment();
        (Panel storage panel, Seat storage seat, uint8 instance) = _seatOf(caseId, SeatState.Seated);
        _requireCommits(caseId, panel);
        seat.state = SeatState.Committed;
        ++panel.committed;
        commitmentOf[caseId][instance][seat.arbiter] = commitment;
        emit RulingCommitted(caseId, instance, seat.arbiter, commitment);
    }

    /// @inheritdoc IGrievancePanels
    function recuse(CaseId caseId) external {
        (Panel storage panel, Seat storage seat, uint8 instance) = _seatOf(caseId, SeatState.Seated);
        _requireCommits(caseId, panel);
        seat.state = SeatState.Recused;
        ++panel.recused;
        emit Recused(caseId, instance, seat.arbiter);
    }

    /// @inheritdoc IGrievancePanels
    function reveal(CaseId caseId, Ruling ruling, bytes32 reasonsHash, bytes32 salt) external {
        (Panel storage panel, Seat storage seat, uint8 instance) = _seatOf(caseId, SeatState.Committed);
        if (!_areCommitsOver(panel)) revert Panels_CommitsRun(caseId, panel.commitBy);
        if (block.timestamp >= panel.revealBy) revert Panels_RevealsOver(caseId, panel.revealBy);
        if (!ruling.isSound(panel.requested)) revert Panels_UnsoundRuling(ruling, panel.requested);
        bytes32 commitment = commitmentFor(caseId, instance, seat.arbiter, ruling, reasonsHash, salt);
        bytes32 expected = commitmentOf[caseId][instance][seat.arbiter];
        if (commitment != expected) revert Panels_WrongReveal(commitment, expected);
        (seat.state, seat.ruling) = (SeatState.Revealed, ruling);
        --panel.committed;
        ++panel.revealed;
        emit RulingRevealed(caseId, instance, seat.arbiter, ruling, reasonsHash);
    }

    /// @inheritdoc IGrievancePanels
    function panelOf(CaseId caseId, uint8 instance) external view returns (Panel memory) {
        return _panels[caseId][instance];
    }

    /// @inheritdoc IGrievancePanels
    function seatsOf(CaseId caseId, uint8 instance) external view returns (Seat[] memory) {
        return _seats[caseId][instance];
    }

    /// @inheritdoc IGrievancePanels
    function areCommitsOver(CaseId caseId, uint8 instance) external view returns (bool) {
        return _areCommitsOver(_panels[caseId][instance]);
    }

    /// @inheritdoc IGrievancePanels
    function isOver(CaseId caseId, uint8 instance) external view returns (bool) {
        Panel storage panel = _panels[caseId][instance];
        if (panel.commitBy == 0) return false;
        return block.timestamp >= panel.revealBy || (_areCommitsOver(panel) && panel.committed == 0);
    }

    /// @inheritdoc IGrievancePanels
    function resultOf(CaseId caseId, uint8 instance) external view returns (Ruling ruling, uint8 revealed) {
        revealed = _panels[caseId][instance].revealed;
        Seat[] storage seats = _seats[caseId][instance];
        Ruling[] memory rulings = new Ruling[](revealed);
        uint256 count = 0;
        for (uint256 i = 0; count < revealed; ++i) {
            if (seats[i].state == SeatState.Revealed) rulings[count++] = seats[i].ruling;
        }
        ruling = RulingLib.ofMajority(rulings);
    }

    /// @inheritdoc IGrievancePanels
    function drawBlockAt(uint64 drawBlock) public view returns (uint64 blockNumber, bytes32 blockHash) {
        blockNumber = uint64(BlockHistory.current(drawBlock));
        blockHash = BlockHistory.hashOf(blockNumber);
    }

    /// @inheritdoc IGrievancePanels
    function seedOf(CaseId caseId, uint8 instance, bytes32 blockHash) public view returns (bytes32) {
        return keccak256(abi.encode("Nexus Grievance draw", block.chainid, address(this), caseId, instance, blockHash));
    }

    /// @inheritdoc IGrievancePanels
    function commitmentFor(
        CaseId caseId,
        uint8 instance,
        address arbiter,
        Ruling ruling,
        bytes32 reasonsHash,
        bytes32 salt
    ) public view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    "Nexus Grievance ruling",
                    block.chainid,
                    address(this),
                    caseId,
                    instance,
                    arbiter,
                    ruling,
                    reasonsHash,
                    salt
                )
            );
    }

    /// @dev INV-GRV-4, INV-GRV-6. Who was drawn for the first panel does not sit on the second.
    function _deal(Draw calldata draw_, bytes32 seed) private view returns (address[] memory arbiters, uint8 free) {
        arbiters = new address[](draw_.size);
        uint256 asOf = draw_.filedAt - 1;
        uint256 count = register.countAt(asOf);
        uint256 most = count < MOST_DEALT ? count : MOST_DEALT;
        Deck memory deck = DeckLib.shuffled(seed, count, most);
        while (free < draw_.size && deck.dealt < most) {
            address arbiter = register.arbiterAt(deck.deal(), asOf);
            if (_isBarred(draw_, arbiter)) continue;
            if (register.isFreeAt(arbiter, draw_.leastLevel, draw_.topics, asOf)) arbiters[free++] = arbiter;
        }
    }

    function _isBarred(Draw calldata draw_, address arbiter) private view returns (bool) {
        for (uint256 i = 0; i < draw_.parties.length; ++i) if (draw_.parties[i] == arbiter) return true;
        if (draw_.instance == 1) return false;
        Seat[] storage seats = _seats[draw_.caseId][1];
        for (uint256 i = 0; i < seats.length; ++i) if (seats[i].arbiter == arbiter) return true;
        return false;
    }

    function _seatOf(
        CaseId caseId,
        SeatState expected
    ) private view returns (Panel storage panel, Seat storage seat, uint8 instance) {
        instance = _instances[caseId];
        panel = _panels[caseId][instance];
        Seat[] storage seats = _seats[caseId][instance];
        for (uint256 i = 0; i < seats.length; ++i) {
            if (seats[i].arbiter != _msgSender()) continue;
            seat = seats[i];
            if (seat.state != expected) revert Panels_WrongState(caseId, seat.arbiter, seat.state);
            return (panel, seat, instance);
        }
        revert Panels_NotSeated(caseId, _msgSender());
    }

    function _requireCommits(CaseId caseId, Panel storage panel) private view {
        if (block.timestamp >= panel.commitBy) revert Panels_CommitsOver(caseId, panel.commitBy);
    }

    /// @dev Over when all have committed or recused, or when the time for it is.
    function _areCommitsOver(Panel storage panel) private view returns (bool) {
        if (block.timestamp >= panel.commitBy) return true;
        return uint256(panel.committed) + panel.revealed + panel.recused == panel.size;
    }
}
