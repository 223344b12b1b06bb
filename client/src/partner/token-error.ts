import * as oauth from 'oauth4webapi'
import { kindByStatus, retryAfter } from '../error-from-answer.ts'
import { type GraphError, GraphUnavailable, NotAllowed, NotAuthenticated } from '../graph-error.ts'

const byOAuthError: Record<string, typeof NotAllowed | typeof NotAuthenticated> = {
  invalid_client: NotAuthenticated,
  invalid_scope: NotAllowed,
  unauthorized_client: NotAllowed,
}

/** Sends, and says in our words that nobody answered, or that it was too much. */
export const asking =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const response = await send(input, init).catch((cause: unknown) => {
      throw new GraphUnavailable('The portal did not answer when it was asked for a token.', { cause })
    })
    if (response.status !== 429 && response.status < 500) return response
    throw refusal(kindByStatus(response.status), response, (await saidIn(response)) ?? `HTTP ${response.status}`)
  }

/** What went wrong with a token, as one of our errors. Causes are left out: they may quote what must not reach a log. */
export function tokenError(error: unknown): unknown {
  if (error instanceof oauth.ResponseBodyError) {
    const Kind = byOAuthError[error.error] ?? kindByStatus(error.status)
    return refusal(Kind, error.response, error.error_description ?? error.error)
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    const { error_description, error: code } = error.cause[0]?.parameters ?? {}
    return refusal(kindByStatus(error.status), error.response, error_description ?? code ?? `HTTP ${error.status}`)
  }
  if (!(error instanceof oauth.OperationProcessingError)) return error
  const { cause } = error
  if (cause instanceof Response)
    return refusal(kindByStatus(cause.status), cause, `${cause.url} is not what was looked for`)
  return new TypeError(issuerOf(cause) ?? `The portal's word on tokens was not understood: ${error.message}`)
}

function refusal(
  Kind: new (...given: ConstructorParameters<typeof NotAllowed>) => GraphError,
  response: Response,
  why: string,
) {
  const requestId = response.headers.get('x-request-id') ?? undefined
  return new Kind(`The portal gave no token: ${why.replace(/\.$/, '')}.`, {
    requestId,
    retryAfterSeconds: retryAfter(response.headers),
  })
}

/** The error's description, where there is one in the way of OAuth. */
async function saidIn(response: Response): Promise<string | undefined> {
  const said: unknown = await response.json().catch(() => undefined)
  const { error_description: words } = (said ?? {}) as { error_description?: unknown }
  return typeof words === 'string' ? words : undefined
}

function issuerOf(cause: unknown): string | undefined {
  const { attribute, body } = (cause ?? {}) as { attribute?: string; body?: { issuer?: string } }
  return attribute === 'issuer'
    ? `issuer: the portal calls itself ${body?.issuer}. Give that as issuer, or ask at that address`
    : undefined
}
