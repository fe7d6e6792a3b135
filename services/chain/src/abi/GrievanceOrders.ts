// Written by scripts/build.ts from contracts/grievance/GrievanceOrders.sol.
export const grievanceOrdersAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
        "type": "address"
      },
      {
        "internalType": "contract ICommonsCompensation",
        "name": "commons_",
        "type": "address"
      },
      {
        "internalType": "contract IERC20",
        "name": "asset_",
        "type": "address"
      },
      {
        "internalType": "contract IComponentRegistry",
        "name": "components_",
        "type": "address"
      },
      {
        "internalType": "contract IEvidenceRegistry",
        "name": "evidence_",
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
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "answerBy",
        "type": "uint256"
      }
    ],
    "name": "Orders_AnswerPending",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "awardedAssets",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "dueAssets",
        "type": "uint256"
      }
    ],
    "name": "Orders_AwardAboveDue",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      }
    ],
    "name": "Orders_CommonsEmpty",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      }
    ],
    "name": "Orders_Issued",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "internalType": "AepId",
        "name": "revision",
        "type": "bytes32"
      }
    ],
    "name": "Orders_NoRevision",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Orders_NoText",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "enum OrderKind",
        "name": "kind",
        "type": "uint8"
      },
      {
        "internalType": "enum OrderState",
        "name": "state",
        "type": "uint8"
      }
    ],
    "name": "Orders_NotOpen",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "enum OrderKind",
        "name": "kind",
        "type": "uint8"
      },
      {
        "internalType": "uint256",
        "name": "until",
        "type": "uint256"
      }
    ],
    "name": "Orders_NotOver",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "Orders_NotRespondent",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "enum ComponentStatus",
        "name": "status",
        "type": "uint8"
      }
    ],
    "name": "Orders_NothingToDo",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "enum OrderKind",
        "name": "kind",
        "type": "uint8"
      },
      {
        "internalType": "uint256",
        "name": "until",
        "type": "uint256"
      }
    ],
    "name": "Orders_Over",
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
    "name": "Orders_UriTooLong",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "ReentrancyGuardReentrantCall",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "respondent",
        "type": "address"
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
        "name": "uri",
        "type": "string"
      }
    ],
    "name": "Apologised",
    "type": "event"
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
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "complainant",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "stillDueAssets",
        "type": "uint256"
      }
    ],
    "name": "CompensationAwarded",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "enum IGrievanceOrders.ComponentStep",
        "name": "step",
        "type": "uint8"
      }
    ],
    "name": "ComponentProceeded",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "feedId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint32",
        "name": "sequenceAbove",
        "type": "uint32"
      }
    ],
    "name": "CorrectionOrdered",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "AepId",
        "name": "revision",
        "type": "bytes32"
      }
    ],
    "name": "CorrectionProved",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "enum OrderKind",
        "name": "kind",
        "type": "uint8"
      }
    ],
    "name": "OrderDone",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "enum OrderKind",
        "name": "kind",
        "type": "uint8"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "subject",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "until",
        "type": "uint40"
      }
    ],
    "name": "OrderIssued",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "enum OrderKind",
        "name": "kind",
        "type": "uint8"
      }
    ],
    "name": "OrderMissed",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "textHash",
        "type": "bytes32"
      },
      {
        "internalType": "string",
        "name": "uri",
        "type": "string"
      }
    ],
    "name": "apologise",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
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
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      }
    ],
    "name": "award",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "awardedAssets",
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
        "internalType": "contract ICommonsCompensation",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "components",
    "outputs": [
      {
        "internalType": "contract IComponentRegistry",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "evidence",
    "outputs": [
      {
        "internalType": "contract IEvidenceRegistry",
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
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "complainant",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "respondent",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "subjectId",
        "type": "bytes32"
      },
      {
        "internalType": "uint96",
        "name": "dueAssets",
        "type": "uint96"
      },
      {
        "internalType": "uint8",
        "name": "remedies",
        "type": "uint8"
      }
    ],
    "name": "issue",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "enum OrderKind",
        "name": "kind",
        "type": "uint8"
      }
    ],
    "name": "miss",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      }
    ],
    "name": "ordersOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "address",
            "name": "complainant",
            "type": "address"
          },
          {
            "internalType": "uint40",
            "name": "issuedAt",
            "type": "uint40"
          },
          {
            "internalType": "enum OrderState[4]",
            "name": "states",
            "type": "uint8[4]"
          },
          {
            "internalType": "bool",
            "name": "delisting",
            "type": "bool"
          },
          {
            "internalType": "address",
            "name": "respondent",
            "type": "address"
          },
          {
            "internalType": "uint96",
            "name": "dueAssets",
            "type": "uint96"
          },
          {
            "internalType": "bytes32",
            "name": "subjectId",
            "type": "bytes32"
          },
          {
            "internalType": "uint96",
            "name": "awardedAssets",
            "type": "uint96"
          }
        ],
        "internalType": "struct Orders",
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
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      }
    ],
    "name": "proceed",
    "outputs": [
      {
        "internalType": "enum IGrievanceOrders.ComponentStep",
        "name": "step",
        "type": "uint8"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "AepId",
        "name": "revision",
        "type": "bytes32"
      }
    ],
    "name": "proveCorrection",
    "outputs": [],
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
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "enum OrderKind",
        "name": "kind",
        "type": "uint8"
      }
    ],
    "name": "untilOf",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const
