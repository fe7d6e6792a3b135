import { type Action, type Cover, type Evidence, plan } from '@nexus/keeper/plan'
import type { Hex } from '@nexus/kit/canonical'
import { expect } from 'chai'

const DAY = 86_400
const cover: Cover = {
  policyId: 7n,
  feedId: `0x${'fe'.repeat(32)}`,
  from: 1_000,
  to: 2_000,
  minEql: 3,
  acceptsProvisional: false,
  acceptsParts: false,
  lapsesAt: 2_000 + 180 * DAY,
}
const aep = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`
const evidence = (n: number, rest: Partial<Evidence> = {}): Evidence => ({
  aepId: aep(n),
  from: 1_000,
  to: 2_000,
  sequence: n,
  eql: 3,
  provisional: false,
  state: 'final',
  ...rest,
})

interface Setting {
  cover?: Partial<Cover>
  evidence?: Evidence[]
  held?: number[]
  spent?: number[]
  nowSeconds?: number
}
/** What is to be done, as `kind number`. */
const planned = ({ cover: other, evidence: all = [], held = [], spent = [], nowSeconds = 3_000 }: Setting): string[] =>
  plan({
    cover: { ...cover, ...other },
    evidence: all,
    held: new Set(held.map(aep)),
    spent: new Set(spent.map(aep)),
    nowSeconds,
    holdBeforeDeadlineSeconds: 7 * DAY,
  }).map((action: Action) => ('aepId' in action ? `${action.kind} ${BigInt(action.aepId)}` : action.kind))

describe('what a keeper plans for a policy', () => {
  it('closes on final evidence of the cover’s own window, which settles it first', () => {
    expect(planned({ evidence: [evidence(1)] })).to.deep.equal(['lapse 1'])
    expect(planned({ evidence: [evidence(1, { state: 'upheld' })] })).to.deep.equal(['lapse 1'])
  })

  it('does nothing on evidence that is open, void or was never anchored', () => {
    for (const state of ['anchored', 'disputed', 'void', 'none'] as const)
      expect(planned({ evidence: [evidence(1, { state })] }), state).to.deep.equal([])
  })

  it('does nothing on evidence that the terms do not accept', () => {
    expect(planned({ evidence: [evidence(1, { eql: 2 })] })).to.deep.equal([])
    expect(planned({ evidence: [evidence(1, { provisional: true })] })).to.deep.equal([])
    expect(planned({ evidence: [evidence(1, { from: 1_001 })] })).to.deep.equal([])
  })

  it('settles on early evidence where the terms accept it, and waits with closing', () => {
    expect(
      planned({ cover: { acceptsProvisional: true }, evidence: [evidence(1, { provisional: true })] }),
    ).to.deep.equal(['settle 1'])
  })

  it('settles on a reading of a part of the window where the terms accept it, and closes on the whole only', () => {
    const parts = [evidence(1, { to: 1_500 }), evidence(2, { from: 1_500 })]
    expect(planned({ cover: { acceptsParts: true }, evidence: parts })).to.deep.equal(['settle 1', 'settle 2'])
    expect(planned({ cover: { acceptsParts: true }, evidence: [...parts, evidence(3)], spent: [1, 2] })).to.deep.equal([
      'lapse 3',
    ])
    expect(planned({ cover: { acceptsParts: true }, evidence: [...parts, evidence(3)], spent: [1] })).to.deep.equal([
      'settle 2',
    ])
  })

  it('does not settle again on evidence from which nothing more is due', () => {
    expect(
      planned({ cover: { acceptsParts: true }, evidence: [evidence(1, { to: 1_500 })], spent: [1] }),
    ).to.deep.equal([])
  })

  it('settles an earlier reading too before it closes on the latest revision', () => {
    expect(planned({ evidence: [evidence(1), evidence(2)] })).to.deep.equal(['settle 1'])
    expect(planned({ evidence: [evidence(1), evidence(2)], spent: [1] })).to.deep.equal(['lapse 2'])
  })

  it('never closes while a revision is open: it holds that, so that nobody else closes either', () => {
    expect(planned({ evidence: [evidence(1), evidence(2, { state: 'anchored' })] })).to.deep.equal(['hold 2'])
    expect(planned({ evidence: [evidence(1), evidence(2, { state: 'disputed' })], held: [2] })).to.deep.equal([])
  })

  it('holds a reading and its revision while both are open, so that neither ends the policy before the other is decided', () => {
    const both = [evidence(1, { state: 'anchored' }), evidence(2, { state: 'anchored' })]
    expect(planned({ evidence: both })).to.deep.equal(['hold 1', 'hold 2'])
    expect(planned({ evidence: both, held: [1] })).to.deep.equal(['hold 2'])
    expect(planned({ evidence: both, held: [1, 2] })).to.deep.equal([])
    const disputed = [evidence(1, { state: 'disputed' }), evidence(2, { state: 'anchored' })]
    expect(planned({ evidence: disputed })).to.deep.equal(['hold 1', 'hold 2'])
    // the first is decided, and pays when it is released; the second is still open, and still held
    expect(planned({ evidence: [evidence(1), evidence(2, { state: 'anchored' })], held: [1, 2] })).to.deep.equal([
      'release 1',
    ])
  })

  it('holds an open reading of a part, or an early one, while one of the whole window is open: that one alone may end the policy', () => {
    const whole = evidence(2, { state: 'anchored' })
    const part = evidence(1, { to: 1_500, state: 'anchored' })
    expect(planned({ cover: { acceptsParts: true }, evidence: [part, whole] })).to.deep.equal(['hold 1'])
    const early = evidence(1, { provisional: true, state: 'anchored' })
    expect(planned({ cover: { acceptsProvisional: true }, evidence: [early, whole] })).to.deep.equal(['hold 1'])
  })

  it('holds nothing for other evidence that cannot end the policy', () => {
    const open = evidence(1, { state: 'anchored' })
    for (const other of [
      evidence(2, { state: 'void' }),
      evidence(2, { state: 'none' }),
      evidence(2, { eql: 2, state: 'anchored' }),
      evidence(2, { provisional: true, state: 'anchored' }),
      evidence(2, { to: 1_500, state: 'anchored' }),
    ])
      expect(planned({ evidence: [open, other] })).to.deep.equal([])
    const parts = [open, evidence(2, { to: 1_500, state: 'anchored' }), evidence(3, { from: 1_500, state: 'anchored' })]
    // two parts, and one whole: the parts are at risk, the whole is not
    expect(planned({ cover: { acceptsParts: true }, evidence: parts })).to.deep.equal(['hold 2', 'hold 3'])
    expect(planned({ cover: { acceptsParts: true }, evidence: parts.slice(1) })).to.deep.equal([])
  })

  it('releases what it held when the evidence is decided, and closes in a later pass', () => {
    expect(planned({ evidence: [evidence(1), evidence(2, { state: 'void' })], held: [2] })).to.deep.equal(['release 2'])
    expect(planned({ evidence: [evidence(1), evidence(2)], held: [2] })).to.deep.equal(['release 2', 'settle 1'])
  })

  it('holds open evidence when the reporting deadline is near, and not before', () => {
    const open = [evidence(1, { state: 'anchored' })]
    expect(planned({ evidence: open, nowSeconds: cover.lapsesAt - 8 * DAY })).to.deep.equal([])
    expect(planned({ evidence: open, nowSeconds: cover.lapsesAt - 6 * DAY })).to.deep.equal(['hold 1'])
  })

  it('lapses without evidence from the deadline on, unless evidence is open or held', () => {
    expect(planned({ nowSeconds: cover.lapsesAt - 1 })).to.deep.equal([])
    expect(planned({ nowSeconds: cover.lapsesAt })).to.deep.equal(['lapse-unreported'])
    const open = [evidence(1, { state: 'anchored' })]
    expect(planned({ evidence: open, held: [1], nowSeconds: cover.lapsesAt })).to.deep.equal([])
    expect(planned({ evidence: [evidence(1, { state: 'void' })], nowSeconds: cover.lapsesAt })).to.deep.equal([
      'lapse-unreported',
    ])
  })

  it('after the deadline still pays what early evidence makes due before it lapses', () => {
    const early = [evidence(1, { provisional: true })]
    const setting = { cover: { acceptsProvisional: true }, evidence: early, nowSeconds: cover.lapsesAt }
    expect(planned(setting)).to.deep.equal(['settle 1'])
    expect(planned({ ...setting, spent: [1] })).to.deep.equal(['lapse-unreported'])
  })
})
