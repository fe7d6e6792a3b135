/**
 * The contract between sources, models and everything that runs them. It lives here, beside the code that is sealed into
 * evidence packs, so that a pack's code folder is complete by itself; `@nexus/kit/observation` re-exports it.
 */

/** One reading, normalised by a source adapter. `null` is missing and is never anchored. */
export interface Observation {
  /** Unique within the dataset: the source's own id, or the date. */
  id: string
  /** RFC 3339 UTC with milliseconds for instants; `YYYY-MM-DD` (the station's own day) or `YYYY-MM` for periods. */
  time: string
  /** Exact decimal text in `unit`, as the source printed it. */
  value: string | null
  unit: string
  /** The source's own quality words, kept. */
  quality: string
  /** What else the model reads: location, depth, status … Scalars only; numbers with a fraction are decimal text. */
  attributes: { readonly [key: string]: string | number | boolean | null }
}

/** What the bytes say about themselves, so that a model can tell "nothing happened" from "we did not look". */
export interface Coverage {
  /** Times as in Observation; null where the source does not say. `to` is exclusive. */
  from: string | null
  to: string | null
  /** When the source produced these bytes. */
  generatedAt: string | null
  /** The answer was cut off (row limit, page limit). */
  truncated: boolean
  /**
   * Filters that the answer was asked with, in the source's own words, such as `maxradiuskm`. A model must understand each of
   * them, or else treat the window as not covered. Absent: no filter.
   */
  limits?: { readonly [filter: string]: string }
}

export interface Dataset {
  observations: readonly Observation[]
  coverage: Coverage
}

/** Half-open `[from, to)`, unix seconds. For daily data both are midnights of the station's own days. */
export interface Window {
  from: number
  to: number
}

export type Params = { readonly [key: string]: string | number | boolean | null }

export interface IndexResult {
  /** Values are decimal text, null where missing. `time` as in Observation. */
  series: readonly { time: string; value: string | null }[]
  /** `scaled`: decimal text of the integer in units of 10^-decimals; null means: not to be anchored. */
  index: { time: string | null; value: string | null; scaled: string | null; decimals: number }
  /** Ids of the observations that decided the index, in order: one claim each. */
  used: readonly string[]
  quality: {
    used: number
    excluded: { readonly [reason: string]: number }
    missingDays: number
    /** 0…1, share of the window that the data cover. */
    coverage: number
    /** such as `empty`, `short-record`, `window-not-covered` */
    flags: readonly string[]
  }
}

/** What a model's entry file (`index.ts`) exports. Pure: the same arguments give the same result on every machine. */
export interface ModelModule {
  readonly id: string
  readonly version: string
  /** Decimals of the index where params do not name others (`decimals`). */
  readonly decimals: number
  run(dataset: Dataset, params: Params, window: Window): IndexResult
}

/** What a source's `parse.ts` exports. Pure; throws `{ code, message, line? }`-shaped errors for bytes it refuses. */
export interface ParserModule {
  parse(bytes: Uint8Array, options: Params): Dataset
  /** Several inputs of one dataset as one, in the order of their names; `merge([d])` is `d`. */
  merge(datasets: readonly Dataset[]): Dataset
}
