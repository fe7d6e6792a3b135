// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

/// @title Who stands up for what they may be found to owe
/// @notice Pools, operators, insurers and whoever else is answerable bond themselves here; what a ruling gives a complainant
/// comes from that bond first. A bond leaves after a notice longer than any case that was open when it was given.
interface IRespondentBonds {
    event RespondentBonded(address indexed respondent, address indexed payer, uint256 assets, uint256 bondAssets);
    event BondNoticeGiven(address indexed respondent, uint40 releasableAt);
    event BondNoticeTakenBack(address indexed respondent);
    event BondReleased(address indexed respondent, uint256 assets);
    event BondSlashed(address indexed respondent, bytes32 indexed account, uint256 assets);

    error Bonds_NoAssets();
    error Bonds_NothingBonded(address respondent);
    error Bonds_NoticeGiven(address respondent, uint256 releasableAt);
    error Bonds_NoNotice(address respondent);
    error Bonds_NoticeRuns(address respondent, uint256 releasableAt);

    /// @notice Adds to somebody's bond; the caller pays. A notice that runs goes on.
    function bondFor(address respondent, uint256 assets) external;

    function giveNotice() external;

    function takeNoticeBack() external;

    /// @notice Credits a respondent with the bond whose notice is over. Anyone may call.
    function release(address respondent) external returns (uint256 assets);

    /// @notice Restricted: moves what a respondent owes, or what is bonded if that is less, to an account of the ledger.
    function slash(address respondent, bytes32 account, uint256 most) external returns (uint256 slashed);

    function bondOf(address respondent) external view returns (uint256 assets);

    /// @notice When the bond can be taken out; 0 without a notice.
    function releasableAt(address respondent) external view returns (uint40);
}
