import { readFileSync } from 'node:fs'
import { scaleDecimal } from '@nexus/kit/decimal'
import { inputError } from '@nexus/kit/errors'
import type { FeedSpec } from '@nexus/kit/feed'
import type { Catalogue } from './catalogue.ts'
import { feedSpecOfDataset } from './feed-spec.ts'
import { type JsonSchema, normalise, validateTemplate } from './manifest.ts'

/** Policy terms with places to fill in, as a pack brings them (standards/terms-template.schema.json). */
export interface TermsTemplate {
  id: string
  title: string
  model: string
  values: JsonSchema
  params: Readonly<Record<string, string | number>>
  terms: { readonly [key: string]: unknown; readonly xDecimals: number }
}

/** What `@nexus/terms` reads. */
export type FilledTerms = Record<string, unknown> & { feed: FeedSpec }

type Value = string | number | boolean | null
const PLACE = /^\{\{(scaled:)?([a-zA-Z]+)\}\}$/

/** @throws NexusError `unknown-template`, `bad-manifest` */
export function readTemplate(catalogue: Catalogue, id: string): TermsTemplate {
  for (const pack of catalogue.packs())
    for (const path of pack.terms) {
      const file = catalogue.packFile(pack.id, path)
      const template = JSON.parse(readFileSync(file, 'utf8')) as TermsTemplate
      if (template.id !== id) continue
      validateTemplate(file, template)
      return template
    }
  throw inputError('unknown-template', `no pack brings terms "${id}"`, {
    known: catalogue.packs().flatMap(pack => pack.terms.map(path => `${pack.id}/${path}`)),
  })
}

/** Terms of a template for given values; defaults are the template's. @throws NexusError `bad-param`, `too-many-decimals` */
export function fillTerms(
  catalogue: Catalogue,
  template: TermsTemplate,
  given: Readonly<Record<string, unknown>>,
): FilledTerms {
  const values = normalise(template.values, given, `values of ${template.id}`)
  const { xDecimals } = template.terms
  const params = fill(template.params, values, xDecimals) as Record<string, Value>
  const feed = feedSpecOfDataset(catalogue, String(values['dataset']), template.model, params)
  if (feed.decimals !== xDecimals)
    throw inputError('decimals-differ', `${template.id} has ${xDecimals} decimals, its feed ${feed.decimals}`)
  return { ...(fill(template.terms, values, xDecimals) as Record<string, unknown>), feed }
}

/** `undefined` for a place without a value: its field is left out. */
function fill(node: unknown, values: Readonly<Record<string, Value>>, decimals: number): unknown {
  if (Array.isArray(node)) return node.map(item => fill(item, values, decimals))
  if (typeof node === 'object' && node !== null)
    return Object.fromEntries(
      Object.entries(node)
        .map(([key, value]) => [key, fill(value, values, decimals)] as const)
        .filter(([, value]) => value !== undefined),
    )
  const place = typeof node === 'string' ? PLACE.exec(node) : null
  if (place === null) return node
  const name = place[2] ?? ''
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  return value !== undefined && place[1] !== undefined ? scaleDecimal(String(value), decimals).toString() : value
}
