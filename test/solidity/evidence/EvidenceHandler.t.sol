// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";

import {EvidenceRegistry} from "../../../contracts/evidence/EvidenceRegistry.sol";
import {AepId, Anchor, AnchorState, FeedId} from "../../../contracts/evidence/IEvidenceRegistry.sol";
import {IOracleCommittee} from "../../../contracts/evidence/IOracleCommittee.sol";
import {IExpiringPause} from "../../../contracts/safety/IExpiringPause.sol";

/// @notice Everybody at once: operators with their keys, whoever carries reports, whoever forges them, and every role.
/// @dev Keeps its own books, in its own words: what must have come out is computed from these and never read back.
contract EvidenceHandler is CommonBase, StdUtils {
    uint256 public constant KEYS = 12;
    uint256 public constant FEEDS = 3;
    uint40 public constant CHALLENGE = 2 days;

    struct Report {
        uint256 feed;
        int64 value;
        uint40 from;
        uint40 to;
        uint32 sequence;
        uint8 eql;
        uint8 flags;
        uint32 configVersion;
    }

    /// @dev What is known to have happened to a pack.
    struct Pack {
        bytes32 aepId;
        Report report;
        uint256 signers;
        uint40 anchoredAt;
        uint40 disputedAt; // 0: never
        uint40 ruledAt; // 0: never
        bool upheld;
        AnchorState seen; // when last looked at
    }

    struct Configuration {
        uint256[] keys; // in order of their addresses
        uint256 quorum;
        uint40 activeFrom;
        uint40 activeUntil;
    }

    struct Pause {
        uint40 from;
        uint40 until;
    }

    EvidenceRegistry public immutable registry;
    uint256[] private _sortedKeys;
    Pack[] private _packs;
    uint256[] private _open; // places of packs that were open when last looked at
    Configuration[] private _configurations; // version - 1
    Pause[] private _pauses;
    mapping(uint256 feed => uint256 packPlusOne) public latestOf;
    mapping(uint256 feed => bool) public opened;
    mapping(uint256 feed => uint8) private _caps; // 0: none was ever set
    uint256 public openedCount;
    uint40 public lastPausedSeconds;

    // what must never be; a name instead of a number, so that a failure says which
    string public broken;
    mapping(bytes32 action => uint256) public calls;

    constructor(EvidenceRegistry registry_) {
        registry = registry_;
        for (uint256 i = 0; i < KEYS; ++i) _sortedKeys.push(uint256(keccak256(abi.encode("operator", i))));
        for (uint256 i = 0; i < KEYS; ++i) {
            for (uint256 j = i + 1; j < KEYS; ++j) {
                if (vm.addr(_sortedKeys[j]) < vm.addr(_sortedKeys[i])) {
                    (_sortedKeys[i], _sortedKeys[j]) = (_sortedKeys[j], _sortedKeys[i]);
                }
            }
        }
    }

    /// @dev Counts the action, and looks at every open pack before and after it.
    modifier act(bytes32 name) {
        ++calls[name];
        _observe();
        _;
        _observe();
    }

    // —— actions ————————————————————————————————————————————————————————————————————————————————————————————

    function warp(uint256 duration) external act("warp") {
        // mostly within the life of an anchor, sometimes far
        duration = duration % 5 == 0 ? _bound(duration, 1, 30 days) : _bound(duration, 1, 1 days);
        vm.warp(block.timestamp + duration);
    }

    function anchor(uint256 seed) external act("anchor") {
        (bool some, Report memory report) = _soundReport(seed);
        if (!some) return;
        bytes32 aepId = keccak256(abi.encode("pack", _packs.length));
        uint256 signers = _someQuorum(report.configVersion, seed);
        bytes memory signatures = _sign(report, aepId, signers, block.chainid, address(registry));
        try this.send(report, aepId, signers, signatures) {
            if (isPaused()) broken = "anchored while paused";
            _book(report, aepId, signers);
        } catch (bytes memory reason) {
            // nothing but a pause may keep sound evidence out
            if (!isPaused() || bytes4(reason) != IExpiringPause.Pause_Paused.selector) broken = "sound report refused";
        }
    }

    /// @notice One thing wrong with a report that is sound otherwise, each a way to get something anchored without a quorum.
    function forge(uint256 seed, uint256 kind) external act("forge") {
        (bool some, Report memory report) = _soundReport(seed);
        if (!some) return;
        bytes32 aepId = keccak256(abi.encode("forged", seed, calls["forge"]));
        uint256 signers = _someQuorum(report.configVersion, seed);
        kind = _bound(kind, 0, 15);
        if (kind > 10) _spoil(report, kind); // what nobody may anchor, even when a quorum signs it
        (uint256 chainId, address verifier, Report memory signed) = (block.chainid, address(registry), _copy(report));
        if (kind == 0) chainId += 1;
        if (kind == 1) verifier = address(this);
        if (kind == 2) signed.configVersion += 1;
        if (kind == 3) signed.value ^= 1;
        if (kind == 4) signed.to -= 1;
        if (kind == 5) signed.sequence += 1;
        if (kind == 6) signers &= signers - 1; // one too few
        if (kind == 7) {
            uint256 free = ~signers & ((1 << _configurations[report.configVersion - 1].keys.length) - 1);
            signers |= free & (~free + 1); // one too many
        }
        bytes memory signatures = _sign(signed, aepId, signers, chainId, verifier);
        if (kind == 8) {
            // the first signature again in the second's place
            for (uint256 i = 0; i < 64; ++i) signatures[64 + i] = signatures[i];
        }
        if (kind == 9) {
            // some configuration that is not the one in force, signed by its own operators
            uint32 version = uint32(_bound(seed, 1, _configurations.length));
            if (version == modelVersion()) return;
            report.configVersion = version;
            signers = _someQuorum(version, seed);
            signatures = _sign(report, aepId, signers, chainId, verifier);
        }
        if (kind == 10) signers |= 1 << (_configurations[report.configVersion - 1].keys.length + (seed % 16));
        try this.send(report, aepId, signers, signatures) {
            broken = "forged report anchored";
        } catch {}
    }

    function again(uint256 seed) external act("again") {
        if (_packs.length == 0) return;
        Pack memory pack = _packs[seed % _packs.length];
        bytes memory signatures = _sign(pack.report, pack.aepId, pack.signers, block.chainid, address(registry));
        try this.send(pack.report, pack.aepId, pack.signers, signatures) {
            broken = "anchored twice";
        } catch {}
    }

    function dispute(uint256 seed) external act("dispute") {
        if (_packs.length == 0) return;
        Pack storage pack = _packs[_somePack(seed)];
        bool may = modelState(pack) == AnchorState.Anchored;
        try registry.dispute(AepId.wrap(pack.aepId), bytes32(seed)) {
            if (!may) broken = "disputed out of turn";
            pack.disputedAt = uint40(block.timestamp);
            if (isPaused()) ++calls["disputed in a pause"];
        } catch {
            if (may) broken = "dispute blocked";
        }
    }

    function rule(uint256 seed, bool upheld) external act("rule") {
        if (_packs.length == 0) return;
        Pack storage pack = _packs[_somePack(seed)];
        bool may = modelState(pack) == AnchorState.Disputed;
        try registry.rule(AepId.wrap(pack.aepId), upheld, bytes32(seed)) {
            if (!may) broken = "ruled out of turn";
            (pack.ruledAt, pack.upheld) = (uint40(block.timestamp), upheld);
            if (isPaused()) ++calls["ruled in a pause"];
        } catch {
            if (may) broken = "ruling blocked";
        }
    }

    function pause(uint40 duration) external act("pause") {
        duration = uint40(_bound(duration, 0, 80 hours));
        bool may = duration > 0 && duration <= 72 hours;
        if (_pauses.length > 0 && block.timestamp < _pauses[_pauses.length - 1].until + 7 days) may = false;
        try registry.pause(duration) {
            if (!may) broken = "paused too long or too soon";
            _pauses.push(Pause(uint40(block.timestamp), uint40(block.timestamp) + duration));
        } catch {
            if (may) broken = "pause blocked";
        }
    }

    function announce(uint256 seed, uint40 ahead) external act("announce") {
        uint256 n = _bound(seed, 4, KEYS);
        uint256 faulty = (n - 1) / 3;
        uint256 least = 1;
        while (2 * least < n + faulty + 1) ++least;
        uint256 quorum = _bound(seed >> 8, least, n - faulty);
        uint256 first = (seed >> 16) % (KEYS - n + 1);
        uint256[] memory keys = new uint256[](n);
        address[] memory operators = new address[](n);
        for (uint256 i = 0; i < n; ++i) {
            keys[i] = _sortedKeys[first + i];
            operators[i] = vm.addr(keys[i]);
        }
        uint40 activeFrom = uint40(block.timestamp) + uint40(_bound(ahead, 0, 10 days));
        uint32 current = modelVersion();
        bool may = current == 0 || activeFrom >= block.timestamp + CHALLENGE;
        try registry.announceConfiguration(operators, new bytes32[](n), uint8(quorum), activeFrom) returns (uint32 v) {
            if (!may) broken = "announced without notice";
            if (v != _configurations.length + 1) broken = "versions skip";
            if (current != _configurations.length) {
                Configuration storage replaced = _configurations[_configurations.length - 1];
                replaced.activeUntil = replaced.activeFrom;
            }
            if (current != 0) _configurations[current - 1].activeUntil = activeFrom;
            _configurations.push(Configuration(keys, quorum, activeFrom, type(uint40).max));
        } catch {
            if (may) broken = "announcement blocked";
        }
    }

    function cap(uint256 seed, uint8 mostEql) external act("cap") {
        mostEql = uint8(_bound(mostEql, 0, 5));
        uint256 feed = seed % FEEDS;
        bool may = mostEql >= 1 && mostEql <= 4;
        try registry.capFeed(FeedId.wrap(feedId(feed)), mostEql) {
            if (!may) broken = "capped at no level";
            _caps[feed] = mostEql;
            if (!opened[feed]) ++calls["capped before it was opened"];
        } catch {
            if (may) broken = "cap blocked";
        }
    }

    /// @dev External, so that a refusal can be caught.
    function send(Report memory report, bytes32 aepId, uint256 signers, bytes memory signatures) external {
        bytes32 header = bytes32(
            abi.encodePacked(
                report.value,
                report.from,
                report.to,
                report.sequence,
                report.eql,
                report.flags,
                report.configVersion,
                uint32(signers)
            )
        );
        registry.anchor(FeedId.wrap(feedId(report.feed)), AepId.wrap(aepId), receipts(aepId), header, signatures);
    }

    // —— the books ——————————————————————————————————————————————————————————————————————————————————————————

    function packCount() external view returns (uint256) {
        return _packs.length;
    }

    function packAt(uint256 index) external view returns (Pack memory) {
        return _packs[index];
    }

    function configurationCount() external view returns (uint256) {
        return _configurations.length;
    }

    function configurationAt(uint256 index) external view returns (Configuration memory) {
        return _configurations[index];
    }

    function operatorOf(uint256 key) external pure returns (address) {
        return vm.addr(key);
    }

    function mostEqlOf(uint256 feed) public view returns (uint8) {
        return _caps[feed] == 0 ? 4 : _caps[feed];
    }

    function feedId(uint256 feed) public pure returns (bytes32) {
        return keccak256(abi.encode("feed", feed));
    }

    function receipts(bytes32 aepId) public pure returns (bytes32) {
        return keccak256(abi.encode("receipts", aepId));
    }

    function isPaused() public view returns (bool) {
        return _pauses.length > 0 && block.timestamp < _pauses[_pauses.length - 1].until;
    }

    /// @notice Seconds of all pauses so far, one by one.
    function modelPausedSeconds() external view returns (uint256 total) {
        for (uint256 i = 0; i < _pauses.length; ++i) {
            uint256 end = block.timestamp < _pauses[i].until ? block.timestamp : _pauses[i].until;
            total += end - _pauses[i].from;
        }
    }

    /// @notice The one configuration whose time it is.
    function modelVersion() public view returns (uint32 version) {
        for (uint32 i = 0; i < _configurations.length; ++i) {
            Configuration storage each = _configurations[i];
            if (block.timestamp < each.activeFrom || block.timestamp >= each.activeUntil) continue;
            require(version == 0, "two configurations in force");
            version = i + 1;
        }
    }

    /// @notice The state that follows from what happened and when.
    function modelState(Pack memory pack) public view returns (AnchorState) {
        if (pack.ruledAt != 0) return pack.upheld ? AnchorState.Upheld : AnchorState.Void;
        if (pack.disputedAt != 0) {
            return block.timestamp - pack.disputedAt >= 14 days ? AnchorState.Upheld : AnchorState.Disputed;
        }
        return block.timestamp - pack.anchoredAt >= CHALLENGE ? AnchorState.Final : AnchorState.Anchored;
    }

    // —— inside —————————————————————————————————————————————————————————————————————————————————————————————

    function _observe() private {
        for (uint256 i = 0; i < _open.length;) {
            Pack storage pack = _packs[_open[i]];
            AnchorState state = registry.stateOf(AepId.wrap(pack.aepId));
            if (!_mayFollow(pack.seen, state)) broken = "state moved otherwise than listed";
            pack.seen = state;
            if (state == AnchorState.Anchored || state == AnchorState.Disputed) {
                ++i;
            } else {
                // where it ends, the books say for ever from here on
                _open[i] = _open[_open.length - 1];
                _open.pop();
            }
        }
        uint40 paused = registry.pausedSeconds();
        if (paused < lastPausedSeconds) broken = "paused seconds fell";
        lastPausedSeconds = paused;
    }

    /// @dev Mostly one that is open: of the others there is nothing to see but refusals.
    function _somePack(uint256 seed) private view returns (uint256) {
        return seed % 4 == 0 || _open.length == 0 ? seed % _packs.length : _open[seed % _open.length];
    }

    /// @dev Of one action or one passage of time at most.
    function _mayFollow(AnchorState before, AnchorState state) private pure returns (bool) {
        if (before == state) return true;
        if (before == AnchorState.Anchored) return state == AnchorState.Disputed || state == AnchorState.Final;
        if (before == AnchorState.Disputed) return state == AnchorState.Upheld || state == AnchorState.Void;
        return false;
    }

    function _book(Report memory report, bytes32 aepId, uint256 signers) private {
        _packs.push(Pack(aepId, report, signers, uint40(block.timestamp), 0, 0, false, AnchorState.Anchored));
        _open.push(_packs.length - 1);
        if (!opened[report.feed]) {
            opened[report.feed] = true;
            ++openedCount;
        }
        uint256 before = latestOf[report.feed];
        if (before != 0 && report.sequence <= _packs[before - 1].report.sequence) broken = "sequence did not rise";
        if (before == 0 || report.to >= _packs[before - 1].report.to) latestOf[report.feed] = _packs.length;
    }

    function _soundReport(uint256 seed) private view returns (bool some, Report memory report) {
        report.configVersion = modelVersion();
        if (report.configVersion == 0) return (false, report);
        report.feed = seed % FEEDS;
        uint256 before = latestOf[report.feed];
        report.sequence = uint32(1 + ((seed >> 8) % 3)) + (before == 0 ? 0 : _packs[before - 1].report.sequence);
        report.value = int64(int256(seed >> 16));
        report.to = uint40(block.timestamp - ((seed >> 32) % 4 days));
        report.from = report.to - uint40(1 + ((seed >> 64) % 30 days));
        report.eql = uint8(1 + ((seed >> 96) % mostEqlOf(report.feed)));
        report.flags = uint8((seed >> 104) % 4);
        return (true, report);
    }

    function _spoil(Report memory report, uint256 kind) private view {
        uint256 before = latestOf[report.feed];
        if (kind == 11) report.sequence = before == 0 ? 0 : _packs[before - 1].report.sequence;
        if (kind == 12) report.to = uint40(block.timestamp + 1);
        if (kind == 13) report.eql = report.eql < 3 ? 0 : 5;
        if (kind == 14) report.flags |= uint8(4 << (report.eql % 6));
        if (kind == 15) report.eql = mostEqlOf(report.feed) + 1;
    }

    /// @dev Any set of exactly the quorum: operators leave one by one until it is reached.
    function _someQuorum(uint32 version, uint256 seed) private view returns (uint256 signers) {
        Configuration storage configuration = _configurations[version - 1];
        uint256 n = configuration.keys.length;
        signers = (1 << n) - 1;
        for (uint256 left = n; left > configuration.quorum;) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 bit = 1 << (seed % n);
            if (signers & bit == 0) continue;
            signers ^= bit;
            --left;
        }
    }

    function _sign(
        Report memory report,
        bytes32 aepId,
        uint256 signers,
        uint256 chainId,
        address verifier
    ) private view returns (bytes memory signatures) {
        bytes32 digest = _digest(report, aepId, chainId, verifier);
        uint256 version = report.configVersion <= _configurations.length ? report.configVersion : modelVersion();
        uint256[] memory keys = _configurations[version - 1].keys;
        bytes memory others;
        for (uint256 i = 0; i < keys.length; ++i) {
            if ((signers >> i) & 1 == 0) {
                others = abi.encodePacked(others, vm.addr(keys[i]));
            } else {
                (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[i], digest);
                signatures = abi.encodePacked(signatures, r, uint256(s) | (uint256(v - 27) << 255));
            }
        }
        return abi.encodePacked(signatures, others);
    }

    /// @dev EIP-712 by the compiler's own encoder.
    function _digest(
        Report memory report,
        bytes32 aepId,
        uint256 chainId,
        address verifier
    ) private pure returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Nexus Evidence"),
                keccak256("1"),
                chainId,
                verifier
            )
        );
        bytes32 typeHash = keccak256(
            "Report(bytes32 feedId,bytes32 aepRoot,int64 value,uint40 from,uint40 to,uint32 sequence,uint8 eql,uint8 flags,bytes32 receiptsRoot,uint32 configVersion)"
        );
        bytes memory head = abi.encode(typeHash, feedId(report.feed), aepId, report.value, report.from, report.to);
        bytes memory tail = abi.encode(
            report.sequence,
            report.eql,
            report.flags,
            receipts(aepId),
            report.configVersion
        );
        return keccak256(abi.encodePacked(hex"1901", domain, keccak256(bytes.concat(head, tail))));
    }

    function _copy(Report memory report) private pure returns (Report memory) {
        return abi.decode(abi.encode(report), (Report));
    }
}
