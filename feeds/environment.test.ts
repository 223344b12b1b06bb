import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { EnvironmentFaults, readEnvironment } from './environment.ts'

const secret = 'x'.repeat(43)
const folder = mkdtempSync(join(tmpdir(), 'feeds-'))
const pem = join(folder, 'key.pem')
writeFileSync(pem, 'a key')
afterAll(() => rmSync(folder, { recursive: true }))

const faults = (environment: Record<string, string>) => {
  try {
    readEnvironment(environment)
  } catch (error) {
    if (error instanceof EnvironmentFaults) return error.message.split('\n')
    throw error
  }
  return []
}

describe('the settings of the feeds', () => {
  it('need only the secret: the machine itself may send, and nobody else', () => {
    expect(readEnvironment({ SYSTEM_SECRET_FEEDS: secret })).toMatchObject({
      host: '127.0.0.1',
      port: 2575,
      allow: ['127.0.0.0/8', '::1'],
      tls: undefined,
      maximumMessageBytes: 30_000_000,
      processingIds: ['P', 'T', 'D'],
      graph: { url: 'http://127.0.0.1:4000/graphql', secret },
    })
  })

  it('serve health only where they are told a port for it', () => {
    expect(readEnvironment({ SYSTEM_SECRET_FEEDS: secret }).healthPort).toBeUndefined()
    expect(readEnvironment({ SYSTEM_SECRET_FEEDS: secret, HL7_HEALTH_PORT: '2576' }).healthPort).toBe(2576)
  })

  it('take only production messages in production, unless told otherwise', () => {
    const production = { SYSTEM_SECRET_FEEDS: secret, NODE_ENV: 'production', HL7_SEND_TO: 'pas.example:2575' }
    expect(readEnvironment(production).processingIds).toEqual(['P'])
    expect(readEnvironment({ ...production, HL7_PROCESSING: 'P, T' }).processingIds).toEqual(['P', 'T'])
  })

  it('tell the demonstration’s hospital, and in production the one they are given', () => {
    expect(readEnvironment({ SYSTEM_SECRET_FEEDS: secret }).writeBack).toEqual({
      hospital: { host: '127.0.0.1', port: 2576 },
      application: 'PAS',
      processingId: 'T',
      answerMs: 15_000,
    })
    const production = { SYSTEM_SECRET_FEEDS: secret, NODE_ENV: 'production', HL7_SEND_TO: '[2001:db8::5]:2575' }
    const tls = { HL7_SEND_TLS_CA: pem, HL7_SEND_TLS_KEY: pem, HL7_SEND_TLS_CERT: pem }
    expect(readEnvironment({ ...production, ...tls }).writeBack).toMatchObject({
      hospital: { host: '2001:db8::5', port: 2575, tls: { ca: 'a key', key: 'a key', cert: 'a key' } },
      processingId: 'P',
    })
    expect(readEnvironment({ ...production, HL7_SEND_TO: 'pas.example:2575', HL7_SEND_TLS_CA: pem }).writeBack).toEqual(
      {
        hospital: { host: 'pas.example', port: 2575, tls: { ca: 'a key', servername: 'pas.example' } },
        application: 'PAS',
        processingId: 'P',
        answerMs: 15_000,
      },
    )
    expect(faults({ SYSTEM_SECRET_FEEDS: secret, NODE_ENV: 'production' })).toEqual([
      'HL7_SEND_TO: is needed in production: where the hospital’s system hears what patients did',
    ])
  })

  it('take a setting that is left blank as one that is left out', () => {
    const blanks = { HL7_SEND_TO: '', HL7_ALLOW: '', HL7_TLS_KEY: '', HL7_PROCESSING: '', GRAPH_URL: '' }
    expect(readEnvironment({ SYSTEM_SECRET_FEEDS: secret, ...blanks })).toEqual(
      readEnvironment({ SYSTEM_SECRET_FEEDS: secret }),
    )
  })

  it('read the keys of TLS from files', () => {
    const tls = { HL7_TLS_KEY: pem, HL7_TLS_CERT: pem, HL7_TLS_CA: pem }
    expect(readEnvironment({ SYSTEM_SECRET_FEEDS: secret, ...tls }).tls).toEqual({
      key: 'a key',
      cert: 'a key',
      ca: 'a key',
    })
  })

  it('report every fault at once, and repeat no secret', () => {
    expect(
      faults({
        SYSTEM_SECRET_FEEDS: 'short',
        HL7_PORT: '99999',
        GRAPH_URL: 'localhost',
        HL7_MESSAGE_SECONDS: '-1',
        HL7_TLS_KEY: '/nowhere',
      }),
    ).toEqual([
      'HL7_PORT: must be a whole number from 0 to 65535 (got "99999")',
      'HL7_TLS_KEY: must name a PEM file that can be read (got "/nowhere")',
      'HL7_MESSAGE_SECONDS: must be a whole number from 1 to 600 (got "-1")',
      'GRAPH_URL: must be an http or https address (got "localhost")',
      'SYSTEM_SECRET_FEEDS: must be 32 random bytes in base64url, 43 characters',
    ])
    expect(faults({})).toEqual(['SYSTEM_SECRET_FEEDS: is missing'])
  })

  it.each([
    [{ HL7_ALLOW: '10.0.0.0/8, nonsense' }, 'HL7_ALLOW: "nonsense" is neither an address nor a network'],
    [{ HL7_ALLOW: '10.0.0.0/64' }, 'HL7_ALLOW: "10.0.0.0/64" is neither an address nor a network'],
    [{ HL7_TLS_CERT: pem }, 'HL7_TLS_KEY: is needed beside the other half of the pair'],
    [{ HL7_TLS_KEY: pem }, 'HL7_TLS_CERT: is needed beside the other half of the pair'],
    [{ HL7_TLS_CA: pem }, 'HL7_TLS_KEY: is needed: HL7_TLS_CA asks senders'],
    [{ HL7_SEND_TO: 'pas.example' }, 'HL7_SEND_TO: must be a host and a port'],
    [{ HL7_SEND_TO: '2001:db8::5:2575' }, 'HL7_SEND_TO: must be a host and a port'],
    [{ HL7_SEND_TO: 'pas.example:99999' }, 'HL7_SEND_TO: must have a port from 1 to 65535'],
    [{ HL7_SEND_SECONDS: '60' }, 'HL7_SEND_SECONDS: must be a whole number from 1 to 45'],
    [{ HL7_SEND_TLS_KEY: pem }, 'HL7_SEND_TLS_CERT: is needed beside the other half of the pair'],
    [{ HL7_PROCESSING: 'P,X' }, 'HL7_PROCESSING: must list P, T or D'],
  ])('do not take %j', (environment, fault) => {
    expect(faults({ SYSTEM_SECRET_FEEDS: secret, ...environment })).toEqual([expect.stringContaining(fault)])
  })
})
