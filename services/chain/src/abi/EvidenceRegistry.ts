// Written by scripts/build.ts from contracts/evidence/EvidenceRegistry.sol.
export const evidenceRegistryAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
        "type": "address"
      },
      {
        "internalType": "uint40",
        "name": "challengeSeconds_",
        "type": "uint40"
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
        "name": "index",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "operator",
        "type": "address"
      }
    ],
    "name": "Committee_BadSignature",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Committee_DeploymentFailed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "operators",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "keyHashes",
        "type": "uint256"
      }
    ],
    "name": "Committee_KeyHashesMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "configVersion",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "current",
        "type": "uint256"
      }
    ],
    "name": "Committee_NotCurrent",
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
        "internalType": "address",
        "name": "operator",
        "type": "address"
      }
    ],
    "name": "Committee_OperatorsNotAscending",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "signatures",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "quorum",
        "type": "uint256"
      }
    ],
    "name": "Committee_QuorumMissed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "quorum",
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
    "name": "Committee_QuorumOutOfRange",
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
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "Committee_SignatureBytes",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "operators",
        "type": "uint256"
      }
    ],
    "name": "Committee_SizeOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "activeFrom",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "earliest",
        "type": "uint256"
      }
    ],
    "name": "Committee_TooSoon",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "configVersion",
        "type": "uint256"
      }
    ],
    "name": "Committee_UnknownConfiguration",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "signers",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "operators",
        "type": "uint256"
      }
    ],
    "name": "Committee_UnknownSigner",
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
        "internalType": "address",
        "name": "given",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "operator",
        "type": "address"
      }
    ],
    "name": "Committee_WrongOther",
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
    "name": "Evidence_AlreadyAnchored",
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
    "name": "Evidence_AlreadyDisputed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "challengeSeconds",
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
    "name": "Evidence_ChallengeOutOfRange",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Evidence_EmptyRoot",
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
    "name": "Evidence_EmptyWindow",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "eql",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "mostEql",
        "type": "uint256"
      }
    ],
    "name": "Evidence_EqlAboveCap",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "eql",
        "type": "uint256"
      }
    ],
    "name": "Evidence_EqlOutOfRange",
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
        "internalType": "enum AnchorState",
        "name": "state",
        "type": "uint8"
      }
    ],
    "name": "Evidence_NotDisputable",
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
        "internalType": "enum AnchorState",
        "name": "state",
        "type": "uint8"
      }
    ],
    "name": "Evidence_NotDisputed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "flags",
        "type": "uint256"
      }
    ],
    "name": "Evidence_ReservedFlags",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "sequence",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "latest",
        "type": "uint256"
      }
    ],
    "name": "Evidence_SequenceNotAbove",
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
    "name": "Evidence_UnknownAep",
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
    "name": "Evidence_UnknownFeed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "to",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "timestamp",
        "type": "uint256"
      }
    ],
    "name": "Evidence_WindowNotOver",
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
        "internalType": "uint256",
        "name": "until",
        "type": "uint256"
      }
    ],
    "name": "Pause_AlreadyExtended",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Pause_Empty",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Pause_NotPaused",
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
    "name": "Pause_Paused",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "durationSeconds",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Pause_TooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "nextAt",
        "type": "uint256"
      }
    ],
    "name": "Pause_TooSoon",
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
        "internalType": "AepId",
        "name": "aepId",
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
        "internalType": "bytes32",
        "name": "header",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "receiptsRoot",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "finalAt",
        "type": "uint40"
      }
    ],
    "name": "AepAnchored",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "disputer",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "upheldAt",
        "type": "uint40"
      }
    ],
    "name": "AepDisputed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "adjudicator",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "AepUpheld",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "adjudicator",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "AepVoided",
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
        "internalType": "uint32",
        "name": "configVersion",
        "type": "uint32"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "activeFrom",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "quorum",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "keys",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "address[]",
        "name": "operators",
        "type": "address[]"
      },
      {
        "indexed": false,
        "internalType": "bytes32[]",
        "name": "pqKeyHashes",
        "type": "bytes32[]"
      }
    ],
    "name": "ConfigurationAnnounced",
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
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "mostEql",
        "type": "uint8"
      }
    ],
    "name": "FeedCapped",
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
        "internalType": "uint24",
        "name": "feedIndex",
        "type": "uint24"
      }
    ],
    "name": "FeedOpened",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "by",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "until",
        "type": "uint40"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "cause",
        "type": "bytes32"
      }
    ],
    "name": "PauseExtended",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "by",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "until",
        "type": "uint40"
      }
    ],
    "name": "Paused",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      },
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "receiptsRoot",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "header",
        "type": "bytes32"
      },
      {
        "internalType": "bytes",
        "name": "signatures",
        "type": "bytes"
      }
    ],
    "name": "anchor",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "anchorOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "int64",
            "name": "value",
            "type": "int64"
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
            "internalType": "uint40",
            "name": "finalAt",
            "type": "uint40"
          },
          {
            "internalType": "uint32",
            "name": "sequence",
            "type": "uint32"
          },
          {
            "internalType": "uint24",
            "name": "feedIndex",
            "type": "uint24"
          },
          {
            "internalType": "uint8",
            "name": "eql",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "flags",
            "type": "uint8"
          }
        ],
        "internalType": "struct Anchor",
        "name": "",
        "type": "tuple"
      },
      {
        "internalType": "enum AnchorState",
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
        "internalType": "address[]",
        "name": "operators",
        "type": "address[]"
      },
      {
        "internalType": "bytes32[]",
        "name": "pqKeyHashes",
        "type": "bytes32[]"
      },
      {
        "internalType": "uint8",
        "name": "quorum",
        "type": "uint8"
      },
      {
        "internalType": "uint40",
        "name": "activeFrom",
        "type": "uint40"
      }
    ],
    "name": "announceConfiguration",
    "outputs": [
      {
        "internalType": "uint32",
        "name": "configVersion",
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
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      },
      {
        "internalType": "uint8",
        "name": "mostEql",
        "type": "uint8"
      }
    ],
    "name": "capFeed",
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
    "name": "capOf",
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
    "inputs": [],
    "name": "challengeSeconds",
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
        "internalType": "uint32",
        "name": "configVersion",
        "type": "uint32"
      }
    ],
    "name": "configuration",
    "outputs": [
      {
        "internalType": "address[]",
        "name": "operators",
        "type": "address[]"
      },
      {
        "internalType": "uint8",
        "name": "quorum",
        "type": "uint8"
      },
      {
        "internalType": "uint40",
        "name": "activeFrom",
        "type": "uint40"
      },
      {
        "internalType": "uint40",
        "name": "activeUntil",
        "type": "uint40"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "currentConfigVersion",
    "outputs": [
      {
        "internalType": "uint32",
        "name": "",
        "type": "uint32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "dispute",
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
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "evidenceOf",
    "outputs": [
      {
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      },
      {
        "components": [
          {
            "internalType": "int64",
            "name": "value",
            "type": "int64"
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
            "internalType": "uint40",
            "name": "finalAt",
            "type": "uint40"
          },
          {
            "internalType": "uint32",
            "name": "sequence",
            "type": "uint32"
          },
          {
            "internalType": "uint24",
            "name": "feedIndex",
            "type": "uint24"
          },
          {
            "internalType": "uint8",
            "name": "eql",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "flags",
            "type": "uint8"
          }
        ],
        "internalType": "struct Anchor",
        "name": "",
        "type": "tuple"
      },
      {
        "internalType": "enum AnchorState",
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
        "internalType": "uint40",
        "name": "durationSeconds",
        "type": "uint40"
      },
      {
        "internalType": "bytes32",
        "name": "cause",
        "type": "bytes32"
      }
    ],
    "name": "extendPause",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint24",
        "name": "feedIndex",
        "type": "uint24"
      }
    ],
    "name": "feedAt",
    "outputs": [
      {
        "internalType": "FeedId",
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
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      }
    ],
    "name": "latestOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "int64",
            "name": "value",
            "type": "int64"
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
            "internalType": "uint40",
            "name": "finalAt",
            "type": "uint40"
          },
          {
            "internalType": "uint32",
            "name": "sequence",
            "type": "uint32"
          },
          {
            "internalType": "uint24",
            "name": "feedIndex",
            "type": "uint24"
          },
          {
            "internalType": "uint8",
            "name": "eql",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "flags",
            "type": "uint8"
          }
        ],
        "internalType": "struct Anchor",
        "name": "",
        "type": "tuple"
      },
      {
        "internalType": "enum AnchorState",
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
        "internalType": "uint40",
        "name": "durationSeconds",
        "type": "uint40"
      }
    ],
    "name": "pause",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "pausedSeconds",
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
    "name": "pausedUntil",
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
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      },
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "receiptsRoot",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "header",
        "type": "bytes32"
      }
    ],
    "name": "reportDigest",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "digest",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "internalType": "bool",
        "name": "upheld",
        "type": "bool"
      },
      {
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "rule",
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
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "stateOf",
    "outputs": [
      {
        "internalType": "enum AnchorState",
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
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes",
        "name": "content",
        "type": "bytes"
      },
      {
        "internalType": "bytes32",
        "name": "salt",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "index",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "size",
        "type": "uint256"
      },
      {
        "internalType": "bytes32[]",
        "name": "proof",
        "type": "bytes32[]"
      }
    ],
    "name": "verifyClaim",
    "outputs": [
      {
        "internalType": "bool",
        "name": "",
        "type": "bool"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const
