import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { aGateway } from './test/a-gateway.ts'
import { aPartner } from './test/a-partner.ts'
import { amalsToken, names, transport } from './test/canned-graph.ts'
import type { CannedClient } from './test/canned-partners.ts'
import type { GatewaySettings, SubgraphCall } from './main.ts'

const doctor = { 'x-end-user-id': 'dr.okafor', 'x-end-user-role': 'Consultant' }
const whoIsAsking =
  '{ whoIsAsking { role actorId name organisation { code name } endUser { id role } scopes clientAddress } }'

async function aPartnersGateway(facts: Partial<CannedClient> = {}, settings: Partial<GatewaySettings> = {}) {
  const gateway = await aGateway(settings)
  const partner = aPartner(gateway.url, facts)
  const token = await partner.token()
  const ask = (query: string, headers: Record<string, string> = doctor, more = {}) =>
    gateway.ask(query, { token, headers, ...more })
  return { ...gateway, partner, token, ask }
}

describe('a partner that asks', () => {
  it('is told to every subgraph: its system, its organisation and for whom it says it asks', async () => {
    const { ask, partner } = await aPartnersGateway()
    const { body } = await ask(whoIsAsking, { ...doctor, 'x-end-user-role': 'M%C3%A9decin%20%26%20chef' })
    expect(body.data?.['whoIsAsking']).toEqual({
      role: 'PARTNER',
      actorId: `partner:${partner.client.id}`,
      name: 'Clinical portal',
      organisation: { code: 'RAL', name: 'Royal Free London NHS Foundation Trust' },
      endUser: { id: 'dr.okafor', role: 'Médecin & chef' },
      scopes: ['patients.read'],
      clientAddress: '127.0.0.1',
    })
  })

  it('is told to nobody more than subgraphs need: no list of operations, no token', async () => {
    const calls: SubgraphCall[] = []
    const patients = transport('patients')
    const subgraphs = Object.fromEntries(names.map((name) => [name, transport(name)]))
    const { ask, token } = await aPartnersGateway(
      {},
      { subgraphs: { ...subgraphs, patients: (call) => (calls.push(call), patients(call)) } },
    )
    await ask('{ partnerFact }')
    const { viewer } = calls.at(-1) as SubgraphCall
    expect(Object.keys(viewer).sort()).toEqual([
      'actorId',
      'clientAddress',
      'endUser',
      'name',
      'organisation',
      'patientIds',
      'role',
      'scopes',
    ])
    expect(JSON.stringify(calls)).not.toContain(token)
  })

  it('leaves its client id in the access log, and not for whom it asks', async () => {
    const { ask, partner, logged } = await aPartnersGateway()
    await ask('query ForHaddad9434765919 { partnerFact }')
    const line = logged.map((it) => JSON.parse(it)).find(({ path }) => path === '/graphql')
    expect(line).toMatchObject({ role: 'PARTNER', partner: partner.client.id })
    for (const word of ['okafor', 'Consultant', 'Royal Free', '9434765919']) expect(logged.join('')).not.toContain(word)
  })

  it.each([
    ['no id', { 'x-end-user-role': 'Consultant' }, /x-end-user-id/],
    ['no role', { 'x-end-user-id': 'dr.okafor' }, /x-end-user-role/],
    ['an empty id', { ...doctor, 'x-end-user-id': ' ' }, /x-end-user-id/],
    ['an id of 101 characters', { ...doctor, 'x-end-user-id': 'x'.repeat(101) }, /x-end-user-id/],
    ['an id outside ASCII', { ...doctor, 'x-end-user-id': 'dr.\u00e9' }, /x-end-user-id/],
    ['a role of 101 characters', { ...doctor, 'x-end-user-role': 'x'.repeat(101) }, /x-end-user-role/],
    ['a blank role', { ...doctor, 'x-end-user-role': '%20%20' }, /x-end-user-role/],
    ['a role of letters that nobody sees', { ...doctor, 'x-end-user-role': '%E3%85%A4%E1%85%9F' }, /x-end-user-role/],
    ['a role that is half encoded', { ...doctor, 'x-end-user-role': 'Consultant%C3' }, /x-end-user-role/],
    ['a role with a line in it', { ...doctor, 'x-end-user-role': 'Consultant%0AAdministrator' }, /x-end-user-role/],
    ['a role that turns the text around', { ...doctor, 'x-end-user-role': '%E2%80%AEtnatlusnoC' }, /x-end-user-role/],
  ])('is refused with %s, and told what to send', async (_, headers, words) => {
    const { ask } = await aPartnersGateway()
    const { status, code, body } = await ask('{ partnerFact }', headers as Record<string, string>)
    expect([status, code]).toEqual([400, 'BAD_USER_INPUT'])
    expect(body.errors?.[0]?.message).toMatch(words)
  })

  it('is refused when it names two people', async () => {
    const { url, token } = await aPartnersGateway()
    const { status, text } = await twice(url, token)
    expect(status).toBe(400)
    expect(text).toContain('x-end-user-id')
  })

  it('is told to wait when it asks too often', async () => {
    const { ask, partner } = await aPartnersGateway()
    partner.client.retryAfterSeconds = 2
    const { status, code, headers } = await ask('{ partnerFact }')
    expect([status, code, headers.get('retry-after')]).toEqual([429, 'RATE_LIMITED', '2'])
    partner.client.retryAfterSeconds = null
    expect((await ask('{ partnerFact }')).status).toBe(200)
  })

  it('reads the schema outside production alone', async () => {
    const introspection = '{ __schema { queryType { name } } }'
    expect((await (await aPartnersGateway()).ask(introspection)).status).toBe(200)
    const inProduction = await aPartnersGateway({}, { production: true, operations: '{}' })
    expect(await inProduction.ask(introspection)).toMatchObject({ status: 403, code: 'FORBIDDEN' })
  })
})

describe('anybody else who says for whom they ask', () => {
  it('asks for themselves', async () => {
    const { ask } = await aGateway()
    const { body } = await ask(whoIsAsking, { token: amalsToken, headers: doctor })
    expect(body.data?.['whoIsAsking']).toMatchObject({ role: 'PATIENT', endUser: null, organisation: null })
  })
})

describe('a partner that was registered with a list of operations', () => {
  const listed = 'query Fact {\n  partnerFact\n}'
  const facts = { operationHashes: [createHash('sha256').update(listed).digest('hex')] }
  const inProduction = { production: true, operations: '{}' }

  it.each([
    ['as it is on the list', listed],
    ['laid out in another way', '# a fact\nquery   Fact { partnerFact, }'],
  ])('may send one of them, %s', async (_, query) => {
    const { ask } = await aPartnersGateway(facts)
    expect((await ask(query)).body).toEqual({ data: { partnerFact: 'a fact' } })
  })

  it.each([
    ['with one field more', 'query Fact { partnerFact __typename }'],
    ['by another name', 'query Facts { partnerFact }'],
    ['with another one beside it', `${listed}\nquery Trust {\n  trust {\n    name\n  }\n}`],
    ['that is none', '{'],
  ])('may send no other: %s', async (_, query) => {
    for (const settings of [{}, inProduction]) {
      const { ask } = await aPartnersGateway(facts, settings)
      const { status, code, body } = await ask(query, doctor, { operationName: 'Fact' })
      expect([status, code]).toEqual([400, 'BAD_USER_INPUT'])
      expect(body.errors?.[0]?.message).toMatch(/not on the list your system was registered with/)
    }
  })

  it('may not send one of our own either, by its hash', async () => {
    const document = '{\n  trust {\n    name\n  }\n}'
    const sha256Hash = createHash('sha256').update(document).digest('hex')
    const operations = JSON.stringify({ [sha256Hash]: { name: 'Trust', client: 'web', document } })
    const { url, token } = await aPartnersGateway(facts, { operations })
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...doctor },
      body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } } }),
    })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('not on the list')
  })

  it('holds one system to it, and no other: without a list any operation may be sent, in production too', async () => {
    const { ask } = await aPartnersGateway({}, inProduction)
    expect((await ask('query Anything { partnerFact }')).status).toBe(200)
  })
})

/** `fetch` would join two headers of one name. */
async function twice(url: string, token: string) {
  const { request } = await import('node:http')
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const asked = request(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-end-user-id': ['dr.okafor', 'dr.smith'],
        'x-end-user-role': 'Consultant',
      },
    })
    asked.on('response', (response) => {
      let text = ''
      response.on('data', (chunk) => (text += String(chunk)))
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
    asked.on('error', reject)
    asked.end(JSON.stringify({ query: '{ partnerFact }' }))
  })
}
