import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

const ACCEPTED_MS = 60_000
const CLOCK_DIFFERENCE_MS = 5_000

/** Where a request came from, and why the address sent with it was not believed. */
export interface ClientAddress {
  address: string
  disbelieved?: 'malformed' | 'stale' | 'forged'
}

/**
 * The site passes on the address of the person, signed, because the gateway only sees the site.
 * Anybody can send the header: unsigned or old it counts as absent, or each guess at a code could claim another address.
 */
export function clientAddress(request: IncomingMessage, key: Buffer | undefined, proxyHops: number): ClientAddress {
  const address = senderOf(request, proxyHops).replace(/^::ffff:/, '')
  const header = request.headers['x-client-address']
  if (header === undefined || key === undefined) return { address }
  const [ip = '', ms = '', signature = '', ...more] = String(header).split(';')
  if (!isIP(ip) || !/^\d{13}$/.test(ms) || more.length > 0) return { address, disbelieved: 'malformed' }
  const expected = createHmac('sha256', key).update(`${ip};${ms}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { address, disbelieved: 'forged' }
  const age = Date.now() - Number(ms)
  if (age > ACCEPTED_MS || age < -CLOCK_DIFFERENCE_MS) return { address, disbelieved: 'stale' }
  return { address: ip }
}

/**
 * Each proxy of ours adds the address it saw to the right of X-Forwarded-For. What stands further left than they are many
 * was written by the sender and proves nothing.
 */
function senderOf(request: IncomingMessage, proxyHops: number): string {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const seen = proxyHops > 0 ? forwarded.at(-proxyHops)?.trim() : undefined
  return seen !== undefined && isIP(seen) ? seen : (request.socket.remoteAddress ?? '')
}
