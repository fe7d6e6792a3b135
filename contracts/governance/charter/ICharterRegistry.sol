// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ITermsStore} from "../../capital/ITermsStore.sol";

/// @notice keccak256 of a charter's name.
type CharterId is bytes32;

/// @notice keccak256 of a clause's label, such as `3.2`.
type ClauseId is bytes32;

enum CarrierKind {
    Function, // target and selector; id 0
    Policy, // target is the policy book, id the policy; no selector
    Feed // id is the feed; no target, no selector
}

/// @notice One thing on chain that carries a clause out.
struct Carrier {
    CarrierKind kind;
    address target;
    bytes4 selector;
    bytes32 id;
}

/// @notice A clause as an amendment words it. An empty text repeals it, and then nothing carries it.
struct ClauseText {
    string label; // at most 32 bytes
    string text; // at most 8,192 bytes
    Carrier[] carriers; // at most 16; none: nothing on chain carries it out, and whoever reads it sees so
}

/// @notice A clause as it stood from one version of its charter on.
struct Clause {
    ClauseId clauseId;
    string label;
    bytes32 textHash; // keccak256 of the UTF-8 text; 0 when repealed
    uint32 sinceVersion;
    Carrier[] carriers;
}

struct Charter {
    // slot 0: 20 + 4 + 2 + 5 = 31 bytes
    address keeper; // who may amend it: the rail's timelock, or the Safe
    uint32 version; // 0: opened, nothing in it yet
    uint16 clauses; // that were ever in it, repealed ones too
    uint40 amendedAt;
    // slot 1
    bytes32 charterHash; // of the whole history of amendments
}

/// @title Charters: what was promised in words, clause by clause, and what on chain carries it out
/// @notice One charter for a rail, or for the suite. Its words are in events, their hashes and their carriers in storage;
/// every version stays readable. `charterHash` is keccak256(abi.encode(the one before, version, keccak256(abi.encode(ClauseText[])), reasonHash)).
/// @dev A registry of statements: naming a carrier gives no right to anybody. What can be checked is: a function's target has code,
/// a policy exists in the book named, a feed is published. Whether the function does what the words say is for readers to judge.
interface ICharterRegistry {
    event CharterOpened(CharterId indexed charterId, string name, address indexed keeper);
    event KeeperChanged(CharterId indexed charterId, address indexed keeper, bytes32 reasonHash);
    event ClauseSet(
        CharterId indexed charterId,
        ClauseId indexed clauseId,
        uint32 indexed version,
        string label,
        bytes32 textHash,
        string text,
        Carrier[] carriers
    );
    event CharterAmended(CharterId indexed charterId, uint32 version, bytes32 charterHash, bytes32 reasonHash);

    error Charter_Unknown(CharterId charterId);
    error Charter_AlreadyOpen(CharterId charterId);
    error Charter_NameLength(uint256 bytes_, uint256 most);
    error Charter_NoKeeper();
    error Charter_NotKeeper(CharterId charterId, address caller);
    error Charter_NoReason();
    error Charter_VersionMoved(CharterId charterId, uint256 version, uint256 expected);
    error Charter_NothingChanges();
    error Charter_TooManyClauses(uint256 clauses, uint256 most);
    error Charter_TooManyCarriers(uint256 carriers, uint256 most);
    error Charter_LabelLength(uint256 bytes_, uint256 most);
    error Charter_TextLength(uint256 bytes_, uint256 most);
    error Charter_ClauseTwice(ClauseId clauseId);
    error Charter_RepealedCarries(ClauseId clauseId);
    error Charter_UnknownClause(CharterId charterId, ClauseId clauseId);
    error Charter_UnknownVersion(CharterId charterId, uint256 version);
    error Charter_MalformedCarrier(uint256 index);
    error Charter_TargetWithoutCode(address target);
    error Charter_UnknownPolicy(address book, uint256 policyId);

    /// @notice Restricted. Names a charter and who may amend it.
    /// @param name at most 64 bytes
    function open(string calldata name, address keeper) external returns (CharterId charterId);

    /// @notice Restricted. Another keeper.
    function changeKeeper(CharterId charterId, address keeper, bytes32 reasonHash) external;

    /// @notice Restricted, and then only for the charter's own keeper. Words clauses anew, adds or repeals them; the others stay.
    /// @param expectedVersion the version that this amends: an amendment made for another is refused
    function amend(
        CharterId charterId,
        uint32 expectedVersion,
        ClauseText[] calldata clauses,
        bytes32 reasonHash
    ) external returns (uint32 version);

    /// @dev Reverts with Charter_Unknown, as the others do.
    function charterOf(CharterId charterId) external view returns (Charter memory);

    /// @notice The clauses that ever were in it, in order of their first appearance.
    function clauseIdsOf(CharterId charterId) external view returns (ClauseId[] memory);

    /// @notice A clause as it stands. Reverts with Charter_UnknownClause.
    function clauseOf(CharterId charterId, ClauseId clauseId) external view returns (Clause memory);

    /// @notice A clause as it stood in a version of the charter.
    function clauseAt(CharterId charterId, ClauseId clauseId, uint32 version) external view returns (Clause memory);

    /// @notice All clauses that stand, as they stand.
    function clausesOf(CharterId charterId) external view returns (Clause[] memory);

    function charterIdOf(string calldata name) external pure returns (CharterId);

    function clauseIdOf(string calldata label) external pure returns (ClauseId);

    function termsStore() external view returns (ITermsStore);
}
