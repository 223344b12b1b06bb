import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, engines } from '../../../test/alone.ts'
import { aKeyPair, aPartnerClient, done, keySet, partnerClients, tell } from '../../../test/partner-clients.ts'
import { patients, patientsExtra } from '../main.ts'

const extra = patientsExtra({ key: 'A'.repeat(43), demonstration: false, partnerKeyHosts: ['keys.example.nhs.uk'] })
const keysUrl = 'https://keys.example.nhs.uk/jwks'

describe.each(engines)('changing a system of a partner, on %s', (engine) => {
  let portal: Alone
  beforeAll(async () => {
    portal = await alone(patients, { engine, extra })
  })
  afterAll(() => portal.stop())
  const change = (id: string, facts: Record<string, unknown>) => tell(portal, 'changePartnerClient', { id, ...facts })
  const asListed = async (id: string) => (await partnerClients(portal)).find((it) => it.id === id)

  it('lets the old key and the new one overlap', async () => {
    const { id } = await aPartnerClient(portal)
    const overlap = await done(change(id, { addKeys: keySet(aKeyPair('second')) }))
    expect(overlap.keyIds).toEqual(['first', 'second'])
    const after = await done(change(id, { removeKeyIds: ['first'] }))
    expect(after.keyIds).toEqual(['second'])
    expect(await asListed(id)).toEqual(after)
  })

  it('adds a key that is there already once', async () => {
    const pair = aKeyPair('first')
    const { id } = await aPartnerClient(portal, { keys: keySet(pair) })
    expect((await done(change(id, { addKeys: keySet(pair, aKeyPair('second')) }))).keyIds).toEqual(['first', 'second'])
  })

  it('changes what it may ask and send, and nothing that is left out', async () => {
    const before = await aPartnerClient(portal, { operationHashes: ['a'.repeat(64)] })
    const narrowed = await done(change(before.id, { scopes: ['patients.read'] }))
    expect(narrowed).toEqual({ ...before, scopes: ['patients.read'] })
    const opened = await done(change(before.id, { operationHashes: [] }))
    expect(opened).toEqual({ ...narrowed, operationHashes: null })
    expect((await done(change(before.id, { operationHashes: ['b'.repeat(64)] }))).operationHashes).toEqual([
      'b'.repeat(64),
    ])
  })

  it('moves the keys to an address and back', async () => {
    const { id } = await aPartnerClient(portal)
    expect(await done(change(id, { keysUrl }))).toMatchObject({ keyIds: [], keysUrl })
    expect((await change(id, { removeKeyIds: ['first'] })).message).toBe(
      `The keys of this client are at ${keysUrl}: remove them there.`,
    )
    expect(await done(change(id, { addKeys: keySet(aKeyPair('back')) }))).toMatchObject({
      keyIds: ['back'],
      keysUrl: null,
    })
  })

  it('keeps every key of changes made at once', async () => {
    const { id } = await aPartnerClient(portal)
    await Promise.all(['b', 'c', 'd', 'e'].map((kid) => done(change(id, { addKeys: keySet(aKeyPair(kid)) }))))
    expect(new Set((await asListed(id))?.keyIds)).toEqual(new Set(['first', 'b', 'c', 'd', 'e']))
  })

  it('does a repeat once', async () => {
    const { id } = await aPartnerClient(portal, { keys: keySet(aKeyPair('first'), aKeyPair('second')) })
    const facts = { removeKeyIds: ['first'], idempotencyKey: randomUUID() }
    expect((await done(change(id, facts))).keyIds).toEqual(['second'])
    expect((await done(change(id, facts))).keyIds).toEqual(['second'])
  })

  it.each([
    [{ removeKeyIds: ['frist'] }, 'This client has no key "frist". It has "first".'],
    [{ removeKeyIds: ['first'] }, 'This client would have no key left. Add the new one first, or revoke the client.'],
    [{ addKeys: keySet(aKeyPair('first')) }, 'This client has another key with the kid "first".'],
    [
      { addKeys: keySet(aKeyPair('first')), removeKeyIds: ['first'] },
      'This client has another key with the kid "first". Give the new key a kid of its own.',
    ],
    [
      { addKeys: keySet(...'abcde'.split('').map((kid) => aKeyPair(kid))), scopes: ['patients.read'] },
      'A client has 5 keys at most. Remove those it no longer uses first.',
    ],
  ])('changes nothing at all for %j', async (facts, words) => {
    const before = await aPartnerClient(portal)
    const outcome = await change(before.id, facts)
    expect(outcome.__typename).toBe('PartnerClientNotChanged')
    expect(outcome.message).toContain(words)
    expect(await asListed(before.id)).toEqual(before)
  })

  it.each([
    [{}, 'Say what is to change: addKeys, removeKeyIds, keysUrl, scopes or operationHashes.'],
    [{ removeKeyIds: [] }, 'Say what is to change'],
    [{ keysUrl, removeKeyIds: ['first'] }, 'keysUrl: it takes the place of all keys that were sent.'],
    [{ keysUrl, addKeys: keySet(aKeyPair('second')) }, 'keysUrl: it takes the place of all keys that were sent.'],
    [{ keysUrl: 'https://elsewhere.example/jwks' }, 'keysUrl: keys are not fetched from elsewhere.example'],
    [{ addKeys: '{"keys":[]}' }, 'addKeys: send 1 to 5 keys'],
    [{ scopes: [] }, 'scopes: name at least one'],
    [{ operationHashes: ['x'], scopes: ['patients.read'] }, 'operationHashes: '],
  ])('refuses %j with words', async (facts, words) => {
    const before = await aPartnerClient(portal)
    expect((await change(before.id, facts)).fault).toContain(words)
    expect(await asListed(before.id)).toEqual(before)
  })

  it('ends a client for good, keeps when, and takes a second end for the first', async () => {
    const { id } = await aPartnerClient(portal)
    const revoked = await done(tell(portal, 'revokePartnerClient', { id }))
    expect(revoked.revokedAt).toBe(portal.clock.now().toISOString())
    portal.clock.pass(60)
    expect(await done(tell(portal, 'revokePartnerClient', { id }))).toEqual(revoked)
    expect((await change(id, { scopes: ['patients.read'] })).message).toBe(
      'This client was revoked, for good. Register a new one.',
    )
  })

  it('says that there is no such client', async () => {
    const words = 'There is no client with this id. Look at the list of clients.'
    expect((await change('nobody', { scopes: ['patients.read'] })).message).toBe(words)
    expect((await tell(portal, 'revokePartnerClient', { id: 'nobody' })).message).toBe(words)
  })
})
