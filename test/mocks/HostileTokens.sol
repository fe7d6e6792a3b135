// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @dev Tokens that break an assumption, one each. Anyone mints; switches are open to anyone.
abstract contract HostileToken is ERC20 {
    constructor() ERC20("Hostile", "HOST") {}

    function mint(address to, uint256 assets) external {
        _mint(to, assets);
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }
}

/// @dev Takes a fee from what it transfers.
contract FeeToken is HostileToken {
    uint256 public feeBps;

    function setFeeBps(uint256 feeBps_) external {
        feeBps = feeBps_;
    }

    function _update(address from, address to, uint256 value) internal override {
        uint256 fee = from == address(0) || to == address(0) ? 0 : (value * feeBps) / 1e4;
        super._update(from, to, value - fee);
        if (fee != 0) super._update(from, address(this), fee);
    }
}

/// @dev Balances change by themselves.
contract RebasingToken is HostileToken {
    uint256 public factorBps = 1e4;

    function rebase(uint256 factorBps_) external {
        factorBps = factorBps_;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return (super.balanceOf(account) * factorBps) / 1e4;
    }
}

/// @dev Refuses some receivers, by reverting or by returning false, or burns all gas.
contract BlacklistToken is HostileToken {
    enum Manner {
        Reverts,
        ReturnsFalse,
        BurnsGas
    }

    error Blacklisted(address account);

    mapping(address account => bool) public blacklisted;
    Manner public manner;

    function setBlacklisted(address account, bool blacklisted_, Manner manner_) external {
        blacklisted[account] = blacklisted_;
        manner = manner_;
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        if (blacklisted[to]) {
            if (manner == Manner.ReturnsFalse) return false;
            if (manner == Manner.BurnsGas) {
                assembly {
                    invalid()
                }
            }
            revert Blacklisted(to);
        }
        return super.transfer(to, value);
    }
}

/// @dev Reports success and moves nothing, or says false and moves nothing.
contract LyingToken is HostileToken {
    bool public answer;

    function setAnswer(bool answer_) external {
        answer = answer_;
    }

    function transferFrom(address, address, uint256) public view override returns (bool) {
        return answer;
    }
}

/// @dev Returns nothing from its transfers, as some old tokens do.
contract SilentToken {
    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;
    uint8 public constant decimals = 6;

    function mint(address to, uint256 assets) external {
        balanceOf[to] += assets;
    }

    function approve(address spender, uint256 assets) external {
        allowance[msg.sender][spender] = assets;
    }

    function transfer(address to, uint256 assets) external {
        balanceOf[msg.sender] -= assets;
        balanceOf[to] += assets;
    }

    function transferFrom(address from, address to, uint256 assets) external {
        allowance[from][msg.sender] -= assets;
        balanceOf[from] -= assets;
        balanceOf[to] += assets;
    }
}

/// @dev Calls back before each transfer, once, with whatever it was armed with; and keeps what came of it.
contract ReentrantToken is HostileToken {
    address public aim;
    bytes public payload;
    bool public reentered;
    bytes public outcome;

    function arm(address aim_, bytes calldata payload_) external {
        (aim, payload, reentered, outcome) = (aim_, payload_, false, "");
    }

    function _update(address from, address to, uint256 value) internal override {
        address aim_ = aim;
        if (aim_ != address(0)) {
            aim = address(0);
            (reentered, outcome) = aim_.call(payload);
        }
        super._update(from, to, value);
    }
}
