// Written by scripts/build.ts from contracts/grievance/GrievanceDesk.sol.
export const grievanceDeskAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
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
      },
      {
        "internalType": "contract ICompetence",
        "name": "competence_",
        "type": "address"
      },
      {
        "internalType": "contract IRailFactory",
        "name": "rails_",
        "type": "address"
      },
      {
        "internalType": "uint8",
        "name": "decimals",
        "type": "uint8"
      },
      {
        "components": [
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
            "internalType": "uint32",
            "name": "answerSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "mediationSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "rewardAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "penaltyAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "drawSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "commitSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "mostClaimAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "revealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "appealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "drawBlocks",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "appealDrawBlocks",
            "type": "uint32"
          },
          {
            "internalType": "uint8",
            "name": "panelSize",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "appealPanelSize",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "leastLevel",
            "type": "uint8"
          }
        ],
        "internalType": "struct GrievanceTerms",
        "name": "terms",
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
        "internalType": "uint256",
        "name": "claimedAssets",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Desk_ClaimTooHigh",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Desk_NoClaim",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Desk_NoParty",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "respondent",
        "type": "address"
      }
    ],
    "name": "Desk_NotResponsible",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "party",
        "type": "address"
      }
    ],
    "name": "Desk_SameParty",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "railId",
        "type": "uint64"
      }
    ],
    "name": "Desk_UnknownRail",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "subjectId",
        "type": "bytes32"
      }
    ],
    "name": "Desk_UnknownSubject",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint32",
        "name": "version",
        "type": "uint32"
      }
    ],
    "name": "Desk_UnknownTerms",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "remedies",
        "type": "uint8"
      },
      {
        "internalType": "enum SubjectKind",
        "name": "subjectKind",
        "type": "uint8"
      }
    ],
    "name": "Desk_UnsoundRemedies",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "name",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "value",
        "type": "uint256"
      }
    ],
    "name": "Terms_Even",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "name",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "value",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "least",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Terms_OutOfRange",
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
        "internalType": "uint32",
        "name": "version",
        "type": "uint32"
      },
      {
        "components": [
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
            "internalType": "uint32",
            "name": "answerSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "mediationSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "rewardAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "penaltyAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "drawSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "commitSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "mostClaimAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "revealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "appealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "drawBlocks",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "appealDrawBlocks",
            "type": "uint32"
          },
          {
            "internalType": "uint8",
            "name": "panelSize",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "appealPanelSize",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "leastLevel",
            "type": "uint8"
          }
        ],
        "indexed": false,
        "internalType": "struct GrievanceTerms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "TermsSet",
    "type": "event"
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
      },
      {
        "internalType": "address",
        "name": "filer",
        "type": "address"
      }
    ],
    "name": "admit",
    "outputs": [
      {
        "internalType": "uint32",
        "name": "version",
        "type": "uint32"
      },
      {
        "internalType": "uint96",
        "name": "bondAssets",
        "type": "uint96"
      },
      {
        "internalType": "bool",
        "name": "waived",
        "type": "bool"
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
        "internalType": "address",
        "name": "filer",
        "type": "address"
      }
    ],
    "name": "bondFor",
    "outputs": [
      {
        "internalType": "uint96",
        "name": "bondAssets",
        "type": "uint96"
      },
      {
        "internalType": "bool",
        "name": "waived",
        "type": "bool"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "competence",
    "outputs": [
      {
        "internalType": "contract ICompetence",
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
    "inputs": [
      {
        "internalType": "address",
        "name": "filer",
        "type": "address"
      }
    ],
    "name": "endWaiver",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "equityField",
    "outputs": [
      {
        "internalType": "FieldId",
        "name": "",
        "type": "bytes32"
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
    "inputs": [],
    "name": "rails",
    "outputs": [
      {
        "internalType": "contract IRailFactory",
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
        "components": [
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
            "internalType": "uint32",
            "name": "answerSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "mediationSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "rewardAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "penaltyAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "drawSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "commitSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "mostClaimAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "revealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "appealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "drawBlocks",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "appealDrawBlocks",
            "type": "uint32"
          },
          {
            "internalType": "uint8",
            "name": "panelSize",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "appealPanelSize",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "leastLevel",
            "type": "uint8"
          }
        ],
        "internalType": "struct GrievanceTerms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "setTerms",
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
    "inputs": [
      {
        "internalType": "uint32",
        "name": "version",
        "type": "uint32"
      }
    ],
    "name": "termsOf",
    "outputs": [
      {
        "components": [
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
            "internalType": "uint32",
            "name": "answerSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "mediationSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "rewardAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint96",
            "name": "penaltyAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "drawSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "commitSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint96",
            "name": "mostClaimAssets",
            "type": "uint96"
          },
          {
            "internalType": "uint32",
            "name": "revealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "appealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "drawBlocks",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "appealDrawBlocks",
            "type": "uint32"
          },
          {
            "internalType": "uint8",
            "name": "panelSize",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "appealPanelSize",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "leastLevel",
            "type": "uint8"
          }
        ],
        "internalType": "struct GrievanceTerms",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "termsVersion",
    "outputs": [
      {
        "internalType": "uint32",
        "name": "",
        "type": "uint32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const
