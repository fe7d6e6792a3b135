// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {Version} from "../../registry/Version.sol";

/// @notice Number of a Nexus improvement proposal, from 1.
type NipId is uint256;

/// @notice keccak256 of a specification's name.
type SpecId is bytes32;

/// @dev `Rejected`, `Withdrawn` and `Superseded` never change. `Superseded` comes by time alone, from `Final`.
enum NipState {
    None,
    Draft,
    Review,
    LastCall,
    Vote,
    Final,
    Rejected,
    Withdrawn,
    Superseded
}

struct Nip {
    // slot 0
    SpecId specId;
    // slot 1
    bytes32 specHash; // of the whole text of the specification
    // slot 2: 20 + 6 + 4 + 1 + 1 = 32 bytes
    address author;
    Version version; // the one it would bring into force
    uint32 activationSeconds; // from the outcome to being in force
    NipState state; // as stored: `stateOf` says Superseded, too
    uint8 sendBacks;
    // slot 3: 20 + 5 + 4 bytes
    address reviewedBy; // who opened the review; the same hand does not close it
    uint40 enteredAt; // since when it is in its state, or since its text last changed
    uint32 place; // in the versions of its specification, from 1; 0 before it is final
}

/// @notice What an author submits.
struct Draft {
    string specName; // at most 64 bytes, for example `standards/report`
    Version version; // right after the latest accepted one; 1.0.0 for a specification that has none
    bytes32 specHash;
    uint32 activationSeconds; // at most a year; at least 30 days when the major version rises
    string uri; // where the text can be read
}

/// @notice One line of a specification's history.
// The linter takes a Version for a whole word; it is six bytes.
// solhint-disable-next-line gas-struct-packing
struct SpecVersion {
    // slot 0: 8 + 6 + 5 + 1 = 20 bytes
    uint64 nip; // NipId
    Version version;
    uint40 inForceFrom;
    bool compatible; // with the version before it
    // slot 1
    bytes32 specHash;
}

/// @title Nexus improvement proposals, and which version of each specification is in force
/// @notice `Draft → Review → LastCall → Vote → Final | Rejected`, each with a minimum time; `Withdrawn` by the author until the
/// vote; `Superseded` when the next version comes into force. Every move names the hash of its reason, which is not empty.
/// @dev Who may be trusted with what: an editor looks at the form, a maintainer of the specification at the substance, and
/// neither decides. The vote is held elsewhere (the NVM, a rail's governor) and only its outcome is recorded here, by
/// whoever holds the role. Neither editors nor maintainers can stop a proposal by silence: after SILENCE_SECONDS in a state
/// its author may move it on; nor by sending it back, which happens three times at most.
interface INipRegistry {
    event NipSubmitted(NipId indexed nipId, SpecId indexed specId, address indexed author, Draft draft);
    event NipRevised(NipId indexed nipId, bytes32 specHash, string uri, bytes32 reasonHash);
    /// @dev Not for Superseded, which no transaction brings about: see `VersionScheduled`.
    event NipMoved(NipId indexed nipId, NipState from, NipState to, address indexed by, bytes32 reasonHash);
    /// @param supersedes the proposal that is superseded from `inForceFrom` on; 0 for a specification's first version
    event VersionScheduled(
        SpecId indexed specId,
        NipId indexed nipId,
        Version version,
        bytes32 specHash,
        uint40 inForceFrom,
        bool compatible,
        NipId supersedes
    );
    event EditorTerm(address indexed editor, uint40 endsAt, bytes32 reasonHash);
    event MaintainerTerm(SpecId indexed specId, address indexed maintainer, uint40 endsAt, bytes32 reasonHash);

    error Nip_Unknown(NipId nipId);
    error Nip_NoReason();
    error Nip_NameLength(uint256 bytes_, uint256 most);
    error Nip_NoSpecification();
    error Nip_ActivationOutOfRange(uint256 activationSeconds, uint256 least, uint256 most);
    /// @dev what a proposal would bring does not come right after the last version that was accepted
    error Nip_NotNextVersion(Version version, Version latest);
    error Nip_SpecificationKnown(bytes32 specHash, NipId nipId);
    error Nip_WrongState(NipId nipId, NipState state);
    error Nip_TooSoon(NipId nipId, uint256 earliest);
    error Nip_NotAuthor(NipId nipId, address caller);
    error Nip_NotEditor(address caller);
    error Nip_NotMaintainer(SpecId specId, address caller);
    error Nip_OwnProposal(NipId nipId, address author);
    error Nip_SameHand(NipId nipId, address caller);
    error Nip_SentBackOften(NipId nipId, uint256 most);
    error Nip_OtherSpecification(NipId nipId, bytes32 specHash, bytes32 given);
    error Nip_OfficerCannotDecide(address caller);
    error Nip_NoHolder();
    error Nip_TermOutOfRange(uint256 endsAt, uint256 earliest, uint256 latest);
    /// @dev terms rotate: the last one, and as long a rest, have to be over
    error Nip_TermTooSoon(address holder, uint256 earliest);
    error Nip_NoTerm(address holder);
    error Nip_NothingInForce(SpecId specId);

    /// @notice Opens a draft. Anyone may; the caller is its author.
    function submit(Draft calldata draft, bytes32 reasonHash) external returns (NipId nipId);

    /// @notice The author gives a draft or a proposal in review another text. The time of that state starts anew.
    function revise(NipId nipId, bytes32 specHash, string calldata uri, bytes32 reasonHash) external;

    /// @notice Moves a proposal on, once the least time in its state is over. Draft → Review: an editor who is not its author.
    /// Review → LastCall: a maintainer of its specification who is neither its author nor who opened the review.
    /// LastCall → Vote: anyone. From SILENCE_SECONDS on also the author.
    function advance(NipId nipId, bytes32 reasonHash) external;

    /// @notice Review → Draft, by an editor; LastCall → Review, by a maintainer. Three times in all.
    function sendBack(NipId nipId, bytes32 reasonHash) external;

    /// @notice By the author, before the vote.
    function withdraw(NipId nipId, bytes32 reasonHash) external;

    /// @notice Restricted. Vote → Final or Rejected. Never by anybody in office as editor or as maintainer of that
    /// specification, whatever roles the caller has.
    /// @param specHash what was voted on
    function recordOutcome(NipId nipId, bytes32 specHash, bool accepted, bytes32 reasonHash) external;

    /// @notice Vote → Rejected, by anyone, when there is no outcome VOTE_LIFE_SECONDS after the vote began.
    function lapse(NipId nipId, bytes32 reasonHash) external;

    /// @notice Restricted. A term of at most a year; the next one of the same holder begins 90 days after it at the earliest.
    function grantEditor(address editor, uint40 endsAt, bytes32 reasonHash) external;

    /// @notice Restricted. Ends a term now.
    function endEditor(address editor, bytes32 reasonHash) external;

    /// @notice Restricted. As `grantEditor`, for one specification.
    function grantMaintainer(SpecId specId, address maintainer, uint40 endsAt, bytes32 reasonHash) external;

    /// @notice Restricted. Ends a term now.
    function endMaintainer(SpecId specId, address maintainer, bytes32 reasonHash) external;

    /// @dev Reverts with Nip_Unknown.
    function nipOf(NipId nipId) external view returns (Nip memory);

    function stateOf(NipId nipId) external view returns (NipState);

    /// @notice When `advance` is possible at the earliest; for Vote, an outcome.
    function earliestAt(NipId nipId) external view returns (uint256);

    function nipCount() external view returns (uint256);

    function editorUntil(address editor) external view returns (uint40);

    function maintainerUntil(SpecId specId, address maintainer) external view returns (uint40);

    function versionCount(SpecId specId) external view returns (uint256);

    /// @param place from 1
    function versionAt(SpecId specId, uint256 place) external view returns (SpecVersion memory);

    /// @notice The one version in force at a time. Reverts with Nip_NothingInForce.
    function inForceAt(SpecId specId, uint256 timestamp) external view returns (SpecVersion memory);

    /// @notice Whether what was made for `older` works with `newer`: no version between them broke it.
    /// @dev Both have to be accepted versions of the specification; otherwise false.
    function isCompatible(SpecId specId, Version older, Version newer) external view returns (bool);

    function specIdOf(string calldata specName) external pure returns (SpecId);
}
