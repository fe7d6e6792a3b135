// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @notice A vote token by OpenZeppelin with a timestamp clock, or with the block number's, that anyone can mint and borrow.
contract TestVotes is ERC20, ERC20Votes {
    bool private immutable BLOCKS;

    constructor(bool blocks) ERC20("Test Votes", "TVOTE") EIP712("Test Votes", "1") {
        BLOCKS = blocks;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice Lends out of nothing, for one call.
    function flash(uint256 amount) external {
        _mint(msg.sender, amount);
        FlashVoter(msg.sender).onFlash(amount);
        _burn(msg.sender, amount);
    }

    function clock() public view override returns (uint48) {
        return BLOCKS ? uint48(block.number) : uint48(block.timestamp);
    }

    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public view override returns (string memory) {
        return BLOCKS ? "mode=blocknumber&from=default" : "mode=timestamp";
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}

/// @notice Votes with borrowed tokens.
contract FlashVoter {
    TestVotes private immutable TOKEN;
    IGovernor private immutable GOVERNOR;
    uint256 private _proposalId;

    constructor(TestVotes token, IGovernor governor) {
        TOKEN = token;
        GOVERNOR = governor;
        token.delegate(address(this));
    }

    function attack(uint256 amount, uint256 proposalId) external {
        _proposalId = proposalId;
        TOKEN.flash(amount);
    }

    function borrow(uint256 amount) external {
        TOKEN.flash(amount);
    }

    function onFlash(uint256) external {
        if (_proposalId != 0) GOVERNOR.castVote(_proposalId, 1);
    }
}
