import { csvReader } from '@nexus/funding/csv'
import { nameTable } from '@nexus/funding/names'
import { spanOf, textOf, wholeOf } from '@nexus/funding/span'
import { expect } from 'chai'
import fc from 'fast-check'
import { csvRecords } from '../../../oracles/sources/csv/records.ts'

interface Reading {
  records: { line: number; fields: string[] }[]
  refused: { code: string; line: number } | null
}

function readPieces(pieces: Iterable<Uint8Array>): Reading {
  const records: Reading['records'] = []
  const { push, end } = csvReader((fields, line) => records.push({ line, fields: fields.map(textOf) }))
  try {
    for (const piece of pieces) {
      push(piece)
      piece.fill(0x58) // a piece may be filled again
    }
    end()
    return { records, refused: null }
  } catch (error) {
    const { code, details } = error as { code: string; details: { line: number } }
    return { records, refused: { code, line: details.line } }
  }
}

/** What the project's other reader of CSV, which wants the whole text, makes of it. */
function readWhole(text: string): Reading {
  try {
    return { records: csvRecords(text).map(({ line, fields }) => ({ line, fields: [...fields] })), refused: null }
  } catch (error) {
    const { code, line } = error as { code: string; line: number }
    return { records: [], refused: { code, line } }
  }
}

function* cut(bytes: Uint8Array, sizes: Iterator<number>): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const size = sizes.next().value ?? 1
    yield bytes.slice(at, at + size)
    at += size
  }
}

describe('CSV that comes in pieces', () => {
  it('reads what the reader of whole texts reads, and refuses the same on the same line, however it is cut', () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '𝒳', ',', ',', '"', '""', '\n', '\n', '\r\n', '\r', ' ', '"x"', '"x\ny"'), {
        maxLength: 24,
      })
      .map(parts => parts.join(''))
    fc.assert(
      fc.property(text, fc.boolean(), fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (written, marked, sizes) => {
        const bytes = new TextEncoder().encode((marked ? '\uFEFF' : '') + written)
        const [here, there] = [readPieces(cut(bytes, sizes)), readWhole(written)]
        expect(here.refused).to.deep.equal(there.refused)
        if (there.refused === null) expect(here.records).to.deep.equal(there.records)
      }),
      { numRuns: 5000 },
    )
  })

  it('refuses bytes that are no UTF-8 with their line, also where a piece ends in them', () => {
    const bytes = Buffer.concat([Buffer.from('a,b\nc,d\ne,'), Buffer.from([0xc3]), Buffer.from(',f\n')])
    for (const size of [1, 2, 3, 100])
      expect(readPieces(cut(new Uint8Array(bytes), [size][Symbol.iterator]())).refused).to.deep.equal({
        code: 'not-utf8',
        line: 3,
      })
    expect(readPieces([new Uint8Array([0xff, 0xfe, 0x61, 0])]).refused).to.deep.equal({ code: 'not-utf8', line: 1 })
  })

  it('holds no more than a record: an endless line or quote is refused once it is too long', () => {
    const endless = function* (first: string) {
      yield new TextEncoder().encode(first)
      for (let n = 0; ; n++) {
        if (n > 70) throw new Error('still reading')
        yield new Uint8Array(1024).fill(0x61)
      }
    }
    for (const first of ['h\n', 'h\n"', 'h\n"\n'])
      expect(readPieces(endless(first)).refused?.code, first).to.equal('line-too-long')
  })
})

describe('the table of names', () => {
  it('numbers them as a map does, 0x-hex in either case alike', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        '0x',
        '0xg',
        '0xG',
        '0xabg',
        '0xABG',
        '0xAb',
        '0xaB',
        '0xab',
        '0XAB',
        'ab',
        'AB',
        '__proto__',
        '',
        '0xab1',
        '0xé',
      ),
      fc.integer({ min: 0, max: 3000 }).map(n => `name ${n}`),
    )
    const plain = (text: string) => (/^0x[0-9a-f]+$/i.test(text) && text.startsWith('0x') ? text.toLowerCase() : text)
    fc.assert(
      fc.property(fc.array(name, { maxLength: 3000, size: 'max' }), list => {
        const { numberOf, names } = nameTable()
        const map = new Map<string, number>()
        const first: string[] = []
        for (const text of list.filter(text => text.isWellFormed())) {
          const key = plain(text)
          if (!map.has(key)) {
            map.set(key, map.size)
            first.push(text)
          }
          expect(numberOf(spanOf(text))).to.equal(map.get(key))
        }
        expect(names).to.deep.equal(first)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the table of names, attacked', () => {
  it('is not slowed down by names that differ in case only: 131,072 of them, none hexadecimal', () => {
    const { numberOf } = nameTable()
    for (let n = 0; n < 2 ** 17; n++) {
      const letters = Array.from({ length: 17 }, (_, i) => ((n >> i) & 1 ? 'G' : 'g'))
      expect(numberOf(spanOf(`0x${letters.join('')}`))).to.equal(n)
    }
  })
})

describe('a whole number in bytes', () => {
  it('is what BigInt makes of its digits, and nothing else is one', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 80n), fc.nat(80), fc.nat(3), (number, cutAt, zeros) => {
        const digits = '0'.repeat(zeros) + `${number}`.slice(0, cutAt + 1)
        expect(wholeOf(spanOf(digits))).to.equal(BigInt(digits))
      }),
    )
    for (const text of ['', '-1', '+1', '1.0', '1e3', ' 1', '1 ', '0x10', '１', '1_000', '1,0'])
      expect(wholeOf(spanOf(text)), text).to.equal(null)
  })
})
