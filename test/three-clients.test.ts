import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import * as openid from 'openid-client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createPortalClient, PatientRecordDocument, type PatientRecordQuery } from '../client/partner.ts'
import { onTheWire } from '../client/src/operation.ts'
import { newKeys, type Keys } from '../gateway/test/an-assertion.ts'
import { engines } from './alone.ts'
import { FakeClock } from './clock.ts'
import { aPartnerInWorld, keySetOf, tellOfPartner } from './partner-in-world.ts'
import { tenPeople, type Known, type TenPeople } from './ten-people.ts'
import { type World, world } from './world.ts'

/** A system of the Royal Free, and where it asks. */
interface Partner {
  readonly id: string
  readonly keys: Keys
  readonly issuer: string
}

/** Asks for people in a client's own way; null when the portal shows nobody. */
type Client = (partner: Partner) => Promise<(person: Known) => Promise<PatientRecordQuery['patientByNhsNumber']>>

const scope = 'patients.read appointments.read documents.read results.read'
const { query } = onTheWire(PatientRecordDocument)
const endUser = { 'x-end-user-id': 'a.kaur', 'x-end-user-role': 'Consultant' }
const variablesOf = ({ nhsNumber, bornOn }: Known) => ({ nhsNumber, bornOn })
const pemOf = ({ privateKey }: Keys) => privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()

const clients: Record<string, { alg: 'RS512' | 'ES384' | 'Ed25519'; client: Client }> = {
  'openid-client as it comes': { alg: 'ES384', client: byOpenidClient },
  'curl and openssl': { alg: 'RS512', client: byCurl },
  'the typed client': { alg: 'Ed25519', client: byTypedClient },
}

describe.each(engines)('three clients of a partner, on %s', (engine) => {
  let portal: World
  let people: TenPeople
  const answers = new Map<string, unknown>()
  beforeAll(async () => {
    portal = await world({ engine, clock: new RunningClock() })
    const [royalFree, barts] = [newKeys(), newKeys()]
    const registration = { organisationCode: 'R1H', organisationName: 'Barts Health NHS Trust', name: 'Record' }
    const issuer = portal.graph.gateway.url
    const atBarts = await tellOfPartner(portal, 'registerPartnerClient', {
      ...registration,
      scopes: scope.split(' '),
      keys: keySetOf(barts),
    })
    const atRoyalFree = await aPartnerInWorld(portal, { keys: royalFree })
    const ask = {
      RAL: await byTypedClient({ id: atRoyalFree.id, keys: royalFree, issuer }),
      R1H: await byTypedClient({ id: atBarts, keys: barts, issuer }),
    }
    people = await tenPeople(portal, async (code, person) => (await ask[code as keyof typeof ask](person)) !== null)
  }, 120_000)
  afterAll(() => portal.stop())

  it.each(Object.entries(clients))(
    '%s is shown the one person who is shared, and none of nine others',
    { timeout: 120_000 },
    async (name, { alg, client }) => {
      const { id, keys } = await aPartnerInWorld(portal, { keys: newKeys(alg) })
      const ask = await client({ id, keys, issuer: portal.graph.gateway.url })
      const seen = await ask(people.shared)
      expect(seen).toMatchObject({
        hospitalNumber: people.shared.hospitalNumber,
        appointments: { totalCount: 1, nodes: [{ clinic: { name: 'Eye clinic' } }] },
      })
      const kinds = seen?.documents.nodes.map(({ __typename }) => __typename).sort()
      expect(kinds).toEqual(['AppointmentLetter', 'OtherLetter', 'TestResult'])
      answers.set(name, seen)
      const others: Record<string, unknown> = {}
      for (const [reason, person] of Object.entries(people.nobodyElse)) others[reason] = await ask(person)
      expect(Object.keys(others)).toHaveLength(9)
      expect(others).toEqual(Object.fromEntries(Object.keys(others).map((reason) => [reason, null])))
    },
  )

  it('are all shown the same', () => {
    const [first, ...rest] = answers.values()
    expect(rest).toHaveLength(2)
    for (const other of rest) expect(other).toEqual(first)
  })
})

/** The time of day, which a test may hurry. */
class RunningClock extends FakeClock {
  #ahead = 0
  constructor() {
    super(new Date())
  }
  override now(): Date {
    return new Date(Date.now() + this.#ahead)
  }
  override pass(seconds: number): void {
    this.#ahead += seconds * 1000
  }
}

async function byTypedClient({ id, keys, issuer }: Partner) {
  const client = createPortalClient({
    url: `${issuer}/graphql`,
    clientId: id,
    privateKey: pemOf(keys),
    keyId: keys.kid,
    endUser: { id: endUser['x-end-user-id'], role: endUser['x-end-user-role'] },
  })
  return async (person: Known) => (await client.read(PatientRecordDocument, variablesOf(person))).patientByNhsNumber
}

/** As its manual says, with nothing of ours. */
async function byOpenidClient({ id, keys, issuer }: Partner) {
  const der = keys.privateKey.export({ format: 'der', type: 'pkcs8' })
  const key = await crypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: 'P-384' }, false, ['sign'])
  const proof = openid.PrivateKeyJwt({ key, kid: keys.kid })
  const options = { execute: [openid.allowInsecureRequests] }
  const configuration = await openid.discovery(new URL(issuer), id, undefined, proof, options)
  const { access_token: token } = await openid.clientCredentialsGrant(configuration, { scope })
  return async (person: Known) => {
    // Five a second are answered.
    await wait(250)
    const response = await openid.fetchProtectedResource(
      configuration,
      token,
      new URL(`${issuer}/graphql`),
      'POST',
      JSON.stringify({ query, variables: variablesOf(person) }),
      new Headers({ ...endUser, 'content-type': 'application/json' }),
    )
    return personIn(await response.text())
  }
}

/** A few lines of shell, as in docs/partner-quick-start.md. */
async function byCurl({ id, keys, issuer }: Partner) {
  const folder = mkdtempSync(join(tmpdir(), 'curl-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'private-key.pem'), pemOf(keys))
  const run = async (script: string, more: Record<string, string> = {}) => {
    const env = { PATH: process.env['PATH'], PORTAL: issuer, CLIENT_ID: id, KEY_ID: keys.kid, SCOPE: scope, ...more }
    return (await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, env })).stdout
  }
  const token = (await run(tokenScript)).trim()
  return async (person: Known) => {
    writeFileSync(join(folder, 'body.json'), JSON.stringify({ query, variables: variablesOf(person) }))
    const answer = await run(askScript, { TOKEN: token })
    return personIn(answer)
  }
}

const tokenScript = `
  b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
  now=$(date +%s)
  head=$(printf '{"alg":"RS512","kid":"%s"}' "$KEY_ID" | b64url)
  body=$(printf '{"iss":"%s","sub":"%s","aud":"%s","jti":"%s","iat":%d,"exp":%d}' \
    "$CLIENT_ID" "$CLIENT_ID" "$PORTAL" "$(openssl rand -hex 16)" "$now" $((now + 60)) | b64url)
  signature=$(printf '%s.%s' "$head" "$body" | openssl dgst -sha512 -sign private-key.pem -binary | b64url)
  curl -sS "$PORTAL/oauth/token" -d grant_type=client_credentials --data-urlencode "scope=$SCOPE" \
    -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
    -d "client_assertion=$head.$body.$signature" | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'`

const askScript = `
  curl -sS --fail --retry 5 "$PORTAL/graphql" --data-binary @body.json -H 'content-type: application/json' \
    -H "authorization: Bearer $TOKEN" -H 'x-end-user-id: a.kaur' -H 'x-end-user-role: Consultant' -o answer.json
  cat answer.json`

/** Who is in an answer that is whole. */
function personIn(text: string): PatientRecordQuery['patientByNhsNumber'] {
  const { data, errors } = JSON.parse(text) as { data?: PatientRecordQuery; errors?: unknown }
  if (errors !== undefined || !data) throw new Error(text)
  return data.patientByNhsNumber
}
