import { inputError } from '@nexus/kit/errors'
import type { Address } from 'viem'
import { root as isqrt } from '../root.ts'

/** What `IPostedRound.postedTerms` says. */
export interface PostedTerms {
  variant: 'pairwise' | 'cluster'
  /** pairwise: M, 1 ≤ M < 2^128. cluster: the unit u, 1 ≤ u < 2^127. */
  parameter: bigint
  budgetAssets: bigint
  capAssets: bigint
  projectCount: number
}

/** What one contributor gave to one project in all. */
export interface Contribution {
  project: number
  contributor: Address
  amount: bigint
}

/** One contributor's contribution, within its project. */
export interface Gift {
  amount: bigint
  /** `⌊√amount⌋` */
  root: bigint
}

/** A round by contributor and by project. Contributors are numbered by ascending address, which is the order of every sum. */
export interface IndexedRound {
  terms: PostedTerms
  contributors: readonly Address[]
  /** The addresses as numbers: places in a sum over contributors. */
  places: readonly bigint[]
  /** By contributor: its projects, ascending, with what it gave. */
  giftsOf: readonly ReadonlyMap<number, Gift>[]
  /** By project: its contributors' numbers, ascending. */
  givers: readonly (readonly number[])[]
}

const MOST_OF_A_PROJECT = 2n ** 127n

function checkTerms({ variant, parameter, projectCount }: PostedTerms): void {
  const most = variant === 'pairwise' ? 2n ** 128n : MOST_OF_A_PROJECT
  if (parameter < 1n || parameter >= most) {
    throw inputError('bad-parameter', `the parameter of ${variant} is not within 1 and ${most - 1n}`, {
      parameter: parameter.toString(),
    })
  }
  if (!Number.isSafeInteger(projectCount) || projectCount < 0) {
    throw inputError('bad-project-count', 'the number of projects is no count', { projectCount })
  }
}

/** @throws NexusError for terms or contributions that no round can have: each pair once, positive, of a project that there is. */
export function indexRound(terms: PostedTerms, contributions: readonly Contribution[]): IndexedRound {
  checkTerms(terms)
  const byAddress = new Map<bigint, { contributor: Address; gifts: Map<number, Gift> }>()
  const totals = new Array<bigint>(terms.projectCount).fill(0n)
  for (const { project, contributor, amount } of contributions) {
    const total = totals[project]
    if (total === undefined) throw inputError('unknown-project', `there is no project ${project}`, { project })
    if (amount <= 0n) {
      throw inputError('bad-amount', 'a contribution is above zero', {
        project,
        contributor,
        amount: amount.toString(),
      })
    }
    totals[project] = total + amount
    const place = BigInt(contributor)
    const known = byAddress.get(place) ?? { contributor, gifts: new Map() }
    if (known.gifts.has(project)) {
      throw inputError('twice', 'a contributor is there twice in one project', { project, contributor })
    }
    known.gifts.set(project, { amount, root: isqrt(amount) })
    byAddress.set(place, known)
  }
  const project = totals.findIndex(total => total >= MOST_OF_A_PROJECT)
  if (project >= 0) {
    throw inputError('too-much', 'the contributions to a project are not below 2^127', { project })
  }

  const sorted = [...byAddress].sort(([a], [b]) => (a < b ? -1 : 1))
  const givers = Array.from({ length: terms.projectCount }, (): number[] => [])
  const giftsOf = sorted.map(([, { gifts }], i) => {
    const ascending = new Map([...gifts].sort(([a], [b]) => a - b))
    for (const of of ascending.keys()) givers[of]?.push(i)
    return ascending
  })
  return {
    terms,
    contributors: sorted.map(([, { contributor }]) => contributor),
    places: sorted.map(([place]) => place),
    giftsOf,
    givers,
  }
}

export const giftOf = ({ giftsOf }: IndexedRound, project: number, contributor: number): Gift | undefined =>
  giftsOf[contributor]?.get(project)

export const giversOf = ({ givers }: IndexedRound, project: number): readonly number[] => givers[project] ?? []
