// Written by scripts/build.ts from contracts/governance/nip/NipRegistry.sol.
export const nipRegistryAbi = [
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
        "name": "activationSeconds",
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
    "name": "Nip_ActivationOutOfRange",
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
    "name": "Nip_NameLength",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Nip_NoHolder",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Nip_NoReason",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Nip_NoSpecification",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "holder",
        "type": "address"
      }
    ],
    "name": "Nip_NoTerm",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "Nip_NotAuthor",
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
    "name": "Nip_NotEditor",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "Nip_NotMaintainer",
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
    "name": "Nip_NotNextVersion",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      }
    ],
    "name": "Nip_NothingInForce",
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
    "name": "Nip_OfficerCannotDecide",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "specHash",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "given",
        "type": "bytes32"
      }
    ],
    "name": "Nip_OtherSpecification",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "author",
        "type": "address"
      }
    ],
    "name": "Nip_OwnProposal",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "Nip_SameHand",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Nip_SentBackOften",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "specHash",
        "type": "bytes32"
      },
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      }
    ],
    "name": "Nip_SpecificationKnown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "endsAt",
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
    "name": "Nip_TermOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "holder",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "earliest",
        "type": "uint256"
      }
    ],
    "name": "Nip_TermTooSoon",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "earliest",
        "type": "uint256"
      }
    ],
    "name": "Nip_TooSoon",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      }
    ],
    "name": "Nip_Unknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "enum NipState",
        "name": "state",
        "type": "uint8"
      }
    ],
    "name": "Nip_WrongState",
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
        "name": "editor",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "endsAt",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "EditorTerm",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "maintainer",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "endsAt",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "MaintainerTerm",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "enum NipState",
        "name": "from",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "enum NipState",
        "name": "to",
        "type": "uint8"
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
    "name": "NipMoved",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "specHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "uri",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "NipRevised",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "author",
        "type": "address"
      },
      {
        "components": [
          {
            "internalType": "string",
            "name": "specName",
            "type": "string"
          },
          {
            "internalType": "Version",
            "name": "version",
            "type": "uint48"
          },
          {
            "internalType": "bytes32",
            "name": "specHash",
            "type": "bytes32"
          },
          {
            "internalType": "uint32",
            "name": "activationSeconds",
            "type": "uint32"
          },
          {
            "internalType": "string",
            "name": "uri",
            "type": "string"
          }
        ],
        "indexed": false,
        "internalType": "struct Draft",
        "name": "draft",
        "type": "tuple"
      }
    ],
    "name": "NipSubmitted",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "Version",
        "name": "version",
        "type": "uint48"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "specHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "inForceFrom",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "compatible",
        "type": "bool"
      },
      {
        "indexed": false,
        "internalType": "NipId",
        "name": "supersedes",
        "type": "uint256"
      }
    ],
    "name": "VersionScheduled",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "advance",
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
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      }
    ],
    "name": "earliestAt",
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
        "name": "editor",
        "type": "address"
      }
    ],
    "name": "editorUntil",
    "outputs": [
      {
        "internalType": "uint40",
        "name": "",
        "type": "uint40"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "editor",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "endEditor",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "maintainer",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "endMaintainer",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "editor",
        "type": "address"
      },
      {
        "internalType": "uint40",
        "name": "endsAt",
        "type": "uint40"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "grantEditor",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "maintainer",
        "type": "address"
      },
      {
        "internalType": "uint40",
        "name": "endsAt",
        "type": "uint40"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "grantMaintainer",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "timestamp",
        "type": "uint256"
      }
    ],
    "name": "inForceAt",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint64",
            "name": "nip",
            "type": "uint64"
          },
          {
            "internalType": "Version",
            "name": "version",
            "type": "uint48"
          },
          {
            "internalType": "uint40",
            "name": "inForceFrom",
            "type": "uint40"
          },
          {
            "internalType": "bool",
            "name": "compatible",
            "type": "bool"
          },
          {
            "internalType": "bytes32",
            "name": "specHash",
            "type": "bytes32"
          }
        ],
        "internalType": "struct SpecVersion",
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
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      },
      {
        "internalType": "Version",
        "name": "older",
        "type": "uint48"
      },
      {
        "internalType": "Version",
        "name": "newer",
        "type": "uint48"
      }
    ],
    "name": "isCompatible",
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
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "lapse",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "maintainer",
        "type": "address"
      }
    ],
    "name": "maintainerUntil",
    "outputs": [
      {
        "internalType": "uint40",
        "name": "",
        "type": "uint40"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "nipCount",
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
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      }
    ],
    "name": "nipOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "SpecId",
            "name": "specId",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "specHash",
            "type": "bytes32"
          },
          {
            "internalType": "address",
            "name": "author",
            "type": "address"
          },
          {
            "internalType": "Version",
            "name": "version",
            "type": "uint48"
          },
          {
            "internalType": "uint32",
            "name": "activationSeconds",
            "type": "uint32"
          },
          {
            "internalType": "enum NipState",
            "name": "state",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "sendBacks",
            "type": "uint8"
          },
          {
            "internalType": "address",
            "name": "reviewedBy",
            "type": "address"
          },
          {
            "internalType": "uint40",
            "name": "enteredAt",
            "type": "uint40"
          },
          {
            "internalType": "uint32",
            "name": "place",
            "type": "uint32"
          }
        ],
        "internalType": "struct Nip",
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
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "specHash",
        "type": "bytes32"
      },
      {
        "internalType": "bool",
        "name": "accepted",
        "type": "bool"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "recordOutcome",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "specHash",
        "type": "bytes32"
      },
      {
        "internalType": "string",
        "name": "uri",
        "type": "string"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "revise",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "sendBack",
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
        "internalType": "string",
        "name": "specName",
        "type": "string"
      }
    ],
    "name": "specIdOf",
    "outputs": [
      {
        "internalType": "SpecId",
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
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      }
    ],
    "name": "stateOf",
    "outputs": [
      {
        "internalType": "enum NipState",
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
        "components": [
          {
            "internalType": "string",
            "name": "specName",
            "type": "string"
          },
          {
            "internalType": "Version",
            "name": "version",
            "type": "uint48"
          },
          {
            "internalType": "bytes32",
            "name": "specHash",
            "type": "bytes32"
          },
          {
            "internalType": "uint32",
            "name": "activationSeconds",
            "type": "uint32"
          },
          {
            "internalType": "string",
            "name": "uri",
            "type": "string"
          }
        ],
        "internalType": "struct Draft",
        "name": "draft",
        "type": "tuple"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "submit",
    "outputs": [
      {
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "place",
        "type": "uint256"
      }
    ],
    "name": "versionAt",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint64",
            "name": "nip",
            "type": "uint64"
          },
          {
            "internalType": "Version",
            "name": "version",
            "type": "uint48"
          },
          {
            "internalType": "uint40",
            "name": "inForceFrom",
            "type": "uint40"
          },
          {
            "internalType": "bool",
            "name": "compatible",
            "type": "bool"
          },
          {
            "internalType": "bytes32",
            "name": "specHash",
            "type": "bytes32"
          }
        ],
        "internalType": "struct SpecVersion",
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
        "internalType": "SpecId",
        "name": "specId",
        "type": "bytes32"
      }
    ],
    "name": "versionCount",
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
        "internalType": "NipId",
        "name": "nipId",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "withdraw",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
