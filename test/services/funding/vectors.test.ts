import { readFile } from 'node:fs/promises'
import { matchRound } from '@nexus/funding/match'
import { root } from '@nexus/funding/root'
import { roundGatherer } from '@nexus/funding/round'
import type { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'
import { plainAmounts, plainRoot } from './reference.ts'

interface TallyVector {
  project: string
  contributed: string
  sqrtSum: string
}
interface Case {
  name: string
  variant: string
  budget: string
  capBps: number | null
  creditFactor?: string
  matched: string
  leftover: string
  projects: (TallyVector & { matched: string })[]
}
interface Vectors {
  roots: { x: string; root: string }[]
  tallies: {
    name: string
    contributions: { project: string; contributor: string; amount: string }[]
    projects: TallyVector[]
  }[]
  cases: Case[]
  refused: (Omit<Case, 'matched' | 'leftover' | 'projects'> & { code: string; projects: TallyVector[] })[]
}
const file = new URL('../../../standards/vectors/quadratic-funding.json', import.meta.url)
const vectors: Vectors = JSON.parse(await readFile(file, 'utf8'))

const tallies = (projects: TallyVector[]) =>
  projects.map(({ project, contributed, sqrtSum }) => ({
    project,
    contributed: BigInt(contributed),
    sqrtSum: BigInt(sqrtSum),
  }))
const settings = ({ budget, capBps, creditFactor }: Pick<Case, 'budget' | 'capBps' | 'creditFactor'>) => ({
  budget: BigInt(budget),
  capBps,
  ...(creditFactor === undefined ? {} : { params: { creditFactor: BigInt(creditFactor) } }),
})
const strings = (value: unknown) => JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}` : v)))

describe('the vectors of quadratic funding', () => {
  it('have the roots that are found here, and by bisection', () => {
    for (const { x, root: expected } of vectors.roots) {
      expect(`${root(BigInt(x))}`, x).to.equal(expected)
      expect(`${plainRoot(BigInt(x))}`, x).to.equal(expected)
    }
  })

  it('have the tallies that are gathered here', () => {
    for (const { name, contributions, projects } of vectors.tallies) {
      const { add, round } = roundGatherer()
      for (const { project, contributor, amount } of contributions) add(project, contributor, BigInt(amount))
      expect(strings(round().tallies), name).to.have.deep.members(projects)
    }
  })

  for (const variant of ['linear', 'capital-constrained', 'proportional', 'clr-fund'])
    it(`match as ${variant} matches here, and as fractions do`, () => {
      const cases = vectors.cases.filter(vector => vector.variant === variant)
      expect(cases).to.have.length.above(15)
      for (const vector of cases) {
        const { name, projects, matched, leftover, budget, creditFactor } = vector
        const round = { tallies: tallies(projects), contributions: null }
        expect(strings(matchRound(variant, round, settings(vector))), name).to.deep.equal({
          variant,
          budget,
          matched,
          leftover,
          projects,
        })
        const plain = plainAmounts(variant, round.tallies, {
          ...settings(vector),
          ...(creditFactor === undefined ? {} : { creditFactor: BigInt(creditFactor) }),
        })
        expect(strings(plain), name).to.deep.equal(projects.map(project => project.matched))
      }
    })

  it('are refused with their code where nothing is defined', () => {
    for (const { code, name, variant, projects, ...vector } of vectors.refused)
      expect(() => matchRound(variant, { tallies: tallies(projects), contributions: null }, settings(vector)), name)
        .to.throw()
        .satisfies((error: NexusError) => error.code === code && error.exitCode === 2)
  })
})
