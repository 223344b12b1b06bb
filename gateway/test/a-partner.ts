import { aClient } from './canned-partners.ts'
import type { CannedClient } from './canned-partners.ts'
import { anAssertion, newKeys } from './an-assertion.ts'
import type { Keys } from './an-assertion.ts'

/** What came back from the token endpoint. */
export interface TokenAnswer {
  status: number
  headers: Headers
  text: string
  body: {
    access_token?: string
    token_type?: string
    expires_in?: number
    scope?: string
    error?: string
    error_description?: string
  }
}

export async function askForToken(
  url: string,
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as TokenAnswer['body'] }
}

/** The form of RFC 6749 around an assertion. */
export const formWith = (assertion: string, more: Record<string, string> = {}) => ({
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
  scope: 'patients.read',
  ...more,
})

/** A registered system with a key of its own, and how it asks for tokens: as it should, or as a test wants it otherwise. */
export function aPartner(url: string, facts: Partial<CannedClient> = {}, keys: Keys = newKeys()) {
  const client = aClient({ keys: [keys.publicJwk], ...facts })
  const assertion = (otherwise: Parameters<typeof anAssertion>[1] = {}) =>
    anAssertion({ clientId: client.id, audience: url, keys }, otherwise)
  return {
    url,
    client,
    keys,
    assertion,
    ask: (otherwise: Parameters<typeof anAssertion>[1] = {}, more: Record<string, string> = {}) =>
      askForToken(url, formWith(assertion(otherwise), more)),
    async token(scope = 'patients.read'): Promise<string> {
      const { body, text } = await askForToken(url, formWith(assertion(), { scope }))
      if (!body.access_token) throw new Error(text)
      return body.access_token
    },
  }
}
