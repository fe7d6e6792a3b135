// Written by scripts/build.ts from contracts/governance/rail/RailFactory.sol.
export const railFactoryAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "governor",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "timelock",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "membership",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "treasury",
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
        "name": "bytesLength",
        "type": "uint256"
      }
    ],
    "name": "Rails_NameOutOfRange",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Rails_NoFounders",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "RailId",
        "name": "railId",
        "type": "uint256"
      }
    ],
    "name": "Rails_Unknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "votes",
        "type": "address"
      }
    ],
    "name": "Rails_WrongClock",
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
        "internalType": "RailId",
        "name": "railId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "governor",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "timelock",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "membership",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "treasury",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "votes",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "charterHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes32[]",
        "name": "packs",
        "type": "bytes32[]"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "metadataURI",
        "type": "string"
      }
    ],
    "name": "RailOpened",
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
    "inputs": [],
    "name": "book",
    "outputs": [
      {
        "internalType": "contract IRailBook",
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
        "internalType": "RailId",
        "name": "railId",
        "type": "uint256"
      }
    ],
    "name": "governorOf",
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
    "name": "implementations",
    "outputs": [
      {
        "internalType": "address",
        "name": "governor",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "timelock",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "membership",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "treasury",
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
        "name": "governor",
        "type": "address"
      }
    ],
    "name": "isGovernor",
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
            "internalType": "string",
            "name": "name",
            "type": "string"
          },
          {
            "internalType": "string",
            "name": "metadataURI",
            "type": "string"
          },
          {
            "internalType": "address",
            "name": "votes",
            "type": "address"
          },
          {
            "internalType": "uint40",
            "name": "timelockDelay",
            "type": "uint40"
          },
          {
            "internalType": "bytes32",
            "name": "reasonHash",
            "type": "bytes32"
          },
          {
            "internalType": "address[]",
            "name": "founders",
            "type": "address[]"
          },
          {
            "components": [
              {
                "internalType": "uint48",
                "name": "votingDelay",
                "type": "uint48"
              },
              {
                "internalType": "uint32",
                "name": "votingPeriod",
                "type": "uint32"
              },
              {
                "internalType": "uint48",
                "name": "lateQuorumExtension",
                "type": "uint48"
              },
              {
                "internalType": "uint8",
                "name": "quorumPercent",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "superQuorumPercent",
                "type": "uint8"
              },
              {
                "internalType": "uint256",
                "name": "proposalThreshold",
                "type": "uint256"
              },
              {
                "internalType": "address",
                "name": "guardian",
                "type": "address"
              }
            ],
            "internalType": "struct VotingTerms",
            "name": "voting",
            "type": "tuple"
          },
          {
            "components": [
              {
                "internalType": "bytes32",
                "name": "charterHash",
                "type": "bytes32"
              },
              {
                "internalType": "uint8",
                "name": "leastLevel",
                "type": "uint8"
              },
              {
                "internalType": "uint128",
                "name": "voteUnit",
                "type": "uint128"
              },
              {
                "internalType": "bytes32[]",
                "name": "packs",
                "type": "bytes32[]"
              },
              {
                "components": [
                  {
                    "internalType": "bytes32",
                    "name": "kind",
                    "type": "bytes32"
                  },
                  {
                    "internalType": "uint16",
                    "name": "bps",
                    "type": "uint16"
                  }
                ],
                "internalType": "struct Fee[]",
                "name": "fees",
                "type": "tuple[]"
              },
              {
                "components": [
                  {
                    "internalType": "FieldId",
                    "name": "field",
                    "type": "bytes32"
                  },
                  {
                    "internalType": "uint16[5]",
                    "name": "bpsByLevel",
                    "type": "uint16[5]"
                  }
                ],
                "internalType": "struct FieldWeights[]",
                "name": "weights",
                "type": "tuple[]"
              }
            ],
            "internalType": "struct PageTerms",
            "name": "page",
            "type": "tuple"
          }
        ],
        "internalType": "struct RailTerms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "openRail",
    "outputs": [
      {
        "internalType": "RailId",
        "name": "railId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "governor",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "railCount",
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
        "internalType": "RailId",
        "name": "railId",
        "type": "uint256"
      }
    ],
    "name": "railOf",
    "outputs": [
      {
        "internalType": "address",
        "name": "governor",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "timelock",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "membership",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "treasury",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "votes",
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
        "name": "newAuthority",
        "type": "address"
      }
    ],
    "name": "setAuthority",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
