import type { Manifest } from '@nexus/chain/manifest'
import type { Command } from 'commander'
import { type Abi, type Account, zeroAddress } from 'viem'
import { toAccount } from 'viem/accounts'
import { emit } from './output.ts'
import type { Plan } from './policy/actions.ts'
import { type NetworkOptions, openNetwork, withNetwork } from './policy/network.ts'
import { namesKey, type SignerOptions, signerOf, withSigner } from './policy/signer.ts'
import { type ConsentOptions, consent, type Deps, type SentCall, send, withConsent } from './policy/write.ts'

export type WriteOptions = NetworkOptions & SignerOptions & ConsentOptions

export const withWrite = (command: Command): Command => withConsent(withSigner(withNetwork(command)))

export const sentText = (go: boolean, sent: readonly SentCall[]): string =>
  go ? sent.map(({ label, tx, gasUsed }) => `${label}: ${tx} (${gasUsed} gas)`).join('\n') : 'nothing was sent'

interface Acting {
  /** Events and errors of every contract that can speak. */
  abi: Abi
  /** Throws where the manifest names nothing of what is acted on: before any key is asked for. */
  requires?: (manifest: Manifest) => unknown
  /** What to make of what a contract refuses. */
  verdict?: <T>(act: () => Promise<T>) => Promise<T>
}

const nobody = async () => toAccount(zeroAddress)

/** Simulates, shows what would happen, asks, sends. */
export function acting({ abi, requires, verdict = run => run() }: Acting) {
  const act = (
    options: WriteOptions,
    plan: (deps: Deps) => Promise<Plan>,
    signer: (options: SignerOptions) => Promise<Account> = signerOf,
  ): Promise<void> =>
    verdict(async () => {
      const network = await openNetwork(options)
      requires?.(network.manifest)
      const deps: Deps = { network, account: await signer(options), abi }
      const { calls, effects, text, before } = await plan(deps)
      const go = calls.length > 0 && (await consent(options, text))
      if (go) await before?.()
      const sent = go ? await send(deps, calls) : []
      emit(options.json === true, { effects, sent: go, transactions: sent }, () =>
        calls.length === 0 ? text : sentText(go, sent),
      )
    })
  return {
    act,
    /** What the contract lets anyone do is looked at without a key: it does not matter who would send it. */
    actAsAnyone: (options: WriteOptions, plan: (deps: Deps) => Promise<Plan>): Promise<void> =>
      act(options, plan, options.dryRun && !namesKey(options) ? nobody : signerOf),
  }
}
