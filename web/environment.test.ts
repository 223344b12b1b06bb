import { describe, expect, it } from 'vitest'
import { readEnvironment, SettingsNotUsable } from './environment.ts'

const WEB_SIGNING_KEY = Buffer.alloc(32, 1).toString('base64url')

const faults = (variables: NodeJS.ProcessEnv) => {
  try {
    readEnvironment(variables)
  } catch (error) {
    if (error instanceof SettingsNotUsable) return error.message.split('\n')
    throw error
  }
  return []
}

describe('the settings of the site', () => {
  it('are those of one machine when only the key is given', () => {
    expect(readEnvironment({ WEB_SIGNING_KEY })).toMatchObject({
      publicUrl: new URL('http://localhost:3000'),
      host: '127.0.0.1',
      port: 3000,
      graphUrl: new URL('http://localhost:4000/graphql'),
      signingKey: Buffer.alloc(32, 1),
      proxyHops: 0,
      inbox: undefined,
      logLevel: 'info',
      production: false,
    })
  })

  it('take an empty variable as one that is not set', () => {
    expect(readEnvironment({ WEB_SIGNING_KEY, WEB_PORT: '', INBOX_URL: '' }).port).toBe(3000)
  })

  it('say every fault at once, with what was given', () => {
    expect(faults({ PUBLIC_URL: 'localhost', WEB_PORT: 'http', GRAPH_URL: '4000', PROXY_HOPS: '-1' })).toEqual([
      'PUBLIC_URL: must be a URL that starts with http:// or https:// (got "localhost")',
      'WEB_PORT: must be a whole number from 0 to 65535 (got "http")',
      'GRAPH_URL: must be a URL that starts with http:// or https:// (got "4000")',
      'WEB_SIGNING_KEY: is missing; make one with: openssl rand -base64 32 | tr "+/" "-_" | tr -d "="',
      'PROXY_HOPS: must be a whole number from 0 to 9 (got "-1")',
    ])
  })

  it('never repeat a secret', () => {
    expect(faults({ WEB_SIGNING_KEY: 'too-short' })).toEqual([
      'WEB_SIGNING_KEY: must be 32 bytes as base64url (43 characters)',
    ])
  })

  it('refuse a site without a path of its own', () => {
    expect(faults({ WEB_SIGNING_KEY, PUBLIC_URL: 'https://example.com/portal' })).toEqual([
      'PUBLIC_URL: must not have a path (got "https://example.com/portal")',
    ])
  })

  it('need the key of the inbox with its address', () => {
    expect(faults({ WEB_SIGNING_KEY, INBOX_URL: 'http://localhost:4010' })).toEqual([
      'INBOX_KEY: is missing; INBOX_URL needs it',
    ])
  })

  it('in production refuse plain http and the inbox of the demonstration', () => {
    const variables = {
      WEB_SIGNING_KEY,
      NODE_ENV: 'production',
      INBOX_URL: 'http://localhost:4010',
      INBOX_KEY: 'x'.repeat(73),
    }
    expect(faults(variables)).toEqual([
      'PUBLIC_URL: must start with https:// in production',
      'INBOX_URL: belongs to the demonstration and must not be set in production (got "http://localhost:4010")',
    ])
    expect(
      readEnvironment({ WEB_SIGNING_KEY, NODE_ENV: 'production', PUBLIC_URL: 'https://portal.example' }).production,
    ).toBe(true)
  })
})
