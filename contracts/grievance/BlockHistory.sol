// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Hashes of past blocks, and which of them a draw takes
/// @dev The last 256 by the opcode, the 8,191 before the present one by the contract of EIP-2935. That contract's answer counts
/// only if it succeeded with one word: a chain without it may hold something else at its address.
library BlockHistory {
    /// @dev EIP-2935: what HISTORY_STORAGE_ADDRESS serves.
    uint256 internal constant WINDOW = 8_191;
    address internal constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// @notice The block that a draw fixed to `first` takes at this moment: `first`, then every WINDOW-th after it, each as long
    /// as its hash can be read. At any moment after `first` there is exactly one, so whoever draws has no choice.
    /// @return blockNumber `first` while that is not past
    function current(uint256 first) internal view returns (uint256 blockNumber) {
        if (block.number <= first) return first;
        return first + ((block.number - first - 1) / WINDOW) * WINDOW;
    }

    /// @return blockHash 0 if it cannot be read
    function hashOf(uint256 blockNumber) internal view returns (bytes32 blockHash) {
        if (blockNumber >= block.number || block.number - blockNumber > WINDOW) return 0;
        if (block.number - blockNumber <= 256) return blockhash(blockNumber);
        (bool success, bytes memory answer) = HISTORY.staticcall(abi.encode(blockNumber));
        return success && answer.length == 32 ? abi.decode(answer, (bytes32)) : bytes32(0);
    }
}
