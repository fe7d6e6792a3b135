import { orderKinds } from '@nexus/governance/grievance/case'
import { inputError } from '@nexus/kit/errors'
import type { Command } from 'commander'
import { keccak256, stringToBytes } from 'viem'
import { readText } from '../files.ts'
import { act, type WriteOptions } from '../records/act.ts'
import { parseHash } from '../records/release.ts'
import { onCase, parseCase, planOn } from './options.ts'

/** What carries out a ruling, or records that it was not carried out. */
export function orderCommands(grievance: Command): void {
  for (const [name, what] of simple)
    onCase(grievance, name, what).action((text: string, options: WriteOptions) =>
      act(options, network =>
        planOn(network, text, what, { contract: 'GrievanceOrders', function: name, args: [parseCase(text)] }),
      ),
    )
  onCase(grievance, 'prove-correction', 'show that the revision that was ordered is final: anyone')
    .argument('<aep>', 'id of the revision')
    .action(proveCorrection)
  onCase(grievance, 'apologise', 'post the apology that was ordered, as the respondent')
    .requiredOption('--text-file <file>', 'the apology (UTF-8)')
    .requiredOption('--uri <uri>', 'where it can be read')
    .action(apologise)
  onCase(grievance, 'miss', 'record that an order was not carried out in time: anyone')
    .argument('<order>', orderKinds.join(', '))
    .action(miss)
}

const simple = [
  ['award', 'have the commons award what they can of the compensation: anyone'],
  ['proceed', 'take the next step against a component that a ruling names: anyone'],
] as const

async function apologise(text: string, options: WriteOptions & { textFile: string; uri: string }): Promise<void> {
  const textHash = keccak256(stringToBytes(await readText(options.textFile)))
  await act(options, network =>
    planOn(network, text, 'apologise', {
      ...{ contract: 'GrievanceOrders', function: 'apologise', args: [parseCase(text), textHash, options.uri] },
    }),
  )
}

async function miss(text: string, kind: string, options: WriteOptions): Promise<void> {
  const index = (orderKinds as readonly string[]).indexOf(kind)
  if (index < 0) throw inputError('bad-order', `"${kind}" is no order; known: ${orderKinds.join(', ')}`, { kind })
  await act(options, network =>
    planOn(network, text, 'record that an order was missed', {
      ...{ contract: 'GrievanceOrders', function: 'miss', args: [parseCase(text), index] },
    }),
  )
}

async function proveCorrection(text: string, aep: string, options: WriteOptions): Promise<void> {
  const args = [parseCase(text), parseHash(aep, 'aep')]
  await act(options, network =>
    planOn(network, text, 'prove a correction', { contract: 'GrievanceOrders', function: 'proveCorrection', args }),
  )
}
