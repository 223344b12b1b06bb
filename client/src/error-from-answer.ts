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

/** An error as GraphQL says it. */
export interface SaidError {
  message?: unknown
  extensions?: Record<string, unknown> | undefined
}

/** What went wrong, as one of our errors: by the code of the graph's own first error, else by the HTTP status. */
export function errorFromAnswer({ status, headers }: Response, said: SaidError | undefined): GraphError {
  const code = said?.extensions?.['code']
  const Kind = isOurs(code) ? byCode[code] : said && status < 400 ? GraphFault : kindByStatus(status)
  return new Kind(text(said?.message) ?? `The graph did not answer (HTTP ${status}).`, {
    retryAfterSeconds: seconds(said?.extensions?.['retryAfterSeconds']) ?? retryAfter(headers),
    errorId: text(said?.extensions?.['errorId']),
    requestId: headers.get('x-request-id') ?? undefined,
  })
}

/** The seconds of a Retry-After header; undefined when there is none. The portal sends seconds, a proxy before it may send a date. */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const date = Date.parse(value)
  return seconds(value) ?? (Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000)))
}

/** The kind of error that an HTTP status stands for, when nothing else was said. */
export function kindByStatus(status: number) {
  if (status === 401) return NotAuthenticated
  if (status === 403) return NotAllowed
  if (status === 429) return TooManyRequests
  if (status === 500) return GraphFault
  if (status >= 400 && status < 500) return NotUnderstood
  return GraphUnavailable
}

const isOurs = (code: unknown): code is keyof typeof byCode => typeof code === 'string' && Object.hasOwn(byCode, code)

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** Whole seconds from a number, or from digits. */
function seconds(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined
}
