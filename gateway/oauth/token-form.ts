import type { IncomingMessage } from 'node:http'
import { badInput } from '../problem.ts'
import { readBytes } from '../request-body.ts'
import { TokenRefusal } from './token-refusal.ts'

const MOST_BYTES = 16 * 1024

export const GRANT_TYPE = 'client_credentials'
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** A request for a token as it was sent. */
export interface TokenForm {
  assertion: string
  clientId?: string
  scopes: string[]
}

/** Reads a request for a token (RFC 6749, 4.4.2), in which the client proves itself with an assertion (RFC 7523) alone. */
export async function readTokenForm(request: IncomingMessage, signal: AbortSignal): Promise<TokenForm> {
  const parameters = await readParameters(request, signal)
  const grantType = parameters.get('grant_type')
  if (grantType === undefined) throw new TokenRefusal('invalid_request', `Send grant_type=${GRANT_TYPE}.`)
  if (grantType !== GRANT_TYPE)
    throw new TokenRefusal('unsupported_grant_type', `Tokens are given for grant_type=${GRANT_TYPE} alone.`)
  const assertion = parameters.get('client_assertion')
  if (request.headers.authorization !== undefined || parameters.has('client_secret') || assertion === undefined)
    throw new TokenRefusal(
      'invalid_client',
      'Prove which client you are with client_assertion, a JWT signed with its private key (private_key_jwt), and in no other way.',
    )
  if (parameters.get('client_assertion_type') !== ASSERTION_TYPE)
    throw new TokenRefusal('invalid_client', `Send client_assertion_type=${ASSERTION_TYPE}.`)
  const clientId = parameters.get('client_id')
  return { assertion, ...(clientId !== undefined && { clientId }), scopes: scopesIn(parameters.get('scope')) }
}

function scopesIn(text: string | undefined): string[] {
  const scopes = new Set(text?.split(' ').filter((it) => it !== ''))
  if (scopes.size === 0)
    throw new TokenRefusal('invalid_scope', 'Send scope: what the token is for, with spaces between.')
  return [...scopes]
}

async function readParameters(request: IncomingMessage, signal: AbortSignal): Promise<Map<string, string>> {
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/x-www-form-urlencoded(;\s*charset="?utf-8"?)?$/i.test(type.trim()))
    throw badInput('Send a form, with the header content-type: application/x-www-form-urlencoded.')
  if (request.headers['content-encoding']) throw badInput('Send the body as it is, without content-encoding.')
  const form = new URLSearchParams((await readBytes(request, MOST_BYTES, signal)).toString())
  // A parameter without a value counts as left out (RFC 6749, 3.1), one that is sent twice as a mistake.
  const given = [...form].filter(([, value]) => value !== '')
  const parameters = new Map(given)
  if (parameters.size < given.length) throw badInput('Send each parameter once.')
  return parameters
}
