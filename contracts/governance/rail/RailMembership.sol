// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {EIP712Upgradeable} from "@openzeppelin/contracts-upgradeable/utils/cryptography/EIP712Upgradeable.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {NoncesUpgradeable} from "@openzeppelin/contracts-upgradeable/utils/NoncesUpgradeable.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {Extsload} from "./Extsload.sol";
import {DelegatedShare, IRailMembership} from "./IRailMembership.sol";
import {Soulbound} from "./Soulbound.sol";

/// @title Members of a rail, and their votes
/// @dev To be cloned with its timelock's address as immutable argument.
contract RailMembership is IRailMembership, Soulbound, Initializable, EIP712Upgradeable, NoncesUpgradeable, Extsload {
    using Checkpoints for Checkpoints.Trace208;

    uint16 private constant VOTES = 10_000; // of a member
    uint256 private constant MOST_DELEGATES = 8;
    bytes32 private constant DELEGATION_TYPEHASH = keccak256(
        "Delegation(address delegatee,uint256 nonce,uint256 expiry)"
    );

    struct Member {
        // 5 + 2 bytes
        uint40 admittedAt; // 0: no member
        uint16 delegatedBps;
    }

    mapping(address account => Member) private _members;
    /// @dev Memberships that have ended: when, and since when they had been.
    mapping(address account => Checkpoints.Trace208) private _ended;
    mapping(address account => DelegatedShare[]) private _shares;
    mapping(address account => Checkpoints.Trace208) private _votes;
    Checkpoints.Trace208 private _allVotes;

    modifier onlyTimelock() {
        if (msg.sender != timelock()) revert Membership_NotTimelock(msg.sender);
        _;
    }

    constructor() {
        _disableInitializers();
    }

    /// @inheritdoc IRailMembership
    function initialize(address[] calldata founders, bytes32 reasonHash) external initializer {
        for (uint256 i = 0; i < founders.length; ++i) _admit(founders[i], reasonHash);
    }

    /// @inheritdoc IRailMembership
    function admit(address account, bytes32 reasonHash) external onlyTimelock {
        _admit(account, reasonHash);
    }

    /// @inheritdoc IRailMembership
    function remove(address account, bytes32 reasonHash) external onlyTimelock {
        _end(account);
        emit MemberRemoved(account, reasonHash);
    }

    /// @inheritdoc IRailMembership
    function resign() external {
        address account = msg.sender;
        _end(account);
        emit MemberResigned(account);
    }

    /// @inheritdoc IRailMembership
    function delegateShares(DelegatedShare[] calldata shares) external {
        _delegate(msg.sender, shares);
    }

    /// @notice All of one's votes to one delegate; to oneself or nobody to keep them.
    /// @inheritdoc IVotes
    function delegate(address delegatee) external {
        _delegate(msg.sender, _whole(msg.sender, delegatee));
    }

    /// @inheritdoc IVotes
    function delegateBySig(address delegatee, uint256 nonce, uint256 expiry, uint8 v, bytes32 r, bytes32 s) external {
        if (block.timestamp > expiry) revert VotesExpiredSignature(expiry);
        bytes32 structHash = keccak256(abi.encode(DELEGATION_TYPEHASH, delegatee, nonce, expiry));
        address signer = ECDSA.recover(_hashTypedDataV4(structHash), v, r, s);
        _useCheckedNonce(signer, nonce);
        _delegate(signer, _whole(signer, delegatee));
    }

    /// @inheritdoc IRailMembership
    function sharesOf(address account) external view returns (DelegatedShare[] memory) {
        return _shares[account];
    }

    /// @inheritdoc IRailMembership
    function keptVotesOf(address account) external view returns (uint256) {
        Member memory member = _members[account];
        return member.admittedAt == 0 ? 0 : VOTES - member.delegatedBps;
    }

    /// @inheritdoc IRailMembership
    function wasMember(address account, uint256 timestamp) external view returns (bool) {
        _requirePast(timestamp);
        uint256 since = _members[account].admittedAt;
        if (since != 0 && since <= timestamp) return true;
        // of the memberships that ended later, the first; memberships do not overlap
        since = _ended[account].lowerLookup(uint48(timestamp) + 1);
        return since != 0 && since <= timestamp;
    }

    /// @inheritdoc IRailMembership
    function admittedAtOf(address account) external view returns (uint40) {
        return _members[account].admittedAt;
    }

    /// @inheritdoc IRailMembership
    function memberCount() external view returns (uint256) {
        return _allVotes.latest() / VOTES;
    }

    /// @inheritdoc IERC721
    function balanceOf(address owner) external view returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(owner);
        return isMember(owner) ? 1 : 0;
    }

    /// @inheritdoc IVotes
    function getVotes(address account) external view returns (uint256) {
        return _votes[account].latest();
    }

    /// @inheritdoc IVotes
    function getPastVotes(address account, uint256 timepoint) external view returns (uint256) {
        _requirePast(timepoint);
        return _votes[account].upperLookupRecent(uint48(timepoint));
    }

    /// @inheritdoc IVotes
    function getPastTotalSupply(uint256 timepoint) external view returns (uint256) {
        _requirePast(timepoint);
        return _allVotes.upperLookupRecent(uint48(timepoint));
    }

    /// @notice Who has all of a member's votes: itself if it kept them, nobody if they are split.
    /// @inheritdoc IVotes
    function delegates(address account) public view returns (address) {
        Member memory member = _members[account];
        if (member.admittedAt == 0) return address(0);
        if (member.delegatedBps == 0) return account;
        DelegatedShare[] storage shares = _shares[account];
        return shares[0].bps == VOTES ? shares[0].delegate : address(0);
    }

    /// @inheritdoc IRailMembership
    function isMember(address account) public view returns (bool) {
        return _members[account].admittedAt != 0;
    }

    /// @inheritdoc IRailMembership
    function timelock() public view returns (address) {
        return address(bytes20(Clones.fetchCloneArgs(address(this))));
    }

    /// @inheritdoc IERC6372
    function clock() public view returns (uint48) {
        return uint48(block.timestamp);
    }

    function name() public pure returns (string memory) {
        return "Nexus Rail Membership";
    }

    function symbol() external pure returns (string memory) {
        return "RAIL";
    }

    /// @inheritdoc IERC6372
    function CLOCK_MODE() external pure returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(IERC165, Soulbound) returns (bool) {
        return
            interfaceId == type(IVotes).interfaceId ||
            interfaceId == type(IERC6372).interfaceId ||
            interfaceId == type(IRailMembership).interfaceId ||
            super.supportsInterface(interfaceId);
    }

    function _admit(address account, bytes32 reasonHash) private {
        if (account == address(0)) revert Membership_NoAccount();
        if (isMember(account)) revert Membership_AlreadyMember(account);
        _members[account] = Member(uint40(block.timestamp), 0);
        _allVotes.push(clock(), _allVotes.latest() + VOTES);
        _addVotes(account, VOTES);
        _emitMinted(account, uint160(account));
        emit MemberAdmitted(account, reasonHash);
    }

    /// @dev What it delegated goes with it; what others delegated to it is theirs to take back.
    function _end(address account) private {
        if (!isMember(account)) revert Membership_NotMember(account);
        _takeBackShares(account);
        uint40 since = _members[account].admittedAt;
        delete _members[account];
        // a membership that began this very second never was, and must not stand over an older one that ended in it
        if (since != block.timestamp) _ended[account].push(clock(), since);
        _allVotes.push(clock(), _allVotes.latest() - VOTES);
        _subtractVotes(account, VOTES);
        emit Transfer(account, address(0), uint160(account));
    }

    function _delegate(address account, DelegatedShare[] memory shares) private {
        if (!isMember(account)) revert Membership_NotMember(account);
        if (shares.length > MOST_DELEGATES) revert Membership_TooManyDelegates(shares.length, MOST_DELEGATES);
        address before = delegates(account);
        _takeBackShares(account);

        uint256 total;
        address last;
        address[] memory names = new address[](shares.length);
        uint16[] memory bps = new uint16[](shares.length);
        for (uint256 i = 0; i < shares.length; ++i) {
            (names[i], bps[i]) = (shares[i].delegate, shares[i].bps);
            if (names[i] <= last) revert Membership_DelegatesNotAscending(names[i]);
            if (names[i] == account) revert Membership_DelegateToSelf();
            if (bps[i] == 0) revert Membership_EmptyShare(names[i]);
            last = names[i];
            total += bps[i];
            _shares[account].push(shares[i]);
            _addVotes(last, bps[i]);
        }
        if (total > VOTES) revert Membership_SharesExceedVotes(total);
        if (total != 0) {
            _members[account].delegatedBps = uint16(total);
            _subtractVotes(account, uint16(total));
        }
        emit SharesDelegated(account, names, bps);
        emit DelegateChanged(account, before, delegates(account));
    }

    /// @dev Afterwards the account has all of its own votes.
    function _takeBackShares(address account) private {
        uint16 delegated = _members[account].delegatedBps;
        if (delegated == 0) return;
        DelegatedShare[] storage shares = _shares[account];
        for (uint256 i = shares.length; i > 0; --i) {
            _subtractVotes(shares[i - 1].delegate, shares[i - 1].bps);
            shares.pop();
        }
        _members[account].delegatedBps = 0;
        _addVotes(account, delegated);
    }

    function _addVotes(address account, uint16 votes) private {
        uint208 before = _votes[account].latest();
        _setVotes(account, before, before + votes);
    }

    function _subtractVotes(address account, uint16 votes) private {
        uint208 before = _votes[account].latest();
        _setVotes(account, before, before - votes);
    }

    function _setVotes(address account, uint208 before, uint208 votes) private {
        _votes[account].push(clock(), votes);
        emit DelegateVotesChanged(account, before, votes);
    }

    function _requirePast(uint256 timepoint) private view {
        if (timepoint >= block.timestamp) revert ERC5805FutureLookup(timepoint, clock());
    }

    function _ownerOf(uint256 tokenId) internal view override returns (address) {
        address account = address(uint160(tokenId));
        return tokenId == uint160(account) && isMember(account) ? account : address(0);
    }

    /// @dev Constants instead of storage: every slot of a clone is paid for when a rail is opened.
    function _EIP712Name() internal pure override returns (string memory) {
        return name();
    }

    function _EIP712Version() internal pure override returns (string memory) {
        return "1";
    }

    function _whole(address account, address delegatee) private pure returns (DelegatedShare[] memory shares) {
        if (delegatee == address(0) || delegatee == account) return shares;
        shares = new DelegatedShare[](1);
        shares[0] = DelegatedShare(delegatee, VOTES);
    }
}
