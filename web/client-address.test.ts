import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { clientAddress } from './client-address.ts'

const request = (remoteAddress: string, forwarded?: string | string[]) =>
  ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } }) as unknown as IncomingMessage

describe('the address of the person', () => {
  it('is that of the connection when no proxy of ours stands in front, whatever a header says', () => {
    expect(clientAddress(request('192.0.2.7', '203.0.113.9'), 0)).toBe('192.0.2.7')
  })

  it('is what our nearest proxy saw, and not what the person wrote before it', () => {
    expect(clientAddress(request('10.0.0.1', '1.2.3.4, 203.0.113.9'), 1)).toBe('203.0.113.9')
  })

  it('stands as far from the right as there are proxies', () => {
    expect(clientAddress(request('10.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.2'), 2)).toBe('203.0.113.9')
    expect(clientAddress(request('10.0.0.1', ['1.2.3.4', '203.0.113.9, 10.0.0.2']), 2)).toBe('203.0.113.9')
  })

  it('is that of the connection when the header is missing, too short or no address', () => {
    expect(clientAddress(request('10.0.0.1'), 1)).toBe('10.0.0.1')
    expect(clientAddress(request('10.0.0.1', '203.0.113.9'), 2)).toBe('10.0.0.1')
    expect(clientAddress(request('10.0.0.1', 'unknown'), 1)).toBe('10.0.0.1')
  })

  it('is the same over IPv4 and IPv6 sockets', () => {
    expect(clientAddress(request('::ffff:192.0.2.7'), 0)).toBe('192.0.2.7')
    expect(clientAddress(request('2001:db8::1'), 0)).toBe('2001:db8::1')
  })
})
