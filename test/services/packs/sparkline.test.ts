import { sparkline } from '@nexus/packs/sparkline'
import { expect } from 'chai'

describe('sparkline', () => {
  it('draws low to high, gaps as dots, and a mark under the index', () => {
    expect(sparkline({ values: ['0', '7', null, '3.5'], marked: 1, width: 10 })).to.equal('▁█·▅\n ▲')
  })

  it('shows the marked value itself where a piece has higher ones', () => {
    const values = ['9', '0', '9', '9']
    expect(sparkline({ values, marked: 1, width: 2 })).to.equal('▁█\n▲')
    expect(sparkline({ values, marked: null, width: 2 })).to.equal('██')
  })

  it('draws series that are empty, missing, constant, or of a million values', () => {
    expect(sparkline({ values: [], marked: null, width: 5 })).to.equal('(no values)')
    expect(sparkline({ values: [null, null], marked: null, width: 5 })).to.equal('··')
    expect(sparkline({ values: ['2', '2'], marked: 0, width: 5 })).to.equal('▁▁\n▲')
    const million = Array.from({ length: 1_000_000 }, (_, i) => String(i))
    expect(sparkline({ values: million, marked: 999_999, width: 8 })).to.equal('▁▂▃▄▅▆▇█\n       ▲')
  })
})
