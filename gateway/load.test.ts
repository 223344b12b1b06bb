import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { aGateway, feedsToken } from './test/a-gateway.ts'
import { names, transport } from './test/canned-graph.ts'
import { heldSubgraphs } from './test/held-subgraphs.ts'

const many = <T>(n: number, make: () => Promise<T>) => Promise.all(Array.from({ length: n }, make))

describe('more than one gateway takes on', () => {
  it('a second is turned away with the time to come again, until there is room', async () => {
    const { ask } = await aGateway({ limits: { ratePerSecond: 5 } })
    const answers = await many(30, () => ask('{ trust { name } }'))
    const refused = answers.filter(({ status }) => status === 429)
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(10)
    expect(refused.length).toBeGreaterThan(10)
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
    expect(refused[0]?.body.errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: 1 })
    await setTimeout(1_100)
    expect((await ask('{ trust { name } }')).status).toBe(200)
  })

  it('a second is not counted for our own systems, and forged credentials do not count as theirs', async () => {
    const { ask } = await aGateway({ limits: { ratePerSecond: 1 } })
    const answers = await many(20, () => ask('{ trust { name } }', { token: feedsToken }))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    const forged = await many(20, () => ask('{ trust { name } }', { token: `${feedsToken}x` }))
    expect(forged.every(({ status }) => status === 401)).toBe(true)
  })

  it('a second can be switched off', async () => {
    const { ask } = await aGateway({ limits: { ratePerSecond: null } })
    const answers = await many(150, () => ask('{ trust { name } }'))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })

  it('at the same time is turned away at once', async () => {
    const { ask } = await aGateway({ limits: { inFlight: 2 } })
    const running = many(2, () => ask('{ slow(ms: 300) }'))
    await setTimeout(100)
    const { status, code, headers } = await ask('{ trust { name } }', { token: feedsToken })
    expect({ status, code, retryAfter: headers.get('retry-after') }).toEqual({
      status: 429,
      code: 'RATE_LIMITED',
      retryAfter: '1',
    })
    expect((await running).map(({ status }) => status)).toEqual([200, 200])
    expect((await ask('{ trust { name } }')).status).toBe(200)
  })
})

describe('an answer that takes too long', () => {
  it('is given up with 504, and the subgraph is told', async () => {
    const signals: (AbortSignal | undefined)[] = []
    const patients = transport('patients')
    const subgraphs = {
      ...Object.fromEntries(names.map((name) => [name, transport(name)])),
      patients: (call: Parameters<typeof patients>[0]) => (signals.push(call.signal), patients(call)),
    }
    const { ask } = await aGateway({ subgraphs, limits: { timeLimitMs: 150 } })
    const started = performance.now()
    const { status, code, body } = await ask('{ slow(ms: 2000) }')
    expect({ status, code, data: body.data }).toEqual({ status: 504, code: 'UNAVAILABLE', data: undefined })
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(signals[0]?.aborted).toBe(true)
  })

  it('of one subgraph is a gap in the answer', async () => {
    const { ask } = await aGateway({ limits: { subgraphTimeLimitMs: 150 } })
    const { status, code } = await ask('{ slow(ms: 2000) }')
    expect({ status, code }).toEqual({ status: 503, code: 'UNAVAILABLE' })
  })

  it('is given up in this process too', async () => {
    const { execute } = await aGateway({ limits: { timeLimitMs: 150 } })
    const viewer = { role: 'SYSTEM' as const, actorId: 'system:messages', patientIds: [], scopes: [] }
    const { errors } = await execute({ query: '{ slow(ms: 2000) }', viewer })
    expect(errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE' })
  })
})

describe('while the gateway stops', () => {
  it('a part of this process waits its turn like everybody, and is not left hanging', async () => {
    const { execute, stop } = await aGateway()
    const viewer = { role: 'SYSTEM' as const, actorId: 'system:messages', patientIds: [], scopes: [] }
    const running = execute({ query: '{ slow(ms: 300) }', viewer })
    const stopped = stop()
    const { errors } = await execute({ query: '{ trust { name } }', viewer })
    expect(errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE' })
    expect(await running).toEqual({ data: { slow: 'at last' } })
    await stopped
  })

  it('what runs is finished, what comes is refused, then nobody listens', async () => {
    const { subgraphs, asked, release } = heldSubgraphs()
    const { ask, stop, url } = await aGateway({ subgraphs })
    const running = ask('{ slow(ms: 1) }')
    await asked
    const stopped = stop()
    const { status, code, headers } = await ask('{ trust { name } }')
    expect({ status, code, retryAfter: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'UNAVAILABLE',
      retryAfter: '5',
    })
    expect((await fetch(`${url}/ready`)).status).toBe(503)
    expect((await fetch(`${url}/health`)).status).toBe(200)
    release()
    expect((await running).body).toEqual({ data: { slow: 'at last' } })
    await stopped
    await expect(fetch(`${url}/health`)).rejects.toThrow()
  })
})
