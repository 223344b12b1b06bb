import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alone, engines, gateway } from '../../../test/alone.ts'
import { behind, type Behind } from '../../../test/behind.ts'
import { aPartnerClient, done, tell } from '../../../test/partner-clients.ts'
import { aPostgresDatabase } from '../../../test/postgres.ts'
import { patients, patientsExtra } from '../main.ts'

const extra = patientsExtra({ key: 'A'.repeat(43), demonstration: false })
const mutation = `mutation Use($clientId: ID!, $tokenId: String!, $expiresAt: DateTime!) {
  usePartnerAssertion(clientId: $clientId, tokenId: $tokenId, expiresAt: $expiresAt)
}`

type Place = Pick<Behind, 'ask' | 'clock'>
async function use({ ask, clock }: Place, clientId: string, tokenId: string, seconds = 300): Promise<unknown> {
  const expiresAt = new Date(clock.now().getTime() + seconds * 1000).toISOString()
  const { data, errors } = await ask(gateway, mutation, { clientId, tokenId, expiresAt })
  return errors?.[0]?.extensions ?? data?.usePartnerAssertion
}
const times = <Value>(count: number, make: (index: number) => Value) => Array.from({ length: count }, (_, i) => make(i))

describe.each(engines)('using an assertion, on %s', (engine) => {
  let portal: Behind
  beforeAll(async () => {
    portal = await behind(patients, { engine, extra })
  })
  afterAll(() => portal.stop())

  it('works once of fifty at once', async () => {
    const { id } = await aPartnerClient(portal)
    const answers = await Promise.all(times(50, () => use(portal, id, 'replayed')))
    expect(answers.filter((it) => it === 'USED')).toHaveLength(1)
    expect(answers.filter((it) => it === 'USED_BEFORE')).toHaveLength(49)
  })

  it('is one of its client: another may use the same jti', async () => {
    const [one, other] = [await aPartnerClient(portal), await aPartnerClient(portal)]
    expect(await use(portal, one.id, 'the same')).toBe('USED')
    expect(await use(portal, other.id, 'the same')).toBe('USED')
    expect(await use(portal, one.id, 'the same')).toBe('USED_BEFORE')
  })

  it('takes a jti of any length and letters', async () => {
    const { id } = await aPartnerClient(portal)
    for (const tokenId of ['', 'ä😀'.repeat(2000), "'; drop table partner_client; --"]) {
      expect(await use(portal, id, tokenId)).toBe('USED')
      expect(await use(portal, id, tokenId)).toBe('USED_BEFORE')
    }
  })

  it('does not work when it is over, of nobody, or of a client that was revoked', async () => {
    const { id } = await aPartnerClient(portal)
    expect(await use(portal, id, 'late', 0)).toBe('EXPIRED')
    expect(await use(portal, 'nobody', 'any')).toBe('NO_CLIENT')
    await done(tell(portal, 'revokePartnerClient', { id }))
    expect(await use(portal, id, 'after the end')).toBe('NO_CLIENT')
  })

  it('is refused after 200 in an hour, also when they come at once, until the first is an hour ago', async () => {
    const { id } = await aPartnerClient(portal)
    expect(await use(portal, id, 'first')).toBe('USED')
    portal.clock.pass(60)
    const answers = await Promise.all(times(210, (index) => use(portal, id, `jti ${index}`)))
    expect(answers.filter((it) => it === 'USED')).toHaveLength(199)
    const refused = { code: 'RATE_LIMITED', retryAfterSeconds: 3540 }
    expect(answers.filter((it) => it !== 'USED')).toEqual(times(11, () => refused))
    portal.clock.pass(3539)
    expect(await use(portal, id, 'too early')).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 1 })
    portal.clock.pass(1)
    expect(await use(portal, id, 'too early')).toBe('USED')
    expect(await use(portal, id, 'and another')).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 60 })
  })

  it('is forgotten when it is over and an hour ago, not before', async () => {
    const { id } = await aPartnerClient(portal)
    const kept = () => portal.sql('select 1 from partner_assertion where client_id = ?', id)
    await use(portal, id, 'short', 60)
    await use(portal, id, 'long', 7200)
    portal.clock.pass(3600)
    await portal.subgraph.settle()
    expect(await kept()).toHaveLength(2)
    portal.clock.pass(601)
    await portal.subgraph.settle()
    expect(await kept()).toHaveLength(1)
    expect(await use(portal, id, 'long')).toBe('USED_BEFORE')
    portal.clock.pass(3100)
    await portal.subgraph.settle()
    expect(await kept()).toHaveLength(0)
  })
})

it.each(engines)('does not work again after a restart, on %s', async (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-assertions-'))
  const where = engine === 'postgresql' ? { url: await aPostgresDatabase() } : { folder }
  const before = await alone(patients, { extra, ...where })
  const { id } = await aPartnerClient(before)
  expect(await use(before, id, 'kept')).toBe('USED')
  await before.stop()
  const after = await alone(patients, { extra, ...where })
  expect(await use(after, id, 'kept')).toBe('USED_BEFORE')
  expect(await use(after, id, 'another')).toBe('USED')
  await after.stop()
  rmSync(folder, { recursive: true })
})

it('works once of fifty that two processes are shown at once', async () => {
  const url = await aPostgresDatabase()
  const places = [await alone(patients, { url, extra }), await alone(patients, { url, extra })] as const
  const { id } = await aPartnerClient(places[0])
  const answers = await Promise.all(times(50, (index) => use(places[index % 2 === 0 ? 0 : 1], id, 'replayed')))
  expect(answers.filter((it) => it === 'USED')).toHaveLength(1)
  expect(answers.filter((it) => it === 'USED_BEFORE')).toHaveLength(49)
  await Promise.all(places.map((it) => it.stop()))
})
