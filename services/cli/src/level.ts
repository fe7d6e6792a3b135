import { unanchoredEql } from '@nexus/aep/eql'

const LEVELS = [
  'source, licence or time of retrieval is not known; a quorum does not change that',
  'source and licence known; the model is not validated, the uncertainty not stated, or the record short',
  'source, licence and uncertainty known, model validated',
]

/** An evidence level for people, and whether a quorum's anchor would raise it. @param eql once anchored */
export function levelText(eql: number): string {
  const now = unanchoredEql(eql)
  return `${now} (${LEVELS[now] ?? ''}${eql > now ? `; ${eql} once a quorum has anchored it` : ''})`
}
