import { governanceAbi } from '@nexus/governance/contracts'
import { stateNames } from '@nexus/governance/decision'
import { ExitCode, NexusError } from '@nexus/kit/errors'
import { decodeErrorResult, type Hex, isHex } from 'viem'

/** An error of a target comes wrapped in the module's own. */
function innerReason(bytes: string): { reason: string; text: string } | null {
  if (!isHex(bytes) || bytes.length < 10) return null
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: governanceAbi, data: bytes as Hex })
    return { reason: errorName, text: `${errorName}(${args.map(String).join(', ')})` }
  } catch {
    return null
  }
}

/**
 * What the NVM's contracts refuse is a verdict, not a mistake in what was typed: exit 3; 75 where waiting is all it takes.
 * Other errors stay as they are.
 */
export async function asVerdict<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof NexusError) || error.code !== 'would-revert') throw error
    const { reason, args = [] } = error.details as { reason?: string; args?: string[] }
    const isPassed = reason === 'Nvm_NotReady' && stateNames[Number(args[1])] === 'passed'
    const waits = isPassed || reason === 'Guard_TooEarly'
    const inner = reason === 'Nvm_CallFailed' ? innerReason(args[1] ?? '') : null
    const exit = waits || error.exitCode === ExitCode.tryAgain ? ExitCode.tryAgain : ExitCode.verification
    throw new NexusError(
      exit,
      'refused',
      inner ? `${error.message}: call ${args[0]} failed with ${inner.text}` : error.message,
      {
        details: { reason: reason ?? null, args, ...(inner ? { because: inner.text } : {}) },
        cause: error,
      },
    )
  }
}
