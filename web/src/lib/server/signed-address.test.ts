import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { signedAddress } from './signed-address.ts'

const key = Buffer.alloc(32, 7)

it('says which address, when, and signs both', () => {
  const [address, at, signature] = signedAddress('192.0.2.7', key, 1_790_000_000_000).split(';')
  expect([address, at]).toEqual(['192.0.2.7', '1790000000000'])
  expect(signature).toBe(createHmac('sha256', key).update('192.0.2.7;1790000000000').digest('base64url'))
})

it('signs another moment differently, so that an old one cannot be used again', () => {
  expect(signedAddress('192.0.2.7', key, 1)).not.toBe(signedAddress('192.0.2.7', key, 2))
})
