import type { InputsDocument, LineageDocument, ModelDocument } from './documents.ts'

const SEALED = ['claims.json', 'inputs.json', 'model.json', 'assumptions.json', 'lineage.json']

/** How the pack came about, from what the pack itself says: the same pack always tells the same story. */
export function lineageOf(inputs: InputsDocument['inputs'], model: ModelDocument): LineageDocument {
  const retrievals = inputs.map((input, n) => ({
    id: `retrieve-${n}`,
    activity: 'retrieve' as const,
    used: [],
    generated: [`inputs/${input.name}`],
    program: null,
    endedAt: input.retrievedAt,
  }))
  return {
    version: 1,
    steps: [
      ...retrievals,
      {
        id: 'parse',
        activity: 'parse',
        used: inputs.map(input => `inputs/${input.name}`),
        generated: [],
        program: model.source.codeHash,
        endedAt: null,
      },
      {
        id: 'compute',
        activity: 'compute',
        used: ['parse'],
        generated: ['claims.json'],
        program: model.model.codeHash,
        endedAt: null,
      },
      {
        id: 'seal',
        activity: 'seal',
        used: ['compute'],
        generated: SEALED,
        program: null,
        endedAt: null,
      },
    ],
  }
}
