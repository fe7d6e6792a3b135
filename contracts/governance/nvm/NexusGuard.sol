// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {ITransactionGuard} from "@safe-global/safe-smart-account/contracts/base/GuardManager.sol";
import {IModuleGuard} from "@safe-global/safe-smart-account/contracts/base/ModuleManager.sol";
import {ISafe} from "@safe-global/safe-smart-account/contracts/interfaces/ISafe.sol";
import {IERC165} from "@safe-global/safe-smart-account/contracts/interfaces/IERC165.sol";
import {Enum} from "@safe-global/safe-smart-account/contracts/libraries/Enum.sol";

import {ActionClass, IActionClasses} from "./IActionClasses.sol";
import {AnnouncementId, INexusGuard} from "./INexusGuard.sol";
import {INexusValidationModule} from "./INexusValidationModule.sol";

/// @title No way round the NVM
contract NexusGuard is INexusGuard, ITransactionGuard, IModuleGuard, EIP712 {
    // one slot: 5 + 5 bytes
    struct Window {
        uint40 usableFrom;
        uint40 usableUntil;
    }

    /// @inheritdoc INexusGuard
    uint256 public constant BREAK_GLASS_SIGNATURES = 5;
    /// @inheritdoc INexusGuard
    uint40 public constant ANNOUNCE_SECONDS = 7 days;
    /// @inheritdoc INexusGuard
    uint40 public constant ANNOUNCE_LIFE_SECONDS = 14 days;

    bytes32 private constant ANNOUNCEMENT_TYPEHASH = keccak256("Announcement(bytes32 id)");
    /// @dev Safe 1.5: keccak256("SafeTx(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,uint256 baseGas,uint256
    /// gasPrice,address gasToken,address refundReceiver,uint256 nonce)")
    bytes32 private constant SAFE_TX_TYPEHASH = 0xbb8310d486368db6bd6f849402fdd73ad53d316b5a4b2644ad6efe0f941286d8;
    /// @dev keccak256("guard_manager.guard.address")
    uint256 private constant GUARD_STORAGE_SLOT = 0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8;

    ISafe private immutable SAFE;
    INexusValidationModule private immutable MODULE;
    IActionClasses private immutable CLASSES;

    mapping(AnnouncementId => Window) private _announcements;

    modifier onlySafe() {
        if (msg.sender != address(SAFE)) revert Guard_NotSafe(msg.sender);
        _;
    }

    /// @dev Safe, class table and module are one: the module names the others.
    constructor(INexusValidationModule module_) EIP712("Nexus Guard", "1") {
        MODULE = module_;
        SAFE = ISafe(payable(module_.safe()));
        CLASSES = IActionClasses(module_.classes());
    }

    /// @inheritdoc INexusGuard
    function announce(
        address to,
        uint256 value,
        bytes calldata data,
        uint8 operation
    ) external returns (AnnouncementId) {
        return _announce(msg.sender, to, value, data, operation);
    }

    /// @inheritdoc INexusGuard
    function announceFor(
        address owner,
        address to,
        uint256 value,
        bytes calldata data,
        uint8 operation,
        bytes calldata signature
    ) external returns (AnnouncementId) {
        bytes32 digest = announcementDigest(announcementIdOf(to, value, data, operation));
        if (!SignatureChecker.isValidSignatureNowCalldata(owner, digest, signature)) revert Guard_NotOwner(owner);
        return _announce(owner, to, value, data, operation);
    }

    /// @inheritdoc ITransactionGuard
    /// @dev Eleven arguments do not fit the stack: they are read where the Safe put them, in calldata.
    // solhint-disable-next-line gas-calldata-parameters
    function checkTransaction(
        address,
        uint256,
        bytes memory,
        Enum.Operation,
        uint256,
        uint256,
        uint256,
        address,
        address payable,
        bytes memory,
        address
    ) external onlySafe {
        _checkTransaction(msg.data[4:]);
    }

    /// @inheritdoc ITransactionGuard
    /// @dev INV-NVM-8. Not when the owners have just taken this guard off: nothing may stand in the way of that.
    function checkAfterExecution(bytes32, bool) external view onlySafe {
        bytes memory guard = SAFE.getStorageAt(GUARD_STORAGE_SLOT, 1);
        if (address(uint160(uint256(bytes32(guard)))) != address(this)) return;
        if (SAFE.isModuleEnabled(address(MODULE)) && !MODULE.seatsMatchOwners()) revert Guard_SeatsDiffer();
    }

    /// @inheritdoc IModuleGuard
    function checkModuleTransaction(
        address to,
        uint256,
        bytes calldata,
        Enum.Operation operation,
        address module_
    ) external view onlySafe returns (bytes32) {
        if (module_ != address(MODULE)) revert Guard_NotTheModule(module_);
        if (operation != Enum.Operation.Call) revert Guard_DelegateCall(to);
        return 0;
    }

    /// @inheritdoc IModuleGuard
    function checkAfterModuleExecution(bytes32, bool) external view {}

    /// @inheritdoc INexusGuard
    function safe() external view returns (address) {
        return address(SAFE);
    }

    /// @inheritdoc INexusGuard
    function module() external view returns (address) {
        return address(MODULE);
    }

    /// @inheritdoc INexusGuard
    function classes() external view returns (address) {
        return address(CLASSES);
    }

    /// @inheritdoc INexusGuard
    function announcementOf(AnnouncementId id) external view returns (uint40 usableFrom, uint40 usableUntil) {
        Window memory window = _announcements[id];
        return (window.usableFrom, window.usableUntil);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(ITransactionGuard).interfaceId ||
            interfaceId == type(IModuleGuard).interfaceId ||
            interfaceId == type(IERC165).interfaceId;
    }

    /// @inheritdoc INexusGuard
    function announcementIdOf(
        address to,
        uint256 value,
        bytes calldata data,
        uint8 operation
    ) public view returns (AnnouncementId) {
        return
            AnnouncementId.wrap(
                keccak256(abi.encode(block.chainid, address(this), to, value, keccak256(data), operation))
            );
    }

    /// @inheritdoc INexusGuard
    function announcementDigest(AnnouncementId id) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(ANNOUNCEMENT_TYPEHASH, id)));
    }

    function _announce(
        address owner,
        address to,
        uint256 value,
        bytes calldata data,
        uint8 operation
    ) private returns (AnnouncementId id) {
        if (!SAFE.isOwner(owner)) revert Guard_NotOwner(owner);
        id = announcementIdOf(to, value, data, operation);
        Window memory window = _announcements[id];
        if (block.timestamp < window.usableUntil) revert Guard_AlreadyAnnounced(id, window.usableFrom);
        window.usableFrom = uint40(block.timestamp) + ANNOUNCE_SECONDS;
        window.usableUntil = window.usableFrom + ANNOUNCE_LIFE_SECONDS;
        _announcements[id] = window;
        emit Announced(id, owner, to, value, data, operation, window.usableFrom, window.usableUntil);
    }

    /// @param args of `checkTransaction`: to, value, data, operation, safeTxGas, baseGas, gasPrice, gasToken, refundReceiver, signatures,
    /// sender
    /// @dev INV-NVM-2. The Safe has counted its nonce up already.
    function _checkTransaction(bytes calldata args) private {
        if (_word(args, 6) != 0) revert Guard_Refund(_word(args, 6));
        bytes calldata data = _bytes(args, 2);
        bytes32 safeTxHash = _safeTxHash(args, keccak256(data));
        SAFE.checkNSignatures(address(uint160(_word(args, 10))), safeTxHash, _bytes(args, 9), BREAK_GLASS_SIGNATURES);
        (address to, uint256 value) = (address(uint160(_word(args, 0))), _word(args, 1));
        ActionClass class = CLASSES.classOfTransaction(to, value, data, _word(args, 3) != 0);
        if (class == ActionClass.Constitutional) {
            _useAnnouncement(announcementIdOf(to, value, data, uint8(_word(args, 3))), safeTxHash);
        }
        emit BreakGlass(safeTxHash, class);
    }

    function _useAnnouncement(AnnouncementId id, bytes32 safeTxHash) private {
        Window memory window = _announcements[id];
        if (block.timestamp >= window.usableUntil) revert Guard_NotAnnounced(id);
        if (block.timestamp < window.usableFrom) revert Guard_TooEarly(id, window.usableFrom);
        delete _announcements[id];
        emit AnnouncementUsed(id, safeTxHash);
    }

    function _safeTxHash(bytes calldata args, bytes32 dataHash) private view returns (bytes32 hash) {
        (bytes32 typeHash, bytes32 domain, uint256 nonce) = (
            SAFE_TX_TYPEHASH,
            SAFE.domainSeparator(),
            SAFE.nonce() - 1
        );
        assembly ("memory-safe") {
            let words := mload(0x40)
            mstore(words, typeHash)
            calldatacopy(add(words, 0x20), args.offset, 0x120) // to … refundReceiver
            mstore(add(words, 0x60), dataHash) // in the place of the data's offset
            mstore(add(words, 0x140), nonce)
            mstore(add(words, 0x22), keccak256(words, 0x160))
            mstore(add(words, 0x02), domain)
            mstore8(words, 0x19)
            mstore8(add(words, 0x01), 0x01)
            hash := keccak256(words, 0x42)
        }
    }

    function _word(bytes calldata args, uint256 index) private pure returns (uint256) {
        return uint256(bytes32(args[index * 32:index * 32 + 32]));
    }

    function _bytes(bytes calldata args, uint256 index) private pure returns (bytes calldata) {
        bytes calldata rest = args[_word(args, index):];
        return rest[32:32 + _word(rest, 0)];
    }
}
