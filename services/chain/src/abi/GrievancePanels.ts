// Written by scripts/build.ts from contracts/grievance/GrievancePanels.sol.
export const grievancePanelsAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "authority",
        "type": "address"
      },
      {
        "internalType": "contract IArbiterRegister",
        "name": "register_",
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
        "name": "commitBy",
        "type": "uint256"
      }
    ],
    "name": "Panels_CommitsOver",
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
        "name": "commitBy",
        "type": "uint256"
      }
    ],
    "name": "Panels_CommitsRun",
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
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      }
    ],
    "name": "Panels_Drawn",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Panels_NoCommitment",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "blockNumber",
        "type": "uint256"
      }
    ],
    "name": "Panels_NoHash",
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
        "name": "arbiter",
        "type": "address"
      }
    ],
    "name": "Panels_NotSeated",
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
        "name": "revealBy",
        "type": "uint256"
      }
    ],
    "name": "Panels_RevealsOver",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "Ruling",
        "name": "ruling",
        "type": "uint8"
      },
      {
        "internalType": "uint8",
        "name": "requested",
        "type": "uint8"
      }
    ],
    "name": "Panels_UnsoundRuling",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "commitment",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "expected",
        "type": "bytes32"
      }
    ],
    "name": "Panels_WrongReveal",
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
        "name": "arbiter",
        "type": "address"
      },
      {
        "internalType": "enum SeatState",
        "name": "state",
        "type": "uint8"
      }
    ],
    "name": "Panels_WrongState",
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
        "internalType": "uint64",
        "name": "drawBlock",
        "type": "uint64"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "blockHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "address[]",
        "name": "arbiters",
        "type": "address[]"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "commitBy",
        "type": "uint40"
      },
      {
        "indexed": false,
        "internalType": "uint40",
        "name": "revealBy",
        "type": "uint40"
      }
    ],
    "name": "PanelDrawn",
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
        "internalType": "uint8",
        "name": "free",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint8",
        "name": "size",
        "type": "uint8"
      }
    ],
    "name": "PanelTooSmall",
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
        "indexed": true,
        "internalType": "address",
        "name": "arbiter",
        "type": "address"
      }
    ],
    "name": "Recused",
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
        "indexed": true,
        "internalType": "address",
        "name": "arbiter",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "commitment",
        "type": "bytes32"
      }
    ],
    "name": "RulingCommitted",
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
        "indexed": true,
        "internalType": "address",
        "name": "arbiter",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "Ruling",
        "name": "ruling",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonsHash",
        "type": "bytes32"
      }
    ],
    "name": "RulingRevealed",
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
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      }
    ],
    "name": "areCommitsOver",
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
      },
      {
        "internalType": "bytes32",
        "name": "commitment",
        "type": "bytes32"
      }
    ],
    "name": "commit",
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
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      },
      {
        "internalType": "address",
        "name": "arbiter",
        "type": "address"
      },
      {
        "internalType": "Ruling",
        "name": "ruling",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "reasonsHash",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "salt",
        "type": "bytes32"
      }
    ],
    "name": "commitmentFor",
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
        "internalType": "CaseId",
        "name": "",
        "type": "uint256"
      },
      {
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      },
      {
        "internalType": "address",
        "name": "arbiter",
        "type": "address"
      }
    ],
    "name": "commitmentOf",
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
        "components": [
          {
            "internalType": "CaseId",
            "name": "caseId",
            "type": "uint256"
          },
          {
            "internalType": "uint8",
            "name": "instance",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "size",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "leastLevel",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "requested",
            "type": "uint8"
          },
          {
            "internalType": "uint40",
            "name": "filedAt",
            "type": "uint40"
          },
          {
            "internalType": "uint32",
            "name": "commitSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint32",
            "name": "revealSeconds",
            "type": "uint32"
          },
          {
            "internalType": "uint64",
            "name": "drawBlock",
            "type": "uint64"
          },
          {
            "internalType": "address[3]",
            "name": "parties",
            "type": "address[3]"
          },
          {
            "internalType": "bytes32[]",
            "name": "topics",
            "type": "bytes32[]"
          }
        ],
        "internalType": "struct Draw",
        "name": "draw_",
        "type": "tuple"
      }
    ],
    "name": "draw",
    "outputs": [
      {
        "internalType": "bool",
        "name": "drawn",
        "type": "bool"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "drawBlock",
        "type": "uint64"
      }
    ],
    "name": "drawBlockAt",
    "outputs": [
      {
        "internalType": "uint64",
        "name": "blockNumber",
        "type": "uint64"
      },
      {
        "internalType": "bytes32",
        "name": "blockHash",
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
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      }
    ],
    "name": "isOver",
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
        "internalType": "CaseId",
        "name": "caseId",
        "type": "uint256"
      },
      {
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      }
    ],
    "name": "panelOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "uint40",
            "name": "commitBy",
            "type": "uint40"
          },
          {
            "internalType": "uint40",
            "name": "revealBy",
            "type": "uint40"
          },
          {
            "internalType": "uint8",
            "name": "requested",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "size",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "committed",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "revealed",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "recused",
            "type": "uint8"
          }
        ],
        "internalType": "struct Panel",
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
    "name": "recuse",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "register",
    "outputs": [
      {
        "internalType": "contract IArbiterRegister",
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
      },
      {
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      }
    ],
    "name": "resultOf",
    "outputs": [
      {
        "internalType": "Ruling",
        "name": "ruling",
        "type": "uint8"
      },
      {
        "internalType": "uint8",
        "name": "revealed",
        "type": "uint8"
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
        "internalType": "Ruling",
        "name": "ruling",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "reasonsHash",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "salt",
        "type": "bytes32"
      }
    ],
    "name": "reveal",
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
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      }
    ],
    "name": "seatsOf",
    "outputs": [
      {
        "components": [
          {
            "internalType": "address",
            "name": "arbiter",
            "type": "address"
          },
          {
            "internalType": "enum SeatState",
            "name": "state",
            "type": "uint8"
          },
          {
            "internalType": "Ruling",
            "name": "ruling",
            "type": "uint8"
          }
        ],
        "internalType": "struct Seat[]",
        "name": "",
        "type": "tuple[]"
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
        "internalType": "uint8",
        "name": "instance",
        "type": "uint8"
      },
      {
        "internalType": "bytes32",
        "name": "blockHash",
        "type": "bytes32"
      }
    ],
    "name": "seedOf",
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
        "internalType": "address",
        "name": "newAuthority",
        "type": "address"
      }
    ],
    "name": "setAuthority",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
