import { parseAbi } from 'viem'

// Events carry the types of the ABI: ids are bytes32 and uint256, states uint8.

export const bookAbi = parseAbi([
  'event PolicyBound(uint256 indexed policyId, bytes32 indexed termsHash, address indexed holder, address pool, uint256 premiumAssets, uint256 mostAssets)',
  'event Settled(uint256 indexed policyId, bytes32 indexed aepId, address indexed paidTo, bytes32 formulaId, int64 value, uint64 payoutWad, uint256 paidAssets)',
  'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
  'function registry() view returns (address)',
])

export const poolAbi = parseAbi([
  'event PayoutSettled(uint256 indexed policyId, address indexed to, uint256 paidAssets, bool owed)',
])

export const assetAbi = parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)'])

export const termsStoreAbi = parseAbi([
  'event FormulaPublished(bytes32 indexed formulaId, uint256 header, uint256[] words)',
  'event TermsPublished(bytes32 indexed termsHash, uint24 indexed termsIndex, bytes terms)',
  'event FeedPublished(bytes32 indexed feedId, bytes specification)',
])

export const registryAbi = parseAbi([
  'event AepAnchored(bytes32 indexed aepId, bytes32 indexed feedId, bytes32 header, bytes32 receiptsRoot, uint40 finalAt)',
  'event AepDisputed(bytes32 indexed aepId, address indexed disputer, bytes32 reasonHash, uint40 upheldAt)',
  'event AepUpheld(bytes32 indexed aepId, address indexed adjudicator, bytes32 reasonHash)',
  'event AepVoided(bytes32 indexed aepId, address indexed adjudicator, bytes32 reasonHash)',
  'event ConfigurationAnnounced(uint32 indexed configVersion, uint40 activeFrom, uint8 quorum, address keys, address[] operators, bytes32[] pqKeyHashes)',
  'function anchor(bytes32 feedId, bytes32 aepId, bytes32 receiptsRoot, bytes32 header, bytes signatures)',
])
