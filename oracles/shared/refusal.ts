/** Input that is refused: `code` is stable and in kebab case, `line` is 1-based where the input has lines. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly line: number | null
  readonly details: { readonly [key: string]: string | number }

  constructor(code: string, message: string, details: { readonly [key: string]: string | number } = {}) {
    super(message)
    this.code = code
    this.line = typeof details['line'] === 'number' ? details['line'] : null
    this.details = details
  }
}

/** Hostile text is quoted in messages only up to this many characters. */
export const excerpt = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
