// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {TimelockControllerUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/TimelockControllerUpgradeable.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {DisputeBond} from "../../../contracts/evidence/DisputeBond.sol";
import {EvidenceRegistry} from "../../../contracts/evidence/EvidenceRegistry.sol";
import {AepId, AnchorState} from "../../../contracts/evidence/IEvidenceRegistry.sol";
import {CompetenceCredentials} from "../../../contracts/governance/rail/CompetenceCredentials.sol";
import {FieldId} from "../../../contracts/governance/rail/ICompetence.sol";
import {EffectsGuard} from "../../../contracts/governance/rail/EffectsGuard.sol";
import {EvidenceGuard} from "../../../contracts/governance/rail/EvidenceGuard.sol";
import {Fee, FieldWeights, PageTerms} from "../../../contracts/governance/rail/IRailBook.sol";
import {RailId, RailTerms} from "../../../contracts/governance/rail/IRailFactory.sol";
import {VotingTerms} from "../../../contracts/governance/rail/IRailGovernor.sol";
import {RailBook} from "../../../contracts/governance/rail/RailBook.sol";
import {RailFactory} from "../../../contracts/governance/rail/RailFactory.sol";
import {RailGovernor} from "../../../contracts/governance/rail/RailGovernor.sol";
import {RailMembership} from "../../../contracts/governance/rail/RailMembership.sol";
import {RailTimelock} from "../../../contracts/governance/rail/RailTimelock.sol";
import {RailTreasury} from "../../../contracts/governance/rail/RailTreasury.sol";
import {TestComponents} from "../../mocks/TestComponents.sol";
import {TestStablecoin} from "../../mocks/TestStablecoin.sol";
import {Artifact} from "../Artifact.sol";
import {RailMembersHandler} from "./RailMembersHandler.t.sol";
import {RailProposalsHandler} from "./RailProposalsHandler.t.sol";

/// @dev One rail, opened as they all are, and everything that can happen to it.
contract RailInvariants is Test {
    EvidenceRegistry private _registry;
    RailBook private _book;
    RailGovernor private _governor;
    RailTimelock private _timelock;
    RailMembership private _membership;
    CompetenceCredentials private _competence;
    DisputeBond private _bond;
    TestStablecoin private _token;
    RailMembersHandler private _members;
    RailProposalsHandler private _proposals;

    function setUp() public {
        vm.warp(1_800_000_000);
        AccessManager authority = new AccessManager(address(this));
        _registry = new EvidenceRegistry(address(authority), 20 days);
        _token = new TestStablecoin("Test Dollar", "TUSD", 6);
        _bond = new DisputeBond(_registry, _token, 500e6, address(0xC0));
        _competence = new CompetenceCredentials(address(authority));
        _openRail(address(authority));
        _members = new RailMembersHandler(_membership, _competence, address(_timelock));
        _members.begin(4);
        _proposals = new RailProposalsHandler(
            IGovernor(address(_governor)),
            TimelockControllerUpgradeable(payable(address(_timelock))),
            _bond,
            _members
        );
        _grant(authority);
        _token.mint(address(_proposals), 100 * 500e6);

        address[] memory operators = new address[](4);
        bytes32[] memory keyHashes = new bytes32[](4);
        for (uint256 i = 0; i < 4; ++i) operators[i] = vm.addr(_proposals.keyAt(i));
        for (uint256 i = 0; i < 4; ++i) keyHashes[i] = keccak256(abi.encode("pq", i));
        _registry.announceConfiguration(operators, keyHashes, 3, 0);
        vm.warp(block.timestamp + 1);
        _target();
    }

    /// @dev Invariants that nothing ever happens under would hold as well.
    function test_theHandlersGetEverywhere() public {
        for (uint256 i = 0; i < 3_000; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            uint256 action = seed % 20;
            if (action < 2) _members.warp(seed >> 8);
            else if (action == 2) _members.admit(seed >> 8);
            else if (action == 3 && i % 7 == 0) _members.remove(seed >> 8);
            else if (action == 4)
                _members.delegate(seed >> 8, [uint16(seed >> 30), uint16(seed >> 50), uint16(seed >> 70)]);
            else if (action == 5) _members.issue(seed >> 8, seed >> 100);
            else if (action == 6) _members.revoke(seed >> 8);
            else if (action == 7 && i % 5 == 0) _proposals.propose(seed >> 8);
            else if (action < 12) _proposals.vote(seed >> 8);
            else if (action == 12) _proposals.queue(seed >> 8);
            else if (action == 13) _proposals.execute(seed >> 8);
            else if (action == 14) _proposals.cancel(seed >> 8);
            else if (action == 15) _proposals.goAround(seed >> 8);
            else if (action == 16) _proposals.consent(seed >> 8);
            else if (action == 17 && i % 5 == 0) _proposals.anchor(seed >> 8);
            else if (action == 18 && i % 3 == 0) _proposals.dispute(seed >> 8);
            else if (action == 18) _proposals.rule(seed >> 8);
            else _proposals.settle(seed >> 8);
        }
        assertEq(_members.broken(), "");
        assertEq(_proposals.broken(), "");
        bytes32[6] memory ofMembers = [bytes32("warp"), "admit", "remove", "delegate", "issue", "revoke"];
        for (uint256 i = 0; i < 6; ++i) assertGt(_members.calls(ofMembers[i]), 0, string(abi.encode(ofMembers[i])));
        bytes32[12] memory ofProposals = [
            bytes32("propose"),
            "vote",
            "queue",
            "execute",
            "execute high",
            "cancel",
            "go around",
            "consent",
            "anchor",
            "dispute",
            "rule",
            "settle"
        ];
        for (uint256 i = 0; i < 12; ++i) {
            assertGt(_proposals.calls(ofProposals[i]), 0, string(abi.encode(ofProposals[i])));
        }
        invariant_RAIL_1_theGovernorIsTheOnlyWayIntoTheTimelock();
        invariant_RAIL_3_allVotesAreTheMembersVotesAndNoneCountsTwice();
        invariant_RAIL_4_whatAnAccountKnewAtAPastTimeStaysSo();
        invariant_RAIL_6_votesAtATimeAreHeldOnesAndThoseOfCompetenceThen();
        invariant_RAIL_7_theBookHoldsWhatWasExecutedAndDeclared();
        invariant_RAIL_8_competenceNeverReachesAQuorum();
        invariant_RAIL_9_bondsAreHeldReturnedOrForfeited();
    }

    function invariant_RAIL_1_theGovernorIsTheOnlyWayIntoTheTimelock() public view {
        assertEq(_proposals.broken(), "");
        RailProposalsHandler.Proposed[] memory all = _proposals.proposed();
        for (uint256 i = 0; i < all.length; ++i) {
            bool pending = all[i].queued && !all[i].executed && !all[i].canceled;
            assertEq(_timelock.isOperationPending(all[i].operationId), pending, "pending");
            assertEq(_timelock.isOperationDone(all[i].operationId), all[i].executed, "done");
        }
        bytes32[4] memory roles = [
            bytes32(0),
            _timelock.PROPOSER_ROLE(),
            _timelock.EXECUTOR_ROLE(),
            _timelock.CANCELLER_ROLE()
        ];
        for (uint256 i = 0; i < 4; ++i) {
            assertEq(_timelock.hasRole(roles[i], address(_governor)), i != 0);
            assertEq(_timelock.hasRole(roles[i], address(_timelock)), i == 0);
            assertFalse(_timelock.hasRole(roles[i], address(this)));
        }
    }

    function invariant_RAIL_2_nothingStandsOnEvidenceThatFell() public view {
        assertEq(_proposals.broken(), "");
        RailProposalsHandler.Proposed[] memory all = _proposals.proposed();
        for (uint256 i = 0; i < all.length; ++i) {
            if (AepId.unwrap(all[i].aepId) == 0 || all[i].executed) continue;
            // canceled by a stranger only because of this
            if (all[i].canceled) assertEq(uint8(_registry.stateOf(all[i].aepId)), uint8(AnchorState.Void));
        }
    }

    function invariant_RAIL_3_allVotesAreTheMembersVotesAndNoneCountsTwice() public view {
        assertEq(_members.broken(), "");
        uint256 sum;
        uint256 count;
        for (uint256 i = 0; i < _members.ACTORS(); ++i) {
            address account = _members.actor(i);
            assertEq(_membership.isMember(account), _members.isMember(account), "member");
            assertEq(_membership.keptVotesOf(account), _members.keptBy(account), "kept");
            assertEq(_membership.getVotes(account), _members.votesOf(account), "votes");
            sum += _membership.getVotes(account);
            if (_members.isMember(account)) ++count;
        }
        assertEq(sum, count * 10_000, "sum");
        assertEq(_membership.memberCount(), count, "count");
        RailMembersHandler.Sample[] memory samples = _members.samples();
        for (uint256 i = 0; i < samples.length; ++i) {
            if (samples[i].time >= block.timestamp) continue;
            assertEq(_membership.getPastVotes(samples[i].account, samples[i].time), samples[i].votes, "past votes");
            assertEq(_membership.getPastTotalSupply(samples[i].time), samples[i].allVotes, "past supply");
            assertEq(
                _membership.wasMember(samples[i].account, samples[i].time),
                _members.wasMember(samples[i].account, samples[i].time),
                "was member"
            );
        }
    }

    function invariant_RAIL_4_whatAnAccountKnewAtAPastTimeStaysSo() public view {
        RailMembersHandler.Sample[] memory samples = _members.samples();
        for (uint256 i = 0; i < samples.length; ++i) {
            if (samples[i].time >= block.timestamp) continue;
            assertEq(
                _competence.levelAt(samples[i].account, _members.FIELD(), samples[i].time),
                _members.levelOf(samples[i].account, samples[i].time),
                "level"
            );
        }
    }

    function invariant_RAIL_5_nothingOfHighImpactHappensWithoutTheNvm() public view {
        assertEq(_proposals.broken(), "");
        RailProposalsHandler.Proposed[] memory all = _proposals.proposed();
        for (uint256 i = 0; i < all.length; ++i) {
            assertEq(_book.hasConsent(address(_timelock), all[i].operationId), all[i].consented, "consent");
            if (all[i].high && all[i].executed) assertTrue(all[i].consented, "executed without");
        }
    }

    function invariant_RAIL_6_votesAtATimeAreHeldOnesAndThoseOfCompetenceThen() public view {
        RailMembersHandler.Sample[] memory samples = _members.samples();
        for (uint256 i = 0; i < samples.length; ++i) {
            if (samples[i].time >= block.timestamp) continue;
            uint256 learned = _members.competenceOf(samples[i].account, samples[i].time);
            assertEq(_governor.getVotes(samples[i].account, samples[i].time), samples[i].votes + learned, "votes");
        }
    }

    function invariant_RAIL_7_theBookHoldsWhatWasExecutedAndDeclared() public view {
        assertEq(_book.feeOf(address(_timelock), keccak256("premium")), _proposals.fee(), "fee");
        RailProposalsHandler.Proposed[] memory all = _proposals.proposed();
        for (uint256 i = 0; i < all.length; ++i) assertFalse(all[i].lies && all[i].executed, "a lie was executed");
    }

    function invariant_RAIL_8_competenceNeverReachesAQuorum() public view {
        RailProposalsHandler.Proposed[] memory all = _proposals.proposed();
        for (uint256 i = 0; i < all.length; ++i) {
            IGovernor.ProposalState state = _governor.state(all[i].id);
            bool succeeded = state == IGovernor.ProposalState.Succeeded || all[i].queued;
            if (!succeeded) continue;
            uint256 snapshot = _governor.proposalSnapshot(all[i].id);
            assertGe(all[i].heldForOrAbstain, _governor.quorum(snapshot), "quorum");
            if (block.timestamp <= _governor.proposalDeadline(all[i].id)) {
                assertGe(all[i].heldFor, _governor.superQuorum(snapshot), "super quorum");
            }
        }
    }

    function invariant_RAIL_9_bondsAreHeldReturnedOrForfeited() public view {
        assertEq(_token.balanceOf(address(_bond)), _proposals.bondsOpen() * 500e6, "held");
        assertEq(_token.balanceOf(address(0xC0)), _proposals.bondsForfeited() * 500e6, "forfeited");
        uint256 taken = _proposals.bondsOpen() + _proposals.bondsForfeited();
        assertEq(_token.balanceOf(address(_proposals)), (100 - taken) * 500e6, "returned");
    }

    function _openRail(address authority) private {
        TestComponents components = new TestComponents();
        EvidenceGuard evidence = new EvidenceGuard(_registry);
        EffectsGuard effects = new EffectsGuard();
        _book = new RailBook(authority, _competence, components);
        RailFactory factory = new RailFactory(
            authority,
            Artifact.deploy("RailGovernor.sol:RailGovernor", abi.encode(_book, evidence, effects)),
            address(new RailTimelock(_book, evidence, effects)),
            address(new RailMembership()),
            address(new RailTreasury())
        );
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = factory.openRail.selector;
        AccessManager(authority).setTargetFunctionRole(address(factory), selectors, 1);
        AccessManager(authority).grantRole(1, address(this), 0);
        (, address governor) = factory.openRail(_terms());
        (, address timelock, address membership, , ) = factory.railOf(RailId.wrap(1));
        _governor = RailGovernor(payable(governor));
        _timelock = RailTimelock(payable(timelock));
        _membership = RailMembership(membership);
    }

    function _terms() private pure returns (RailTerms memory terms) {
        address[] memory founders = new address[](4);
        for (uint256 i = 0; i < 4; ++i) founders[i] = address(uint160(0xA00 + i));
        Fee[] memory fees = new Fee[](1);
        fees[0] = Fee(keccak256("premium"), 250);
        FieldWeights[] memory weights = new FieldWeights[](1);
        weights[0].field = FieldId.wrap(keccak256("hydrology"));
        weights[0].bpsByLevel = [uint16(1_000), 2_000, 3_000, 4_000, 10_000];
        terms = RailTerms({
            name: "Rail",
            metadataURI: "ipfs://rail",
            votes: address(0),
            timelockDelay: 2 days,
            reasonHash: keccak256("founders"),
            founders: founders,
            voting: VotingTerms(1 hours, 3 days, 1 days, 34, 80, 0, address(0)),
            page: PageTerms(keccak256("charter"), 1, 10_000, new bytes32[](0), fees, weights)
        });
    }

    function _grant(AccessManager authority) private {
        bytes4[] memory one = new bytes4[](1);
        address[6] memory targets = [
            address(_registry),
            address(_registry),
            address(_registry),
            address(_book),
            address(_book),
            address(_competence)
        ];
        bytes4[6] memory selectors = [
            _registry.announceConfiguration.selector,
            _registry.dispute.selector,
            _registry.rule.selector,
            _book.consent.selector,
            _book.withdrawConsent.selector,
            _competence.setIssuer.selector
        ];
        address[6] memory holders = [
            address(this),
            address(_bond),
            address(_proposals),
            address(_proposals),
            address(_proposals),
            address(this)
        ];
        for (uint64 i = 0; i < 6; ++i) {
            one[0] = selectors[i];
            authority.setTargetFunctionRole(targets[i], one, 10 + i);
            authority.grantRole(10 + i, holders[i], 0);
        }
        _competence.setIssuer(address(_members), _members.FIELD(), true);
    }

    function _target() private {
        targetContract(address(_members));
        targetContract(address(_proposals));
        bytes4[] memory ofMembers = new bytes4[](6);
        ofMembers[0] = _members.warp.selector;
        ofMembers[1] = _members.admit.selector;
        ofMembers[2] = _members.remove.selector;
        ofMembers[3] = _members.delegate.selector;
        ofMembers[4] = _members.issue.selector;
        ofMembers[5] = _members.revoke.selector;
        targetSelector(FuzzSelector(address(_members), ofMembers));
        bytes4[] memory ofProposals = new bytes4[](11);
        ofProposals[0] = _proposals.propose.selector;
        ofProposals[1] = _proposals.vote.selector;
        ofProposals[2] = _proposals.queue.selector;
        ofProposals[3] = _proposals.execute.selector;
        ofProposals[4] = _proposals.cancel.selector;
        ofProposals[5] = _proposals.goAround.selector;
        ofProposals[6] = _proposals.consent.selector;
        ofProposals[7] = _proposals.anchor.selector;
        ofProposals[8] = _proposals.dispute.selector;
        ofProposals[9] = _proposals.rule.selector;
        ofProposals[10] = _proposals.settle.selector;
        targetSelector(FuzzSelector(address(_proposals), ofProposals));
    }
}
