import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import { type Condition, conditionText } from '@nexus/governance/condition-text'
import type { Named } from '@nexus/governance/contracts'
import { callLines, decodeCalls } from '@nexus/governance/decode'
import { safeAbi } from '@nexus/governance/safe'
import { expect } from 'chai'
import { type Abi, type Address, encodeFunctionData, getAddress, type Hex, maxUint256, parseAbi } from 'viem'

const at = (n: number): Address => getAddress(`0x${n.toString(16).padStart(40, '0')}`)
const ownAbi = parseAbi([
  'function owner() view returns (address)',
  'function rate() view returns (int256)',
  'function two() view returns (uint256 first, uint256)',
])
const contracts: Named[] = [
  { name: 'AccessManager', address: at(0xa), abi: accessManagerAbi as Abi },
  { name: 'Safe', address: at(0xb), abi: safeAbi as Abi },
  { name: 'Own', address: at(0xc), abi: ownAbi as Abi },
  { name: 'Constitution', address: at(0xd), abi: constitutionAbi as Abi },
]
const names = new Map(contracts.map(one => [one.address, one]))
const one = (n: number, data: Hex, over: Partial<Condition> = {}): Condition => ({
  ...{ target: at(n), gasCap: 50_000, word: 0, data, least: 1n, most: 1n, ...over },
})
const own = (functionName: 'owner' | 'rate' | 'two') => encodeFunctionData({ abi: ownAbi, functionName })

describe('A condition in words', () => {
  const cases: [string, Condition][] = [
    ['Safe.getThreshold() is 3 to 6', one(0xb, '0xe75235b8', { least: 3n, most: 6n })],
    ['Safe.getThreshold() is at least 3', one(0xb, '0xe75235b8', { least: 3n, most: maxUint256 })],
    ['Safe.getThreshold() is at most 6', one(0xb, '0xe75235b8', { least: 0n, most: 6n })],
    [
      'Safe.isModuleEnabled(module: Own) is false',
      one(0xb, encodeFunctionData({ abi: safeAbi, functionName: 'isModuleEnabled', args: [at(0xc)] }), {
        ...{ least: 0n, most: 0n },
      }),
    ],
    ['Own.owner() is Safe', one(0xc, own('owner'), { least: 0xbn, most: 0xbn })],
    [`Own.owner() is ${at(0xee)}`, one(0xc, own('owner'), { least: 0xeen, most: 0xeen })],
    // a number that is an address by chance is a number
    ['Own.rate() is 11', one(0xc, own('rate'), { least: 0xbn, most: 0xbn })],
    ['Own.two(), first, is 1', one(0xc, own('two'))],
    ['Own.two(), word 1, is 1', one(0xc, own('two'), { word: 1 })],
    ['Own.two(), word 2, is 1', one(0xc, own('two'), { word: 2 })],
    [
      'AccessManager.getRoleAdmin(roleId: GUARDIAN) is 99',
      one(0xa, encodeFunctionData({ abi: accessManagerAbi, functionName: 'getRoleAdmin', args: [4n] }), {
        ...{ least: 99n, most: 99n },
      }),
    ],
    ['Own: unknown call 0x12345678, word 0, is 1', one(0xc, '0x12345678')],
    [`${at(0xff)}: unknown call 0x12345678, word 3, is 1`, one(0xff, '0x12345678', { word: 3 })],
  ]
  for (const [text, condition] of cases)
    it(text, () => {
      expect(conditionText(names, condition)).to.equal(text)
    })

  it('stands under the call of a decision that adds it', async () => {
    const added = cases.slice(0, 2).map(([, condition]) => condition)
    const data = encodeFunctionData({ abi: constitutionAbi, functionName: 'add', args: [added] })
    const calls = [{ to: at(0xd), value: 0n, data }]
    const decoded = await decodeCalls({ contracts, kindOf: async () => 'protected' }, calls)
    expect(callLines(decoded)).to.deep.equal([
      'Constitution.add()',
      '  Safe.getThreshold() is 3 to 6',
      '  Safe.getThreshold() is at least 3',
    ])
  })
})
