// Written by scripts/build.ts from contracts/governance/nvm/NexusValidationModule.sol.
export const nexusValidationModuleAbi = [
  {
    "inputs": [
      {
        "internalType": "contract ISafe",
        "name": "safe_",
        "type": "address"
      },
      {
        "internalType": "contract IActionClasses",
        "name": "classes_",
        "type": "address"
      },
      {
        "internalType": "contract IConstitution",
        "name": "constitution_",
        "type": "address"
      },
      {
        "components": [
          {
            "internalType": "bytes",
            "name": "signer",
            "type": "bytes"
          },
          {
            "internalType": "address",
            "name": "owner",
            "type": "address"
          },
          {
            "internalType": "uint40",
            "name": "termEndsAt",
            "type": "uint40"
          }
        ],
        "internalType": "struct Seats.FirstSeat[]",
        "name": "seats",
        "type": "tuple[]"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [],
    "name": "InvalidShortString",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      }
    ],
    "name": "Nvm_AlreadyCast",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      }
    ],
    "name": "Nvm_AlreadyOpened",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "owner",
        "type": "address"
      }
    ],
    "name": "Nvm_BadOwner",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      }
    ],
    "name": "Nvm_BadSignature",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes",
        "name": "signer",
        "type": "bytes"
      }
    ],
    "name": "Nvm_BadSigner",
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
        "internalType": "bytes",
        "name": "reason",
        "type": "bytes"
      }
    ],
    "name": "Nvm_CallFailed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "target",
        "type": "address"
      },
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
    "name": "Nvm_EmergencyTooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "target",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "nextAt",
        "type": "uint256"
      }
    ],
    "name": "Nvm_EmergencyTooSoon",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Nvm_NoCalls",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "internalType": "enum DecisionState",
        "name": "state",
        "type": "uint8"
      }
    ],
    "name": "Nvm_NotOpen",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "Nvm_NotOwner",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "internalType": "enum DecisionState",
        "name": "state",
        "type": "uint8"
      },
      {
        "internalType": "uint256",
        "name": "readyAt",
        "type": "uint256"
      }
    ],
    "name": "Nvm_NotReady",
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
    "name": "Nvm_NotSafe",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      }
    ],
    "name": "Nvm_OtherContent",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "target",
        "type": "address"
      },
      {
        "internalType": "DecisionId",
        "name": "cited",
        "type": "bytes32"
      },
      {
        "internalType": "DecisionId",
        "name": "last",
        "type": "bytes32"
      }
    ],
    "name": "Nvm_OtherEmergency",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "part",
        "type": "address"
      }
    ],
    "name": "Nvm_OtherSafe",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      }
    ],
    "name": "Nvm_Recused",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "internalType": "uint256",
        "name": "termEndsAt",
        "type": "uint256"
      }
    ],
    "name": "Nvm_SeatLapsed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      }
    ],
    "name": "Nvm_SeatTaken",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      }
    ],
    "name": "Nvm_SeatTooNew",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Nvm_SeatsDiffer",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Nvm_ShutOut",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      }
    ],
    "name": "Nvm_SignerTaken",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "termEndsAt",
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
    "name": "Nvm_TermOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "least",
        "type": "uint256"
      }
    ],
    "name": "Nvm_TooFewSeats",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      }
    ],
    "name": "Nvm_UnknownDecision",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      }
    ],
    "name": "Nvm_UnknownSeat",
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
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "enum Choice",
        "name": "choice",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "rationaleHash",
        "type": "bytes32"
      }
    ],
    "name": "BallotCast",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      }
    ],
    "name": "DecisionExecuted",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      }
    ],
    "name": "DecisionKilled",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "indexed": true,
        "internalType": "enum ActionClass",
        "name": "actionClass",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint32",
        "name": "seatEpoch",
        "type": "uint32"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "contextHash",
        "type": "bytes32"
      },
      {
        "components": [
          {
            "internalType": "SeatId",
            "name": "seatId",
            "type": "uint8"
          },
          {
            "internalType": "uint64",
            "name": "nonce",
            "type": "uint64"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "to",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "value",
                "type": "uint256"
              },
              {
                "internalType": "bytes",
                "name": "data",
                "type": "bytes"
              }
            ],
            "internalType": "struct Call[]",
            "name": "calls",
            "type": "tuple[]"
          },
          {
            "internalType": "bytes32",
            "name": "rationaleHash",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "rationaleURI",
            "type": "string"
          },
          {
            "internalType": "AepId[]",
            "name": "citedAeps",
            "type": "bytes32[]"
          }
        ],
        "indexed": false,
        "internalType": "struct Proposal",
        "name": "proposal",
        "type": "tuple"
      }
    ],
    "name": "DecisionOpened",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "enum Choice",
        "name": "choice",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "rationaleHash",
        "type": "bytes32"
      }
    ],
    "name": "Dissent",
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
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "target",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "until",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "nextAt",
        "type": "uint40"
      }
    ],
    "name": "EmergencyPaused",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "quorumAt",
        "type": "uint40"
      }
    ],
    "name": "QuorumReached",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "owner",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "uint32",
        "name": "epoch",
        "type": "uint32"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "signer",
        "type": "bytes"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "termEndsAt",
        "type": "uint40"
      }
    ],
    "name": "SeatGranted",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "termEndsAt",
        "type": "uint40"
      }
    ],
    "name": "SeatRenewed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "owner",
        "type": "address"
      }
    ],
    "name": "SeatVacated",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "BROKEN_CHECK_SECONDS",
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
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "internalType": "enum Choice",
        "name": "choice",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "rationaleHash",
        "type": "bytes32"
      }
    ],
    "name": "ballotDigest",
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
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "internalType": "enum Choice",
        "name": "choice",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "rationaleHash",
        "type": "bytes32"
      }
    ],
    "name": "cast",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "classes",
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
    "name": "constitution",
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
        "components": [
          {
            "internalType": "SeatId",
            "name": "seatId",
            "type": "uint8"
          },
          {
            "internalType": "uint64",
            "name": "nonce",
            "type": "uint64"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "to",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "value",
                "type": "uint256"
              },
              {
                "internalType": "bytes",
                "name": "data",
                "type": "bytes"
              }
            ],
            "internalType": "struct Call[]",
            "name": "calls",
            "type": "tuple[]"
          },
          {
            "internalType": "bytes32",
            "name": "rationaleHash",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "rationaleURI",
            "type": "string"
          },
          {
            "internalType": "AepId[]",
            "name": "citedAeps",
            "type": "bytes32[]"
          }
        ],
        "internalType": "struct Proposal",
        "name": "proposal",
        "type": "tuple"
      }
    ],
    "name": "decisionIdOf",
    "outputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "contextHash",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      }
    ],
    "name": "decisionOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "enum ActionClass",
            "name": "actionClass",
            "type": "uint8"
          },
          {
            "internalType": "enum DecisionState",
            "name": "state",
            "type": "uint8"
          },
          {
            "internalType": "SeatId",
            "name": "openedBy",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "openedEpoch",
            "type": "uint32"
          },
          {
            "internalType": "uint40",
            "name": "openedAt",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "quorumAt",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "readyAt",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "expiresAt",
            "type": "uint40"
          },
          {
            "internalType": "uint8",
            "name": "yes",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "no",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "abstain",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "veto",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "recused",
            "type": "uint8"
          }
        ],
        "internalType": "struct Decision",
        "name": "decision",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
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
        "internalType": "address",
        "name": "target",
        "type": "address"
      }
    ],
    "name": "emergencyOf",
    "outputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
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
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "components": [
          {
            "internalType": "address",
            "name": "to",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "value",
            "type": "uint256"
          },
          {
            "internalType": "bytes",
            "name": "data",
            "type": "bytes"
          }
        ],
        "internalType": "struct Call[]",
        "name": "calls",
        "type": "tuple[]"
      },
      {
        "internalType": "bytes32",
        "name": "contextHash",
        "type": "bytes32"
      }
    ],
    "name": "execute",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "internalType": "bytes",
        "name": "signer",
        "type": "bytes"
      },
      {
        "internalType": "address",
        "name": "owner",
        "type": "address"
      },
      {
        "internalType": "uint40",
        "name": "termEndsAt",
        "type": "uint40"
      }
    ],
    "name": "grantSeat",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "heldSeats",
    "outputs": [
      {
        "internalType": "uint8",
        "name": "bitmap",
        "type": "uint8"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "latestEpoch",
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
        "components": [
          {
            "internalType": "SeatId",
            "name": "seatId",
            "type": "uint8"
          },
          {
            "internalType": "uint64",
            "name": "nonce",
            "type": "uint64"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "to",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "value",
                "type": "uint256"
              },
              {
                "internalType": "bytes",
                "name": "data",
                "type": "bytes"
              }
            ],
            "internalType": "struct Call[]",
            "name": "calls",
            "type": "tuple[]"
          },
          {
            "internalType": "bytes32",
            "name": "rationaleHash",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "rationaleURI",
            "type": "string"
          },
          {
            "internalType": "AepId[]",
            "name": "citedAeps",
            "type": "bytes32[]"
          }
        ],
        "internalType": "struct Proposal",
        "name": "proposal",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "open",
    "outputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      }
    ],
    "name": "openDigest",
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
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      },
      {
        "components": [
          {
            "internalType": "SeatId",
            "name": "seatId",
            "type": "uint8"
          },
          {
            "internalType": "enum Choice",
            "name": "choice",
            "type": "uint8"
          },
          {
            "internalType": "bytes32",
            "name": "rationaleHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes",
            "name": "signature",
            "type": "bytes"
          }
        ],
        "internalType": "struct SignedBallot[]",
        "name": "ballots",
        "type": "tuple[]"
      }
    ],
    "name": "relay",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "internalType": "uint40",
        "name": "termEndsAt",
        "type": "uint40"
      }
    ],
    "name": "renewSeat",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      },
      {
        "internalType": "bytes",
        "name": "signer",
        "type": "bytes"
      },
      {
        "internalType": "address",
        "name": "owner",
        "type": "address"
      },
      {
        "internalType": "uint40",
        "name": "termEndsAt",
        "type": "uint40"
      }
    ],
    "name": "replaceSeat",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "enum ActionClass",
        "name": "actionClass",
        "type": "uint8"
      }
    ],
    "name": "ruleOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "yes",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "vetoes",
            "type": "uint8"
          },
          {
            "internalType": "uint40",
            "name": "voteSeconds",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "delaySeconds",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "dissentSeconds",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "mostDissentSeconds",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "graceSeconds",
            "type": "uint40"
          }
        ],
        "internalType": "struct Rule",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "safe",
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
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      }
    ],
    "name": "seatOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "address",
            "name": "owner",
            "type": "address"
          },
          {
            "internalType": "uint40",
            "name": "termEndsAt",
            "type": "uint40"
          },
          {
            "internalType": "uint32",
            "name": "epoch",
            "type": "uint32"
          },
          {
            "internalType": "bytes",
            "name": "signer",
            "type": "bytes"
          }
        ],
        "internalType": "struct Seat",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "seatsMatchOwners",
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
        "internalType": "DecisionId",
        "name": "id",
        "type": "bytes32"
      }
    ],
    "name": "stateOf",
    "outputs": [
      {
        "internalType": "enum DecisionState",
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
        "internalType": "SeatId",
        "name": "seatId",
        "type": "uint8"
      }
    ],
    "name": "vacateSeat",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
