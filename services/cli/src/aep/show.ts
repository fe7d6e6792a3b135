import { writeFileDurably } from '@nexus/aep/durable'
import { unanchoredEql } from '@nexus/aep/eql'
import { type OpenedPack, openPack } from '@nexus/aep/pack'
import { type PageInput, renderPage } from '@nexus/aep/page'
import { verifyAndRecompute } from '@nexus/aep/recompute'
import { verificationError } from '@nexus/kit/errors'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { quotePayout } from '@nexus/terms/payout'
import { parseTerms } from '@nexus/terms/terms'
import { readJson } from '../files.ts'
import { levelText } from '../level.ts'
import { emit } from '../output.ts'
import { openVerified } from './verify.ts'

export interface ShowOptions {
  html?: string
  terms?: string
  json?: true
}

export async function show(path: string, { html, terms, json }: ShowOptions): Promise<void> {
  const files = await openVerified(path)
  const pack = openPack(files)
  const cover = terms === undefined ? undefined : coverOf(await readJson(terms), pack)
  const full = await verifyAndRecompute(files)
  if (full.recomputed === null || !full.ok) {
    const failed = full.checks.filter(({ ok }) => !ok).map(({ check }) => check)
    throw verificationError('pack-refused', `${path} does not recompute: ${failed.join('; ')}`, { path, failed })
  }
  const operators = full.receipts.map(({ operator }) => operator)
  const page: PageInput = { pack, recomputed: full.recomputed, operators, cover, ...namesOf(pack) }
  if (html !== undefined) await writeFileDurably(html, new TextEncoder().encode(renderPage(page)))
  const { 'claims.json': claims, 'inputs.json': inputs, 'model.json': model } = pack.documents
  const document = {
    aepId: pack.aepId,
    feedId: claims.feedId,
    feed: claims.feed,
    window: claims.window,
    sequence: claims.sequence,
    provisional: claims.provisional,
    revises: claims.revises,
    index: claims.index,
    uncertainty: claims.uncertainty,
    quality: claims.quality,
    eql: unanchoredEql(claims.eql),
    catalogue: model.catalogue,
    inputs: inputs.inputs,
    observations: claims.observations,
    operators,
    leaves: pack.leaves.map(({ name }) => name),
    ...(html === undefined ? {} : { html }),
  }
  emit(json === true, document, () => describe(page, html))
}

/** Title and unit that the catalogue here has for the model; a pack of an unknown model is shown without. */
function namesOf(pack: OpenedPack): Pick<PageInput, 'title' | 'unit'> {
  const { feed } = pack.documents['claims.json']
  const model = loadCatalogue()
    .models()
    .find(({ id, version }) => id === feed.model && version === feed.modelVersion)
  return model === undefined ? {} : { title: model.title, unit: model.unit }
}

function coverOf(json: unknown, pack: OpenedPack): NonNullable<PageInput['cover']> {
  const terms = parseTerms(json)
  const quote = quotePayout(terms, pack.documents['claims.json'].index.value)
  const { paidAssets } = quote
  const outcome = `At ${quote.value} these terms pay ${paidAssets} of ${terms.terms.coverAssets} base units.`
  return { formula: terms.formula, outcome }
}

function describe({ pack, operators, title, unit, cover }: PageInput, html: string | undefined): string {
  const { 'claims.json': claims, 'inputs.json': inputs, 'model.json': model } = pack.documents
  const { index, quality, uncertainty } = claims
  const excluded = Object.entries(quality.excluded).map(([reason, n]) => `${reason} ${n}`)
  const rows: [string, string][] = [
    ['aepId', pack.aepId],
    ['index', `${index.value}${unit === undefined ? '' : ` ${unit}`}${index.time === null ? '' : `, ${index.time}`}`],
    ['window', `${claims.window.from} to ${claims.window.to}, end exclusive; sequence ${claims.sequence}`],
    [
      'model',
      `${model.model.id} ${model.model.version}${title === undefined ? ' (not in the catalogue here)' : `: ${title}`}`,
    ],
    [
      'params',
      Object.entries(claims.feed.params)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ') || 'none',
    ],
    ['uncertainty', uncertainty === null ? 'none stated' : `${uncertainty.value} (${uncertainty.source})`],
    [
      'quality',
      `${quality.used} used${excluded.length === 0 ? '' : `; left out: ${excluded.join(', ')}`}; ${quality.missingDays} days missing; flags: ${quality.flags.join(', ') || 'none'}`,
    ],
    [
      'decided by',
      claims.observations
        .map(({ id, value }) => `${id} (${value})`)
        .slice(0, 5)
        .join(', ') + (claims.observations.length > 5 ? `, … ${claims.observations.length} in all` : ''),
    ],
    ...inputs.inputs.map(({ name, url, licence, retrievedAt, bytes }): [string, string] => [
      'input',
      `${name}, ${bytes} bytes, ${url ?? 'origin not stated'}, ${licence ?? 'no licence stated'}${retrievedAt === null ? '' : `, ${retrievedAt}`}`,
    ]),
    ['EQL', levelText(claims.eql)],
    ['receipts', operators.length === 0 ? 'none' : operators.join(', ')],
    ...(cover === undefined ? [] : [['cover', cover.outcome] as [string, string]]),
    ...(html === undefined ? [] : [['page', html] as [string, string]]),
  ]
  return rows.map(([name, value]) => `${name.padEnd(12)} ${value}`).join('\n')
}
