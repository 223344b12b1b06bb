import { isIPv6 } from 'node:net'

/**
 * What limits count as one caller: an IPv4 address, or the first half (/64) of an IPv6 address, of which one household is
 * given whole and may use any of the rest.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  return isIPv6(address) ? groups(address).slice(0, 4).join(':') : address
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groups(address: string): string[] {
  const [before = '', after] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const read = (part: string) => part.split(':').filter((it) => it !== '')
  const left = read(before)
  const right = after === undefined ? [] : read(after)
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].map((it) => it.replace(/^0+(?=.)/, ''))
}
