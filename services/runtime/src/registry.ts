import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import type { Hex } from '@nexus/kit/canonical'
import { ReportFlag, unpackHeader } from '@nexus/kit/report'
import { getAbiItem, type Log, toFunctionSelector } from 'viem'
import { type Chain, type Head, headOf, readChain, revertDataOf } from './chain.ts'
import { follow } from './follow.ts'
import type { Store } from './sqlite.ts'

/** A configuration of the committee, as announced on chain. Addresses are lower case, in the chain's order. */
export interface Configuration {
  version: number
  quorum: number
  operators: readonly Hex[]
  /** SHA-256 of each operator's ML-DSA-65 public key, in the same order. */
  pqKeyHashes: readonly Hex[]
}

/** As the contract numbers them. `final` and `upheld` pay, and together with `void` never change. */
const anchorStates = ['none', 'anchored', 'disputed', 'final', 'upheld', 'void'] as const
export type AnchorState = (typeof anchorStates)[number]

export interface AnchorRecord {
  aepId: Hex
  feedId: Hex
  from: number
  to: number
  sequence: number
  value: bigint
  eql: number
  provisional: boolean
  configVersion: number
  /** Bit i is operator i of that configuration. */
  signers: number
  receiptsRoot: Hex
  blockNumber: number
  txHash: Hex
}

/** The registry of evidence as last seen. Reads of what was synced touch the database only. */
export interface Registry {
  /** Brings in what happened since; true when the head moved. @throws NexusError `chain-unavailable`, retryable */
  sync(): Promise<boolean>
  /** The head of the last sync. */
  head(): Head | undefined
  /** The configuration in force at the last sync; undefined while there is none, or its announcement has not been seen. */
  configuration(): Configuration | undefined
  /** Any announced configuration; the last announcement of a version counts. */
  configurationOf(version: number): Configuration | undefined
  anchor(aepId: Hex): AnchorRecord | undefined
  /** In the order of their sequences: each but the first is a revision. */
  anchorsOfWindow(feedId: Hex, from: number, to: number): AnchorRecord[]
  /** Of windows inside this one, in the order of their sequences. */
  anchorsWithin(feedId: Hex, from: number, to: number): AnchorRecord[]
  /** Sequence of a feed's latest anchor, from the chain itself; 0 for a feed without one. */
  latestSequence(feedId: Hex): Promise<number>
  /** What level new reports of a feed may have at most, from the chain itself; 4 is no cap. */
  capOf(feedId: Hex): Promise<number>
  /** The component whose standing caps a feed; undefined for one that is linked to none, or without a registry of components. */
  modelOf(feedId: Hex): Promise<Hex | undefined>
  /** By the chain's clock, now. */
  stateOf(aepId: Hex): Promise<AnchorState>
}

/** For the service's own database, beside `followMigration`. */
export const registryMigration = `
  CREATE TABLE anchors (
    aep_id TEXT PRIMARY KEY, feed_id TEXT NOT NULL, from_s INTEGER NOT NULL, to_s INTEGER NOT NULL, sequence INTEGER NOT NULL,
    header TEXT NOT NULL, receipts_root TEXT NOT NULL, block_number INTEGER NOT NULL, tx_hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX anchors_feed ON anchors (feed_id, from_s, to_s);
  CREATE TABLE configurations (
    version INTEGER NOT NULL, block_number INTEGER NOT NULL, log_index INTEGER NOT NULL, active_from INTEGER NOT NULL,
    quorum INTEGER NOT NULL, operators TEXT NOT NULL, pq_key_hashes TEXT NOT NULL, PRIMARY KEY (version, block_number, log_index)
  ) STRICT;
`

export interface RegistryOptions {
  address: Hex
  /** Of components. */
  components?: Hex | undefined
  fromBlock: number
}

interface AnchorRow {
  aep_id: Hex
  feed_id: Hex
  from_s: number
  to_s: number
  sequence: number
  header: Hex
  receipts_root: Hex
  block_number: number
  tx_hash: Hex
}

function toAnchor(row: AnchorRow): AnchorRecord {
  const { value, eql, flags, configVersion, signers } = unpackHeader(row.header)
  return {
    aepId: row.aep_id,
    feedId: row.feed_id,
    from: row.from_s,
    to: row.to_s,
    sequence: row.sequence,
    value,
    eql,
    provisional: (flags & ReportFlag.provisional) !== 0,
    configVersion,
    signers,
    receiptsRoot: row.receipts_root,
    blockNumber: row.block_number,
    txHash: row.tx_hash,
  }
}

type RegistryLog = Log<bigint, number, false, undefined, true, typeof events>

const events = [
  getAbiItem({ abi: evidenceRegistryAbi, name: 'AepAnchored' }),
  getAbiItem({ abi: evidenceRegistryAbi, name: 'ConfigurationAnnounced' }),
] as const
const UNKNOWN_FEED = toFunctionSelector('Evidence_UnknownFeed(bytes32)')
const lower = <T extends string>(text: T) => text.toLowerCase() as T

export function createRegistry(
  chain: Chain,
  store: Store,
  { address, components, fromBlock }: RegistryOptions,
): Registry {
  const { client } = chain
  let head: Head | undefined
  let version = 0

  const followed = {
    name: 'registry',
    fromBlock,
    read: (from: bigint, to: bigint) =>
      readChain(() => client.getLogs({ address, events, fromBlock: from, toBlock: to, strict: true })),
    forget(from: number) {
      store.run('DELETE FROM anchors WHERE block_number >= ?', from)
      store.run('DELETE FROM configurations WHERE block_number >= ?', from)
    },
    apply(log: RegistryLog) {
      const blockNumber = Number(log.blockNumber)
      if (log.eventName === 'AepAnchored') {
        const { aepId, feedId, header, receiptsRoot } = log.args
        const { from, to, sequence } = unpackHeader(header)
        store.run(
          `INSERT INTO anchors (aep_id, feed_id, from_s, to_s, sequence, header, receipts_root, block_number, tx_hash)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
          aepId,
          feedId,
          from,
          to,
          sequence,
          header,
          receiptsRoot,
          blockNumber,
          log.transactionHash,
        )
      } else {
        const { configVersion, activeFrom, quorum, operators, pqKeyHashes } = log.args
        store.run(
          `INSERT INTO configurations (version, block_number, log_index, active_from, quorum, operators, pq_key_hashes)
           VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
          configVersion,
          blockNumber,
          log.logIndex,
          activeFrom,
          quorum,
          JSON.stringify(operators.map(lower)),
          JSON.stringify(pqKeyHashes.map(lower)),
        )
      }
    },
  }

  function configurationOf(wanted: number): Configuration | undefined {
    const row = store.get<{ quorum: number; operators: string; pq_key_hashes: string }>(
      `SELECT quorum, operators, pq_key_hashes FROM configurations WHERE version = ?
       ORDER BY block_number DESC, log_index DESC LIMIT 1`,
      wanted,
    )
    if (!row) return undefined
    const [operators, pqKeyHashes] = [row.operators, row.pq_key_hashes].map(text => JSON.parse(text) as Hex[])
    return { version: wanted, quorum: row.quorum, operators: operators ?? [], pqKeyHashes: pqKeyHashes ?? [] }
  }

  return {
    head: () => head,
    async sync() {
      const next = await headOf(chain)
      if (next.hash === head?.hash) return false
      await follow(chain, store, next, followed)
      version = await readChain(() =>
        client.readContract({ address, abi: evidenceRegistryAbi, functionName: 'currentConfigVersion' }),
      )
      head = next
      return true
    },
    configuration: () => (version === 0 ? undefined : configurationOf(version)),
    configurationOf,
    anchor(aepId) {
      const row = store.get<AnchorRow>('SELECT * FROM anchors WHERE aep_id = ?', aepId)
      return row && toAnchor(row)
    },
    anchorsOfWindow: (feedId, from, to) =>
      store
        .all<AnchorRow>(
          'SELECT * FROM anchors WHERE feed_id = ? AND from_s = ? AND to_s = ? ORDER BY sequence',
          feedId,
          from,
          to,
        )
        .map(toAnchor),
    anchorsWithin: (feedId, from, to) =>
      store
        .all<AnchorRow>(
          'SELECT * FROM anchors WHERE feed_id = ? AND from_s >= ? AND to_s <= ? ORDER BY sequence',
          feedId,
          from,
          to,
        )
        .map(toAnchor),
    async latestSequence(feedId) {
      try {
        const [anchor] = await readChain(() =>
          client.readContract({ address, abi: evidenceRegistryAbi, functionName: 'latestOf', args: [feedId] }),
        )
        return anchor.sequence
      } catch (error) {
        if (revertDataOf(error)?.startsWith(UNKNOWN_FEED)) return 0
        throw error
      }
    },
    capOf: feedId =>
      readChain(() =>
        client.readContract({ address, abi: evidenceRegistryAbi, functionName: 'capOf', args: [feedId] }),
      ),
    async modelOf(feedId) {
      if (components === undefined) return undefined
      const found = await readChain(() =>
        client.readContract({
          address: components,
          abi: componentRegistryAbi,
          functionName: 'modelOf',
          args: [feedId],
        }),
      )
      return BigInt(found) === 0n ? undefined : found
    },
    async stateOf(aepId) {
      const state = await readChain(() =>
        client.readContract({ address, abi: evidenceRegistryAbi, functionName: 'stateOf', args: [aepId] }),
      )
      const name = anchorStates[state]
      if (!name) throw new Error(`the registry has no state ${state}`)
      return name
    },
  }
}
