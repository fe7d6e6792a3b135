// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {IExpiringPause} from "../../safety/IExpiringPause.sol";
import {ActionClass, Call, IActionClasses, TargetKind} from "./IActionClasses.sol";

/// @dev Of Safe's MultiSend and MultiSendCallOnly.
interface IMultiSend {
    function multiSend(bytes memory transactions) external payable;
}

/// @title The class of an action
contract ActionClasses is IActionClasses {
    /// @dev What is known of a decision while it is read. A class only rises: its number only falls.
    struct Reading {
        ActionClass class;
        uint256 calls;
        uint256 depth; // of calls inside calls, where the reading is
    }

    /// @inheritdoc IActionClasses
    uint256 public constant MOST_DEPTH = 4;
    /// @inheritdoc IActionClasses
    uint256 public constant MOST_CALLS = 64;

    /// @inheritdoc IActionClasses
    address public immutable safe;

    mapping(address target => TargetKind) private _kinds;
    mapping(address target => mapping(bytes4 selector => ActionClass)) private _entries;
    mapping(address target => ActionClass) private _transfers;

    modifier onlySafe() {
        if (msg.sender != safe) revert Actions_NotSafe(msg.sender);
        _;
    }

    constructor(address safe_) {
        safe = safe_;
    }

    /// @inheritdoc IActionClasses
    function setTarget(address target, TargetKind kind) external onlySafe {
        _requireUnprotected(target);
        _kinds[target] = kind;
        emit TargetSet(target, kind);
    }

    /// @inheritdoc IActionClasses
    function setClasses(address target, bytes4[] calldata selectors, ActionClass actionClass) external onlySafe {
        _requireUnprotected(target);
        for (uint256 i = 0; i < selectors.length; ++i) {
            bytes4 selector = selectors[i];
            if (actionClass == ActionClass.Emergency && selector != IExpiringPause.pause.selector) {
                revert Actions_NotPause(target, selector);
            }
            _entries[target][selector] = actionClass;
            emit ClassSet(target, selector, actionClass);
        }
    }

    /// @inheritdoc IActionClasses
    function setTransferClass(address target, ActionClass actionClass) external onlySafe {
        _requireUnprotected(target);
        if (actionClass == ActionClass.Emergency) revert Actions_NotPause(target, 0);
        _transfers[target] = actionClass;
        emit TransferClassSet(target, actionClass);
    }

    /// @inheritdoc IActionClasses
    function classOf(Call[] calldata calls) external view returns (ActionClass) {
        Reading memory reading = Reading(ActionClass.Emergency, 0, 0);
        for (uint256 i = 0; i < calls.length; ++i) _read(reading, calls[i].to, calls[i].value, calls[i].data);
        return reading.class;
    }

    /// @inheritdoc IActionClasses
    function classOfTransaction(
        address to,
        uint256 value,
        bytes calldata data,
        bool delegateCall
    ) external view returns (ActionClass) {
        Reading memory reading = Reading(ActionClass.Emergency, 0, 0);
        if (!delegateCall) {
            _read(reading, to, value, data);
        } else {
            // what cannot be read to its end could hide a delegatecall of anything
            bool isBatch =
                _kinds[to] == TargetKind.MultiSend && data.length >= 4 && bytes4(data) == IMultiSend.multiSend.selector;
            reading.depth = 1;
            if (!isBatch || !_readMultiSend(reading, data[4:])) revert Actions_DelegateCall(to);
        }
        return reading.class;
    }

    /// @inheritdoc IActionClasses
    function kindOf(address target) external view returns (TargetKind) {
        return _isProtected(target) ? TargetKind.Protected : _kinds[target];
    }

    /// @inheritdoc IActionClasses
    function entryOf(address target, bytes4 selector) external view returns (ActionClass) {
        return _entries[target][selector];
    }

    /// @inheritdoc IActionClasses
    function transferEntryOf(address target) external view returns (ActionClass) {
        return _transfers[target];
    }

    /// @dev INV-NVM-4: every call that an execution would make passes here once, or the class is constitutional.
    function _read(Reading memory reading, address to, uint256 value, bytes calldata data) private view {
        if (reading.depth > MOST_DEPTH) revert Actions_TooDeep(MOST_DEPTH);
        if (++reading.calls > MOST_CALLS) revert Actions_TooManyCalls(MOST_CALLS);
        if (_isProtected(to)) return _raise(reading, ActionClass.Constitutional);
        if (value != 0 || data.length == 0) _raise(reading, _transfers[to]);
        if (data.length == 0) return;
        if (data.length < 4) return _raise(reading, ActionClass.Constitutional);
        bytes4 selector = bytes4(data);
        if (selector == IAccessManaged.setAuthority.selector) return _raise(reading, ActionClass.Constitutional);
        TargetKind kind = _kinds[to];
        if (kind == TargetKind.Plain) return _raise(reading, _plainClass(to, selector, data.length, reading.depth));
        bool readable;
        ++reading.depth;
        if (kind == TargetKind.MultiSend) {
            readable = selector == IMultiSend.multiSend.selector && _readMultiSend(reading, data[4:]);
        } else if (kind == TargetKind.Timelock) {
            readable = _readTimelock(reading, to, selector, data[4:]);
        } else {
            // its `execute` hands on the value it is given
            readable = _readManager(reading, to, value, data);
        }
        --reading.depth;
        if (!readable) _raise(reading, ActionClass.Constitutional);
    }

    function _plainClass(
        address to,
        bytes4 selector,
        uint256 length,
        uint256 depth
    ) private view returns (ActionClass entry) {
        entry = _entries[to][selector];
        if (entry == ActionClass.Emergency) {
            if (length != 36) return ActionClass.Constitutional;
            if (depth != 0) return ActionClass.Ordinary;
        }
    }

    function _readTimelock(
        Reading memory reading,
        address to,
        bytes4 selector,
        bytes calldata args
    ) private view returns (bool) {
        if (selector == TimelockController.schedule.selector || selector == TimelockController.execute.selector) {
            _raise(reading, ActionClass.Ordinary);
            (bool ok, bytes calldata data) = _bytesAt(args, 2);
            return ok && _readAddressed(reading, _wordAt(args, 0), _wordAt(args, 1), data);
        }
        if (
            selector == TimelockController.scheduleBatch.selector ||
            selector == TimelockController.executeBatch.selector
        ) {
            _raise(reading, ActionClass.Ordinary);
            return _readTimelockBatch(reading, args);
        }
        _raise(reading, _listed(to, selector));
        return true;
    }

    function _readTimelockBatch(Reading memory reading, bytes calldata args) private view returns (bool) {
        (uint256 count, ) = _arrayAt(args, 0);
        (uint256 valueCount, ) = _arrayAt(args, 1);
        (uint256 dataCount, ) = _arrayAt(args, 2);
        // lengths that differ, the timelock refuses itself
        if (count == 0 || count != valueCount || count != dataCount) return false;
        for (uint256 i = 0; i < count; ++i) if (!_readTimelockPart(reading, args, i)) return false;
        return true;
    }

    function _readTimelockPart(Reading memory reading, bytes calldata args, uint256 i) private view returns (bool) {
        bytes calldata elements;
        (, elements) = _arrayAt(args, 0);
        uint256 target = _wordAt(elements, i);
        (, elements) = _arrayAt(args, 1);
        uint256 value = _wordAt(elements, i);
        bool ok;
        (, elements) = _arrayAt(args, 2);
        (ok, elements) = _bytesAt(elements, i);
        return ok && _readAddressed(reading, target, value, elements);
    }

    /// @dev A word above an address, decoders refuse.
    function _readAddressed(
        Reading memory reading,
        uint256 target,
        uint256 value,
        bytes calldata data
    ) private view returns (bool) {
        if (target >> 160 != 0) return false;
        _read(reading, address(uint160(target)), value, data);
        return true;
    }

    function _readManager(
        Reading memory reading,
        address to,
        uint256 value,
        bytes calldata data
    ) private view returns (bool) {
        bytes4 selector = bytes4(data);
        bytes calldata args = data[4:];
        if (selector == IAccessManager.schedule.selector || selector == IAccessManager.execute.selector) {
            _raise(reading, ActionClass.Ordinary);
            (bool ok, bytes calldata inner) = _bytesAt(args, 1);
            return ok && _readAddressed(reading, _wordAt(args, 0), value, inner);
        }
        if (selector == Multicall.multicall.selector) return _readMulticall(reading, to, value, args);
        _raise(reading, _managerClass(to, selector, args));
        return true;
    }

    /// @dev A batch of calls that the manager makes to itself, for its caller.
    function _readMulticall(
        Reading memory reading,
        address to,
        uint256 value,
        bytes calldata args
    ) private view returns (bool) {
        _raise(reading, ActionClass.Ordinary);
        (uint256 count, bytes calldata elements) = _arrayAt(args, 0);
        if (count == 0) return false;
        for (uint256 i = 0; i < count; ++i) {
            (bool ok, bytes calldata inner) = _bytesAt(elements, i);
            if (!ok) return false;
            _read(reading, to, value, inner);
        }
        return true;
    }

    function _managerClass(address to, bytes4 selector, bytes calldata args) private view returns (ActionClass) {
        if (
            selector == IAccessManager.setTargetClosed.selector ||
            selector == IAccessManager.setTargetFunctionRole.selector ||
            selector == IAccessManager.setTargetAdminDelay.selector ||
            selector == IAccessManager.setRoleAdmin.selector ||
            selector == IAccessManager.setRoleGuardian.selector ||
            selector == IAccessManager.setGrantDelay.selector ||
            selector == IAccessManager.updateAuthority.selector
        ) return ActionClass.Constitutional;
        if (
            selector == IAccessManager.grantRole.selector ||
            selector == IAccessManager.revokeRole.selector ||
            selector == IAccessManager.renounceRole.selector
        ) {
            // role 0 is ADMIN
            if (args.length < 32 || uint64(_wordAt(args, 0)) == 0) return ActionClass.Constitutional;
        }
        return _listed(to, selector);
    }

    /// @dev Of a target that is not Plain: what it is listed for, never an emergency.
    function _listed(address to, bytes4 selector) private view returns (ActionClass entry) {
        entry = _entries[to][selector];
        if (entry == ActionClass.Emergency) entry = ActionClass.Constitutional;
    }

    /// @dev `uint8 operation | address to | uint256 value | uint256 length | data`, one after the other, to the last byte.
    function _readMultiSend(Reading memory reading, bytes calldata args) private view returns (bool) {
        _raise(reading, ActionClass.Ordinary);
        (bool ok, bytes calldata batch) = _bytesAt(args, 0);
        if (!ok || batch.length == 0) return false;
        while (batch.length != 0) {
            if (batch.length < 85) return false;
            address to = address(bytes20(batch[1:21]));
            uint8 operation = uint8(batch[0]);
            if (operation == 1) revert Actions_DelegateCall(to);
            uint256 length = uint256(bytes32(batch[53:85]));
            if (operation != 0 || length > batch.length - 85) return false;
            // to MultiSend, zero is whoever runs it: the Safe
            if (to == address(0)) to = safe;
            _read(reading, to, uint256(bytes32(batch[21:53])), batch[85:85 + length]);
            batch = batch[85 + length:];
        }
        return true;
    }

    function _raise(Reading memory reading, ActionClass to) private pure {
        if (to < reading.class) reading.class = to;
    }

    function _isProtected(address target) private view returns (bool) {
        return target == safe || target == address(this) || _kinds[target] == TargetKind.Protected;
    }

    function _requireUnprotected(address target) private view {
        if (_isProtected(target)) revert Actions_Protected(target);
    }

    /// @dev Caller has checked that the head is there, mostly by `_bytesAt` of a later word.
    function _wordAt(bytes calldata args, uint256 index) private pure returns (uint256) {
        return uint256(bytes32(args[index * 32:index * 32 + 32]));
    }

    /// @dev The dynamic value whose offset is word `index`; offsets count from the start of `args`.
    function _bytesAt(bytes calldata args, uint256 index) private pure returns (bool, bytes calldata) {
        (uint256 length, bytes calldata rest) = _dynamicAt(args, index);
        if (length > rest.length) return (false, args[:0]);
        return (true, rest[:length]);
    }

    /// @dev An array's count and, from its first word on, what holds its elements. Count 0: none, or malformed.
    function _arrayAt(bytes calldata args, uint256 index) private pure returns (uint256, bytes calldata) {
        (uint256 count, bytes calldata rest) = _dynamicAt(args, index);
        // divides, so that no count overflows
        if (count > rest.length / 32) return (0, args[:0]);
        return (count, rest);
    }

    /// @dev A length that nothing can have, when malformed.
    function _dynamicAt(bytes calldata args, uint256 index) private pure returns (uint256, bytes calldata) {
        if (args.length / 32 <= index) return (type(uint256).max, args[:0]);
        uint256 offset = _wordAt(args, index);
        if (args.length < 32 || offset > args.length - 32) return (type(uint256).max, args[:0]);
        return (uint256(bytes32(args[offset:offset + 32])), args[offset + 32:]);
    }
}
