import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { type Finding, prove } from './prover.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const LIBRARY = 'contracts/capital/Interpolation.sol'
const THEOREMS = 'test/proofs/InterpolationProof.sol'
const library = read(LIBRARY)
const theorems = read(THEOREMS)

const proveWith = (text: string, options?: { untilUnproved: boolean }) =>
  prove({ [THEOREMS]: theorems, [LIBRARY]: text }, 'InterpolationProof', options)
const unproved = (findings: Finding[]) => findings.filter(finding => !finding.proved).map(finding => finding.message)

/** Each is a mistake someone could make; with each, something must no longer be proved. */
const MUTATIONS: [mistake: string, from: string, to: string][] = [
  ['rounds the wrong way', '(up ?', '(!up ?'],
  ['rounds up by one too many', '(span - 1)', 'span'],
  ['rounds up by one too few', '(span - 1)', '(span - 2)'],
  ['divides by one too many', ') / span;', ') / (span + 1);'],
  ['measures the span from the point', 'uint256 span = uint256(xRight - xLeft)', 'uint256 span = uint256(xRight - x)'],
  ['weighs the left end by the wrong distance', 'aboveLeft * uint256(xRight - x)', 'aboveLeft * uint256(x - xLeft)'],
  ['takes the left end for the right one', 'belowRight * uint256', 'aboveLeft * uint256'],
  ['subtracts in 64 bits', 'uint256(xRight - xLeft);', 'uint256(int256(int64(xRight) - int64(xLeft)));'],
  ['multiplies in 64 bits', 'aboveLeft * uint256(xRight - x)', 'uint64(aboveLeft) * uint64(uint256(xRight - x))'],
]

describe('Proof of the line between two knots (INV-CAP-1)', function () {
  this.timeout(300_000)

  it('holds for every input, of the text that is deployed', async () => {
    const findings = await proveWith(library)
    expect(unproved(findings)).to.deep.equal([])
    const assertions = findings.filter(({ message }) => message.includes('Assertion violation'))
    expect(assertions).to.have.length(theorems.match(/\bassert\(/g)?.length ?? -1)
  })

  for (const [mistake, from, to] of MUTATIONS)
    it(`no longer holds of a text that ${mistake}`, async () => {
      expect(library.split(from), 'the text to mutate occurs once').to.have.length(2)
      expect(unproved(await proveWith(library.replace(from, to), { untilUnproved: true }))).to.not.be.empty
    })
})
