// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {OCR2Base} from "@chainlink/contracts/src/v0.8/shared/ocr2/OCR2Base.sol";

/// @title What anchoring costs by Chainlink's OCR2 base contract, with the same quorum and the same two slots written
/// @dev `uniqueReports` makes it ask for ⌊(n+f)/2⌋ + 1 signatures, as we do. A yardstick for benchmarks, nothing else.
contract Ocr2Evidence is OCR2Base(true) {
    mapping(bytes32 aepId => uint256 word) public anchors;
    mapping(bytes32 feedId => bytes32 aepId) public latest;

    event Anchored(bytes32 indexed aepId, bytes32 indexed feedId, uint256 word, bytes32 receiptsRoot);

    function typeAndVersion() external pure override returns (string memory) {
        return "Ocr2Evidence 1.0.0";
    }

    function _beforeSetConfig(uint8 f, bytes memory onchainConfig) internal override {}

    function _afterSetConfig(uint8 f, bytes memory onchainConfig) internal override {}

    function _validateReport(bytes32, uint40, bytes memory) internal pure override returns (bool) {
        return true;
    }

    function _report(
        uint256,
        address,
        uint8,
        address[MAX_NUM_ORACLES] memory,
        bytes calldata report
    ) internal override {
        (bytes32 feedId, bytes32 aepId, uint256 word, bytes32 receiptsRoot) = abi.decode(
            report,
            (bytes32, bytes32, uint256, bytes32)
        );
        anchors[aepId] = word;
        latest[feedId] = aepId;
        emit Anchored(aepId, feedId, word, receiptsRoot);
    }
}
