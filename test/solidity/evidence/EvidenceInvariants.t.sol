// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {EvidenceRegistry} from "../../../contracts/evidence/EvidenceRegistry.sol";
import {AepId, Anchor, AnchorState, FeedId} from "../../../contracts/evidence/IEvidenceRegistry.sol";
import {EvidenceHandler} from "./EvidenceHandler.t.sol";

contract EvidenceInvariants is Test {
    EvidenceRegistry private registry;
    EvidenceHandler private handler;

    function setUp() public {
        vm.warp(1_500_000_000);
        AccessManager authority = new AccessManager(address(this));
        registry = new EvidenceRegistry(address(authority), 2 days);
        handler = new EvidenceHandler(registry);
        bytes4[] memory selectors = new bytes4[](5);
        selectors[4] = registry.capFeed.selector;
        selectors[0] = registry.dispute.selector;
        selectors[1] = registry.rule.selector;
        selectors[2] = registry.pause.selector;
        selectors[3] = registry.announceConfiguration.selector;
        authority.setTargetFunctionRole(address(registry), selectors, 1);
        authority.grantRole(1, address(handler), 0);
        handler.announce(4, 0);
        targetContract(address(handler));
        bytes4[] memory actions = new bytes4[](9);
        actions[0] = handler.warp.selector;
        actions[1] = handler.anchor.selector;
        actions[2] = handler.forge.selector;
        actions[3] = handler.again.selector;
        actions[4] = handler.dispute.selector;
        actions[5] = handler.rule.selector;
        actions[6] = handler.pause.selector;
        actions[7] = handler.announce.selector;
        actions[8] = handler.cap.selector;
        targetSelector(FuzzSelector(address(handler), actions));
    }

    /// @dev Invariants that nothing ever happens under would hold as well.
    function test_theHandlerGetsEverywhere() public {
        uint256[6] memory states;
        for (uint256 i = 0; i < 400; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            uint256 action = seed % 16;
            if (action < 4) handler.warp(seed);
            else if (action < 8) handler.anchor(seed);
            else if (action == 8) handler.forge(seed, seed >> 128);
            else if (action == 9) handler.again(seed);
            else if (action < 12) handler.dispute(seed);
            else if (action < 14) handler.rule(seed, seed & (1 << 200) == 0);
            else if (action == 14 && seed & (1 << 201) == 0) handler.cap(seed, uint8(seed >> 208));
            else if (action == 14) handler.pause(uint40(seed >> 32));
            else handler.announce(seed, uint40(seed >> 64));
        }
        assertEq(handler.broken(), "");
        for (uint256 i = 0; i < handler.packCount(); ++i) {
            ++states[uint256(registry.stateOf(AepId.wrap(handler.packAt(i).aepId)))];
        }
        assertGt(handler.packCount(), 40);
        assertGt(states[uint256(AnchorState.Final)], 5);
        assertGt(states[uint256(AnchorState.Upheld)], 0);
        assertGt(states[uint256(AnchorState.Void)], 0);
        assertEq(handler.openedCount(), handler.FEEDS());
        assertGt(handler.modelVersion(), 2);
        assertGt(handler.modelPausedSeconds(), 1 hours);
        assertGt(handler.calls("disputed in a pause"), 0);
        assertGt(handler.calls("ruled in a pause"), 0);
        assertGt(handler.calls("cap"), 5);
    }

    function test_everyWayToForgeIsRefusedAndLeavesNothing() public {
        for (uint256 i = 0; i < 200; ++i) {
            uint256 seed = uint256(keccak256(abi.encode("forge", i)));
            handler.forge(seed, i % 16);
            if (i % 20 == 0) handler.announce(seed, uint40(2 days));
            if (i % 20 == 10) vm.warp(block.timestamp + 1 days);
            if (i % 20 == 5) handler.cap(i, uint8(1 + (i % 4)));
        }
        assertEq(handler.broken(), "");
        assertEq(FeedId.unwrap(registry.feedAt(1)), 0);
    }

    /// @dev After a split of the chain each half counts only what was signed for it.
    function test_aSplitOfTheChainSplitsTheSignatures() public {
        bytes32 header = bytes32(uint256(1));
        bytes32 before = registry.reportDigest(FeedId.wrap(0), AepId.wrap(0), 0, header);
        vm.chainId(block.chainid + 1);
        assertNotEq(registry.reportDigest(FeedId.wrap(0), AepId.wrap(0), 0, header), before);
        // the handler signs for the chain it is on
        handler.anchor(uint256(keccak256("split")));
        assertEq(handler.broken(), "");
        assertEq(handler.packCount(), 1);
    }

    /// @dev INV-EV-1, -4, -7, -9, -10, -11, -12: what the handler sees at each step: states that move otherwise than
    /// listed, a forged or repeated report taken, a sound one refused, anything anchored in a pause, a dispute or ruling
    /// blocked, a pause too long or too soon, a configuration without notice.
    function invariant_EV_1_nothingHappensOutOfTurn() public view {
        assertEq(handler.broken(), "");
    }

    /// @dev INV-EV-2
    function invariant_EV_2_statesFollowFromWhatHappenedAndTheClock() public view {
        for (uint256 i = 0; i < handler.packCount(); ++i) {
            EvidenceHandler.Pack memory pack = handler.packAt(i);
            assertTrue(registry.stateOf(AepId.wrap(pack.aepId)) == handler.modelState(pack));
        }
    }

    /// @dev INV-EV-3
    function invariant_EV_3_anAnchorSaysForEverWhatWasSigned() public view {
        for (uint256 i = 0; i < handler.packCount(); ++i) {
            EvidenceHandler.Pack memory pack = handler.packAt(i);
            (FeedId feedId, Anchor memory anchor, ) = registry.evidenceOf(AepId.wrap(pack.aepId));
            assertEq(FeedId.unwrap(feedId), handler.feedId(pack.report.feed));
            assertEq(anchor.value, pack.report.value);
            assertEq(anchor.from, pack.report.from);
            assertEq(anchor.to, pack.report.to);
            assertEq(anchor.sequence, pack.report.sequence);
            assertEq(anchor.eql, pack.report.eql);
            assertEq(anchor.flags & 3, pack.report.flags);
            assertEq(FeedId.unwrap(registry.feedAt(anchor.feedIndex)), handler.feedId(pack.report.feed));
        }
    }

    /// @dev INV-EV-4
    function invariant_EV_4_finalAtIsWhenTheStateWouldBeFinal() public view {
        for (uint256 i = 0; i < handler.packCount(); ++i) {
            EvidenceHandler.Pack memory pack = handler.packAt(i);
            (Anchor memory anchor, AnchorState state) = registry.anchorOf(AepId.wrap(pack.aepId));
            if (state == AnchorState.Void) continue;
            uint256 expected = pack.disputedAt == 0 ? pack.anchoredAt + 2 days : pack.disputedAt + 14 days;
            assertEq(anchor.finalAt, pack.ruledAt == 0 ? expected : pack.ruledAt);
            bool isFinal = state == AnchorState.Final || state == AnchorState.Upheld;
            assertEq(isFinal, block.timestamp >= anchor.finalAt);
        }
    }

    /// @dev INV-EV-5 and -6: `handler.latestOf` moves only to a later end of window and a higher sequence.
    function invariant_EV_5_theLatestIsItsAnchorToTheBit() public view {
        for (uint256 feed = 0; feed < handler.FEEDS(); ++feed) {
            uint256 place = handler.latestOf(feed);
            if (place == 0) continue;
            EvidenceHandler.Pack memory pack = handler.packAt(place - 1);
            (Anchor memory latest, AnchorState latestState) = registry.latestOf(FeedId.wrap(handler.feedId(feed)));
            (Anchor memory anchor, AnchorState state) = registry.anchorOf(AepId.wrap(pack.aepId));
            assertEq(abi.encode(latest), abi.encode(anchor));
            assertTrue(latestState == state);
        }
    }

    /// @dev INV-EV-6
    function invariant_EV_6_noAnchorOfAFeedEndsLaterThanItsLatest() public view {
        for (uint256 i = 0; i < handler.packCount(); ++i) {
            EvidenceHandler.Pack memory pack = handler.packAt(i);
            uint256 place = handler.latestOf(pack.report.feed);
            assertLe(pack.report.to, handler.packAt(place - 1).report.to);
        }
    }

    /// @dev INV-EV-8
    function invariant_EV_8_twoQuorumsShareMoreOperatorsThanMayBeFaulty() public view {
        uint256 count = handler.packCount();
        for (uint256 i = 0; i < count; ++i) {
            EvidenceHandler.Pack memory a = handler.packAt(i);
            EvidenceHandler.Configuration memory signed = handler.configurationAt(a.report.configVersion - 1);
            for (uint256 j = i + 1; j < count && j < i + 8; ++j) {
                EvidenceHandler.Pack memory b = handler.packAt(j);
                if (a.report.configVersion != b.report.configVersion) continue;
                assertGt(_bits(a.signers & b.signers), (signed.keys.length - 1) / 3);
            }
        }
    }

    /// @dev INV-EV-11
    function invariant_EV_11_pausedSecondsAreThoseOfThePauses() public view {
        assertEq(registry.pausedSeconds(), handler.modelPausedSeconds());
        assertLe(registry.pausedUntil(), block.timestamp + 72 hours);
    }

    /// @dev INV-EV-12
    function invariant_EV_12_oneConfigurationIsInForceByTimeAlone_andAllStayReadable() public view {
        assertEq(registry.currentConfigVersion(), handler.modelVersion());
        for (uint256 i = 0; i < handler.configurationCount(); ++i) {
            EvidenceHandler.Configuration memory expected = handler.configurationAt(i);
            (address[] memory operators, uint8 quorum, uint40 activeFrom, uint40 activeUntil) = registry.configuration(
                uint32(i + 1)
            );
            assertEq(quorum, expected.quorum);
            assertEq(activeFrom, expected.activeFrom);
            assertEq(activeUntil, expected.activeUntil);
            assertEq(operators.length, expected.keys.length);
            for (uint256 j = 0; j < operators.length; ++j) {
                assertEq(operators[j], handler.operatorOf(expected.keys[j]));
            }
        }
    }

    /// @dev INV-EV-13
    function invariant_EV_13_feedsAreNumberedFromOneWithoutGaps() public view {
        uint24 opened = uint24(handler.openedCount());
        for (uint24 i = 1; i <= opened; ++i) {
            bytes32 feedId = FeedId.unwrap(registry.feedAt(i));
            assertTrue(feedId != 0);
            for (uint24 j = 1; j < i; ++j) assertTrue(feedId != FeedId.unwrap(registry.feedAt(j)));
        }
        assertEq(FeedId.unwrap(registry.feedAt(opened + 1)), 0);
        assertEq(FeedId.unwrap(registry.feedAt(0)), 0);
    }

    /// @dev INV-EV-15: the handler's reports keep to the cap and are all taken; above it (a forgery of its own) none is. That a
    /// cap shows in no anchor and in no latest, the invariants above see.
    function invariant_EV_15_aCapIsWhatWasLastSaid() public view {
        for (uint256 feed = 0; feed < handler.FEEDS(); ++feed) {
            assertEq(registry.capOf(FeedId.wrap(handler.feedId(feed))), handler.mostEqlOf(feed));
        }
    }

    function _bits(uint256 word) private pure returns (uint256 count) {
        for (; word != 0; word &= word - 1) ++count;
    }
}
