// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";
import {Test} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Test.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {FormulaId} from "../../../contracts/capital/ITermsStore.sol";
import {TermsStore} from "../../../contracts/capital/TermsStore.sol";
import {EvidenceRegistry} from "../../../contracts/evidence/EvidenceRegistry.sol";
import {FeedId} from "../../../contracts/evidence/IEvidenceRegistry.sol";
import {ComponentRegistry} from "../../../contracts/registry/ComponentRegistry.sol";
import {Case, ComponentId, ComponentKind, Release} from "../../../contracts/registry/IComponentRegistry.sol";
import {Version} from "../../../contracts/registry/Version.sol";

/// @notice Two publishers who propose the same contents, models and templates, and everybody who judges them.
/// @dev Keeps its own books, in seconds and plain states: what must have come out is computed from these.
contract RegistryHandler is CommonBase, StdUtils {
    uint256 public constant CONTENTS = 3; // code hashes; and one formula, with one feed or with any
    uint256 public constant FEEDS = 4; // of content 0, 1, 2 and 0 again

    enum Stored {
        Proposed,
        Certified,
        Delisted,
        Withdrawn
    }

    struct Book {
        ComponentId id;
        uint256 publisher;
        bool template;
        uint256 content;
        Stored stored;
        uint256 eql;
        uint256 expiresAt;
        // the case
        bool accused;
        bool urgent; // what the suspension is, or was
        uint256 openedAt;
        bool answered;
        uint256 suspendedUntil;
        uint256 nextUrgentAt;
        bool heard; // when it was delisted: answered, or its time was over
    }

    ComponentRegistry public immutable components;
    EvidenceRegistry public immutable evidence;
    TermsStore public immutable store;
    FormulaId public immutable formulaId;
    string public broken;
    mapping(bytes32 action => uint256) public calls;
    Book[] private _books;
    mapping(bool template => mapping(uint256 content => uint256 bookPlusOne)) public holderOf;
    mapping(uint256 feed => uint256 bookPlusOne) public linkOf;
    mapping(uint256 feed => uint256) private _caps; // 0: never set
    mapping(uint256 publisher => mapping(bool template => uint256)) private _lastVersion;

    constructor() {
        AccessManager authority = new AccessManager(address(this));
        evidence = new EvidenceRegistry(address(authority), 2 days);
        store = new TermsStore(address(authority));
        components = new ComponentRegistry(address(authority), evidence, store);
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = evidence.capFeed.selector;
        authority.setTargetFunctionRole(address(evidence), selectors, 1);
        selectors[0] = store.withdrawTemplate.selector;
        authority.setTargetFunctionRole(address(store), selectors, 1);
        authority.grantRole(1, address(components), 0);
        uint256[] memory words = new uint256[](1);
        words[0] = (uint256(640) << 192) | (1e18 << 64) | 1e18;
        formulaId = store.publishFormula(uint256(1) << 248, words);
        for (uint256 i = 0; i < FEEDS; ++i) store.publishFeed(specification(i));
    }

    modifier act(bytes32 name) {
        ++calls[name];
        _;
    }

    // —— actions ————————————————————————————————————————————————————————————————————————————————————————————

    function warp(uint256 duration) external act("warp") {
        duration = duration % 4 == 0 ? _bound(duration, 1, 120 days) : _bound(duration, 1, 10 days);
        vm.warp(block.timestamp + duration);
    }

    function propose(uint256 seed) external act("propose") {
        (uint256 publisher, bool template, uint256 content) = (seed % 2, (seed >> 8) % 3 == 0, (seed >> 16) % CONTENTS);
        if (template) content %= 2;
        uint256 last = _lastVersion[publisher][template];
        uint256 version = last + ((seed >> 24) % 4);
        bytes32 contentHash = template ? components.templateKey(formulaId, _scope(content)) : codeHash(content);
        Release memory release = Release("name", Version.wrap(uint48(version)), contentHash, 0, "");
        vm.prank(person(publisher));
        if (template) {
            try components.proposeTemplate(formulaId, _scope(content), release) returns (ComponentId id) {
                _proposed(id, publisher, true, content, version);
            } catch {
                if (version > last) broken = "proposal blocked";
            }
        } else {
            try components.propose(ComponentKind.Model, release) returns (ComponentId id) {
                _proposed(id, publisher, false, content, version);
            } catch {
                if (version > last) broken = "proposal blocked";
            }
        }
    }

    function withdraw(uint256 seed) external act("withdraw") {
        if (_books.length == 0 || seed % 4 != 0) return;
        Book storage b = _some(seed);
        bool may = b.stored == Stored.Proposed && (seed >> 8) % 2 == b.publisher;
        vm.prank(person((seed >> 8) % 2));
        try components.withdraw(b.id) {
            if (!may) broken = "withdrawn out of turn";
            b.stored = Stored.Withdrawn;
        } catch {
            if (may) broken = "withdrawal blocked";
        }
    }

    function certify(uint256 seed, uint256 duration) external act("certify") {
        if (_books.length == 0) return;
        Book storage b = _some(seed);
        duration = _bound(duration, 0, 800 days);
        uint8 eql = uint8(_bound(seed >> 8, 0, 5));
        uint256 holder = holderOf[b.template][b.content];
        bool may = b.stored != Stored.Withdrawn && !isLive(b) && eql >= 1 && eql <= 4;
        may = may && duration >= 1 days && duration <= 730 days && (holder == 0 || _idAt(holder) == _raw(b.id));
        try components.certify(b.id, 1, eql, uint40(block.timestamp + duration), "why") {
            if (!may) broken = "certified out of turn";
            (b.stored, b.eql, b.expiresAt) = (Stored.Certified, eql, block.timestamp + duration);
            holderOf[b.template][b.content] = _indexOf(b.id) + 1;
            _enforced(b);
        } catch {
            if (may) broken = "certificate blocked";
        }
    }

    function openCase(uint256 seed) external act("openCase") {
        if (_books.length == 0) return;
        Book storage b = _some(seed);
        bool may = isCertified(b) && !isLive(b);
        try components.openCase(b.id, "why") {
            if (!may) broken = "accused out of turn";
            _opened(b);
        } catch {
            if (may) broken = "case blocked";
        }
    }

    function answer(uint256 seed) external act("answer") {
        if (_books.length == 0) return;
        Book storage b = _some(seed);
        bool may = isLive(b) && block.timestamp < b.openedAt + 14 days && !b.answered;
        if ((seed >> 8) % 4 == 0) (may, seed) = (false, b.publisher ^ 1);
        else seed = b.publisher;
        vm.prank(person(seed));
        try components.answer(b.id, "because") {
            if (!may) broken = "answered out of turn";
            b.answered = true;
        } catch {
            if (may) broken = "answer blocked";
        }
    }

    function suspend(uint256 seed) external act("suspend") {
        if (_books.length == 0) return;
        Book storage b = _some(seed);
        bool may = isLive(b) && !isSuspended(b) && _heard(b);
        try components.suspend(b.id, "why") {
            if (!may) broken = "suspended unheard or out of turn";
            (b.suspendedUntil, b.urgent) = (block.timestamp + 90 days, false);
            _enforced(b);
        } catch {
            if (may) broken = "suspension blocked";
        }
    }

    function suspendUrgently(uint256 seed) external act("urgent") {
        if (_books.length == 0) return;
        Book storage b = _some(seed);
        bool may = isCertified(b) && block.timestamp >= b.nextUrgentAt;
        try components.suspendUrgently(b.id, "why") {
            if (!may) broken = "suspended urgently out of turn";
            if (!isLive(b)) _opened(b);
            (b.suspendedUntil, b.urgent) = (block.timestamp + 7 days, true);
            b.nextUrgentAt = block.timestamp + 37 days;
            _enforced(b);
        } catch {
            if (may) broken = "urgent suspension blocked";
        }
    }

    function confirm(uint256 seed) external act("confirm") {
        if (_books.length == 0) return;
        Book storage b = _some(seed);
        bool may = isSuspended(b) && b.urgent;
        try components.confirm(b.id, "why") {
            if (!may) broken = "confirmed out of turn";
            (b.suspendedUntil, b.urgent) = (block.timestamp + 90 days, false);
            _enforced(b);
        } catch {
            if (may) broken = "confirmation blocked";
        }
    }

    function dismiss(uint256 seed) external act("dismiss") {
        if (_books.length == 0) return;
        Book storage b = _some(seed);
        bool may = isLive(b);
        try components.dismiss(b.id, "why") {
            if (!may) broken = "dismissed out of turn";
            (b.accused, b.suspendedUntil) = (false, 0);
            _enforced(b);
        } catch {
            if (may) broken = "dismissal blocked";
        }
    }

    function delist(uint256 seed) external act("delist") {
        if (_books.length == 0) return;
        Book storage b = _some(seed);
        bool may = isSuspended(b) && !b.urgent && _heard(b);
        try components.delist(b.id, "why") {
            if (!may) broken = "delisted unheard or out of turn";
            b.heard = _heard(b);
            (b.stored, b.accused, b.suspendedUntil) = (Stored.Delisted, false, 0);
            _enforced(b);
        } catch {
            if (may) broken = "delisting blocked";
        }
    }

    function link(uint256 feed) external act("link") {
        feed %= FEEDS;
        uint256 holder = holderOf[false][feed % CONTENTS];
        vm.prank(person(9));
        try components.linkFeed(specification(feed)) returns (FeedId, ComponentId id) {
            if (holder == 0 || _idAt(holder) != _raw(id)) broken = "linked to another model";
            linkOf[feed] = holder;
            _caps[feed] = mostEqlOf(_books[holder - 1]);
        } catch {
            if (holder != 0) broken = "link blocked";
        }
    }

    function enforce(uint256 seed) external act("enforce") {
        uint256 feed = seed % FEEDS;
        vm.prank(person(9));
        try components.enforce(feedId(feed)) returns (uint8 mostEql) {
            if (linkOf[feed] == 0) broken = "enforced without a link";
            else if (mostEql != mostEqlOf(_books[linkOf[feed] - 1])) broken = "enforced another level";
            _caps[feed] = mostEql;
        } catch {
            if (linkOf[feed] != 0) broken = "enforcement blocked";
        }
        if (_books.length == 0) return;
        Book storage b = _some(seed >> 8);
        vm.prank(person(9));
        components.enforceComponent(b.id);
        _enforced(b);
    }

    // —— the books ——————————————————————————————————————————————————————————————————————————————————————————

    function bookCount() external view returns (uint256) {
        return _books.length;
    }

    function bookAt(uint256 index) external view returns (Book memory) {
        return _books[index];
    }

    function capOf(uint256 feed) external view returns (uint256) {
        return _caps[feed] == 0 ? 4 : _caps[feed];
    }

    function isSuspended(Book memory b) public view returns (bool) {
        return b.stored == Stored.Certified && b.accused && block.timestamp < b.suspendedUntil;
    }

    function isCertified(Book memory b) public view returns (bool) {
        return b.stored == Stored.Certified && !isSuspended(b) && block.timestamp < b.expiresAt;
    }

    function mostEqlOf(Book memory b) public view returns (uint256) {
        return isCertified(b) ? b.eql : 1;
    }

    /// @dev Accused and neither dismissed nor delisted: while suspended, and before an ordinary suspension 44 days long.
    function isLive(Book memory b) public view returns (bool) {
        if (!b.accused) return false;
        if (block.timestamp < b.suspendedUntil) return true;
        bool wasSuspended = b.suspendedUntil != 0 && !b.urgent;
        return !wasSuspended && block.timestamp < b.openedAt + 44 days;
    }

    function person(uint256 who) public pure returns (address) {
        return address(uint160(0xbeef0000 + who));
    }

    function codeHash(uint256 content) public pure returns (bytes32) {
        return keccak256(abi.encode("code", content));
    }

    function specification(uint256 feed) public pure returns (bytes memory) {
        string memory code = Strings.toHexString(uint256(codeHash(feed % CONTENTS)), 32);
        string memory other = Strings.toHexString(uint256(codeHash((feed + 1) % CONTENTS)), 32);
        return
            abi.encodePacked(
                '{"datasetVersion":"',
                Strings.toString(feed),
                '","decimals":2,"model":"spi","modelCodeHash":"',
                code,
                '","modelVersion":"1.0.0","params":{"a":1,"modelCodeHash":"',
                other,
                '"},"source":{},"uncertainty":null}'
            );
    }

    function feedId(uint256 feed) public pure returns (FeedId) {
        return FeedId.wrap(keccak256(specification(feed)));
    }

    // —— inside —————————————————————————————————————————————————————————————————————————————————————————————

    function _proposed(ComponentId id, uint256 publisher, bool template, uint256 content, uint256 version) private {
        if (version <= _lastVersion[publisher][template]) broken = "an old version as a new one";
        _lastVersion[publisher][template] = version;
        Book storage b = _books.push();
        (b.id, b.publisher, b.template, b.content) = (id, publisher, template, content);
    }

    function _opened(Book storage b) private {
        (b.accused, b.openedAt, b.answered) = (true, block.timestamp, false);
        (b.suspendedUntil, b.urgent) = (0, false);
    }

    /// @dev Every feed that is linked to it follows.
    function _enforced(Book storage b) private {
        for (uint256 feed = 0; feed < FEEDS; ++feed) {
            if (linkOf[feed] == 0 || _idAt(linkOf[feed]) != _raw(b.id)) continue;
            _caps[feed] = mostEqlOf(b);
        }
    }

    /// @dev Mostly one of the first: they hold what can be held.
    function _some(uint256 seed) private view returns (Book storage) {
        uint256 count = _books.length;
        return _books[(seed >> 200) % 3 == 0 || count < 5 ? (seed >> 208) % count : (seed >> 208) % 5];
    }

    function _heard(Book memory b) private view returns (bool) {
        return b.answered || block.timestamp >= b.openedAt + 14 days;
    }

    function _indexOf(ComponentId id) private view returns (uint256 index) {
        while (_raw(_books[index].id) != _raw(id)) ++index;
    }

    function _idAt(uint256 bookPlusOne) private view returns (bytes32) {
        return _raw(_books[bookPlusOne - 1].id);
    }

    function _scope(uint256 content) private pure returns (FeedId) {
        return content == 0 ? FeedId.wrap(0) : feedId(0);
    }

    function _raw(ComponentId id) private pure returns (bytes32) {
        return ComponentId.unwrap(id);
    }
}

contract RegistryInvariantTest is Test {
    RegistryHandler private _handler;
    ComponentRegistry private _components;

    function setUp() external {
        vm.warp(1_700_000_000);
        _handler = new RegistryHandler();
        _components = _handler.components();
        targetContract(address(_handler));
        bytes4[] memory actions = new bytes4[](13);
        actions[0] = _handler.warp.selector;
        actions[1] = _handler.propose.selector;
        actions[2] = _handler.withdraw.selector;
        actions[3] = _handler.certify.selector;
        actions[4] = _handler.openCase.selector;
        actions[5] = _handler.answer.selector;
        actions[6] = _handler.suspend.selector;
        actions[7] = _handler.suspendUrgently.selector;
        actions[8] = _handler.confirm.selector;
        actions[9] = _handler.dismiss.selector;
        actions[10] = _handler.delist.selector;
        actions[11] = _handler.link.selector;
        actions[12] = _handler.enforce.selector;
        targetSelector(FuzzSelector(address(_handler), actions));
    }

    /// @dev INV-REG-1, with INV-REG-2 (an old version is never a new one) in the handler.
    function invariant_REG_1_aStandingFollowsFromWhatWasDoneAndTheClock() public view {
        assertEq(_handler.broken(), "");
        for (uint256 i = 0; i < _handler.bookCount(); ++i) {
            RegistryHandler.Book memory b = _handler.bookAt(i);
            uint256 expected = 1;
            if (b.stored == RegistryHandler.Stored.Withdrawn) expected = 6;
            if (b.stored == RegistryHandler.Stored.Delisted) expected = 4;
            if (b.stored == RegistryHandler.Stored.Certified) {
                expected = 5;
                if (_handler.isCertified(b)) expected = 2;
                if (_handler.isSuspended(b)) expected = 3;
            }
            (, uint8 status, uint40 expiresAt) = _components.standingOf(ComponentId.unwrap(b.id));
            assertEq(status, expected, "status");
            assertEq(expiresAt, b.expiresAt, "expiry");
        }
    }

    /// @dev INV-REG-3
    function invariant_REG_3_aContentHasOneHolderForEver() public view {
        for (uint256 i = 0; i < _handler.bookCount(); ++i) {
            RegistryHandler.Book memory b = _handler.bookAt(i);
            bytes32 content = _components.componentOf(b.id).contentHash;
            ComponentKind kind = b.template ? ComponentKind.Template : ComponentKind.Model;
            uint256 place = _handler.holderOf(b.template, b.content);
            ComponentId holder = place == 0 ? ComponentId.wrap(0) : _handler.bookAt(place - 1).id;
            assertEq(ComponentId.unwrap(_components.holderOf(kind, content)), ComponentId.unwrap(holder));
            if (b.stored == RegistryHandler.Stored.Certified || b.stored == RegistryHandler.Stored.Delisted) {
                assertEq(ComponentId.unwrap(holder), ComponentId.unwrap(b.id), "certified, but holds nothing");
            }
        }
    }

    /// @dev INV-REG-4
    function invariant_REG_4_nothingIsDelistedUnheard() public view {
        for (uint256 i = 0; i < _handler.bookCount(); ++i) {
            RegistryHandler.Book memory b = _handler.bookAt(i);
            if (b.stored == RegistryHandler.Stored.Delisted) assertTrue(b.heard);
        }
    }

    /// @dev INV-REG-5
    function invariant_REG_5_everySuspensionEndsByItself() public view {
        for (uint256 i = 0; i < _handler.bookCount(); ++i) {
            RegistryHandler.Book memory b = _handler.bookAt(i);
            Case memory case_ = _components.caseOf(b.id);
            assertEq(case_.suspendedUntil, b.suspendedUntil, "until");
            assertLe(case_.suspendedUntil, block.timestamp + (b.urgent ? 7 days : 90 days), "bound");
        }
    }

    /// @dev INV-REG-6
    function invariant_REG_6_aFeedFollowsTheModelWhoseCodeItNames() public view {
        for (uint256 feed = 0; feed < _handler.FEEDS(); ++feed) {
            FeedId feedId = _handler.feedId(feed);
            assertEq(_handler.evidence().capOf(feedId), _handler.capOf(feed), "cap");
            ComponentId model = _components.modelOf(feedId);
            if (_handler.linkOf(feed) == 0) {
                assertEq(ComponentId.unwrap(model), 0);
                continue;
            }
            bytes32 content = _components.componentOf(model).contentHash;
            assertEq(content, _handler.codeHash(feed % _handler.CONTENTS()), "model");
        }
    }

    /// @dev INV-REG-7
    function invariant_REG_7_aTemplateIsWithdrawnWhileItsHolderIsDelisted() public view {
        for (uint256 content = 0; content < 2; ++content) {
            uint256 place = _handler.holderOf(true, content);
            bool delisted = place != 0 && _handler.bookAt(place - 1).stored == RegistryHandler.Stored.Delisted;
            FeedId feedId = content == 0 ? FeedId.wrap(0) : _handler.feedId(0);
            assertEq(_handler.store().isTemplateWithdrawn(_handler.formulaId(), feedId), delisted);
        }
    }

    /// @dev Invariants that nothing ever happens under would hold as well.
    function test_theHandlerGetsEverywhere() public {
        uint256[7] memory statuses;
        uint256 lifted;
        for (uint256 i = 0; i < 1200; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            uint256 action = seed % 32;
            if (action < 3) _handler.warp(seed >> 5);
            else if (action < 5) _handler.propose(seed >> 5);
            else if (action < 6) _handler.withdraw(seed >> 5);
            else if (action < 9) _handler.certify(seed >> 5, seed >> 64);
            else if (action < 12) _handler.openCase(seed >> 5);
            else if (action < 15) _handler.answer(seed >> 5);
            else if (action < 20) _handler.suspend(seed >> 5);
            else if (action < 22) _handler.suspendUrgently(seed >> 5);
            else if (action < 24) _handler.confirm(seed >> 5);
            else if (action < 25) _handler.dismiss(seed >> 5);
            else if (action < 27) _handler.delist(seed >> 5);
            else if (action < 29) _handler.link(seed >> 5);
            else _handler.enforce(seed >> 5);
            if (i % 100 != 0) continue;
            for (uint256 j = 0; j < _handler.bookCount(); ++j) {
                (, uint8 status, ) = _components.standingOf(ComponentId.unwrap(_handler.bookAt(j).id));
                ++statuses[status];
            }
            for (uint256 feed = 0; feed < _handler.FEEDS(); ++feed) if (_handler.capOf(feed) < 4) ++lifted;
        }
        invariant_REG_1_aStandingFollowsFromWhatWasDoneAndTheClock();
        invariant_REG_3_aContentHasOneHolderForEver();
        invariant_REG_4_nothingIsDelistedUnheard();
        invariant_REG_5_everySuspensionEndsByItself();
        invariant_REG_6_aFeedFollowsTheModelWhoseCodeItNames();
        invariant_REG_7_aTemplateIsWithdrawnWhileItsHolderIsDelisted();
        for (uint256 status = 1; status < 7; ++status) assertGt(statuses[status], 0, "a status never seen");
        assertGt(lifted, 5, "caps");
    }
}
