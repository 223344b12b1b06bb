import type { CombinedError } from '@urql/core'
import {
  GraphFault,
  GraphUnavailable,
  NotAllowed,
  NotAuthenticated,
  NotUnderstood,
  TooManyRequests,
  type GraphError,
} from './graph-error.ts'

const byCode = {
  UNAUTHENTICATED: NotAuthenticated,
  FORBIDDEN: NotAllowed,
  BAD_USER_INPUT: NotUnderstood,
  GRAPHQL_VALIDATION_FAILED: NotUnderstood,
  GRAPHQL_PARSE_FAILED: NotUnderstood,
  RATE_LIMITED: TooManyRequests,
  UNAVAILABLE: GraphUnavailable,
  INTERNAL: GraphFault,
}

/** What went wrong, as one of our errors: by the code of the graph's own error, else by the HTTP status, else the network. */
export function errorFromResult(error: CombinedError): GraphError {
  const response: unknown = error.response
  const { status, headers } = response instanceof Response ? response : { status: 0, headers: new Headers() }
  const [first] = error.graphQLErrors
  const code = first?.extensions?.['code']
  const circumstances = {
    retryAfterSeconds: seconds(first?.extensions?.['retryAfterSeconds']) ?? seconds(headers.get('retry-after')),
    errorId: text(first?.extensions?.['errorId']),
    cause: error.networkError ?? error,
  }
  const message = first?.message ?? `The graph did not answer${status ? ` (HTTP ${status})` : ''}.`
  const Kind = isOurs(code) ? byCode[code] : first && status < 400 ? GraphFault : kindByStatus(status)
  return new Kind(message, circumstances)
}

const isOurs = (code: unknown): code is keyof typeof byCode => typeof code === 'string' && Object.hasOwn(byCode, code)

function kindByStatus(status: number) {
  if (status === 401) return NotAuthenticated
  if (status === 403) return NotAllowed
  if (status === 429) return TooManyRequests
  if (status === 500) return GraphFault
  if (status >= 400 && status < 500) return NotUnderstood
  return GraphUnavailable
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** Whole seconds from a number or from a Retry-After header of digits; its other form, a date, is not used by the graph. */
function seconds(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined
}
