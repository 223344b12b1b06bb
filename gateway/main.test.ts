import { describe, expect, it } from 'vitest'
import { aGateway, feedsToken } from './test/a-gateway.ts'
import { amalsToken } from './test/canned-graph.ts'

describe('the graph through the gateway', () => {
  it('joins what three subgraphs know', async () => {
    const { ask } = await aGateway()
    const { status, body } = await ask('{ me { name appointments { startsAt letter { title about { name } } } } }', {
      token: amalsToken,
    })
    const letter = { title: 'Your appointment', about: { name: 'Amal Haddad' } }
    const appointment = { startsAt: '2026-12-01T09:00:00Z', letter }
    expect(body).toEqual({ data: { me: { name: 'Amal Haddad', appointments: [appointment, appointment] } } })
    expect(status).toBe(200)
  })

  it('tells a subgraph who is asking, where from, and under which request', async () => {
    const { ask } = await aGateway()
    const query = '{ whoIsAsking { role actorId clientAddress requestId } }'
    const nobody = await ask(query, { headers: { 'x-request-id': 'request-0001' } })
    expect(nobody.body.data?.['whoIsAsking']).toEqual({
      role: 'ANONYMOUS',
      actorId: 'anonymous',
      clientAddress: '127.0.0.1',
      requestId: expect.stringMatching(/^request-0001\.[\w-]{12}$/) as string,
    })
    const feeds = await ask(query, { token: feedsToken })
    expect(feeds.body.data?.['whoIsAsking']).toMatchObject({ role: 'SYSTEM', actorId: 'system:feeds' })
  })
})
