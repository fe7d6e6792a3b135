// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";
import {TimelockControllerUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/TimelockControllerUpgradeable.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IDisputeBond} from "../../../contracts/evidence/IDisputeBond.sol";
import {AepId, AnchorState, FeedId, IEvidenceRegistry} from "../../../contracts/evidence/IEvidenceRegistry.sol";
import {BalanceRef, IEffectsGuard, SlotRef} from "../../../contracts/governance/rail/IEffectsGuard.sol";
import {IEvidenceGuard} from "../../../contracts/governance/rail/IEvidenceGuard.sol";
import {IRailBook} from "../../../contracts/governance/rail/IRailBook.sol";
import {IRailGovernor} from "../../../contracts/governance/rail/IRailGovernor.sol";
import {RailMembersHandler} from "./RailMembersHandler.t.sol";

/// @notice Proposals of all kinds through their life, with everybody trying everything at any time. Keeps its own books.
contract RailProposalsHandler is CommonBase, StdUtils {
    uint256 public constant BOND = 500e6;
    bytes32 private constant KIND = keccak256("premium");
    bytes32 private constant RECEIPTS = keccak256("receipts");
    FeedId private constant FEED = FeedId.wrap(keccak256("feed"));

    struct Proposed {
        uint256 id;
        bytes action; // abi.encode(targets, values, calldatas, descriptionHash)
        bytes32 operationId;
        AepId aepId; // 0: none
        bool high;
        bool lies; // declares effects that are not its own
        bool consented;
        bool queued;
        bool executed;
        bool canceled;
        uint16 fee;
        uint256 heldFor; // votes that were held, not learned
        uint256 heldForOrAbstain;
    }

    IGovernor public immutable governor;
    TimelockControllerUpgradeable public immutable timelock;
    IRailBook public immutable book;
    IEvidenceGuard public immutable evidence;
    IEffectsGuard public immutable effects;
    IEvidenceRegistry public immutable registry;
    IDisputeBond public immutable bond;
    RailMembersHandler public immutable members;

    Proposed[] private _proposed;
    AepId[] private _aeps;
    mapping(AepId aepId => bool) public bonded;
    uint256 public bondsOpen;
    uint256 public bondsReturned;
    uint256 public bondsForfeited;
    uint16 public fee = 250;
    string public broken;
    mapping(bytes32 action => uint256) public calls;

    constructor(
        IGovernor governor_,
        TimelockControllerUpgradeable timelock_,
        IDisputeBond bond_,
        RailMembersHandler members_
    ) {
        governor = governor_;
        timelock = timelock_;
        book = IRailGovernor(address(governor_)).book();
        evidence = IRailGovernor(address(governor_)).evidenceGuard();
        effects = IRailGovernor(address(governor_)).effectsGuard();
        registry = evidence.registry();
        bond = bond_;
        members = members_;
        bond_.asset().approve(address(bond_), type(uint256).max);
    }

    // —— actions ————————————————————————————————————————————————————————————————————————————————————————————

    function propose(uint256 seed) external {
        if (_proposed.length == 24) return;
        bool cites = seed % 2 == 0 && _aeps.length != 0;
        bool declares = (seed >> 1) % 2 == 0;
        Proposed memory p;
        p.high = (seed >> 2) % 3 == 0;
        p.lies = declares && (seed >> 8) % 3 == 0;
        p.fee = uint16(_proposed.length * 10);
        uint256 count = 1 + (cites ? 1 : 0) + (declares ? 1 : 0);
        address[] memory targets = new address[](count);
        bytes[] memory calldatas = new bytes[](count);
        if (cites) {
            AepId[] memory aepIds = new AepId[](1);
            p.aepId = aepIds[0] = _someAep(seed);
            if (registry.stateOf(p.aepId) == AnchorState.Void) return;
            (targets[0], calldatas[0]) = (address(evidence), abi.encodeCall(IEvidenceGuard.cite, (aepIds)));
        }
        uint256 place = cites ? 1 : 0;
        targets[place] = address(book);
        calldatas[place] =
            p.high
                ? abi.encodeCall(IRailBook.setCharter, (keccak256(abi.encode(_proposed.length))))
                : abi.encodeCall(IRailBook.setFee, (KIND, p.fee));
        if (declares) {
            targets[count - 1] = address(effects);
            calldatas[count - 1] = _declaration(p.high ? fee : p.fee, p.lies, p.high);
        }
        _propose(p, targets, calldatas);
    }

    /// @dev By up to three, so that some proposals succeed.
    function vote(uint256 seed) external {
        (bool some, Proposed storage p) = _some(seed);
        for (uint256 i = 0; some && i < 3; ++i)
            _vote(p, members.actor((seed >> 8) + i), uint8((seed >> (16 + 8 * i)) % 8));
    }

    function queue(uint256 seed) external {
        (bool some, Proposed storage p) = _some(seed);
        if (!some) return;
        bool may = governor.state(p.id) == IGovernor.ProposalState.Succeeded && _isSound(p.aepId);
        (address[] memory t, uint256[] memory v, bytes[] memory c, bytes32 d) = _actionOf(p);
        try governor.queue(t, v, c, d) {
            ++calls["queue"];
            if (!may) broken = "queued in spite of its evidence or votes";
            p.queued = true;
        } catch {
            if (may) broken = "not queued";
        }
    }

    function execute(uint256 seed) external {
        (bool some, Proposed storage p) = _some(seed);
        if (!some) return;
        bool ready =
            p.queued &&
                governor.state(p.id) == IGovernor.ProposalState.Queued &&
                block.timestamp >= governor.proposalEta(p.id);
        bool may = ready && _isSound(p.aepId) && (!p.high || p.consented) && !p.lies;
        // the fee that a high-impact one declared may have changed since
        if (p.high && _declares(p) && !p.lies) may = may && p.fee == fee;
        (address[] memory t, uint256[] memory v, bytes[] memory c, bytes32 d) = _actionOf(p);
        try governor.execute(t, v, c, d) {
            ++calls["execute"];
            if (p.high) ++calls["execute high"];
            if (!may) broken = "executed in spite of its evidence, consent or effects";
            p.executed = true;
            if (!p.high) fee = p.fee;
        } catch {
            if (may) broken = "not executed";
        }
    }

    /// @dev By a stranger: only the death of its evidence gives them that.
    function cancel(uint256 seed) external {
        (bool some, Proposed storage p) = _some(seed);
        if (!some) return;
        bool void_ = AepId.unwrap(p.aepId) != 0 && registry.stateOf(p.aepId) == AnchorState.Void;
        (address[] memory t, uint256[] memory v, bytes[] memory c, bytes32 d) = _actionOf(p);
        vm.prank(address(0xBAD));
        try governor.cancel(t, v, c, d) {
            ++calls["cancel"];
            if (!void_) broken = "canceled by a stranger";
            p.canceled = true;
        } catch {}
    }

    /// @dev Whoever goes to the timelock directly, with an operation that waits or one of their own.
    function goAround(uint256 seed) external {
        (bool some, Proposed storage p) = _some(seed);
        if (!some) return;
        ++calls["go around"];
        (address[] memory t, uint256[] memory v, bytes[] memory c, bytes32 d) = _actionOf(p);
        bytes32 salt = bytes20(address(governor)) ^ d;
        vm.startPrank(seed % 2 == 0 ? members.actor(seed >> 8) : address(this));
        try timelock.executeBatch(t, v, c, 0, salt) {
            broken = "executed around the governor";
        } catch {}
        try timelock.scheduleBatch(t, v, c, 0, bytes32(seed), 30 days) {
            broken = "scheduled around the governor";
        } catch {}
        try timelock.cancel(p.operationId) {
            broken = "canceled around the governor";
        } catch {}
        vm.stopPrank();
    }

    function consent(uint256 seed) external {
        (bool some, Proposed storage p) = _some(seed);
        if (!some || !timelock.isOperationPending(p.operationId)) return;
        ++calls["consent"];
        if (p.consented && seed % 4 == 0) {
            book.withdrawConsent(address(timelock), p.operationId, bytes32(seed));
            p.consented = false;
        } else {
            book.consent(address(timelock), p.operationId, bytes32(seed));
            p.consented = true;
        }
    }

    function anchor(uint256 seed) external {
        if (_aeps.length == 16) return;
        ++calls["anchor"];
        AepId aepId = AepId.wrap(keccak256(abi.encode("pack", _aeps.length)));
        uint256 to = block.timestamp - 1 days;
        uint256 header = (uint256(uint64(int64(uint64(seed >> 200)))) << 192) | ((to - 1) << 152) | (to << 112);
        header |= ((_aeps.length + 1) << 80) | (3 << 72) | (1 << 32) | 7;
        bytes32 digest = registry.reportDigest(FEED, aepId, RECEIPTS, bytes32(header));
        bytes memory signatures;
        for (uint256 i = 0; i < 4; ++i) {
            if (i == 3) {
                signatures = bytes.concat(signatures, bytes20(vm.addr(keyAt(i))));
            } else {
                (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyAt(i), digest);
                signatures = bytes.concat(signatures, r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
            }
        }
        registry.anchor(FEED, aepId, RECEIPTS, bytes32(header), signatures);
        _aeps.push(aepId);
    }

    function dispute(uint256 seed) external {
        if (_aeps.length == 0) return;
        AepId aepId = _someAep(seed);
        bool may = registry.stateOf(aepId) == AnchorState.Anchored;
        try bond.dispute(aepId, bytes32(seed)) {
            ++calls["dispute"];
            if (!may) broken = "disputed what cannot be";
            bonded[aepId] = true;
            ++bondsOpen;
        } catch {
            if (may) broken = "dispute refused";
        }
    }

    function rule(uint256 seed) external {
        if (_aeps.length == 0) return;
        AepId aepId = _someAep(seed);
        if (registry.stateOf(aepId) != AnchorState.Disputed) return;
        ++calls["rule"];
        registry.rule(aepId, (seed >> 8) % 2 == 0, bytes32(seed));
    }

    function settle(uint256 seed) external {
        if (_aeps.length == 0) return;
        AepId aepId = _someAep(seed);
        AnchorState state = registry.stateOf(aepId);
        bool may = bonded[aepId] && state != AnchorState.Disputed;
        try bond.settle(aepId) {
            ++calls["settle"];
            if (!may) broken = "settled an open bond";
            bonded[aepId] = false;
            --bondsOpen;
            if (state == AnchorState.Void) ++bondsReturned;
            else ++bondsForfeited;
        } catch {
            if (may) broken = "bond not settled";
        }
    }

    // —— the books ————————————————————————————————————————————————————————————————————————————————————————————

    function proposed() external view returns (Proposed[] memory) {
        return _proposed;
    }

    /// @dev Keys whose addresses ascend.
    function keyAt(uint256 i) public pure returns (uint256) {
        uint256[4] memory keys;
        for (uint256 k = 0; k < 4; ++k) keys[k] = uint256(keccak256(abi.encode("operator", k)));
        for (uint256 a = 0; a < 4; ++a) {
            for (uint256 b = a + 1; b < 4; ++b) {
                if (vm.addr(keys[b]) < vm.addr(keys[a])) (keys[a], keys[b]) = (keys[b], keys[a]);
            }
        }
        return keys[i];
    }

    function _propose(Proposed memory p, address[] memory targets, bytes[] memory calldatas) private {
        ++calls["propose"];
        uint256[] memory values = new uint256[](targets.length);
        string memory text = string(abi.encodePacked("proposal ", bytes1(uint8(65 + _proposed.length))));
        bytes32 description = keccak256(bytes(text));
        // by somebody with no other part in this
        vm.prank(address(0xF00));
        p.id = governor.propose(targets, values, calldatas, text);
        p.action = abi.encode(targets, values, calldatas, description);
        bytes32 salt = bytes20(address(governor)) ^ description;
        p.operationId = keccak256(abi.encode(targets, values, calldatas, bytes32(0), salt));
        if (p.high) p.fee = fee; // what it declares, if it does
        _proposed.push(p);
    }

    function _vote(Proposed storage p, address voter, uint8 support) private {
        uint256 snapshot = governor.proposalSnapshot(p.id);
        if (governor.state(p.id) != IGovernor.ProposalState.Active) return;
        if (governor.hasVoted(p.id, voter) || governor.getVotes(voter, snapshot) == 0) return;
        if (support > 2) support = 1; // mostly for it
        ++calls["vote"];
        uint256 held = members.membership().getPastVotes(voter, snapshot);
        vm.prank(voter);
        uint256 weight = governor.castVote(p.id, support);
        if (weight != held + members.competenceOf(voter, snapshot)) broken = "weight";
        if (support == 1) p.heldFor += held;
        if (support != 0) p.heldForOrAbstain += held;
    }

    /// @dev The fee's slot after execution; a lie is off by one.
    function _declaration(uint16 value, bool lies, bool) private view returns (bytes memory) {
        BalanceRef[] memory balances = new BalanceRef[](0);
        SlotRef[] memory slots = new SlotRef[](1);
        slots[0] = SlotRef(
            address(book),
            keccak256(abi.encode(KIND, keccak256(abi.encode(address(timelock), uint256(2)))))
        );
        bytes32[] memory values = new bytes32[](1);
        values[0] = bytes32(uint256(value) + (lies ? 1 : 0));
        bytes32 effectsHash = keccak256(abi.encode(balances, new int256[](0), slots, values));
        return abi.encodeCall(IEffectsGuard.declareEffects, (effectsHash, balances, slots));
    }

    function _declares(Proposed storage p) private view returns (bool) {
        (address[] memory targets, , , ) = _actionOf(p);
        return targets[targets.length - 1] == address(effects);
    }

    function _isSound(AepId aepId) private view returns (bool) {
        if (AepId.unwrap(aepId) == 0) return true;
        AnchorState state = registry.stateOf(aepId);
        return state != AnchorState.Disputed && state != AnchorState.Void;
    }

    function _someAep(uint256 seed) private view returns (AepId) {
        uint256 count = _aeps.length;
        return _aeps[count - 1 - ((seed >> 72) % (seed % 3 == 0 || count < 3 ? count : 3))];
    }

    function _some(uint256 seed) private view returns (bool, Proposed storage) {
        if (_proposed.length == 0) {
            Proposed storage none;
            assembly {
                none.slot := 0
            }
            return (false, none);
        }
        uint256 count = _proposed.length;
        // mostly one of the last, which still have something before them
        uint256 back = (seed >> 64) % (seed % 3 == 0 || count < 3 ? count : 3);
        return (true, _proposed[count - 1 - back]);
    }

    function _actionOf(
        Proposed storage p
    ) private view returns (address[] memory, uint256[] memory, bytes[] memory, bytes32) {
        return abi.decode(p.action, (address[], uint256[], bytes[], bytes32));
    }
}
