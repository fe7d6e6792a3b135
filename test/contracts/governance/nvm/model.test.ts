import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import {
  BREAK_GLASS,
  BROKEN_CHECK,
  CLASSES,
  type ClassName,
  CONTENTS,
  classOf,
  dissentSeconds,
  everySeats,
  everySystem,
  LEAST_SEATS,
  MOST_SEATS,
  page,
  passesAgainst,
  RULES,
  reach,
  secondsToMend,
  worstSecondsToExecute,
} from './model.ts'
import {
  addressOf,
  Choice,
  Class,
  call,
  deploy,
  hash,
  networkHelpers,
  note,
  open,
  pauseCall,
  State,
  safeCall,
  vote,
  type World,
} from './world.ts'

const ANY = ['yes', 'no', 'veto', 'abstain'] as const
const AGAINST = ['no', 'veto', 'abstain'] as const
const SIZES = Array.from({ length: MOST_SEATS }, (_, i) => i + 1)

describe('The model of the NVM, in every state there is', () => {
  it('executes nothing below its class’s quorum, nor past its vetoes, whoever the seats are', () => {
    let [states, executed] = [0, 0]
    for (const n of SIZES)
      for (const seats of everySeats(n))
        for (const name of CLASSES)
          for (const state of reach(seats, RULES[name], ANY)) {
            states++
            if (state.phase !== 'executed') continue
            executed++
            const { yesHonest, yesCompromised, veto, no, abstain } = state
            expect(yesHonest + yesCompromised).to.be.at.least(RULES[name].yes)
            expect(veto).to.be.below(RULES[name].vetoes)
            expect(yesHonest + yesCompromised + veto + no + abstain).to.be.at.most(seats.honest + seats.compromised)
          }
    expect(states).to.be.above(100_000)
    expect(executed).to.be.above(1_000)
    console.log(`      ${states} states of ${SIZES.length} sizes, ${executed} of them executed`)
  })

  it('executes against all honest seats only with a class’s whole quorum lost: for every n and m', () => {
    for (const n of SIZES)
      for (const seats of everySeats(n))
        for (const name of CLASSES) {
          const executed = reach(seats, RULES[name], AGAINST).some(state => state.phase === 'executed')
          expect(executed, JSON.stringify({ seats, name })).to.equal(seats.compromised >= RULES[name].yes)
          expect(passesAgainst(seats, RULES[name]) === 'never').to.equal(!executed)
        }
  })

  it('kills what honest seats oppose before its delay is over, once as many of them are awake as a veto takes', () => {
    for (const n of SIZES)
      for (const seats of everySeats(n))
        for (const name of ['ratification', 'constitutional'] as const) {
          if (seats.honest < RULES[name].vetoes) continue
          // from every state in which it has passed and waits, two vetoes lead to its end
          for (const state of reach(seats, RULES[name], [])) {
            if (state.phase !== 'passed') continue
            const left = state.honestLeft
            expect(state.veto + left).to.be.at.least(RULES[name].vetoes)
          }
        }
  })

  it('moves no funds by emergency, and touches no rule below the constitutional class, in any bundle of contents', () => {
    for (let bundle = 1; bundle < 1 << CONTENTS.length; bundle++) {
      const contents = CONTENTS.filter((_, i) => bundle & (1 << i))
      const name = classOf(contents)
      if (name === 'emergency') expect(contents).to.deep.equal(['pause'])
      if (contents.includes('rules')) expect(name).to.equal('constitutional')
      if (contents.includes('transfer')) expect(name).not.to.equal('emergency')
    }
  })

  it('locks out no five honest seats: they pass every class, by decision or past the module', () => {
    for (let n = LEAST_SEATS; n <= MOST_SEATS; n++)
      for (const seats of everySeats(n)) {
        if (seats.honest < 5) continue
        for (const name of CLASSES) {
          const byDecision = worstSecondsToExecute(name, seats)
          const { yes, vetoes, delay } = RULES[name]
          const stopped = seats.compromised >= vetoes
          expect(byDecision === null, JSON.stringify({ seats, name })).to.equal(stopped)
          // the owners' own transaction asks for five signatures and knows no veto
          if (stopped) expect(seats.honest).to.be.at.least(BREAK_GLASS.signatures)
          else expect(byDecision).to.be.at.most(delay + Math.max(delay, 24 * 3600))
          expect(seats.honest).to.be.at.least(yes)
        }
      }
  })

  it('lets them mend whatever is broken, but two guards at once, whatever the other seats do', () => {
    let longest = 0
    for (const system of everySystem())
      for (let enemies = 0; enemies <= MOST_SEATS - 5; enemies++) {
        const seconds = secondsToMend(system, enemies)
        const bothGuards = !system.transactionGuard && !system.moduleGuard
        // with the owners' own way closed, what is left is a decision: it takes terms that run, and fewer enemies than a veto
        const noDecision = !system.transactionGuard && (system.lapsed || enemies >= RULES.constitutional.vetoes)
        expect(seconds === null, JSON.stringify({ system, enemies })).to.equal(bothGuards || noDecision)
        longest = Math.max(longest, seconds ?? 0)
      }
    // two checks that break each other's removal behind a broken guard: 21 d, then 7 d, then the guard 7 d, each with a dissent
    expect(longest).to.equal(BROKEN_CHECK + 2 * RULES.constitutional.delay + 3 * dissentSeconds('constitutional', 1))
  })
})

describe('The contracts', () => {
  let world: World
  beforeEach(async () => {
    world = await networkHelpers.loadFixture(deploy)
  })
  const content = async (name: ClassName) =>
    ({
      emergency: () => pauseCall(world),
      ordinary: () => note(world),
      ratification: async () =>
        call(
          await addressOf(world.registry),
          world.registry.interface.encodeFunctionData('rule', [hash('pack'), true, hash('why')]),
        ),
      constitutional: () => safeCall(world, 'changeThreshold', [4]),
    })[name]()

  it('have the constants of the model', async () => {
    for (const name of CLASSES) {
      const rule = await world.module.ruleOf(Class[name])
      const { yes, vetoes, delay, vote: voting, grace } = RULES[name]
      expect(
        [rule.yes, rule.vetoes, rule.delaySeconds, rule.voteSeconds, rule.graceSeconds].map(Number),
        name,
      ).to.deep.equal([yes, vetoes, delay, voting, grace])
      for (let dissents = 0; dissents <= MOST_SEATS; dissents++) {
        const onChain = Math.min(dissents * Number(rule.dissentSeconds), Number(rule.mostDissentSeconds))
        expect(onChain, `${name}, ${dissents} dissents`).to.equal(dissentSeconds(name, dissents))
      }
    }
    expect(await world.module.BROKEN_CHECK_SECONDS()).to.equal(BROKEN_CHECK)
    expect(await world.guard.BREAK_GLASS_SIGNATURES()).to.equal(BREAK_GLASS.signatures)
    expect(await world.guard.ANNOUNCE_SECONDS()).to.equal(BREAK_GLASS.announced)
  })

  it('are in the state of the model for every count of ballots of six seats', async function () {
    this.timeout(240_000)
    let cases = 0
    for (const name of CLASSES) {
      const rule = RULES[name]
      const decision = await open(world, [await content(name)])
      const snapshot = await networkHelpers.takeSnapshot()
      for (let yes = 0; yes <= 6; yes++)
        for (let no = 0; yes + no <= 6; no++)
          for (let veto = 0; yes + no + veto <= 6; veto++) {
            const others = 6 - yes - no - veto
            // of the rest, one abstains and one is recused, where there are so many
            const rest = [Choice.abstain, Choice.recuse].slice(0, others)
            const choices = [
              ...Array.from({ length: veto }, () => Choice.veto),
              ...Array.from({ length: no }, () => Choice.no),
              ...rest,
              ...Array.from({ length: yes }, () => Choice.yes),
            ]
            if (choices.length === 0) continue
            await vote(world, decision.id, Object.fromEntries(choices.map((choice, seat) => [seat, choice])))
            const passed = dissentSeconds(name, no + veto) + rule.delay > 0 ? State.passed : State.ready
            const expected = veto >= rule.vetoes ? State.killed : yes >= rule.yes ? passed : State.open
            expect(await world.module.stateOf(decision.id), JSON.stringify({ name, yes, no, veto })).to.equal(expected)
            cases++
            await snapshot.restore()
          }
    }
    expect(cases).to.equal(4 * 84)
  })

  it('take the times that the page says: `NEXUS_GOVERNANCE=write` writes it anew', () => {
    const file = fileURLToPath(new URL('../../../../docs/governance.md', import.meta.url))
    const text = readFileSync(file, 'utf8')
    const [begin, end] = ['<!-- computed -->\n', '\n<!-- /computed -->']
    const written = text.slice(0, text.indexOf(begin) + begin.length) + page() + text.slice(text.indexOf(end))
    expect(text).to.contain(begin).and.to.contain(end)
    if (process.env['NEXUS_GOVERNANCE'] === 'write') writeFileSync(file, written)
    else expect(text).to.equal(written)
  })
})
