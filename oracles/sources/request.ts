import type { Params, Window } from '../types.ts'

/** What a `request.ts` is given: the feed's own words and where to ask. */
export interface SourceRequestInput {
  /** Parameters of the model: where to look. */
  params: Params
  /** Options of the source: which station, which service. */
  options: Params
  window: Window
  /** Instead of the public service: a mirror, a proxy, a test server. */
  baseUrl: string | null
}

export interface SourceRequest {
  url: string
  headers: { readonly [name: string]: string }
}

export interface RequestModule {
  request(input: SourceRequestInput): SourceRequest
}
