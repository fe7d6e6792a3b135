import { inputError } from '@nexus/kit/errors'

/** A JSON list. @throws NexusError `bad-json` with the line, where the parser tells it. */
export function parseList(text: string): unknown[] {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (cause) {
    const { message } = cause as Error
    const position = /position (\d+)/.exec(message)?.[1]
    const line = position === undefined ? lineAt(text, text.length) : lineAt(text, Number(position))
    throw inputError('bad-json', `line ${line}: this is not JSON: ${message}`, { line }, cause)
  }
  if (!Array.isArray(document))
    throw inputError('bad-json', 'line 1: the document must be a list of objects', { line: 1 })
  return document
}

function lineAt(text: string, position: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** The line on which an entry of the list that `text` is begins. Only looked for when there is something to say about it. */
export function lineOfEntry(text: string, index: number): number {
  let [depth, entry, at] = [0, 0, 0]
  for (; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++
    } else if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth--
    else if (char === ',' && depth === 1) entry++
    if (entry === index && depth === 1 && (char === ',' || char === '[')) break
  }
  const begin = /\S/.exec(text.slice(at + 1, at + 1 + 4096))
  return lineAt(text, at + 1 + (begin?.index ?? 0))
}
