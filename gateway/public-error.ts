import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { GraphQLFormattedError } from 'graphql'
import { faultOf } from './log.ts'
import type { Log } from './log.ts'
import { internal, isCode, Problem, unavailable } from './problem.ts'
import { variableProblem } from './variable-problem.ts'

/** What Apollo Server itself calls an operation that is the caller's mistake. */
const callersMistakes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

/** What the planner says of an operation it refuses to plan. */
const tooLargeToPlan = /^(Number of non-local selections exceeds limit|Exceeded maximum recursive selections)/

/**
 * What a client may read of an error from the plan, the subgraphs, or the completion of their answers.
 * Only codes of our own list keep their words; the rest is logged under an id, and the id is all that leaves.
 */
export function fromExecution(error: unknown, log: Log, requestId: string): Problem {
  const wrong = variableProblem(error)
  if (wrong) return wrong
  if (error instanceof Problem) return error
  if (!(error instanceof GraphQLError)) {
    if (error instanceof Error && tooLargeToPlan.test(error.message)) return tooLarge()
    return masked(error, log, requestId)
  }
  const { path, extensions } = error
  const { code, retryAfterSeconds } = extensions
  if (code === 'UNAVAILABLE') return unavailable(path)
  if (!isCode(code) || code === 'INTERNAL') return masked(error, log, requestId)
  const retry = typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}
  return new Problem(code, error.message, { path, extensions: retry })
}

/** What a client may read of an error Apollo Server met before or around the execution. */
export function fromServer(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const code = formatted.extensions?.['code']
  if (error instanceof Problem) return formatted
  const { locations, path } = formatted
  const place = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) }
  if (typeof code === 'string' && callersMistakes.has(code)) {
    return { message: withoutHints(formatted.message), ...place, extensions: { code: 'BAD_USER_INPUT' } }
  }
  return masked(error, log).toJSON()
}

const tooLarge = () =>
  new Problem('BAD_USER_INPUT', 'This operation asks for too much at once. Ask in several operations.')

/** The subgraph may have masked and logged the error already: then its number is the one to find. */
function masked(error: unknown, log: Log, requestId?: string): Problem {
  const { path, extensions } = error instanceof GraphQLError ? error : {}
  const given = extensions?.['code'] === 'INTERNAL' ? extensions['errorId'] : undefined
  const errorId = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
  log.error({ errorId, requestId, ...faultOf(error), ...(path ? { path } : {}) }, 'an error was masked')
  return internal(errorId, path)
}

/** A value written in the text of an operation can be somebody's number: what is wrong with it is said without it. */
const quotedValue = /( cannot represent .*? value): .*$/s

/** "Did you mean" tells a stranger names of the graph; the limits are nobody's business, what to do about them is. */
function withoutHints(message: string): string {
  if (/more that \d+ tokens/.test(message)) return 'This operation is too long. Ask in several operations.'
  return message
    .replace(/ ?Did you mean .*$/s, '')
    .replace(/^Syntax Error: (?=This operation )/, '')
    .replace(quotedValue, '$1.')
}
