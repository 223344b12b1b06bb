import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alone, engines, gateway, system, anonymous, partner, patient, staff } from '../../../test/alone.ts'
import { behind, type Behind } from '../../../test/behind.ts'
import {
  aKeyPair,
  aPartnerClient,
  aRegistration,
  done,
  keepToken,
  keySet,
  partnerClients,
  tell,
  whoHas,
} from '../../../test/partner-clients.ts'
import { aPostgresDatabase } from '../../../test/postgres.ts'
import { patients, patientsExtra } from '../main.ts'

const extra = patientsExtra({
  key: 'A'.repeat(43),
  demonstration: false,
  partnerKeyHosts: ['keys.example.nhs.uk'],
})

describe.each(engines)('the tokens of partners, on %s', (engine) => {
  let portal: Behind
  beforeAll(async () => {
    portal = await behind(patients, { engine, extra })
  })
  afterAll(() => portal.stop())

  it('says who a partner is, of which organisation, and what it may ask', async () => {
    const hashes = ['b'.repeat(64), 'A'.repeat(64)]
    const { id } = await aPartnerClient(portal, { name: 'Clinical portal', operationHashes: hashes })
    const { kept, tokenHash } = await keepToken(portal, id, { scopes: ['patients.read', 'results.read'] })
    expect(kept).toBe(true)
    expect(await whoHas(portal, tokenHash)).toEqual({
      role: 'PARTNER',
      actorId: `partner:${id}`,
      name: 'Clinical portal',
      patientIds: [],
      sessionId: null,
      scopes: ['patients.read', 'results.read'],
      organisationCode: 'RAL',
      organisationName: 'Royal Free London NHS Foundation Trust',
      operationHashes: ['a'.repeat(64), 'b'.repeat(64)],
      retryAfterSeconds: null,
    })
  })

  it('ends a token after five minutes, however long it was to last', async () => {
    const { id } = await aPartnerClient(portal)
    const [short, long] = [await keepToken(portal, id, { seconds: 60 }), await keepToken(portal, id, { seconds: 3600 })]
    const isOver = async () =>
      [await whoHas(portal, short.tokenHash), await whoHas(portal, long.tokenHash)].map((it) => !it)
    portal.clock.pass(59.999)
    expect(await isOver()).toEqual([false, false])
    portal.clock.pass(0.001)
    expect(await isOver()).toEqual([true, false])
    portal.clock.pass(239.999)
    expect(await isOver()).toEqual([true, false])
    portal.clock.pass(0.001)
    expect(await isOver()).toEqual([true, true])
  })

  it('gives no token to a client that was revoked, nor for a key or a scope it does not have', async () => {
    const { id } = await aPartnerClient(portal, { scopes: ['patients.read'] })
    expect((await keepToken(portal, id, { keyId: 'another' })).kept).toBe(false)
    expect((await keepToken(portal, id, { scopes: ['patients.read', 'results.read'] })).kept).toBe(false)
    expect((await keepToken(portal, 'nobody')).kept).toBe(false)
    await done(tell(portal, 'revokePartnerClient', { id }))
    expect((await keepToken(portal, id)).kept).toBe(false)
  })

  it('ends the tokens given for keys that are at an address no more, and no others', async () => {
    const keysUrl = 'https://keys.example.nhs.uk/jwks.json'
    const [there, elsewhere, here] = [
      await aPartnerClient(portal, { keysUrl }),
      await aPartnerClient(portal, { keysUrl }),
      await aPartnerClient(portal),
    ]
    const [old, next] = [
      await keepToken(portal, there.id, { keyId: 'old' }),
      await keepToken(portal, there.id, { keyId: 'next' }),
    ]
    const others = [await keepToken(portal, elsewhere.id, { keyId: 'old' }), await keepToken(portal, here.id)]
    const end = async (clientId: string, keyIds: string[]) =>
      (
        await portal.ask(
          gateway,
          'mutation E($clientId: ID!, $keyIds: [ID!]!) { endPartnerTokens(clientId: $clientId, keyIds: $keyIds) }',
          { clientId, keyIds },
        )
      ).data?.endPartnerTokens
    expect(await end(there.id, ['old', 'next'])).toBe(0)
    expect(await end(there.id, ['next', 'newer'])).toBe(1)
    expect(await whoHas(portal, old.tokenHash)).toBeNull()
    expect(await whoHas(portal, next.tokenHash)).toMatchObject({ role: 'PARTNER' })
    expect(await end(there.id, [])).toBe(1)
    expect(await whoHas(portal, next.tokenHash)).toBeNull()
    // Of a client whose keys are registered here, these alone say what they are good for.
    expect([await end(here.id, []), await end('nobody', [])]).toEqual([0, 0])
    for (const { tokenHash } of others) expect(await whoHas(portal, tokenHash)).toMatchObject({ role: 'PARTNER' })
  })

  it('ends the tokens of a revoked client at the next request, and leaves those of others', async () => {
    const [one, other] = [await aPartnerClient(portal), await aPartnerClient(portal)]
    const tokens = [await keepToken(portal, one.id), await keepToken(portal, other.id)] as const
    await done(tell(portal, 'revokePartnerClient', { id: one.id }))
    expect(await whoHas(portal, tokens[0].tokenHash)).toBeNull()
    expect(await whoHas(portal, tokens[1].tokenHash)).toMatchObject({ actorId: `partner:${other.id}` })
    expect(await portal.sql('select 1 from partner_token where client_id = ?', one.id)).toEqual([])
  })

  it('ends the tokens of a removed key at the next request, and not those of the key that came for it', async () => {
    const { id } = await aPartnerClient(portal)
    const old = await keepToken(portal, id)
    await done(tell(portal, 'changePartnerClient', { id, addKeys: keySet(aKeyPair('second')) }))
    const fresh = await keepToken(portal, id, { keyId: 'second' })
    expect(await whoHas(portal, old.tokenHash)).not.toBeNull()
    await done(tell(portal, 'changePartnerClient', { id, removeKeyIds: ['first'] }))
    expect(await whoHas(portal, old.tokenHash)).toBeNull()
    expect(await whoHas(portal, fresh.tokenHash)).not.toBeNull()
    expect((await keepToken(portal, id)).kept).toBe(false)
  })

  it('does not bring a token back to life when another key comes under the old kid', async () => {
    const { id } = await aPartnerClient(portal)
    const old = await keepToken(portal, id)
    const change = (facts: object) => done(tell(portal, 'changePartnerClient', { id, ...facts }))
    await change({ removeKeyIds: ['first'], addKeys: keySet(aKeyPair('second')) })
    expect((await change({ addKeys: keySet(aKeyPair('first')) })).keyIds).toEqual(['second', 'first'])
    expect(await whoHas(portal, old.tokenHash)).toBeNull()
  })

  it('ends every token when the keys move to an address, and when they come back', async () => {
    const { id } = await aPartnerClient(portal)
    const first = await keepToken(portal, id)
    await done(tell(portal, 'changePartnerClient', { id, keysUrl: 'https://keys.example.nhs.uk/jwks' }))
    expect(await whoHas(portal, first.tokenHash)).toBeNull()
    const second = await keepToken(portal, id, { keyId: 'remote' })
    await done(tell(portal, 'changePartnerClient', { id, keysUrl: 'https://keys.example.nhs.uk/jwks' }))
    expect(await whoHas(portal, second.tokenHash)).not.toBeNull()
    await done(tell(portal, 'changePartnerClient', { id, addKeys: keySet(aKeyPair('remote')) }))
    expect(await whoHas(portal, second.tokenHash)).toBeNull()
  })

  it('takes a scope out of tokens that were given with it', async () => {
    const { id } = await aPartnerClient(portal)
    const { tokenHash } = await keepToken(portal, id, { scopes: ['patients.read', 'results.read'] })
    await done(tell(portal, 'changePartnerClient', { id, scopes: ['patients.read', 'documents.read'] }))
    expect(await whoHas(portal, tokenHash)).toMatchObject({ scopes: ['patients.read'] })
  })

  it('believes no token that is left over from a key or a client that is gone', async () => {
    const { id } = await aPartnerClient(portal)
    const [one, other] = [await keepToken(portal, id), await keepToken(portal, id)]
    await portal.sql('update partner_token set key_id = ? where token_hash = ?', 'gone', one.tokenHash)
    expect(await whoHas(portal, one.tokenHash)).toBeNull()
    expect(await whoHas(portal, other.tokenHash)).not.toBeNull()
    await portal.sql('update partner_client set revoked_at = created_at where id = ?', id)
    expect(await whoHas(portal, other.tokenHash)).toBeNull()
  })

  it('notes when a client was last given a token', async () => {
    const { id } = await aPartnerClient(portal)
    const lastUsedAt = async () => (await partnerClients(portal)).find((it) => it.id === id)?.lastUsedAt
    await keepToken(portal, id, { keyId: 'another' })
    expect(await lastUsedAt()).toBeNull()
    await keepToken(portal, id)
    expect(await lastUsedAt()).toBe(portal.clock.now().toISOString())
  })

  it('keeps nothing a token could be read from, and forgets it when it is over', async () => {
    const { id } = await aPartnerClient(portal)
    const { tokenHash } = await keepToken(portal, id)
    const kept = () => portal.sql('select token_hash from partner_token where client_id = ?', id)
    await portal.subgraph.settle()
    expect(await kept()).toEqual([{ token_hash: tokenHash }])
    portal.clock.pass(601)
    await portal.subgraph.settle()
    expect(await kept()).toEqual([])
  })

  it('has a database that is just what the code says', async () => {
    expect(await portal.subgraph.pendingChanges()).toBe('')
  })
})

it('never gives a token of a client while that is being revoked', async () => {
  const url = await aPostgresDatabase()
  const [here, there] = [await alone(patients, { url, extra }), await alone(patients, { url, extra })]
  for (let round = 0; round < 10; round++) {
    const { id } = await aPartnerClient(here)
    const [{ tokenHash }] = await Promise.all([keepToken(here, id), tell(there, 'revokePartnerClient', { id })])
    expect(await whoHas(here, tokenHash)).toBeNull()
  }
  await Promise.all([here.stop(), there.stop()])
})

it('never keeps a token for a key that is being removed, whatever has its name afterwards', async () => {
  const url = await aPostgresDatabase()
  const [here, there] = [await alone(patients, { url, extra }), await alone(patients, { url, extra })]
  for (let round = 0; round < 10; round++) {
    const { id } = await aPartnerClient(here, { keys: keySet(aKeyPair('first'), aKeyPair('second')) })
    const removal = tell(there, 'changePartnerClient', { id, removeKeyIds: ['first'] })
    const keeping = Array.from({ length: 8 }, (_, index) => setTimeout(index).then(() => keepToken(here, id)))
    await done(removal)
    const tokens = await Promise.all(keeping)
    await done(tell(there, 'changePartnerClient', { id, addKeys: keySet(aKeyPair('first')) }))
    for (const { tokenHash } of tokens) expect(await whoHas(here, tokenHash)).toBeNull()
  }
  await Promise.all([here.stop(), there.stop()])
})

it('tells nobody but the gateway which keys and tokens there are', async () => {
  const portal = await alone(patients, { extra })
  const { id } = await aPartnerClient(portal)
  const asks = [
    `{ partnerClientKeys(clientId: "${id}") { id } }`,
    `{ viewerOf(tokenHash: "any") { role } }`,
    `mutation { usePartnerAssertion(clientId: "${id}", tokenId: "any", expiresAt: "2026-11-23T10:01:00Z") }`,
    `mutation { keepPartnerToken(tokenHash: "any", clientId: "${id}", keyId: "first", scopes: [], expiresAt: "2026-11-23T10:01:00Z") }`,
  ]
  const others = [anonymous(), patient('amal'), partner(['patients.read']), staff, system]
  for (const viewer of others)
    for (const query of asks) {
      const { errors } = await portal.ask(viewer, query)
      expect([query, viewer.role, errors?.[0]?.extensions.code]).toEqual([
        query,
        viewer.role,
        viewer.role === 'ANONYMOUS' ? 'UNAUTHENTICATED' : 'FORBIDDEN',
      ])
    }
  for (const viewer of others.filter((it) => it !== system)) {
    const { errors } = await portal.ask(viewer, '{ partnerClients { id } }')
    expect(errors?.[0]?.extensions.code).toMatch(/FORBIDDEN|UNAUTHENTICATED/)
  }
  expect((await tell(portal, 'registerPartnerClient', aRegistration())).client).toBeDefined()
  await portal.stop()
})
