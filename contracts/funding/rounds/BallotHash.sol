// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {Gift} from "./Gift.sol";
import {Ballot} from "./IQuadraticRound.sol";

/// @title What a contributor signs, by EIP-712: a ballot with its gifts in it, so that a wallet can show them
/// @dev OpenZeppelin's EIP712 weighs a kilobyte more, for names that a clone does not have.
library BallotHash {
    string internal constant NAME = "Nexus QuadraticRound";
    string internal constant VERSION = "1";
    bytes32 private constant DOMAIN = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant GIFT = keccak256("Gift(uint32 projectId,uint8 token,uint112 assets)");
    bytes32 private constant BALLOT = keccak256(
        "Ballot(address contributor,uint40 deadline,address payer,bytes32 attestation,uint256 nonce,Gift[] gifts)Gift(uint32 projectId,uint8 token,uint112 assets)"
    );

    /// @notice For the round in whose code this runs, on this chain.
    function digest(Ballot calldata ballot, Gift[] calldata gifts) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN, keccak256(bytes(NAME)), keccak256(bytes(VERSION)), block.chainid, address(this))
        );
        return MessageHashUtils.toTypedDataHash(domain, hash(ballot, gifts));
    }

    function hash(Ballot calldata ballot, Gift[] calldata gifts) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](gifts.length);
        for (uint256 i = 0; i < gifts.length; ++i) {
            hashes[i] = keccak256(abi.encode(GIFT, gifts[i].projectId(), gifts[i].token(), gifts[i].assets()));
        }
        return
            keccak256(
                abi.encode(
                    BALLOT,
                    ballot.contributor,
                    ballot.deadline,
                    ballot.payer,
                    ballot.attestation,
                    ballot.nonce,
                    keccak256(abi.encodePacked(hashes))
                )
            );
    }
}
