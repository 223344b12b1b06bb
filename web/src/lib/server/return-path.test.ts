import { describe, expect, it } from 'vitest'
import { patients, staff } from './door.ts'
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
    '/desk',
    '/desk/requests/4f1c',
  ])('is not %s, where nobody wants to arrive', (path) => {
    expect(returnPath(path)).toBeUndefined()
  })

  it('travels in the address of the log-in page', () => {
    expect(logInFor('/appointments/4f1c')).toBe('/log-in?return=%2Fappointments%2F4f1c')
    expect(logInFor('https://evil.example')).toBe('/log-in')
  })
})

describe('the page after a log in to the staff desk', () => {
  it.each(['/desk', '/desk?after=abc', '/desk/requests/4f1c'])('may be %s', (path) => {
    expect(returnPath(path, staff)).toBe(path)
    expect(logInFor(path, staff)).toBe(`/desk/log-in?${new URLSearchParams({ return: path })}`)
  })

  it.each([
    '/home',
    '/desktop',
    '/desk/../home',
    '/desk/%2e%2e/home',
    '//desk',
    '/\\desk',
    'https://evil.example/desk',
    '/desk/log-in',
    '/desk/log-out',
    '/desk/timed-out',
    '/desk/session/extend',
  ])('is never %s', (path) => {
    expect(returnPath(path, staff)).toBeUndefined()
    expect(logInFor(path, staff)).toBe('/desk/log-in')
  })

  it('is no page for a patient', () => {
    expect(returnPath('/desk', patients)).toBeUndefined()
  })
})
