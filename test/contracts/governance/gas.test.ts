import { recordGas } from '../gas/ledger.ts'
import { accept, DRAFT, deploy, draftOf, hash, networkHelpers, REASON, submit, toVote, VOTE, version } from './world.ts'

describe('Gas of proposals', () => {
  it('submits a draft', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    await accept(w, version(1))
    const draft = draftOf({ version: version(1, 1), specHash: hash('text of 1.1.0') })
    const receipt = await (await w.nips.connect(w.author).submit(draft, REASON)).wait()
    recordGas('nip: submit', receipt?.gasUsed ?? 0n, 145_000n)
  })

  it('moves a draft to review', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const nip = await submit(w)
    await networkHelpers.time.increase(DRAFT)
    const receipt = await (await w.nips.connect(w.editor).advance(nip, REASON)).wait()
    recordGas('nip: advance', receipt?.gasUsed ?? 0n, 42_000n)
  })

  it('records an outcome that brings the next version into force', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    await accept(w, version(1))
    const nip = await submit(w, { version: version(1, 1), specHash: hash('text of 1.1.0') })
    await toVote(w, nip)
    await networkHelpers.time.increase(VOTE)
    const sent = await w.nips.connect(w.voters).recordOutcome(nip, hash('text of 1.1.0'), true, REASON)
    recordGas('nip: recordOutcome, accepted', (await sent.wait())?.gasUsed ?? 0n, 172_000n)
  })
})
