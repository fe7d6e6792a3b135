import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { FILE_LIMITS, readRoundFile } from '@nexus/funding/file'
import { csvRoundReader, parseJsonRound } from '@nexus/funding/input'
import type { Round } from '@nexus/funding/round'
import type { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'

const CONTRIBUTIONS = 'project,contributor,amount'
const TALLIES = 'project,sqrtSum,contributed'

function csv(text: string | Uint8Array): Round {
  const reader = csvRoundReader()
  reader.push(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  return reader.end()
}
const json = (document: unknown): Round => parseJsonRound(JSON.stringify(document))

/** The refusal, which must be one of the caller's input. */
function refusalOf(act: () => unknown): { code: string; message: string; line: unknown } {
  try {
    act()
  } catch (error) {
    const { code, message, exitCode, details } = error as NexusError
    expect(exitCode, message).to.equal(2)
    return { code, message, line: details['line'] }
  }
  throw new Error('was not refused')
}

describe('a round that is read', () => {
  const tallies = [
    { project: 'b', sqrtSum: 5n, contributed: 13n },
    { project: 'a', sqrtSum: 4n, contributed: 16n },
  ]

  it('is summed by project and contributor first, in CSV of any form and in JSON', () => {
    const rows = ['b,x,4', 'a,x,10', 'b,y,9', 'a,x,6']
    const forms = [
      [CONTRIBUTIONS, ...rows].join('\n'),
      `\uFEFF${[CONTRIBUTIONS, ...rows, ''].join('\r\n')}`,
      [CONTRIBUTIONS, ...rows]
        .map(line =>
          line
            .split(',')
            .map(field => `"${field}"`)
            .join(','),
        )
        .join('\n'),
      ['amount,project,contributor', '4,b,x', '10,a,x', '9,b,y', '6,a,x'].join('\n'),
    ]
    for (const form of forms) expect(csv(form).tallies, form).to.deep.equal(tallies)
    const entries = rows
      .map(row => row.split(','))
      .map(([project, contributor, amount]) => ({ project, contributor, amount }))
    expect(json(entries).tallies).to.deep.equal(tallies)
    expect(json(entries.map(entry => ({ ...entry, amount: Number(entry.amount) }))).tallies).to.deep.equal(tallies)
  })

  it('keeps who gave what', () => {
    const { contributions } = csv(`${CONTRIBUTIONS}\nb,x,4\na,x,10\nb,y,9\nb,x,1\n`)
    expect(contributions?.contributors).to.deep.equal(['x', 'y'])
    expect(contributions?.byProject.map(gifts => [...gifts])).to.deep.equal([
      [
        [0, 5n],
        [1, 9n],
      ],
      [[0, 10n]],
    ])
  })

  it('may be tallies, of which no contributions are known', () => {
    for (const round of [
      csv(`${TALLIES}\nb,5,13\na,4,16\n`),
      csv('contributed,project,sqrtSum\n13,b,5\n16,a,4'),
      json([
        { project: 'b', sqrtSum: '5', contributed: '13' },
        { contributed: 16, sqrtSum: '4', project: 'a' },
      ]),
    ])
      expect(round).to.deep.equal({ tallies, contributions: null })
  })

  it('takes an address in two spellings for one identity, and nothing else', () => {
    const upper = '0xABCDEF0123456789ABCDEF0123456789ABCDEF01'
    const spelt = (one: string, other: string) =>
      csv(`${CONTRIBUTIONS}\np,${one},2\np,${other},2\n`).tallies[0]?.sqrtSum
    expect(spelt(upper, upper.toLowerCase().replace('0X', '0x'))).to.equal(2n) // one of 4
    expect(spelt('ann', 'Ann')).to.equal(2n) // two of 2
    expect(csv(`${CONTRIBUTIONS}\n${upper},x,1\n${upper.toLowerCase()},y,1\n`).tallies).to.deep.equal([
      { project: upper, sqrtSum: 2n, contributed: 2n },
    ])
  })

  it('holds amounts up to the largest a token can have, exactly', () => {
    const most = 2n ** 256n - 1n
    expect(csv(`${CONTRIBUTIONS}\np,x,${most}\np,x,${most}\np,y,0\n`).tallies[0]?.contributed).to.equal(2n * most)
    expect(csv(`${CONTRIBUTIONS}\np,x,9007199254740993\n`).tallies[0]?.contributed).to.equal(9007199254740993n)
    expect(csv(`${CONTRIBUTIONS}\np,x,007\n`).tallies[0]?.contributed).to.equal(7n)
  })

  it('may be empty', () => {
    expect(csv(`${CONTRIBUTIONS}\n`).tallies).to.deep.equal([])
    expect(json([]).tallies).to.deep.equal([])
  })

  it('has names that look like parts of an object', () => {
    expect(csv(`${CONTRIBUTIONS}\n__proto__,constructor,4\ntoString,__proto__,9\n`).tallies).to.deep.equal([
      { project: '__proto__', sqrtSum: 2n, contributed: 4n },
      { project: 'toString', sqrtSum: 3n, contributed: 9n },
    ])
  })
})

describe('a round that cannot be read', () => {
  const row = (text: string) => `${CONTRIBUTIONS}\np,x,1\n${text}\n`
  const refused: [what: string, text: string, code: string, line: number][] = [
    ['nothing', '', 'no-header', 1],
    ['a byte order mark and nothing', '\uFEFF', 'no-header', 1],
    ['no header', 'p,x,1\n', 'unknown-column', 1],
    ['a missing column', 'project,amount\np,1\n', 'no-column', 1],
    ['a missing column of tallies', 'project,sqrtSum\np,1\n', 'no-column', 1],
    ['columns of both forms', 'project,contributor,amount,sqrtSum\n', 'unknown-column', 1],
    ['an unknown column', 'project,contributor,amount,note\n', 'unknown-column', 1],
    ['a column in other case', 'Project,contributor,amount\n', 'unknown-column', 1],
    ['a column twice', 'project,contributor,amount,amount\n', 'duplicate-column', 1],
    ['semicolons', 'project;contributor;amount\n', 'unknown-column', 1],
    ['too few fields', row('p,x'), 'wrong-field-count', 3],
    ['too many fields', row('p,x,1,2'), 'wrong-field-count', 3],
    ['a comma as decimal point', row('p,x,1,50'), 'wrong-field-count', 3],
    ['an empty line', row(''), 'empty-line', 3],
    ['a negative amount', row('p,x,-5'), 'negative-amount', 3],
    ['decimals', row('p,x,1.5'), 'bad-amount', 3],
    ['whole decimals', row('p,x,1.0'), 'bad-amount', 3],
    ['an exponent', row('p,x,1e100'), 'bad-amount', 3],
    ['a plus sign', row('p,x,+1'), 'bad-amount', 3],
    ['hexadecimal', row('p,x,0x10'), 'bad-amount', 3],
    ['blanks', row('p,x, 1'), 'bad-amount', 3],
    ['thousands separators', row('p,x,1_000'), 'bad-amount', 3],
    ['digits of another script', row('p,x,١٢'), 'bad-amount', 3],
    ['no number', row('p,x,NaN'), 'bad-amount', 3],
    ['no amount', row('p,x,'), 'bad-amount', 3],
    ['10^100', row(`p,x,1${'0'.repeat(100)}`), 'amount-too-large', 3],
    ['2^256', row(`p,x,${2n ** 256n}`), 'amount-too-large', 3],
    ['sixty thousand digits', row(`p,x,${'9'.repeat(60_000)}`), 'amount-too-large', 3],
    ['no project', row(',x,1'), 'empty-name', 3],
    ['no contributor', row('p,,1'), 'empty-name', 3],
    ['an empty quoted name', row('"",x,1'), 'empty-name', 3],
    ['a very long name', row(`${'p'.repeat(257)},x,1`), 'name-too-long', 3],
    ['a project twice among tallies', `${TALLIES}\np,1,1\nq,1,1\np,2,2\n`, 'duplicate-project', 4],
    ['an address twice among tallies', `${TALLIES}\n0xAb,1,1\n0xaB,1,1\n`, 'duplicate-project', 3],
    ['a negative tally', `${TALLIES}\np,-1,1\n`, 'negative-amount', 2],
    ['a quote that does not end', row('p,"x,1'), 'bad-quoting', 4],
    ['a quote within a bare field', row('p"q,x,1'), 'bad-quoting', 3],
    ['a carriage return alone', row('p,x,1\rq,x,1'), 'bare-cr', 3],
    ['a line number behind a quoted line end', row('"p\nq",x,1\nr,x,no'), 'bad-amount', 5],
  ]
  for (const [what, text, code, line] of refused)
    it(`is refused with line ${line}: ${what}`, () => {
      const refusal = refusalOf(() => csv(text))
      expect([refusal.code, refusal.line], refusal.message).to.deep.equal([code, line])
      expect(refusal.message)
        .to.match(new RegExp(`^line ${line}: `))
        .and.to.have.length.below(200)
    })

  const entry = { project: 'p', contributor: 'x', amount: '1' }
  const refusedJson: [what: string, text: string, code: string, line: number][] = [
    ['no JSON', '[\n{"project":"p",\n]', 'bad-json', 3],
    ['half a document', '[\n{"project":"p"', 'bad-json', 2],
    ['no list', '{"project":"p"}', 'bad-json', 1],
    ['a list of lists', '[["p","x","1"]]', 'bad-entry', 1],
    ['null', '[\nnull]', 'bad-entry', 2],
    ['an unknown field', JSON.stringify([{ ...entry, note: '' }]), 'unknown-column', 1],
    ['a missing field', JSON.stringify([{ project: 'p', amount: '1' }]), 'no-column', 1],
    [
      'another form later',
      `[${JSON.stringify(entry)},\n{"project":"p","sqrtSum":"1","contributed":"1"}]`,
      'bad-entry',
      2,
    ],
    ['a missing field later', `[${JSON.stringify(entry)},\n\n{"project":"p","contributor":"x"}]`, 'bad-entry', 3],
    [
      'a field of the prototype',
      `[${JSON.stringify(entry)},\n{"project":"p","contributor":"x","__proto__":"1"}]`,
      'bad-entry',
      2,
    ],
    ['a name that is no text', JSON.stringify([{ ...entry, contributor: 5 }]), 'bad-name', 1],
    ['half a character', JSON.stringify([{ ...entry, contributor: '\ud800' }]), 'bad-name', 1],
    ['no name', JSON.stringify([{ ...entry, project: '' }]), 'empty-name', 1],
    ['a decimal', JSON.stringify([{ ...entry, amount: 1.5 }]), 'bad-amount', 1],
    [
      'a number that a double does not hold',
      '[{"project":"p","contributor":"x","amount":9007199254740993}]',
      'bad-amount',
      1,
    ],
    ['a large exponent', '[{"project":"p","contributor":"x","amount":1e100}]', 'bad-amount', 1],
    ['an infinite exponent', '[{"project":"p","contributor":"x","amount":1e999}]', 'bad-amount', 1],
    ['a negative number', JSON.stringify([{ ...entry, amount: -1 }]), 'negative-amount', 1],
    ['an amount that is null', JSON.stringify([{ ...entry, amount: null }]), 'bad-amount', 1],
    [
      'a project twice among tallies',
      '[{"project":"p","sqrtSum":"1","contributed":"1"},\n{"project":"p","sqrtSum":"1","contributed":"1"}]',
      'duplicate-project',
      2,
    ],
    [
      'brackets and quotes in names before it',
      '[{"project":"[{\\"},","contributor":"x","amount":"1"},\n{"project":"p","contributor":"x","amount":"?"}]',
      'bad-amount',
      2,
    ],
  ]
  for (const [what, text, code, line] of refusedJson)
    it(`is refused with line ${line}, as JSON: ${what}`, () => {
      const refusal = refusalOf(() => parseJsonRound(text))
      expect([refusal.code, refusal.line], refusal.message).to.deep.equal([code, line])
    })
})

describe('a file of a round', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-round-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  async function refusal(file: string, limits = FILE_LIMITS): Promise<string> {
    try {
      await readRoundFile(file, { limits })
    } catch (error) {
      expect((error as NexusError).exitCode, String(error)).to.equal(2)
      return (error as NexusError).code
    }
    throw new Error('was not refused')
  }

  it('is JSON where it begins as JSON does, whatever its name', async () => {
    const file = path.join(folder, 'round.txt')
    for (const text of ['\uFEFF \n[{"project":"p","contributor":"x","amount":"4"}]', `${CONTRIBUTIONS}\np,x,4\n`]) {
      await writeFile(file, text)
      expect((await readRoundFile(file)).tallies).to.deep.equal([{ project: 'p', sqrtSum: 2n, contributed: 4n }])
    }
  })

  it('is read in pieces, with progress', async () => {
    const file = path.join(folder, 'long.csv')
    const rows = Array.from({ length: 120_000 }, (_, n) => `p${n % 7},someone ${n % 1000},${n}`)
    await writeFile(file, [CONTRIBUTIONS, ...rows].join('\n'))
    const progress: number[] = []
    const { tallies } = await readRoundFile(file, { onProgress: bytes => progress.push(bytes) })
    expect(progress).to.have.length.above(2)
    expect(tallies.reduce((sum, { contributed }) => sum + contributed, 0n)).to.equal((120_000n * 119_999n) / 2n)
  })

  it('of 2 GB is refused by its size, and a list of JSON already at less', async () => {
    const file = path.join(folder, 'large')
    for (const [first, size] of [
      [CONTRIBUTIONS, 2 ** 31],
      ['[', 2 ** 28],
    ] as const) {
      await writeFile(file, first)
      await truncate(file, size) // a hole: it takes no room
      const before = process.memoryUsage().rss
      expect(await refusal(file)).to.equal('input-too-large')
      expect(process.memoryUsage().rss - before).to.be.below(2 ** 26)
    }
  })

  it('is refused where it has more pairs, or more projects, than are held', async () => {
    const file = path.join(folder, 'many.csv')
    const limits = { ...FILE_LIMITS, mostGifts: 3 }
    await writeFile(file, `${CONTRIBUTIONS}\na,x,1\na,x,1\na,y,1\nb,x,1\nb,x,1\n`)
    expect((await readRoundFile(file, { limits })).tallies).to.have.length(2)
    await writeFile(file, `${CONTRIBUTIONS}\na,x,1\na,y,1\nb,x,1\nb,y,1\n`)
    expect(await refusal(file, limits)).to.equal('too-many-contributions')
    await writeFile(file, `${TALLIES}\na,1,1\nb,1,1\nc,1,1\nd,1,1\n`)
    expect(await refusal(file, limits)).to.equal('too-many-projects')
  })

  it('is refused where it is no file, or not there', async () => {
    expect(await refusal(folder)).to.equal('not-a-file')
    expect(await refusal(path.join(folder, 'none.csv'))).to.equal('cannot-read')
    expect(await refusal('/dev/zero')).to.equal('not-a-file')
  })

  it('is refused where JSON is not UTF-8', async () => {
    const file = path.join(folder, 'latin.json')
    const handle = await open(file, 'w')
    await handle.write(Buffer.from([0x5b, 0x22, 0xe9, 0x22, 0x5d]))
    await handle.close()
    expect(await refusal(file)).to.equal('not-utf8')
  })
})
