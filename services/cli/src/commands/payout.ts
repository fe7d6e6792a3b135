import { unscaleDecimal } from '@nexus/kit/decimal'
import { WAD } from '@nexus/terms/formula'
import { type PayoutQuote, quotePayout } from '@nexus/terms/payout'
import { percentOf } from '@nexus/terms/percent'
import { plotPayout } from '@nexus/terms/plot'
import { parseTerms, type TermsDocument } from '@nexus/terms/terms'
import { Command } from 'commander'
import { readJson } from '../files.ts'
import { emit } from '../output.ts'

interface QuoteOptions {
  terms: string
  value: string
  json?: true
}

export function command(): Command {
  const payout = new Command('payout').description('what payout formulas pay')
  payout
    .command('quote')
    .description('what terms pay at an index value, and which knots decide it')
    .requiredOption('--terms <file>', 'terms document (JSON)')
    .requiredOption('--value <index>', "index value in the feed's own units, such as 6.4")
    .option('--json', 'one JSON document on stdout')
    .action(async ({ terms: file, value, json }: QuoteOptions) => {
      const document = parseTerms(await readJson(file))
      const quote = quotePayout(document, value)
      emit(json === true, quote, () => describe(document, quote))
    })
  return payout
}

function describe({ terms, formula }: TermsDocument, quote: PayoutQuote): string {
  const [i, j] = quote.knots
  const at = (index: number) => unscaleDecimal(formula.knots[index]?.x ?? 0n, formula.xDecimals)
  const why = {
    'below-first': `below the first knot, ${at(i)}`,
    at: `exactly at knot ${i}, ${at(i)}`,
    between: `between knot ${i}, ${at(i)}, and knot ${j}, ${at(j)}`,
    'above-last': `above the last knot, ${at(j)}`,
  }[quote.segment]
  return [
    plotPayout(formula, quote.x),
    '',
    `index ${quote.value} is ${why}: ${percentOf(quote.payoutWad)} of the cover`,
    `pays ${quote.paidAssets} base units of a cover of ${terms.coverAssets}${terms.asset ? `; the asset is ${terms.asset}` : ''}`,
    `payoutWad ${quote.payoutWad} (${WAD} is all), rounded ${formula.rounding}; formula ${quote.formulaId}`,
  ].join('\n')
}
