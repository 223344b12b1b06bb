import { describe, expect, it } from 'vitest'
import { emailAddress } from './email-address.ts'

describe('an e-mail address', () => {
  it.each([
    ['amal@example.com', 'amal@example.com'],
    [' Amal.Haddad@Example.COM ', 'Amal.Haddad@example.com'],
    ['mailto:amal@example.com', 'amal@example.com'],
    ["o'brien+nhs@mail.example.org", "o'brien+nhs@mail.example.org"],
    ['zoë@exämple.com', 'zoë@exämple.com'],
  ])('is read from %j', (written, address) => expect(emailAddress(written)).toBe(address))

  it.each([
    '',
    'amal',
    'amal@',
    '@example.com',
    'a b@example.com',
    'amal@example',
    'a@b@example.com',
    '.a@example.com',
    'a..b@example.com',
    'a@-x.com',
    'a@x..com',
    'amal@example.com,x@example.com',
  ])('%j is none', (written) => expect(emailAddress(written)).toBeUndefined())
})
