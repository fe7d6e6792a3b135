import { recordGas } from '../gas/ledger.ts'
import {
  advance,
  commit,
  DISMISS,
  decide,
  drawing,
  FULL,
  file,
  filing,
  hash,
  hearing,
  networkHelpers,
  reveal,
  toBlock,
  toDeadline,
  world,
} from './world.ts'

const load = () => networkHelpers.loadFixture(world)
type Sent = Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>
const gasOf = async (sent: Sent) => (await (await sent).wait())?.gasUsed ?? 0n

/** A block's hash decides how many are dealt before enough are free. */
const CHANCE = 0.15

describe('Gas of grievances', () => {
  it('opens a case, its bond included', async () => {
    const w = await load()
    await file(w) // the first one also begins the season and the count
    recordGas('grievance: open', await gasOf(w.rail.connect(w.complainant).open(filing(w))), 380_000n)
  })

  it('answers', async () => {
    const w = await load()
    const caseId = await file(w)
    recordGas('grievance: answer', await gasOf(w.rail.connect(w.respondent).answer(caseId, hash('answer'))), 70_000n)
  })

  it('draws three arbiters of twelve', async () => {
    const w = await load()
    const caseId = await drawing(w)
    await toBlock(w, caseId)
    recordGas('grievance: draw, 3 of 12', await gasOf(advance(w, caseId)), 350_000n, CHANCE)
  })

  it('commits, reveals, rules and closes', async () => {
    const w = await load()
    await w.ledger.connect(w.stranger).giveToReserve(1_000_000_000n)
    const { caseId, panel } = await hearing(w)
    const [first] = panel
    if (!first) throw new Error('no panel')
    recordGas('grievance: commit', await gasOf(commit(w, caseId, first, FULL)), 85_000n)
    for (const arbiter of panel.slice(1)) await commit(w, caseId, arbiter, FULL)
    recordGas('grievance: reveal', await gasOf(reveal(w, caseId, first, FULL)), 65_000n)
    for (const arbiter of panel.slice(1)) await reveal(w, caseId, arbiter, FULL)
    recordGas('grievance: rule', await gasOf(advance(w, caseId)), 90_000n)
    await toDeadline(w, caseId)
    recordGas('grievance: close, 3 arbiters paid', await gasOf(advance(w, caseId)), 420_000n)
  })

  it('closes the dearest case there is: two panels, of which most stayed away', async () => {
    const w = await load()
    const { caseId } = await hearing(w)
    await decide(w, caseId, [FULL, undefined, undefined])
    await w.rail.connect(w.respondent).appeal(caseId)
    await toBlock(w, caseId)
    recordGas('grievance: draw, 5 of 12 without 3', await gasOf(advance(w, caseId)), 500_000n, CHANCE)
    const response = decide(w, caseId, [DISMISS, undefined, undefined, undefined, undefined])
    recordGas('grievance: close, 2 paid and 6 penalised', await gasOf(response), 800_000n)
  })
})
