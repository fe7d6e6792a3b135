import type { z } from 'zod'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

const NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}
const nameOf = (type: string): string => NAMES[type] ?? type

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return `${value}`
  return nameOf(typeof value)
}

const valueAt = (document: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, key) => (node as Record<PropertyKey, unknown> | null | undefined)?.[key], document)

/**
 * What is wrong with a document, in words and with the place: `coverAssets must be a decimal string`. A schema's own texts
 * say what a value must be ("a decimal string").
 */
function explainIssue(issue: Issue | undefined, document: unknown, above: Path = []): string {
  if (issue === undefined) return 'the document is malformed'
  const path = [...above, ...issue.path]
  const value = valueAt(document, path)
  if (issue.code === 'invalid_union') {
    // The branch that accepts the kind of value there is says more than "one of several".
    const fitting = issue.errors.filter(([first]) => first && !(first.code === 'invalid_type' && !first.path.length))
    if (value !== undefined && fitting.length === 1) return explainIssue(fitting[0]?.[0], document, path)
  }
  return `${path.join('.') || 'the document'} ${value === undefined ? 'is missing' : problemOf(issue, value)}`
}

/** Every problem of a document, for people and for programs that show them. The first is told in the message. */
export const explainIssues = (error: z.ZodError, document: unknown): [string, ...string[]] => {
  const [first, ...others] = error.issues
  return [explainIssue(first, document), ...others.map(issue => explainIssue(issue, document))]
}

function problemOf(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${nameOf(issue.expected)}, not ${kindOf(value)}`
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'invalid_union': {
      const kinds = issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? [nameOf(first.expected)] : []))
      return kinds.length > 0
        ? `must be ${[...new Set(kinds)].join(' or ')}, not ${kindOf(value)}`
        : 'fits no form of it'
    }
    case 'unrecognized_keys':
      return `has an unknown field ${issue.keys.map(key => `"${key}"`).join(', ')}`
    case 'too_small':
      return limit('least', issue.origin, issue.minimum)
    case 'too_big':
      return limit('most', issue.origin, issue.maximum)
    case 'invalid_format':
    case 'custom':
      return `must be ${issue.message}`
    default:
      return issue.message
  }
}

function limit(which: 'least' | 'most', origin: string, bound: number | bigint): string {
  if (origin === 'string') return bound === 1 ? 'must not be empty' : `must have at ${which} ${bound} characters`
  if (origin === 'array') return `must have at ${which} ${bound} ${bound === 1 ? 'entry' : 'entries'}`
  return `must be at ${which} ${bound}`
}
