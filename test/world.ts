import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Resource } from '@medplum/fhirtypes'
import { type Inbox, startInbox } from '../scripts/demonstration/inbox-server.ts'
import { type GraphSettings, type RunningGraph, startGraph } from '../scripts/graph.ts'
import { readSecrets, type Secrets } from '../scripts/secrets.ts'
import { messagesExtra } from '../subgraphs/messages/main.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import type { Engine } from './alone.ts'
import { FakeClock } from './clock.ts'
import { aRoyalFree } from './royal-free.ts'
import { aPostgresDatabase } from './postgres.ts'

export interface WorldSettings {
  readonly engine?: Engine
  readonly clock?: FakeClock
  readonly profile?: string
  readonly quietHours?: boolean
  /** What a partner hospital, the Royal Free, knows; without it there is no partner. */
  readonly royalFree?: readonly Resource[]
  readonly more?: Partial<GraphSettings>
  /** A portal that was halted: this one goes on with its rows and secrets. */
  readonly after?: Pick<World, 'folder' | 'databaseUrl'>
}

/** What came back from the graph over HTTP. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  data: Record<string, never> | null
  errors: { message: string; path?: (string | number)[]; extensions: { code: string; errorId?: string } }[]
}

/** The whole portal but its site, as outsiders meet it: a gateway's address, a database, an inbox, and a clock that can be moved. */
export interface World {
  readonly url: string
  readonly graph: RunningGraph
  readonly inbox: Inbox
  readonly clock: FakeClock
  readonly secrets: Secrets
  readonly folder: string
  /** Where the rows are when they are in PostgreSQL. */
  readonly databaseUrl: string | undefined
  /** Posts an operation as the holder of a bearer token, or as nobody. */
  ask(
    bearer: string | undefined,
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer>
  /** As `ask`, as one of our own systems. Throws on errors. */
  system(query: string, variables?: Record<string, unknown>): Promise<Record<string, never>>
  /** Ends the processes and leaves the rows, for a portal that starts `after` this one. */
  halt(): Promise<void>
  stop(): Promise<void>
}

/** A key in the form of GOV.UK Notify's, for the inbox of this world. */
const notifyKey = `test-${randomUUID()}-${randomUUID()}`

export async function world(settings: WorldSettings = {}): Promise<World> {
  const {
    engine = 'sqlite',
    clock = new FakeClock('2026-11-23T10:00:00Z'),
    profile = 'west-herts',
    more = {},
  } = settings
  const folder = settings.after?.folder ?? (await mkdtemp(join(tmpdir(), 'portal-')))
  const secrets = readSecrets(folder, {}, false)
  const inbox = await startInbox({ port: 0, host: '127.0.0.1', folder, apiKey: notifyKey })
  const shipped = readTrust(profile)
  const trust = settings.quietHours ? shipped : { ...shipped, quietHours: null }
  const databaseUrl = settings.after?.databaseUrl ?? (engine === 'postgresql' ? await aPostgresDatabase() : undefined)
  const royalFree = settings.royalFree && (await aRoyalFree(settings.royalFree))
  const graph = await startGraph({
    host: '127.0.0.1',
    port: 0,
    production: false,
    dataDir: folder,
    databaseUrl,
    clock,
    trust,
    secrets,
    logLevel: 'silent',
    isDemonstration: false,
    messages: { ...messagesExtra(messagesSettings(inbox, secrets), trust) },
    ...(royalFree && { partners: [royalFree.source] }),
    // A thousand requests at once wait for each other on a busy machine: none of them is a slow caller.
    limits: { ratePerSecond: null, arrivalMs: 120_000 },
    ...more,
  })
  const url = `${graph.gateway.url}/graphql`
  const halt = async () => {
    await graph.stop()
    await royalFree?.stop()
    await inbox.stop()
  }
  const ask: World['ask'] = (bearer, query, variables = {}, headers = {}) =>
    post(url, bearer, { query, variables }, headers)
  return {
    url,
    graph,
    inbox,
    clock,
    secrets,
    folder,
    databaseUrl,
    ask,
    async system(query, variables) {
      const { data, errors } = await ask(`system.feeds.${secrets.SYSTEM_SECRET_FEEDS}`, query, variables)
      if (errors.length || !data) throw new Error(JSON.stringify(errors))
      return data
    },
    halt,
    async stop() {
      await halt()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const messagesSettings = (inbox: Inbox, secrets: Secrets) => ({
  publicUrl: new URL('https://portal.example'),
  messagesKey: Buffer.from(secrets.MESSAGES_KEY, 'base64url'),
  notify: { url: new URL(inbox.url), apiKey: notifyKey, textTemplateId: randomUUID(), emailTemplateId: randomUUID() },
})

export async function post(
  url: string,
  bearer: string | undefined,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  const { data = null, errors = [] } = JSON.parse(text) as Partial<Answer>
  return { status: response.status, headers: response.headers, text, data, errors }
}

let people = 0
/** An address as the site passes it on: signed, and nobody else's in this run. */
export function signedAddress({ secrets }: World, at = new Date()): Record<string, string> {
  const address = `2001:db8:${(people += 1).toString(16)}::${randomBytes(2).toString('hex')}`
  const claim = `${address};${at.getTime()}`
  const key = Buffer.from(secrets.WEB_SIGNING_KEY, 'base64url')
  return { 'x-client-address': `${claim};${createHmac('sha256', key).update(claim).digest('base64url')}` }
}

let count = 0
export interface PersonInWorld {
  id: string
  hospitalNumber: string
  mobile: string
  bornOn: string
}

/** A person on the record. */
export async function aPerson(portal: World, facts: Record<string, unknown> = {}): Promise<PersonInWorld> {
  count += 1
  const person = {
    hospitalNumber: `P${String(count).padStart(6, '0')}`,
    mobile: `+447700${String(900_000 + (count % 1000))}`,
    bornOn: '1984-03-09',
  }
  const input = {
    idempotencyKey: randomUUID(),
    eventAt: portal.clock.now(),
    name: { given: ['Amal'], family: 'Haddad' },
    ...person,
    ...facts,
  }
  const { recordPatient } = await portal.system(
    `mutation R($input: RecordPatientInput!) { recordPatient(input: $input) { ... on PatientRecorded { patient { id hospitalNumber mobile bornOn } } } }`,
    { input },
  )
  return (recordPatient as unknown as { patient: PersonInWorld }).patient
}

/** The token of a person who logs in as people do: a code by text, read in the inbox. */
export async function logIn(portal: World, { mobile, bornOn }: PersonInWorld): Promise<string> {
  const headers = signedAddress(portal)
  // What else is on its way to them arrives first.
  await portal.graph.settle()
  const before = portal.inbox.latest(mobile)?.id
  const started = await portal.ask(
    undefined,
    `mutation S($input: StartLoginInput!) { startLogin(input: $input) { ... on LoginCodeSent { challengeId } ... on Problem { message } } }`,
    { input: { channel: 'TEXT', contact: mobile, bornOn } },
    headers,
  )
  const { challengeId } = started.data?.startLogin as unknown as { challengeId: string }
  const code = await codeTo(portal, mobile, before)
  const finished = await portal.ask(
    undefined,
    `mutation F($input: FinishLoginInput!) { finishLogin(input: $input) { ... on LoggedIn { token } ... on Problem { message } } }`,
    { input: { challengeId, code } },
    headers,
  )
  const { token, message } = finished.data?.finishLogin as unknown as { token?: string; message?: string }
  if (!token) throw new Error(message ?? finished.text)
  return token
}

/** The code in the text that comes after the one known; none when none comes. */
async function codeTo(portal: World, mobile: string, known: string | undefined): Promise<string | undefined> {
  for (let look = 0; look < 25; look += 1) {
    await portal.graph.settle()
    const text = portal.inbox.latest(mobile)
    const code = text?.id === known ? undefined : /^\d{6}/.exec(text?.body ?? '')?.[0]
    if (code) return code
    await pause(20)
  }
  return undefined
}

/** A clinic that sees people face to face and lets them change their appointments themselves. */
export async function aClinic(portal: World, facts: Record<string, unknown> = {}): Promise<string> {
  const input = {
    idempotencyKey: randomUUID(),
    code: `C${(count += 1)}`,
    name: 'Eye clinic',
    specialty: 'Ophthalmology',
    mode: 'DIRECT',
    medium: 'FACE_TO_FACE',
    appointmentMinutes: 30,
    contact: { team: 'Eye clinic booking team', phone: '+442079460120', hours: 'Monday to Friday, 8:30am to 5pm' },
    place: {
      site: 'Watford General Hospital',
      department: 'Outpatients 2',
      addressLines: ['Vicarage Road', 'Watford'],
      postcode: 'WD18 0HB',
    },
    whatToBring: ['Your glasses'],
    preparation: [],
    ...facts,
  }
  await portal.system(`mutation P($input: PublishClinicInput!) { publishClinic(input: $input) { __typename } }`, {
    input,
  })
  return input.code
}

/** An appointment, as the hospital books it. */
export async function anAppointment(
  portal: World,
  patient: PersonInWorld,
  facts: Record<string, unknown> = {},
): Promise<{ id: string; hospitalId: string }> {
  const clinicCode = (facts.clinicCode as string | undefined) ?? (await aClinic(portal))
  const startsAt = new Date((facts.startsAt as string | undefined) ?? portal.clock.now().getTime() + 10 * 24 * 3600_000)
  const input = {
    idempotencyKey: randomUUID(),
    eventAt: portal.clock.now(),
    hospitalId: `A${(count += 1)}`,
    patientId: patient.id,
    endsAt: new Date(startsAt.getTime() + 30 * 60_000),
    kind: 'OUTPATIENT',
    ...facts,
    clinicCode,
    startsAt,
  }
  const { recordAppointment } = await portal.system(
    `mutation R($input: RecordAppointmentInput!) { recordAppointment(input: $input) { __typename ... on AppointmentRecorded { appointment { id hospitalId } } ... on Problem { message } } }`,
    { input },
  )
  const recorded = recordAppointment as unknown as {
    appointment?: { id: string; hospitalId: string }
    message?: string
  }
  if (!recorded.appointment) throw new Error(recorded.message ?? 'not recorded')
  await portal.graph.settle()
  return recorded.appointment
}
