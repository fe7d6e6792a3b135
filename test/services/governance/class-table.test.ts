import { readFileSync } from 'node:fs'
import { roles } from '@nexus/deploy/roles'
import { classByTable, classNames, classTable, listedClass } from '@nexus/governance/class-table'
import { contractsOf } from '@nexus/governance/contracts'
import { expect } from 'chai'
import { type AbiFunction, encodeFunctionData, type Hex, zeroHash } from 'viem'
import { toFunctionSelector, toFunctionSignature } from 'viem/utils'
import { manifest } from './manifest.ts'

const page = readFileSync(new URL('../../../docs/governance.md', import.meta.url), 'utf8')
const powers = roles.flatMap(({ name, functions }) =>
  Object.entries(functions).flatMap(([contract, signatures]) =>
    (signatures as readonly string[]).map(signature => ({ role: name as string, contract, signature })),
  ),
)
const nameOf = (signature: string) => signature.slice(0, signature.indexOf('('))

describe('the class table', () => {
  const contracts = contractsOf(manifest)

  it('says of every power of every role what it is: nothing is constitutional by accident', () => {
    const unsaid = powers.filter(({ contract, signature }) => listedClass(contract, signature) === null)
    expect(unsaid.map(({ contract, signature }) => `${contract}.${signature}`)).to.deep.equal([])
  })

  it('is what the page says', () => {
    const [begin, end] = ['<!-- classes -->\n', '\n<!-- /classes -->']
    const rows = powers.map(
      ({ role, contract, signature }) =>
        `| ${role} | \`${contract}.${nameOf(signature)}\` | ${listedClass(contract, signature)} |`,
    )
    const table = ['| Role | Function | Class |', '|---|---|---|', ...rows].join('\n')
    expect(page.slice(page.indexOf(begin) + begin.length, page.indexOf(end))).to.equal(table)
  })

  it('lists each function once, and none that its contract has not', () => {
    for (const { contract, functions = {} } of classTable) {
      const abi = contracts.find(({ name }) => name.split(':')[0] === contract)?.abi ?? []
      const known = abi.filter((item): item is AbiFunction => item.type === 'function').map(toFunctionSignature)
      const listed = Object.values(functions).flat()
      for (const signature of listed) expect(known, contract).to.include(signature)
      expect(new Set(listed).size, contract).to.equal(listed.length)
      const selectors = new Set(listed.map(one => toFunctionSelector(`function ${one}`)))
      expect(selectors.size, contract).to.equal(listed.length)
    }
  })

  it('lets an emergency do nothing but pause', () => {
    const stops = classTable.flatMap(({ functions }) => functions?.emergency ?? [])
    expect(new Set(stops)).to.deep.equal(new Set(['pause(uint40)']))
    // and those who may stop are not those who may make it longer
    for (const { contract, signature } of powers.filter(one => one.signature.startsWith('extendPause')))
      expect(listedClass(contract, signature)).to.equal('ordinary')
  })

  it('gives several calls the highest class of any, and what it does not know the highest of all', () => {
    const call = (name: string, functionName: string, args: readonly unknown[]) => {
      const contract = contracts.find(one => one.name === name)
      if (!contract) throw new Error(name)
      const data = encodeFunctionData({ abi: contract.abi, functionName, args })
      return { to: contract.address, value: 0n, data }
    }
    const pause = call('EvidenceRegistry', 'pause', [3600])
    const suspend = call('ComponentRegistry', 'suspend', [zeroHash, zeroHash])
    const enforce = call('ComponentRegistry', 'enforce', [zeroHash])
    const terms = call('TermsStore', 'enforceTerms', [zeroHash])
    const amend = call('CharterRegistry', 'amend', [zeroHash, 0, [], zeroHash])
    const grant = call('AccessManager', 'grantRole', [4n, manifest.registry, 0])
    const of = (...calls: { to: Hex; value: bigint; data: Hex }[]) => classByTable(calls, contracts)
    expect([of(pause), of(enforce), of(suspend), of(amend), of(grant)]).to.deep.equal([
      ...['emergency', 'ordinary', 'ratification', 'ratification', 'constitutional'],
    ])
    // what everybody may do lifts nothing
    expect(of(suspend, enforce, terms)).to.equal('ratification')
    expect(of(pause, enforce)).to.equal('ordinary')
    expect(of(pause, grant)).to.equal('constitutional')
    expect(of({ ...pause, value: 1n })).to.equal('constitutional')
    expect(of({ ...pause, to: '0x00000000000000000000000000000000000000ff' })).to.equal('constitutional')
    expect(of({ ...pause, data: '0x1234' })).to.equal('constitutional')
    expect(classNames[0]).to.equal('constitutional')
  })
})
