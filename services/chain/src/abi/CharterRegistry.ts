// Written by scripts/build.ts from contracts/governance/charter/CharterRegistry.sol.
export const charterRegistryAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
        "type": "address"
      },
      {
        "internalType": "contract ITermsStore",
        "name": "termsStore_",
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
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      }
    ],
    "name": "Charter_AlreadyOpen",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ClauseId",
        "name": "clauseId",
        "type": "bytes32"
      }
    ],
    "name": "Charter_ClauseTwice",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "bytes_",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Charter_LabelLength",
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
    "name": "Charter_MalformedCarrier",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "bytes_",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Charter_NameLength",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Charter_NoKeeper",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Charter_NoReason",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "Charter_NotKeeper",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Charter_NothingChanges",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ClauseId",
        "name": "clauseId",
        "type": "bytes32"
      }
    ],
    "name": "Charter_RepealedCarries",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "target",
        "type": "address"
      }
    ],
    "name": "Charter_TargetWithoutCode",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "bytes_",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Charter_TextLength",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "carriers",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Charter_TooManyCarriers",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "clauses",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Charter_TooManyClauses",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      }
    ],
    "name": "Charter_Unknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "internalType": "ClauseId",
        "name": "clauseId",
        "type": "bytes32"
      }
    ],
    "name": "Charter_UnknownClause",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "book",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "policyId",
        "type": "uint256"
      }
    ],
    "name": "Charter_UnknownPolicy",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "version",
        "type": "uint256"
      }
    ],
    "name": "Charter_UnknownVersion",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "version",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "Charter_VersionMoved",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "length",
        "type": "uint256"
      }
    ],
    "name": "CodeData_NotWritten",
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
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint32",
        "name": "version",
        "type": "uint32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "charterHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "CharterAmended",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "keeper",
        "type": "address"
      }
    ],
    "name": "CharterOpened",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "ClauseId",
        "name": "clauseId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "uint32",
        "name": "version",
        "type": "uint32"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "label",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "textHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "text",
        "type": "string"
      },
      {
        "components": [
          {
            "internalType": "enum CarrierKind",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "address",
            "name": "target",
            "type": "address"
          },
          {
            "internalType": "bytes4",
            "name": "selector",
            "type": "bytes4"
          },
          {
            "internalType": "bytes32",
            "name": "id",
            "type": "bytes32"
          }
        ],
        "indexed": false,
        "internalType": "struct Carrier[]",
        "name": "carriers",
        "type": "tuple[]"
      }
    ],
    "name": "ClauseSet",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "keeper",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "KeeperChanged",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "internalType": "uint32",
        "name": "expectedVersion",
        "type": "uint32"
      },
      {
        "components": [
          {
            "internalType": "string",
            "name": "label",
            "type": "string"
          },
          {
            "internalType": "string",
            "name": "text",
            "type": "string"
          },
          {
            "components": [
              {
                "internalType": "enum CarrierKind",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "address",
                "name": "target",
                "type": "address"
              },
              {
                "internalType": "bytes4",
                "name": "selector",
                "type": "bytes4"
              },
              {
                "internalType": "bytes32",
                "name": "id",
                "type": "bytes32"
              }
            ],
            "internalType": "struct Carrier[]",
            "name": "carriers",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct ClauseText[]",
        "name": "clauses",
        "type": "tuple[]"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "amend",
    "outputs": [
      {
        "internalType": "uint32",
        "name": "version",
        "type": "uint32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
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
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "keeper",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "changeKeeper",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "name",
        "type": "string"
      }
    ],
    "name": "charterIdOf",
    "outputs": [
      {
        "internalType": "CharterId",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      }
    ],
    "name": "charterOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "address",
            "name": "keeper",
            "type": "address"
          },
          {
            "internalType": "uint32",
            "name": "version",
            "type": "uint32"
          },
          {
            "internalType": "uint16",
            "name": "clauses",
            "type": "uint16"
          },
          {
            "internalType": "uint40",
            "name": "amendedAt",
            "type": "uint40"
          },
          {
            "internalType": "bytes32",
            "name": "charterHash",
            "type": "bytes32"
          }
        ],
        "internalType": "struct Charter",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "internalType": "ClauseId",
        "name": "clauseId",
        "type": "bytes32"
      },
      {
        "internalType": "uint32",
        "name": "version",
        "type": "uint32"
      }
    ],
    "name": "clauseAt",
    "outputs": [
      {
        "components": [
          {
            "internalType": "ClauseId",
            "name": "clauseId",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "label",
            "type": "string"
          },
          {
            "internalType": "bytes32",
            "name": "textHash",
            "type": "bytes32"
          },
          {
            "internalType": "uint32",
            "name": "sinceVersion",
            "type": "uint32"
          },
          {
            "components": [
              {
                "internalType": "enum CarrierKind",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "address",
                "name": "target",
                "type": "address"
              },
              {
                "internalType": "bytes4",
                "name": "selector",
                "type": "bytes4"
              },
              {
                "internalType": "bytes32",
                "name": "id",
                "type": "bytes32"
              }
            ],
            "internalType": "struct Carrier[]",
            "name": "carriers",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct Clause",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "label",
        "type": "string"
      }
    ],
    "name": "clauseIdOf",
    "outputs": [
      {
        "internalType": "ClauseId",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      }
    ],
    "name": "clauseIdsOf",
    "outputs": [
      {
        "internalType": "ClauseId[]",
        "name": "",
        "type": "bytes32[]"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      },
      {
        "internalType": "ClauseId",
        "name": "clauseId",
        "type": "bytes32"
      }
    ],
    "name": "clauseOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "ClauseId",
            "name": "clauseId",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "label",
            "type": "string"
          },
          {
            "internalType": "bytes32",
            "name": "textHash",
            "type": "bytes32"
          },
          {
            "internalType": "uint32",
            "name": "sinceVersion",
            "type": "uint32"
          },
          {
            "components": [
              {
                "internalType": "enum CarrierKind",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "address",
                "name": "target",
                "type": "address"
              },
              {
                "internalType": "bytes4",
                "name": "selector",
                "type": "bytes4"
              },
              {
                "internalType": "bytes32",
                "name": "id",
                "type": "bytes32"
              }
            ],
            "internalType": "struct Carrier[]",
            "name": "carriers",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct Clause",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      }
    ],
    "name": "clausesOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "ClauseId",
            "name": "clauseId",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "label",
            "type": "string"
          },
          {
            "internalType": "bytes32",
            "name": "textHash",
            "type": "bytes32"
          },
          {
            "internalType": "uint32",
            "name": "sinceVersion",
            "type": "uint32"
          },
          {
            "components": [
              {
                "internalType": "enum CarrierKind",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "address",
                "name": "target",
                "type": "address"
              },
              {
                "internalType": "bytes4",
                "name": "selector",
                "type": "bytes4"
              },
              {
                "internalType": "bytes32",
                "name": "id",
                "type": "bytes32"
              }
            ],
            "internalType": "struct Carrier[]",
            "name": "carriers",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct Clause[]",
        "name": "clauses",
        "type": "tuple[]"
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
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "internalType": "address",
        "name": "keeper",
        "type": "address"
      }
    ],
    "name": "open",
    "outputs": [
      {
        "internalType": "CharterId",
        "name": "charterId",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
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
    "inputs": [],
    "name": "termsStore",
    "outputs": [
      {
        "internalType": "contract ITermsStore",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const
