import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { aGateway, feedsToken } from './test/a-gateway.ts'
import { aPartner } from './test/a-partner.ts'

const half = {
  '/graphql': 'content-type: application/json\r\n\r\n{"query":',
  '/oauth/token': 'content-type: application/x-www-form-urlencoded\r\n\r\ngrant_type=',
}
const query = '{ trust { name } }'

/** Somebody who sends half a request and no more, and what they hear. */
class Dawdler {
  heard = ''
  readonly #socket: Socket

  constructor(url: string, path: keyof typeof half, more = '') {
    const { hostname, port } = new URL(url)
    const head = `POST ${path} HTTP/1.1\r\nhost: gateway\r\n${more}content-length: 60\r\n`
    this.#socket = connect(Number(port), hostname, () => this.#socket.write(head + half[path]))
    this.#socket.on('data', (chunk) => (this.heard += String(chunk)))
    this.#socket.on('error', () => {})
    onTestFinished(() => void this.#socket.destroy())
  }

  get isCutOff() {
    return this.#socket.closed
  }

  send(rest: string): void {
    this.#socket.write(rest)
  }
}

const dawdlers = async (many: number, make: (index: number) => Dawdler) => {
  const all: Dawdler[] = []
  for (let index = 0; index < many; index += 1) {
    all.push(make(index))
    await setTimeout(5)
  }
  await setTimeout(50)
  return all
}
const status = ({ heard }: Dawdler) => heard.split(' ')[1]
const from = (index: number) => `x-forwarded-for: 192.0.2.${index}\r\n`

describe('whoever sends a body slowly', () => {
  it.each(['/graphql', '/oauth/token'] as const)('keeps nobody from work: at %s', async (path) => {
    const { url, ask } = await aGateway({ limits: { inFlight: 2, ratePerSecond: null } })
    const all = await dawdlers(40, () => new Dawdler(url, path))
    expect((await ask(query)).status).toBe(200)
    expect((await ask(query, { token: feedsToken })).status).toBe(200)
    expect((await aPartner(url).ask()).status).toBe(200)
    expect(all.map(status)).toEqual(all.map(() => undefined))
  })

  it('makes room for others from the same address, who has been at it longest first', async () => {
    const { url, ask } = await aGateway({ limits: { arrivingFromAddress: 3 } })
    const all = await dawdlers(5, () => new Dawdler(url, '/graphql'))
    expect(all.map(status)).toEqual(['408', '408', undefined, undefined, undefined])
    expect(all.map(({ isCutOff }) => isCutOff)).toEqual([true, true, false, false, false])
    expect(all[0]?.heard).toContain('"The request took too long to arrive while others waited. Send it again."')
    expect((await ask(query)).status).toBe(200)
    expect(all.map(status)).toEqual(['408', '408', '408', undefined, undefined])
  })

  it('does not take the room of another address', async () => {
    const { url } = await aGateway({ proxyHops: 1, limits: { arrivingFromAddress: 2 } })
    const [other] = await dawdlers(1, () => new Dawdler(url, '/graphql', from(1)))
    await dawdlers(5, () => new Dawdler(url, '/graphql', from(2)))
    other?.send(`"${query}"}`.padEnd(60 - '{"query":'.length))
    await expect.poll(() => other && status(other)).toBe('200')
  })

  it('makes room when it is too much from all addresses together', async () => {
    const { url, ask } = await aGateway({ proxyHops: 1, limits: { arriving: 3 } })
    const all = await dawdlers(4, (index) => new Dawdler(url, index % 2 ? '/graphql' : '/oauth/token', from(index)))
    expect(all.map(status)).toEqual(['408', undefined, undefined, undefined])
    expect(all[0]?.heard).toContain('"error":"temporarily_unavailable"')
    expect((await ask(query)).status).toBe(200)
  })

  it('is not one of our own systems, which may bring a large letter over a slow line', async () => {
    const { url, ask } = await aGateway({ limits: { arrivingFromAddress: 1 } })
    const [letter] = await dawdlers(1, () => new Dawdler(url, '/graphql', `authorization: Bearer ${feedsToken}\r\n`))
    for (let count = 0; count < 3; count += 1) expect((await ask(query)).status).toBe(200)
    letter?.send(`"${query}"}`.padEnd(60 - '{"query":'.length))
    await expect.poll(() => letter && status(letter)).toBe('200')
  })

  it('is told that the gateway stops, when the rest comes then', async () => {
    const { url, stop } = await aGateway()
    const [late] = await dawdlers(1, () => new Dawdler(url, '/graphql'))
    const stopped = stop()
    late?.send(`"${query}"}`.padEnd(60 - '{"query":'.length))
    await stopped
    await expect.poll(() => late && status(late)).toBe('503')
  })
})
