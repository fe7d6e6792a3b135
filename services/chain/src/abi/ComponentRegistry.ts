// Written by scripts/build.ts from contracts/registry/ComponentRegistry.sol.
export const componentRegistryAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
        "type": "address"
      },
      {
        "internalType": "contract IEvidenceRegistry",
        "name": "registry_",
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
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "Registry_AlreadyAnswered",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "answerBy",
        "type": "uint256"
      }
    ],
    "name": "Registry_AnswerPending",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "answerBy",
        "type": "uint256"
      }
    ],
    "name": "Registry_AnswerTooLate",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "Registry_CaseOpen",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "contentHash",
        "type": "bytes32"
      },
      {
        "internalType": "ComponentId",
        "name": "holder",
        "type": "bytes32"
      }
    ],
    "name": "Registry_ContentHeld",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "expiresAt",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "earliest",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "latest",
        "type": "uint256"
      }
    ],
    "name": "Registry_ExpiryOutOfRange",
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
    "name": "Registry_FeedNotLinked",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "level",
        "type": "uint256"
      }
    ],
    "name": "Registry_LevelOutOfRange",
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
    "name": "Registry_NameLength",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "Registry_NoCase",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Registry_NoCodeHash",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Registry_NoContent",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "contentHash",
        "type": "bytes32"
      }
    ],
    "name": "Registry_NoHolder",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Registry_NoReason",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "Registry_NotAnswerable",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "Registry_NotConfirmed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "Registry_NotPublisher",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "Registry_NotUrgent",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "publisher",
        "type": "address"
      }
    ],
    "name": "Registry_OwnComponent",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "Registry_Unknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "nextAt",
        "type": "uint256"
      }
    ],
    "name": "Registry_UrgentTooSoon",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "Version",
        "name": "version",
        "type": "uint48"
      },
      {
        "internalType": "Version",
        "name": "latest",
        "type": "uint48"
      }
    ],
    "name": "Registry_VersionNotAbove",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "contentHash",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "expected",
        "type": "bytes32"
      }
    ],
    "name": "Registry_WrongContent",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "enum ComponentKind",
        "name": "kind",
        "type": "uint8"
      }
    ],
    "name": "Registry_WrongKind",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "enum ComponentStatus",
        "name": "status",
        "type": "uint8"
      }
    ],
    "name": "Registry_WrongStatus",
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
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "by",
        "type": "address"
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
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "by",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
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
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "by",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "answerBy",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
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
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "certifier",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "conformanceLevel",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "eql",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "expiresAt",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "ComponentCertified",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "by",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "ComponentDelisted",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "LineageId",
        "name": "lineageId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "publisher",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "enum ComponentKind",
        "name": "kind",
        "type": "uint8"
      },
      {
        "components": [
          {
            "internalType": "string",
            "name": "name",
            "type": "string"
          },
          {
            "internalType": "Version",
            "name": "version",
            "type": "uint48"
          },
          {
            "internalType": "bytes32",
            "name": "contentHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "sbomHash",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "uri",
            "type": "string"
          }
        ],
        "indexed": false,
        "internalType": "struct Release",
        "name": "release",
        "type": "tuple"
      }
    ],
    "name": "ComponentProposed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "by",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "suspendedUntil",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "urgent",
        "type": "bool"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "ComponentSuspended",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "ComponentWithdrawn",
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
        "indexed": true,
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "mostEql",
        "type": "uint8"
      }
    ],
    "name": "FeedEnforced",
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
        "indexed": true,
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "FeedLinked",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "maintainer",
        "type": "address"
      }
    ],
    "name": "MaintainerNamed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
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
    "name": "TemplateEnforced",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
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
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "caseOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint40",
            "name": "openedAt",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "suspendedUntil",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "nextUrgentAt",
            "type": "uint40"
          },
          {
            "internalType": "bool",
            "name": "answered",
            "type": "bool"
          },
          {
            "internalType": "enum CaseState",
            "name": "state",
            "type": "uint8"
          }
        ],
        "internalType": "struct Case",
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
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "uint8",
        "name": "conformanceLevel",
        "type": "uint8"
      },
      {
        "internalType": "uint8",
        "name": "eql",
        "type": "uint8"
      },
      {
        "internalType": "uint40",
        "name": "expiresAt",
        "type": "uint40"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "certify",
    "outputs": [],
    "stateMutability": "nonpayable",
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
    "name": "codeHashIn",
    "outputs": [
      {
        "internalType": "bytes32",
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
        "internalType": "LineageId",
        "name": "lineageId",
        "type": "bytes32"
      },
      {
        "internalType": "Version",
        "name": "version",
        "type": "uint48"
      }
    ],
    "name": "componentIdOf",
    "outputs": [
      {
        "internalType": "ComponentId",
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
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "componentOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "address",
            "name": "publisher",
            "type": "address"
          },
          {
            "internalType": "enum ComponentKind",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "enum ComponentStatus",
            "name": "status",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "conformanceLevel",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "eql",
            "type": "uint8"
          },
          {
            "internalType": "Version",
            "name": "version",
            "type": "uint48"
          },
          {
            "internalType": "address",
            "name": "certifier",
            "type": "address"
          },
          {
            "internalType": "uint40",
            "name": "certifiedAt",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "expiresAt",
            "type": "uint40"
          },
          {
            "internalType": "bytes32",
            "name": "contentHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "sbomHash",
            "type": "bytes32"
          },
          {
            "internalType": "address",
            "name": "maintainer",
            "type": "address"
          },
          {
            "internalType": "LineageId",
            "name": "lineageId",
            "type": "bytes32"
          }
        ],
        "internalType": "struct Component",
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
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "confirm",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "delist",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "dismiss",
    "outputs": [],
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
    "name": "enforce",
    "outputs": [
      {
        "internalType": "uint8",
        "name": "mostEql",
        "type": "uint8"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "enforceComponent",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "feedsOf",
    "outputs": [
      {
        "internalType": "FeedId[]",
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
        "internalType": "enum ComponentKind",
        "name": "",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "contentHash",
        "type": "bytes32"
      }
    ],
    "name": "holderOf",
    "outputs": [
      {
        "internalType": "ComponentId",
        "name": "",
        "type": "bytes32"
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
        "internalType": "LineageId",
        "name": "",
        "type": "bytes32"
      }
    ],
    "name": "latestVersionOf",
    "outputs": [
      {
        "internalType": "Version",
        "name": "",
        "type": "uint48"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "enum ComponentKind",
        "name": "kind",
        "type": "uint8"
      },
      {
        "internalType": "address",
        "name": "publisher",
        "type": "address"
      },
      {
        "internalType": "string",
        "name": "name",
        "type": "string"
      }
    ],
    "name": "lineageIdOf",
    "outputs": [
      {
        "internalType": "LineageId",
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
        "internalType": "bytes",
        "name": "specification",
        "type": "bytes"
      }
    ],
    "name": "linkFeed",
    "outputs": [
      {
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      },
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "FeedId",
        "name": "",
        "type": "bytes32"
      }
    ],
    "name": "modelOf",
    "outputs": [
      {
        "internalType": "ComponentId",
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
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "mostEqlOf",
    "outputs": [
      {
        "internalType": "uint8",
        "name": "",
        "type": "uint8"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "maintainer",
        "type": "address"
      }
    ],
    "name": "nameMaintainer",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "openCase",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "enum ComponentKind",
        "name": "kind",
        "type": "uint8"
      },
      {
        "components": [
          {
            "internalType": "string",
            "name": "name",
            "type": "string"
          },
          {
            "internalType": "Version",
            "name": "version",
            "type": "uint48"
          },
          {
            "internalType": "bytes32",
            "name": "contentHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "sbomHash",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "uri",
            "type": "string"
          }
        ],
        "internalType": "struct Release",
        "name": "release",
        "type": "tuple"
      }
    ],
    "name": "propose",
    "outputs": [
      {
        "internalType": "ComponentId",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
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
        "components": [
          {
            "internalType": "string",
            "name": "name",
            "type": "string"
          },
          {
            "internalType": "Version",
            "name": "version",
            "type": "uint48"
          },
          {
            "internalType": "bytes32",
            "name": "contentHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "sbomHash",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "uri",
            "type": "string"
          }
        ],
        "internalType": "struct Release",
        "name": "release",
        "type": "tuple"
      }
    ],
    "name": "proposeTemplate",
    "outputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "registry",
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
        "internalType": "bytes32",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "standingOf",
    "outputs": [
      {
        "internalType": "uint8",
        "name": "conformanceLevel",
        "type": "uint8"
      },
      {
        "internalType": "uint8",
        "name": "status",
        "type": "uint8"
      },
      {
        "internalType": "uint40",
        "name": "expiresAt",
        "type": "uint40"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "statusOf",
    "outputs": [
      {
        "internalType": "enum ComponentStatus",
        "name": "",
        "type": "uint8"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "suspend",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "suspendUrgently",
    "outputs": [],
    "stateMutability": "nonpayable",
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
      }
    ],
    "name": "templateKey",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
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
  },
  {
    "inputs": [
      {
        "internalType": "ComponentId",
        "name": "componentId",
        "type": "bytes32"
      }
    ],
    "name": "withdraw",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
