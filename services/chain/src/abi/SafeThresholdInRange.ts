// Written by scripts/build.ts from contracts/governance/nvm/conditions/SafeThresholdInRange.sol.
export const safeThresholdInRangeAbi = [
  {
    "inputs": [
      {
        "internalType": "contract ISafe",
        "name": "safe_",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "module_",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "guard_",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [],
    "name": "guard",
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
    "name": "holds",
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
    "name": "module",
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
    "name": "safe",
    "outputs": [
      {
        "internalType": "contract ISafe",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const
