import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { prove } from './prover.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const LINE = 'contracts/capital/Interpolation.sol'
const KNOTS = 'contracts/capital/Knots.sol'
const line = read(LINE)
const knots = read(KNOTS)

/** Replaces what must be there exactly `times`. */
function replaced(text: string, from: string, to: string, times = 1): string {
  expect(text.split(from), `'${from}' occurs ${times} times`).to.have.length(times + 1)
  return text.replaceAll(from, to)
}

/** The text of the knots with fields of a struct in place of the fields of a word: bits are hard for a prover of numbers. */
function asStructs(text: string): string {
  const reads: [shifted: string, field: string][] = [
    ['int256(word) >> 192', 'word.x'],
    ['(word >> 128) & U64', 'word.below'],
    ['(word >> 64) & U64', 'word.at'],
    ['word & U64', 'word.above'],
  ]
  const fields = reads.reduce((all, [from, to]) => replaced(all, `return ${from};`, `return ${to};`), text)
  const typed = fields
    .replaceAll('uint256[] memory words', 'Knot[] memory words')
    .replaceAll(/uint256 (word|left|right|previous)\b/g, 'Knot memory $1')
  const struct = 'struct Knot {\n    int256 x;\n    uint256 below;\n    uint256 at;\n    uint256 above;\n}\n\n'
  return replaced(typed, '/// @title The knots', `${struct}/// @title The knots`)
}

interface Subject {
  theorems: string
  /** The deployed text whose mutations must fail. */
  text: string
  sources(text: string): Record<string, string>
  /** Each is a mistake someone could make; with each, something must no longer be proved. */
  mutations: [mistake: string, from: string, to: string][]
}

const subjects: Record<string, Subject> = {
  'the line between two knots, and the part of a cover': {
    theorems: 'InterpolationProof',
    text: line,
    sources: text => ({ [LINE]: text }),
    mutations: [
      ['rounds up by one too few', '(span - 1)', '(span - 2)'],
      [
        'measures the span from the point',
        'uint256 span = uint256(xRight - xLeft)',
        'uint256 span = uint256(xRight - x)',
      ],
      ['takes the left end for the right one', 'belowRight * uint256', 'aboveLeft * uint256'],
      ['subtracts in 64 bits', 'uint256(xRight - xLeft);', 'uint256(int256(int64(xRight) - int64(xLeft)));'],
      ['rounds the payout the wrong way', '(up ? product', '(!up ? product'],
      ['pays one unit too many', 'product + (ONE - 1)', 'product + ONE'],
    ],
  },
  'which knots hold for a value, and what holds between them': {
    theorems: 'KnotsProof',
    text: knots,
    sources: text => ({ [KNOTS]: asStructs(text), [LINE]: line }),
    mutations: [
      ['finds the first right of x only', 'xOf(words[index]) < x)', 'xOf(words[index]) <= x)'],
      ['goes past the end', 'index < words.length &&', 'index <= words.length &&'],
      ['stops before the last knot', 'index < words.length &&', 'index + 1 < words.length &&'],
      ['forgets a fraction', 'if (aboveOf(word) > most) most = aboveOf(word);', ''],
      ['pays the knot below it', 'xOf(right) == x', 'xOf(right) >= x'],
      ['takes what is below the left knot', 'xOf(left), aboveOf(left)', 'xOf(left), belowOf(left)'],
    ],
  },
}

describe('Proofs of the payout formula (INV-CAP-1)', function () {
  this.timeout(300_000)

  for (const [subject, { theorems, text, sources, mutations }] of Object.entries(subjects))
    describe(subject, () => {
      const file = `test/proofs/${theorems}.sol`
      const proveWith = (changed: string, statements = read(file), options = { untilUnproved: true }) =>
        prove({ [file]: statements, ...sources(changed) }, theorems, options)

      it('holds for every input, of the text that is deployed', async () => {
        const { verdicts, assertions } = await proveWith(text, read(file), { untilUnproved: false })
        expect(verdicts.filter(verdict => verdict !== 'unsat')).to.deep.equal([])
        expect(assertions).to.equal(read(file).match(/\bassert\(/g)?.length)
      })

      it('is not proved of nothing: there are inputs that meet what each theorem assumes', async () => {
        const statements = read(file)
        const theoremsOf = /\n {4}function \w+\([^)]*\) external[^{]*\{.*?\n {4}\}/gs
        expect(statements.match(theoremsOf)).to.not.be.empty
        for (const theorem of statements.match(theoremsOf) ?? []) {
          const absurd = theorem.replace(/\bassert\(/, 'assert(false && ')
          const alone = statements.replaceAll(theoremsOf, other => (other === theorem ? absurd : ''))
          const { verdicts } = await proveWith(text, alone)
          expect(verdicts, theorem).to.include('sat')
        }
      })

      for (const [mistake, from, to] of mutations)
        it(`no longer holds of a text that ${mistake}`, async () => {
          const { verdicts } = await proveWith(replaced(text, from, to))
          expect(verdicts.some(verdict => verdict !== 'unsat')).to.equal(true)
        })
    })
})
