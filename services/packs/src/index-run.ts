import { extname } from 'node:path'
import { ExitCode, inputError, NexusError } from '@nexus/kit/errors'
import type { FeedSpec } from '@nexus/kit/feed'
import type { Coverage, IndexResult, Window } from '@nexus/kit/observation'
import {
  firstDayOfMonth,
  parseDay,
  parseInstant,
  parseMonth,
  SECONDS_PER_DAY,
} from '../../../oracles/shared/calendar.ts'
import type { Catalogue, CatalogueModel, CatalogueSource } from './catalogue.ts'
import { computeIndex, type NamedInput } from './compute.ts'
import { feedSpecFor } from './feed-spec.ts'
import { refusalAsInputError } from './refusal.ts'

export interface IndexRunOptions {
  catalogue: Catalogue
  model: string
  /** `name=value`: parameters of the model, options of the source, and `from`, `to`. */
  settings: readonly string[]
  inputs: readonly NamedInput[]
  /** Default: by the ending of the first input's name. */
  adapter?: string
  from?: string
  to?: string
  decimals?: number
}

export interface IndexRun {
  model: CatalogueModel
  source: CatalogueSource
  feed: FeedSpec
  window: Window
  result: IndexResult
}

/** An index from files, outside of any feed: what a model makes of data somebody has. */
export async function runIndex(options: IndexRunOptions): Promise<IndexRun> {
  const { catalogue, inputs, decimals } = options
  const model = catalogue.model(options.model)
  const source = catalogue.source(options.adapter ?? adapterOf(catalogue, inputs[0]?.name ?? ''))
  const settings = readSettings(options.settings, model, source)
  const feed = feedSpecFor({
    catalogue,
    model: model.id,
    params: settings.params,
    adapter: source.adapter,
    dataset: 'files',
    datasetVersion: 'files',
    options: settings.options,
    ...(decimals === undefined ? {} : { decimals }),
    uncertainty: null,
  })
  const [from, to] = [options.from ?? settings.from, options.to ?? settings.to]
  const refusal = (objection: string, cause?: unknown) =>
    wrongSource({ catalogue, model, source, inputs }, objection, cause)
  let ran: IndexRun
  try {
    const window =
      from !== undefined && to !== undefined
        ? { from: seconds('from', from), to: seconds('to', to) }
        : await defaultWindow(source, feed, inputs, { from, to }, model.id === 'spi')
    const { result } = await computeIndex({ catalogue, feed, window, inputs })
    ran = { model, source, feed, window, result }
  } catch (error) {
    if (!(error instanceof NexusError) || error.exitCode !== ExitCode.input) throw error
    throw refusal(error.message, error) ?? error
  }
  const { used, quality } = ran.result
  const passedOver = used.length === 0 && Object.keys(quality.excluded).length > 0
  const nothing = passedOver ? refusal(`nothing in it is of use (${Object.keys(quality.excluded).join(', ')})`) : null
  if (nothing) throw nothing
  return ran
}

/**
 * A model that is given data of another kind objects to whatever it meets first, such as a window or a unit, or passes over all of
 * it. What helps is to say which sources its pack has for it. Null when the source is one of them.
 */
function wrongSource(
  given: Pick<IndexRunOptions, 'catalogue' | 'inputs'> & Pick<IndexRun, 'model' | 'source'>,
  objection: string,
  cause: unknown,
) {
  const { model, source } = given
  const pack = given.catalogue.packs().find(({ models }) => models.some(({ id }) => id === model.id))
  const fitting = pack?.sources.map(({ adapter }) => adapter) ?? []
  if (fitting.length === 0 || fitting.includes(source.adapter)) return null
  const names = given.inputs.map(({ name }) => name)
  const needed = `${model.id} (${model.title}) needs data of ${fitting.join(' or ')}`
  const read = `${names.join(', ')} was read as ${source.adapter} (${source.title})`
  return inputError(
    'wrong-source',
    `${needed}; ${read}, to which the model objects: ${objection}. If the file holds something else, say so with --source`,
    { model: model.id, source: source.adapter, fitting, inputs: names },
    cause,
  )
}

function adapterOf(catalogue: Catalogue, name: string): string {
  const extension = extname(name).toLowerCase() === '.json' ? '.geojson' : extname(name).toLowerCase()
  const source = catalogue.sources().find(known => known.extension === extension)
  if (source === undefined)
    throw inputError('source-needed', `the name "${name}" does not say what it holds: name a source adapter`, {
      known: catalogue.sources().map(({ adapter, extension }) => `${adapter} (${extension})`),
    })
  return source.adapter
}

function readSettings(settings: readonly string[], model: CatalogueModel, source: CatalogueSource) {
  const params: Record<string, string> = {}
  const options: Record<string, string> = {}
  const window: { from?: string; to?: string } = {}
  const known = [
    ...Object.keys(model.paramSchema.properties ?? {}),
    ...Object.keys(source.optionSchema.properties ?? {}),
    'from',
    'to',
  ]
  const seen = new Set<string>()
  for (const setting of settings) {
    const equals = setting.indexOf('=')
    const [name, value] = [setting.slice(0, Math.max(equals, 0)), setting.slice(equals + 1)]
    if (equals < 1) throw inputError('bad-param', `"${setting}" is not name=value`, { param: setting })
    if (seen.has(name)) throw inputError('bad-param', `${name} is given twice`, { param: name })
    seen.add(name)
    if (name === 'from' || name === 'to') window[name] = value
    else if (Object.hasOwn(model.paramSchema.properties ?? {}, name)) params[name] = value
    else if (Object.hasOwn(source.optionSchema.properties ?? {}, name)) options[name] = value
    else
      throw inputError('unknown-param', `neither ${model.id} nor ${source.adapter} has a parameter "${name}"`, {
        param: name,
        known,
      })
  }
  return { params, options, ...window }
}

function seconds(name: string, text: string): number {
  const ms = parseInstant(text)
  if (ms === null || ms % 1000 !== 0)
    throw inputError('bad-window', `${name} "${text}" is not a date such as 2018-02-01 or 2018-02-01T12:00:00Z`, {
      [name]: text,
    })
  return ms / 1000
}

/** What is not given comes from the data: all that they cover, in whole months for an index of months. */
async function defaultWindow(
  source: CatalogueSource,
  feed: FeedSpec,
  inputs: readonly NamedInput[],
  given: { from: string | undefined; to: string | undefined },
  wholeMonths: boolean,
): Promise<Window> {
  const parser = await source.load()
  let coverage: Coverage
  try {
    coverage = parser.merge(inputs.map(({ bytes }) => parser.parse(bytes, feed.source.options))).coverage
  } catch (error) {
    throw refusalAsInputError(error)
  }
  const { from, to } = coverage
  if ((given.from === undefined && from === null) || (given.to === undefined && to === null))
    throw inputError('window-needed', 'the data do not say what time they cover: give --from and --to')
  const start = given.from === undefined ? Math.ceil(unixSeconds(from ?? '')) : seconds('from', given.from)
  const end = given.to === undefined ? Math.floor(unixSeconds(to ?? '')) : seconds('to', given.to)
  if (!wholeMonths) return { from: start, to: end }
  return {
    from: given.from === undefined ? monthAtOrAfter(start) : start,
    to: given.to === undefined ? monthAtOrBefore(end) : end,
  }
}

/** Of a day, a month or an instant. */
function unixSeconds(time: string): number {
  const day = parseDay(time)
  if (day !== null) return day * SECONDS_PER_DAY
  const month = parseMonth(time)
  return month !== null ? firstDayOfMonth(month) * SECONDS_PER_DAY : (parseInstant(time) ?? 0) / 1000
}

const monthAtOrBefore = (at: number): number => {
  const date = new Date(at * 1000)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000
}
const monthAtOrAfter = (at: number): number => {
  const before = monthAtOrBefore(at)
  const date = new Date(before * 1000)
  return before === at ? at : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 1000
}
