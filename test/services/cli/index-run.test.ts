import { copyFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { nexus, type Ran } from '../../support/nexus.ts'
import { root, withFolder } from '../packs/support.ts'

const data = (name: string) => join(root, 'node_modules/vega-datasets/data', name)
const seattle = data('seattle-weather.csv')

/** `nexus index run` as a user runs it. */
const indexRun = (...args: string[]) => nexus(['index', 'run', ...args])
const params = (...settings: string[]) => settings.flatMap(setting => ['--param', setting])
const failure = ({ stdout, stderr, status }: Ran) => {
  expect(stdout).to.equal('')
  return { status, ...(JSON.parse(stderr) as { code: string; message: string; details: Record<string, unknown> }) }
}

describe('nexus index run', function () {
  this.timeout(20_000)

  it('prints the documented JSON document for a dry spell', async () => {
    const { status, stdout, stderr } = await indexRun(
      'dry-spell',
      '--input',
      seattle,
      ...params('days=90'),
      '--from',
      '2012-01-01',
      '--to',
      '2013-01-01',
      '--json',
    )
    expect([status, stderr]).to.deep.equal([0, ''])
    const document = JSON.parse(stdout)
    expect(Object.keys(document)).to.deep.equal([
      'model',
      'version',
      'codeHash',
      'params',
      'series',
      'index',
      'quality',
      'eql',
    ])
    expect(document).to.deep.include({
      model: 'dry-spell',
      version: '1.0.0',
      params: { days: 90, maxMissingDays: 0 },
      index: { time: '2012-10-11', value: '17.4', scaled: '174', decimals: 1 },
      quality: { used: 366, excluded: { 'outside-window': 1095 }, missingDays: 0, coverage: 1, flags: [] },
      eql: 2,
    })
    expect(document.codeHash).to.match(/^0x[0-9a-f]{64}$/)
    expect(document.series).to.have.length(277)
    expect(document.series[0]).to.deep.equal({ time: '2012-03-30', value: '435.4' })
  })

  it('finds the Hualien earthquake, with from and to among the parameters', async () => {
    const settings = params('lat=23.9769', 'lon=121.6044', 'radiusKm=50', 'from=2018-02-01', 'to=2018-02-07')
    const { stdout } = await indexRun('quake-max-magnitude', '--input', data('earthquakes.json'), ...settings, '--json')
    expect(JSON.parse(stdout).index).to.deep.equal({
      time: '2018-02-06T15:50:42.400Z',
      value: '6.40',
      scaled: '640',
      decimals: 2,
    })
  })

  it('prints SPI with nine digits in the series and two anchored, at level 1', async () => {
    const settings = params('scaleMonths=3', 'calFrom=2012', 'calTo=2015', 'minYears=4')
    const { stdout } = await indexRun('spi', '--input', seattle, ...settings, '--to', '2015-08-01', '--json')
    const { series, index, eql, quality } = JSON.parse(stdout)
    expect(series.at(-1)).to.deep.equal({ time: '2015-07', value: '-1.647781837' })
    expect([index.scaled, eql, quality.flags]).to.deep.equal(['-165', 1, ['short-record']])
    const nine = await indexRun(
      'spi',
      '--input',
      seattle,
      ...settings,
      '--to',
      '2015-08-01',
      '--decimals',
      '9',
      '--json',
    )
    expect(JSON.parse(nine.stdout).index.value).to.equal('-1.647781837')
  })

  it('shows a table, a plot with the index marked, and the level in words', async () => {
    const { stdout } = await indexRun('rain-sum-extreme', '--input', seattle, ...params('days=1'))
    expect(stdout).to.include('55.9 mm, 2015-03-15')
    expect(stdout).to.match(/[▁▂▃▄▅▆▇█]{40,}\n +▲\n/)
    expect(stdout).to.include('window        2012-01-01 to 2016-01-01, end exclusive')
    expect(stdout.split('\n').every(line => line.length <= 120)).to.equal(true)
  })

  it("reads a user's own table by its column names, and claims no level for it", async () => {
    await withFolder(async folder => {
      const file = join(folder, 'own.csv')
      await writeFile(file, 'tag,day,rain\na,2020-01-01,1.0\nb,2020-01-02,-9999\nc,2020-01-03,2.5\n')
      const settings = params('days=1', 'date=day', 'value=rain', 'unit=mm', 'missing=-9999', 'maxMissingDays=1')
      const { stdout } = await indexRun('rain-sum-extreme', '--input', file, ...settings, '--json')
      expect(JSON.parse(stdout)).to.deep.include({
        eql: 0,
        index: { time: '2020-01-03', value: '2.5', scaled: '25', decimals: 1 },
      })
    })
  })

  it('knows a pinned file by its bytes, wherever it lies', async () => {
    await withFolder(async folder => {
      await copyFile(seattle, join(folder, 'renamed.csv'))
      const { stdout } = await indexRun(
        'rain-sum-extreme',
        '--input',
        join(folder, 'renamed.csv'),
        ...params('days=1'),
        '--json',
      )
      expect(JSON.parse(stdout).eql).to.equal(2)
    })
  })

  it('prints null for an index that is missing, with its reason, and exits 0', async () => {
    const { status, stdout } = await indexRun(
      'rain-sum-extreme',
      '--input',
      seattle,
      ...params('days=1'),
      '--to',
      '2016-02-01',
      '--json',
    )
    const { index, quality } = JSON.parse(stdout)
    expect([status, index.value, index.scaled, quality.flags]).to.deep.equal([0, null, null, ['too-many-missing-days']])
  })

  it('exits 2 with the line number for bad rows', async () => {
    await withFolder(async folder => {
      const file = join(folder, 'bad.csv')
      for (const [row, code] of [
        ['2012-01-02,NaN', 'bad-value'],
        ['2012-01-01,1', 'duplicate-date'],
        ['2011-12-31,1', 'out-of-order'],
        ['2012-01-02', 'wrong-field-count'],
      ] as const) {
        await writeFile(file, `date,precipitation\n2012-01-01,1\n${row}\n`)
        const {
          status,
          code: found,
          details,
          message,
        } = failure(await indexRun('dry-spell', '--input', file, ...params('days=1')))
        expect([status, found, details['line']]).to.deep.equal([2, code, 3])
        expect(message).to.include('line 3')
      }
    })
  })

  it('refuses a file of 2 GB at once', async () => {
    await withFolder(async folder => {
      const file = join(folder, 'big.csv')
      await writeFile(file, '')
      await truncate(file, 2 ** 31)
      expect(failure(await indexRun('dry-spell', '--input', file, ...params('days=1')))).to.include({
        status: 2,
        code: 'input-too-large',
      })
    })
  })

  it('takes parameters one behind the other, after one --param or none', async () => {
    const settings = ['days=90', 'from=2012-01-01', 'to=2013-01-01']
    const one = await indexRun('dry-spell', '--input', seattle, '--param', ...settings, '--json')
    expect(JSON.parse(one.stdout).index).to.include({ time: '2012-10-11', value: '17.4' })
    expect((await indexRun('dry-spell', ...settings, '--input', seattle, '--json')).stdout).to.equal(one.stdout)
    expect((await indexRun('dry-spell', '--input', seattle, ...params(...settings), '--json')).stdout).to.equal(
      one.stdout,
    )
    const twice = await indexRun('dry-spell', 'days=1', '--input', seattle, '--param', 'days=2')
    expect(failure(twice)).to.include({ status: 2, code: 'bad-param', message: 'days is given twice' })
  })

  it('says which sources a model is for when it is given data of another kind, whatever it met first', async () => {
    const quakes = data('earthquakes.json')
    for (const window of [[], ['from=2012-01-01', 'to=2013-01-01']]) {
      const refused = failure(await indexRun('dry-spell', '--input', quakes, 'days=90', ...window))
      expect(refused).to.include({ status: 2, code: 'wrong-source' })
      expect(refused.message).to.include('needs data of csv or ghcn-daily; earthquakes.json was read as usgs-geojson')
    }
    // Days of rain are no earthquakes: an index of 0 would look like calm ground.
    const calm = failure(await indexRun('quake-max-magnitude', '--input', seattle, 'lat=1', 'lon=1', 'radiusKm=1'))
    expect(calm).to.include({ status: 2, code: 'wrong-source' })
    expect(calm.message).to.include('not-earthquake')
  })

  it('does not promise a quorum for data of unknown origin', async () => {
    await withFolder(async folder => {
      const file = join(folder, 'own.csv')
      await writeFile(file, 'date,precipitation\n2020-01-01,1.0\n')
      const own = await indexRun('rain-sum-extreme', '--input', file, 'days=1')
      expect(own.stdout).to.match(/EQL +0 \(.*not known; a quorum does not change that\)/)
    })
    const pinned = await indexRun('rain-sum-extreme', '--input', seattle, 'days=1')
    expect(pinned.stdout).to.match(/EQL +2 \(.*; 3 once a quorum has anchored it\)/)
  })

  it('says in words what an option must be', async () => {
    const { message } = failure(await indexRun('dry-spell', '--input', seattle, 'days=1', 'unit=in'))
    expect(message).to.equal('options of csv: unit must be mm')
  })

  const cases: [string, string[]][] = [
    ['unknown-model', ['ndvi', '--input', seattle]],
    ['unknown-param', ['dry-spell', '--input', seattle, ...params('days=1', 'day=2')]],
    ['bad-param', ['dry-spell', '--input', seattle]],
    ['bad-param', ['dry-spell', '--input', seattle, ...params('days')]],
    ['bad-param', ['dry-spell', '--input', seattle, ...params('days=1', 'days=2')]],
    ['bad-param', ['dry-spell', '--input', seattle, ...params('days=0')]],
    ['unknown-source', ['dry-spell', '--input', seattle, ...params('days=1'), '--source', 'ftp']],
    ['source-needed', ['dry-spell', '--input', join(root, 'LICENSE'), ...params('days=1')]],
    ['bad-window', ['dry-spell', '--input', seattle, ...params('days=1'), '--from', 'monday']],
    [
      'bad-window',
      ['dry-spell', '--input', seattle, ...params('days=1'), '--from', '2013-01-01', '--to', '2012-01-01'],
    ],
    ['bad-window', ['dry-spell', '--input', seattle, ...params('days=1'), '--from', '2012-01-01T06:00:00Z']],
    ['usage', ['dry-spell', '--input', seattle, ...params('days=1'), '--decimals', '2.5']],
    ['usage', ['dry-spell', ...params('days=1')]],
    ['cannot-read', ['dry-spell', '--input', '/none.csv', ...params('days=1')]],
    [
      'not-json',
      [
        'quake-max-magnitude',
        '--input',
        seattle,
        '--source',
        'usgs-geojson',
        ...params('lat=1', 'lon=1', 'radiusKm=1'),
      ],
    ],
  ]
  for (const [code, args] of cases)
    it(`exits 2 with ${code} for: ${args.map(arg => arg.replace(`${root}/`, '')).join(' ')}`, async () => {
      expect(failure(await indexRun(...args))).to.include({ status: 2, code })
    })
})
