import { expect } from 'chai'
import fc from 'fast-check'
import type { Constitution } from '../../../../types/ethers-contracts/index.ts'
import { type Condition, condition } from './with-conditions.ts'
import { addressOf, ethers, networkHelpers, ZeroAddress } from './world.ts'

const MOST = 2n ** 256n - 1n
const HOLDS = ethers.id('holds()').slice(0, 10)
const word = (value: bigint) => ethers.toBeHex(value, 32)

/** A constitution whose Safe is an account, and targets that answer as told. */
async function fixture() {
  const [safe, stranger] = await ethers.getSigners()
  if (!safe || !stranger) throw new Error('no accounts')
  const constitution = await ethers.deployContract('Constitution', [safe.address])
  const targets = await Promise.all([0, 1, 2].map(() => ethers.deployContract('Malformed')))
  const [told] = targets
  if (!told) throw new Error('no target')
  return {
    ...{ constitution, safe, stranger, targets, told },
    echo: await ethers.deployContract('Echo'),
    verbose: await ethers.deployContract('Verbose'),
  }
}
type World = Awaited<ReturnType<typeof fixture>>
/** Where a condition lies, by who has a fresh one each time it is asked: the n-th question to a target. */
const question = (n: number, length = 4) => ethers.concat([ethers.toBeHex(n, 4), new Uint8Array(length - 4)])

const plain = ({ target, gasCap, word: at, data, least, most }: Condition): Condition => ({
  ...{ target, gasCap: Number(gasCap), word: Number(at), data, least, most },
})
const listed = async (constitution: Constitution) => (await constitution.conditions()).map(one => plain(one as never))
const free: Condition = { target: ZeroAddress, gasCap: 0, word: 0, data: '0x', least: 0n, most: 0n }
const idOf = ({ target, word: at, data }: Condition) =>
  ethers.solidityPackedKeccak256(['address', 'uint8', 'bytes'], [target, at, data])

describe('The list of conditions', () => {
  let world: World
  let constitution: World['constitution']
  beforeEach(async () => {
    world = await networkHelpers.loadFixture(fixture)
    constitution = world.constitution
  })
  const asks = async (
    of: { getAddress(): Promise<string> },
    data: string,
    over: Parameters<typeof condition>[1] = {},
  ) => condition({ target: await addressOf(of), data }, over)
  const holds = async (one: Condition): Promise<boolean> => {
    await constitution.add([one])
    const index = (await constitution.conditions()).length - 1
    return ((await constitution.holding()) & (1n << BigInt(index))) !== 0n
  }
  /** What it said no with; null where it said nothing. */
  const refusal = (error: unknown) => {
    const { data } = error as { data?: unknown }
    return typeof data === 'string' ? constitution.interface.parseError(data) : null
  }
  const refused = async (added: Condition[], name: string, args: unknown[]) =>
    expect(constitution.add(added))
      .to.be.revertedWithCustomError(constitution, name)
      .withArgs(...args)

  it('is empty at first, and again when the last is taken out', async () => {
    const empty = async () => {
      expect(await constitution.conditions()).to.deep.equal([])
      expect(await constitution.holding()).to.equal(0n)
      await constitution.requireStill(MOST)
    }
    await empty()
    await constitution.add([await asks(world.echo, HOLDS)])
    await constitution.remove([0])
    await empty()
    await expect(constitution.remove([0]))
      .to.be.revertedWithCustomError(constitution, 'Constitution_UnknownIndex')
      .withArgs(0)
  })

  it('says in events what it has: everything of one that is added, index and id of one that goes', async () => {
    const one = await asks(world.echo, ethers.concat([HOLDS, word(5n)]), { word: 1, least: 2n, most: 9n })
    await expect(constitution.add([one]))
      .to.emit(constitution, 'ConditionAdded')
      .withArgs(0, idOf(one), one.target, one.gasCap, 1, one.data, 2n, 9n)
    await expect(constitution.remove([0]))
      .to.emit(constitution, 'ConditionRemoved')
      .withArgs(0, idOf(one))
  })

  it('is the Safe’s', async () => {
    const other = constitution.connect(world.stranger)
    for (const act of [other.add([]), other.remove([])])
      await expect(act)
        .to.be.revertedWithCustomError(constitution, 'Constitution_NotSafe')
        .withArgs(world.stranger.address)
  })

  it('keeps each one’s index when another is taken out, and gives away the lowest that is free', async () => {
    const all = await Promise.all([0, 1, 2, 3, 4].map(n => asks(world.echo, question(n, 5 + n))))
    await constitution.add(all.slice(0, 4))
    await constitution.remove([2, 0])
    expect(await listed(constitution)).to.deep.equal([free, all[1], free, all[3]])
    await constitution.add([all[4] as Condition])
    expect(await listed(constitution)).to.deep.equal([all[4], all[1], free, all[3]])
    await constitution.remove([3])
    expect(await listed(constitution)).to.deep.equal([all[4], all[1]])
  })

  it('takes sixty-four of the longest, in one contract’s code, and then no more', async () => {
    const longest = await Promise.all(
      Array.from({ length: 65 }, (_, n) =>
        asks(world.echo, question(n, 260), { word: 7, gasCap: 50_000, exactly: 0n }),
      ),
    )
    await constitution.add(longest.slice(0, 63))
    await refused(longest.slice(63), 'Constitution_Full', [64])
    await constitution.add(longest.slice(63, 64))
    expect(await listed(constitution)).to.deep.equal(longest.slice(0, 64))
    expect(await constitution.holding()).to.equal(2n ** 64n - 1n)
    await constitution.remove([63])
    expect(await constitution.holding()).to.equal(2n ** 63n - 1n)
  })

  describe('refuses', () => {
    it('a target without code, and a precompile', async () => {
      for (const target of [`0x${'5a'.repeat(20)}`, ethers.toBeHex(4, 20)])
        await refused([condition({ target, data: HOLDS })], 'Constitution_NoCode', [ethers.getAddress(target)])
    })

    it('a condition about the constitution itself', async () => {
      const data = constitution.interface.encodeFunctionData('conditions')
      await refused([await asks(constitution, data)], 'Constitution_AboutItself', [])
    })

    it('data without a selector, and more than eight words after one', async () => {
      for (const length of [0, 3, 261])
        await refused([await asks(world.echo, `0x${'00'.repeat(length)}`)], 'Constitution_DataLengthOutOfRange', [
          ...[length, 4, 260],
        ])
      for (const length of [4, 260]) await constitution.add([await asks(world.echo, question(9, length))])
    })

    it('bounds between which nothing lies', async () => {
      await refused([await asks(world.echo, HOLDS, { least: 2n, most: 1n })], 'Constitution_EmptyRange', [2, 1])
    })

    it('a cap below 10,000 or above 200,000, and caps of more than 3,200,000 together', async () => {
      for (const gasCap of [9_999, 200_001])
        await refused([await asks(world.echo, HOLDS, { gasCap })], 'Constitution_GasCapOutOfRange', [
          ...[gasCap, 10_000, 200_000],
        ])
      const sixteen = await Promise.all(
        Array.from({ length: 16 }, (_, n) => asks(world.echo, question(n), { gasCap: 200_000 })),
      )
      const least = await asks(world.echo, HOLDS, { gasCap: 10_000 })
      await refused([...sixteen, least], 'Constitution_GasCapsTooHigh', [3_210_000, 3_200_000])
      await constitution.add(sixteen)
      await refused([least], 'Constitution_GasCapsTooHigh', [3_210_000, 3_200_000])
      await constitution.remove([5])
      await constitution.add([least])
    })

    it('the same word of the same answer twice, whatever bounds and cap, added together or apart', async () => {
      const one = await asks(world.echo, HOLDS)
      const same = { ...one, gasCap: 60_000, least: 0n, most: MOST }
      await refused([one, same], 'Constitution_AlreadyAdded', [0, idOf(one)])
      const others = [
        { ...one, word: 1 },
        { ...one, target: await addressOf(world.verbose) },
        { ...one, data: `${HOLDS}00` },
      ]
      await constitution.add([others[0] as Condition, one, ...others.slice(1)])
      await refused([same], 'Constitution_AlreadyAdded', [1, idOf(one)])
      await constitution.remove([1])
      await constitution.add([same])
      expect((await listed(constitution))[1]).to.deep.equal(same)
    })
  })

  describe('takes for "does not hold"', () => {
    it('a word outside its bounds, which are unsigned and part of the range', async () => {
      const cases: [bigint, bigint, bigint, boolean][] = [
        [5n, 5n, 5n, true],
        [4n, 5n, 5n, false],
        [6n, 5n, 5n, false],
        [3n, 3n, 6n, true],
        [6n, 3n, 6n, true],
        [0n, 0n, 0n, true],
        [0n, 1n, MOST, false],
        [MOST, 1n, MOST, true],
        [MOST, 0n, MOST - 1n, false], // -1 is not less than 0
      ]
      for (const [n, [value, least, most, expected]] of cases.entries()) {
        await world.told.set(word(value))
        expect(
          await holds(await asks(world.told, question(n), { least, most })),
          `${value} in ${least}…${most}`,
        ).to.equal(expected)
      }
    })

    it('an answer that ends before its word, by one byte or by all', async () => {
      const cases: [string, number, boolean][] = [
        ['0x', 0, false],
        [`0x${'01'.repeat(31)}`, 0, false],
        [word(1n), 0, true],
        [word(1n), 1, false],
        [ethers.concat([word(0n), word(1n)]), 1, true],
        [ethers.concat([word(0n), word(1n), '0xff']), 1, true], // what follows is not looked at
        [ethers.concat([word(0n), word(1n).slice(0, -2)]), 1, false],
        [ethers.concat([word(1n), word(0n)]), 255, false],
      ]
      for (const [n, [answer, at, expected]] of cases.entries()) {
        await world.told.set(answer)
        const asked = await asks(world.told, question(n), { word: at, gasCap: 200_000 })
        expect(await holds(asked), `${(answer.length - 2) / 2} bytes, word ${at}`).to.equal(expected)
        await constitution.remove([0])
      }
      const long = (size: number) => world.verbose.interface.encodeFunctionData('answer', [size])
      const last = { word: 255, exactly: 0n }
      expect(await holds(await asks(world.verbose, long(32 * 256), last))).to.equal(true)
      expect(await holds(await asks(world.verbose, long(32 * 256 - 1), last))).to.equal(false)
    })

    it('a refusal, also one whose reason is the word; and whoever runs out of gas', async () => {
      const { interface: of } = world.verbose
      const answered = { exactly: 0n }
      expect(await holds(await asks(world.verbose, of.encodeFunctionData('answer', [32]), answered))).to.equal(true)
      expect(await holds(await asks(world.verbose, of.encodeFunctionData('refuse', [32]), answered))).to.equal(false)
      expect(await holds(await asks(world.verbose, of.encodeFunctionData('burn'), answered))).to.equal(false)
    })

    it('the state it would have changed: a condition only reads', async () => {
      const flag = await ethers.deployContract('Flag')
      expect(await holds(await asks(flag, flag.interface.encodeFunctionData('set', [false]), { least: 0n }))).to.equal(
        false,
      )
      expect(await flag.holds()).to.equal(true)
    })

    it('a target whose code is gone', async () => {
      const flag = await ethers.deployContract('Flag')
      expect(await holds(await asks(flag, HOLDS, { least: 0n, most: MOST }))).to.equal(true)
      await networkHelpers.setCode(await addressOf(flag), '0x')
      expect(await constitution.holding()).to.equal(0n)
    })

    it('a look within a look, which never has the gas for the look it is part of', async () => {
      const within = await ethers.deployContract('Within', [await addressOf(constitution)])
      const sees = (await asks(within, within.interface.encodeFunctionData('all'), { gasCap: 200_000 })) as Condition
      expect(await holds({ ...sees, least: 0n, most: MOST })).to.equal(false)
    })
  })

  it('gives what was asked to the target, byte for byte', async () => {
    const data = ethers.concat([HOLDS, ...[1n, 2n, 3n, MOST, 4n, 5n, 6n, 7n].map(word)])
    for (let at = 0; at < 8; at++)
      expect(
        await holds(
          await asks(world.echo, data, { word: at, exactly: BigInt(`0x${data.slice(2 + 64 * at, 66 + 64 * at)}`) }),
        ),
      ).to.equal(true)
  })

  it('does not pay for what a target returns', async () => {
    const gasFor = async (size: number) => {
      await constitution.add([
        await asks(world.verbose, world.verbose.interface.encodeFunctionData('answer', [size]), {
          ...{ gasCap: 200_000, exactly: 0n },
        }),
      ])
      const looked = { to: await addressOf(constitution), data: constitution.interface.encodeFunctionData('holding') }
      const receipt = await (await world.safe.sendTransaction({ ...looked, gasLimit: 1_000_000 })).wait()
      await constitution.remove([0])
      return receipt?.gasUsed ?? 0n
    }
    // 200 kB: memory of the target for 95,000 gas, within its cap; a copy would cost as much again, and more to bring here
    expect((await gasFor(200_000)) - (await gasFor(32))).to.be.below(96_000n)
    // a megabyte is above the cap: it does not hold, and costs the cap
    expect(await gasFor(1_000_000)).to.be.below(250_000n)
    expect(
      await holds(await asks(world.verbose, world.verbose.interface.encodeFunctionData('answer', [1_000_000]))),
    ).to.equal(false)
  })

  it('starves none of its cap: with every amount of gas each is asked with its cap, or all is refused', async () => {
    const { interface: of } = world.verbose
    // an answer that needs all but 300 of its cap
    const dear = await asks(world.verbose, of.encodeFunctionData('answer', [1]), { exactly: 0n, gasCap: 50_000 })
    let size = 130_000
    for (let step = 65_536; step >= 32; step /= 2) {
      const data = of.encodeFunctionData('answer', [size + step])
      await constitution.add([{ ...dear, data }])
      if ((await constitution.holding()) === 1n) size += step
      await constitution.remove([0])
    }
    const cheap = await asks(world.echo, question(0), { exactly: 0n, least: 0n, most: MOST, gasCap: 10_000 })
    await constitution.add([
      { ...dear, data: of.encodeFunctionData('answer', [size]) },
      { ...cheap, data: question(0, 36) },
    ])
    const outcomes = new Set<string>()
    for (let gasLimit = 30_000n; gasLimit < 120_000n; gasLimit += 250n)
      outcomes.add(await constitution.holding({ gasLimit }).then(String, error => refusal(error)?.name ?? 'out of gas'))
    // where the code is instrumented it can run out before it looks at all
    outcomes.delete('out of gas')
    expect([...outcomes].sort()).to.deep.equal(['3', 'Constitution_OutOfGas'])
  })

  it('is at an address nobody else can take, whatever they send there', async () => {
    const next = async () => ethers.getCreateAddress({ from: await addressOf(constitution), nonce: await nonceOf() })
    const nonceOf = async () => Number(await ethers.provider.getTransactionCount(await addressOf(constitution)))
    const place = await next()
    await world.stranger.sendTransaction({ to: place, value: 1n })
    const one = await asks(world.echo, HOLDS, { least: 0n, most: MOST })
    await constitution.add([one])
    expect(await ethers.provider.getStorage(await addressOf(constitution), 0)).to.equal(
      ethers.zeroPadValue(place, 32).toLowerCase(),
    )
    // and does nothing when it is called
    expect(await ethers.provider.call({ to: place, data: HOLDS })).to.equal('0x')
    expect((await ethers.provider.getCode(place)).slice(0, 4)).to.equal('0x00')
    expect(await listed(constitution)).to.deep.equal([one])
  })

  describe('against a naive reference', function () {
    this.timeout(240_000)
    const bytes = (least: number, most: number) =>
      fc.uint8Array({ minLength: least, maxLength: most }).map(one => ethers.hexlify(one))
    /** Near what targets answer, so that bounds are met and missed. */
    const number = fc.oneof(fc.constantFrom(0n, 1n, 2n, MOST - 1n, MOST), fc.bigInt(0n, MOST))
    const condition = fc.record({
      on: fc.nat(3), // the last echoes
      gasCap: fc.constantFrom(40_000, 49_999, 57_000),
      word: fc.oneof({ weight: 9, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(255) }),
      data: fc.oneof(
        bytes(4, 12),
        bytes(32, 260),
        // bytes that could be a head, bounds and data of their own
        fc
          .tuple(bytes(4, 4), fc.array(number, { maxLength: 8 }))
          .map(([to, of]) => ethers.concat([to, ...of.map(word)])),
      ),
      bounds: fc.tuple(number, number).map(([a, b]) => (a < b ? { least: a, most: b } : { least: b, most: a })),
    })
    const answer = fc.oneof(
      fc.array(number, { maxLength: 4 }).map(all => ethers.concat(all.map(word))),
      bytes(0, 130),
    )
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ add: fc.array(condition, { maxLength: 4 }) }) },
      { weight: 2, arbitrary: fc.record({ remove: fc.nat(9) }) },
      { weight: 4, arbitrary: fc.record({ on: fc.nat(2), answer }) },
    )

    /** What the interface says, without a packed byte. */
    function naive(answers: string[], { data, word: at, least, most }: Condition, on: number): boolean {
      const said = on === 3 ? data : (answers[on] ?? '0x')
      if (ethers.dataLength(said) < 32 * (at + 1)) return false
      const value = BigInt(ethers.dataSlice(said, 32 * at, 32 * at + 32))
      return value >= least && value <= most
    }

    it('says of random conditions, added, taken out and answered in any order, what the reference says', async () => {
      const { echo, targets } = world
      const addresses = await Promise.all([...targets, echo].map(addressOf))
      const property = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async steps => {
        await networkHelpers.loadFixture(fixture)
        const places: (Condition | undefined)[] = []
        const answers = ['0x', '0x', '0x']
        let before = 0n
        for (const one of steps) {
          if ('add' in one) {
            const added = one.add.map(
              ({ on, bounds, ...rest }): Condition => ({ target: addresses[on] ?? ZeroAddress, ...rest, ...bounds }),
            )
            const ids = [...places.flatMap(other => other ?? []), ...added].map(idOf)
            if (new Set(ids).size < ids.length) continue // refused: a test of its own
            await constitution.add(added)
            for (const each of added) {
              const hole = places.findIndex(place => !place)
              places[hole < 0 ? places.length : hole] = each
            }
          } else if ('remove' in one) {
            if (!places[one.remove]) {
              await expect(constitution.remove([one.remove])).to.be.revertedWithCustomError(
                ...([constitution, 'Constitution_UnknownIndex'] as const),
              )
              continue
            }
            await constitution.remove([one.remove])
            places[one.remove] = undefined
            while (places.length && !places.at(-1)) places.pop()
          } else {
            answers[one.on] = one.answer
            await targets[one.on]?.set(one.answer)
          }
          const expected = places.map(
            place => place !== undefined && naive(answers, place, addresses.indexOf(place.target)),
          )
          const bitmap = expected.reduce((all, held, n) => (held ? all | (1n << BigInt(n)) : all), 0n)
          expect(await listed(constitution)).to.deep.equal(places.map(place => place ?? free))
          expect(await constitution.holding()).to.equal(bitmap)
          const lost = places.findIndex((place, n) => place && before & (1n << BigInt(n)) && !expected[n])
          if (lost < 0) await constitution.requireStill(before)
          else {
            const error = await constitution.requireStill(before).catch(refusal)
            const index = Number(error?.args[0])
            expect(places[index] && before & (1n << BigInt(index)) && !expected[index]).to.equal(true)
          }
          before = bitmap
        }
      })
      await fc.assert(property, { numRuns: 40, seed: 42 })
    })
  })
})
