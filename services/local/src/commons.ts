import { accounts } from './accounts.ts'
import { grantPowers } from './commons/decide.ts'
import { endow } from './commons/endow.ts'
import { hearCase } from './commons/hear-case.ts'
import { fundProjects } from './commons/round.ts'
import type { GovernanceDeps } from './governance/deps.ts'
import { seats } from './nvm.ts'
import type { CommonsOutcome, Outcome } from './outcome.ts'
import type { Progress } from './progress.ts'

/** What people decide together is worth funding, what of it reaches the commons, and what the commons does for who was wronged. */
export async function share(
  deps: GovernanceDeps & { progress: Progress; nvm: Outcome['governance']['nvm']; complaint: { policyId: string } },
): Promise<CommonsOutcome> {
  const { progress, rpc } = deps
  progress.chapter('The commons: a round that many small gifts decide, and a door to knock on')
  const { round, terms } = await progress.step(
    'the seats open a round of quadratic funding, and let the commons compensate',
    async () => {
      await endow(rpc, [
        ...[accounts.attester, accounts.reviewer, ...accounts.projects, ...accounts.people],
        ...[...accounts.pretenders, ...accounts.arbiters],
      ])
      return grantPowers(deps, seats(rpc, deps.nvm))
    },
  )
  const funded = await progress.step('six people give to three projects; who is no person, or one twice, cannot', say =>
    fundProjects(deps, { round, terms }, say),
  )
  const grievance = await progress.step('a household that was paid nothing complains, and is heard', say =>
    hearCase(deps, say),
  )
  return { round: funded, grievance }
}
