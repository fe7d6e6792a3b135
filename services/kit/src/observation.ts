/** Defined beside the code that is sealed into evidence packs, which must be complete by itself. */
export type {
  Coverage,
  Dataset,
  IndexResult,
  ModelModule,
  Observation,
  Params,
  ParserModule,
  Window,
} from '../../../oracles/types.ts'
