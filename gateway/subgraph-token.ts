import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { Viewer } from './viewer.ts'

const LIFETIME_SECONDS = 30

/**
 * Proves to one subgraph that the gateway asks this, now, for this viewer: bound to the body, of use to no other subgraph.
 * HMAC and not a signature: an Ed25519 signature costs more than the rest of the hop.
 */
export function subgraphToken(key: Buffer, subgraph: string, viewer: Viewer, body: string): string {
  const iat = Math.floor(Date.now() / 1000)
  const claims = Buffer.from(
    JSON.stringify({
      iss: 'gateway',
      aud: subgraph,
      iat,
      exp: iat + LIFETIME_SECONDS,
      jti: randomUUID(),
      viewer,
      bodyHash: createHash('sha256').update(body).digest('base64url'),
    }),
  ).toString('base64url')
  return `${claims}.${createHmac('sha256', key).update(claims).digest('base64url')}`
}
