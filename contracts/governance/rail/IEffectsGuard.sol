// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @notice Whose balance of what. `token` is an ERC-20, or the zero address for the chain's own coin.
struct BalanceRef {
    address token;
    address account;
}

/// @notice A storage slot of a contract that answers `extsload(bytes32)`.
struct SlotRef {
    address target;
    bytes32 slot;
}

/// @title What a proposal says it will change, and nothing else of what it names
/// @notice A proposal commits to its effects by having `declareEffects(effectsHash, balances, slots)` on this contract as its
/// *last* call, without value, so that the commitment is part of its id. At execution the timelock reads the balances before the
/// first call and after the last, and the slots after the last:
/// `effectsHash = keccak256(abi.encode(BalanceRef[] balances, int256[] changes, SlotRef[] slots, bytes32[] values))`
/// where `changes[i]` is what balance i has grown by during the execution (negative: shrunk) and `values[i]` is what slot i
/// holds after it. If it differs, the whole execution reverts.
/// @dev Changes rather than balances, so that nobody can block a proposal by sending dust. Slots are absolute: declare only
/// such as nobody else can write. Stateless. A token that lies about balances only deceives who declares it.
interface IEffectsGuard {
    error Effects_Differ(bytes32 effectsHash, bytes32 declaredHash);
    error Effects_TooMany(uint256 count, uint256 most);
    error Effects_NoDeclaration(bytes4 selector);

    /// @notice Does nothing itself; the timelock acts on it. At most 32 balances and slots together.
    function declareEffects(
        bytes32 effectsHash,
        BalanceRef[] calldata balances,
        SlotRef[] calldata slots
    ) external pure;

    /// @param call of `declareEffects`
    function declaredHash(bytes calldata call) external pure returns (bytes32);

    /// @notice Balances as they are now, in order of the declaration.
    function balancesNow(bytes calldata call) external view returns (uint256[] memory);

    /// @notice Reverts unless what happened since `before` is what was declared.
    function requireEffects(bytes calldata call, uint256[] calldata before) external view;

    /// @notice For whoever prepares a declaration.
    function hashEffects(
        BalanceRef[] calldata balances,
        int256[] calldata changes,
        SlotRef[] calldata slots,
        bytes32[] calldata values
    ) external pure returns (bytes32 effectsHash);
}
