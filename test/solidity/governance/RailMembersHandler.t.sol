// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {CommonBase} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/Base.sol";
import {StdUtils} from "@chainlink/contracts/src/v0.8/vendor/forge-std/src/StdUtils.sol";

import {CredentialId, FieldId, ICompetence} from "../../../contracts/governance/rail/ICompetence.sol";
import {DelegatedShare, IRailMembership} from "../../../contracts/governance/rail/IRailMembership.sol";

/// @notice Everybody who comes, goes, delegates, learns and forgets. Keeps its own books and reads nothing back for them.
contract RailMembersHandler is CommonBase, StdUtils {
    uint256 public constant ACTORS = 6;
    FieldId public constant FIELD = FieldId.wrap(keccak256("hydrology"));

    struct Spell {
        address account;
        uint256 from;
        uint256 to; // 0: still
    }

    struct Learned {
        CredentialId credentialId;
        address holder;
        uint8 level;
        uint256 from;
        uint256 expiresAt;
        uint256 revokedAt; // 0: never
    }

    /// @dev What was so at the end of a second.
    struct Sample {
        address account;
        uint256 time;
        uint256 votes;
        uint256 allVotes;
    }

    IRailMembership public immutable membership;
    ICompetence public immutable competence;
    address public immutable timelock;

    Spell[] private _spells;
    Learned[] private _learned;
    Sample[] private _samples;
    mapping(address account => DelegatedShare[]) private _shares;
    string public broken;
    mapping(bytes32 action => uint256) public calls;

    constructor(IRailMembership membership_, ICompetence competence_, address timelock_) {
        membership = membership_;
        competence = competence_;
        timelock = timelock_;
    }

    /// @dev The founders, in order.
    function begin(uint256 founders) external {
        for (uint256 i = 0; i < founders; ++i) _spells.push(Spell(actor(i), block.timestamp, 0));
    }

    // —— actions ————————————————————————————————————————————————————————————————————————————————————————————

    function warp(uint256 duration) external {
        ++calls["warp"];
        for (uint256 i = 0; i < ACTORS; ++i) {
            if (_samples.length < 60) _samples.push(Sample(actor(i), block.timestamp, votesOf(actor(i)), allVotes()));
        }
        // mostly within a vote, sometimes past it
        vm.warp(block.timestamp + _bound(duration, 1, duration % 4 == 0 ? 3 days : 8 hours));
    }

    function admit(uint256 seed) external {
        address account = actor(seed);
        if (isMember(account)) return;
        ++calls["admit"];
        vm.prank(timelock);
        membership.admit(account, bytes32(seed));
        _spells.push(Spell(account, block.timestamp, 0));
    }

    function remove(uint256 seed) external {
        address account = actor(seed);
        if (!isMember(account) || allVotes() == 20_000) return; // somebody has to stay
        ++calls["remove"];
        if (seed % 2 == 0) {
            vm.prank(timelock);
            membership.remove(account, bytes32(seed));
        } else {
            vm.prank(account);
            membership.resign();
        }
        delete _shares[account];
        for (uint256 i = 0; i < _spells.length; ++i) {
            if (_spells[i].account == account && _spells[i].to == 0) _spells[i].to = block.timestamp;
        }
    }

    /// @dev To up to three delegates, members or not, and sometimes more than there is.
    function delegate(uint256 seed, uint16[3] memory bps) external {
        address account = actor(seed);
        if (!isMember(account)) return;
        ++calls["delegate"];
        uint256 count = (seed >> 8) % 4;
        DelegatedShare[] memory shares = new DelegatedShare[](count);
        uint256 total;
        uint256 next;
        for (uint256 i = 0; i < count; ++i) {
            if (actor(next) == account) ++next;
            shares[i] = DelegatedShare(actor(next++), uint16(_bound(bps[i], 1, 5_000)));
            total += shares[i].bps;
        }
        vm.prank(account);
        try membership.delegateShares(shares) {
            if (total > 10_000) broken = "more delegated than held";
            delete _shares[account];
            for (uint256 i = 0; i < count; ++i) _shares[account].push(shares[i]);
        } catch {
            if (total <= 10_000) broken = "delegation refused";
        }
    }

    function issue(uint256 seed, uint256 duration) external {
        address holder = actor(seed);
        uint8 level = uint8(1 + ((seed >> 8) % 5));
        uint256 expiresAt = block.timestamp + _bound(duration, 1, 20 days);
        bool held = levelOf(holder, block.timestamp) != 0;
        ++calls["issue"];
        try competence.issue(holder, FIELD, level, uint40(expiresAt), bytes32(seed)) returns (CredentialId id) {
            if (held) broken = "two credentials of a field at once";
            _learned.push(Learned(id, holder, level, block.timestamp, expiresAt, 0));
        } catch {
            if (!held) broken = "credential refused";
        }
    }

    function revoke(uint256 seed) external {
        if (_learned.length == 0) return;
        Learned storage learned = _learned[seed % _learned.length];
        bool valid = learned.revokedAt == 0 && block.timestamp < learned.expiresAt;
        ++calls["revoke"];
        try competence.revoke(learned.credentialId, bytes32(seed)) {
            if (!valid) broken = "revoked what was not valid";
            learned.revokedAt = block.timestamp;
        } catch {
            if (valid) broken = "revocation refused";
        }
    }

    // —— the books ————————————————————————————————————————————————————————————————————————————————————————————

    function actor(uint256 i) public pure returns (address) {
        return address(uint160(0xA00 + (i % ACTORS)));
    }

    function isMember(address account) public view returns (bool) {
        return wasMember(account, block.timestamp);
    }

    function wasMember(address account, uint256 time) public view returns (bool) {
        for (uint256 i = 0; i < _spells.length; ++i) {
            Spell memory spell = _spells[i];
            if (spell.account == account && spell.from <= time && (spell.to == 0 || time < spell.to)) return true;
        }
        return false;
    }

    function keptBy(address account) public view returns (uint256 kept) {
        if (!isMember(account)) return 0;
        kept = 10_000;
        for (uint256 i = 0; i < _shares[account].length; ++i) kept -= _shares[account][i].bps;
    }

    function votesOf(address account) public view returns (uint256 votes) {
        votes = keptBy(account);
        for (uint256 i = 0; i < ACTORS; ++i) {
            DelegatedShare[] memory shares = _shares[actor(i)];
            for (uint256 j = 0; j < shares.length; ++j) if (shares[j].delegate == account) votes += shares[j].bps;
        }
    }

    function allVotes() public view returns (uint256 votes) {
        for (uint256 i = 0; i < ACTORS; ++i) if (isMember(actor(i))) votes += 10_000;
    }

    function levelOf(address holder, uint256 time) public view returns (uint256 level) {
        for (uint256 i = 0; i < _learned.length; ++i) {
            Learned memory l = _learned[i];
            bool valid = l.from <= time && time < l.expiresAt && (l.revokedAt == 0 || time < l.revokedAt);
            if (l.holder == holder && valid) level = l.level;
        }
    }

    /// @dev The rail's table: 10 % of a vote for each level, a whole one at the fifth.
    function competenceOf(address account, uint256 time) public view returns (uint256) {
        if (!wasMember(account, time)) return 0;
        uint256 level = levelOf(account, time);
        return level == 5 ? 10_000 : level * 1_000;
    }

    function samples() external view returns (Sample[] memory) {
        return _samples;
    }
}
