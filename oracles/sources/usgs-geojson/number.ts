import { excerpt, Refusal } from '../../shared/refusal.ts'

/** A JSON number kept as the text it was printed with: 6.40 stays 6.40, and nothing passes through a float. */
export class NumberText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** Plain decimal text of a JSON number's text, exponent written out: `1.5e-3` is `0.0015`. */
export function plainDecimal({ text }: NumberText): string {
  const match = text.length > 40 ? null : NUMBER.exec(text)
  if (!match) throw new Refusal('bad-number', `${excerpt(text)} has more digits than a measurement can have`)
  const [, sign = '', whole = '', fraction = '', exponent] = match
  if (exponent === undefined) return text
  const shift = Number(exponent)
  if (shift > 15 || shift < -15) throw new Refusal('bad-number', `${text} is out of every range measured here`)
  const digits = whole + fraction
  const point = whole.length + shift
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const [before, behind] = [padded.slice(0, at).replace(/^0+(?=\d)/, ''), padded.slice(at)]
  return sign + before + (behind === '' ? '' : `.${behind}`)
}
