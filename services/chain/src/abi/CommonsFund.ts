// Written by scripts/build.ts from contracts/funding/commons/CommonsFund.sol.
export const commonsFundAbi = [
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
        "components": [
          {
            "internalType": "uint16",
            "name": "keptBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "beneficiary",
            "type": "address"
          }
        ],
        "internalType": "struct Share[4]",
        "name": "shares",
        "type": "tuple[4]"
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
    "name": "CheckpointUnorderedInsertion",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "Commons_AlreadyAwarded",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "to",
        "type": "address"
      }
    ],
    "name": "Commons_BadRecipient",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "startAt",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "cliffAt",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "endAt",
        "type": "uint256"
      }
    ],
    "name": "Commons_BadSchedule",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "signer",
        "type": "address"
      }
    ],
    "name": "Commons_BadSignature",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "enum InflowSource",
        "name": "source",
        "type": "uint8"
      },
      {
        "internalType": "uint256",
        "name": "keptBps",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "beneficiary",
        "type": "address"
      }
    ],
    "name": "Commons_BeneficiaryMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "endAt",
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
    "name": "Commons_EndOutOfRange",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Commons_NoAssets",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Commons_NoDecision",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "internalType": "enum AwardKind",
        "name": "kind",
        "type": "uint8"
      }
    ],
    "name": "Commons_NotAStream",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "Commons_NotAwaiting",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "freeAssets",
        "type": "uint256"
      }
    ],
    "name": "Commons_NotFree",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "lapsesAt",
        "type": "uint256"
      }
    ],
    "name": "Commons_NotLapsed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "Commons_NotRecipient",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "enum InflowSource",
        "name": "source",
        "type": "uint8"
      }
    ],
    "name": "Commons_NothingDue",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      }
    ],
    "name": "Commons_NothingFound",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "Commons_NothingLeft",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "Commons_NothingToCollect",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "Commons_NothingUnvested",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "leftAssets",
        "type": "uint256"
      }
    ],
    "name": "Commons_OverLimit",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "enum InflowSource",
        "name": "source",
        "type": "uint8"
      },
      {
        "internalType": "uint256",
        "name": "keptBps",
        "type": "uint256"
      }
    ],
    "name": "Commons_ShareAboveOne",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      }
    ],
    "name": "Commons_SignatureExpired",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      }
    ],
    "name": "Commons_TooLate",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "receivedAssets",
        "type": "uint256"
      }
    ],
    "name": "Commons_TransferMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "Commons_UnknownAward",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "account",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "currentNonce",
        "type": "uint256"
      }
    ],
    "name": "InvalidAccountNonce",
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
        "name": "from",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "to",
        "type": "uint256"
      }
    ],
    "name": "Milestone_EmptyWindow",
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
    "name": "Milestone_EqlOutOfRange",
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
        "internalType": "uint256",
        "name": "eql",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "least",
        "type": "uint256"
      }
    ],
    "name": "Milestone_EqlTooLow",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Milestone_NoFeed",
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
    "name": "Milestone_NotFinal",
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
        "internalType": "int256",
        "name": "value",
        "type": "int256"
      },
      {
        "internalType": "int256",
        "name": "threshold",
        "type": "int256"
      }
    ],
    "name": "Milestone_NotReached",
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
        "internalType": "FeedId",
        "name": "feedId",
        "type": "bytes32"
      }
    ],
    "name": "Milestone_OtherFeed",
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
    "name": "Milestone_OtherWindow",
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
    "name": "Milestone_Provisional",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "ReentrancyGuardReentrantCall",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint8",
        "name": "bits",
        "type": "uint8"
      },
      {
        "internalType": "uint256",
        "name": "value",
        "type": "uint256"
      }
    ],
    "name": "SafeCastOverflowedUintDowncast",
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
    "name": "SafeERC20FailedOperation",
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
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "returnedAssets",
        "type": "uint256"
      }
    ],
    "name": "AwardLapsed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "decision",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "enum AwardKind",
        "name": "kind",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "contract IERC20",
        "name": "asset",
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
        "internalType": "address",
        "name": "awarder",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint32",
        "name": "part",
        "type": "uint32"
      }
    ],
    "name": "AwardMade",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "decision",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      }
    ],
    "name": "AwardPaid",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "from",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "to",
        "type": "address"
      }
    ],
    "name": "AwardRedirected",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "origin",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "askedAssets",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "awardedAssets",
        "type": "uint256"
      }
    ],
    "name": "CompensationCut",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "addedAssets",
        "type": "uint256"
      }
    ],
    "name": "CompensationRaised",
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
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "enum InflowSource",
        "name": "source",
        "type": "uint8"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      }
    ],
    "name": "IncomeFetched",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "enum InflowSource",
        "name": "source",
        "type": "uint8"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "from",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "keptAssets",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "passedAssets",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "origin",
        "type": "bytes32"
      }
    ],
    "name": "IncomeTaken",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AwardId",
        "name": "awardId",
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
        "internalType": "int64",
        "name": "threshold",
        "type": "int64"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "atLeast",
        "type": "bool"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "from",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "to",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "minEql",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "deadline",
        "type": "uint40"
      }
    ],
    "name": "MilestoneMade",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "carrier",
        "type": "address"
      }
    ],
    "name": "MilestoneReleased",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "enum Setting",
        "name": "setting",
        "type": "uint8"
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
        "name": "from",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "decision",
        "type": "bytes32"
      }
    ],
    "name": "SettingAnnounced",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "enum InflowSource",
        "name": "source",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint16",
        "name": "keptBps",
        "type": "uint16"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "beneficiary",
        "type": "address"
      }
    ],
    "name": "ShareFixed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "startAt",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "cliffAt",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "endAt",
        "type": "uint40"
      }
    ],
    "name": "StreamMade",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "decision",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "returnedAssets",
        "type": "uint256"
      }
    ],
    "name": "StreamRevoked",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "enum Setting",
        "name": "setting",
        "type": "uint8"
      },
      {
        "internalType": "uint104",
        "name": "assets",
        "type": "uint104"
      },
      {
        "internalType": "bytes32",
        "name": "decision",
        "type": "bytes32"
      }
    ],
    "name": "announce",
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
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      },
      {
        "internalType": "bytes32",
        "name": "origin",
        "type": "bytes32"
      }
    ],
    "name": "awardCompensation",
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
    "inputs": [
      {
        "internalType": "address",
        "name": "awarder",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "decision",
        "type": "bytes32"
      },
      {
        "internalType": "uint32",
        "name": "part",
        "type": "uint32"
      }
    ],
    "name": "awardIdOf",
    "outputs": [
      {
        "internalType": "AwardId",
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
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "awardOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "address",
            "name": "to",
            "type": "address"
          },
          {
            "internalType": "uint40",
            "name": "startAt",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "endAt",
            "type": "uint40"
          },
          {
            "internalType": "enum AwardKind",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "bool",
            "name": "isAwaiting",
            "type": "bool"
          },
          {
            "internalType": "contract IERC20",
            "name": "asset",
            "type": "address"
          },
          {
            "internalType": "uint40",
            "name": "cliffAt",
            "type": "uint40"
          },
          {
            "internalType": "uint128",
            "name": "assets",
            "type": "uint128"
          },
          {
            "internalType": "uint128",
            "name": "paid",
            "type": "uint128"
          },
          {
            "internalType": "bytes32",
            "name": "decision",
            "type": "bytes32"
          }
        ],
        "internalType": "struct Award",
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
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "enum Setting",
        "name": "limit",
        "type": "uint8"
      }
    ],
    "name": "awardedLately",
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
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      }
    ],
    "name": "bookOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint128",
            "name": "held",
            "type": "uint128"
          },
          {
            "internalType": "uint128",
            "name": "due",
            "type": "uint128"
          },
          {
            "internalType": "uint128",
            "name": "awarded",
            "type": "uint128"
          },
          {
            "internalType": "uint128",
            "name": "paid",
            "type": "uint128"
          }
        ],
        "internalType": "struct Book",
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
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "collect",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "collectableAssets",
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
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      }
    ],
    "name": "compensableAssets",
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
        "name": "awarder",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "origin",
        "type": "bytes32"
      },
      {
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "to",
        "type": "address"
      }
    ],
    "name": "compensationIdOf",
    "outputs": [
      {
        "internalType": "AwardId",
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
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      }
    ],
    "name": "coversAwards",
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
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      },
      {
        "internalType": "enum InflowSource",
        "name": "source",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "origin",
        "type": "bytes32"
      }
    ],
    "name": "deposit",
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
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "enum InflowSource",
        "name": "source",
        "type": "uint8"
      }
    ],
    "name": "fetch",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      }
    ],
    "name": "freeAssets",
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
        "components": [
          {
            "internalType": "bytes32",
            "name": "decision",
            "type": "bytes32"
          },
          {
            "internalType": "uint32",
            "name": "part",
            "type": "uint32"
          },
          {
            "internalType": "contract IERC20",
            "name": "asset",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "to",
            "type": "address"
          },
          {
            "internalType": "uint128",
            "name": "assets",
            "type": "uint128"
          }
        ],
        "internalType": "struct AwardTerms",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "grant",
    "outputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      }
    ],
    "name": "grantableAssets",
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
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "enum InflowSource",
        "name": "source",
        "type": "uint8"
      }
    ],
    "name": "incomeOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint128",
            "name": "kept",
            "type": "uint128"
          },
          {
            "internalType": "uint128",
            "name": "passed",
            "type": "uint128"
          },
          {
            "internalType": "uint128",
            "name": "fetched",
            "type": "uint128"
          }
        ],
        "internalType": "struct Income",
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
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "lapse",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "returnedAssets",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "lapsesAt",
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
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "name": "milestoneOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "FeedId",
            "name": "feedId",
            "type": "bytes32"
          },
          {
            "internalType": "int64",
            "name": "threshold",
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
            "internalType": "uint8",
            "name": "minEql",
            "type": "uint8"
          },
          {
            "internalType": "bool",
            "name": "atLeast",
            "type": "bool"
          }
        ],
        "internalType": "struct Milestone",
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
        "internalType": "address",
        "name": "owner",
        "type": "address"
      }
    ],
    "name": "nonces",
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
        "components": [
          {
            "internalType": "bytes32",
            "name": "decision",
            "type": "bytes32"
          },
          {
            "internalType": "uint32",
            "name": "part",
            "type": "uint32"
          },
          {
            "internalType": "contract IERC20",
            "name": "asset",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "to",
            "type": "address"
          },
          {
            "internalType": "uint128",
            "name": "assets",
            "type": "uint128"
          }
        ],
        "internalType": "struct AwardTerms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "FeedId",
            "name": "feedId",
            "type": "bytes32"
          },
          {
            "internalType": "int64",
            "name": "threshold",
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
            "internalType": "uint8",
            "name": "minEql",
            "type": "uint8"
          },
          {
            "internalType": "bool",
            "name": "atLeast",
            "type": "bool"
          }
        ],
        "internalType": "struct Milestone",
        "name": "milestone",
        "type": "tuple"
      },
      {
        "internalType": "uint40",
        "name": "deadline",
        "type": "uint40"
      }
    ],
    "name": "pledge",
    "outputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "to",
        "type": "address"
      }
    ],
    "name": "redirect",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "redirectFor",
    "outputs": [],
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
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "release",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "decision",
        "type": "bytes32"
      }
    ],
    "name": "revoke",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "returnedAssets",
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
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      },
      {
        "internalType": "enum Setting",
        "name": "setting",
        "type": "uint8"
      }
    ],
    "name": "settingOf",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "current",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "next",
        "type": "uint256"
      },
      {
        "internalType": "uint40",
        "name": "nextAt",
        "type": "uint40"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "enum InflowSource",
        "name": "source",
        "type": "uint8"
      }
    ],
    "name": "shareOf",
    "outputs": [
      {
        "internalType": "uint16",
        "name": "keptBps",
        "type": "uint16"
      },
      {
        "internalType": "address",
        "name": "beneficiary",
        "type": "address"
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
            "internalType": "bytes32",
            "name": "decision",
            "type": "bytes32"
          },
          {
            "internalType": "uint32",
            "name": "part",
            "type": "uint32"
          },
          {
            "internalType": "contract IERC20",
            "name": "asset",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "to",
            "type": "address"
          },
          {
            "internalType": "uint128",
            "name": "assets",
            "type": "uint128"
          }
        ],
        "internalType": "struct AwardTerms",
        "name": "terms",
        "type": "tuple"
      },
      {
        "internalType": "uint40",
        "name": "startAt",
        "type": "uint40"
      },
      {
        "internalType": "uint40",
        "name": "cliffAt",
        "type": "uint40"
      },
      {
        "internalType": "uint40",
        "name": "endAt",
        "type": "uint40"
      }
    ],
    "name": "stream",
    "outputs": [
      {
        "internalType": "AwardId",
        "name": "awardId",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "contract IERC20",
        "name": "asset",
        "type": "address"
      }
    ],
    "name": "take",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "assets",
        "type": "uint256"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
