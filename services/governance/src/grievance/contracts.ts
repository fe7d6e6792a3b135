import { arbiterRegisterAbi } from '@nexus/chain/abi/ArbiterRegister'
import { grievanceDeskAbi } from '@nexus/chain/abi/GrievanceDesk'
import { grievanceLedgerAbi } from '@nexus/chain/abi/GrievanceLedger'
import { grievanceOrdersAbi } from '@nexus/chain/abi/GrievanceOrders'
import { grievancePanelsAbi } from '@nexus/chain/abi/GrievancePanels'
import { grievanceRailAbi } from '@nexus/chain/abi/GrievanceRail'
import { respondentBondsAbi } from '@nexus/chain/abi/RespondentBonds'
import type { Manifest } from '@nexus/chain/manifest'
import { inputError } from '@nexus/kit/errors'

/** @throws NexusError `no-grievances` */
export function grievanceAt({ grievance }: Manifest): NonNullable<Manifest['grievance']> {
  if (grievance) return grievance
  throw inputError('no-grievances', 'the manifest names no contracts of grievances: this chain has none')
}

export const grievanceContracts = ({ manifest }: { manifest: Manifest }) => {
  const at = grievanceAt(manifest)
  return {
    rail: { address: at.rail, abi: grievanceRailAbi },
    desk: { address: at.desk, abi: grievanceDeskAbi },
    panels: { address: at.panels, abi: grievancePanelsAbi },
    orders: { address: at.orders, abi: grievanceOrdersAbi },
    register: { address: at.register, abi: arbiterRegisterAbi },
    ledger: { address: at.ledger, abi: grievanceLedgerAbi },
    respondents: { address: at.respondents, abi: respondentBondsAbi },
  } as const
}
