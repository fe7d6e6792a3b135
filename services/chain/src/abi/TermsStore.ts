// Written by scripts/build.ts from contracts/capital/TermsStore.sol.
export const termsStoreAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
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
        "internalType": "uint256",
        "name": "length",
        "type": "uint256"
      }
    ],
    "name": "CodeData_NotWritten",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "header",
        "type": "uint256"
      }
    ],
    "name": "Formula_BadHeader",
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
        "name": "payoutWad",
        "type": "uint256"
      }
    ],
    "name": "Formula_FractionAboveOne",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "knots",
        "type": "uint256"
      }
    ],
    "name": "Formula_KnotCount",
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
        "internalType": "int256",
        "name": "x",
        "type": "int256"
      },
      {
        "internalType": "int256",
        "name": "previousX",
        "type": "int256"
      }
    ],
    "name": "Formula_KnotsNotAscending",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "coverAssets",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Terms_CoverOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "reportingDeadline",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "earliest",
        "type": "uint256"
      }
    ],
    "name": "Terms_DeadlineTooEarly",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Terms_EmptySpecification",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "from",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "to",
        "type": "uint256"
      }
    ],
    "name": "Terms_EmptyWindow",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "minEql",
        "type": "uint256"
      }
    ],
    "name": "Terms_EqlOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "FormulaId",
        "name": "formulaId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "coverAssets",
        "type": "uint256"
      }
    ],
    "name": "Terms_NeverPays",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Terms_NoAsset",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "FormulaId",
        "name": "formulaId",
        "type": "bytes32"
      },
      {
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      }
    ],
    "name": "Terms_TemplateWithdrawn",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      }
    ],
    "name": "Terms_UnknownFeed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "FormulaId",
        "name": "formulaId",
        "type": "bytes32"
      }
    ],
    "name": "Terms_UnknownFormula",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "termsIndex",
        "type": "uint256"
      }
    ],
    "name": "Terms_UnknownIndex",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "TermsHash",
        "name": "termsHash",
        "type": "bytes32"
      }
    ],
    "name": "Terms_UnknownTerms",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "waitingSeconds",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Terms_WaitingTooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "TermsHash",
        "name": "termsHash",
        "type": "bytes32"
      }
    ],
    "name": "Terms_Withdrawn",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "version",
        "type": "uint256"
      }
    ],
    "name": "Terms_WrongVersion",
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
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "specification",
        "type": "bytes"
      }
    ],
    "name": "FeedPublished",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "FormulaId",
        "name": "formulaId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "header",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256[]",
        "name": "words",
        "type": "uint256[]"
      }
    ],
    "name": "FormulaPublished",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "FormulaId",
        "name": "formulaId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "withdrawn",
        "type": "bool"
      }
    ],
    "name": "TemplateWithdrawn",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "TermsHash",
        "name": "termsHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "uint24",
        "name": "termsIndex",
        "type": "uint24"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "terms",
        "type": "bytes"
      }
    ],
    "name": "TermsPublished",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "TermsHash",
        "name": "termsHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "withdrawn",
        "type": "bool"
      }
    ],
    "name": "TermsWithdrawn",
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
        "internalType": "TermsHash",
        "name": "termsHash",
        "type": "bytes32"
      }
    ],
    "name": "bindingOf",
    "outputs": [
      {
        "internalType": "uint24",
        "name": "termsIndex",
        "type": "uint24"
      },
      {
        "internalType": "address",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "uint40",
        "name": "from",
        "type": "uint40"
      },
      {
        "internalType": "uint32",
        "name": "waitingSeconds",
        "type": "uint32"
      },
      {
        "internalType": "uint256",
        "name": "mostAssets",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "TermsHash",
        "name": "termsHash",
        "type": "bytes32"
      }
    ],
    "name": "enforceTerms",
    "outputs": [
      {
        "internalType": "bool",
        "name": "withdrawn",
        "type": "bool"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      }
    ],
    "name": "feedPublishedIn",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "blockNumber",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "FormulaId",
        "name": "formulaId",
        "type": "bytes32"
      }
    ],
    "name": "formulaOf",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "header",
        "type": "uint256"
      },
      {
        "internalType": "uint256[]",
        "name": "words",
        "type": "uint256[]"
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
            "internalType": "uint8",
            "name": "version",
            "type": "uint8"
          },
          {
            "internalType": "FeedId",
            "name": "feedId",
            "type": "bytes32"
          },
          {
            "internalType": "FormulaId",
            "name": "formulaId",
            "type": "bytes32"
          },
          {
            "internalType": "address",
            "name": "asset",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "coverAssets",
            "type": "uint256"
          },
          {
            "internalType": "uint40",
            "name": "from",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "to",
            "type": "uint40"
          },
          {
            "internalType": "uint8",
            "name": "minEql",
            "type": "uint8"
          },
          {
            "internalType": "enum EvidenceGrade",
            "name": "evidence",
            "type": "uint8"
          },
          {
            "internalType": "enum Readings",
            "name": "readings",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "waitingSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint40",
            "name": "reportingDeadline",
            "type": "uint40"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "hashTerms",
    "outputs": [
      {
        "internalType": "TermsHash",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
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
        "internalType": "FormulaId",
        "name": "",
        "type": "bytes32"
      },
      {
        "internalType": "FeedId",
        "name": "",
        "type": "bytes32"
      }
    ],
    "name": "isTemplateWithdrawn",
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
        "internalType": "TermsHash",
        "name": "termsHash",
        "type": "bytes32"
      }
    ],
    "name": "isWithdrawn",
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
        "internalType": "bytes",
        "name": "specification",
        "type": "bytes"
      }
    ],
    "name": "publishFeed",
    "outputs": [
      {
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "header",
        "type": "uint256"
      },
      {
        "internalType": "uint256[]",
        "name": "words",
        "type": "uint256[]"
      }
    ],
    "name": "publishFormula",
    "outputs": [
      {
        "internalType": "FormulaId",
        "name": "formulaId",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "version",
            "type": "uint8"
          },
          {
            "internalType": "FeedId",
            "name": "feedId",
            "type": "bytes32"
          },
          {
            "internalType": "FormulaId",
            "name": "formulaId",
            "type": "bytes32"
          },
          {
            "internalType": "address",
            "name": "asset",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "coverAssets",
            "type": "uint256"
          },
          {
            "internalType": "uint40",
            "name": "from",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "to",
            "type": "uint40"
          },
          {
            "internalType": "uint8",
            "name": "minEql",
            "type": "uint8"
          },
          {
            "internalType": "enum EvidenceGrade",
            "name": "evidence",
            "type": "uint8"
          },
          {
            "internalType": "enum Readings",
            "name": "readings",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "waitingSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint40",
            "name": "reportingDeadline",
            "type": "uint40"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "publishTerms",
    "outputs": [
      {
        "internalType": "TermsHash",
        "name": "termsHash",
        "type": "bytes32"
      },
      {
        "internalType": "uint24",
        "name": "termsIndex",
        "type": "uint24"
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
        "internalType": "uint24",
        "name": "termsIndex",
        "type": "uint24"
      }
    ],
    "name": "termsAt",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "version",
            "type": "uint8"
          },
          {
            "internalType": "FeedId",
            "name": "feedId",
            "type": "bytes32"
          },
          {
            "internalType": "FormulaId",
            "name": "formulaId",
            "type": "bytes32"
          },
          {
            "internalType": "address",
            "name": "asset",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "coverAssets",
            "type": "uint256"
          },
          {
            "internalType": "uint40",
            "name": "from",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "to",
            "type": "uint40"
          },
          {
            "internalType": "uint8",
            "name": "minEql",
            "type": "uint8"
          },
          {
            "internalType": "enum EvidenceGrade",
            "name": "evidence",
            "type": "uint8"
          },
          {
            "internalType": "enum Readings",
            "name": "readings",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "waitingSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint40",
            "name": "reportingDeadline",
            "type": "uint40"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "internalType": "TermsHash",
        "name": "termsHash",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "mostAssets",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "TermsHash",
        "name": "termsHash",
        "type": "bytes32"
      }
    ],
    "name": "termsOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "version",
            "type": "uint8"
          },
          {
            "internalType": "FeedId",
            "name": "feedId",
            "type": "bytes32"
          },
          {
            "internalType": "FormulaId",
            "name": "formulaId",
            "type": "bytes32"
          },
          {
            "internalType": "address",
            "name": "asset",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "coverAssets",
            "type": "uint256"
          },
          {
            "internalType": "uint40",
            "name": "from",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "to",
            "type": "uint40"
          },
          {
            "internalType": "uint8",
            "name": "minEql",
            "type": "uint8"
          },
          {
            "internalType": "enum EvidenceGrade",
            "name": "evidence",
            "type": "uint8"
          },
          {
            "internalType": "enum Readings",
            "name": "readings",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "waitingSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint40",
            "name": "reportingDeadline",
            "type": "uint40"
          }
        ],
        "internalType": "struct Terms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "internalType": "uint24",
        "name": "termsIndex",
        "type": "uint24"
      },
      {
        "internalType": "uint256",
        "name": "mostAssets",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "FormulaId",
        "name": "formulaId",
        "type": "bytes32"
      },
      {
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      },
      {
        "internalType": "bool",
        "name": "withdrawn",
        "type": "bool"
      }
    ],
    "name": "withdrawTemplate",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
