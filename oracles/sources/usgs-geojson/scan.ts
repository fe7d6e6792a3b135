import { excerpt, Refusal } from '../../shared/refusal.ts'

/** GeoJSON features need six levels. */
export const MAX_DEPTH = 16
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * What `JSON.parse` lets through, found before it runs: nesting that would exhaust a stack, a key twice in one object (parsers differ in
 * which one they keep) and keys that name prototypes. Grammar is `JSON.parse`'s business.
 */
export function scanJson(text: string): void {
  const open: (Set<string> | null)[] = [] // keys seen so far of each open object, null for arrays
  let line = 1
  const refuse = (code: string, what: string) => new Refusal(code, `line ${line}: ${what}`, { line })
  for (let at = 0; at < text.length; at++) {
    const c = text[at]
    if (c === '\n') line += 1
    else if (c === '{' || c === '[') {
      open.push(c === '{' ? new Set() : null)
      if (open.length > MAX_DEPTH) throw refuse('too-deep', `nested more than ${MAX_DEPTH} levels deep`)
    } else if (c === '}' || c === ']') open.pop()
    else if (c === '"') {
      const end = endOfString(text, at)
      const keys = open.at(-1)
      if (keys && isKey(text, end)) {
        const key = text.slice(at + 1, end - 1)
        // One spelling for each key: an escaped one could pass for another.
        if (key.includes('\\')) throw refuse('escaped-key', `key "${excerpt(key)}" is written with escapes`)
        if (FORBIDDEN_KEYS.has(key)) throw refuse('forbidden-key', `key "${key}" is not allowed`)
        if (keys.has(key)) throw refuse('duplicate-key', `key "${excerpt(key)}" comes twice in one object`)
        keys.add(key)
      }
      at = end - 1
    }
  }
}

/** Index behind the closing quote (or the end of the text, which JSON.parse will refuse). */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function isKey(text: string, end: number): boolean {
  let at = end
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1
  return text[at] === ':'
}
