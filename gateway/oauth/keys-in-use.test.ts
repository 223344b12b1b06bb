import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { aGateway } from '../test/a-gateway.ts'
import { aPartner } from '../test/a-partner.ts'
import { newKeys } from '../test/an-assertion.ts'

const doctor = { 'x-end-user-id': 'dr.okafor', 'x-end-user-role': 'Consultant' }
const serve = (...keys: object[]) => JSON.stringify({ keys })

/** A partner whose keys are at an address that answers as a test wants, now and later, and a token it was given. */
async function aPartnerWithToken() {
  const keys = newKeys()
  const world = { answer: ((_, response) => response.end(serve(keys.publicJwk))) as RequestListener, asked: 0 }
  const server = createServer((request, response) => {
    world.asked += 1
    world.answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const keysUrl = `http://localhost:${(server.address() as AddressInfo).port}/jwks.json`
  const gateway = await aGateway()
  const partner = aPartner(gateway.url, { keys: [], keysUrl }, keys)
  const token = await partner.token()
  const use = async (it = token) => (await gateway.ask('{ partnerFact }', { token: it, headers: doctor })).status
  return { world, gateway, partner, keysUrl, use }
}

/** As if so much time had passed. */
function later(): (milliseconds: number) => void {
  const { now } = performance
  let passed = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + passed)
  onTestFinished(() => void vi.restoreAllMocks())
  return (milliseconds) => void (passed += milliseconds)
}

describe('a token for a key at an address of the partner', () => {
  it('ends within five seconds of the key being taken away there, and that of its new key goes on', async () => {
    const { world, gateway, partner, keysUrl, use } = await aPartnerWithToken()
    const next = newKeys()
    const pass = later()
    expect(await use()).toBe(200)
    world.answer = (_, response) => response.end(serve(partner.keys.publicJwk, next.publicJwk))
    pass(5_000)
    const { id } = partner.client
    const renewed = await aPartner(gateway.url, { id, keys: [], keysUrl }, next).token()
    expect([await use(), await use(renewed)]).toEqual([200, 200])
    world.answer = (_, response) => response.end(serve(next.publicJwk))
    pass(5_000)
    expect([await use(), await use(renewed)]).toEqual([401, 200])
    expect(gateway.logged.join('')).toContain('tokens were ended: their key was taken away')
    expect([await use(), await use(renewed)]).toEqual([401, 200])
  })

  it('ends for all who use it at the same time after a pause, and when no key is left', async () => {
    const { world, use } = await aPartnerWithToken()
    const pass = later()
    world.answer = (_, response) => response.end(serve())
    pass(120_000)
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => use())))).toEqual(new Set([401]))
    expect(world.asked).toBe(2)
  })

  it.each<[string, RequestListener]>([
    ['fails', (_, response) => response.writeHead(500).end()],
    ['breaks off', (_, response) => response.destroy()],
    ['has a page instead', (_, response) => response.end('<html>')],
  ])('goes on when the address %s', async (_, answer) => {
    const { world, use, gateway } = await aPartnerWithToken()
    const pass = later()
    world.answer = answer
    for (let round = 0; round < 3; round += 1) {
      pass(5_000)
      expect(await use()).toBe(200)
      await expect.poll(() => world.asked).toBe(round + 2)
    }
    expect(gateway.logged.join('')).toContain('the keys of a partner could not be looked at again')
  })

  it('goes on when the address is silent, which is waited for once and a second', async () => {
    const { world, use } = await aPartnerWithToken()
    const pass = later()
    world.answer = () => {}
    const took = async () => {
      const started = Date.now()
      expect(await use()).toBe(200)
      return Date.now() - started
    }
    pass(5_000)
    expect(await took()).toBeLessThan(2_500)
    // It gives up after five seconds, and is known to be away.
    await vi.waitFor(() => expect(world.asked).toBe(2))
    await new Promise((resolve) => setTimeout(resolve, 5_200))
    pass(5_000)
    expect(await took()).toBeLessThan(500)
  }, 20_000)

  it('is looked at once in four seconds, however often it is used', async () => {
    const { world, use } = await aPartnerWithToken()
    const pass = later()
    pass(1_000)
    for (let count = 0; count < 30; count += 1) await use()
    expect(world.asked).toBe(2)
    pass(3_000)
    await use()
    expect(world.asked).toBe(2)
    pass(1_000)
    await use()
    expect(world.asked).toBe(3)
  })
})
