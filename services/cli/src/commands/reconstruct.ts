import { readManifest } from '@nexus/chain/manifest'
import { ExitCode } from '@nexus/kit/errors'
import { reconstruct } from '@nexus/reconstruct/reconstruct'
import { firstOf, packSource } from '@nexus/reconstruct/store'
import { renderReconstruction } from '@nexus/reconstruct/text'
import { Command } from 'commander'
import { lastManifest, lastStores, runAt, withLastChain } from '../last-run.ts'
import { emit } from '../output.ts'

interface Options {
  rpc?: string
  store?: string
  manifest?: string
  dir?: string
  json?: true
}

export function command(): Command {
  return new Command('reconstruct')
    .description('re-derive a payout from the chain and one store of packs')
    .argument('<payout-tx>', 'hash of the transaction that settled')
    .option('--rpc <url>', "the chain's JSON-RPC endpoint (default: the last run's chain)")
    .option('--store <dir|url>', "a folder of packs or an operator's URL (default: the last run's operators)")
    .option('--manifest <file>', 'addresses that are trusted; without it, whatever contract settled is believed')
    .option('--dir <folder>', "a run kept elsewhere: `nexus up`'s --dir")
    .option('--json', 'one JSON document on stdout')
    .action(async (tx: string, { rpc, store, manifest: file, dir, json }: Options) => {
      const kept = runAt(dir)
      const manifest = file ? readManifest(file) : rpc ? null : lastManifest(kept)
      const packs = store ? packSource(store) : firstOf((await lastStores(kept)).map(packSource))
      const trusted = manifest && { book: manifest.policyBook, firstBlock: BigInt(manifest.deployedAtBlock) }
      const run = (rpcUrl: string) => reconstruct({ tx, rpcUrl, packs, ...trusted })
      const result = rpc ? await run(rpc) : await withLastChain(run, kept)
      emit(json === true, result, () => renderReconstruction(result))
      if (!result.ok) process.exitCode = ExitCode.verification
    })
}
