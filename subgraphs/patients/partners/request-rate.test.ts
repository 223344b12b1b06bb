import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, engines } from '../../../test/alone.ts'
import { aPartnerClient, keepToken, whoHas } from '../../../test/partner-clients.ts'
import { aPostgresDatabase } from '../../../test/postgres.ts'
import { patients, patientsExtra } from '../main.ts'

const extra = patientsExtra({ key: 'A'.repeat(43), demonstration: false })
const tokenOf = async (portal: Alone, { id }: { id: string }) => (await keepToken(portal, id)).tokenHash

/** How long each of so many requests must wait; null those that need not. */
const ask = async (portal: Alone, tokenHash: string, count: number) =>
  Promise.all(Array.from({ length: count }, async () => (await whoHas(portal, tokenHash))?.retryAfterSeconds))
const answered = (waits: (number | null | undefined)[]) => waits.filter((it) => it === null).length

describe.each(engines)('how fast a partner may ask, on %s', (engine) => {
  let portal: Alone
  beforeAll(async () => {
    portal = await alone(patients, { engine, extra })
  })
  afterAll(() => portal.stop())

  it('answers five of fifty at once, and says to wait a second', async () => {
    const token = await tokenOf(portal, await aPartnerClient(portal))
    const waits = await ask(portal, token, 50)
    expect(answered(waits)).toBe(5)
    expect(waits.filter((it) => it === 1)).toHaveLength(45)
  })

  it('answers one more every fifth of a second, and never more than five at once', async () => {
    const token = await tokenOf(portal, await aPartnerClient(portal))
    expect(answered(await ask(portal, token, 10))).toBe(5)
    portal.clock.pass(0.199)
    expect(answered(await ask(portal, token, 3))).toBe(0)
    portal.clock.pass(0.001)
    expect(answered(await ask(portal, token, 3))).toBe(1)
    portal.clock.pass(0.6)
    expect(answered(await ask(portal, token, 10))).toBe(3)
    portal.clock.pass(120)
    expect(answered(await ask(portal, token, 10))).toBe(5)
  })

  it('answers five a second of whoever asks all the time', async () => {
    const token = await tokenOf(portal, await aPartnerClient(portal))
    let count = answered(await ask(portal, token, 10))
    for (let tenth = 0; tenth < 100; tenth++) {
      portal.clock.pass(0.1)
      count += answered(await ask(portal, token, 2))
    }
    expect(count).toBe(5 + 50)
  })

  it('counts all tokens of a client together, and clients apart', async () => {
    const [one, other] = [await aPartnerClient(portal), await aPartnerClient(portal)]
    const tokens = [await tokenOf(portal, one), await tokenOf(portal, one), await tokenOf(portal, other)] as const
    expect(answered(await ask(portal, tokens[0], 3))).toBe(3)
    expect(answered(await ask(portal, tokens[1], 3))).toBe(2)
    expect(answered(await ask(portal, tokens[2], 6))).toBe(5)
  })

  it('lets a client ask again when the clock was set back', async () => {
    const token = await tokenOf(portal, await aPartnerClient(portal))
    await ask(portal, token, 10)
    portal.clock.pass(-30)
    expect((await ask(portal, token, 1))[0]).toBe(31)
    portal.clock.pass(-3600)
    expect(answered(await ask(portal, token, 10))).toBe(5)
    portal.clock.pass(3630)
  })
})

it('counts what two processes are asked together', async () => {
  const url = await aPostgresDatabase()
  const [here, there] = [await alone(patients, { url, extra }), await alone(patients, { url, extra })]
  const token = await tokenOf(here, await aPartnerClient(here))
  const waits = await Promise.all([ask(here, token, 20), ask(there, token, 20)])
  expect(answered(waits.flat())).toBe(5)
  await Promise.all([here.stop(), there.stop()])
})
