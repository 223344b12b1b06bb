import { randomUUID, sign } from 'node:crypto'
import { z } from 'zod'
import { everyScope } from './open-client.ts'
import type { PartnerClient } from './kept-client.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const lifeSeconds = 60
const configuration = z.object({ issuer: z.string() })
const granted = z.object({ access_token: z.string() })

/** A token as the Royal Free gets it: it signs who it is, and the token endpoint checks. */
export async function tokenFor(client: PartnerClient, graphUrl: string): Promise<string> {
  const at = (path: string) => new URL(path, graphUrl)
  const { issuer } = configuration.parse(await (await fetch(at('/.well-known/openid-configuration'))).json())
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: everyScope.join(' '),
    client_assertion_type: assertionType,
    client_assertion: assertion(client, issuer),
  })
  const response = await fetch(at('/oauth/token'), { method: 'POST', body })
  if (!response.ok) throw new Error(`The token endpoint refused the Royal Free: ${await response.text()}`)
  return granted.parse(await response.json()).access_token
}

function assertion({ clientId, keyId, privateKey }: PartnerClient, audience: string): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: clientId, sub: clientId, aud: audience, jti: randomUUID(), iat: now, exp: now + lifeSeconds }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'RS512', typ: 'JWT', kid: keyId })}.${part(claims)}`
  return `${signed}.${sign('sha512', Buffer.from(signed), privateKey).toString('base64url')}`
}
