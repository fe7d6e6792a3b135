/**
 * How seats decide, once more, from the design and not from the contract: small enough to look at every state there is.
 * Seats of one kind are alike, so a state counts them. Time is only which side of a boundary it is on: whoever acts may act at
 * the worst moment.
 */
export const HOUR = 3600
export const DAY = 24 * HOUR

export type ClassName = 'emergency' | 'ordinary' | 'ratification' | 'constitutional'
/** What a decision would do; its class follows. */
export type Content = 'pause' | 'listed act' | 'transfer' | 'specification' | 'rules'
export const CONTENTS: readonly Content[] = ['pause', 'listed act', 'transfer', 'specification', 'rules']

export interface ModelRule {
  yes: number
  vetoes: number
  delay: number
  vote: number
  grace: number
}

/** As the design says it. */
export const RULES: Record<ClassName, ModelRule> = {
  emergency: { yes: 2, vetoes: 3, delay: 0, vote: DAY, grace: DAY },
  ordinary: { yes: 3, vetoes: 3, delay: 0, vote: 7 * DAY, grace: 14 * DAY },
  ratification: { yes: 4, vetoes: 2, delay: 2 * DAY, vote: 14 * DAY, grace: 14 * DAY },
  constitutional: { yes: 5, vetoes: 2, delay: 7 * DAY, vote: 14 * DAY, grace: 28 * DAY },
}
export const CLASSES = Object.keys(RULES) as ClassName[]
export const BREAK_GLASS = { signatures: 5, announced: 7 * DAY }
export const BROKEN_CHECK = 21 * DAY
export const LEAST_SEATS = 5
export const MOST_SEATS = 7

/** Any content in one decision: the highest wins. Sending money is at least ordinary, whatever it is bundled with. */
export function classOf(contents: readonly Content[]): ClassName {
  if (contents.includes('rules')) return 'constitutional'
  if (contents.includes('specification')) return 'ratification'
  return contents.some(content => content !== 'pause') ? 'ordinary' : 'emergency'
}

/** Seconds that dissents add: a quarter of the delay each, at least 12 h; in all the delay again, at least a day; none in an emergency. */
export function dissentSeconds(name: ClassName, dissents: number): number {
  if (name === 'emergency') return 0
  const { delay } = RULES[name]
  return Math.min(dissents * Math.max(delay / 4, 12 * HOUR), Math.max(delay, DAY))
}

/** Seats by what they are. */
export interface Seats {
  honest: number
  offline: number
  compromised: number
  recused: number
}

export function* everySeats(n: number): Generator<Seats> {
  for (let honest = 0; honest <= n; honest++)
    for (let compromised = 0; honest + compromised <= n; compromised++)
      for (let recused = 0; honest + compromised + recused <= n; recused++)
        yield { honest, compromised, recused, offline: n - honest - compromised - recused }
}

/** Ballots by who cast them. `yesHonest`: the others are of compromised seats. */
export interface State {
  yesHonest: number
  yesCompromised: number
  no: number
  veto: number
  abstain: number
  /** honest and compromised seats that have not answered */
  honestLeft: number
  compromisedLeft: number
  phase: 'open' | 'passed' | 'ready' | 'executed' | 'killed' | 'expired'
}

const begin = (seats: Seats): State => ({
  yesHonest: 0,
  yesCompromised: 0,
  no: 0,
  veto: 0,
  abstain: 0,
  honestLeft: seats.honest,
  compromisedLeft: seats.compromised,
  phase: 'open',
})

/** What may happen next: any seat that is awake answers anything, time passes a boundary, somebody executes. */
export function nextOf(
  state: State,
  rule: ModelRule,
  honestMay: readonly ('yes' | 'no' | 'veto' | 'abstain')[],
): State[] {
  if (state.phase === 'executed' || state.phase === 'killed' || state.phase === 'expired') return []
  const next: State[] = []
  const answered = (who: 'honest' | 'compromised', change: Partial<State>) => {
    const after = { ...state, ...change }
    if (who === 'honest') after.honestLeft--
    else after.compromisedLeft--
    if (after.veto >= rule.vetoes) after.phase = 'killed'
    else if (after.phase === 'open' && after.yesHonest + after.yesCompromised >= rule.yes)
      after.phase = rule.delay === 0 ? 'ready' : 'passed'
    // a dissent moves what is ready back behind its delay, where there is one
    else if (after.phase === 'ready' && after.no + after.veto > state.no + state.veto) after.phase = 'passed'
    next.push(after)
  }
  const all = ['yes', 'no', 'veto', 'abstain'] as const
  for (const who of ['honest', 'compromised'] as const) {
    if ((who === 'honest' ? state.honestLeft : state.compromisedLeft) === 0) continue
    for (const choice of who === 'honest' ? honestMay : all) {
      if (choice === 'yes')
        answered(
          who,
          who === 'honest' ? { yesHonest: state.yesHonest + 1 } : { yesCompromised: state.yesCompromised + 1 },
        )
      else answered(who, { [choice]: state[choice] + 1 })
    }
  }
  if (state.phase === 'open') next.push({ ...state, phase: 'expired' })
  if (state.phase === 'passed') next.push({ ...state, phase: 'ready' })
  if (state.phase === 'ready') next.push({ ...state, phase: 'executed' }, { ...state, phase: 'expired' })
  return next
}

const keyOf = (state: State) => Object.values(state).join()

/** Every state that can be reached. */
export function reach(
  seats: Seats,
  rule: ModelRule,
  honestMay: readonly ('yes' | 'no' | 'veto' | 'abstain')[],
): State[] {
  const first = begin(seats)
  const seen = new Map([[keyOf(first), first]])
  for (const queue = [first]; queue.length > 0; ) {
    const state = queue.pop()
    if (!state) break
    for (const next of nextOf(state, rule, honestMay)) {
      const key = keyOf(next)
      if (seen.has(key)) continue
      seen.set(key, next)
      queue.push(next)
    }
  }
  return [...seen.values()]
}

/** Whether lost seats can have it executed while every honest seat that is awake answers with a veto as soon as it can. */
export function passesAgainst(seats: Seats, rule: ModelRule): 'never' | 'yes' | 'unless vetoed in time' {
  if (seats.compromised < rule.yes) return 'never'
  if (rule.delay === 0) return 'yes'
  return seats.honest >= rule.vetoes ? 'unless vetoed in time' : 'yes'
}

/** The longest it takes from opening to execution when the honest vote at once and lost seats do what delays most; null: they can stop it. */
export function worstSecondsToExecute(name: ClassName, seats: Seats): number | null {
  const rule = RULES[name]
  if (seats.honest < rule.yes) return null
  let worst: number | null = null
  for (let no = 0; no <= seats.compromised; no++)
    for (let veto = 0; no + veto <= seats.compromised; veto++) {
      if (veto >= rule.vetoes) return null
      worst = Math.max(worst ?? 0, rule.delay + dissentSeconds(name, no + veto))
    }
  return worst
}

/** What could be broken at a time, and what five honest seats can do about it. */
export interface System {
  transactionGuard: boolean
  moduleGuard: boolean
  checks: 'sound' | 'one broken' | 'two that break each other’s removal'
  lapsed: boolean
}
export const SOUND: System = { transactionGuard: true, moduleGuard: true, checks: 'sound', lapsed: false }

export function* everySystem(): Generator<System> {
  for (const transactionGuard of [true, false])
    for (const moduleGuard of [true, false])
      for (const checks of ['sound', 'one broken', 'two that break each other’s removal'] as const)
        for (const lapsed of [true, false]) yield { transactionGuard, moduleGuard, checks, lapsed }
}

/** One act of five honest seats, and the longest it takes. `enemies`: lost seats, that veto and dissent. */
export function mend(system: System, enemies: number): { after: System; seconds: number; by: string }[] {
  const acts: { after: System; seconds: number; by: string }[] = []
  if (system.transactionGuard) {
    // past the module: no veto, no term, no check; each thing that is broken, or all in one batch
    acts.push({ after: SOUND, seconds: BREAK_GLASS.announced, by: 'owners' })
  }
  const canVote = system.moduleGuard && !system.lapsed && enemies < RULES.constitutional.vetoes
  const dissent = dissentSeconds('constitutional', enemies)
  if (canVote && system.checks === 'sound')
    acts.push({
      after: { ...system, transactionGuard: true },
      seconds: RULES.constitutional.delay + dissent,
      by: 'decision',
    })
  if (canVote && system.checks === 'one broken')
    acts.push({ after: { ...system, checks: 'sound' }, seconds: RULES.constitutional.delay + dissent, by: 'removal' })
  if (canVote && system.checks === 'two that break each other’s removal')
    acts.push({
      after: { ...system, checks: 'one broken' },
      seconds: BROKEN_CHECK + dissent,
      by: 'removal after 21 days',
    })
  return acts
}

/** Least seconds in which five honest seats make everything sound again, against so many enemies; null: locked out. */
export function secondsToMend(system: System, enemies: number): number | null {
  const same = (a: System, b: System) => JSON.stringify(a) === JSON.stringify(b)
  if (same(system, SOUND)) return 0
  let best: number | null = null
  for (const { after, seconds } of mend(system, enemies)) {
    if (same(after, system)) continue
    const rest = secondsToMend(after, enemies)
    if (rest !== null && (best === null || rest + seconds < best)) best = rest + seconds
  }
  return best
}

// —— the page ————————————————————————————————————————————————————————————————————————————————————————————————

export function spell(seconds: number): string {
  const [days, hours] = [Math.floor(seconds / DAY), (seconds % DAY) / HOUR]
  return [days ? `${days} d` : '', hours ? `${hours} h` : ''].filter(Boolean).join(' ') || '0'
}

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')

/** Six seats. */
export function page(): string {
  const six = (compromised: number, honest = 6 - compromised): Seats => ({
    honest,
    compromised,
    recused: 0,
    offline: 6 - compromised - honest,
  })
  const times = CLASSES.map(name => {
    const rule = RULES[name]
    const worst = Math.max(...Array.from({ length: 7 }, (_, lost) => worstSecondsToExecute(name, six(lost)) ?? 0))
    const longest = rule.vote + rule.delay + dissentSeconds(name, 6 - rule.yes)
    return [
      name,
      spell(rule.delay),
      spell(worst),
      spell(longest),
      rule.delay ? `${spell(rule.delay)} after the quorum` : 'none: before the quorum only',
    ]
  })
  const lost = Array.from({ length: 7 }, (_, m) => [
    String(m),
    ...CLASSES.map(name => passesAgainst(six(m), RULES[name])),
  ])
  const stop = Array.from({ length: 7 }, (_, m) => [
    String(m),
    ...CLASSES.map(name => {
      const worst = worstSecondsToExecute(name, six(m))
      return worst === null ? 'stopped' : spell(worst)
    }),
  ])
  return [
    '### Times',
    'Six seats. *At best*: all vote at once, nobody dissents. *At worst, at once*: all who want it vote at once, and the rest do whatever delays it most.',
    '*At worst, late*: the quorum is reached in the last second of the vote, against the most dissents. *To veto*: how long a passed decision waits, at least, for whoever wants to stop it.',
    '',
    table(['Class', 'To execute at best', 'At worst, at once', 'At worst, late', 'To veto'], times),
    '',
    '### What so many lost seats can have done',
    'Six seats, the others honest and awake. *Yes*: nobody can stop it. *Unless vetoed in time*: two honest vetoes within its delay kill it.',
    '',
    table(['Lost', ...CLASSES], lost),
    '',
    '### How long so many lost seats can hold up the others',
    'Six seats, the others honest, awake and of one mind. *Stopped*: by vetoes, or because too few are left. Constitutional acts then remain to five owners past the module.',
    '',
    table(['Lost', ...CLASSES], stop),
  ].join('\n')
}
