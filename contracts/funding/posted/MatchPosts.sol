// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ICommonsInflow} from "../commons/ICommonsInflow.sol";
import {IPostedRounds} from "./IPostedRound.sol";
import {AmountGame} from "./AmountGame.sol";
import {PostBook} from "./PostBook.sol";

/// @title Results that are computed off chain, posted with a bond, and fall when anyone shows them wrong
contract MatchPosts is AmountGame {
    constructor(
        IPostedRounds rounds_,
        IERC20 asset_,
        ICommonsInflow commons_,
        uint256 postBondAssets_,
        uint256 challengeBondAssets_,
        uint256 rewardBps_,
        uint256 postingSeconds_,
        uint256 challengeSeconds_,
        uint256 clockSeconds_
    )
        PostBook(
            rounds_,
            asset_,
            commons_,
            postBondAssets_,
            challengeBondAssets_,
            rewardBps_,
            postingSeconds_,
            challengeSeconds_,
            clockSeconds_
        )
    {}
}
