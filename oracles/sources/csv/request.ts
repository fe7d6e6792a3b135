import { Refusal } from '../../shared/refusal.ts'
import type { SourceRequest, SourceRequestInput } from '../request.ts'

/** A file is asked for by its own address: the whole of it, as it is. */
export function request({ baseUrl }: SourceRequestInput): SourceRequest {
  if (baseUrl === null) throw new Refusal('no-address', 'the csv adapter needs the address of the file')
  return { url: baseUrl, headers: { accept: 'text/csv' } }
}
