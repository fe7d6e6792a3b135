// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title A rail's timelock
/// @notice OpenZeppelin's TimelockController whose roles are fixed: the rail's governor is the only proposer, executor and
/// canceller, and nobody but the timelock is an admin, who has nothing to administer. An operation with a high-impact call is
/// executed only with the NVM's recorded consent to that very operation.
/// @dev INV-RAIL-1, INV-RAIL-5. A call is high-impact unless it carries no value and is one of: the guards' calls; on the
/// governor setVotingDelay, setVotingPeriod, setLateQuorumVoteExtension, setDaoURI; on the membership admit, remove; on the
/// book setFee, enablePack, disablePack; or set in the rail's page.
interface IRailTimelock {
    error Rails_RolesAreFixed(bytes32 role, address account);
    error Rails_NeedsConsent(bytes32 operationId);
    error Rails_DelayOutOfRange(uint256 delaySeconds, uint256 least, uint256 most);

    function governor() external view returns (address);

    function isHighImpact(address target, uint256 value, bytes calldata data) external view returns (bool);
}
