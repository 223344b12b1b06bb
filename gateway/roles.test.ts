import { describe, expect, it } from 'vitest'
import { aGateway, feedsToken } from './test/a-gateway.ts'
import type { Asked } from './test/a-gateway.ts'
import { amalsToken, names, supergraph, transport } from './test/canned-graph.ts'

const refusal = ({ status, code, body }: Asked) => ({
  status,
  code,
  message: body.errors?.[0]?.message,
  data: body.data,
})
const forbidden = (field: string) => ({
  status: 403,
  code: 'FORBIDDEN',
  message: `The role PATIENT may not use ${field}.`,
  data: undefined,
})

describe('the role against every field, before anything is planned', () => {
  it.each([
    ['a root field', '{ me { id } patient(id: "amal") { id } }', 'Query.patient'],
    ['under another name', '{ me { nickname: hospitalNumber } }', 'Patient.hospitalNumber'],
    [
      'in a named fragment',
      '{ me { ...Record } } fragment Record on Patient { id hospitalNumber }',
      'Patient.hospitalNumber',
    ],
    [
      'in fragments within fragments',
      '{ me { ...A } } fragment A on Patient { ...B } fragment B on Patient { friend { ...C } } fragment C on Patient { hospitalNumber }',
      'Patient.hospitalNumber',
    ],
    ['in an inline fragment', '{ me { ... on Patient { hospitalNumber } } }', 'Patient.hospitalNumber'],
    ['skipped by a directive', '{ me { id hospitalNumber @skip(if: true) } }', 'Patient.hospitalNumber'],
    ['across subgraphs', '{ me { appointments { reference } } }', 'Appointment.reference'],
    ['on a member of a union', '{ found { ... on Note { secret } } }', 'Note.secret'],
    ['on a type behind an interface', '{ document(id: "l1") { id ... on Note { secret } } }', 'Note.secret'],
    ['of an interface nobody of this role may read', '{ document(id: "l1") { origin } }', 'Letter.origin'],
    [
      'of an interface, narrowed to the type that is not theirs',
      '{ document(id: "l1") { ... on Note { ... on ClinicalDocument { title } } } }',
      'Note.title',
    ],
    ['through an interface with one, forbidden, type', '{ inPlainSight { id } }', 'Note.id'],
    [
      'in the operation that is run, of several',
      'query A { trust { name } } query B { patient(id: "amal") { id } }',
      'Query.patient',
      'B',
    ],
    ['that names no role at all', '{ unruled }', 'Query.unruled'],
  ] as [string, string, string, string?][])('refuses a field %s', async (_, query, field, operationName) => {
    const { ask } = await aGateway()
    expect(refusal(await ask(query, { token: amalsToken, ...(operationName ? { operationName } : {}) }))).toEqual(
      forbidden(field),
    )
  })

  it('asks no subgraph anything of a refused operation', async () => {
    const asked: string[] = []
    const subgraphs = Object.fromEntries(names.map((name) => [name, watched(name, asked)]))
    const { ask } = await aGateway({ subgraphs })
    await ask('{ me { name hospitalNumber } }', { token: amalsToken })
    expect(asked).toEqual(['ViewerOf'])
  })

  it('allows a field of an interface that one of its types allows, and its own types of a union', async () => {
    const { ask } = await aGateway()
    const { body, status } = await ask(
      '{ document(id: "l1") { title } found { __typename ... on Letter { title } } }',
      { token: amalsToken },
    )
    expect(status).toBe(200)
    expect(body.data).toEqual({
      document: { title: 'Your appointment' },
      found: [{ __typename: 'Letter', title: 'Your appointment' }, { __typename: 'Note' }],
    })
  })

  it('lets one of our systems read what is for systems', async () => {
    const { ask } = await aGateway()
    const { body } = await ask('{ patient(id: "amal") { hospitalNumber } }', { token: feedsToken })
    expect(body).toEqual({ data: { patient: { hospitalNumber: 'H1' } } })
  })

  it('tells somebody who is not logged in to log in', async () => {
    const { ask } = await aGateway()
    expect(refusal(await ask('{ me { id } }'))).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', data: undefined })
  })

  it('remembers an answer for its role and for no other', async () => {
    const { ask } = await aGateway()
    const query = '{ patient(id: "amal") { id } }'
    const statuses = []
    for (const token of [feedsToken, amalsToken, feedsToken, undefined])
      statuses.push((await ask(query, token ? { token } : {})).status)
    expect(statuses).toEqual([200, 403, 200, 401])
  })

  it('remembers an answer for one operation of a text and not for the others', async () => {
    const { ask } = await aGateway()
    const query = 'query A { trust { name } } query B { patient(id: "amal") { id } }'
    expect((await ask(query, { token: amalsToken, operationName: 'A' })).status).toBe(200)
    expect((await ask(query, { token: amalsToken, operationName: 'B' })).status).toBe(403)
  })

  it('keeps a partner to the scopes it was given', async () => {
    const { execute } = await aGateway()
    const partner = { role: 'PARTNER' as const, actorId: 'royal-free', patientIds: [] }
    const without = await execute({ query: '{ partnerFact }', viewer: { ...partner, scopes: [] } })
    const having = await execute({ query: '{ partnerFact }', viewer: { ...partner, scopes: ['patients.read'] } })
    expect(without.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
    expect(without.errors?.[0]?.message).toBe('Query.partnerFact needs a token with the scope patients.read.')
    expect(having).toEqual({ data: { partnerFact: 'a fact' } })
  })

  it('does not start on a supergraph in which no field says who may use it', async () => {
    const open = supergraph.replaceAll(/@auth\(roles: \[[A-Z, ]*\][^)]*\)/g, '')
    await expect(aGateway({ supergraph: open })).rejects.toThrow('no field with @auth')
  })
})

describe('what is between gateway and subgraphs only', () => {
  it.each([
    '{ _entities(representations: []) { __typename } }',
    '{ _service { sdl } }',
    '{ viewerOf(tokenHash: "x") { role } }',
  ])('does not exist for clients: %s', async (query) => {
    const { ask } = await aGateway()
    const { status, code, body } = await ask(query, { token: feedsToken })
    expect({ status, code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' })
    expect(body.errors?.[0]?.message).toMatch(/^Cannot query field "\w+" on type "Query"\.$/)
  })
})

describe('reading the schema', () => {
  const query = '{ __schema { queryType { name } } }'
  it('is open to everyone outside production', async () => {
    const { ask } = await aGateway()
    expect((await ask(query)).status).toBe(200)
  })

  it('is for our systems only in production, and names nothing to others', async () => {
    const { ask, execute } = await aGateway({ production: true, operations: '{}' })
    expect((await ask(query, { token: feedsToken })).status).toBe(200)
    expect((await ask(query)).status).toBe(400)
    const staff = await execute({
      query: '{ me { id } }',
      viewer: { role: 'STAFF', actorId: 's', patientIds: [], scopes: [] },
    })
    expect(staff.errors?.[0]?.message).toBe('The role STAFF may not use Query.me.')
  })
})

function watched(name: (typeof names)[number], asked: string[]) {
  const ask = transport(name)
  return (call: Parameters<typeof ask>[0]) => {
    asked.push(call.operationName ?? call.query)
    return ask(call)
  }
}
