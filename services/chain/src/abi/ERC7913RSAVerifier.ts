// Written by scripts/build.ts from @openzeppelin/contracts/utils/cryptography/verifiers/ERC7913RSAVerifier.sol.
export const eRC7913RSAVerifierAbi = [
  {
    "inputs": [
      {
        "internalType": "bytes",
        "name": "key",
        "type": "bytes"
      },
      {
        "internalType": "bytes32",
        "name": "hash",
        "type": "bytes32"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "verify",
    "outputs": [
      {
        "internalType": "bytes4",
        "name": "",
        "type": "bytes4"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const
