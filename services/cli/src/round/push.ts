import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { forecast } from '@nexus/funding/chain/forecast'
import { overTheCap } from '@nexus/funding/chain/heaviest'
import { roundStatuses } from '@nexus/funding/chain/round'
import { isPosted } from '@nexus/funding/chain/terms'
import { speechAbi } from '@nexus/governance/contracts'
import { inputError, verificationError } from '@nexus/kit/errors'
import { type Address, getAddress } from 'viem'
import { sentText, type WriteOptions } from '../act.ts'
import { countFlag } from '../fund/options.ts'
import { emit, rows } from '../output.ts'
import { amountText } from '../policy/amounts.ts'
import { openNetwork, reading } from '../policy/network.ts'
import { signerOf } from '../policy/signer.ts'
import { consent, type Deps, type PlannedCall, type SentCall, send, simulate } from '../policy/write.ts'
import { asVerdict } from '../refusal.ts'
import { roundAt, tokenOf } from './chain.ts'

const MOST_BATCH = 1_000
const say = (line: string) => process.stderr.write(`${line}\n`)

const call = (address: Address, functionName: 'tally' | 'freeze', args: readonly unknown[]): PlannedCall => ({
  ...{ label: functionName, address, abi: quadraticRoundAbi, functionName, args },
})

/**
 * Pushes the matching to its end: adds the weights up, names those over the cap, the heaviest first, and adds the shares up, so many
 * projects a transaction. Where it was cut off, or somebody else pushes as well, it goes on from where the round is.
 */
export async function push(text: string, options: WriteOptions & { batch: string }): Promise<void> {
  const batch = countFlag('--batch', options.batch, MOST_BATCH)
  await asVerdict(async () => {
    const network = await openNetwork(options)
    const view = await reading(() => roundAt(network, text))
    const { address, round } = view
    if (isPosted(round.terms.variant))
      throw inputError('posted', 'the result of this round is posted: `nexus round adopt`, once one is final', {})
    const asset = tokenOf(view, 0)
    const said = forecast(round)
    const capped = overTheCap(round)
    const deps: Deps = { network, account: await signerOf(options), abi: speechAbi }
    const count = round.projects.length
    await simulate(deps, call(address, 'tally', [BigInt(batch)]))
    const matchedAssets = said.matched.reduce((sum, one) => sum + one, 0n)
    const effects = { round: address, projects: count, batch, freezes: capped, matchedAssets }
    const go = await consent(
      options,
      rows('push the matching', [
        ['round', address],
        ['projects', `${count}, ${batch} a transaction`],
        ['over the cap', `${capped.length}: named first, the heaviest first`],
        ['gives', `${amountText(matchedAssets, asset)}, ${amountText(said.leftoverAssets, asset)} left over`],
      ]),
    )
    const sent = go ? await pushOn(deps, address, { batch, capped, count }) : []
    emit(options.json === true, { effects, sent: go, transactions: sent }, () => sentText(go, sent))
    if (!go) return
    const matched = await reading(() => roundAt(network, address))
    const differs = await reading(() => differing(deps, address, said.matched))
    if (differs.length > 0)
      throw verificationError('differs', 'the match on chain is not what the gifts give', { projects: differs })
    say(`the result stands: ${amountText(matched.round.leftoverAssets, asset)} left over, as computed from the gifts`)
  })
}

async function pushOn(
  deps: Deps,
  address: Address,
  { batch, capped, count }: { batch: number; capped: readonly number[]; count: number },
): Promise<SentCall[]> {
  const { client } = deps.network
  const at = { address: getAddress(address), abi: quadraticRoundAbi } as const
  const statusNow = async () =>
    roundStatuses[await reading(() => client.readContract({ ...at, functionName: 'status' }))]
  const isCapped = async (projectId: number) =>
    (await reading(() => client.readContract({ ...at, functionName: 'projectOf', args: [projectId] }))).capped
  const sent: SentCall[] = []
  const make = async (planned: PlannedCall, progress: string) => {
    say(progress)
    sent.push(...(await send(deps, [planned])))
  }
  let looked = 0
  for (let status = await statusNow(); status !== 'matched'; status = await statusNow()) {
    if (status === 'cancelled') throw verificationError('cancelled', 'the round was cancelled', { round: address })
    const open: number[] = []
    if (status === 'sharing') for (const projectId of capped) if (!(await isCapped(projectId))) open.push(projectId)
    if (open.length > 0) {
      await make(call(address, 'freeze', [open.slice(0, batch)]), `${open.length} over the cap to be named`)
      continue
    }
    // a batch that ends with the weights leaves the shares for after the naming
    const left = count - looked
    const size = status !== 'sharing' && left > 0 && left < batch ? left : batch
    await make(call(address, 'tally', [BigInt(size)]), `${status}: ${size} projects more`)
    looked += size
  }
  return sent
}

async function differing(
  { network: { client } }: Deps,
  address: Address,
  expected: readonly bigint[],
): Promise<{ projectId: number; computed: bigint; onChain: bigint }[]> {
  const found = await Promise.all(
    expected.map((_, projectId) =>
      client.readContract({ address, abi: quadraticRoundAbi, functionName: 'matchedOf', args: [projectId] }),
    ),
  )
  return found.flatMap((onChain, projectId) => {
    const computed = expected[projectId] ?? 0n
    return onChain === computed ? [] : [{ projectId, computed, onChain }]
  })
}
