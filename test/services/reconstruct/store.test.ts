import { inputError, tryAgainError } from '@nexus/kit/errors'
import { firstOf, type PackSource } from '@nexus/reconstruct/store'
import { expect } from 'chai'

const pack = new Uint8Array([1, 2, 3])
const has: PackSource = { zip: async () => pack }
const hasNot: PackSource = { zip: async () => null }
const down: PackSource = {
  zip: async () => {
    throw tryAgainError('store-unreachable', 'nobody answers')
  },
}
const wrong: PackSource = {
  zip: async () => {
    throw inputError('no-such-store', 'no folder')
  },
}
const codeOf = (error: { code?: string }) => error.code

describe('several stores of packs', () => {
  it('give a pack that any of them has, whoever cannot be reached', async () => {
    expect(await firstOf([down, hasNot, has]).zip('0x')).to.equal(pack)
  })

  it('say that one cannot be reached when no other has the pack: it might', async () => {
    expect(await firstOf([down, hasNot]).zip('0x').catch(codeOf)).to.equal('store-unreachable')
    expect(await firstOf([hasNot, hasNot]).zip('0x')).to.equal(null)
  })

  it('do not pass over a store that was named wrong', async () => {
    expect(await firstOf([wrong, has]).zip('0x').catch(codeOf)).to.equal('no-such-store')
  })
})
