import { type Effects, effectsHashOf, parseEffects } from '@nexus/governance/rail/effects'
import {
  citation,
  citedBy,
  claimedBy,
  parseProposal,
  proposalDocument,
  proposalIdOf,
} from '@nexus/governance/rail/proposal'
import { waitsFor } from '@nexus/governance/rail/read'
import { type Step, touchedBy } from '@nexus/governance/rail/trace'
import { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'
import { AbiCoder, keccak256 } from 'ethers'
import { type Address, getAddress, type Hex, pad } from 'viem'

const at = (n: number): Address => getAddress(pad(`0x${n.toString(16)}`, { size: 20 }))
const word = (n: number): Hex => pad(`0x${n.toString(16)}`, { size: 32 })
const codeOf = (run: () => unknown) => {
  try {
    return run()
  } catch (error) {
    return error instanceof NexusError ? error.code : error
  }
}

describe('a rail, off chain', () => {
  describe('the trace of a transaction', () => {
    /** From the bottom of the stack to its top; call: gas last but … as the EVM takes them from the top. */
    const step = (op: string, depth: number, ...stack: number[]): Step => ({ op, depth, stack: stack.map(word) })

    it('gives a slot to whom it belongs, through calls and borrowed code', () => {
      const { slots } = touchedBy(
        [
          step('SSTORE', 1, 7, 1),
          step('DELEGATECALL', 1, 0, 0, 0, 0, 0xb, 0),
          step('SSTORE', 2, 7, 2), // still of the first
          step('CALL', 2, 0, 0, 0, 0, 0, 0xc, 0),
          step('SSTORE', 3, 7, 3),
          step('STOP', 3),
          step('SSTORE', 2, 7, 4),
          step('STOP', 2),
          step('CALL', 1, 0, 0, 0, 0, 0, 0xd, 0), // without code: nothing is traced in it
          step('SSTORE', 1, 7, 5),
        ],
        at(0xa),
      )
      expect(slots.map(({ target, slot }) => `${target} ${Number(slot)}`)).to.have.members([
        ...[1, 2, 4, 5].map(n => `${at(0xa)} ${n}`),
        `${at(0xc)} 3`,
      ])
    })

    it('gives slots of a contract that is made to the address it then has', () => {
      const steps = [
        step('CREATE2', 1, 0, 0, 0, 0),
        step('SSTORE', 2, 7, 1),
        step('RETURN', 2, 0, 0),
        step('POP', 1, 0xe),
      ]
      expect(touchedBy(steps, at(0xa)).slots).to.deep.equal([{ target: at(0xe), slot: word(1) }])
    })

    it('knows whose coins moved, also without a word of any contract', () => {
      const steps = [
        step('CALL', 1, 0, 0, 0, 0, 5, 0xb, 0),
        step('CALL', 1, 0, 0, 0, 0, 0, 0xc, 0),
        step('SELFDESTRUCT', 1, 0xd),
      ]
      expect(touchedBy(steps, at(0xa)).coins).to.have.members([at(0xa), at(0xb), at(0xd)])
    })
  })

  const effects: Effects = {
    balances: [{ token: at(1), account: at(2), change: -(2n ** 200n) }],
    slots: [{ target: at(3), slot: word(4), value: word(5) }],
  }

  it('hashes effects as the standard encoding of their four lists', () => {
    const encoded = AbiCoder.defaultAbiCoder().encode(
      ['tuple(address,address)[]', 'int256[]', 'tuple(address,bytes32)[]', 'bytes32[]'],
      [[[at(1), at(2)]], [-(2n ** 200n)], [[at(3), word(4)]], [word(5)]],
    )
    expect(effectsHashOf(effects)).to.equal(keccak256(encoded))
  })

  it('reads effects alone or within a simulation, and none that are too many or not of their hash', () => {
    const document = (of: Effects) => ({
      effectsHash: effectsHashOf(of),
      ...{ balances: of.balances.map(one => ({ ...one, change: `${one.change}` })), slots: of.slots },
    })
    expect(parseEffects(document(effects))).to.deep.equal(effects)
    expect(parseEffects({ calls: [], effects: document(effects) })).to.deep.equal(effects)
    expect(codeOf(() => parseEffects({ ...document(effects), effectsHash: word(1) }))).to.equal('bad-effects')
    const many = {
      ...effects,
      slots: Array.from({ length: 32 }, (_, n) => ({ target: at(3), slot: word(n), value: word(1) })),
    }
    expect(codeOf(() => parseEffects(document(many)))).to.equal('too-many-effects')
  })

  it('cites packs once each and in the order that the guard demands', () => {
    const call = citation(at(9), [word(3), word(1), word(3)])
    expect(citedBy([call], at(9))).to.deep.equal([word(1), word(3)])
    expect(citedBy([call], at(8))).to.deep.equal([])
  })

  it('keeps a proposal in a file that cannot be changed without its id', () => {
    const content = { calls: [{ to: at(1), value: 2n, data: '0x1234' as const }], description: claimedBy(at(5), 'why') }
    expect(content.description).to.equal(`why\n#proposer=${at(5)}`)
    expect(claimedBy(at(6), content.description)).to.equal(content.description)
    const file = { chainId: 1, governor: at(7), proposalId: proposalIdOf(content), ...content }
    const document = proposalDocument(file)
    expect(parseProposal(JSON.parse(JSON.stringify(document)))).to.deep.equal(file)
    expect(codeOf(() => parseProposal({ ...document, description: 'why not' }))).to.equal('bad-proposal')
  })

  it('says what a proposal waits for, in every state', () => {
    const calm = { track: 'rail and NVM', consented: false, cited: [], snapshot: 0, deadline: 0, eta: 100 } as const
    const disputed = { ...calm, cited: [{ aepId: word(1), state: 'disputed' }] } as const
    for (const state of ['canceled', 'defeated', 'expired', 'executed'] as const)
      expect(waitsFor({ ...disputed, state }, 0)).to.deep.equal([])
    expect(waitsFor({ ...disputed, state: 'pending' }, 0)).to.have.length(2)
    expect(waitsFor({ ...calm, state: 'active' }, 0)).to.deep.equal(['votes, until 1970-01-01T00:00:00Z'])
    expect(waitsFor({ ...disputed, state: 'succeeded' }, 0)[0]).to.match(/^the dispute of /)
    expect(waitsFor({ ...calm, state: 'queued' }, 99)).to.have.length(3)
    expect(waitsFor({ ...calm, consented: true, state: 'queued' }, 100)).to.deep.equal(['anyone to execute it'])
    expect(waitsFor({ ...calm, track: 'rail alone', state: 'queued' }, 99)[0]).to.equal(
      'its delay, until 1970-01-01T00:01:40Z',
    )
  })
})
