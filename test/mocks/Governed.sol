// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IModuleGuard} from "@safe-global/safe-smart-account/contracts/base/ModuleManager.sol";
import {ITransactionGuard} from "@safe-global/safe-smart-account/contracts/base/GuardManager.sol";
import {IERC165} from "@safe-global/safe-smart-account/contracts/interfaces/IERC165.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Constitution} from "../../contracts/governance/nvm/Constitution.sol";
import {ExpiringPause} from "../../contracts/safety/ExpiringPause.sol";

/// @notice Something to govern: it notes who called it with what, fails when told to, and calls back.
contract Governed {
    mapping(uint256 => bytes32) public notes;
    uint256 public count;

    error Failed(string why);

    receive() external payable {}

    fallback() external payable {
        ++count;
    }

    function note(bytes32 word) external payable {
        notes[count++] = word;
    }

    function fail(string calldata why) external pure {
        revert Failed(why);
    }

    /// @notice As the one who is called: whatever, to whomever.
    function callBack(address to, bytes calldata data) external returns (bytes memory) {
        (bool success, bytes memory result) = to.call(data);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(result, 0x20), mload(result))
            }
        }
        return result;
    }
}

/// @notice Its `pause(uint40)` sends away what it holds: what a table must never be told is a pausable.
contract FalsePausable {
    receive() external payable {}

    function pause(uint40) external {
        (bool sent, ) = tx.origin.call{value: address(this).balance}("");
        require(sent, "kept");
    }
}

/// @notice Pauses for as long and as often as asked.
contract EndlessPausable {
    uint256 public until;

    function pause(uint40 durationSeconds) external {
        until = block.timestamp + durationSeconds;
    }
}

contract PlainPausable is ExpiringPause {
    constructor(address authority) AccessManaged(authority) {}
}

/// @notice A guard with a bug.
contract BrokenGuard {
    error Broken();

    fallback() external {
        revert Broken();
    }

    function supportsInterface(bytes4) external pure returns (bool) {
        return true;
    }
}

contract Flag {
    bool public holds = true;

    function set(bool value) external {
        holds = value;
    }
}

/// @notice Holds whenever it is looked at first, and burns all its gas the second time: it knows by how much a read costs.
contract SecondLook {
    uint256 private _word = 1;

    function holds() external view returns (bool) {
        uint256 before = gasleft();
        uint256 word = _word;
        if (before - gasleft() < 1000) {
            while (true) word = uint256(keccak256(abi.encode(word)));
        }
        return word == 1;
    }
}

/// @notice Answers whatever is asked with what it was told.
contract Malformed {
    bytes public answer;

    function set(bytes calldata answer_) external {
        answer = answer_;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return answer;
    }
}

/// @notice Answers with zeros of any length, or refuses with them; or spends what it has.
contract Verbose {
    function answer(uint256 size) external pure {
        assembly ("memory-safe") {
            return(0, size)
        }
    }

    function refuse(uint256 size) external pure {
        assembly ("memory-safe") {
            revert(0, size)
        }
    }

    function burn() external pure {
        assembly ("memory-safe") {
            invalid()
        }
    }
}

/// @notice Says what it was asked with, word by word and from its first byte: what came is what was meant.
contract Echo {
    fallback(bytes calldata data) external returns (bytes memory) {
        return data;
    }
}

/// @notice Asks the constitution what holds: a look within a look.
contract Within {
    Constitution public immutable constitution;

    constructor(Constitution constitution_) {
        constitution = constitution_;
    }

    function all() external view returns (uint256) {
        return constitution.holding();
    }
}

/// @notice Ends in the transaction that made it, and leaves no code (EIP-6780).
contract ShortLived {
    uint256 public constant holds = 1;

    function end() external {
        selfdestruct(payable(msg.sender));
    }
}

contract ShortLivedMaker {
    function make(bytes32 salt) external {
        new ShortLived{salt: salt}();
    }
}
