import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { parseUtcSeconds } from '@nexus/kit/time'
import { type Account, accounts } from '@nexus/local/accounts'
import { expect } from 'chai'
import type { Run } from './records.ts'
import { type RoundsWorld, startRounds, UNIT } from './rounds-world.ts'

const page = readFileSync(new URL('../../../docs/rounds.md', import.meta.url), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text)
const { governor, attester, reviewer, keeper, people, projects, pretenders } = accounts
// as many as the list has
const [wells, seed, roof] = projects as unknown as [Account, Account, Account]
const [ana, ben, cem, dia] = people as unknown as [Account, Account, Account, Account]
const who: Record<string, Account> = {
  'the city': governor,
  'the reviewer': reviewer,
  anyone: keeper,
  'a project: wells': wells,
  'a project: seed': seed,
  'a project: roof': roof,
  'a resident: ana': ana,
  'a resident: ben': ben,
  'a resident: cem': cem,
  'a resident: dia': dia,
}

/** As a shell would take it apart. */
const words = (line: string) => [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''))

describe('the page on rounds', function () {
  this.timeout(600_000)
  let world: RoundsWorld
  const names: Record<string, string> = {}
  const runs: { line: string; run: Run }[] = []

  before(async () => {
    world = await startRounds()
    Object.assign(names, {
      ...{ ATTESTER: attester.address, REVIEWER: reviewer.address, CITY: governor.address },
      ...{ WELLS: wells.address, SEED: seed.address, ROOF: roof.address },
      ...{ DIA: dia.address, WELLS_BANK: pretenders[0].address },
    })
    for (const [n, name] of ['ANA', 'BEN', 'CEM', 'DIA'].entries())
      names[`ATTESTED_${name}`] = await world.attest(people[n] as Account)
    for (const name of ['wells', 'seed', 'roof']) await writeFile(world.file(`${name}.md`), `what ${name} is about\n`)
  })
  after(() => world?.stop())

  const filled = (text: string) =>
    text.replace(/\$([A-Z_]+)/g, (_, name: string) => names[name] ?? expect.fail(`nothing says what $${name} is`))

  /** Names files of the page by where they are here. */
  const placed = (word: string) => (/^[a-z]+\.(md|json|ballot)$/.test(word) ? world.file(word) : word)

  async function run(actor: Account, line: string): Promise<Run> {
    const [program, ...args] = words(filled(line))
    expect(program).to.equal('nexus')
    const isLook = args[1] === 'show' || args[1] === 'person'
    const isSigned = args[1] === 'sign-ballot'
    const more = isLook ? [] : ['--key-env', 'THE_KEY', ...(isSigned ? [] : ['--yes'])]
    const done = await world.nexus(actor, ...args.map(placed), ...world.on, ...more, '--json')
    expect(done.status, `${line}: ${done.stderr}`).to.equal(0)
    return done
  }

  it('is what happens, line by line', async () => {
    let actor: Account | undefined
    const [terms = ''] = blocks('json')
    for (const line of blocks('sh').join('').split('\n').filter(Boolean)) {
      const said = /^# (.*)$/.exec(line)?.[1]
      const from = said && /^from (\S+) on$/.exec(said)?.[1]
      if (from) await world.clock.moveTo(parseUtcSeconds(from))
      else if (said) actor = who[said] ?? expect.fail(`nobody is called "${said}"`)
      else {
        if (line.includes('terms.json')) await writeFile(world.file('terms.json'), filled(terms))
        const done = await run(actor ?? expect.fail('nobody types this'), line)
        const { effects, gate } = done.json()
        if (gate) names['GATE'] = gate
        if (effects?.round && !names['ROUND']) names['ROUND'] = effects.round
        runs.push({ line, run: done })
      }
    }
  })

  const ran = (start: string) =>
    runs.filter(({ line }) => line.startsWith(`nexus round ${start}`)).map(one => one.run.json())

  it('gives by permit: the first time without an approval, and what is changed moves only the difference', () => {
    const [first, second] = ran('give')
    expect(first.effects).to.deep.include({ permits: 1 })
    expect(first.transactions.map((tx: { label: string }) => tx.label)).to.deep.equal(['contributeWithPermit'])
    expect(first.effects.changes).to.deep.equal([{ token: 0, due: `${50n * UNIT}`, back: '0' }])
    expect(second.effects.changes).to.deep.equal([{ token: 0, due: '0', back: `${10n * UNIT}` }])
  })

  it('shows what would be matched, as the contract counts, and that a paid gift is the signer’s', () => {
    const [shown] = ran('show')
    expect(shown).to.include({ phase: 'contribution', until: '2026-03-24T00:00:00Z' })
    expect(shown.differences).to.deep.equal([])
    expect(shown.projects.map((one: { contributors: number }) => one.contributors)).to.deep.equal([3, 2])
    const [person] = ran('person')
    expect(person).to.deep.include({ isRegistered: true, isRevoked: false, nonce: '1' })
    expect(person.gifts).to.deep.equal([{ projectId: 0, units: `${25n * UNIT}` }])
    expect(ran('relay')[0].effects).to.include({ contributor: dia.address, payer: governor.address })
  })

  it('matches what it said, to the unit, and pays all of it', async () => {
    const [pushed] = ran('push')
    const final = (await world.look('round', 'show', names['ROUND'] ?? '')).json()
    expect(final).to.include({ phase: 'payout', leftoverAssets: '0' })
    const [toWells, toSeed] = final.projects.map((one: { matchedAssets: string }) => BigInt(one.matchedAssets))
    expect(BigInt(pushed.effects.matchedAssets)).to.equal(toWells + toSeed)
    expect(toWells).to.equal(5_000n * UNIT) // the cap
    const first = (matched: bigint) => (matched * 6_000n) / 10_000n
    expect(await world.balance(wells.address)).to.equal(95n * UNIT + first(toWells))
    expect(await world.balance(pretenders[0].address)).to.equal(toWells - first(toWells))
    expect(await world.balance(seed.address)).to.equal(90n * UNIT + first(toSeed))
    const left = ran('leftover')[0].effects.assets
    expect(BigInt(left)).to.equal(10_000n * UNIT - toWells - first(toSeed))
  })
})
