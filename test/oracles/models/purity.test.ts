import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { expect } from 'chai'
import { impurities } from '../support/purity.ts'

const root = join(import.meta.dirname, '../../..')

describe('purity of evidence code', () => {
  const catalogue = loadCatalogue()
  const files = new Set(
    [...catalogue.models(), ...catalogue.sources()].flatMap(({ codeFiles }) => codeFiles.map(({ path }) => path)),
  )

  it('looks at every model, parser and what they import', () => {
    expect(files).to.include('models/spi/index.ts')
    expect(files).to.include('models/math/gamma.ts')
    expect(files).to.include('sources/usgs-geojson/scan.ts')
    expect(files).to.include('types.ts')
    expect(files.size).to.be.greaterThan(25)
  })

  for (const path of files)
    it(`${path} is the same on every machine: exact operations only, nothing imported from outside`, () => {
      expect(impurities(readFileSync(join(root, 'oracles', path), 'utf8'), path)).to.deep.equal([])
    })

  const bad: [string, string][] = [
    ['const x = Math.log(2)', 'Math.log'],
    ['const x = Math["sin"](2)', 'Math[…]'],
    ['const m = Math', 'Math as a value'],
    ['const x = 2 ** 0.5', 'operator **'],
    ['let x = 2; x **= 3', 'operator **'],
    ['const x = (1.005).toFixed(2)', '.toFixed'],
    ['const x = (1.005).toPrecision(2)', '.toPrecision'],
    ['const x = parseFloat("1x")', 'parseFloat'],
    ['const x = Number.parseFloat("1x")', '.parseFloat'],
    ['const x = Date.now()', 'Date'],
    ['const x = new Date()', 'Date'],
    ['const x = Math.random()', 'Math.random'],
    ['const x = "a".localeCompare("b")', '.localeCompare'],
    ['const x = (1).toLocaleString()', '.toLocaleString'],
    ['import { readFileSync } from "node:fs"', 'import of "node:fs"'],
    ['import x from "viem"', 'import of "viem"'],
    ['import type { X } from "@nexus/kit/observation"', 'import of "@nexus/kit/observation"'],
    ['const x = await import("./a.ts")', 'dynamic import'],
    ['const x = import.meta.url', 'import.meta'],
    ['const x = process.env', 'process'],
    ['const x = globalThis', 'globalThis'],
    ['const x = crypto.getRandomValues(y)', 'crypto'],
    ['async function f() {}', 'asynchronous code'],
    ['const x = [].constructor', '.constructor'],
  ]
  for (const [code, what] of bad)
    it(`would notice: ${code}`, () => {
      expect(impurities(code).map(finding => finding.what)).to.include(what)
    })

  it('lets through what is exact', () => {
    const fine =
      'const x = Math.sqrt(Math.abs(-2)) + Math.floor(1.5); const o = { Date: 1 }; export const y = o.Date % 3 + x'
    expect(impurities(fine)).to.deep.equal([])
  })
})
