import { QueryPlanner } from '@apollo/query-planner'
import { createHash } from 'node:crypto'
import { parse, print } from 'graphql'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { aGateway, feedsToken } from './test/a-gateway.ts'
import { amalsToken, names, transport } from './test/canned-graph.ts'

const home = print(parse('query Home { me { name } }'))
const trust = print(parse('query Trust { trust { name } }'))
const forFeeds = print(parse('query RecordOf($id: ID!) { patient(id: $id) { hospitalNumber } }'))
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const operations = JSON.stringify(
  Object.fromEntries(
    [home, trust, forFeeds].map((document) => [sha256(document), { name: 'An operation', client: 'web', document }]),
  ),
)
const production = { production: true, operations }
const byHash = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } } })

describe('in production, somebody from outside', () => {
  it('runs a known operation by its text, however it is laid out', async () => {
    const { ask } = await aGateway(production)
    expect((await ask(home, { token: amalsToken })).body).toEqual({ data: { me: { name: 'Amal Haddad' } } })
    expect((await ask('# mine\nquery   Home{me{name,}}', { token: amalsToken })).body).toEqual({
      data: { me: { name: 'Amal Haddad' } },
    })
  })

  it('runs a known operation by its hash alone', async () => {
    const { post } = await aGateway(production)
    expect((await post(JSON.stringify(byHash(trust)))).body).toEqual({
      data: { trust: { name: 'West Hertfordshire' } },
    })
  })

  it.each([
    ['nobody yet', undefined],
    ['a patient', amalsToken],
  ])('runs nothing else: %s', async (_, token) => {
    const { ask, post } = await aGateway(production)
    const given = token ? { token } : {}
    const others = [
      await ask('query Trust { trust { name __typename } }', given),
      await ask('{ __schema { queryType { name } } }', given),
      await ask('{ tru', given),
    ]
    others.push(
      await post(
        JSON.stringify(byHash('query Other { trust { name } }')),
        token ? { authorization: `Bearer ${token}` } : {},
      ),
    )
    for (const { status, body } of others) {
      expect(status).toBe(400)
      expect(body.errors?.map(({ message, extensions }) => [extensions['code'], message])).toEqual([
        [
          'BAD_USER_INPUT',
          'This operation is not one of the known operations, and only those can be run here. New ones are not registered by sending them.',
        ],
      ])
    }
  })

  it('cannot make an operation known by sending it with its hash', async () => {
    const { ask, post } = await aGateway(production)
    const other = 'query Other { trust { name } }'
    expect((await ask(other, byHash(other))).status).toBe(400)
    expect((await post(JSON.stringify(byHash(other)))).status).toBe(400)
  })

  it('may not run what is known but for another role, and is not told which field', async () => {
    const { ask } = await aGateway(production)
    const { status, body } = await ask(forFeeds, { token: amalsToken, variables: { id: 'amal' } })
    expect(status).toBe(403)
    expect(body.errors).toEqual([{ message: 'You may not ask for this.', extensions: { code: 'FORBIDDEN' } }])
  })
})

describe('in production, one of our systems', () => {
  it('runs any operation', async () => {
    const { ask } = await aGateway(production)
    expect((await ask('{ patient(id: "amal") { name } }', { token: feedsToken })).body).toEqual({
      data: { patient: { name: 'Amal Haddad' } },
    })
  })
})

describe('outside production', () => {
  it('everybody runs any operation', async () => {
    const { ask } = await aGateway({ operations })
    expect((await ask('query Other { trust { name } }')).status).toBe(200)
  })

  it.each([
    ['a hash of another text', { query: trust, ...byHash(home) }],
    ['a hash that is none', { extensions: { persistedQuery: { sha256Hash: 42 } } }],
    ['a hash nobody knows', byHash('query Other { trust { name } }')],
  ])('%s is said to be wrong', async (_, body) => {
    const { post } = await aGateway({ operations })
    const { status, code } = await post(JSON.stringify(body))
    expect({ status, code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' })
  })
})

describe('the list of known operations', () => {
  it('is refused when a text is not what its hash says', async () => {
    const changed = JSON.stringify({ [sha256(home)]: { name: 'Home', client: 'web', document: trust } })
    await expect(aGateway({ operations: changed })).rejects.toThrow('The known operation Home does not match its hash')
  })

  it('is planned before it is asked for, without asking a subgraph anything', async () => {
    const planning = vi.spyOn(QueryPlanner.prototype, 'buildQueryPlan')
    onTestFinished(() => planning.mockRestore())
    const asked: string[] = []
    const subgraphs = Object.fromEntries(
      names.map((name) => {
        const ask = transport(name)
        return [name, (call: Parameters<typeof ask>[0]) => (asked.push(name), ask(call))]
      }),
    )
    const document = print(
      parse('mutation Start($input: StartLoginInput!) { startLogin(input: $input) { __typename } }'),
    )
    const { ask, logged } = await aGateway({
      operations: JSON.stringify({ [sha256(document)]: { name: 'Start', client: 'web', document } }),
      subgraphs,
    })
    await vi.waitFor(() => expect(planning).toHaveBeenCalledTimes(1))
    expect(asked).toEqual([])
    const { body } = await ask(document, { variables: { input: { contact: 'a', bornOn: 'b', channel: 'TEXT' } } })
    expect(body).toEqual({ data: { startLogin: { __typename: 'LoginCodeSent' } } })
    expect(planning).toHaveBeenCalledTimes(1)
    expect(logged.join('')).not.toContain('error')
  })
})
