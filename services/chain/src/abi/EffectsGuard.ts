// Written by scripts/build.ts from contracts/governance/rail/EffectsGuard.sol.
export const effectsGuardAbi = [
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "effectsHash",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "declaredHash",
        "type": "bytes32"
      }
    ],
    "name": "Effects_Differ",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes4",
        "name": "selector",
        "type": "bytes4"
      }
    ],
    "name": "Effects_NoDeclaration",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "count",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "Effects_TooMany",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes",
        "name": "call",
        "type": "bytes"
      }
    ],
    "name": "balancesNow",
    "outputs": [
      {
        "internalType": "uint256[]",
        "name": "now_",
        "type": "uint256[]"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      },
      {
        "components": [
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "account",
            "type": "address"
          }
        ],
        "internalType": "struct BalanceRef[]",
        "name": "",
        "type": "tuple[]"
      },
      {
        "components": [
          {
            "internalType": "address",
            "name": "target",
            "type": "address"
          },
          {
            "internalType": "bytes32",
            "name": "slot",
            "type": "bytes32"
          }
        ],
        "internalType": "struct SlotRef[]",
        "name": "",
        "type": "tuple[]"
      }
    ],
    "name": "declareEffects",
    "outputs": [],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes",
        "name": "call",
        "type": "bytes"
      }
    ],
    "name": "declaredHash",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "effectsHash",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "account",
            "type": "address"
          }
        ],
        "internalType": "struct BalanceRef[]",
        "name": "balances",
        "type": "tuple[]"
      },
      {
        "internalType": "int256[]",
        "name": "changes",
        "type": "int256[]"
      },
      {
        "components": [
          {
            "internalType": "address",
            "name": "target",
            "type": "address"
          },
          {
            "internalType": "bytes32",
            "name": "slot",
            "type": "bytes32"
          }
        ],
        "internalType": "struct SlotRef[]",
        "name": "slots",
        "type": "tuple[]"
      },
      {
        "internalType": "bytes32[]",
        "name": "values",
        "type": "bytes32[]"
      }
    ],
    "name": "hashEffects",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "effectsHash",
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
        "name": "call",
        "type": "bytes"
      },
      {
        "internalType": "uint256[]",
        "name": "before",
        "type": "uint256[]"
      }
    ],
    "name": "requireEffects",
    "outputs": [],
    "stateMutability": "view",
    "type": "function"
  }
] as const
