// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626, IERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

import {IERC7540Operator, IERC7540Redeem} from "../interfaces/IERC7540.sol";
import {IERC7575Share} from "../interfaces/IERC7575.sol";
import {IExpiringPause} from "../safety/IExpiringPause.sol";
import {IPolicyBook} from "./IPolicyBook.sol";
import {IRiskPool} from "./IRiskPool.sol";

/// @title Capital behind policies
/// @dev The queue is a number line of shares: a request covers [before, before + shares), requests follow each other without
/// gaps, and free capital reaches up to `served` (all that was claimed so far) plus the shares it is worth. So every claim is
/// computed from the request alone, and nobody's request makes anybody else's call longer.
contract RiskPool is IRiskPool, ERC4626, AccessManaged, ReentrancyGuardTransient {
    using EnumerableSet for EnumerableSet.UintSet;
    using Math for uint256;
    using SafeCast for uint256;

    struct Request {
        // slot 0: 16 + 16 bytes
        uint128 shares; // as requested
        uint128 claimed; // <= shares
        // slot 1
        uint256 before; // shares requested by all earlier requests
        // slot 2: 20 + 5 + 5 bytes
        address controller;
        uint40 readyAt; // on the clock that stands still during pauses
        uint40 overdueAt; // on the same clock; 0 while nobody has warned it
    }

    uint256 internal constant MOST_REQUESTS = 8; // of one controller
    uint256 internal constant MOST_TOTAL = type(uint128).max; // of assets and of shares

    /// @inheritdoc IRiskPool
    address public immutable book;
    /// @inheritdoc IRiskPool
    uint40 public immutable noticeSeconds;

    // slot 0: 16 + 16 bytes, written when locking
    uint128 private _locked; // <= _total
    uint128 private _unearned;
    // slot 1: 16 + 16 bytes, only read then
    uint128 private _total; // free + locked
    uint128 private _queued; // shares requested and not claimed; they are part of the supply, which fits

    uint256 private _served; // shares ever claimed, or moved to the end of the queue
    uint256 private _exposed; // <= _locked

    uint256 private _owed;
    uint256 private _lastRequestId;
    mapping(address to => uint256) private _owedTo;
    mapping(uint256 requestId => Request) private _requests;
    mapping(address controller => EnumerableSet.UintSet) private _requestsOf;
    mapping(address controller => mapping(address operator => bool)) private _operators;
    mapping(address account => bool) private _underwriters;

    modifier onlyBook() {
        if (_msgSender() != book) revert Pools_NotBook(_msgSender());
        _;
    }

    /// @param reportingLagSeconds how long after a window's end its evidence may take to be anchored: with the challenge window
    /// it is the notice, so that nobody who leaves could have known more than those who stay
    constructor(
        IERC20 asset_,
        string memory name_,
        string memory symbol_,
        address authority,
        IPolicyBook book_,
        uint40 reportingLagSeconds
    ) ERC4626(asset_) ERC20(name_, symbol_) AccessManaged(authority) {
        if (reportingLagSeconds == 0) revert Pools_NoReportingLag();
        book = address(book_);
        noticeSeconds = reportingLagSeconds + book_.registry().challengeSeconds();
    }

    /// @inheritdoc IERC4626
    function totalAssets() public view override(ERC4626, IERC4626) returns (uint256) {
        return _total;
    }

    /// @inheritdoc IERC4626
    /// @dev Bounded so that assets and shares stay within 128 bits, whatever losses have done to the price.
    function maxDeposit(address receiver) public view override(ERC4626, IERC4626) returns (uint256) {
        return Math.min(MOST_TOTAL - totalAssets(), _convertToAssets(maxMint(receiver), Math.Rounding.Floor));
    }

    /// @inheritdoc IERC4626
    function maxMint(address) public view override(ERC4626, IERC4626) returns (uint256) {
        uint256 bySupply = MOST_TOTAL - totalSupply();
        uint256 assets = MOST_TOTAL - totalAssets();
        // in this order nothing overflows: when shares are all but worthless, the supply is the nearer bound
        if (_convertToAssets(bySupply, Math.Rounding.Ceil) <= assets) return bySupply;
        return _convertToShares(assets, Math.Rounding.Floor);
    }

    /// @inheritdoc IERC4626
    function previewRedeem(uint256) public pure override(ERC4626, IERC4626) returns (uint256) {
        revert Pools_Synchronous();
    }

    /// @inheritdoc IERC4626
    function previewWithdraw(uint256) public pure override(ERC4626, IERC4626) returns (uint256) {
        revert Pools_Synchronous();
    }

    /// @inheritdoc IERC7540Redeem
    /// @dev Only a controller or its operator can open a request for it: the number of open ones is limited, and a stranger
    /// must not use it up.
    function requestRedeem(
        uint256 shares,
        address controller,
        address owner
    ) external nonReentrant returns (uint256 requestId) {
        address sender = _msgSender();
        if (shares == 0) revert Pools_ZeroShares();
        _requireOperator(controller, sender);
        if (owner != sender && !_operators[owner][sender]) _spendAllowance(owner, sender, shares);
        EnumerableSet.UintSet storage open = _requestsOf[controller];
        if (open.length() >= MOST_REQUESTS) revert Pools_TooManyRequests(controller, MOST_REQUESTS);

        requestId = ++_lastRequestId;
        uint128 queued = _queued;
        _requests[requestId] = Request({
            shares: shares.toUint128(),
            claimed: 0,
            before: _served + queued,
            controller: controller,
            readyAt: _runningTime() + noticeSeconds,
            overdueAt: 0
        });
        _queued = (queued + shares).toUint128();
        open.add(requestId);
        _transfer(owner, address(this), shares);
        emit RedeemRequest(controller, owner, requestId, sender, shares);
    }

    /// @inheritdoc IERC7540Redeem
    function pendingRedeemRequest(uint256 requestId, address controller) external view returns (uint256) {
        Request memory request = _requests[requestId];
        if (request.controller != controller) return 0;
        return request.shares - request.claimed - claimableRedeemRequest(requestId, controller);
    }

    /// @inheritdoc IERC7540Redeem
    function claimableRedeemRequest(uint256 requestId, address controller) public view returns (uint256) {
        Request memory request = _requests[requestId];
        if (request.controller != controller || _isPaused()) return 0;
        uint256 reach = _reachShares();
        return _claimable(request, _served + reach, reach, _runningTime());
    }

    /// @inheritdoc IERC4626
    function maxRedeem(address controller) public view override(ERC4626, IERC4626) returns (uint256 shares) {
        if (_isPaused()) return 0;
        uint40 time = _runningTime();
        uint256 reach = _reachShares();
        uint256 frontier = _served + reach;
        uint256[] memory open = _requestsOf[controller].values();
        for (uint256 i = 0; i < open.length; ++i) {
            shares += _claimable(_requests[open[i]], frontier, reach - shares, time);
        }
    }

    /// @inheritdoc IERC4626
    function maxWithdraw(address controller) public view override(ERC4626, IERC4626) returns (uint256) {
        return _convertToAssets(maxRedeem(controller), Math.Rounding.Floor);
    }

    /// @inheritdoc IERC4626
    function redeem(
        uint256 shares,
        address receiver,
        address controller
    ) public override(ERC4626, IERC4626) nonReentrant returns (uint256 assets) {
        uint256 most = maxRedeem(controller);
        if (shares > most) revert ERC4626ExceededMaxRedeem(controller, shares, most);
        assets = _convertToAssets(shares, Math.Rounding.Floor);
        _claim(shares, assets, receiver, controller);
    }

    /// @inheritdoc IERC4626
    function withdraw(
        uint256 assets,
        address receiver,
        address controller
    ) public override(ERC4626, IERC4626) nonReentrant returns (uint256 shares) {
        uint256 most = maxWithdraw(controller);
        if (assets > most) revert ERC4626ExceededMaxWithdraw(controller, assets, most);
        shares = _convertToShares(assets, Math.Rounding.Ceil);
        _claim(shares, assets, receiver, controller);
    }

    /// @inheritdoc IRiskPool
    function warn(uint256 requestId) external nonReentrant {
        Request storage request = _requests[requestId];
        if (request.overdueAt != 0) revert Pools_AlreadyWarned(requestId, request.overdueAt);
        _requireClaimable(requestId);
        uint40 overdueAt = _runningTime() + noticeSeconds;
        request.overdueAt = overdueAt;
        emit RequestWarned(requestId, request.controller, overdueAt);
    }

    /// @inheritdoc IRiskPool
    /// @dev For those behind, it is as if the request had been claimed. Those before it gain nothing that was not theirs: what
    /// is claimable lies within the frontier, and so does all that comes before it.
    function requeue(uint256 requestId) external nonReentrant {
        Request storage request = _requests[requestId];
        (uint40 time, uint40 overdueAt) = (_runningTime(), request.overdueAt);
        if (overdueAt == 0 || time < overdueAt) revert Pools_NotOverdue(requestId, overdueAt, time);
        _requireClaimable(requestId);
        uint128 shares = request.shares - request.claimed;
        (request.shares, request.claimed) = (shares, 0);
        request.before = _served + _queued;
        (request.readyAt, request.overdueAt) = (time + noticeSeconds, 0);
        _served += shares;
        emit RequestRequeued(requestId, request.controller, shares);
    }

    /// @inheritdoc IERC7540Operator
    function setOperator(address operator, bool approved) external returns (bool) {
        _operators[_msgSender()][operator] = approved;
        emit OperatorSet(_msgSender(), operator, approved);
        return true;
    }

    /// @inheritdoc IRiskPool
    function withdrawOwed(address to) external nonReentrant returns (uint256 assets) {
        assets = _owedTo[to];
        if (assets == 0) revert Pools_NothingOwed(to);
        _owedTo[to] = 0;
        _owed -= assets;
        emit OwedWithdrawn(to, assets);
        SafeERC20.safeTransfer(IERC20(asset()), to, assets);
    }

    /// @inheritdoc IRiskPool
    function setUnderwriter(address account, bool enabled) external restricted {
        _underwriters[account] = enabled;
        emit UnderwriterSet(account, enabled);
    }

    /// @inheritdoc IRiskPool
    function lock(
        uint256 policyId,
        address underwriter,
        address payer,
        uint256 premiumAssets,
        uint256 mostAssets
    ) external onlyBook nonReentrant {
        if (!_underwriters[underwriter]) revert Pools_NotUnderwriter(underwriter);
        uint256 capacity = capacityAssets();
        if (mostAssets > capacity) revert Pools_Insolvent(mostAssets, capacity);
        (_locked, _unearned) = ((_locked + mostAssets).toUint128(), (_unearned + premiumAssets).toUint128());
        emit CapacityLocked(policyId, mostAssets, premiumAssets);
        if (premiumAssets != 0) _transferIn(payer, premiumAssets);
    }

    /// @inheritdoc IRiskPool
    function pay(uint256 policyId, address to, uint256 paidAssets) external onlyBook nonReentrant {
        _locked = (_locked - paidAssets).toUint128();
        _total = (_total - paidAssets).toUint128();
        bool paid = SafeERC20.trySafeTransfer(IERC20(asset()), to, paidAssets);
        if (!paid) {
            _owedTo[to] += paidAssets;
            _owed += paidAssets;
        }
        emit PayoutSettled(policyId, to, paidAssets, !paid);
    }

    /// @inheritdoc IRiskPool
    function close(uint256 policyId, uint256 releasedAssets, uint256 earnedAssets) external onlyBook nonReentrant {
        (_locked, _unearned) = ((_locked - releasedAssets).toUint128(), (_unearned - earnedAssets).toUint128());
        _total = (_total + earnedAssets).toUint128();
        emit CapacityReleased(policyId, releasedAssets, earnedAssets);
    }

    /// @inheritdoc IRiskPool
    function expose(uint256 policyId, uint256 assets, bool exposed) external onlyBook nonReentrant {
        uint256 total = exposed ? _exposed + assets : _exposed - assets;
        _exposed = total;
        emit ExposureChanged(policyId, total);
    }

    /// @inheritdoc IRiskPool
    function freeAssets() public view returns (uint256) {
        return _total - _locked;
    }

    /// @inheritdoc IRiskPool
    function capacityAssets() public view returns (uint256) {
        (uint256 free, uint256 queued) = (freeAssets(), _queued);
        return queued == 0 ? free : free.saturatingSub(_convertToAssets(queued, Math.Rounding.Ceil));
    }

    /// @inheritdoc IRiskPool
    function lockedAssets() external view returns (uint256) {
        return _locked;
    }

    /// @inheritdoc IRiskPool
    function unearnedAssets() external view returns (uint256) {
        return _unearned;
    }

    /// @inheritdoc IRiskPool
    function exposedAssets() external view returns (uint256) {
        return _exposed;
    }

    /// @inheritdoc IRiskPool
    function owedAssets() external view returns (uint256) {
        return _owed;
    }

    /// @inheritdoc IRiskPool
    function owedOf(address to) external view returns (uint256) {
        return _owedTo[to];
    }

    /// @inheritdoc IRiskPool
    function heldAssets() external view returns (uint256) {
        return totalAssets() + _unearned + _owed;
    }

    /// @inheritdoc IRiskPool
    function isSolvent() external view returns (bool) {
        (uint256 locked, uint256 unearned, uint256 total) = (_locked, _unearned, _total); // each slot once
        return locked <= total && total + unearned + _owed <= IERC20(asset()).balanceOf(address(this));
    }

    /// @inheritdoc IRiskPool
    function queuedShares() external view returns (uint256) {
        return _queued;
    }

    /// @inheritdoc IRiskPool
    function requestsOf(address controller) external view returns (uint256[] memory) {
        return _requestsOf[controller].values();
    }

    /// @inheritdoc IRiskPool
    function isUnderwriter(address account) external view returns (bool) {
        return _underwriters[account];
    }

    /// @inheritdoc IERC7540Operator
    function isOperator(address controller, address operator) external view returns (bool) {
        return _operators[controller][operator];
    }

    /// @inheritdoc IERC7575Share
    function share() external view returns (address) {
        return address(this);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC7540Operator).interfaceId ||
            interfaceId == type(IERC7540Redeem).interfaceId ||
            // ERC-7575's id covers the ERC-4626 functions that are not ERC-20's, and `share`
            interfaceId == bytes4(0x2f0a18c5) ||
            interfaceId == type(IERC165).interfaceId;
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override nonReentrant {
        super._deposit(caller, receiver, assets, shares);
        _total = (_total + assets).toUint128();
    }

    /// @dev A token that takes a fee, or lies, stops here: the pool counts only what it received.
    function _transferIn(address from, uint256 assets) internal override {
        IERC20 token = IERC20(asset());
        uint256 balanceBefore = token.balanceOf(address(this));
        super._transferIn(from, assets);
        uint256 received = token.balanceOf(address(this)) - balanceBefore;
        if (received != assets) revert Pools_TransferMismatch(assets, received);
    }

    /// @dev Takes `shares` from the controller's claimable requests. The caller has checked that there are as many.
    function _claim(uint256 shares, uint256 assets, address receiver, address controller) internal {
        _requireOperator(controller, _msgSender());
        uint40 time = _runningTime();
        uint256 reach = _reachShares();
        uint256 frontier = _served + reach;
        EnumerableSet.UintSet storage open = _requestsOf[controller];
        uint256[] memory requestIds = open.values();
        uint256 rest = shares;
        for (uint256 i = 0; rest != 0; ++i) {
            Request storage request = _requests[requestIds[i]];
            uint256 claimable = _claimable(request, frontier, reach, time);
            uint256 taken = Math.min(rest, claimable);
            rest -= taken;
            uint256 claimed = request.claimed + taken;
            if (claimed == request.shares) {
                open.remove(requestIds[i]);
                delete _requests[requestIds[i]];
            } else {
                request.claimed = uint128(claimed);
                // only by taking all of it: a little of it must not buy more time
                if (taken == claimable && request.overdueAt != 0) request.overdueAt = 0;
            }
        }
        _queued = (_queued - shares).toUint128();
        _served += shares;
        _total = (_total - assets).toUint128();
        _burn(address(this), shares);
        emit Withdraw(_msgSender(), receiver, controller, assets, shares);
        _transferOut(receiver, assets);
    }

    /// @dev INV-CAP-9. The frontier is where free capital ends on the queue's number line, `reach` how much of it there is.
    /// That nobody overtakes although claims come in any order: reach falls by claims, by as much as they take, and by
    /// locking, which leaves enough for all who are queued, and by nothing else. (With F free, T = total + 1 and k shares per
    /// asset, reach is F·k. A premium e makes it (F+e)·kT/(T+e) ≥ F·k because F ≤ T; a loss raises k; a deposit adds at least
    /// its shares; a claim of s shares at a − δ assets, rounded down, leaves at least F·k − s.) So where a later request could
    /// once claim, there was enough for all before it, and there still is.
    function _claimable(
        Request memory request,
        uint256 frontier,
        uint256 reach,
        uint256 time
    ) internal view returns (uint256) {
        if (time < request.readyAt) return 0;
        uint256 total = totalAssets();
        uint256 unexposed =
            total == 0 ? request.shares : uint256(request.shares).mulDiv(total - _exposed, total, Math.Rounding.Floor);
        uint256 reached = frontier.saturatingSub(request.before);
        return Math.min(Math.min(unexposed, reached).saturatingSub(request.claimed), reach);
    }

    /// @dev Worth at least one unit of assets.
    function _requireClaimable(uint256 requestId) internal view {
        uint256 claimable = claimableRedeemRequest(requestId, _requests[requestId].controller);
        if (_convertToAssets(claimable, Math.Rounding.Floor) == 0) revert Pools_NothingClaimable(requestId);
    }

    /// @dev The most shares whose price free capital can pay.
    function _reachShares() internal view returns (uint256) {
        return _convertToShares(freeAssets(), Math.Rounding.Floor);
    }

    /// @dev A clock that stands still while the book or the registry is paused (and runs backwards while both are).
    function _runningTime() internal view returns (uint40) {
        return uint40(block.timestamp) - IPolicyBook(book).allPausedSeconds();
    }

    /// @dev While losses cannot be settled, nobody leaves at a price without them.
    function _isPaused() internal view returns (bool) {
        return block.timestamp < IExpiringPause(book).pausedUntil();
    }

    function _requireOperator(address controller, address caller) internal view {
        if (controller != caller && !_operators[controller][caller]) revert Pools_NotOperator(controller, caller);
    }

    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }
}
