// Written by scripts/build.ts from contracts/governance/rail/EvidenceGuard.sol.
export const evidenceGuardAbi = [
  {
    "inputs": [
      {
        "internalType": "contract IEvidenceRegistry",
        "name": "registry_",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "Citation_Disputed",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Citation_Empty",
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
    "name": "Citation_NotACitation",
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
    "name": "Citation_NotAscending",
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
    "name": "Citation_TooMany",
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
    "name": "Citation_Unknown",
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
    "name": "Citation_Void",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "AepId[]",
        "name": "aepIds",
        "type": "bytes32[]"
      }
    ],
    "name": "cite",
    "outputs": [],
    "stateMutability": "view",
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
    "name": "isAnyVoid",
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
        "internalType": "bytes",
        "name": "call",
        "type": "bytes"
      }
    ],
    "name": "requireCitable",
    "outputs": [
      {
        "internalType": "AepId[]",
        "name": "aepIds",
        "type": "bytes32[]"
      }
    ],
    "stateMutability": "view",
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
    "name": "requireSound",
    "outputs": [],
    "stateMutability": "view",
    "type": "function"
  }
] as const
