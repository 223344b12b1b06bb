import { createHash, timingSafeEqual } from 'node:crypto'
import { systemViewer } from './viewer.ts'
import type { Viewer } from './viewer.ts'

/** One of our own systems that may ask: its id, and the SHA-256 of its secret in base64url. */
export interface SystemClient {
  id: string
  secretHash: string
}

/** Knows `system.<id>.<secret>`. An unknown id costs the same comparison as a wrong secret. */
export function systemClientCheck(clients: readonly SystemClient[]): (token: string) => Viewer | undefined {
  const hashes = new Map(clients.map(({ id, secretHash }) => [id, Buffer.from(secretHash, 'base64url')]))
  const nobody = Buffer.alloc(32)
  return (token) => {
    const [kind, id = '', secret = '', ...more] = token.split('.')
    if (kind !== 'system' || more.length > 0) return undefined
    const expected = hashes.get(id)
    const given = createHash('sha256').update(secret).digest()
    const same = timingSafeEqual(given, expected?.length === given.length ? expected : nobody)
    return expected && same ? systemViewer(id) : undefined
  }
}
