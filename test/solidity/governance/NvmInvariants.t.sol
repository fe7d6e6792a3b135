// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {ISafe} from "@safe-global/safe-smart-account/contracts/interfaces/ISafe.sol";
import {SafeProxyFactory} from "@safe-global/safe-smart-account/contracts/proxies/SafeProxyFactory.sol";
import {SafeL2} from "@safe-global/safe-smart-account/contracts/SafeL2.sol";

import {ActionClasses} from "../../../contracts/governance/nvm/ActionClasses.sol";
import {Constitution} from "../../../contracts/governance/nvm/Constitution.sol";
import {Condition} from "../../../contracts/governance/nvm/IConstitution.sol";
import {ActionClass, TargetKind} from "../../../contracts/governance/nvm/IActionClasses.sol";
import {Decision, DecisionState, SeatId} from "../../../contracts/governance/nvm/INexusValidationModule.sol";
import {NexusGuard} from "../../../contracts/governance/nvm/NexusGuard.sol";
import {NexusValidationModule} from "../../../contracts/governance/nvm/NexusValidationModule.sol";
import {Seats} from "../../../contracts/governance/nvm/Seats.sol";
import {EndlessPausable, Flag, Governed} from "../../mocks/Governed.sol";
import {NvmHandler} from "./NvmHandler.t.sol";

contract NvmInvariants is Test {
    ISafe private safe;
    ActionClasses private classes;
    Constitution private constitution;
    NexusValidationModule private module;
    NexusGuard private guard;
    Governed private target;
    EndlessPausable private pausable;
    Flag private flag;
    NvmHandler private handler;

    function setUp() public {
        vm.warp(1_500_000_000);
        Seats.FirstSeat[] memory seats = new Seats.FirstSeat[](6);
        address[] memory owners = new address[](6);
        for (uint256 i = 0; i < 6; ++i) {
            owners[i] = vm.addr(100 + i);
            seats[i] = Seats.FirstSeat(abi.encodePacked(owners[i]), owners[i], uint40(block.timestamp + 5 * 365 days));
        }
        bytes memory setup = abi.encodeCall(
            ISafe.setup,
            (owners, 3, address(0), "", address(0), address(0), 0, payable(address(0)))
        );
        SafeProxyFactory factory = new SafeProxyFactory();
        safe = ISafe(payable(address(factory.createProxyWithNonce(address(new SafeL2()), setup, 0))));
        classes = new ActionClasses(address(safe));
        constitution = new Constitution(address(safe));
        module = new NexusValidationModule(safe, classes, constitution, seats);
        guard = new NexusGuard(module);
        (target, pausable, flag) = (new Governed(), new EndlessPausable(), new Flag());
        handler = new NvmHandler(module, target, pausable, flag);
        _install();
        targetContract(address(handler));
        bytes4[] memory actions = new bytes4[](6);
        actions[0] = handler.warp.selector;
        actions[1] = handler.open.selector;
        actions[2] = handler.cast.selector;
        actions[3] = handler.relay.selector;
        actions[4] = handler.execute.selector;
        actions[5] = handler.carry.selector;
        targetSelector(FuzzSelector(address(handler), actions));
    }

    function _install() private {
        vm.startPrank(address(safe));
        classes.setTarget(address(module), TargetKind.Protected);
        classes.setTarget(address(guard), TargetKind.Protected);
        classes.setTarget(address(constitution), TargetKind.Protected);
        bytes4[] memory one = new bytes4[](1);
        one[0] = pausable.pause.selector;
        classes.setClasses(address(pausable), one, ActionClass.Emergency);
        one[0] = target.note.selector;
        classes.setClasses(address(target), one, ActionClass.Ordinary);
        one[0] = target.callBack.selector;
        classes.setClasses(address(target), one, ActionClass.Ordinary);
        one[0] = handler.RATIFIED();
        classes.setClasses(address(target), one, ActionClass.Ratification);
        Condition[] memory conditions = new Condition[](1);
        conditions[0] = Condition(address(flag), 50_000, 0, abi.encodeCall(flag.holds, ()), 1, 1);
        constitution.add(conditions);
        safe.enableModule(address(module));
        safe.setModuleGuard(address(guard));
        safe.setGuard(address(guard));
        vm.stopPrank();
    }

    /// @dev Invariants that nothing ever happens under would hold as well.
    function test_theHandlerGetsEverywhere() public {
        uint256[7] memory states;
        for (uint256 i = 0; i < 300; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            uint256 action = seed % 8;
            seed = uint256(keccak256(abi.encode(seed)));
            if (action == 0) handler.warp(seed);
            else if (action == 1) handler.open(seed);
            else if (action < 4) handler.cast(seed);
            else if (action < 6) handler.relay(seed);
            else if (action == 6) handler.execute(seed);
            else handler.carry(seed);
            assertEq(handler.broken(), "");
        }
        for (uint256 i = 0; i < handler.count(); ++i) ++states[uint256(module.stateOf(handler.bookAt(i).id))];
        assertGt(states[uint256(DecisionState.Executed)], 10);
        assertGt(states[uint256(DecisionState.Killed)], 0);
        assertGt(states[uint256(DecisionState.Expired)], 5);
        assertGt(handler.calls("given"), 2);
        assertGt(handler.calls("paused"), 1);
        assertGt(handler.calls("ballot"), 100);
    }

    /// @dev The seat of the batch's second ballot has changed hands: its first, a veto, counts neither in the module nor in
    /// the books, so that the one cast after it is the only one.
    function test_aRefusedBatchLeavesNothing() public {
        uint256 constitutional = 4;
        for (uint256 i = 0; i < 3; ++i) handler.open(constitutional);
        handler.carry(694);
        handler.relay(1908344513645918196155643335222531133992333291581606090542597);
        handler.cast(11081799138337261999914486427388055168880253020084475206552314380326154081064);
        NvmHandler.Book memory book = handler.bookAt(2);
        assertEq(book.chose[2], 1 << 5);
        assertEq(handler.broken(), "");
        invariant_NVM_1_statesFollowFromBallotsAndTheClock();
    }

    /// @dev INV-NVM-1, -3, -5, -6, -7, as the handler sees them at each step: what must not count or run did not, and what must, did.
    function invariant_NVM_1_nothingRunsBelowItsQuorumOrBeforeItsTime() public view {
        assertEq(handler.broken(), "");
    }

    /// @dev INV-NVM-1: state and time of every decision follow from its ballots, the seats and the clock.
    function invariant_NVM_1_statesFollowFromBallotsAndTheClock() public view {
        for (uint256 i = _first(); i < handler.count(); ++i) {
            Decision memory decision = module.decisionOf(handler.bookAt(i).id);
            assertTrue(decision.state == handler.modelState(i));
            if (decision.state == DecisionState.Passed || decision.state == DecisionState.Ready) {
                assertEq(decision.readyAt, handler.modelReadyAt(i));
            }
        }
    }

    /// @dev INV-NVM-2: what the Safe did is what was executed, and nothing else.
    function invariant_NVM_2_theSafeDoesWhatWasDecidedAndNothingElse() public view {
        assertEq(target.count(), handler.acts());
    }

    /// @dev INV-NVM-3
    function invariant_NVM_3_aSeatAnswersOnce() public view {
        for (uint256 i = _first(); i < handler.count(); ++i) {
            Decision memory d = module.decisionOf(handler.bookAt(i).id);
            uint256 sum = uint256(d.yes) + d.no + d.abstain + d.veto + d.recused;
            assertEq(sum, d.yes | d.no | d.abstain | d.veto | d.recused);
            assertLt(sum, 64);
        }
    }

    /// @dev INV-NVM-4
    function invariant_NVM_4_theClassIsThatOfTheCalls() public view {
        for (uint256 i = _first(); i < handler.count(); ++i) {
            NvmHandler.Book memory book = handler.bookAt(i);
            assertTrue(module.decisionOf(book.id).actionClass == handler.modelClass(book.kind));
        }
    }

    /// @dev INV-NVM-5: one key, one seat; an epoch for each change.
    function invariant_NVM_5_seatsAreDistinctAndTheirEpochsToo() public view {
        assertEq(module.latestEpoch(), 6 + handler.calls("given"));
        for (uint256 i = 0; i < 6; ++i) {
            address owner = module.seatOf(SeatId.wrap(uint8(i))).owner;
            uint32 epoch = module.seatOf(SeatId.wrap(uint8(i))).epoch;
            assertEq(owner, handler.ownerOf(i));
            assertLe(epoch, module.latestEpoch());
            for (uint256 j = 0; j < i; ++j) {
                assertNotEq(owner, handler.ownerOf(j));
                assertNotEq(epoch, module.seatOf(SeatId.wrap(uint8(j))).epoch);
            }
        }
    }

    /// @dev INV-NVM-6
    function invariant_NVM_6_whatTheConstitutionHoldsStaysHeld() public view {
        assertTrue(flag.holds());
        assertEq(constitution.holding(), 1);
    }

    /// @dev INV-NVM-7, on a target that would pause for ever: the module's own limits.
    function invariant_NVM_7_anEmergencyPausesAtMost72Hours() public view {
        (, uint40 nextAt) = module.emergencyOf(address(pausable));
        // an ordinary decision pauses too, and may do so as the target lets it; an emergency leaves its mark
        assertLe(nextAt, block.timestamp + 72 hours + 7 days);
    }

    /// @dev INV-NVM-8
    function invariant_NVM_8_seatsOwnTheSafeAndTheModuleCanAct() public view {
        assertTrue(module.seatsMatchOwners());
        assertEq(safe.getOwners().length, 6);
        assertEq(safe.getThreshold(), 3);
        assertTrue(safe.isModuleEnabled(address(module)));
    }

    /// @dev INV-NVM-10: the handler remembers, after each action, what had ended by then.
    function invariant_NVM_10_whatHasEndedStaysEnded() public view {
        for (uint256 i = _first(); i < handler.count(); ++i) {
            DecisionState ended = handler.endedAs(i);
            if (ended != DecisionState.None) assertTrue(module.stateOf(handler.bookAt(i).id) == ended);
        }
    }

    /// @dev The last twelve decisions: the others have long ended.
    function _first() private view returns (uint256) {
        uint256 count = handler.count();
        return count > 12 ? count - 12 : 0;
    }
}
