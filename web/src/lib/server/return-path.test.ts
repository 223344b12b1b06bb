import { describe, expect, it } from 'vitest'
import { logInFor, returnPath } from './return-path.ts'

describe('the page after a log in', () => {
  it.each(['/home', '/appointments/4f1c', '/appointments?after=abc', '/m/Yk3'])('may be %s', (path) => {
    expect(returnPath(path)).toBe(path)
  })

  it.each([
    'https://evil.example/home',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/..//evil.example',
    'javascript:alert(1)',
    'home',
    '',
    null,
    undefined,
  ])('is never %j', (path) => {
    expect(returnPath(path)).toBeUndefined()
  })

  it.each([
    '/',
    '/log-in',
    '/log-in/code',
    '/log-out',
    '/timed-out',
    '/session/extend',
    '/x/../log-out',
    '/log-in?return=/log-in',
  ])('is not %s, where nobody wants to arrive', (path) => {
    expect(returnPath(path)).toBeUndefined()
  })

  it('travels in the address of the log-in page', () => {
    expect(logInFor('/appointments/4f1c')).toBe('/log-in?return=%2Fappointments%2F4f1c')
    expect(logInFor('https://evil.example')).toBe('/log-in')
  })
})
