import { isIPv6 } from 'node:net'

/** What listens on every address is reached on this machine's own. */
const everyAddress: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1', '0:0:0:0:0:0:0:0': '::1' }

/** How this machine reaches what listens on a host: as it stands in an address, where IPv6 has brackets. */
export function reachedAt(host: string): string {
  const own = everyAddress[host] ?? host
  return isIPv6(own) ? `[${own}]` : own
}
