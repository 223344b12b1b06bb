import { isIPv6 } from 'node:net'

/** Whom an address stands for: whoever has one IPv6 address has the whole /64 around it. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [left = [], right] = (address.split('%')[0] ?? '')
    .split('::')
    .map((it) => it.split(':').filter((group) => group))
  const zeros = Array.from({ length: right ? 8 - left.length - right.length : 0 }, () => '0')
  return [...left, ...zeros, ...(right ?? [])]
    .slice(0, 4)
    .map((it) => parseInt(it, 16).toString(16))
    .join(':')
}
