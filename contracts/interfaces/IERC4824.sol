// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Common interface of DAOs (ERC-4824)
interface IERC4824 {
    event DAOURIUpdate(address daoAddress, string daoURI);

    /// @notice Where the DAO's JSON-LD document is: members, proposals, activity log, governance document, contracts.
    function daoURI() external view returns (string memory);
}
