import type { Powers } from '@nexus/deploy/powers'
import { type Hex, isAddressEqual } from 'viem'
import { accounts } from './accounts.ts'
import type { GovernanceDeps } from './governance/deps.ts'
import { stopAnchoring } from './governance/emergency.ts'
import { handOver } from './governance/hand-over.ts'
import { openRail } from './governance/open-rail.ts'
import { voidedEvidence } from './governance/voided-evidence.ts'
import { seats } from './nvm.ts'
import type { GovernanceOutcome } from './outcome.ts'
import type { Progress } from './progress.ts'

/** How many roles an account holds. */
const rolesOf = ({ holders }: Powers, account: Hex): number =>
  [...holders.values()].filter(holding => holding.some(holder => isAddressEqual(holder, account))).length

/**
 * The last chapter: no key of whoever deployed it rules anything any more, and what six seats and a rail's members can do with it is done
 * once.
 */
export async function govern(deps: GovernanceDeps & { progress: Progress }): Promise<GovernanceOutcome> {
  const { progress, rpc } = deps
  progress.chapter('The powers: six institutions, and a rail of the people concerned')
  const { established, disputeBond, powers, conditions } = await progress.step(
    'six institutions take their seats in a Safe, and every power goes to them',
    async say => {
      const handed = await handOver(deps)
      const { powers: read, conditions: held } = handed
      say(
        `${read.functions.length} functions are not everybody's; no key opens one, and no decision breaks ${held.length} conditions: ${held[0]?.reads}, and so on`,
      )
      return handed
    },
  )
  const nvm = seats(rpc, established.nvm)
  const rail = await progress.step('four seats open a rail, one dissents: it waits twelve hours longer', say =>
    openRail(deps, nvm, say),
  )
  const stop = await progress.step('two seats stop all anchoring; after 72 hours it is over by itself', say =>
    stopAnchoring(deps, nvm, say),
  )
  const proposal = await progress.step('a proposal of the rail dies with the evidence it cites', say =>
    voidedEvidence(deps, nvm, { governor: rail.governor, disputeBond }, say),
  )
  return {
    safe: established.safe,
    nvm: established.nvm,
    powers: {
      restrictedFunctions: powers.functions.length,
      heldByDeployer: rolesOf(powers, accounts.deployer.address),
    },
    constitution: { conditions: conditions.length },
    decision: rail.decision,
    emergency: stop,
    rail: { governor: rail.governor, timelock: rail.timelock, ...proposal },
  }
}
