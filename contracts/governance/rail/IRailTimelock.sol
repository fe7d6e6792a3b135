// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC4824} from "../../interfaces/IERC4824.sol";
import {PageTerms} from "./IRailBook.sol";

/// @title A rail's timelock: the address that acts for the rail, and so its DAO (ERC-4824)
/// @notice OpenZeppelin's TimelockController whose roles are fixed: the rail's governor is the only proposer, executor and
/// canceller, and nobody but the timelock is an admin, who has nothing to administer. An operation with a high-impact call is
/// executed only with the NVM's recorded consent to that very operation. It is scheduled only while the evidence that its first
/// call cites is sound (IEvidenceGuard), and executed only with the effects that its last call declares (IEffectsGuard).
/// @dev INV-RAIL-1, INV-RAIL-2, INV-RAIL-5, INV-RAIL-7. A call is high-impact unless it carries no value and is one of: the guards' calls; on the
/// governor setVotingDelay, setVotingPeriod, setLateQuorumVoteExtension; on the membership admit, remove; on the book setFee,
/// enablePack, disablePack; here setDaoURI; or set in the rail's page.
interface IRailTimelock is IERC4824 {
    error Rails_RolesAreFixed(bytes32 role, address account);
    error Rails_BatchesOnly();
    error Rails_NeedsConsent(bytes32 operationId);
    error Rails_DelayOutOfRange(uint256 delaySeconds, uint256 least, uint256 most);

    /// @notice Once, by the factory in the transaction that makes the clone. Opens the rail's page in the book.
    function initialize(address governor, uint256 delaySeconds, PageTerms calldata page) external;

    /// @notice By an operation of its own.
    function setDaoURI(string calldata uri) external;

    function governor() external view returns (address);

    function isHighImpact(address target, uint256 value, bytes calldata data) external view returns (bool);
}
