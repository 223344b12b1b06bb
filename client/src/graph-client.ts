import { withBearer, type Bearer } from './bearer.ts'
import { errorFromAnswer, type SaidError } from './error-from-answer.ts'
import { GraphUnavailable } from './graph-error.ts'
import { onTheWire, type Operation } from './operation.ts'
import { defaultRetryRules, withRetries, type RetryRules } from './retry.ts'

/** How to reach the graph, and as whom. */
export interface GraphClientSettings {
  /** For example `http://localhost:4000/graphql`. */
  url: string
  bearer: Bearer
  /** Headers that go with every request. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Another way to send a request: through a proxy, to a graph in the same process, in a test. */
  fetch?: typeof fetch | undefined
  /** Milliseconds one attempt may take. */
  timeout?: number | undefined
  retry?: Partial<RetryRules> | undefined
}

/** What can be said of one call. */
export interface Call {
  /** Ends the call, its retries included: it rejects with the signal's reason. */
  signal?: AbortSignal | undefined
  /** Goes with the request, so that its way through the parts can be followed: 8 to 64 letters, digits, `-` and `_`. */
  requestId?: string | undefined
}

/** Sends an operation; resolves to its data. Anything less than all of it is an error. */
export type Ask = <Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  call?: Call,
) => Promise<Data>

/** A small client of the graph: typed answers, our errors, no cache. */
export interface GraphClient {
  /** Asks. Tried again while the graph cannot be reached. */
  read: Ask
  /** Changes. Tried again only when the input carries an idempotency key, with which twice is as good as once. */
  write: Ask
}

/** Makes a client of the graph for one holder of credentials. */
export function createGraphClient(settings: GraphClientSettings): GraphClient {
  const rules = { ...defaultRetryRules, ...settings.retry }
  const ask = <Data>(operation: Operation<Data, never>, variables: unknown, call: Call, attempts: RetryRules) => {
    const body = JSON.stringify({ ...onTheWire(operation), variables })
    const send = (bearer: string) => post<Data>(settings, bearer, body, call)
    return withRetries(() => withBearer(settings.bearer, send, call.signal), attempts, call.signal)
  }
  return {
    read: (operation, variables, call = {}) => ask(operation, variables, call, rules),
    write: (operation, variables, call = {}) =>
      ask(operation, variables, call, isIdempotent(variables) ? rules : { ...rules, attempts: 1 }),
  }
}

async function post<Data>(settings: GraphClientSettings, bearer: string, body: string, call: Call): Promise<Data> {
  const { url, timeout = 10_000, fetch: send = fetch } = settings
  const ends = [AbortSignal.timeout(timeout), ...(call.signal ? [call.signal] : [])]
  const headers = new Headers({
    ...settings.headers,
    accept: 'application/json',
    'content-type': 'application/json',
    authorization: `Bearer ${bearer}`,
    ...(call.requestId !== undefined && { 'x-request-id': call.requestId }),
  })
  try {
    // Nothing of this may follow a redirect to somebody else.
    const init = { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.any(ends) } as const
    const response = await send(url, init)
    return taken(response, await response.text())
  } catch (error) {
    call.signal?.throwIfAborted()
    const isUnreachable = error instanceof TypeError || ends.some(({ aborted }) => aborted)
    throw isUnreachable ? new GraphUnavailable('The graph did not answer.', { cause: error }) : error
  }
}

/** Data that has a gap is refused whole: an empty list must never stand for one that could not be read. */
function taken<Data>(response: Response, text: string): Data {
  const { data, errors } = answerIn(text)
  if (errors.length > 0 || !response.ok) throw errorFromAnswer(response, errors[0])
  if (data === undefined || data === null) throw new GraphUnavailable('The graph answered without data.')
  return data as Data
}

function answerIn(text: string): { data?: unknown; errors: SaidError[] } {
  try {
    const answer: unknown = JSON.parse(text)
    if (typeof answer !== 'object' || answer === null) return { errors: [] }
    const { data, errors } = answer as { data?: unknown; errors?: unknown }
    return { data, errors: Array.isArray(errors) ? (errors as SaidError[]) : [] }
  } catch {
    return { errors: [] }
  }
}

function isIdempotent(variables: unknown): boolean {
  const input = memberOf(variables, 'input')
  const key = memberOf(input, 'idempotencyKey')
  return typeof key === 'string' && key !== ''
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
