import { Client, fetchExchange, type AnyVariables, type OperationResult, type TypedDocumentNode } from '@urql/core'
import { errorFromResult } from './error-from-result.ts'
import { GraphUnavailable } from './graph-error.ts'
import { defaultRetryRules, withRetries, type RetryRules } from './retry.ts'

/** How to reach the graph, and as whom. */
export interface GraphClientSettings {
  /** For example `http://localhost:4000/graphql`. */
  url: string
  /** What follows `authorization: Bearer `; a function when it can change while the client lives. */
  bearer: string | (() => string)
  /** Another way to send a request, for a graph in the same process or a test. */
  fetch?: typeof fetch | undefined
  /** Milliseconds one attempt may take. */
  timeout?: number | undefined
  retry?: Partial<RetryRules> | undefined
}

interface Call {
  /** Ends the call, its retries included. */
  signal?: AbortSignal | undefined
  /** Goes with the request, so that its way through the parts can be followed. */
  requestId?: string | undefined
}

/** A small client of the graph: typed answers, our errors, no cache. */
export interface GraphClient {
  /** Asks. Tried again while the graph cannot be reached. */
  read<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    call?: Call,
  ): Promise<Data>
  /** Changes. Tried again only when the input carries an idempotency key, with which twice is as good as once. */
  write<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    call?: Call,
  ): Promise<Data>
}

/** Makes a client of the graph for one holder of credentials. */
export function createGraphClient(settings: GraphClientSettings): GraphClient {
  const { url, timeout = 10_000, fetch: send = fetch } = settings
  const rules = { ...defaultRetryRules, ...settings.retry }
  const urql = new Client({ url, exchanges: [fetchExchange], requestPolicy: 'network-only', preferGetMethod: false })

  const contextOf = ({ signal, requestId }: Call) => ({
    fetch: withTimeLimit(send, timeout, signal),
    fetchOptions: {
      headers: {
        authorization: `Bearer ${typeof settings.bearer === 'string' ? settings.bearer : settings.bearer()}`,
        ...(requestId === undefined ? {} : { 'x-request-id': requestId }),
      },
    },
  })

  return {
    read: (document, variables, call = {}) =>
      withRetries(async () => answer(await urql.query(document, variables, contextOf(call))), rules, call.signal),
    write: (document, variables, call = {}) =>
      withRetries(
        async () => answer(await urql.mutation(document, variables, contextOf(call))),
        isIdempotent(variables) ? rules : { ...rules, attempts: 1 },
        call.signal,
      ),
  }
}

function answer<Data>({ data, error }: OperationResult<Data, AnyVariables>): Data {
  if (error) throw errorFromResult(error)
  if (data === undefined) throw new GraphUnavailable('The graph answered without data.')
  return data
}

/** urql ends a request for its own reasons through `init.signal`; a time limit and the caller's signal are added to it. */
const withTimeLimit =
  (send: typeof fetch, timeout: number, signal: AbortSignal | undefined): typeof fetch =>
  (input, init) => {
    const ends = [AbortSignal.timeout(timeout), signal, init?.signal].filter((it) => it instanceof AbortSignal)
    return send(input, { ...init, signal: AbortSignal.any(ends) })
  }

function isIdempotent(variables: AnyVariables): boolean {
  const input: unknown = variables?.['input']
  const key =
    typeof input === 'object' && input !== null && 'idempotencyKey' in input ? input.idempotencyKey : undefined
  return typeof key === 'string' && key !== ''
}
