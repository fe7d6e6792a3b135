/** A parent to be killed: starts the indexer it is told to, prints its endpoint, waits for ever. */
import { type IndexerOptions, startIndexer } from '@nexus/indexer/start'

const outcome = await startIndexer(JSON.parse(process.argv[2] ?? '') as IndexerOptions)
console.log(outcome.kind === 'started' ? outcome.graphqlUrl : outcome.reason)
