// Written by scripts/build.ts from contracts/funding/rounds/RoundFactory.sol.
export const roundFactoryAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "implementation_",
        "type": "address"
      },
      {
        "internalType": "contract ICommonsInflow",
        "name": "commons_",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
        "type": "address"
      }
    ],
    "name": "AccessManagedInvalidAuthority",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      },
      {
        "internalType": "uint32",
        "name": "delay",
        "type": "uint32"
      }
    ],
    "name": "AccessManagedRequiredDelay",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "AccessManagedUnauthorized",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "CloneArgumentsTooLong",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "FailedDeployment",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "balance",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "needed",
        "type": "uint256"
      }
    ],
    "name": "InsufficientBalance",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "bps",
        "type": "uint256"
      }
    ],
    "name": "Rounds_CapOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      }
    ],
    "name": "Rounds_EmptyMilestone",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "bps",
        "type": "uint256"
      }
    ],
    "name": "Rounds_MilestonesNotWhole",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "milestones",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Rounds_MilestonesOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "bps",
        "type": "uint256"
      }
    ],
    "name": "Rounds_NoCapInClrFund",
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
    "name": "Rounds_NoCode",
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
    "name": "Rounds_NoRate",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Rounds_NoReviewer",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Rounds_NothingPosted",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "others",
        "type": "uint256"
      }
    ],
    "name": "Rounds_OneTokenInClrFund",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "parameter",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Rounds_ParameterOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "earlier",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "later",
        "type": "uint256"
      }
    ],
    "name": "Rounds_TimesOutOfOrder",
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
    "name": "Rounds_TokenTwice",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "until",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Rounds_TooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "others",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Rounds_TooManyTokens",
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
    "name": "Rounds_Unknown",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": false,
        "internalType": "address",
        "name": "authority",
        "type": "address"
      }
    ],
    "name": "AuthorityUpdated",
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
        "indexed": true,
        "internalType": "address",
        "name": "reviewer",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "asset",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "enum MatchVariant",
        "name": "variant",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "gate",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "results",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "metadataURI",
        "type": "string"
      }
    ],
    "name": "RoundOpened",
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
        "internalType": "uint16",
        "name": "capBps",
        "type": "uint16"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "applyUntil",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "contributeFrom",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "contributeUntil",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "reviewUntil",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "payoutUntil",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint128",
        "name": "postedParameter",
        "type": "uint128"
      },
      {
        "indexed": false,
        "internalType": "uint16[]",
        "name": "milestoneBps",
        "type": "uint16[]"
      }
    ],
    "name": "RoundTermsSet",
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
        "internalType": "uint8",
        "name": "token",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "erc20",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint128",
        "name": "unitsWad",
        "type": "uint128"
      }
    ],
    "name": "RoundTokenSet",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "authority",
    "outputs": [
      {
        "internalType": "address",
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
        "internalType": "address",
        "name": "round",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "cancelRound",
    "outputs": [],
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
        "internalType": "address",
        "name": "round",
        "type": "address"
      },
      {
        "internalType": "uint32",
        "name": "projectId",
        "type": "uint32"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "endHold",
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
      },
      {
        "internalType": "uint32",
        "name": "projectId",
        "type": "uint32"
      },
      {
        "internalType": "uint40",
        "name": "until",
        "type": "uint40"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "holdPayouts",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "implementation",
    "outputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "isConsumingScheduledOp",
    "outputs": [
      {
        "internalType": "bytes4",
        "name": "",
        "type": "bytes4"
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
    "name": "isRound",
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
        "components": [
          {
            "internalType": "contract IERC20",
            "name": "asset",
            "type": "address"
          },
          {
            "internalType": "enum MatchVariant",
            "name": "variant",
            "type": "uint8"
          },
          {
            "internalType": "uint16",
            "name": "capBps",
            "type": "uint16"
          },
          {
            "internalType": "uint40",
            "name": "applyUntil",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "contributeFrom",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "contributeUntil",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "reviewUntil",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "payoutUntil",
            "type": "uint40"
          },
          {
            "internalType": "address",
            "name": "reviewer",
            "type": "address"
          },
          {
            "internalType": "contract IIdentityGate",
            "name": "gate",
            "type": "address"
          },
          {
            "internalType": "contract IMatchResult",
            "name": "results",
            "type": "address"
          },
          {
            "internalType": "uint128",
            "name": "postedParameter",
            "type": "uint128"
          },
          {
            "internalType": "uint16[]",
            "name": "milestoneBps",
            "type": "uint16[]"
          },
          {
            "components": [
              {
                "internalType": "contract IERC20",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint128",
                "name": "unitsWad",
                "type": "uint128"
              }
            ],
            "internalType": "struct TokenRate[]",
            "name": "others",
            "type": "tuple[]"
          },
          {
            "internalType": "string",
            "name": "metadataURI",
            "type": "string"
          }
        ],
        "internalType": "struct RoundTerms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "openRound",
    "outputs": [
      {
        "internalType": "address",
        "name": "round",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "roundCount",
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
        "name": "newAuthority",
        "type": "address"
      }
    ],
    "name": "setAuthority",
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
    "name": "termsOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "contract IERC20",
            "name": "asset",
            "type": "address"
          },
          {
            "internalType": "enum MatchVariant",
            "name": "variant",
            "type": "uint8"
          },
          {
            "internalType": "uint16",
            "name": "capBps",
            "type": "uint16"
          },
          {
            "internalType": "uint40",
            "name": "applyUntil",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "contributeFrom",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "contributeUntil",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "reviewUntil",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "payoutUntil",
            "type": "uint40"
          },
          {
            "internalType": "address",
            "name": "reviewer",
            "type": "address"
          },
          {
            "internalType": "contract IIdentityGate",
            "name": "gate",
            "type": "address"
          },
          {
            "internalType": "contract IMatchResult",
            "name": "results",
            "type": "address"
          },
          {
            "internalType": "uint128",
            "name": "postedParameter",
            "type": "uint128"
          },
          {
            "internalType": "uint16[]",
            "name": "milestoneBps",
            "type": "uint16[]"
          },
          {
            "components": [
              {
                "internalType": "contract IERC20",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint128",
                "name": "unitsWad",
                "type": "uint128"
              }
            ],
            "internalType": "struct TokenRate[]",
            "name": "others",
            "type": "tuple[]"
          },
          {
            "internalType": "string",
            "name": "metadataURI",
            "type": "string"
          }
        ],
        "internalType": "struct RoundTerms",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const
