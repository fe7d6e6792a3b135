import { copyFile } from 'node:fs/promises'
import path from 'node:path'
import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import { classNames, classTable, kindNames } from '@nexus/governance/class-table'
import { SINGLETON_FACTORY } from '@nexus/governance/create2'
import { safeAbi } from '@nexus/governance/safe'
import { NexusError } from '@nexus/kit/errors'
import { suiteContracts } from '@nexus/local/contracts'
import { localRpc } from '@nexus/local/rpc'
import { spawnLocalChain } from '@nexus/localchain/spawn'
import { expect } from 'chai'
import { type Address, concat, getAddress, parseAbi, toFunctionSelector } from 'viem'
import { type GovernanceWorld, holders, P256_SEAT, pointOf, startGovernance } from './fixture.ts'

const codeOf = (error: unknown) => (error instanceof NexusError ? error.code : error)

describe('establishing the NVM', function () {
  this.timeout(300_000)
  let world: GovernanceWorld
  before(async () => {
    world = await startGovernance()
  })
  after(() => world?.stop())

  const safeRead = (functionName: 'getThreshold' | 'getOwners') =>
    world.rpc.client.readContract({ address: world.established.safe, abi: safeAbi, functionName })
  const wordAt = async (slot: string) =>
    getAddress(
      `0x${(await world.rpc.client.getStorageAt({ address: world.established.safe, slot: slot as Address }))?.slice(26)}`,
    )

  it('makes a Safe 1.5.0 of six owners and threshold three, with module and both guards', async () => {
    const { client } = world.rpc
    const { safe, nvm, nvmGuard, fallbackHandler } = world.established
    const version = await client.readContract({
      ...{ address: safe, abi: parseAbi(['function VERSION() view returns (string)']), functionName: 'VERSION' },
    } as const)
    expect(version).to.equal('1.5.0')
    expect(await safeRead('getThreshold')).to.equal(3n)
    expect(await safeRead('getOwners')).to.include.members(holders.map(({ address }) => address))
    expect(await safeRead('getOwners')).to.have.length(6)
    const [modules] = await client.readContract({
      ...{ address: safe, abi: safeAbi, functionName: 'getModulesPaginated' },
      args: ['0x0000000000000000000000000000000000000001', 5n],
    } as const)
    expect(modules).to.deep.equal([nvm])
    // keccak256 of "guard_manager.guard.address", "module_manager.module_guard.address", "fallback_manager.handler.address"
    expect(await wordAt('0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8')).to.equal(nvmGuard)
    expect(await wordAt('0xb104e0b93118902c651344349b610029d694cfdec91c589c91ebafbcd0289947')).to.equal(nvmGuard)
    expect(await wordAt('0x6c9a6c4a39284e37ed1cf53d337577d14212a4870fb976a4366c693b939918d5')).to.equal(fallbackHandler)
  })

  it('seats five accounts and a P-256 key that owns through a contract of its own', async () => {
    const { nvm, p256Verifier } = world.established
    const seatOf = (seatId: number) =>
      world.rpc.client.readContract({
        ...{ address: nvm, abi: nexusValidationModuleAbi, functionName: 'seatOf', args: [seatId] },
      } as const)
    for (const [seatId, { address }] of holders.entries())
      expect(await seatOf(seatId)).to.include({ owner: address, signer: address.toLowerCase() })
    const seat = await seatOf(P256_SEAT)
    expect(seat.signer).to.equal(concat([p256Verifier, pointOf(world.p256.publicKey)]).toLowerCase())
    expect(await world.rpc.client.getCode({ address: seat.owner })).to.match(/^0x../)
  })

  it('writes the class table of the whole suite, and protects itself', async () => {
    const { manifest, established } = world
    const table = { address: established.actionClasses, abi: actionClassesAbi } as const
    const of = Object.fromEntries(suiteContracts(manifest).map(({ name, address }) => [name, address]))
    for (const { contract, kind = 'plain', functions = {} } of classTable) {
      const target = of[contract] as Address
      const found = await world.rpc.client.readContract({ ...table, functionName: 'kindOf', args: [target] })
      expect(kindNames[found], contract).to.equal(kind)
      for (const [name, signatures] of Object.entries(functions))
        for (const signature of signatures) {
          const args = [target, toFunctionSelector(`function ${signature}`)] as const
          const entry = await world.rpc.client.readContract({ ...table, functionName: 'entryOf', args })
          expect(classNames[entry], `${contract}.${signature}`).to.equal(name)
        }
    }
    const { nvm, nvmGuard, constitution, safe } = established
    for (const target of [nvm, nvmGuard, constitution, safe, established.actionClasses]) {
      const kind = await world.rpc.client.readContract({ ...table, functionName: 'kindOf', args: [target] })
      expect(kindNames[kind]).to.equal('protected')
    }
  })

  it('says that it has been there already, and goes on where another run was interrupted', async () => {
    expect(await world.establish().catch(codeOf)).to.equal('nvm-established')
    // another term for the same owners is the same Safe
    const later = Number((await world.rpc.client.getBlock()).timestamp) + 86_400
    expect(await world.establish({ termEndsAt: later }).catch(codeOf)).to.equal('nvm-established')

    // other owners: everything of Safe is there, and is used again; then the installation fails, and is repeated
    const seats = [...world.seats.slice(1), ...world.seats.slice(0, 1)]
    const wrong = world.establish({
      seats,
      calls: ({ safe }) => [{ to: safe, value: 0n, data: '0xdeadbeef' }],
    })
    expect(await wrong.catch(codeOf)).to.equal('would-revert')
    const second = await world.establish({ seats, calls: () => [] })
    expect(second.safe).not.to.equal(world.established.safe)
    expect(second.safeSingleton).to.equal(world.established.safeSingleton)
    expect(await world.rpc.client.getCode({ address: SINGLETON_FACTORY })).to.match(/^0x../)
  })

  it('outlives a restart of the local chain', async () => {
    const journal = path.join(world.folder, 'copy.jsonl')
    await copyFile(path.join(world.folder, 'chain.jsonl'), journal)
    const again = await spawnLocalChain({ journal })
    try {
      const { client } = localRpc(again.url)
      const { safe, nvm } = world.established
      const read = { address: safe, abi: safeAbi, functionName: 'isModuleEnabled', args: [nvm] } as const
      expect(await client.readContract(read)).to.equal(true)
    } finally {
      await again.stop()
    }
  })

  it('refuses seats that cannot be, before anything is sent', async () => {
    const { seats } = world
    const before = await world.rpc.client.getBlockNumber()
    expect(await world.establish({ seats: seats.slice(1) }).catch(codeOf)).to.equal('bad-seats')
    const silent = seats.map(({ owner }) => ({
      owner: typeof owner === 'object' ? owner.address : holders[0]?.address,
    }))
    expect(await world.establish({ seats: silent as typeof seats }).catch(codeOf)).to.equal('too-few-signers')
    const twice = seats.map((seat, n) => (n === 1 ? (seats[0] ?? seat) : seat))
    expect(await world.establish({ seats: twice }).catch(codeOf)).to.equal('bad-seats')
    const short = seats.map(seat => ('p256' in seat ? { p256: '0x1234' as const } : seat))
    expect(await world.establish({ seats: short }).catch(codeOf)).to.equal('bad-seats')
    expect(await world.rpc.client.getBlockNumber()).to.equal(before)
  })
})
