// Written by scripts/build.ts from contracts/governance/nvm/conditions/RoleHeldOnlyBy.sol.
export const roleHeldOnlyByAbi = [
  {
    "inputs": [
      {
        "internalType": "contract IAccessManager",
        "name": "manager_",
        "type": "address"
      },
      {
        "internalType": "uint64",
        "name": "roleId_",
        "type": "uint64"
      },
      {
        "internalType": "address",
        "name": "holder_",
        "type": "address"
      },
      {
        "internalType": "address[]",
        "name": "outsiders_",
        "type": "address[]"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "RoleHeldOnlyBy_TooMany",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "holder",
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
    "name": "manager",
    "outputs": [
      {
        "internalType": "contract IAccessManager",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "outsiders",
    "outputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      },
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
    "name": "roleId",
    "outputs": [
      {
        "internalType": "uint64",
        "name": "",
        "type": "uint64"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const
