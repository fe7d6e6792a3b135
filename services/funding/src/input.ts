import { inputError } from '@nexus/kit/errors'
import { csvReader } from './csv.ts'
import { lineOfEntry, parseList } from './json.ts'
import { MOST_AMOUNT, ROUND_LIMITS, type Round, type RoundLimits, roundGatherer, talliesGatherer } from './round.ts'
import { type Span, spanOf, textOf, wholeOf } from './span.ts'

/** The two forms of an input: who gave what, or what is known of each project. */
const FORMS = {
  contributions: ['project', 'contributor', 'amount'],
  tallies: ['project', 'sqrtSum', 'contributed'],
} as const
type Form = keyof typeof FORMS

/** Longer names are attacks on the memory, or on the reader. */
const MOST_NAME_BYTES = 256
const MOST_DIGITS = MOST_AMOUNT.toString().length

type Refuse = (code: string, what: string) => Error

/** Takes the values of one row, in the order of its form. */
interface Taking {
  /** @param row its number, which tells a row from another */
  take: (values: readonly [Span, Span, Span], row: number, refuse: Refuse) => void
  round: () => Round
}

function takingOf(form: Form, limits: RoundLimits, rowText: 'on line' | 'as entry'): Taking {
  if (form === 'contributions') {
    const { addSpans, round } = roundGatherer(limits)
    return {
      round,
      take([project, contributor, amount], _, refuse) {
        checkName('project', project, refuse)
        checkName('contributor', contributor, refuse)
        addSpans(project, contributor, amountOf('amount', amount, refuse))
      },
    }
  }
  const { add, round } = talliesGatherer(limits)
  return {
    round,
    take([name, roots, sum], row, refuse) {
      checkName('project', name, refuse)
      const [project, sqrtSum] = [textOf(name), amountOf('sqrtSum', roots, refuse)]
      const before = add({ project, sqrtSum, contributed: amountOf('contributed', sum, refuse) }, row)
      if (before !== null)
        throw refuse('duplicate-project', `"${excerpt(project)}" has a tally already, ${rowText} ${before}`)
    },
  }
}

/** Hostile text is quoted in messages only up to so many characters. */
const excerpt = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

function checkName(column: string, { from, to }: Span, refuse: Refuse): void {
  if (from === to) throw refuse('empty-name', `${column} is empty`)
  if (to - from > MOST_NAME_BYTES) throw refuse('name-too-long', `${column} has more than ${MOST_NAME_BYTES} bytes`)
}

function amountOf(column: string, span: Span, refuse: Refuse): bigint {
  const digits = span.to - span.from
  const amount = digits > MOST_DIGITS ? null : wholeOf(span)
  if (amount !== null && amount <= MOST_AMOUNT) return amount
  const text = textOf(span)
  if (/^\d+$/.test(text)) throw refuse('amount-too-large', `${column} has ${digits} digits: no token's reaches 2^256`)
  if (/^-\d/.test(text)) throw refuse('negative-amount', `${column} is negative: ${excerpt(text)}`)
  throw refuse('bad-amount', `${column} must be a whole number of base units, not "${excerpt(text)}"`)
}

/** Which form has these names, and where each of its columns stands. */
function formOf(names: readonly string[], refuse: Refuse): { form: Form; places: readonly [number, number, number] } {
  const form: Form = names.includes('sqrtSum') || names.includes('contributed') ? 'tallies' : 'contributions'
  const columns: readonly [string, string, string] = FORMS[form]
  const forms = Object.values(FORMS)
    .map(list => list.join(','))
    .join(' or ')
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw refuse('duplicate-column', `"${excerpt(twice)}" comes twice`)
  const unknown = names.find(name => !columns.includes(name))
  if (unknown !== undefined) throw refuse('unknown-column', `"${excerpt(unknown)}" is no column: a round has ${forms}`)
  const missing = columns.find(column => !names.includes(column))
  if (missing !== undefined) throw refuse('no-column', `"${missing}" is missing: a round has ${forms}`)
  return { form, places: [names.indexOf(columns[0]), names.indexOf(columns[1]), names.indexOf(columns[2])] }
}

const refuseAt =
  (line: number): Refuse =>
  (code, what) =>
    inputError(code, `line ${line}: ${what}`, { line })

/** Reads a round from CSV that comes in pieces. @throws NexusError (exit 2) with the line */
export function csvRoundReader(limits: RoundLimits = ROUND_LIMITS) {
  let places: readonly [number, number, number] = [0, 1, 2]
  let taking: Taking | undefined
  const { push, end } = csvReader((fields, line) => {
    const refuse: Refuse = (code, what) => refuseAt(line)(code, what)
    if (taking === undefined) {
      const header = formOf(fields.map(textOf), refuse)
      places = header.places
      taking = takingOf(header.form, limits, 'on line')
      return
    }
    const [a, b, c] = [fields[places[0]], fields[places[1]], fields[places[2]]]
    if (fields.length !== 3 || a === undefined || b === undefined || c === undefined)
      throw refuse('wrong-field-count', `${fields.length} fields where the header has 3`)
    taking.take([a, b, c], line, refuse)
  })
  return {
    push,
    end(): Round {
      end()
      if (taking === undefined) throw refuseAt(1)('no-header', 'the file is empty, a header is needed')
      return taking.round()
    },
  }
}

/** Reads a round from the text of a JSON document. @throws NexusError (exit 2) with the line */
export function parseJsonRound(text: string, limits: RoundLimits = ROUND_LIMITS): Round {
  let columns: readonly [string, string, string] = FORMS.contributions
  let taking: Taking | undefined
  parseList(text).forEach((entry, index) => {
    const refuse: Refuse = (code, what) => refuseAt(lineOfEntry(text, index))(code, `[${index}]: ${what}`)
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
      throw refuse('bad-entry', `an entry must be an object with ${columns.join(', ')}`)
    const row = entry as Readonly<Record<string, unknown>>
    if (taking === undefined) {
      const { form } = formOf(Object.keys(row), refuse)
      columns = FORMS[form]
      taking = takingOf(form, limits, 'as entry')
    }
    if (Object.keys(row).length !== 3 || !columns.every(column => Object.hasOwn(row, column)))
      throw refuse('bad-entry', `an entry must have ${columns.join(', ')} and nothing else`)
    const spanAt = (i: 0 | 1 | 2) => spanIn(columns[i], row[columns[i]], refuse)
    taking.take([spanAt(0), spanAt(1), spanAt(2)], index, refuse)
  })
  return (taking ?? takingOf('contributions', limits, 'as entry')).round()
}

/** Names are texts; an amount may also be a number, where a double holds it exactly. */
function spanIn(column: string, value: unknown, refuse: Refuse): Span {
  const isName = column === 'project' || column === 'contributor'
  if (typeof value === 'string' && value.isWellFormed()) return spanOf(value)
  if (!isName && typeof value === 'number' && Number.isSafeInteger(value)) return spanOf(`${value}`)
  const found =
    typeof value === 'string' ? 'a broken text' : typeof value === 'number' ? `the number ${value}` : typeof value
  if (isName) throw refuse('bad-name', `${column} must be a text, not ${found}`)
  throw refuse('bad-amount', `${column} must be a decimal string, not ${found}`)
}
