import { describe, expect, it, onTestFinished } from 'vitest'
import { EnvironmentFaults, readEnvironment } from './environment.ts'
import { aGateway } from './test/a-gateway.ts'

const key = Buffer.alloc(32, 3).toString('base64url')
const complete = Object.fromEntries(
  [
    ...['PATIENTS', 'APPOINTMENTS', 'DOCUMENTS', 'MESSAGES'].map((it) => `SUBGRAPH_KEY_${it}`),
    ...['FEEDS', 'MESSAGES', 'DOCUMENTS'].map((it) => `SYSTEM_SECRET_HASH_${it}`),
    'WEB_SIGNING_KEY',
  ].map((name) => [name, key]),
)

describe('the settings of a gateway that runs alone', () => {
  it('need keys and no more', () => {
    const settings = readEnvironment(complete)
    expect(settings).toMatchObject({ host: '127.0.0.1', port: 4000, production: false, limits: { ratePerSecond: 60 } })
    expect(settings.subgraphs['messages']).toEqual({ url: 'http://127.0.0.1:4004/graphql', key })
    expect(settings.systemClients?.map(({ id }) => id)).toEqual(['feeds', 'messages', 'documents'])
  })

  it('take what is given', () => {
    const given = {
      NODE_ENV: 'production',
      GRAPH_PORT: '5000',
      GRAPH_RATE_LIMIT: '0',
      GRAPH_SANDBOX: 'off',
      HOST: '0.0.0.0',
    }
    expect(readEnvironment({ ...complete, ...given })).toMatchObject({
      host: '0.0.0.0',
      port: 5000,
      production: true,
      sandbox: false,
      limits: { ratePerSecond: null },
    })
  })

  it('say where partners reach it, and where they may have their keys', () => {
    const { publicUrl, proxyHops, partnerKeyHosts } = readEnvironment({ ...complete, GRAPH_PORT: '5000' })
    expect({ publicUrl, proxyHops, partnerKeyHosts }).toEqual({
      publicUrl: 'http://localhost:5000',
      proxyHops: 0,
      partnerKeyHosts: [],
    })
    const given = {
      NODE_ENV: 'production',
      GRAPH_PUBLIC_URL: 'https://graph.example/',
      GRAPH_PROXY_HOPS: '2',
      PARTNER_KEY_HOSTS: 'keys.example, keys.example.org:8443',
    }
    expect(readEnvironment({ ...complete, ...given })).toMatchObject({
      publicUrl: 'https://graph.example',
      proxyHops: 2,
      partnerKeyHosts: ['keys.example', 'keys.example.org:8443'],
    })
  })

  it('are left out when they are blank', () => {
    const blank = {
      GRAPH_PUBLIC_URL: '',
      GRAPH_PROXY_HOPS: '',
      PARTNER_KEY_HOSTS: '',
      GRAPH_SANDBOX: '',
      GRAPH_PORT: '',
    }
    expect(readEnvironment({ ...complete, ...blank })).toEqual(readEnvironment(complete))
  })

  it.each([
    [
      { GRAPH_PUBLIC_URL: 'graph.example' },
      'GRAPH_PUBLIC_URL: must be an http or https address without a path (got "graph.example")',
    ],
    [
      { GRAPH_PUBLIC_URL: 'https://graph.example/api' },
      'GRAPH_PUBLIC_URL: must be an http or https address without a path (got "https://graph.example/api")',
    ],
    [
      { GRAPH_PUBLIC_URL: 'http://graph.example', NODE_ENV: 'production' },
      'GRAPH_PUBLIC_URL: must start with https:// in production (got "http://graph.example")',
    ],
    [{ GRAPH_PROXY_HOPS: '-1' }, 'GRAPH_PROXY_HOPS: must be a whole number from 0 to 9 (got "-1")'],
    [
      { PARTNER_KEY_HOSTS: 'keys.example,https://other.example' },
      'PARTNER_KEY_HOSTS: must be names of hosts, with commas between (got "keys.example,https://other.example")',
    ],
    [
      { PARTNER_KEY_HOSTS: 'someone@keys.example' },
      'PARTNER_KEY_HOSTS: must be names of hosts, with commas between (got "someone@keys.example")',
    ],
  ])('are refused when partners could not use them: %j', (wrong, fault) => {
    expect(() => readEnvironment({ ...complete, ...wrong })).toThrow(new EnvironmentFaults([fault]))
  })

  it('may name where the people of a demonstration are, with a key, and never in production', () => {
    const people = { DEMONSTRATION_URL: 'http://127.0.0.1:5001', DEMONSTRATION_KEY: key }
    expect(readEnvironment(complete).demonstration).toBeUndefined()
    expect(readEnvironment({ ...complete, ...people }).demonstration).toBeDefined()
    expect(() => readEnvironment({ ...complete, ...people, NODE_ENV: 'production' })).toThrow(
      'DEMONSTRATION_URL: must be left out in production, which has no demonstration',
    )
    expect(() => readEnvironment({ ...complete, DEMONSTRATION_URL: people.DEMONSTRATION_URL })).toThrow(
      'DEMONSTRATION_KEY: is missing',
    )
    expect(() => readEnvironment({ ...complete, DEMONSTRATION_KEY: key })).toThrow('goes with DEMONSTRATION_URL')
  })

  it('are all looked at before a fault is reported, and secrets are not repeated', () => {
    const { SUBGRAPH_KEY_PATIENTS: _, ...rest } = complete
    const wrong = {
      ...rest,
      GRAPH_PORT: 'four thousand',
      WEB_SIGNING_KEY: 'a-secret-cut-short',
      SUBGRAPH_URL_MESSAGES: 'localhost',
      LOG_LEVEL: 'loud',
    }
    expect(() => readEnvironment(wrong)).toThrow(
      new EnvironmentFaults([
        'GRAPH_PORT: must be a port number (got "four thousand")',
        'LOG_LEVEL: must be a level of pino (got "loud")',
        'SUBGRAPH_URL_MESSAGES: must be an http or https address (got "localhost")',
        'SUBGRAPH_KEY_PATIENTS: is missing',
        'WEB_SIGNING_KEY: must be 32 bytes in base64url',
      ]),
    )
  })
})

describe('whatever the environment says of Apollo', () => {
  it('nothing is reported to its maker, and the limits of the planner stand', async () => {
    const before = { ...process.env }
    onTestFinished(() => void (process.env = before))
    process.env['APOLLO_TELEMETRY_DISABLED'] = 'false'
    process.env['APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK'] = 'true'
    process.env['APOLLO_KEY'] = 'service:portal:key'
    process.env['APOLLO_GRAPH_REF'] = 'portal@current'
    process.env['APOLLO_SCHEMA_REPORTING'] = 'true'
    const { ask } = await aGateway()
    expect(process.env['APOLLO_TELEMETRY_DISABLED']).toBe('1')
    expect(process.env['APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK']).toBeUndefined()
    expect((await ask('{ trust { name } }')).status).toBe(200)
  })
})

describe('a gateway that cannot work', () => {
  it.each([
    [
      'a subgraph has no way to it',
      { subgraphs: { patients: async () => ({}) } },
      'The supergraph has a subgraph "appointments", and the settings say no way to it',
    ],
    ['nobody knows the sessions', { subgraphs: {} }, 'The gateway needs a way to the subgraph "patients"'],
    ['the list of known operations is no list', { operations: '[]' }, 'expected record'],
  ])('does not start: %s', async (_, settings, message) => {
    await expect(aGateway(settings)).rejects.toThrow(message)
  })

  it('does not start: its port is in use', async () => {
    const { url } = await aGateway()
    const port = Number(new URL(url).port)
    await expect(aGateway({ port })).rejects.toThrow(`port ${port} is in use: stop what uses it, or set GRAPH_PORT`)
  })
})
