// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";

import {AepId} from "../../../contracts/evidence/IEvidenceRegistry.sol";
import {ActionClass, Call} from "../../../contracts/governance/nvm/IActionClasses.sol";
import {
    Choice,
    DecisionId,
    DecisionState,
    Proposal,
    SeatId,
    SignedBallot
} from "../../../contracts/governance/nvm/INexusValidationModule.sol";
import {NexusValidationModule} from "../../../contracts/governance/nvm/NexusValidationModule.sol";
import {EndlessPausable, Flag, Governed} from "../../mocks/Governed.sol";

/// @notice Seats that open, answer, change hands and run out of time in any order, and strangers who execute. Keeps its own books.
contract NvmHandler is CommonBase, StdUtils {
    uint256 public constant SEATS = 6;
    uint256 public constant KINDS = 6;

    struct Book {
        DecisionId id;
        bytes32 contextHash;
        uint256 kind; // 0 note, 1 pause, 2 lower the flag, 3 ratified note, 4 give a seat away, 5 note and pause
        uint256 openedAt;
        uint256 quorumAt; // of the ballots that count now
        uint256 seat; // of kind 4
        uint256[3] chose; // bitmaps of yes, of dissents, of vetoes
        uint256 answered;
        bool executed;
        bool killed;
    }

    // no immutables: the fuzzer tells contracts apart by their code
    NexusValidationModule public module;
    Governed public target;
    EndlessPausable public pausable;
    Flag public flag;
    bytes4 public constant RATIFIED = bytes4(keccak256("ratified()"));

    Book[] private _books;
    uint256[6] private _keys;
    uint32[] private _epochs; // the latest when each decision was opened
    uint256 private _nextPauseAt;
    uint64 private _nonce;
    uint256 public acts; // calls of the target that must have happened
    string public broken;
    mapping(bytes32 => uint256) public calls;
    mapping(uint256 place => DecisionState) public endedAs; // None: not yet, when last looked at

    constructor(NexusValidationModule module_, Governed target_, EndlessPausable pausable_, Flag flag_) {
        (module, target, pausable, flag) = (module_, target_, pausable_, flag_);
        for (uint256 i = 0; i < SEATS; ++i) _keys[i] = 100 + i;
    }

    modifier remembered() {
        _;
        uint256 count_ = _books.length;
        for (uint256 i = count_ > 12 ? count_ - 12 : 0; i < count_; ++i) {
            DecisionState state = module.stateOf(_books[i].id);
            if (endedAs[i] == DecisionState.None && state >= DecisionState.Executed) endedAs[i] = state;
        }
    }

    // —— actions ————————————————————————————————————————————————————————————————————————————————————————————————

    function warp(uint256 seed) external remembered {
        vm.warp(block.timestamp + _bound(seed, 1, seed % 4 == 0 ? 9 days : 1 days));
    }

    function open(uint256 seed) external remembered {
        _open(seed % KINDS, (seed >> 8) % SEATS, (seed >> 16) % SEATS);
    }

    function cast(uint256 seed) external remembered {
        if (_books.length == 0) return;
        (uint256 place, uint256 seat) = (_place(seed), (seed >> 8) % SEATS);
        Choice choice = _choice(seed >> 16);
        bool expected = _takes(place, seat);
        vm.prank(vm.addr(_keys[seat]));
        try module.cast(_books[place].id, SeatId.wrap(uint8(seat)), choice, bytes32(seed)) {
            if (!expected) broken = "a ballot counted that must not";
            _note(place, seat, choice);
            _close(place);
        } catch {
            if (expected) broken = "a ballot refused that must count";
        }
    }

    /// @notice Three signed ballots in one transaction.
    function relay(uint256 seed) external remembered {
        if (_books.length == 0) return;
        uint256 place = _place(seed);
        SignedBallot[] memory ballots = new SignedBallot[](3);
        bool some;
        bool sound = _isLive(place);
        for (uint256 i = 0; i < 3; ++i) {
            uint256 seat = (seed >> (8 * (i + 1))) % SEATS;
            ballots[i] = _signed(place, seat, _choice(seed >> (32 + 8 * i)));
            if (_hasAnswered(place, seat)) continue;
            some = true;
            if (_isNewer(place, seat)) sound = false;
        }
        _relay(place, ballots, some && sound);
    }

    function execute(uint256 seed) external remembered {
        if (_books.length == 0) return;
        // mostly the latest, which are still alive
        _execute(
            seed % 3 == 0 ? _place(seed) : _books.length - 1 - ((seed >> 8) % (_books.length > 4 ? 4 : _books.length))
        );
    }

    /// @notice From opening to execution with as many yes as it takes: what chance alone would seldom do.
    function carry(uint256 seed) external remembered {
        uint256 kind = seed % KINDS;
        uint256 place = _books.length;
        _open(kind, (seed >> 8) % SEATS, (seed >> 16) % SEATS);
        uint256 needed = _yes(kind);
        for (uint256 i = 0; i < needed; ++i) {
            uint256 seat = (i + (seed >> 24)) % SEATS;
            vm.prank(vm.addr(_keys[seat]));
            module.cast(_books[place].id, SeatId.wrap(uint8(seat)), Choice.Yes, 0);
            _note(place, seat, Choice.Yes);
            _close(place);
        }
        vm.warp(block.timestamp + _delay(kind));
        _execute(place);
    }

    // —— the books ————————————————————————————————————————————————————————————————————————————————————————————————

    function count() external view returns (uint256) {
        return _books.length;
    }

    function bookAt(uint256 place) external view returns (Book memory) {
        return _books[place];
    }

    function ownerOf(uint256 seat) external view returns (address) {
        return vm.addr(_keys[seat]);
    }

    /// @notice What the state must be, from the books and the clock.
    function modelState(uint256 place) public view returns (DecisionState) {
        Book storage book = _books[place];
        if (book.executed) return DecisionState.Executed;
        if (book.killed) return DecisionState.Killed;
        if (_bits(book.chose[0]) < _yes(book.kind)) {
            return block.timestamp < book.openedAt + _vote(book.kind) ? DecisionState.Open : DecisionState.Expired;
        }
        uint256 readyAt = modelReadyAt(place);
        if (block.timestamp < readyAt) return DecisionState.Passed;
        return block.timestamp < readyAt + _grace(book.kind) ? DecisionState.Ready : DecisionState.Expired;
    }

    function modelReadyAt(uint256 place) public view returns (uint256) {
        Book storage book = _books[place];
        uint256 delay = _delay(book.kind);
        uint256 longer;
        if (book.kind != 1) {
            longer = _bits(book.chose[1]) * (delay / 4 > 12 hours ? delay / 4 : 12 hours);
            uint256 most = delay > 1 days ? delay : 1 days;
            if (longer > most) longer = most;
        }
        return book.quorumAt + delay + longer;
    }

    function modelClass(uint256 kind) public pure returns (ActionClass) {
        if (kind == 1) return ActionClass.Emergency;
        if (kind == 3) return ActionClass.Ratification;
        return kind == 4 ? ActionClass.Constitutional : ActionClass.Ordinary;
    }

    function _yes(uint256 kind) private pure returns (uint256) {
        return
            kind == 1
                ? 2
                : kind == 3
                    ? 4
                    : kind == 4
                        ? 5
                        : 3;
    }

    function _vetoes(uint256 kind) private pure returns (uint256) {
        return kind == 3 || kind == 4 ? 2 : 3;
    }

    function _delay(uint256 kind) private pure returns (uint256) {
        return
            kind == 3
                ? 2 days
                : kind == 4
                    ? 7 days
                    : 0;
    }

    function _vote(uint256 kind) private pure returns (uint256) {
        return
            kind == 1
                ? 1 days
                : kind == 3 || kind == 4
                    ? 14 days
                    : 7 days;
    }

    function _grace(uint256 kind) private pure returns (uint256) {
        return
            kind == 1
                ? 1 days
                : kind == 4
                    ? 28 days
                    : 14 days;
    }

    // —— how ————————————————————————————————————————————————————————————————————————————————————————————————————————

    function _callsOf(uint256 kind, uint256 place, uint256 seat) private view returns (Call[] memory made) {
        made = new Call[](kind == 5 ? 2 : 1);
        bytes memory noting = abi.encodeCall(target.note, (bytes32(place)));
        bytes memory pausing = abi.encodeCall(pausable.pause, (uint40(1 + (place % 80) * 1 hours)));
        made[0] = Call(address(target), 0, noting);
        if (kind == 1) made[0] = Call(address(pausable), 0, pausing);
        if (kind == 2) {
            bytes memory lower = abi.encodeCall(flag.set, (false));
            made[0] = Call(address(target), 0, abi.encodeCall(target.callBack, (address(flag), lower)));
        }
        if (kind == 3) made[0] = Call(address(target), 0, abi.encodePacked(RATIFIED));
        if (kind == 4) {
            address owner = vm.addr(_heir(place));
            uint40 ends = uint40(1_500_000_000 + 4 * 365 days);
            bytes memory give = abi.encodeCall(
                module.replaceSeat,
                (SeatId.wrap(uint8(seat)), abi.encodePacked(owner), owner, ends)
            );
            made[0] = Call(address(module), 0, give);
        }
        if (kind == 5) made[1] = Call(address(pausable), 0, pausing);
    }

    function _heir(uint256 place) private pure returns (uint256) {
        return 1000 + place;
    }

    function _open(uint256 kind, uint256 by, uint256 seat) private {
        ++calls["open"];
        uint256 place = _books.length;
        Proposal memory proposal;
        proposal.seatId = SeatId.wrap(uint8(by));
        proposal.nonce = _nonce++;
        proposal.calls = _callsOf(kind, place, seat);
        proposal.citedAeps = new AepId[](1);
        (DecisionId id, bytes32 contextHash) = module.decisionIdOf(proposal);
        vm.prank(vm.addr(_keys[by]));
        module.open(proposal, "");
        Book storage book = _books.push();
        (book.id, book.contextHash, book.kind, book.openedAt, book.seat) = (
            id,
            contextHash,
            kind,
            block.timestamp,
            seat
        );
        _epochs.push(module.latestEpoch());
    }

    function _isNewer(uint256 place, uint256 seat) private view returns (bool) {
        return module.seatOf(SeatId.wrap(uint8(seat))).epoch > _epochs[place];
    }

    function _isLive(uint256 place) private view returns (bool) {
        return modelState(place) < DecisionState.Executed;
    }

    function _takes(uint256 place, uint256 seat) private view returns (bool) {
        return _isLive(place) && !_hasAnswered(place, seat) && !_isNewer(place, seat);
    }

    function _hasAnswered(uint256 place, uint256 seat) private view returns (bool) {
        return _books[place].answered & (1 << seat) != 0;
    }

    function _note(uint256 place, uint256 seat, Choice choice) private {
        Book storage book = _books[place];
        ++calls["ballot"];
        book.answered |= 1 << seat;
        if (choice == Choice.Yes) book.chose[0] |= 1 << seat;
        if (choice == Choice.No || choice == Choice.Veto) book.chose[1] |= 1 << seat;
        if (choice == Choice.Veto) book.chose[2] |= 1 << seat;
    }

    /// @dev After all ballots of a transaction.
    function _close(uint256 place) private {
        Book storage book = _books[place];
        if (_bits(book.chose[2]) >= _vetoes(book.kind)) book.killed = true;
        else if (book.quorumAt == 0 && _bits(book.chose[0]) >= _yes(book.kind)) book.quorumAt = block.timestamp;
    }

    /// @dev A batch that is refused leaves nothing in the books, of its sound ballots neither.
    function _relay(uint256 place, SignedBallot[] memory ballots, bool expected) private {
        try module.relay(_books[place].id, ballots) {
            if (!expected) broken = "a batch counted that must not";
            for (uint256 i = 0; i < ballots.length; ++i) {
                uint256 seat = SeatId.unwrap(ballots[i].seatId);
                if (!_hasAnswered(place, seat)) _note(place, seat, ballots[i].choice);
            }
            _close(place);
        } catch {
            if (expected) broken = "a batch refused that must count";
        }
    }

    function _signed(uint256 place, uint256 seat, Choice choice) private view returns (SignedBallot memory ballot) {
        bytes32 digest = module.ballotDigest(_books[place].id, SeatId.wrap(uint8(seat)), choice, 0);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keys[seat], digest);
        ballot = SignedBallot(SeatId.wrap(uint8(seat)), choice, 0, abi.encodePacked(r, s, v));
    }

    function _execute(uint256 place) private {
        Book storage book = _books[place];
        bool ready = modelState(place) == DecisionState.Ready;
        uint256 pauseSeconds = 1 + (place % 80) * 1 hours;
        bool mayPause = block.timestamp >= _nextPauseAt && pauseSeconds <= 72 hours;
        bool expected = ready && book.kind != 2 && (book.kind != 1 || mayPause);
        try module.execute(book.id, _callsOf(book.kind, place, book.seat), book.contextHash) {
            if (!expected) broken = "executed what must not be";
            book.executed = true;
            ++calls["executed"];
            if (book.kind == 1) {
                ++calls["paused"];
                _nextPauseAt = block.timestamp + pauseSeconds + 7 days;
            } else if (book.kind == 4) {
                ++calls["given"];
                _give(book.seat, _heir(place));
            } else ++acts;
        } catch {
            if (expected) broken = "refused what is ready";
        }
    }

    /// @dev What the seat said in decisions that are open is void, and a quorum that it made.
    function _give(uint256 seat, uint256 key) private {
        _keys[seat] = key;
        for (uint256 i = 0; i < _books.length; ++i) {
            Book storage book = _books[i];
            if (book.executed || book.killed) continue;
            for (uint256 j = 0; j < 3; ++j) book.chose[j] &= ~(1 << seat);
            if (_bits(book.chose[0]) < _yes(book.kind)) book.quorumAt = 0;
        }
    }

    function _place(uint256 seed) private view returns (uint256) {
        uint256 recent = _books.length > 4 ? 4 : _books.length;
        return _books.length - 1 - ((seed >> 128) % recent);
    }

    /// @dev Yes and vetoes more often than the rest.
    function _choice(uint256 seed) private pure returns (Choice) {
        uint256 pick = seed % 10;
        if (pick < 5) return Choice.Yes;
        return
            pick < 8
                ? Choice.Veto
                : pick == 8
                    ? Choice.No
                    : seed % 3 == 0
                        ? Choice.Recuse
                        : Choice.Abstain;
    }

    function _bits(uint256 word) private pure returns (uint256 bits) {
        for (; word != 0; word &= word - 1) ++bits;
    }
}
