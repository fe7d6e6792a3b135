// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {ITermsStore} from "../../../contracts/capital/ITermsStore.sol";
import {CharterRegistry} from "../../../contracts/governance/charter/CharterRegistry.sol";
import {
    Carrier,
    CarrierKind,
    Charter,
    CharterId,
    Clause,
    ClauseId,
    ClauseText
} from "../../../contracts/governance/charter/ICharterRegistry.sol";

/// @notice Two charters with a keeper each, who may have it exchanged; both amend whichever they like.
/// @dev Keeps every version whole, as a reader would copy it down.
contract CharterHandler is CommonBase {
    uint256 public constant CHARTERS = 2;
    uint256 public constant LABELS = 5;

    struct Word {
        bytes32 textHash; // 0: repealed, or never there
        uint256 carriers;
        uint256 since; // 0: never there
    }

    CharterRegistry public immutable charters;
    string public broken;
    mapping(bytes32 action => uint256) public calls;
    uint256[CHARTERS] public versions;
    bytes32[CHARTERS] public hashes;
    uint256[CHARTERS] private _keepers = [uint256(0), 1];
    mapping(uint256 charter => mapping(uint256 version => Word[LABELS])) private _words;

    constructor() {
        AccessManager authority = new AccessManager(address(this));
        // no feed is named here, so no terms store is asked
        charters = new CharterRegistry(address(authority), ITermsStore(address(0)));
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = charters.amend.selector;
        authority.setTargetFunctionRole(address(charters), selectors, 1);
        for (uint256 i = 0; i < 2; ++i) authority.grantRole(1, person(i), 0);
        for (uint256 i = 0; i < CHARTERS; ++i) charters.open(name(i), person(i));
    }

    function amend(uint256 seed) external {
        ++calls["amend"];
        uint256 charter = seed % CHARTERS;
        uint256 version = versions[charter];
        uint256 who = (seed >> 8) % 5 < 4 ? _keepers[charter] : 1 - _keepers[charter];
        uint256 expected = (seed >> 16) % 6 == 0 && version > 0 ? version - 1 : version;
        bool may = who == _keepers[charter] && expected == version;
        Word[LABELS] memory words = _words[charter][version];
        uint256 first = (seed >> 24) % LABELS;
        ClauseText[] memory clauses = new ClauseText[]((seed >> 32) % (LABELS - first + 1));
        if (clauses.length == 0) may = false;
        for (uint256 i = 0; i < clauses.length; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i)));
            Word memory word = words[first + i];
            if (dice % 4 == 0) {
                if (word.since == 0) may = false; // there is nothing to repeal
                clauses[i] = ClauseText(label(first + i), "", new Carrier[](0));
                (word.textHash, word.carriers) = (0, 0);
            } else {
                string memory text = string(abi.encodePacked(bytes32(dice)));
                clauses[i] = ClauseText(label(first + i), text, _carriers((dice >> 8) % 3, dice));
                (word.textHash, word.carriers) = (keccak256(bytes(text)), (dice >> 8) % 3);
            }
            word.since = version + 1;
        }
        vm.prank(person(who));
        try charters.amend(charterId(charter), uint32(expected), clauses, bytes32(seed | 1)) returns (uint32 next) {
            if (!may) broken = "amended out of turn";
            if (next != version + 1) broken = "versions skip";
            for (uint256 i = 0; i < LABELS; ++i) _words[charter][next][i] = words[i];
            versions[charter] = next;
            bytes32 inner = keccak256(abi.encode(clauses));
            hashes[charter] = keccak256(abi.encode(hashes[charter], next, inner, bytes32(seed | 1)));
        } catch {
            if (may) broken = "amendment blocked";
        }
    }

    function changeKeeper(uint256 seed) external {
        ++calls["changeKeeper"];
        uint256 charter = seed % CHARTERS;
        uint256 who = (seed >> 8) % 2;
        charters.changeKeeper(charterId(charter), person(who), "why");
        _keepers[charter] = who;
    }

    function wordAt(uint256 charter, uint256 version, uint256 index) external view returns (Word memory) {
        return _words[charter][version][index];
    }

    function keeperOf(uint256 charter) external view returns (address) {
        return person(_keepers[charter]);
    }

    function person(uint256 who) public pure returns (address) {
        return address(uint160(0xbeef0000 + who));
    }

    function name(uint256 charter) public pure returns (string memory) {
        return charter == 0 ? "suite" : "rail";
    }

    function charterId(uint256 charter) public pure returns (CharterId) {
        return CharterId.wrap(keccak256(bytes(name(charter))));
    }

    function label(uint256 index) public pure returns (string memory) {
        return string(abi.encodePacked("clause ", bytes1(uint8(0x30 + index))));
    }

    function _carriers(uint256 count, uint256 dice) private view returns (Carrier[] memory carriers) {
        carriers = new Carrier[](count);
        for (uint256 i = 0; i < count; ++i) {
            carriers[i] = Carrier(CarrierKind.Function, address(charters), bytes4(uint32(dice | 1)), 0);
        }
    }
}

contract CharterInvariantTest is Test {
    CharterHandler private _handler;
    CharterRegistry private _charters;

    function setUp() external {
        _handler = new CharterHandler();
        _charters = _handler.charters();
        targetContract(address(_handler));
        bytes4[] memory actions = new bytes4[](2);
        actions[0] = _handler.amend.selector;
        actions[1] = _handler.changeKeeper.selector;
        targetSelector(FuzzSelector(address(_handler), actions));
    }

    /// @dev INV-CHR-1
    function invariant_CHR_1_everyVersionReadsAsItWasAmended() public view {
        for (uint256 charter = 0; charter < _handler.CHARTERS(); ++charter) {
            CharterId charterId = _handler.charterId(charter);
            for (uint256 version = 1; version <= _handler.versions(charter); ++version) {
                for (uint256 i = 0; i < _handler.LABELS(); ++i) {
                    CharterHandler.Word memory word = _handler.wordAt(charter, version, i);
                    ClauseId clauseId = ClauseId.wrap(keccak256(bytes(_handler.label(i))));
                    try _charters.clauseAt(charterId, clauseId, uint32(version)) returns (Clause memory clause) {
                        assertEq(clause.textHash, word.textHash, "text");
                        assertEq(clause.carriers.length, word.carriers, "carriers");
                        assertEq(clause.sinceVersion, word.since, "since");
                        assertEq(clause.label, _handler.label(i), "label");
                    } catch {
                        assertEq(word.since, 0, "lost");
                    }
                }
            }
        }
    }

    /// @dev INV-CHR-2
    function invariant_CHR_2_onlyItsKeeperAmendsACharterAndItsHashIsThatOfAllItsAmendments() public view {
        assertEq(_handler.broken(), "");
        for (uint256 i = 0; i < _handler.CHARTERS(); ++i) {
            Charter memory charter = _charters.charterOf(_handler.charterId(i));
            assertEq(charter.version, _handler.versions(i));
            assertEq(charter.charterHash, _handler.hashes(i));
            assertEq(charter.keeper, _handler.keeperOf(i));
        }
    }

    /// @dev INV-CHR-3
    function invariant_CHR_3_whatStandsIsListedOnceAndWhatIsRepealedIsNot() public view {
        for (uint256 i = 0; i < _handler.CHARTERS(); ++i) {
            Clause[] memory clauses = _charters.clausesOf(_handler.charterId(i));
            uint256 standing;
            for (uint256 j = 0; j < _handler.LABELS(); ++j) {
                CharterHandler.Word memory word = _handler.wordAt(i, _handler.versions(i), j);
                if (word.textHash == 0) continue;
                ++standing;
                uint256 times;
                for (uint256 k = 0; k < clauses.length; ++k) if (clauses[k].textHash == word.textHash) ++times;
                assertEq(times, 1);
            }
            assertEq(clauses.length, standing);
        }
    }

    /// @dev Invariants that nothing ever happens under would hold as well.
    function test_theHandlerGetsEverywhere() public {
        for (uint256 i = 0; i < 80; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            if (seed % 8 == 0) _handler.changeKeeper(seed >> 8);
            else _handler.amend(seed >> 8);
        }
        invariant_CHR_1_everyVersionReadsAsItWasAmended();
        invariant_CHR_2_onlyItsKeeperAmendsACharterAndItsHashIsThatOfAllItsAmendments();
        invariant_CHR_3_whatStandsIsListedOnceAndWhatIsRepealedIsNot();
        assertGt(_handler.versions(0), 5);
        assertGt(_handler.versions(1), 5);
    }
}
