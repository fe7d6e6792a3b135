import type { Manifest } from '@nexus/chain/manifest'
import type { Heirs } from '@nexus/deploy/handover'
import type { Contract } from '@nexus/deploy/powers'
import { contractsOf, type RailAddresses } from '@nexus/governance/contracts'
import type { Address } from 'viem'

/** Not of the suite: nobody in it has a power over them by a role. */
const foreign = new Set(['Asset', 'Safe', 'MultiSendCallOnly'])

/** Every contract of the suite that somebody could have a power in, by what it is: pools have one name. */
export const suiteContracts = (manifest: Manifest, rail?: RailAddresses): Contract[] =>
  contractsOf(manifest, rail).flatMap(({ name, ...contract }) => {
    const kind = name.split(':')[0] ?? name
    return foreign.has(kind) ? [] : [{ ...contract, name: kind }]
  })

/** Who holds the powers of a suite once they are handed over. */
export function heirsOf({ registries, grievance }: Manifest, nvm: Address, disputeBond: Address): Heirs {
  if (!registries || !grievance) throw new Error('the manifest has no registries or no grievances')
  return {
    ...{ nvm, DisputeBond: disputeBond, ComponentRegistry: registries.component },
    ...{ GrievanceRail: grievance.rail, GrievanceOrders: grievance.orders },
    ...{ ArbiterRegister: grievance.register, RespondentBonds: grievance.respondents },
  }
}
