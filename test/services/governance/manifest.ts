import type { Manifest } from '@nexus/chain/manifest'
import { getAddress, type Hex } from 'viem'

const at = (n: number): Hex => getAddress(`0x${n.toString(16).padStart(40, '0')}`)

/** Everything a manifest can name, at addresses where nothing is. */
export const manifest: Manifest = {
  ...{ chainId: 31337, genesis: `0x${'00'.repeat(32)}`, deployedAtBlock: 0 },
  ...{ accessManager: at(0x101), registry: at(0x102), termsStore: at(0x103), policyBook: at(0x104) },
  ...{ pools: { local: at(0x105) }, assets: { nxUSD: at(0x106) }, disputeBond: at(0x107) },
  registries: { nip: at(0x108), component: at(0x109), charter: at(0x10a) },
  rails: {
    ...{ factory: at(0x10b), book: at(0x10c), competence: at(0x10d) },
    ...{ evidenceGuard: at(0x10e), effectsGuard: at(0x10f) },
  },
  commons: at(0x110),
  funding: { factory: at(0x111), posts: at(0x112), attestations: at(0x113) },
  grievance: {
    ...{ rail: at(0x114), desk: at(0x115), ledger: at(0x116), register: at(0x117) },
    ...{ panels: at(0x118), respondents: at(0x119), orders: at(0x11a) },
  },
}
