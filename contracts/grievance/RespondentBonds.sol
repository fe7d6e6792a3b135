// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {AccountId, Accounts} from "./Accounts.sol";
import {GrievanceTermsLib} from "./GrievanceTerms.sol";
import {IGrievanceLedger} from "./IGrievanceLedger.sol";
import {IRespondentBonds} from "./IRespondentBonds.sol";

/// @title Who stands up for what they may be found to owe
contract RespondentBonds is IRespondentBonds, AccessManaged {
    uint256 internal constant NOTICE_SECONDS = GrievanceTermsLib.MOST_CASE_SECONDS + 7 days;

    IGrievanceLedger public immutable ledger;

    /// @inheritdoc IRespondentBonds
    mapping(address respondent => uint40) public releasableAt;

    constructor(address authority, IGrievanceLedger ledger_) AccessManaged(authority) {
        ledger = ledger_;
    }

    /// @inheritdoc IRespondentBonds
    function bondFor(address respondent, uint256 assets) external {
        if (assets == 0) revert Bonds_NoAssets();
        emit RespondentBonded(respondent, _msgSender(), assets, bondOf(respondent) + assets);
        ledger.collect(Accounts.respondentBond(respondent), _msgSender(), assets);
    }

    /// @inheritdoc IRespondentBonds
    function giveNotice() external {
        address respondent = _msgSender();
        if (bondOf(respondent) == 0) revert Bonds_NothingBonded(respondent);
        uint40 end = releasableAt[respondent];
        if (end != 0) revert Bonds_NoticeGiven(respondent, end);
        end = uint40(block.timestamp + NOTICE_SECONDS);
        releasableAt[respondent] = end;
        emit BondNoticeGiven(respondent, end);
    }

    /// @inheritdoc IRespondentBonds
    function takeNoticeBack() external {
        address respondent = _msgSender();
        if (releasableAt[respondent] == 0) revert Bonds_NoNotice(respondent);
        delete releasableAt[respondent];
        emit BondNoticeTakenBack(respondent);
    }

    /// @inheritdoc IRespondentBonds
    function release(address respondent) external returns (uint256 assets) {
        uint40 end = releasableAt[respondent];
        if (end == 0) revert Bonds_NoNotice(respondent);
        if (block.timestamp < end) revert Bonds_NoticeRuns(respondent, end);
        delete releasableAt[respondent];
        assets = ledger.move(Accounts.respondentBond(respondent), Accounts.person(respondent), type(uint256).max);
        emit BondReleased(respondent, assets);
    }

    /// @inheritdoc IRespondentBonds
    function slash(address respondent, bytes32 account, uint256 most) external restricted returns (uint256 slashed) {
        slashed = ledger.move(Accounts.respondentBond(respondent), AccountId.wrap(account), most);
        if (slashed != 0) emit BondSlashed(respondent, account, slashed);
    }

    /// @inheritdoc IRespondentBonds
    function bondOf(address respondent) public view returns (uint256) {
        return ledger.balanceOf(Accounts.respondentBond(respondent));
    }
}
