import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { nipRegistryAbi } from '@nexus/chain/abi/NipRegistry'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import type { Manifest } from '@nexus/chain/manifest'
import type { Hex } from '@nexus/kit/canonical'
import { type PublicClient, zeroAddress, zeroHash } from 'viem'
import { chainReader, low, orNull, type Row, text, unique } from '../rows.ts'

const NIP_STATES = ['', 'DRAFT', 'REVIEW', 'LAST_CALL', 'VOTE', 'FINAL', 'REJECTED', 'WITHDRAWN']
const COMPONENT_KINDS = ['PACK', 'NODE', 'MODEL', 'AGENT', 'DATA_SOURCE', 'TEMPLATE']
const COMPONENT_STATUSES = ['', 'PROPOSED', 'CERTIFIED', '', 'DELISTED', '', 'WITHDRAWN']
const CARRIER_KINDS = ['FUNCTION', 'POLICY', 'FEED']
/** PostgreSQL stores no NUL; what is not UTF-8, graph-node reads as viem does. */
const stored = (value: string) => value.replaceAll('\u0000', '')
const versionOf = (value: number) =>
  [value / 2 ** 32, value / 2 ** 16, value].map(part => Math.floor(part) % 65_536).join('.')

/** Proposals, components and charters, by their registries' views. */
export async function expectedRecords(client: PublicClient, manifest: Manifest): Promise<Record<string, Row[]>> {
  const { registries } = manifest
  if (!registries) return {}
  const { logs, timeOf } = chainReader(client)
  const nips = { address: registries.nip, abi: nipRegistryAbi } as const
  const [submitted, moved, revised, scheduled, editors, maintainers] = await Promise.all([
    logs(nips.address, nips.abi, 'NipSubmitted'),
    logs(nips.address, nips.abi, 'NipMoved'),
    logs(nips.address, nips.abi, 'NipRevised'),
    logs(nips.address, nips.abi, 'VersionScheduled'),
    logs(nips.address, nips.abi, 'EditorTerm'),
    logs(nips.address, nips.abi, 'MaintainerTerm'),
  ])
  const versionAt = (specId: Hex, place: number) =>
    client.readContract({ ...nips, functionName: 'versionAt', args: [specId, BigInt(place)] })
  const versionCount = async (specId: Hex) =>
    Number(await client.readContract({ ...nips, functionName: 'versionCount', args: [specId] }))
  const nipRows = await Promise.all(
    submitted.map(async log => {
      const { nipId, draft } = log.args
      const nip = await client.readContract({ ...nips, functionName: 'nipOf', args: [nipId] })
      const superseded = nip.place !== 0 && nip.place < (await versionCount(nip.specId))
      const revision = revised.findLast(({ args }) => args.nipId === nipId)
      return {
        ...{ id: text(nipId), specification: { id: nip.specId }, author: low(nip.author), specHash: nip.specHash },
        ...{ version: versionOf(nip.version), activationSeconds: text(nip.activationSeconds) },
        ...{ state: NIP_STATES[nip.state], enteredAt: text(nip.enteredAt), sendBackCount: nip.sendBacks },
        uri: stored(revision?.args.uri ?? draft.uri),
        supersededFrom: superseded ? text((await versionAt(nip.specId, nip.place + 1)).inForceFrom) : null,
        ...{ submittedAt: await timeOf(log), submittedTx: log.transactionHash },
      }
    }),
  )
  const nipMoves = await Promise.all(
    moved.map(async log => {
      const at = (blockNumber: bigint) =>
        client.readContract({ ...nips, functionName: 'nipOf', args: [log.args.nipId], blockNumber })
      const isFirst = submitted.some(({ transactionHash }) => transactionHash === log.transactionHash)
      const { from: by } = await client.getTransaction({ hash: log.transactionHash })
      return {
        ...{ nip: { id: text(log.args.nipId) }, by: low(by), reasonHash: log.args.reasonHash, tx: log.transactionHash },
        from: isFirst ? null : NIP_STATES[(await at(log.blockNumber - 1n)).state],
        to: NIP_STATES[(await at(log.blockNumber)).state],
        movedAt: await timeOf(log),
      }
    }),
  )
  const nipRevisions = revised.map(({ args: { nipId, specHash, uri, reasonHash }, transactionHash }) => ({
    ...{ nip: { id: text(nipId) }, specHash, uri, reasonHash, tx: transactionHash },
  }))
  const specIds = unique([...submitted, ...maintainers].map(({ args }) => args.specId))
  const specifications = await Promise.all(
    specIds.map(async id => {
      const count = await versionCount(id)
      const draft = submitted.findLast(({ args }) => args.specId === id)?.args.draft
      return {
        ...{ id, name: draft ? stored(draft.specName) : null },
        latest: count === 0 ? null : { place: count, version: versionOf((await versionAt(id, count)).version) },
      }
    }),
  )
  const specVersions: Row[] = []
  for (const specId of unique(scheduled.map(({ args }) => args.specId))) {
    const count = await versionCount(specId)
    for (let place = 1; place <= count; place++) {
      const { nip, version, inForceFrom, compatible, specHash } = await versionAt(specId, place)
      specVersions.push({
        ...{ specification: { id: specId }, nip: { id: text(nip) }, place, version: versionOf(version), specHash },
        ...{ inForceFrom: text(inForceFrom), compatible },
        inForceUntil: place === count ? null : text((await versionAt(specId, place + 1)).inForceFrom),
      })
    }
  }
  const offices = await Promise.all([
    ...unique(editors.map(({ args }) => args.editor)).map(async holder => ({
      ...{ id: `${zeroHash}${low(holder).slice(2)}`, holder: low(holder), specification: null },
      endsAt: text(await client.readContract({ ...nips, functionName: 'editorUntil', args: [holder] })),
      reasonHash: editors.findLast(({ args }) => args.editor === holder)?.args.reasonHash,
    })),
    ...maintainers.map(async ({ args: { specId, maintainer, reasonHash } }) => ({
      ...{ id: `${specId}${low(maintainer).slice(2)}`, holder: low(maintainer), specification: { id: specId } },
      endsAt: text(await client.readContract({ ...nips, functionName: 'maintainerUntil', args: [specId, maintainer] })),
      reasonHash,
    })),
  ])

  const registry = { address: registries.component, abi: componentRegistryAbi } as const
  const [proposed, certified, opened, answered, closed, suspended, delisted] = await Promise.all([
    logs(registry.address, registry.abi, 'ComponentProposed'),
    logs(registry.address, registry.abi, 'ComponentCertified'),
    logs(registry.address, registry.abi, 'CaseOpened'),
    logs(registry.address, registry.abi, 'CaseAnswered'),
    logs(registry.address, registry.abi, 'CaseClosed'),
    logs(registry.address, registry.abi, 'ComponentSuspended'),
    logs(registry.address, registry.abi, 'ComponentDelisted'),
  ])
  const caseAt = (id: Hex, blockNumber?: bigint) =>
    client.readContract({ ...registry, functionName: 'caseOf', args: [id], ...(blockNumber ? { blockNumber } : {}) })
  const of = (id: Hex) => (log: { args: { componentId: Hex } }) => log.args.componentId === id
  const components = await Promise.all(
    proposed.map(async ({ args: { componentId: id, release }, blockNumber, transactionHash }) => {
      const c = await client.readContract({ ...registry, functionName: 'componentOf', args: [id] })
      const isCertified = certified.some(of(id))
      const { openedAt, suspendedUntil } = await caseAt(id)
      return {
        ...{ id, lineage: { id: c.lineageId }, version: versionOf(c.version), contentHash: c.contentHash },
        ...{ sbomHash: c.sbomHash, uri: stored(release.uri), status: COMPONENT_STATUSES[c.status] },
        maintainer: c.maintainer === zeroAddress ? null : low(c.maintainer),
        conformanceLevel: isCertified ? c.conformanceLevel : null,
        eql: isCertified ? c.eql : null,
        certifier: isCertified ? low(c.certifier) : null,
        certifiedAt: orNull(c.certifiedAt),
        expiresAt: orNull(c.expiresAt),
        suspendedUntil: orNull(suspendedUntil),
        lastCase: openedAt === 0 ? null : { openedAt: text(openedAt) },
        feeds: (await client.readContract({ ...registry, functionName: 'feedsOf', args: [id] })).map(feed => ({
          id: feed,
        })),
        ...{ proposedAt: await timeOf({ blockNumber }), proposedTx: transactionHash },
      }
    }),
  )
  const lineages = await Promise.all(
    unique(proposed.map(({ args }) => args.lineageId)).map(async id => {
      const [first] = proposed.filter(({ args }) => args.lineageId === id)
      const latest = await client.readContract({ ...registry, functionName: 'latestVersionOf', args: [id] })
      const component = await client.readContract({ ...registry, functionName: 'componentIdOf', args: [id, latest] })
      return {
        ...{ id, kind: COMPONENT_KINDS[first?.args.kind ?? 0], publisher: low(first?.args.publisher ?? '') },
        ...{ name: stored(first?.args.release.name ?? ''), latest: { id: component, version: versionOf(latest) } },
      }
    }),
  )
  const certifications = await Promise.all(
    certified.map(async ({ args: { componentId: id, reasonHash }, blockNumber, transactionHash }) => {
      const c = await client.readContract({ ...registry, functionName: 'componentOf', args: [id], blockNumber })
      return {
        ...{ component: { id }, certifier: low(c.certifier), conformanceLevel: c.conformanceLevel, eql: c.eql },
        ...{ expiresAt: text(c.expiresAt), certifiedAt: text(c.certifiedAt), reasonHash, tx: transactionHash },
      }
    }),
  )
  const componentCases = await Promise.all(
    opened.map(async log => {
      const id = log.args.componentId
      const { openedAt } = await caseAt(id, log.blockNumber)
      // a component may have one case after another
      const next = opened.find(one => of(id)(one) && one.blockNumber > log.blockNumber)
      const during = (one: { args: { componentId: Hex }; blockNumber: bigint }) =>
        of(id)(one) && one.blockNumber >= log.blockNumber && (!next || one.blockNumber < next.blockNumber)
      const [answer, close, delisting] = [answered.find(during), closed.find(during), delisted.find(during)]
      return {
        ...{ component: { id }, openedBy: low(log.args.by), reasonHash: log.args.reasonHash, openedAt: text(openedAt) },
        answerBy: text(openedAt + 14 * 86_400),
        answeredBy: answer ? low(answer.args.by) : null,
        answerHash: answer?.args.answerHash ?? null,
        answeredAt: answer ? await timeOf(answer) : null,
        closedBy: close ? low(close.args.by) : null,
        closedReasonHash: close?.args.reasonHash ?? null,
        closedAt: close ? await timeOf(close) : null,
        delisted: delisting !== undefined,
      }
    }),
  )
  const suspensions = await Promise.all(
    suspended.map(async log => {
      const id = log.args.componentId
      const { openedAt, suspendedUntil, state } = await caseAt(id, log.blockNumber)
      return {
        ...{
          componentCase: { component: { id }, openedAt: text(openedAt) },
          by: low(log.args.by),
          urgent: state === 2,
        },
        ...{ until: text(suspendedUntil), reasonHash: log.args.reasonHash, tx: log.transactionHash },
        suspendedAt: await timeOf(log),
      }
    }),
  )
  const store = { address: manifest.termsStore, abi: termsStoreAbi } as const
  const templates = await Promise.all(
    unique(
      (await logs(store.address, store.abi, 'TemplateWithdrawn')).map(
        ({ args }) => `${args.formulaId}${args.feedId.slice(2)}`,
      ),
    ).map(async id => {
      const [formulaId, feedId] = [id.slice(0, 66) as Hex, `0x${id.slice(66)}` as Hex]
      return {
        ...{ id, formula: { id: formulaId }, feed: feedId === zeroHash ? null : { id: feedId } },
        withdrawn: await client.readContract({
          ...store,
          functionName: 'isTemplateWithdrawn',
          args: [formulaId, feedId],
        }),
      }
    }),
  )
  const termsWithdrawals = await Promise.all(
    unique((await logs(store.address, store.abi, 'TermsWithdrawn')).map(({ args }) => args.termsHash)).map(
      async id => ({
        ...{ id, terms: { id } },
        withdrawn: await client.readContract({ ...store, functionName: 'isWithdrawn', args: [id] }),
      }),
    ),
  )

  const book = { address: registries.charter, abi: charterRegistryAbi } as const
  const [begun, set, amended] = await Promise.all([
    logs(book.address, book.abi, 'CharterOpened'),
    logs(book.address, book.abi, 'ClauseSet'),
    logs(book.address, book.abi, 'CharterAmended'),
  ])
  const charters = await Promise.all(
    begun.map(async ({ args: { charterId: id, name } }) => {
      const charter = await client.readContract({ ...book, functionName: 'charterOf', args: [id] })
      return {
        ...{ id, name, keeper: low(charter.keeper), version: charter.version, amendedAt: orNull(charter.amendedAt) },
        charterHash: charter.charterHash === zeroHash ? null : charter.charterHash,
      }
    }),
  )
  const clauseRows: Row[] = []
  for (const { id } of charters)
    for (const clauseId of await client.readContract({ ...book, functionName: 'clauseIdsOf', args: [id] })) {
      const clause = await client.readContract({ ...book, functionName: 'clauseOf', args: [id, clauseId] })
      const textHash = clause.textHash === zeroHash ? null : clause.textHash
      clauseRows.push({
        ...{
          id: `${id}${clauseId.slice(2)}`,
          charter: { id },
          clauseId,
          label: clause.label,
          repealed: textHash === null,
        },
        wording: { textHash, sinceVersion: clause.sinceVersion },
      })
    }
  const wordings: Row[] = []
  const carriers: Row[] = []
  for (const { args, transactionHash } of set) {
    const { charterId, clauseId, version } = args
    const clause = await client.readContract({
      ...book,
      functionName: 'clauseAt',
      args: [charterId, clauseId, version],
    })
    const textHash = clause.textHash === zeroHash ? null : clause.textHash
    wordings.push({
      ...{ clause: { id: `${charterId}${clauseId.slice(2)}` }, sinceVersion: clause.sinceVersion, textHash },
      ...{ text: args.text, tx: transactionHash },
    })
    for (const [index, { kind, target, selector, id }] of clause.carriers.entries())
      carriers.push({
        wording: { sinceVersion: version, clause: { id: `${charterId}${clauseId.slice(2)}` } },
        ...{ index, kind: CARRIER_KINDS[kind], target: low(target), selector, carrierId: id },
      })
  }
  const charterAmendments = await Promise.all(
    amended.map(async ({ args: { charterId: id, reasonHash }, blockNumber, transactionHash }) => {
      const charter = await client.readContract({ ...book, functionName: 'charterOf', args: [id], blockNumber })
      return {
        ...{ charter: { id }, version: charter.version, charterHash: charter.charterHash, reasonHash },
        ...{ amendedAt: text(charter.amendedAt), tx: transactionHash },
      }
    }),
  )
  return {
    ...{ nips: nipRows, nipMoves, nipRevisions, specifications, specVersions, offices },
    ...{ components, lineages, certifications, componentCases, suspensions, templates, termsWithdrawals },
    ...{ charters, clauses: clauseRows, clauseWordings: wordings, carriers, charterAmendments },
  }
}
