import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * The address of the person at the other end. Each proxy of ours adds the address it saw to the right of
 * X-Forwarded-For, so with `hops` proxies the person stands `hops` places from the right; what stands further
 * left was written by the person and proves nothing.
 */
export function clientAddress(request: IncomingMessage, hops: number): string {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const claimed = hops > 0 ? forwarded.at(-hops)?.trim() : undefined
  if (claimed !== undefined && isIP(claimed)) return withoutMapping(claimed)
  return withoutMapping(request.socket.remoteAddress ?? 'unknown')
}

/** An IPv4 address that arrives on an IPv6 socket is still the same person. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '')
}
