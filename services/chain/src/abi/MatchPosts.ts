// Written by scripts/build.ts from contracts/funding/posted/MatchPosts.sol.
export const matchPostsAbi = [
  {
    "inputs": [
      {
        "internalType": "contract IPostedRounds",
        "name": "rounds_",
        "type": "address"
      },
      {
        "internalType": "contract IERC20",
        "name": "asset_",
        "type": "address"
      },
      {
        "internalType": "contract ICommonsInflow",
        "name": "commons_",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "postBondAssets_",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "challengeBondAssets_",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "rewardBps_",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "postingSeconds_",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "challengeSeconds_",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "clockSeconds_",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [],
    "name": "Posts_BadBounds",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "sum",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "value",
        "type": "uint256"
      }
    ],
    "name": "Posts_BadParts",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "length",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "depth",
        "type": "uint256"
      }
    ],
    "name": "Posts_BadPath",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Posts_BadTerms",
    "type": "error"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "raw",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "matched",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "capped",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "cappedRaw",
            "type": "uint256"
          }
        ],
        "internalType": "struct MatchTotals",
        "name": "totals",
        "type": "tuple"
      }
    ],
    "name": "Posts_BadTotals",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "received",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "bondAssets",
        "type": "uint256"
      }
    ],
    "name": "Posts_BondShort",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "openChallenges",
        "type": "uint256"
      }
    ],
    "name": "Posts_Challenged",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "leftSeconds",
        "type": "uint256"
      }
    ],
    "name": "Posts_InTime",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "count",
        "type": "uint256"
      }
    ],
    "name": "Posts_NoSuchLeaf",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "Posts_NotFinal",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "contributor",
        "type": "address"
      }
    ],
    "name": "Posts_NotInRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "expected",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "actual",
        "type": "bytes32"
      }
    ],
    "name": "Posts_NotInTree",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "contributor",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "group",
        "type": "uint256"
      }
    ],
    "name": "Posts_NotLinked",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "internalType": "enum PostStatus",
        "name": "status",
        "type": "uint8"
      }
    ],
    "name": "Posts_NotLive",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      }
    ],
    "name": "Posts_NotOver",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "account",
        "type": "address"
      }
    ],
    "name": "Posts_NotParty",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Posts_NotShown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "enum Sum",
        "name": "sum",
        "type": "uint8"
      }
    ],
    "name": "Posts_NotTerm",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "computed",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "value",
        "type": "uint256"
      }
    ],
    "name": "Posts_NotThisTerm",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "enum Turn",
        "name": "turn",
        "type": "uint8"
      }
    ],
    "name": "Posts_NotTurn",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Posts_NotWrong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "account",
        "type": "address"
      }
    ],
    "name": "Posts_NothingOwed",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Posts_NothingThere",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "overSeconds",
        "type": "uint256"
      }
    ],
    "name": "Posts_OutOfTime",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "totalMatched",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "budgetAssets",
        "type": "uint256"
      }
    ],
    "name": "Posts_OverBudget",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "Posts_RoundVoid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "from",
        "type": "uint256"
      }
    ],
    "name": "Posts_TooEarly",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "until",
        "type": "uint256"
      }
    ],
    "name": "Posts_TooLate",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "count",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Posts_TooMany",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Posts_TooManyDivisions",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "Posts_UnknownRound",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      }
    ],
    "name": "SafeERC20FailedOperation",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "bondAssets",
        "type": "uint256"
      }
    ],
    "name": "ChallengeLost",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "challenger",
        "type": "address"
      }
    ],
    "name": "ChallengeOpened",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "bondAssets",
        "type": "uint256"
      }
    ],
    "name": "ChallengeReturned",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "account",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      }
    ],
    "name": "Collected",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "project",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "contributor",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "ContributionShown",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "account",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      }
    ],
    "name": "Credited",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "dataHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "dataUri",
        "type": "string"
      }
    ],
    "name": "DataPublished",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "from",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "to",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "value",
        "type": "uint256"
      }
    ],
    "name": "EmptyClaimed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "side",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "otherSide",
        "type": "uint256"
      }
    ],
    "name": "GroupsNamed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "contributions",
        "type": "bool"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "height",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "node",
        "type": "bytes32"
      }
    ],
    "name": "NodeDemanded",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes32[]",
        "name": "nodes",
        "type": "bytes32[]"
      }
    ],
    "name": "NodesShown",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "round",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      }
    ],
    "name": "PaidToCommons",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256[]",
        "name": "bounds",
        "type": "uint256[]"
      }
    ],
    "name": "PartsAsked",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256[]",
        "name": "values",
        "type": "uint256[]"
      }
    ],
    "name": "PartsNamed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "round",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "isFinal",
        "type": "bool"
      }
    ],
    "name": "PostConcluded",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "round",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "winner",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "rewardAssets",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "commonsAssets",
        "type": "uint256"
      }
    ],
    "name": "PostDefeated",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "PostVoided",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "round",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "poster",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "resultRoot",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "contributionRoot",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "contributionCount",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "raw",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "matched",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "capped",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "cappedRaw",
            "type": "uint256"
          }
        ],
        "indexed": false,
        "internalType": "struct MatchTotals",
        "name": "totals",
        "type": "tuple"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "challengeBy",
        "type": "uint40"
      }
    ],
    "name": "Posted",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "project",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "raw",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "matched",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "raw",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "matched",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "capped",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "cappedRaw",
            "type": "uint256"
          }
        ],
        "indexed": false,
        "internalType": "struct MatchTotals",
        "name": "before",
        "type": "tuple"
      }
    ],
    "name": "ResultShown",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "memberships",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "linked",
        "type": "bool"
      }
    ],
    "name": "ShareNamed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "enum Sum",
        "name": "sum",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "project",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "first",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "second",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "from",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "to",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "value",
        "type": "uint256"
      }
    ],
    "name": "SumDisputed",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "asset",
    "outputs": [
      {
        "internalType": "contract IERC20",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "challengeBondAssets",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      }
    ],
    "name": "challengeOf",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "challenger",
        "type": "address"
      },
      {
        "internalType": "enum Turn",
        "name": "turn",
        "type": "uint8"
      },
      {
        "internalType": "uint256",
        "name": "moveBy",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "posterSeconds",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "challengerSeconds",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "divisions",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "challengeSeconds",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "bytes32[]",
        "name": "nodes",
        "type": "bytes32[]"
      },
      {
        "internalType": "uint256",
        "name": "chosen",
        "type": "uint256"
      }
    ],
    "name": "choose",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "side",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "otherSide",
        "type": "uint256"
      },
      {
        "internalType": "bool",
        "name": "other",
        "type": "bool"
      },
      {
        "internalType": "uint256[]",
        "name": "bounds",
        "type": "uint256[]"
      }
    ],
    "name": "chooseSide",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "uint256[]",
        "name": "bounds",
        "type": "uint256[]"
      },
      {
        "internalType": "uint256[]",
        "name": "values",
        "type": "uint256[]"
      },
      {
        "internalType": "uint256",
        "name": "chosen",
        "type": "uint256"
      }
    ],
    "name": "claimEmpty",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "clockSeconds",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "account",
        "type": "address"
      }
    ],
    "name": "collect",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "commons",
    "outputs": [
      {
        "internalType": "contract ICommonsInflow",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      }
    ],
    "name": "conclude",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "internalType": "bool",
        "name": "contributions",
        "type": "bool"
      }
    ],
    "name": "demand",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "raw",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "matched",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "uint256",
                "name": "raw",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "matched",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "capped",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "cappedRaw",
                "type": "uint256"
              }
            ],
            "internalType": "struct MatchTotals",
            "name": "before",
            "type": "tuple"
          }
        ],
        "internalType": "struct MatchLeaf",
        "name": "leaf",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "path",
        "type": "bytes32[]"
      },
      {
        "internalType": "uint256[]",
        "name": "bounds",
        "type": "uint256[]"
      }
    ],
    "name": "dispute",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "raw",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "matched",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "uint256",
                "name": "raw",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "matched",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "capped",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "cappedRaw",
                "type": "uint256"
              }
            ],
            "internalType": "struct MatchTotals",
            "name": "before",
            "type": "tuple"
          }
        ],
        "internalType": "struct MatchLeaf",
        "name": "leaf",
        "type": "tuple"
      },
      {
        "internalType": "uint256[]",
        "name": "bounds",
        "type": "uint256[]"
      }
    ],
    "name": "disputeShown",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      }
    ],
    "name": "disputedSum",
    "outputs": [
      {
        "internalType": "enum Sum",
        "name": "sum",
        "type": "uint8"
      },
      {
        "internalType": "uint256",
        "name": "project",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "first",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "second",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "from",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "to",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "value",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "uint256[]",
        "name": "bounds",
        "type": "uint256[]"
      }
    ],
    "name": "divide",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      }
    ],
    "name": "expire",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "finalPostOf",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "finalResult",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "resultRoot",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "totalMatched",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "hasFailed",
    "outputs": [
      {
        "internalType": "bool",
        "name": "",
        "type": "bool"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "livePostsOf",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "raw",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "matched",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "uint256",
                "name": "raw",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "matched",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "capped",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "cappedRaw",
                "type": "uint256"
              }
            ],
            "internalType": "struct MatchTotals",
            "name": "before",
            "type": "tuple"
          }
        ],
        "internalType": "struct MatchLeaf",
        "name": "leaf",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "path",
        "type": "bytes32[]"
      }
    ],
    "name": "matchedOf",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "matchedAssets",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "contributor",
        "type": "address"
      }
    ],
    "name": "nameContributor",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "side",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "otherSide",
        "type": "uint256"
      }
    ],
    "name": "nameGroups",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "overlap",
        "type": "uint256"
      }
    ],
    "name": "namePair",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "uint256[]",
        "name": "values",
        "type": "uint256[]"
      }
    ],
    "name": "nameParts",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "memberships",
        "type": "uint256"
      },
      {
        "internalType": "bool",
        "name": "linked",
        "type": "bool"
      },
      {
        "internalType": "uint256",
        "name": "through",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "common",
        "type": "address"
      }
    ],
    "name": "nameShare",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "uint256[]",
        "name": "bounds",
        "type": "uint256[]"
      },
      {
        "internalType": "uint256[]",
        "name": "values",
        "type": "uint256[]"
      },
      {
        "internalType": "uint256",
        "name": "chosen",
        "type": "uint256"
      },
      {
        "internalType": "uint256[]",
        "name": "nextBounds",
        "type": "uint256[]"
      }
    ],
    "name": "narrow",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "account",
        "type": "address"
      }
    ],
    "name": "owedTo",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "owedToCommons",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "payCommons",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      },
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "resultRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "contributionRoot",
            "type": "bytes32"
          },
          {
            "internalType": "uint256",
            "name": "contributionCount",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "uint256",
                "name": "raw",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "matched",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "capped",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "cappedRaw",
                "type": "uint256"
              }
            ],
            "internalType": "struct MatchTotals",
            "name": "totals",
            "type": "tuple"
          },
          {
            "internalType": "bytes32",
            "name": "dataHash",
            "type": "bytes32"
          }
        ],
        "internalType": "struct Posting",
        "name": "posting",
        "type": "tuple"
      },
      {
        "internalType": "string",
        "name": "dataUri",
        "type": "string"
      }
    ],
    "name": "post",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "postBondAssets",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "name": "postBy",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      }
    ],
    "name": "postOf",
    "outputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "poster",
        "type": "address"
      },
      {
        "internalType": "enum PostStatus",
        "name": "status",
        "type": "uint8"
      },
      {
        "internalType": "uint40",
        "name": "challengeBy",
        "type": "uint40"
      },
      {
        "internalType": "uint256",
        "name": "openChallenges",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "resultRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "contributionRoot",
            "type": "bytes32"
          },
          {
            "internalType": "uint256",
            "name": "contributionCount",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "uint256",
                "name": "raw",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "matched",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "capped",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "cappedRaw",
                "type": "uint256"
              }
            ],
            "internalType": "struct MatchTotals",
            "name": "totals",
            "type": "tuple"
          },
          {
            "internalType": "bytes32",
            "name": "dataHash",
            "type": "bytes32"
          }
        ],
        "internalType": "struct Posting",
        "name": "posting",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "postingSeconds",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "raw",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "matched",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "uint256",
                "name": "raw",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "matched",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "capped",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "cappedRaw",
                "type": "uint256"
              }
            ],
            "internalType": "struct MatchTotals",
            "name": "before",
            "type": "tuple"
          }
        ],
        "internalType": "struct MatchLeaf",
        "name": "leaf",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "path",
        "type": "bytes32[]"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "raw",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "matched",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "uint256",
                "name": "raw",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "matched",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "capped",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "cappedRaw",
                "type": "uint256"
              }
            ],
            "internalType": "struct MatchTotals",
            "name": "before",
            "type": "tuple"
          }
        ],
        "internalType": "struct MatchLeaf",
        "name": "next",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "nextPath",
        "type": "bytes32[]"
      }
    ],
    "name": "proveBrokenTotals",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "contributor",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          }
        ],
        "internalType": "struct ContributionLeaf",
        "name": "leaf",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "path",
        "type": "bytes32[]"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "contributor",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          }
        ],
        "internalType": "struct ContributionLeaf",
        "name": "next",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "nextPath",
        "type": "bytes32[]"
      }
    ],
    "name": "proveDisorder",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "through",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "common",
        "type": "address"
      }
    ],
    "name": "proveLinked",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "project",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "contributor",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "contributor",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          }
        ],
        "internalType": "struct ContributionLeaf",
        "name": "before",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "beforePath",
        "type": "bytes32[]"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "contributor",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          }
        ],
        "internalType": "struct ContributionLeaf",
        "name": "next",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "nextPath",
        "type": "bytes32[]"
      }
    ],
    "name": "proveMissing",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "contributor",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          }
        ],
        "internalType": "struct ContributionLeaf",
        "name": "leaf",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "path",
        "type": "bytes32[]"
      }
    ],
    "name": "proveWrongContribution",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "postId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "raw",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "matched",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "uint256",
                "name": "raw",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "matched",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "capped",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "cappedRaw",
                "type": "uint256"
              }
            ],
            "internalType": "struct MatchTotals",
            "name": "before",
            "type": "tuple"
          }
        ],
        "internalType": "struct MatchLeaf",
        "name": "leaf",
        "type": "tuple"
      },
      {
        "internalType": "bytes32[]",
        "name": "path",
        "type": "bytes32[]"
      }
    ],
    "name": "proveWrongResult",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "rewardBps",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "rounds",
    "outputs": [
      {
        "internalType": "contract IPostedRounds",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      }
    ],
    "name": "settle",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "address",
            "name": "contributor",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          }
        ],
        "internalType": "struct ContributionLeaf",
        "name": "leaf",
        "type": "tuple"
      }
    ],
    "name": "showContribution",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "internalType": "bytes32[]",
        "name": "nodes",
        "type": "bytes32[]"
      }
    ],
    "name": "showNodes",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeId",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "project",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "raw",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "matched",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "uint256",
                "name": "raw",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "matched",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "capped",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "cappedRaw",
                "type": "uint256"
              }
            ],
            "internalType": "struct MatchTotals",
            "name": "before",
            "type": "tuple"
          }
        ],
        "internalType": "struct MatchLeaf",
        "name": "leaf",
        "type": "tuple"
      }
    ],
    "name": "showResult",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
