import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { seal, unseal } from './seal.ts'

const secret = randomBytes(32)

describe('a sealed value', () => {
  it('opens to what was closed', () => {
    expect(unseal(seal({ bornOn: '1984-03-09' }, secret, 'log-in'), secret, 'log-in')).toEqual({ bornOn: '1984-03-09' })
  })

  it('shows nothing of what it holds', () => {
    const sealed = seal({ contact: '07700900123' }, secret, 'log-in')
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('07700900123')
  })

  it('does not open with another key or for another purpose', () => {
    const sealed = seal('mine', secret, 'log-in')
    expect(unseal(sealed, randomBytes(32), 'log-in')).toBeUndefined()
    expect(unseal(sealed, secret, 'something else')).toBeUndefined()
  })

  it('does not open when any byte of it was changed', () => {
    const bytes = Buffer.from(seal('mine', secret, 'log-in'), 'base64url')
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(unseal(changed.toString('base64url'), secret, 'log-in')).toBeUndefined()
    }
  })

  it.each(['', 'x', 'not sealed at all', '====', 'A'.repeat(4000)])('does not open %j', (text) => {
    expect(unseal(text, secret, 'log-in')).toBeUndefined()
  })
})
