import { BlockList, isIP } from 'node:net'

/** Whether a connection from this address is welcome. */
export type AllowList = (address: string | undefined) => boolean

/** The machine itself, in both families. */
export const loopback = ['127.0.0.0/8', '::1']

/** Addresses and networks ("10.20.0.0/16") whose systems may send messages. Throws for what is neither. */
export function allowList(entries: readonly string[]): AllowList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const family = familyOf(address)
    if (!family || !isPrefix(prefix, family))
      throw new TypeError(`"${entry}" is neither an address nor a network such as 10.20.0.0/16`)
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return (address) => {
    const family = address === undefined ? undefined : familyOf(address)
    return address !== undefined && family !== undefined && list.check(address, family)
  }
}

const familyOf = (address: string) => ({ 4: 'ipv4', 6: 'ipv6' })[isIP(address)] as 'ipv4' | 'ipv6' | undefined

const isPrefix = (prefix: string | undefined, family: 'ipv4' | 'ipv6') =>
  prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 'ipv4' ? 32 : 128))
