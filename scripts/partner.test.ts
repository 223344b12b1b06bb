import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, print } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGraphClient } from '../client/main.ts'
import * as partnerOperations from '../client/partner.ts'
import { onTheWire, type Operation } from '../client/src/operation.ts'
import { aKeyPair, keySet } from '../test/partner-clients.ts'
import { aPartnerSystem } from '../test/partner-systems.ts'
import { aPerson, logIn, type World, world } from '../test/world.ts'
import { runPartner } from './partner/run.ts'

let portal: World
const folder = mkdtempSync(join(tmpdir(), 'portal-partner-'))
beforeAll(async () => {
  portal = await world()
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await portal.stop()
})

const run = async (...args: string[]) => {
  let printed = ''
  let complained = ''
  const bearer = `system.feeds.${portal.secrets.SYSTEM_SECRET_FEEDS}`
  const exit = await runPartner(args, {
    graph: createGraphClient({ url: portal.url, bearer, retry: { attempts: 1 } }),
    publicUrl: 'https://graph.example.nhs.uk',
    now: () => portal.clock.now(),
    print: (text) => (printed += text),
    complain: (text) => (complained += text),
  })
  return { exit, printed, complained }
}

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const pem = (type: 'spki' | 'pkcs8') => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  return (type === 'spki' ? publicKey : privateKey).export({ type, format: 'pem' }).toString()
}
const operations = file(
  'operations.graphql',
  `query Name($n: String!, $b: LocalDate!) { patientByNhsNumber(nhsNumber: $n, bornOn: $b) { ...Named } }
   # Not used by the other one.
   fragment Named on Patient { id name { full } }
   query Id($n: String!, $b: LocalDate!) { patientByNhsNumber(nhsNumber: $n, bornOn: $b) { id } }`,
)
const firstKey = file('first.json', keySet(aKeyPair('first')))

let count = 0
const describing = (name = `System ${(count += 1)}`) =>
  ['--organisation', 'RAL', '--organisation-name', 'Royal Free', '--name', name, '--scopes', 'patients.read'] as const
const register = async (...more: string[]) => {
  const { printed } = await run('register', ...describing(), '--keys', firstKey, ...more)
  return /Client id +(\S+)/.exec(printed)?.[1] ?? 'was not registered'
}
interface Listed {
  id: string
  [more: string]: unknown
}
const everyClient = async () => {
  const query = `{ partnerClients { id name scopes keyIds keysUrl operationHashes revokedAt } }`
  const { partnerClients } = await portal.system(query)
  return partnerClients as unknown as Listed[]
}
const asListed = async (id: string) => {
  const all = await everyClient()
  return all.find((it) => it.id === id)
}

it('registers a system, and says what to tell the partner', async () => {
  const { exit, printed } = await run('register', ...describing('Clinical portal'), '--keys', firstKey)
  expect(exit).toBe(0)
  expect(printed).toContain('Clinical portal of Royal Free (RAL) may ask for tokens.')
  expect(printed).toContain('Tokens       https://graph.example.nhs.uk/oauth/token\n')
  const id = /Client id +(\S+)/.exec(printed)?.[1] ?? ''
  expect(await asListed(id)).toMatchObject({ name: 'Clinical portal', scopes: ['patients.read'], keyIds: ['first'] })
})

it('makes nothing twice: it names the system that is there', async () => {
  const again = ['register', ...describing('Only once'), '--keys', firstKey]
  const id = /Client id +(\S+)/.exec((await run(...again)).printed)?.[1]
  expect(await run(...again)).toEqual({
    exit: 1,
    printed: '',
    complained: `RAL has a client named Only once already: ${id}. Change that one, or use another name.\n`,
  })
})

it('takes a public key as openssl writes it, under the name it is given or its fingerprint', async () => {
  const key = file('key.pem', pem('spki'))
  const named = await register('--keys', key, '--kid', '2026')
  expect(await asListed(named)).toMatchObject({ keyIds: ['2026'] })
  const unnamed = await register('--keys', key)
  expect(await asListed(unnamed)).toMatchObject({ keyIds: [expect.stringMatching(/^[\w-]{43}$/)] })
})

it('calls a key without a name by the fingerprint of RFC 7638', async () => {
  // The example in section 3.1 of the RFC.
  const n =
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw'
  const id = await register('--keys', file('rfc.json', JSON.stringify({ kty: 'RSA', n, e: 'AQAB' })))
  expect(await asListed(id)).toMatchObject({ keyIds: ['NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'] })
})

it('lets the old key and the new one overlap, until the old one is removed', async () => {
  const id = await register()
  const second = file('second.json', keySet(aKeyPair('second')))
  expect((await run('rotate', id, '--keys', second)).printed).toContain('Keys         first, second\n')
  expect((await run('rotate', id, '--keys', second)).printed).toContain('Keys         first, second\n')
  expect((await run('rotate', id, '--remove', 'first')).printed).toContain('Keys         second\n')
  expect(await run('rotate', id, '--remove', 'first')).toMatchObject({
    exit: 1,
    complained: 'This client has no key "first". It has "second".\n',
  })
})

it('lets a system send the operations in files, each with the fragments it uses, and no other', async () => {
  const id = await register(operations)
  const texts = [
    'query Name($n: String!, $b: LocalDate!) { patientByNhsNumber(nhsNumber: $n, bornOn: $b) { ...Named } } fragment Named on Patient { id name { full } }',
    'query Id($n: String!, $b: LocalDate!) { patientByNhsNumber(nhsNumber: $n, bornOn: $b) { id } }',
  ]
  const hashes = texts.map((it) =>
    createHash('sha256')
      .update(print(parse(it)))
      .digest('hex'),
  )
  expect(await asListed(id)).toMatchObject({ operationHashes: hashes.sort() })
  expect((await run('limit', id, '--any-operation')).printed).toContain('Operations   any\n')
  const { printed } = await run('limit', id, operations, '--scopes', 'results.read, patients.read')
  expect(printed).toContain('Operations   2 and no other\n')
  expect(printed).toContain('Scopes       patients.read, results.read\n')
})

it('lets a system of the typed client send its operations, whose fragments are in files of their own', async () => {
  const folderOfClient = new URL('../client/src/partner/operations/', import.meta.url)
  const files = readdirSync(folderOfClient).map((it) => fileURLToPath(new URL(it, folderOfClient)))
  const id = await register(...files)
  const operationHashes = (await asListed(id))?.operationHashes as string[]
  expect(operationHashes).toHaveLength(5)
  const partner = await aPartnerSystem(portal, { organisationName: 'Royal Free', operationHashes })
  const person = { nhsNumber: '9990207852', bornOn: '1996-07-21', period: 'PAST' }
  for (const [name, operation] of Object.entries(partnerOperations).filter(([it]) => it.endsWith('Document'))) {
    const { status, text } = await partner.ask(onTheWire(operation as Operation<unknown, unknown>).query, person)
    expect([name, status, text]).toEqual([name, 200, '{"data":{"patientByNhsNumber":null}}\n'])
  }
  expect((await partner.ask('{ trust { name } }')).text).toContain('not on the list')
})

it('says which fragment is in none of the files', async () => {
  const alone = fileURLToPath(new URL('../client/src/partner/operations/patient-record.graphql', import.meta.url))
  expect(await run('limit', await register(), alone)).toEqual({
    exit: 1,
    printed: '',
    complained: `${alone}: the fragment Person is in none of the files. Name the file it is in, too.\n`,
  })
})

it('lists every system, and ends one', async () => {
  const id = await register()
  const listed = async () => {
    const { printed } = await run('list')
    return printed.split('\n').filter((_, index, lines) => lines[index + 1]?.endsWith(id))
  }
  expect(await listed()).toEqual([`System ${count} of Royal Free (RAL), has not asked for a token yet`])
  expect(await run('revoke', id)).toMatchObject({
    exit: 0,
    printed: `System ${count} of Royal Free is revoked: it gets no more tokens, and those it had are over.\n`,
  })
  expect((await run('revoke', id)).exit).toBe(0)
  expect(await listed()).toEqual([`System ${count} of Royal Free (RAL), revoked 2026-11-23`])
})

it("shares a person's record with an organisation, to the end of a day, and stops sharing it", async () => {
  await register()
  const person = await aPerson(portal)
  const token = await logIn(portal, person)
  const shared = async () => {
    const { data } = await portal.ask(
      token,
      '{ me { sharing { organisationCode categories { category shared basis until } } } }',
    )
    const all = (data?.me as unknown as { sharing: { organisationCode: string; categories: unknown[] }[] }).sharing
    return all.find((it) => it.organisationCode === 'RAL')?.categories
  }
  const { printed } = await run(
    ...['share', person.hospitalNumber, '--organisation', 'ral'],
    ...['--categories', 'letters,results', '--until', '2027-06-30'],
  )
  expect(printed).toContain(
    `The hospital shares letters, results of ${person.hospitalNumber} with RAL until 2027-06-30.`,
  )
  const until = '2027-06-30T23:00:00.000Z'
  expect(await shared()).toEqual([
    { category: 'APPOINTMENTS', shared: false, basis: null, until: null },
    { category: 'LETTERS', shared: true, basis: 'DIRECT_CARE', until },
    { category: 'RESULTS', shared: true, basis: 'DIRECT_CARE', until },
  ])
  await run('share', person.hospitalNumber, '--organisation', 'RAL', '--categories', '')
  expect(await shared()).toMatchObject([{ shared: false }, { shared: false }, { shared: false }])
})

const bad = {
  privatePem: file('private.pem', pem('pkcs8')),
  privateJwk: file('private.json', JSON.stringify(aKeyPair().privateKey.export({ format: 'jwk' }))),
  two: file('two.json', keySet(aKeyPair('one'), aKeyPair('two'))),
  words: file('words.json', 'the keys'),
  brokenPem: file('broken.pem', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'),
  weak: file(
    'weak.json',
    JSON.stringify(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })),
  ),
  halfQuery: file('half.graphql', 'query Half {\n  me {'),
  fragment: file('fragment.graphql', 'fragment Named on Patient { id }'),
}
const rest = ['--organisation', 'RAL', '--organisation-name', 'Royal Free', '--name', 'Refused'] as const
const full = ['register', ...rest, '--scopes', 'patients.read'] as const

it.each([
  [['register'], '--organisation is missing.'],
  [['register', '--organisation', 'RAL', '--organisation-name', 'R', '--name', 'N'], '--scopes is missing.'],
  [[...full], '--keys or --keys-url is missing.'],
  [[...full, '--keys', firstKey, '--keys-url', 'https://keys.example'], 'one of the two.'],
  [[...full, '--keys-url', 'https://keys.example', '--kid', 'one'], '--kid names the key of a file: it needs --keys.'],
  [[...full, '--keys-url', 'https://keys.example/jwks'], 'keysUrl: keys are not fetched from keys.example.'],
  [[...full, '--keys', 'nowhere.json'], 'nowhere.json: there is no such file.'],
  [[...full, '--keys', folder], 'cannot be read (EISDIR).'],
  [[...full, '--keys', bad.privatePem], 'private.pem holds a private key, which nobody but the partner may have.'],
  [[...full, '--keys', bad.privateJwk], 'private.json holds a private key'],
  [[...full, '--keys', bad.two, '--kid', 'one'], 'two.json holds 2 keys: leave out --kid.'],
  [[...full, '--keys', bad.words], 'words.json holds no keys: it must be a JWK Set'],
  [[...full, '--keys', bad.brokenPem], 'broken.pem cannot be read as a public key'],
  [[...full, '--keys', bad.weak], 'has 1024 bits: an RSA key needs 2048 to 8192.'],
  [[...full, '--keys', firstKey, '--scopes', 'patients.write'], 'scopes: name at least one of patients.read'],
  [[...full, '--keys', firstKey, '--organisation', 'R'], 'organisationCode: write the ODS code'],
  [[...full, '--keys', firstKey, bad.halfQuery], 'half.graphql:2:7: Syntax Error'],
  [[...full, '--keys', firstKey, bad.fragment], 'fragment.graphql: there is no operation in it, only fragments.'],
  [[...full, '--keys', firstKey, '--remove', 'one'], '"register" takes no --remove.'],
  [['rotate'], '<client id> is missing.'],
  [['rotate', 'anybody'], 'Say which keys to add (--keys, --keys-url), or to remove (--remove).'],
  [['rotate', 'nobody', '--remove', 'one'], 'There is no client with this id. Look at the list of clients.'],
  [['limit', 'anybody'], 'Say to what: --scopes, files of operations, or --any-operation.'],
  [['limit', 'anybody', operations, '--any-operation'], 'one of the two.'],
  [['limit', 'anybody', '--scopes', ''], 'scopes: name at least one of'],
  [['revoke', 'nobody'], 'There is no client with this id. Look at the list of clients.'],
  [['revoke'], '<client id> is missing.'],
  [['share', 'P1', '--categories', 'letters'], '--organisation is missing.'],
  [['share', 'P1', '--organisation', 'RAL'], '--categories is missing.'],
  [
    ['share', 'P1', '--organisation', 'RAL', '--categories', 'letters,notes'],
    '--categories: choose among appointments',
  ],
  [
    ['share', 'P1', '--organisation', 'RAL', '--categories', 'letters', '--until', '2027-02-30'],
    '--until: write a day',
  ],
  [
    ['share', 'nobody', '--organisation', 'RAL', '--categories', 'letters'],
    'Nobody here has the hospital number nobody.',
  ],
  [['list', 'all', 'of', 'them'], 'Not understood: all of them.'],
  [['list', '--loud'], "Unknown option '--loud'"],
  [['dismiss', 'anybody'], 'There is no command "dismiss".'],
])('says what is wrong with %j, and changes nothing', async (args, words) => {
  const before = await everyClient()
  expect(await run(...args)).toMatchObject({
    exit: 1,
    printed: '',
    complained: expect.stringContaining(words) as string,
  })
  expect(await everyClient()).toEqual(before)
})

it('says that the portal is not running', async () => {
  let complained = ''
  const graph = createGraphClient({
    url: 'http://127.0.0.1:1/graphql',
    bearer: 'system.feeds.x',
    retry: { attempts: 1 },
  })
  const surroundings = { graph, publicUrl: '', now: () => portal.clock.now(), print: () => undefined }
  await runPartner(['list'], { ...surroundings, complain: (text) => (complained += text) })
  expect(complained).toBe('The graph did not answer. Is the portal running? Start it with npm start.\n')
})

it('helps', async () => {
  expect((await run()).printed).toContain('npm run partner -- register')
  expect((await run('list')).exit).toBe(0)
})
