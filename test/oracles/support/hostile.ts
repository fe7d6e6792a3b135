import fc from 'fast-check'

/** A valid file with some of its bytes changed, cut out or doubled: what a careless or hostile source might send. */
export const mutations = (valid: Uint8Array, max = 6): fc.Arbitrary<Uint8Array> =>
  fc
    .array(
      fc.record({
        at: fc.nat({ max: valid.length - 1 }),
        kind: fc.constantFrom('set', 'cut', 'double'),
        byte: fc.oneof(
          fc.integer({ min: 0, max: 255 }),
          fc.constantFrom(...'",\n\r{}[]:-.eE0\\ '.split('').map(c => c.charCodeAt(0))),
        ),
        length: fc.integer({ min: 1, max: 40 }),
      }),
      { minLength: 1, maxLength: max },
    )
    .map(edits => {
      let bytes = [...valid]
      for (const { at, kind, byte, length } of edits) {
        if (kind === 'set') bytes[at] = byte
        else if (kind === 'cut') bytes.splice(at, length)
        else bytes = [...bytes.slice(0, at + length), ...bytes.slice(at)]
      }
      return new Uint8Array(bytes)
    })
