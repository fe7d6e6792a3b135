// Written by scripts/build.ts from contracts/grievance/GrievanceRail.sol.
export const grievanceRailAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
        "type": "address"
      },
      {
        "components": [
          {
            "internalType": "contract IGrievanceLedger",
            "name": "ledger",
            "type": "address"
          },
          {
            "internalType": "contract IGrievanceDesk",
            "name": "desk",
            "type": "address"
          },
          {
            "internalType": "contract IArbiterRegister",
            "name": "register",
            "type": "address"
          },
          {
            "internalType": "contract IGrievancePanels",
            "name": "panels",
            "type": "address"
          },
          {
            "internalType": "contract IRespondentBonds",
            "name": "respondents",
            "type": "address"
          },
          {
            "internalType": "contract IGrievanceOrders",
            "name": "orders",
            "type": "address"
          },
          {
            "internalType": "contract IEvidenceRegistry",
            "name": "evidence",
            "type": "address"
          }
        ],
        "internalType": "struct GrievanceSuite",
        "name": "suite_",
        "type": "tuple"
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
        "name": "drawBlock",
        "type": "uint256"
      }
    ],
    "name": "Grievance_DrawKnown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "expiresAt",
        "type": "uint256"
      }
    ],
    "name": "Grievance_Expired",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "Grievance_NoEvidence",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Grievance_NoHash",
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
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "Grievance_NotExhibited",
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
    "name": "Grievance_NotParty",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "Grievance_NotVoid",
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
        "name": "deadline",
        "type": "uint256"
      }
    ],
    "name": "Grievance_TooEarly",
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
        "name": "deadline",
        "type": "uint256"
      }
    ],
    "name": "Grievance_TooLate",
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
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Grievance_TooManyExhibits",
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
    "name": "Grievance_Unknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "signer",
        "type": "address"
      }
    ],
    "name": "Grievance_WrongSignature",
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
        "internalType": "enum GrievanceState",
        "name": "state",
        "type": "uint8"
      }
    ],
    "name": "Grievance_WrongState",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "InvalidShortString",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "str",
        "type": "string"
      }
    ],
    "name": "StringTooLong",
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
        "indexed": false,
        "internalType": "uint8",
        "name": "arbiters",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "assetsEach",
        "type": "uint256"
      }
    ],
    "name": "ArbitersPaid",
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
        "indexed": false,
        "internalType": "enum GrievanceState",
        "name": "state",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "deadline",
        "type": "uint40"
      }
    ],
    "name": "CaseAdvanced",
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
        "indexed": false,
        "internalType": "bytes32",
        "name": "answerHash",
        "type": "bytes32"
      }
    ],
    "name": "CaseAnswered",
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
        "name": "appellant",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint96",
        "name": "bondAssets",
        "type": "uint96"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "drawBlock",
        "type": "uint64"
      }
    ],
    "name": "CaseAppealed",
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
        "indexed": false,
        "internalType": "bytes32",
        "name": "claimHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint96",
        "name": "claimedAssets",
        "type": "uint96"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "remedies",
        "type": "uint8"
      }
    ],
    "name": "CaseClaim",
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
        "internalType": "uint64",
        "name": "railId",
        "type": "uint64"
      },
      {
        "indexed": false,
        "internalType": "enum Outcome",
        "name": "outcome",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "Ruling",
        "name": "ruling",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "paidAssets",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "dueAssets",
        "type": "uint256"
      }
    ],
    "name": "CaseClosed",
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
        "indexed": false,
        "internalType": "uint32",
        "name": "termsVersion",
        "type": "uint32"
      },
      {
        "indexed": false,
        "internalType": "uint96",
        "name": "bondAssets",
        "type": "uint96"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "waived",
        "type": "bool"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "drawBlock",
        "type": "uint64"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "answerBy",
        "type": "uint40"
      }
    ],
    "name": "CaseFixed",
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
        "indexed": true,
        "internalType": "address",
        "name": "respondent",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "filer",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint64",
        "name": "railId",
        "type": "uint64"
      },
      {
        "indexed": false,
        "internalType": "enum SubjectKind",
        "name": "subjectKind",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "subjectId",
        "type": "bytes32"
      }
    ],
    "name": "CaseOpened",
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
        "indexed": false,
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "apology",
        "type": "bool"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "textHash",
        "type": "bytes32"
      }
    ],
    "name": "CaseSettled",
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
      }
    ],
    "name": "CaseTakenOver",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [],
    "name": "EIP712DomainChanged",
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
        "name": "by",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "exhibit",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "aep",
        "type": "bool"
      }
    ],
    "name": "ExhibitFiled",
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
      }
    ],
    "name": "ExhibitStruck",
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
        "indexed": false,
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "Ruling",
        "name": "ruling",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "revealed",
        "type": "uint8"
      }
    ],
    "name": "PanelRuled",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      }
    ],
    "name": "advance",
    "outputs": [
      {
        "internalType": "enum GrievanceState",
        "name": "",
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
        "internalType": "bytes32",
        "name": "answerHash",
        "type": "bytes32"
      }
    ],
    "name": "answer",
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
    "name": "appeal",
    "outputs": [],
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
    "inputs": [],
    "name": "caseCount",
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
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "citeEvidence",
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
        "internalType": "bytes32",
        "name": "exhibit",
        "type": "bytes32"
      }
    ],
    "name": "commitEvidence",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "eip712Domain",
    "outputs": [
      {
        "internalType": "bytes1",
        "name": "fields",
        "type": "bytes1"
      },
      {
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "internalType": "string",
        "name": "version",
        "type": "string"
      },
      {
        "internalType": "uint256",
        "name": "chainId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "verifyingContract",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "salt",
        "type": "bytes32"
      },
      {
        "internalType": "uint256[]",
        "name": "extensions",
        "type": "uint256[]"
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
    "name": "grievanceOf",
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
            "name": "filedAt",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "deadline",
            "type": "uint40"
          },
          {
            "internalType": "enum GrievanceState",
            "name": "state",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "instance",
            "type": "uint8"
          },
          {
            "internalType": "address",
            "name": "respondent",
            "type": "address"
          },
          {
            "internalType": "uint32",
            "name": "termsVersion",
            "type": "uint32"
          },
          {
            "internalType": "enum Outcome",
            "name": "outcome",
            "type": "uint8"
          },
          {
            "internalType": "Ruling",
            "name": "ruling",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "requested",
            "type": "uint8"
          },
          {
            "internalType": "bool",
            "name": "ruled",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "answered",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "waived",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "takenOver",
            "type": "bool"
          },
          {
            "internalType": "address",
            "name": "filer",
            "type": "address"
          },
          {
            "internalType": "uint96",
            "name": "claimedAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint64",
            "name": "drawBlock",
            "type": "uint64"
          },
          {
            "internalType": "uint96",
            "name": "bondAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "appealBondAssets",
            "type": "uint96"
          },
          {
            "internalType": "address",
            "name": "appellant",
            "type": "address"
          },
          {
            "internalType": "uint64",
            "name": "railId",
            "type": "uint64"
          },
          {
            "internalType": "enum SubjectKind",
            "name": "subjectKind",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "complainantExhibits",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "respondentExhibits",
            "type": "uint8"
          },
          {
            "internalType": "bytes32",
            "name": "subjectId",
            "type": "bytes32"
          }
        ],
        "internalType": "struct Grievance",
        "name": "",
        "type": "tuple"
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
        "components": [
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
            "internalType": "uint64",
            "name": "railId",
            "type": "uint64"
          },
          {
            "internalType": "enum SubjectKind",
            "name": "subjectKind",
            "type": "uint8"
          },
          {
            "internalType": "bytes32",
            "name": "subjectId",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "claimHash",
            "type": "bytes32"
          },
          {
            "internalType": "uint96",
            "name": "claimedAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint8",
            "name": "remedies",
            "type": "uint8"
          }
        ],
        "internalType": "struct Filing",
        "name": "filing",
        "type": "tuple"
      }
    ],
    "name": "open",
    "outputs": [
      {
        "internalType": "CaseId",
        "name": "caseId",
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
        "components": [
          {
            "internalType": "uint256",
            "name": "assets",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "apology",
            "type": "bool"
          },
          {
            "internalType": "bytes32",
            "name": "textHash",
            "type": "bytes32"
          },
          {
            "internalType": "uint40",
            "name": "expiresAt",
            "type": "uint40"
          }
        ],
        "internalType": "struct Settlement",
        "name": "settlement",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "complainantSignature",
        "type": "bytes"
      },
      {
        "internalType": "bytes",
        "name": "respondentSignature",
        "type": "bytes"
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
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "assets",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "apology",
            "type": "bool"
          },
          {
            "internalType": "bytes32",
            "name": "textHash",
            "type": "bytes32"
          },
          {
            "internalType": "uint40",
            "name": "expiresAt",
            "type": "uint40"
          }
        ],
        "internalType": "struct Settlement",
        "name": "settlement",
        "type": "tuple"
      }
    ],
    "name": "settlementDigest",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "railId",
        "type": "uint64"
      }
    ],
    "name": "statisticsOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint32",
            "name": "opened",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "settled",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "withdrawn",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "upheld",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "dismissed",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "unheard",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "defaulted",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "appealed",
            "type": "uint32"
          },
          {
            "internalType": "uint128",
            "name": "paidAssets",
            "type": "uint128"
          },
          {
            "internalType": "uint64",
            "name": "openSeconds",
            "type": "uint64"
          }
        ],
        "internalType": "struct RailStatistics",
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
      },
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "strikeEvidence",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "suite",
    "outputs": [
      {
        "components": [
          {
            "internalType": "contract IGrievanceLedger",
            "name": "ledger",
            "type": "address"
          },
          {
            "internalType": "contract IGrievanceDesk",
            "name": "desk",
            "type": "address"
          },
          {
            "internalType": "contract IArbiterRegister",
            "name": "register",
            "type": "address"
          },
          {
            "internalType": "contract IGrievancePanels",
            "name": "panels",
            "type": "address"
          },
          {
            "internalType": "contract IRespondentBonds",
            "name": "respondents",
            "type": "address"
          },
          {
            "internalType": "contract IGrievanceOrders",
            "name": "orders",
            "type": "address"
          },
          {
            "internalType": "contract IEvidenceRegistry",
            "name": "evidence",
            "type": "address"
          }
        ],
        "internalType": "struct GrievanceSuite",
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
    "name": "takeOver",
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
    "name": "withdraw",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
