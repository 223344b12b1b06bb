import type { Arrivals } from '../arrivals.ts'
import { clientAddress } from '../client-address.ts'
import type { Log } from '../log.ts'
import type { Overload } from '../overload.ts'
import { stopping } from '../problem.ts'
import { json } from '../reply.ts'
import type { Endpoint, Visit } from '../reply.ts'
import { withinTime } from '../time-limit.ts'
import type { AddressBound } from './address-bound.ts'
import { readAssertion } from './assertion.ts'
import type { AuthorizationServer, TokenTry } from './authorization-server.ts'
import { paths } from './provider-settings.ts'
import { NoKeys } from './remote-keys.ts'
import { readTokenForm } from './token-form.ts'
import type { TokenForm } from './token-form.ts'
import { oauthName, TokenRefusal } from './token-refusal.ts'

/** What the token endpoint works with. */
export interface TokenEndpointParts {
  issuer: () => string
  server: () => AuthorizationServer
  bound: AddressBound
  arrivals: Arrivals
  overload: Overload
  isStopping: () => boolean
  proxyHops: number
  timeLimitMs: number
  log: Log
}

/** POST /oauth/token: a token of five minutes for a partner's system that proves itself with its private key. */
export function tokenEndpoint(parts: TokenEndpointParts): Endpoint {
  return async (request, visit) => {
    if (request.method !== 'POST') return onlyPost
    // First of all, so that one address cannot spend what all of them may ask.
    const { address } = clientAddress(request, undefined, parts.proxyHops)
    parts.bound.spend(address)
    try {
      const form = await parts.arrivals.read(address, (signal) => readTokenForm(request, signal))
      return json(200, await inItsPlace(parts, () => tokenFor(form, visit, parts)))
    } catch (error) {
      throw told(error, visit, parts.log)
    }
  }
}

const onlyPost = json(
  405,
  { error: 'invalid_request', error_description: 'Ask for a token with POST.' },
  { allow: 'POST' },
)

async function inItsPlace<Answer>(
  { isStopping, overload }: TokenEndpointParts,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (isStopping()) throw stopping()
  const leave = overload.enter({ counted: true })
  try {
    return await work()
  } finally {
    leave()
  }
}

async function tokenFor(form: TokenForm, visit: Visit, parts: TokenEndpointParts): Promise<unknown> {
  const issuer = parts.issuer()
  const assertion = readAssertion(form.assertion, [issuer, issuer + paths.token], new Date())
  if ((form.clientId ?? assertion.clientId) !== assertion.clientId)
    throw new TokenRefusal('invalid_client', 'client_id must be the sub of client_assertion, or be left out.')
  return withinTime(parts.timeLimitMs, async (signal) => {
    const current: TokenTry = { form, assertion, signal, requestId: visit.requestId }
    try {
      return await parts.server().giveToken(current)
    } finally {
      if (current.client) visit.record.partner = current.client.id
    }
  })
}

/** Logs why there was no token, and turns what only we should know into what the partner can do about it. */
function told(error: unknown, { requestId, record: { partner } }: Visit, log: Log): unknown {
  if (!(error instanceof TokenRefusal || error instanceof NoKeys)) return error
  const refusal = error instanceof NoKeys ? noKeys() : error
  const keys = error instanceof NoKeys ? { keys: error.code } : {}
  const why = { refused: oauthName(refusal), why: refusal.message, ...keys }
  log.warn({ requestId, ...(partner && { partner }), ...why }, 'no token was given')
  return refusal
}

const noKeys = () =>
  new TokenRefusal(
    'invalid_client',
    'Your keys could not be fetched. The address registered for them must answer within 5 seconds, without a redirect, with a JWK Set of at most 20 public keys and 64 KB.',
  )
