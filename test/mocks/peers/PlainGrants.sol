// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

/// @dev A peer to measure beside, written here in the manner of a donation strategy with Merkle payouts (Allo v2's
/// donation voting): it adds up what each recipient was given by whom, and knows no persons, roots, changes or matching; those are somebody's
/// computation off chain, who sets a root of payouts.
contract PlainGrants {
    using SafeERC20 for IERC20;

    event Allocated(address indexed recipient, address indexed sender, uint256 assets);
    event Distributed(address indexed recipient, uint256 assets);

    error NotOwner();
    error Closed();
    error AlreadyPaid();
    error NotProven();

    struct Donation {
        address recipient;
        uint256 assets;
    }

    IERC20 public immutable asset;
    address public immutable owner;
    uint64 public immutable allocationEnd;
    bytes32 public payoutRoot;
    mapping(address recipient => uint256) public claimable;
    mapping(address recipient => mapping(address sender => uint256)) public given;
    mapping(uint256 index => bool) public paid;

    constructor(IERC20 asset_, uint64 allocationEnd_) {
        (asset, owner, allocationEnd) = (asset_, msg.sender, allocationEnd_);
    }

    function allocate(Donation[] calldata donations) external {
        if (block.timestamp >= allocationEnd) revert Closed();
        uint256 total;
        for (uint256 i = 0; i < donations.length; ++i) {
            claimable[donations[i].recipient] += donations[i].assets;
            given[donations[i].recipient][msg.sender] += donations[i].assets;
            total += donations[i].assets;
            emit Allocated(donations[i].recipient, msg.sender, donations[i].assets);
        }
        asset.safeTransferFrom(msg.sender, address(this), total);
    }

    function setPayouts(bytes32 root) external {
        if (msg.sender != owner) revert NotOwner();
        payoutRoot = root;
    }

    function distribute(uint256 index, address recipient, uint256 assets, bytes32[] calldata proof) external {
        if (paid[index]) revert AlreadyPaid();
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(index, recipient, assets))));
        if (!MerkleProof.verifyCalldata(proof, payoutRoot, leaf)) revert NotProven();
        paid[index] = true;
        emit Distributed(recipient, assets);
        asset.safeTransfer(recipient, assets);
    }
}
