import solc from 'solc'
import { init, killThreads } from 'z3-solver'

/** What the prover said of one target: an assertion, an overflow, a division. */
export interface Finding {
  proved: boolean
  message: string
}

interface CompilerOutput {
  errors?: { severity: string; errorCode: string; message: string; formattedMessage: string }[]
  auxiliaryInputRequested?: { smtlib2queries?: Record<string, string> }
}

/** Work, not time, so that a busy machine proves as much as an idle one. */
const MOST_WORK = '3000000'

/**
 * Proves every assertion and every arithmetic operation that `contract` reaches, with the compiler's own model checker: the
 * compiler turns the source into SMT-LIB queries, z3 answers them, and the compiler reads the answers.
 *
 * A loop-free function is inlined whole, so that for it the bounded engine is a complete one.
 * @param untilUnproved stop at the first query that is not proved; those after it count as not proved either
 */
export async function prove(
  sources: Record<string, string>,
  contract: string,
  { untilUnproved = false } = {},
): Promise<Finding[]> {
  const [file] = Object.keys(sources)
  if (file === undefined) throw new Error('nothing to prove')
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(Object.entries(sources).map(([name, content]) => [name, { content }])),
    settings: {
      modelChecker: {
        engine: 'bmc',
        solvers: ['smtlib2'],
        targets: ['assert', 'overflow', 'underflow', 'divByZero'],
        contracts: { [file]: [contract] },
        showProvedSafe: true,
        showUnproved: true,
      },
      outputSelection: { '*': { '*': [] } },
    },
  }
  const asked = compile(input)
  const queries = asked.auxiliaryInputRequested?.smtlib2queries ?? {}
  if (Object.keys(queries).length === 0) throw new Error('the model checker asked nothing')

  const smtlib2responses: Record<string, string> = {}
  const { Z3, em } = await init()
  try {
    Z3.global_param_set('rlimit', MOST_WORK)
    for (const [hash, query] of Object.entries(queries)) {
      const config = Z3.mk_config()
      const context = Z3.mk_context(config)
      const response = await Z3.eval_smtlib2_string(context, query)
      Z3.del_context(context)
      Z3.del_config(config)
      smtlib2responses[hash] = response
      // a target is proved when nothing satisfies its negation
      if (untilUnproved && !response.startsWith('unsat')) break
    }
  } finally {
    await killThreads(em)
  }
  const answered = compile({ ...input, auxiliaryInput: { smtlib2responses } })
  return (answered.errors ?? [])
    .filter(({ message }) => /^(BMC|CHC): /.test(message))
    .map(({ message }) => ({ proved: / check is safe!\s*$/.test(message), message }))
}

function compile(input: object): CompilerOutput {
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as CompilerOutput
  const [error] = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (error) throw new Error(error.formattedMessage)
  return output
}
