// Written by scripts/build.ts from contracts/evidence/DisputeBond.sol.
export const disputeBondAbi = [
  {
    "inputs": [
      {
        "internalType": "contract IEvidenceRegistry",
        "name": "registry_",
        "type": "address"
      },
      {
        "internalType": "contract IERC20",
        "name": "asset_",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "bondAssets_",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "beneficiary_",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "received",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "bondAssets",
        "type": "uint256"
      }
    ],
    "name": "Disputes_BondShort",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Disputes_NoBeneficiary",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Disputes_NoBond",
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
    "name": "Disputes_NotBonded",
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
    "name": "Disputes_Open",
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
        "internalType": "uint256",
        "name": "bondAssets",
        "type": "uint256"
      }
    ],
    "name": "BondForfeited",
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
        "internalType": "uint256",
        "name": "bondAssets",
        "type": "uint256"
      }
    ],
    "name": "BondReturned",
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
        "internalType": "uint256",
        "name": "bondAssets",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "reasonHash",
        "type": "bytes32"
      }
    ],
    "name": "DisputeBonded",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "asset",
    "outputs": [
      {
        "internalType": "contract IERC20",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "beneficiary",
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
    "name": "bondAssets",
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
    "inputs": [
      {
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "disputerOf",
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
        "internalType": "AepId",
        "name": "aepId",
        "type": "bytes32"
      }
    ],
    "name": "settle",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
