import solc from 'solc'
import { init, killThreads } from 'z3-solver'

/** What the prover said of one query: that the negation of what is claimed has no model (`unsat`), has one, or it gave up. */
export type Verdict = 'unsat' | 'sat' | 'unknown'

export interface Proof {
  /** Of each query; an assertion or operation in a loop has one for each turn. */
  verdicts: Verdict[]
  /** How many assertions there are in what was looked at. */
  assertions: number
}

interface CompilerOutput {
  errors?: { severity: string; errorCode: string; message: string; formattedMessage: string }[]
  auxiliaryInputRequested?: { smtlib2queries?: Record<string, string> }
}

/** Work, not time, so that a busy machine proves as much as an idle one. */
const MOST_WORK = '3000000'
/** One more than any loop goes round: then the last turn is the one that ends it. */
const LOOP_TURNS = 17

/**
 * Proves every assertion and every arithmetic operation that `contract` reaches: the compiler's own model checker turns the
 * source into SMT-LIB queries, and z3 answers them. All is proved when every verdict is `unsat`.
 *
 * A function without loops is inlined whole, and one with loops of at most 16 turns too, so that for them the bounded engine
 * is a complete one. To that engine a contract's constants are variables: theorems are to have numbers in their place.
 * @param untilUnproved stop at the first query that is not proved
 */
export async function prove(
  sources: Record<string, string>,
  contract: string,
  { untilUnproved = false } = {},
): Promise<Proof> {
  const [file] = Object.keys(sources)
  if (file === undefined) throw new Error('nothing to prove')
  const { errors = [], auxiliaryInputRequested } = compile({
    language: 'Solidity',
    sources: Object.fromEntries(Object.entries(sources).map(([name, content]) => [name, { content }])),
    settings: {
      modelChecker: {
        engine: 'bmc',
        bmcLoopIterations: LOOP_TURNS,
        solvers: ['smtlib2'],
        targets: ['assert', 'overflow', 'underflow', 'divByZero'],
        contracts: { [file]: [contract] },
        showUnproved: true,
      },
      outputSelection: { '*': { '*': [] } },
    },
  })
  const queries = Object.values(auxiliaryInputRequested?.smtlib2queries ?? {})
  if (queries.length === 0) throw new Error('the model checker asked nothing')

  const verdicts: Verdict[] = []
  const { Z3, em } = await init()
  try {
    Z3.global_param_set('rlimit', MOST_WORK)
    for (const query of queries) {
      const config = Z3.mk_config()
      const context = Z3.mk_context(config)
      const [answer] = (await Z3.eval_smtlib2_string(context, query)).split(/\s/, 1)
      Z3.del_context(context)
      Z3.del_config(config)
      verdicts.push(answer === 'unsat' || answer === 'sat' ? answer : 'unknown')
      if (untilUnproved && answer !== 'unsat') break
    }
  } finally {
    await killThreads(em)
  }
  // before it has answers, the model checker says of every target that it might fail
  return { verdicts, assertions: errors.filter(({ message }) => /^BMC: Assertion violation/.test(message)).length }
}

function compile(input: object): CompilerOutput {
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as CompilerOutput
  const [error] = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (error) throw new Error(error.formattedMessage)
  return output
}
