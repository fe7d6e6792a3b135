// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BallotHash} from "./BallotHash.sol";
import {EntryWord} from "./EntryWord.sol";
import {Gift} from "./Gift.sol";
import {GiftBook} from "./GiftBook.sol";
import {ICommonsInflow, InflowSource} from "../commons/ICommonsInflow.sol";
import {MatchLeaf} from "../posted/IMatchResult.sol";
import {Ballot, IQuadraticRound, Permit, Phase, ProjectState, ProjectStatus, RoundStatus} from "./IQuadraticRound.sol";
import {IPostedRound, PostedVariant} from "../posted/IPostedRound.sol";
import {MatchFormula, MatchVariant} from "./MatchFormula.sol";
import {MatchPasses} from "./MatchPasses.sol";
import {RoundArgs} from "./RoundArgs.sol";
import {TallyWord} from "./TallyWord.sol";

/// @title A round of quadratic funding
/// @dev To be cloned with its terms as immutable arguments; there is nothing to initialize.
contract QuadraticRound is IQuadraticRound, ReentrancyGuardTransient {
    using GiftBook for GiftBook.Book;
    using MatchPasses for MatchPasses.State;
    using SafeERC20 for IERC20;

    uint256 internal constant MOST_PROJECTS = type(uint16).max;
    uint256 internal constant MOST_POOL = type(uint96).max;
    uint256 internal constant MOST_HOLD_SECONDS = 180 days;

    struct Payouts {
        // 20 + 5 + 4 * 1 = 29 bytes
        address recipient;
        uint40 heldUntil; // 0: never held
        uint8 released; // milestones after the first
        uint8 paid; // milestones
        uint8 sent; // bit for each token: what was given in it is paid out
        bool forfeited;
    }

    // slot 0: 12 + 4 + 1 = 17 bytes
    uint96 private _pool;
    uint32 private _projectCount;
    RoundStatus private _status;
    // slot 1: 18 + 12 = 30 bytes
    uint144 private _leftover; // not sent yet
    uint96 private _unpaidMatch; // of a posted result

    bytes32 private _resultRoot;
    GiftBook.Book private _book;
    mapping(uint256 projectId => Payouts) private _payouts;
    MatchPasses.State private _passes;
    mapping(address recipient => bool) private _isRecipient;
    mapping(address funder => uint256) private _fundedBy;
    mapping(IERC20 token => mapping(address to => uint256)) private _owed;

    /// @inheritdoc IQuadraticRound
    mapping(address applicant => bytes32) public dossierOf;
    /// @inheritdoc IQuadraticRound
    mapping(address account => bytes32) public attestationOf;
    /// @inheritdoc IQuadraticRound
    mapping(bytes32 identity => address) public accountOf;
    /// @inheritdoc IQuadraticRound
    mapping(address contributor => uint256) public nonceOf;

    modifier onlyFactory() {
        if (msg.sender != RoundArgs.factory()) revert Rounds_NotFactory(msg.sender);
        _;
    }

    modifier onlyReviewer() {
        if (msg.sender != RoundArgs.reviewer()) revert Rounds_NotReviewer(msg.sender);
        _;
    }

    // —— projects ————————————————————————————————————————————————————————————————————————————————————————————

    /// @inheritdoc IQuadraticRound
    function applyAsProject(bytes32 dossierHash, string calldata uri) external {
        _requireStatus(RoundStatus.Open);
        _requireBefore(RoundArgs.applyUntil());
        if (dossierHash == 0) revert Rounds_NoDossier();
        if (dossierOf[msg.sender] != 0 || _isRecipient[msg.sender]) revert Rounds_AlreadyApplied(msg.sender);
        dossierOf[msg.sender] = dossierHash;
        emit ProjectApplied(msg.sender, dossierHash, uri);
    }

    /// @inheritdoc IQuadraticRound
    function review(
        address applicant,
        bytes32 dossierHash,
        bool accepted,
        bytes32 reasonHash
    ) external onlyReviewer returns (uint32 projectId) {
        _requireStatus(RoundStatus.Open);
        _requireBefore(RoundArgs.contributeFrom());
        if (dossierHash == 0 || dossierOf[applicant] != dossierHash) revert Rounds_NotApplied(applicant, dossierHash);
        delete dossierOf[applicant];
        if (!accepted) {
            emit ProjectRejected(applicant, dossierHash, reasonHash);
            return 0;
        }
        projectId = _projectCount;
        if (projectId == MOST_PROJECTS) revert Rounds_TooManyProjects(MOST_PROJECTS);
        _projectCount = projectId + 1;
        _isRecipient[applicant] = true;
        _payouts[projectId].recipient = applicant;
        _book.tallies[projectId].word = _book.tallies[projectId].word.withStatus(ProjectStatus.Accepted);
        emit ProjectAccepted(projectId, applicant, dossierHash, reasonHash);
    }

    /// @inheritdoc IQuadraticRound
    function disqualify(uint32 projectId, bytes32 reasonHash) external onlyReviewer {
        _requireStatus(RoundStatus.Open);
        _requireBefore(RoundArgs.reviewUntil());
        TallyWord word = _requireAccepted(projectId);
        _book.tallies[projectId].word = word.withStatus(ProjectStatus.Disqualified);
        emit ProjectDisqualified(projectId, reasonHash);
    }

    // —— contributions ———————————————————————————————————————————————————————————————————————————————————————

    /// @inheritdoc IQuadraticRound
    function register(bytes32 attestation) external {
        _requireContributing();
        _register(msg.sender, attestation);
    }

    /// @inheritdoc IQuadraticRound
    function contribute(bytes32 attestation, Gift[] calldata gifts) external nonReentrant {
        _contribute(msg.sender, msg.sender, attestation, gifts);
    }

    /// @inheritdoc IQuadraticRound
    function contributeWithPermit(
        bytes32 attestation,
        Gift[] calldata gifts,
        Permit[] calldata permits
    ) external nonReentrant {
        _permit(msg.sender, permits);
        _contribute(msg.sender, msg.sender, attestation, gifts);
    }

    /// @inheritdoc IQuadraticRound
    function contributeFor(
        Ballot calldata ballot,
        Gift[] calldata gifts,
        Permit[] calldata permits,
        bytes calldata signature
    ) external nonReentrant {
        if (ballot.payer != ballot.contributor && ballot.payer != msg.sender) {
            revert Rounds_NotPayer(ballot.payer, msg.sender);
        }
        if (block.timestamp > ballot.deadline) revert Rounds_BallotExpired(ballot.deadline, block.timestamp);
        uint256 nonce = nonceOf[ballot.contributor]++;
        if (ballot.nonce != nonce) revert Rounds_WrongNonce(ballot.nonce, nonce);
        bytes32 digest = ballotDigest(ballot, gifts);
        if (!SignatureChecker.isValidSignatureNowCalldata(ballot.contributor, digest, signature)) {
            revert Rounds_WrongSignature(ballot.contributor);
        }
        _permit(ballot.payer, permits);
        _contribute(ballot.contributor, ballot.payer, ballot.attestation, gifts);
    }

    /// @inheritdoc IQuadraticRound
    function voidBallots() external {
        emit BallotsVoided(msg.sender, ++nonceOf[msg.sender]);
    }

    /// @inheritdoc IQuadraticRound
    function strike(address account) external {
        bytes32 attestation = attestationOf[account];
        if (attestation == 0) revert Rounds_NotRegistered(account);
        if (!RoundArgs.gate().isRevoked(attestation)) revert Rounds_NotRevoked(account, attestation);
        delete attestationOf[account];
        emit PersonStruck(account, attestation);
    }

    /// @inheritdoc IQuadraticRound
    function refund(uint32 projectId, address contributor, uint8 token) external nonReentrant {
        TallyWord word = _book.tallies[projectId].word;
        if (
            _status != RoundStatus.Cancelled &&
            word.status() != ProjectStatus.Disqualified &&
            (attestationOf[contributor] != 0 || isFrozen())
        ) revert Rounds_NotRefundable(projectId, contributor);
        _requireToken(token);
        (uint256 assets, address payer) = _book.set(projectId, contributor, address(0), token, 0);
        if (assets == 0) revert Rounds_NothingToRefund(projectId, contributor, token);
        emit ContributionRefunded(projectId, contributor, payer, token, assets);
        _send(RoundArgs.tokenAt(token), payer, assets);
    }

    // —— the pool ————————————————————————————————————————————————————————————————————————————————————————————

    /// @inheritdoc IQuadraticRound
    function fundPool(uint256 assets) external nonReentrant {
        _requireStatus(RoundStatus.Open);
        _requireBefore(RoundArgs.reviewUntil());
        if (assets == 0) revert Rounds_NothingToPay();
        uint256 pool = _pool + assets;
        if (pool > MOST_POOL) revert Rounds_TooMuch(pool, MOST_POOL);
        _pool = uint96(pool);
        _fundedBy[msg.sender] += assets;
        emit PoolFunded(msg.sender, assets);
        _pull(RoundArgs.asset(), msg.sender, assets);
    }

    /// @inheritdoc IQuadraticRound
    function refundPool(address funder) external nonReentrant {
        _requireStatus(RoundStatus.Cancelled);
        uint256 assets = _fundedBy[funder];
        if (assets == 0) revert Rounds_NothingToPay();
        delete _fundedBy[funder];
        _pool -= uint96(assets);
        emit PoolRefunded(funder, assets);
        _send(RoundArgs.asset(), funder, assets);
    }

    // —— matching ————————————————————————————————————————————————————————————————————————————————————————————

    /// @inheritdoc IQuadraticRound
    function tally(uint256 projects) external returns (bool done) {
        _requireFrozen();
        MatchVariant variant_ = RoundArgs.variant();
        if (MatchFormula.isPosted(variant_)) revert Rounds_WrongVariant(variant_);
        RoundStatus status_ = _status;
        uint256 count = _projectCount;
        uint256 looked;
        if (status_ == RoundStatus.Open || status_ == RoundStatus.Totals) {
            looked = _passes.addUp(_book, count, projects);
            status_ = _passes.cursor == 0 && (looked != 0 || count == 0) ? RoundStatus.Sharing : RoundStatus.Totals;
            _status = status_;
        } else if (status_ != RoundStatus.Sharing) {
            revert Rounds_WrongStatus(status_);
        }
        if (status_ == RoundStatus.Sharing) {
            done = _passes.share(_book, count, _pool, projects - looked);
            if (done) {
                (uint256 matched, uint256 leftover) = _passes.result(_pool);
                _match(matched, leftover, 0);
            }
        }
    }

    /// @inheritdoc IQuadraticRound
    function freeze(uint32[] calldata projectIds) external {
        _requireStatus(RoundStatus.Sharing);
        _passes.freeze(_book, _pool, projectIds);
    }

    /// @inheritdoc IQuadraticRound
    function adoptResult() external {
        _requirePosted();
        (bytes32 root, uint256 matched) = RoundArgs.results().finalResult(address(this));
        uint256 pool = _pool;
        if (matched > pool) revert Rounds_MoreThanPool(matched, pool);
        (_resultRoot, _unpaidMatch) = (root, uint96(matched));
        _match(matched, pool - matched, root);
    }

    /// @inheritdoc IQuadraticRound
    function lapse() external {
        _requirePosted();
        if (!RoundArgs.results().hasFailed(address(this))) revert Rounds_NotFailed();
        _match(0, _pool, 0);
    }

    // —— payouts —————————————————————————————————————————————————————————————————————————————————————————————

    /// @inheritdoc IQuadraticRound
    function collectContributed(
        uint32 projectId,
        uint8 token,
        address to
    ) external nonReentrant returns (uint256 assets) {
        Payouts storage project = _requirePayable(projectId, to);
        _requireToken(token);
        assets = contributedAssetsOf(projectId, token);
        uint256 bit = 1 << token;
        if (project.sent & bit != 0 || assets == 0) revert Rounds_NothingToPay();
        project.sent |= uint8(bit);
        emit ContributedPaid(projectId, to, token, assets);
        _send(RoundArgs.tokenAt(token), to, assets);
    }

    /// @inheritdoc IQuadraticRound
    function collectMatch(
        uint32 projectId,
        address to,
        MatchLeaf calldata leaf,
        bytes32[] calldata path
    ) external nonReentrant returns (uint256 assets) {
        Payouts storage project = _requirePayable(projectId, to);
        uint256 matched = _matchOf(projectId, leaf, path);
        uint8 released = _releasedOf(project);
        assets = _dueOf(matched, released) - _dueOf(matched, project.paid);
        if (assets == 0) revert Rounds_NothingToPay();
        project.paid = released;
        _countPaid(assets);
        emit MatchPaid(projectId, to, assets);
        _send(RoundArgs.asset(), to, assets);
    }

    /// @inheritdoc IQuadraticRound
    function release(uint32 projectId, bytes32 evidenceHash) external onlyReviewer {
        _requireStatus(RoundStatus.Matched);
        _requireAccepted(projectId);
        Payouts storage project = _payouts[projectId];
        uint8 released = _releasedOf(project);
        if (project.forfeited || RoundArgs.dueBps(released) == 1e4) revert Rounds_NoMilestoneLeft(projectId);
        project.released = released; // the first is not counted there
        emit MilestoneReleased(projectId, released + 1, evidenceHash);
    }

    /// @inheritdoc IQuadraticRound
    function forfeit(
        uint32 projectId,
        MatchLeaf calldata leaf,
        bytes32[] calldata path,
        bytes32 reasonHash
    ) external onlyReviewer returns (uint256 assets) {
        _requireStatus(RoundStatus.Matched);
        _requireBefore(RoundArgs.payoutUntil());
        _requireAccepted(projectId);
        Payouts storage project = _payouts[projectId];
        uint8 released = _releasedOf(project);
        if (project.forfeited || RoundArgs.dueBps(released) == 1e4) revert Rounds_NoMilestoneLeft(projectId);
        uint256 matched = _matchOf(projectId, leaf, path);
        assets = matched - _dueOf(matched, released);
        project.forfeited = true;
        _countPaid(assets);
        _leftover += uint144(assets);
        emit MilestonesForfeited(projectId, released, assets, reasonHash);
    }

    /// @inheritdoc IQuadraticRound
    function sendLeftover() external nonReentrant returns (uint256 assets) {
        assets = _leftover;
        if (assets == 0) revert Rounds_NothingToPay();
        _leftover = 0;
        emit LeftoverPaid(assets);
        (IERC20 asset_, ICommonsInflow commons_) = (RoundArgs.asset(), RoundArgs.commons());
        asset_.forceApprove(address(commons_), assets);
        commons_.deposit(asset_, assets, InflowSource.Leftover, bytes32(uint256(uint160(address(this)))));
    }

    /// @inheritdoc IQuadraticRound
    function collectOwed(IERC20 token, address from, address to) external nonReentrant returns (uint256 assets) {
        if (to != from && msg.sender != from) revert Rounds_NotRecipient(from, msg.sender);
        assets = _owed[token][from];
        if (assets == 0) revert Rounds_NothingToPay();
        delete _owed[token][from];
        emit OwedPaid(token, from, to, assets);
        token.safeTransfer(to, assets);
    }

    // —— by the factory ——————————————————————————————————————————————————————————————————————————————————————

    /// @inheritdoc IQuadraticRound
    function cancel(bytes32 reasonHash) external onlyFactory {
        if (_status == RoundStatus.Matched || _status == RoundStatus.Cancelled) revert Rounds_WrongStatus(_status);
        _cancel(reasonHash);
    }

    /// @inheritdoc IQuadraticRound
    function hold(uint32 projectId, uint40 until, bytes32 reasonHash) external onlyFactory {
        _requireAccepted(projectId);
        Payouts storage project = _payouts[projectId];
        uint256 most = block.timestamp + MOST_HOLD_SECONDS;
        if (until <= block.timestamp || until > most) revert Rounds_HoldOutOfRange(until, most);
        if (project.heldUntil != 0) revert Rounds_AlreadyHeld(projectId);
        project.heldUntil = until;
        emit PayoutsHeld(projectId, until, reasonHash);
    }

    /// @inheritdoc IQuadraticRound
    function endHold(uint32 projectId, bytes32 reasonHash) external onlyFactory {
        Payouts storage project = _payouts[projectId];
        if (block.timestamp >= project.heldUntil) revert Rounds_NotHeld(projectId);
        project.heldUntil = uint40(block.timestamp);
        emit HoldEnded(projectId, reasonHash);
    }

    // —— views ———————————————————————————————————————————————————————————————————————————————————————————————

    /// @inheritdoc IQuadraticRound
    function phase() external view returns (Phase) {
        if (_status == RoundStatus.Cancelled) return Phase.Cancelled;
        if (_status == RoundStatus.Matched) return Phase.Payout;
        if (block.timestamp < RoundArgs.contributeFrom()) return Phase.Application;
        if (block.timestamp < RoundArgs.contributeUntil()) return Phase.Contribution;
        return block.timestamp < RoundArgs.reviewUntil() ? Phase.Review : Phase.Matching;
    }

    /// @inheritdoc IQuadraticRound
    function status() external view returns (RoundStatus) {
        return _status;
    }

    /// @inheritdoc IQuadraticRound
    function isFrozen() public view returns (bool) {
        return block.timestamp >= RoundArgs.reviewUntil();
    }

    /// @inheritdoc IPostedRound
    function contributionOf(uint256 project, address contributor) external view returns (uint256) {
        if (!_book.tallies[project].word.isAccepted()) return 0;
        return _book.entries[GiftBook.entryKey(uint32(project), contributor)].word.units();
    }

    /// @inheritdoc IPostedRound
    function projectCount() external view returns (uint256) {
        return _projectCount;
    }

    /// @inheritdoc IPostedRound
    function contributionsCloseAt() external view returns (uint40) {
        return uint40(RoundArgs.reviewUntil());
    }

    /// @inheritdoc IPostedRound
    function isVoid() external view returns (bool) {
        return _status == RoundStatus.Cancelled;
    }

    /// @inheritdoc IPostedRound
    function postedTerms()
        external
        view
        returns (PostedVariant posted, uint256 parameter, uint256 budgetAssets, uint256 capAssets)
    {
        MatchVariant variant_ = RoundArgs.variant();
        if (!MatchFormula.isPosted(variant_)) revert Rounds_WrongVariant(variant_);
        posted = variant_ == MatchVariant.Pairwise ? PostedVariant.Pairwise : PostedVariant.Cluster;
        return (posted, RoundArgs.postedParameter(), _pool, MatchPasses.capAssetsOf(_pool));
    }

    /// @inheritdoc IQuadraticRound
    function giftOf(
        uint32 projectId,
        address contributor,
        uint8 token
    ) public view returns (uint256 assets, address payer) {
        uint256 key = GiftBook.entryKey(projectId, contributor);
        EntryWord entry = _book.entries[key].word;
        return (GiftBook.assetsIn(entry, token), entry.isPaidByOther() ? _book.payers[key] : contributor);
    }

    /// @inheritdoc IQuadraticRound
    function tallyOf(
        uint32 projectId
    ) external view returns (uint256 sqrtSum, uint256 contributed, uint256 contributors) {
        TallyWord word = _book.tallies[projectId].word;
        return (word.sqrtSum(), word.contributed(), word.contributors());
    }

    /// @inheritdoc IQuadraticRound
    function projectOf(uint32 projectId) external view returns (ProjectState memory state) {
        TallyWord word = _book.tallies[projectId].word;
        (state.status, state.capped) = (word.status(), word.isCapped());
        Payouts storage payouts = _payouts[projectId];
        (state.recipient, state.heldUntil) = (payouts.recipient, payouts.heldUntil);
        (state.paid, state.forfeited) = (payouts.paid, payouts.forfeited);
        if (_status == RoundStatus.Matched) state.released = _releasedOf(payouts);
    }

    /// @inheritdoc IQuadraticRound
    function result() external view returns (bytes32 root, uint256 unpaidAssets, uint256 leftoverAssets) {
        return (_resultRoot, _unpaidMatch, _leftover);
    }

    /// @inheritdoc IQuadraticRound
    function matchedOf(uint32 projectId) public view returns (uint256) {
        _requireStatus(RoundStatus.Matched);
        MatchVariant variant_ = RoundArgs.variant();
        if (MatchFormula.isPosted(variant_)) revert Rounds_WrongVariant(variant_);
        return _passes.matchedOf(_book.tallies[projectId].word, _pool);
    }

    /// @inheritdoc IQuadraticRound
    function contributedAssetsOf(uint32 projectId, uint8 token) public view returns (uint256 assets) {
        assets = _book.totalIn(projectId, token);
        if (RoundArgs.variant() == MatchVariant.ClrFund && _status == RoundStatus.Matched) {
            assets = Math.min(assets, matchedOf(projectId));
        }
    }

    /// @inheritdoc IQuadraticRound
    function poolAssets() external view returns (uint256) {
        return _pool;
    }

    /// @inheritdoc IQuadraticRound
    function fundedBy(address funder) external view returns (uint256) {
        return _fundedBy[funder];
    }

    /// @inheritdoc IQuadraticRound
    function owedOf(IERC20 token, address to) external view returns (uint256) {
        return _owed[token][to];
    }

    /// @inheritdoc IQuadraticRound
    function ballotDigest(Ballot calldata ballot, Gift[] calldata gifts) public view returns (bytes32) {
        return BallotHash.digest(ballot, gifts);
    }

    /// @inheritdoc IERC5267
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        return (0x0f, BallotHash.NAME, BallotHash.VERSION, block.chainid, address(this), 0, new uint256[](0));
    }

    /// @inheritdoc IQuadraticRound
    function asset() external view returns (IERC20) {
        return RoundArgs.asset();
    }

    /// @inheritdoc IQuadraticRound
    function variant() external view returns (MatchVariant) {
        return RoundArgs.variant();
    }

    // —— inside ——————————————————————————————————————————————————————————————————————————————————————————————

    /// @dev INV-ROUND-2: a person has one account.
    function _register(address account, bytes32 attestation) internal {
        bytes32 identity = RoundArgs.gate().identify(account, attestation);
        address holder = accountOf[identity];
        if (holder == address(0)) accountOf[identity] = account;
        else if (holder != account) revert Rounds_IdentityTaken(identity, holder);
        attestationOf[account] = attestation;
        emit PersonRegistered(account, identity, attestation);
    }

    /// @dev All is written before any token is called. What the contributor gets back and pays in one token is set off if it
    /// is the same person's money.
    function _contribute(address contributor, address payer, bytes32 attestation, Gift[] calldata gifts) internal {
        _requireContributing();
        if (gifts.length == 0) revert Rounds_NoGifts();
        if (attestationOf[contributor] == 0) {
            if (attestation == 0) revert Rounds_NotRegistered(contributor);
            _register(contributor, attestation);
        }
        // by token; made when first needed
        uint256[] memory due;
        uint256[] memory back;
        bool own = contributor == payer;
        (uint256 dueAssets, uint256 backAssets) = (0, 0);
        unchecked {
            // of fewer gifts than 2^100, each below 2^112
            for (uint256 i = 0; i < gifts.length; ++i) {
                Gift gift = gifts[i];
                if (own && gift.isPlain()) {
                    uint256 assets = gift.assets();
                    (bool set, uint256 before) = _book.setPlain(gift.projectId(), contributor, assets);
                    if (set) {
                        if (assets > before) dueAssets += assets - before;
                        else backAssets += before - assets;
                        continue;
                    }
                }
                if (due.length == 0) {
                    due = new uint256[](RoundArgs.tokenCount());
                    back = new uint256[](due.length);
                }
                _give(contributor, payer, gift, due, back);
            }
        }
        _logContributed(contributor, payer, gifts);
        for (uint256 token = 1; token < due.length; ++token)
            _settle(contributor, payer, token, due[token], back[token]);
        if (due.length != 0) (dueAssets, backAssets) = (dueAssets + due[0], backAssets + back[0]);
        _settle(contributor, payer, 0, dueAssets, backAssets);
    }

    /// @dev Moves what a change of gifts costs and frees in one token.
    function _settle(address contributor, address payer, uint256 token, uint256 due, uint256 back) internal {
        if (contributor == payer) {
            uint256 same = Math.min(due, back);
            (due, back) = (due - same, back - same);
        }
        if (due != 0) _pull(RoundArgs.tokenAt(token), payer, due);
        if (back != 0) _send(RoundArgs.tokenAt(token), contributor, back);
    }

    /// @dev `emit Contributed(contributor, payer, gifts)`, with the words copied as they came instead of one by one.
    function _logContributed(address contributor, address payer, Gift[] calldata gifts) internal {
        bytes32 topic = Contributed.selector;
        assembly ("memory-safe") {
            let data := mload(0x40)
            let size := mul(32, gifts.length)
            mstore(data, 32)
            mstore(add(data, 32), gifts.length)
            calldatacopy(add(data, 64), gifts.offset, size)
            log3(data, add(64, size), topic, contributor, payer)
        }
    }

    /// @dev Sets one gift and adds what it costs or frees to the sums. What another had paid is owed to that payer, who may be
    /// anybody and is not called.
    function _give(
        address contributor,
        address payer,
        Gift gift,
        uint256[] memory due,
        uint256[] memory back
    ) internal {
        if (!gift.isSound()) revert Rounds_MalformedGift(gift);
        (uint32 projectId, uint8 token, uint256 assets) = (gift.projectId(), gift.token(), gift.assets());
        if (token >= due.length) revert Rounds_UnknownToken(token);
        _requireAccepted(projectId);
        (uint256 before, address payerBefore) = _book.set(projectId, contributor, payer, token, assets);
        if (assets > before) due[token] += assets - before;
        else if (payerBefore == contributor) back[token] += before - assets;
        else if (assets < before) _owe(RoundArgs.tokenAt(token), payerBefore, before - assets);
    }

    /// @dev A permit that fails may have been used by somebody who saw it: the allowance decides.
    function _permit(address payer, Permit[] calldata permits) internal {
        for (uint256 i = 0; i < permits.length; ++i) {
            Permit calldata p = permits[i];
            _requireToken(p.token);
            IERC20Permit token = IERC20Permit(address(RoundArgs.tokenAt(p.token)));
            try token.permit(payer, address(this), p.assets, p.deadline, p.v, p.r, p.s) {} catch {}
        }
    }

    function _cancel(bytes32 reasonHash) internal {
        _status = RoundStatus.Cancelled;
        emit RoundCancelled(reasonHash);
    }

    function _match(uint256 matched, uint256 leftover, bytes32 root) internal {
        _status = RoundStatus.Matched;
        _leftover = uint144(leftover);
        emit RoundMatched(matched, leftover, root);
    }

    /// @dev INV-ROUND-5: however wrong a posted root, it moves no more than the result said.
    function _countPaid(uint256 assets) internal {
        if (!MatchFormula.isPosted(RoundArgs.variant())) return;
        if (assets > _unpaidMatch) revert Rounds_MoreThanPool(assets, _unpaidMatch);
        _unpaidMatch -= uint96(assets);
    }

    /// @dev A token that delivers less than it was told stops here.
    function _pull(IERC20 token, address from, uint256 assets) internal {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(from, address(this), assets);
        uint256 received = token.balanceOf(address(this)) - before;
        if (received != assets) revert Rounds_TransferMismatch(assets, received);
    }

    /// @dev Nobody can starve the transfer of gas and have the rest go on: what is left of the gas then would not do.
    function _send(IERC20 token, address to, uint256 assets) internal {
        if (!token.trySafeTransfer(to, assets)) _owe(token, to, assets);
    }

    function _owe(IERC20 token, address to, uint256 assets) internal {
        _owed[token][to] += assets;
        emit PaymentOwed(token, to, assets);
    }

    /// @dev What a project gets besides what was given to it.
    function _matchOf(
        uint32 projectId,
        MatchLeaf calldata leaf,
        bytes32[] calldata path
    ) internal view returns (uint256 matched) {
        MatchVariant variant_ = RoundArgs.variant();
        if (MatchFormula.isPosted(variant_)) {
            if (_resultRoot == 0) return 0;
            if (leaf.project != projectId) revert Rounds_OtherProject(projectId, leaf.project);
            return RoundArgs.results().matchedOf(address(this), leaf, path);
        }
        matched = matchedOf(projectId);
        if (variant_ == MatchVariant.ClrFund) matched -= contributedAssetsOf(projectId, 0);
    }

    function _dueOf(uint256 matched, uint8 milestones) internal view returns (uint256) {
        return milestones == 0 ? 0 : Math.mulDiv(matched, RoundArgs.dueBps(milestones), 1e4);
    }

    /// @dev The first is due with the result; at `payoutUntil` all are that nobody forfeited.
    function _releasedOf(Payouts storage project) internal view returns (uint8) {
        if (!project.forfeited && block.timestamp >= RoundArgs.payoutUntil()) {
            return uint8(RoundArgs.milestones());
        }
        return project.released + 1;
    }

    function _requireStatus(RoundStatus expected) internal view {
        if (_status != expected) revert Rounds_WrongStatus(_status);
    }

    function _requireBefore(uint256 until) internal view {
        if (block.timestamp >= until) revert Rounds_Closed(until, block.timestamp);
    }

    function _requireContributing() internal view {
        _requireStatus(RoundStatus.Open);
        (uint256 from, uint256 until) = RoundArgs.window();
        if (block.timestamp < from) revert Rounds_TooEarly(from, block.timestamp);
        _requireBefore(until);
    }

    function _requireFrozen() internal view {
        uint256 from = RoundArgs.reviewUntil();
        if (block.timestamp < from) revert Rounds_TooEarly(from, block.timestamp);
    }

    function _requirePosted() internal view {
        MatchVariant variant_ = RoundArgs.variant();
        if (!MatchFormula.isPosted(variant_)) revert Rounds_WrongVariant(variant_);
        _requireStatus(RoundStatus.Open);
        _requireFrozen();
    }

    function _requireToken(uint256 token) internal view {
        if (token >= RoundArgs.tokenCount()) revert Rounds_UnknownToken(token);
    }

    function _requireAccepted(uint32 projectId) internal view returns (TallyWord word) {
        word = _book.tallies[projectId].word;
        if (!word.isAccepted()) revert Rounds_WrongProjectStatus(projectId, word.status());
    }

    function _requirePayable(uint32 projectId, address to) internal view returns (Payouts storage project) {
        _requireStatus(RoundStatus.Matched);
        _requireAccepted(projectId);
        project = _payouts[projectId];
        if (to != project.recipient && msg.sender != project.recipient) {
            revert Rounds_NotRecipient(project.recipient, msg.sender);
        }
        if (block.timestamp < project.heldUntil) revert Rounds_Held(projectId, project.heldUntil);
    }
}
