import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { formulaId } from '@nexus/terms/formula'
import { parseTerms } from '@nexus/terms/terms'
import { expect } from 'chai'
import { nexus } from '../../support/nexus.ts'
import { document } from '../terms/fixture.ts'

describe('nexus payout quote', function () {
  this.timeout(30_000)
  let folder: string
  let file: string
  const terms = document({
    formula: {
      rounding: 'down',
      knots: [
        { x: '550', below: '0', at: '0', above: '0' },
        { x: '700', below: '500000000000000000', at: '1000000000000000000', above: '1000000000000000000' },
      ],
    },
  })
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-payout-'))
    file = path.join(folder, 'terms.json')
    await writeFile(file, JSON.stringify(terms))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const quote = (value: string, ...more: string[]) =>
    nexus(['payout', 'quote', '--terms', file, '--value', value, ...more])

  it('says what is paid and which knots decided, as one JSON document', async () => {
    const { status, stdout } = await quote('6.4', '--json')
    expect(status).to.equal(0)
    // 90 of 150 hundredths up a line from 0 to a half: 0.3 of 50,000,000,000
    expect(JSON.parse(stdout)).to.deep.equal({
      value: '6.4',
      x: '640',
      formulaId: formulaId(parseTerms(terms).formula),
      segment: 'between',
      knots: [0, 1],
      payoutWad: '300000000000000000',
      paidAssets: '15000000000',
    })
  })

  it('draws the payout against the index for people', async () => {
    const { stdout } = await quote('7')
    expect(stdout).to.match(/100 % │.*●/)
    expect(stdout).to.include('exactly at knot 1, 7.00: 100 % of the cover')
  })

  it('says in which units it pays', async () => {
    const { stdout } = await quote('6.4')
    expect(stdout).to.include('pays 15000000000 base units of a cover of 50000000000')
  })

  it('has one text for too many decimals, zeros or not', async () => {
    const messages = ['6.405', '6.400'].map(async value => JSON.parse((await quote(value)).stderr).message)
    expect(await Promise.all(messages)).to.deep.equal([
      '6.405 has more than 2 decimals',
      '6.400 has more than 2 decimals',
    ])
  })

  it('refuses values that the feed cannot print: too fine, even by zeros, too large, or no decimal numbers', async () => {
    const refusals = {
      '6.405': 'too-many-decimals',
      '6.400': 'too-many-decimals',
      '92233720368547758.08': 'index-out-of-range',
      '1e3': 'bad-decimal',
      NaN: 'bad-decimal',
      '6,4': 'bad-decimal',
      '': 'bad-decimal',
    }
    for (const [value, code] of Object.entries(refusals)) {
      const { status, stdout, stderr } = await quote(value, '--json')
      expect([status, JSON.parse(stderr).code, stdout], value).to.deep.equal([2, code, ''])
    }
    expect((await quote('-92233720368547758.08', '--json')).status).to.equal(0)
  })
})
