import { speechAbi } from '@nexus/governance/contracts'
import { stateNames } from '@nexus/governance/decision'
import { ExitCode, NexusError } from '@nexus/kit/errors'
import { decodeErrorResult, type Hex, isHex } from 'viem'

/** An error of a target comes wrapped in the NVM's own. */
function innerReason(bytes: string): string | null {
  if (!isHex(bytes) || bytes.length < 10) return null
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: speechAbi, data: bytes as Hex })
    return `${errorName}(${args.map(String).join(', ')})`
  } catch {
    return null
  }
}

/** A decision that has its votes and not its delay yet, an announcement that is not old enough. */
const passes = (reason: string | null | undefined, args: readonly string[]): boolean =>
  reason === 'Guard_TooEarly' || (reason === 'Nvm_NotReady' && stateNames[Number(args[1])] === 'passed')

/**
 * What a contract refuses is a verdict, not a mistake in what was typed: exit 3 with the name of its error; 75 where waiting is all it
 * takes. Other errors stay as they are.
 */
export async function asVerdict<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof NexusError) || error.code !== 'would-revert') throw error
    const { reason, args = [] } = error.details as { reason?: string | null; args?: string[] }
    const isForNow = passes(reason, args) || error.exitCode === ExitCode.tryAgain
    const because = reason === 'Nvm_CallFailed' ? innerReason(args[1] ?? '') : null
    throw new NexusError(
      isForNow ? ExitCode.tryAgain : ExitCode.verification,
      'refused',
      because ? `${error.message}: call ${args[0]} failed with ${because}` : error.message,
      { details: { ...error.details, ...(because ? { because } : {}) }, cause: error },
    )
  }
}
