import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alone, engines } from '../../../test/alone.ts'
import { behind, type Behind } from '../../../test/behind.ts'
import {
  aKeyPair,
  aPartnerClient,
  aRegistration,
  done,
  keySet,
  partnerClients,
  tell,
} from '../../../test/partner-clients.ts'
import { patients, patientsExtra } from '../main.ts'

const partnerKeyHosts = ['keys.example.nhs.uk', 'keys.example.nhs.uk:8443']
const extra = patientsExtra({ key: 'A'.repeat(43), demonstration: false, partnerKeyHosts })

describe.each(engines)('registering a system of a partner, on %s', (engine) => {
  let portal: Behind
  beforeAll(async () => {
    portal = await behind(patients, { engine, extra })
  })
  afterAll(() => portal.stop())
  const register = (facts: Record<string, unknown> = {}) => tell(portal, 'registerPartnerClient', aRegistration(facts))

  it('keeps its keys and what it may ask, and shows it in the list', async () => {
    const client = await done(
      register({
        organisationCode: ' ral ',
        name: ' Clinical portal ',
        scopes: ['results.read', 'patients.read', 'results.read'],
        keys: keySet(aKeyPair('2026', 'RSA'), aKeyPair('2027', 'P-384'), aKeyPair('2028', 'Ed25519')),
        operationHashes: ['AB'.repeat(32), 'ab'.repeat(32)],
      }),
    )
    expect(client).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      organisationCode: 'RAL',
      organisationName: 'Royal Free London NHS Foundation Trust',
      name: 'Clinical portal',
      scopes: ['patients.read', 'results.read'],
      keyIds: ['2026', '2027', '2028'],
      keysUrl: null,
      operationHashes: ['ab'.repeat(32)],
      createdAt: portal.clock.now().toISOString(),
      lastUsedAt: null,
      revokedAt: null,
    })
    expect(await partnerClients(portal)).toContainEqual(client)
  })

  it('keeps of a key what is public, and nothing else that came with it', async () => {
    const { publicJwk } = aKeyPair('one')
    const keys = JSON.stringify({ keys: [{ ...publicJwk, use: 'sig', alg: 'ES384', x5c: ['…'], owner: 'A. Person' }] })
    const { id } = await done(register({ keys }))
    const [row] = await portal.sql<{ keys: unknown }>('select keys from partner_client where id = ?', id)
    const kept: unknown = typeof row?.keys === 'string' ? JSON.parse(row.keys) : row?.keys
    expect(kept).toEqual([{ ...publicJwk, use: 'sig', alg: 'ES384' }])
  })

  it('takes an address of keys on a host the hospital named, and no other', async () => {
    const client = await done(register({ keysUrl: 'https://keys.example.nhs.uk:8443/jwks' }))
    expect(client).toMatchObject({ keyIds: [], keysUrl: 'https://keys.example.nhs.uk:8443/jwks' })
    const { fault } = await register({ keysUrl: 'https://keys.example.org/jwks' })
    expect(fault).toBe(
      'keysUrl: keys are not fetched from keys.example.org. Add it to PARTNER_KEY_HOSTS, or send the keys themselves.',
    )
  })

  it('is done once for one key of the request', async () => {
    const facts = { ...aRegistration(), idempotencyKey: randomUUID() }
    const ways = Array.from({ length: 5 }, () => done(tell(portal, 'registerPartnerClient', facts)))
    const ids = new Set((await Promise.all(ways)).map((it) => it.id))
    expect(ids.size).toBe(1)
  })

  it('names the client that is there already, and makes one again when that is revoked', async () => {
    const facts = { name: 'Reporting' }
    const { id } = await aPartnerClient(portal, facts)
    expect((await register(facts)).message).toBe(
      `RAL has a client named Reporting already: ${id}. Change that one, or use another name.`,
    )
    await done(tell(portal, 'revokePartnerClient', { id }))
    portal.clock.pass(1)
    const again = await done(register(facts))
    expect(again.id).not.toBe(id)
    const shown = (await partnerClients(portal)).filter((it) => it.name === 'Reporting')
    expect(shown.map((it) => it.revokedAt !== null)).toEqual([true, false])
  })

  it('registers one of twenty with the same name at once', async () => {
    const told = await Promise.all(Array.from({ length: 20 }, () => register({ name: 'At once' })))
    expect(told.filter((it) => it.client)).toHaveLength(1)
    expect(told.filter((it) => it.message?.includes('has a client named At once already'))).toHaveLength(19)
  })

  it('knows an organisation by one name, until none of its clients is left', async () => {
    const { id } = await aPartnerClient(portal, { organisationCode: 'R1K', organisationName: 'North West Trust' })
    const renamed = { organisationCode: 'R1K', organisationName: 'London North West Trust' }
    expect((await register(renamed)).message).toBe(
      'R1K is known here as North West Trust. Use that name, or revoke its clients first.',
    )
    await done(tell(portal, 'revokePartnerClient', { id }))
    expect(await done(register(renamed))).toMatchObject({ organisationName: 'London North West Trust' })
  })

  it('knows it by one name also when systems are registered at once', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `Trust ${index}`)
    const told = await Promise.all(names.map((it) => register({ organisationCode: 'R2K', organisationName: it })))
    expect(told.filter((it) => it.client)).toHaveLength(1)
    const known = (await partnerClients(portal)).filter((it) => it.organisationCode === 'R2K')
    expect(known).toHaveLength(1)
  })

  it('does not take this hospital for a partner of itself', async () => {
    expect((await register({ organisationCode: 'RWG' })).message).toBe(
      'RWG is this hospital. Register systems of other organisations.',
    )
  })

  it.each([
    [{ organisationCode: '' }, 'organisationCode: write the ODS code'],
    [{ organisationCode: 'R AL' }, 'organisationCode: write the ODS code'],
    [{ organisationName: '  ' }, 'organisationName: write a name of 1 to 200 characters'],
    [{ organisationName: 'Royal\u202eFree' }, 'organisationName: write a name of 1 to 200 characters'],
    [{ name: 'a'.repeat(101) }, 'name: write a name of 1 to 100 characters'],
    [{ name: 'Clinical\nportal' }, 'name: write a name of 1 to 100 characters, on one line.'],
    [{ scopes: [] }, 'scopes: name at least one of patients.read, appointments.read, documents.read, results.read'],
    [{ scopes: ['patients.read', 'patients.write'] }, 'scopes: name at least one of'],
    [{ operationHashes: ['a'.repeat(63)] }, 'operationHashes: send up to 500 SHA-256 hashes'],
    [{ operationHashes: ['g'.repeat(64)] }, 'operationHashes: send up to 500 SHA-256 hashes'],
    [{ operationHashes: Array.from({ length: 501 }, (_, i) => i.toString(16).padStart(64, '0')) }, 'operationHashes: '],
    [{ keys: null }, 'keys: send the public keys, or the address where they are (keysUrl): one of the two.'],
    [
      { keys: keySet(aKeyPair()), keysUrl: 'https://keys.example.nhs.uk' },
      'keys: send the public keys, or the address',
    ],
    [{ keysUrl: 'http://keys.example.nhs.uk/jwks' }, 'keysUrl: must begin with https://'],
    [{ keysUrl: 'http://localhost:4000/jwks' }, 'keysUrl: must begin with https://'],
    [{ keysUrl: 'https://localhost/jwks' }, 'keysUrl: keys are not fetched from localhost'],
    [{ keysUrl: 'https://keys.example.nhs.uk:444/jwks' }, 'keysUrl: keys are not fetched from keys.example.nhs.uk:444'],
    [{ keysUrl: 'https://keys.example.nhs.uk@evil.example/jwks' }, 'keysUrl: write an https address'],
    [{ keysUrl: 'https://evil.example/keys.example.nhs.uk' }, 'keysUrl: keys are not fetched from evil.example'],
    [
      { keysUrl: 'https://keys.example.nhs.uk.evil.example/' },
      'keysUrl: keys are not fetched from keys.example.nhs.uk.e',
    ],
    [{ keysUrl: 'file:///etc/passwd' }, 'keysUrl: must begin with https://'],
    [{ keysUrl: `https://keys.example.nhs.uk/${'a'.repeat(2048)}` }, 'keysUrl: write an https address'],
    [{ keysUrl: 'the usual place' }, 'keysUrl: write an https address'],
    [{ idempotencyKey: '' }, 'idempotencyKey: use 1 to 255 characters'],
  ])('refuses with words and keeps nothing: %j', async (facts, words) => {
    const before = (await partnerClients(portal)).length
    expect((await register(facts)).fault).toContain(words)
    expect((await partnerClients(portal)).length).toBe(before)
  })
})

it('lets a developer serve keys on the same machine, where nobody is real', async () => {
  const portal = await alone(patients, { extra: { ...extra, demonstration: true } })
  for (const keysUrl of ['http://localhost:5000/jwks', 'http://127.0.0.1/jwks', 'http://[::1]:5000/jwks'])
    expect(await aPartnerClient(portal, { keysUrl })).toMatchObject({ keysUrl })
  const elsewhere = await tell(portal, 'registerPartnerClient', aRegistration({ keysUrl: 'http://192.0.2.1/jwks' }))
  expect(elsewhere.fault).toBe('keysUrl: must begin with https://')
  await portal.stop()
})
