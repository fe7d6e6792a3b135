import { HDNodeWallet, Mnemonic } from 'ethers'

export interface Account {
  address: `0x${string}`
  privateKey: `0x${string}`
}

/** The mnemonic every local node unlocks. Everybody knows it: whatever it owns anywhere else is lost. */
const MNEMONIC = Mnemonic.fromPhrase('test test test test test test test test test test test junk')
const parent = HDNodeWallet.fromMnemonic(MNEMONIC, "m/44'/60'/0'/0")

function account(index: number): Account {
  const { address, privateKey } = parent.deriveChild(index)
  return { address: address as `0x${string}`, privateKey: privateKey as `0x${string}` }
}

/** Who is who on the local chain. */
export const accounts = {
  deployer: account(0),
  governor: account(1),
  underwriter: account(2),
  depositors: [account(3), account(4)],
  holders: [account(5), account(6), account(7), account(8)],
  sponsor: account(9),
  keeper: account(10),
  /** Of the six institutions, in the order of their seats: they sign, and whoever wants to carries it. */
  seats: [20, 21, 22, 23, 24, 25].map(account),
  attester: account(26),
  /** Looks at what projects apply with, and issues credentials. */
  reviewer: account(27),
  projects: [28, 29, 30].map(account),
  people: [31, 32, 33, 34, 35, 36].map(account),
  /** The last of the people once more, and nobody. */
  pretenders: [account(37), account(38)],
  arbiters: [39, 40, 41, 42, 43].map(account),
  /** In ascending order of address, as a committee lists them. */
  operators: [11, 12, 13, 14, 15, 16, 17].map(account).sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1)),
} as const
