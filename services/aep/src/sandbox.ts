// Runs the code of one evidence pack. It is copied beside the pack's code and inputs into a folder of its own and started
// there by recompute.ts, under Node's permission model, which lets it read that folder and nothing else: no writing, no
// processes, no threads, no add-ons. That model does not cover the network, so the code also gets no way to ask for it: every
// module it names must be a file under `code/`, and of the globals it keeps those of the language alone.

import { readFileSync, writeSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { URL } from 'node:url' // the global of that name goes away below
import type { ModelModule, Params, ParserModule, Window } from '@nexus/kit/observation'

export interface SandboxJob {
  /** Entry files under `code/`. */
  source: string
  model: string
  /** File names under `inputs/`, in order. */
  inputs: string[]
  options: Params
  params: Params
  window: Window
}

const folder = new URL('./', import.meta.url)
const code = new URL('code/', folder).href
const read = (path: string) => new Uint8Array(readFileSync(new URL(path, folder)))
const job = JSON.parse(new TextDecoder().decode(read('job.json'))) as SandboxJob

/** Nothing can be printed but the one answer, at the end. */
function answer(value: unknown): void {
  let rest = new TextEncoder().encode(JSON.stringify(value))
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest))
}

const LANGUAGE = new Set(
  `Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp Error
  AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math ArrayBuffer Uint8Array
  Int8Array Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float32Array
  Float64Array DataView Map BigInt Set Iterator WeakMap WeakSet Proxy Reflect decodeURI decodeURIComponent encodeURI
  encodeURIComponent isFinite isNaN TextEncoder TextDecoder`.split(/\s+/),
)

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context)
    if (!resolved.url.startsWith(code)) throw new Error(`code of a pack may not import ${specifier}`)
    return resolved
  },
})
for (const name of Object.getOwnPropertyNames(globalThis))
  if (!LANGUAGE.has(name)) Reflect.deleteProperty(globalThis, name)

try {
  const parser = (await import(`${code}${job.source}`)) as ParserModule
  const model = (await import(`${code}${job.model}`)) as ModelModule
  const dataset = parser.merge(job.inputs.map(name => parser.parse(read(`inputs/${name}`), job.options)))
  const result = model.run(dataset, job.params, job.window)
  const byId = new Map(dataset.observations.map(observation => [observation.id, observation]))
  answer({ result: { ...result, usedObservations: result.used.map(id => byId.get(id) ?? null) } })
} catch (error) {
  // Refusals of parsers carry a code; anything may be thrown by code that is not ours.
  const { code: reason, message } = Object(error) as { code?: unknown; message?: unknown }
  answer({ refused: { code: String(reason ?? 'error'), message: String(message ?? error) } })
}
