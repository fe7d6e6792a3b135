import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import { inputError } from '@nexus/kit/errors'
import type { Hex } from 'viem'
import type { ChainReader } from './chain.ts'

/** The words of a feed, as they were published. @throws NexusError `unknown-feed` */
export async function publishedFeed({ client, manifest }: ChainReader, feedId: Hex): Promise<Hex> {
  const [found] = await client.getContractEvents({
    ...{ address: manifest.termsStore, abi: termsStoreAbi, eventName: 'FeedPublished', args: { feedId } },
    ...{ fromBlock: BigInt(manifest.deployedAtBlock), strict: true },
  } as const)
  if (found) return found.args.specification
  throw inputError('unknown-feed', `nobody published feed ${feedId} on this chain`, { feedId })
}
