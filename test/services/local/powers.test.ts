import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Heirs, strayPowers } from '@nexus/deploy/handover'
import type { Powers } from '@nexus/deploy/powers'
import { roles } from '@nexus/deploy/roles'
import { powersOfFreshChain } from '@nexus/local/powers'
import { expect } from 'chai'

describe('the powers', function () {
  this.timeout(180_000)

  it('are, on a chain that was deployed and handed over, where docs/powers.md says', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'nexus-powers-'))
    try {
      const page = await powersOfFreshChain(folder)
      expect(page, 'run `npm run powers` and look at the difference').to.equal(readFileSync('docs/powers.md', 'utf8'))
      expect(page).to.not.contain('the deployer')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  describe('with somebody else are found:', () => {
    const heirs = {
      nvm: '0x0000000000000000000000000000000000000001',
      DisputeBond: '0x0000000000000000000000000000000000000002',
      ComponentRegistry: '0x0000000000000000000000000000000000000003',
      GrievanceRail: '0x0000000000000000000000000000000000000004',
      GrievanceOrders: '0x0000000000000000000000000000000000000005',
      ArbiterRegister: '0x0000000000000000000000000000000000000006',
      RespondentBonds: '0x0000000000000000000000000000000000000007',
    } as const satisfies Heirs
    const deployer = '0x00000000000000000000000000000000000000dE'
    const sound = (): Powers => ({
      functions: [{ contract: 'PolicyBook', function: 'pause(uint40)', gate: { role: 4n } }],
      holders: new Map([
        [0n, [heirs.nvm]],
        ...roles.map((role): [bigint, `0x${string}`[]] => [
          role.id,
          [
            heirs['heldBy' in role ? role.heldBy : 'handedTo' in role ? role.handedTo : 'nvm'],
            ...('alsoHeldBy' in role ? role.alsoHeldBy : []).map(name => heirs[name]),
          ],
        ]),
      ]),
    })

    it('nothing, when all are where they should be', () => {
      expect(strayPowers(sound(), heirs)).to.deep.equal([])
    })

    it('a deployer that is still admin', () => {
      const powers = sound()
      powers.holders.set(0n, [heirs.nvm, deployer])
      expect(strayPowers(powers, heirs)).to.deep.equal([`ADMIN is held by ${deployer}`])
    })

    it('a role that nobody was given', () => {
      const powers = sound()
      powers.holders.set(4n, [])
      expect(strayPowers(powers, heirs)).to.deep.equal([`GUARDIAN is not held by ${heirs.nvm}`])
    })

    it('a role that is in no list', () => {
      const powers = sound()
      powers.holders.set(99n, [deployer])
      expect(strayPowers(powers, heirs)).to.deep.equal([`role 99, which nobody knows, is held by ${deployer}`])
    })

    it('a function that asks for a role that is in no list', () => {
      const powers = sound()
      powers.functions.push({ contract: 'PolicyBook', function: 'listPool(address)', gate: { role: 98n } })
      expect(strayPowers(powers, heirs)).to.deep.equal([
        'PolicyBook.listPool(address) asks for role 98, which nobody knows',
      ])
    })
  })
})
