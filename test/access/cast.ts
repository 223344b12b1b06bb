import { randomUUID } from 'node:crypto'
import { serve } from '../../subgraphs/runtime/serve.ts'
import type { Viewer } from '../../subgraphs/runtime/viewer.ts'
import { anNhsNumber } from '../nhs-numbers.ts'
import { aClinic, anAppointment, aPerson, logIn, type PersonInWorld, type World } from '../world.ts'
import { appointmentsOf } from './appointments.ts'
import { type Changed, changesOf } from './changes.ts'
import { aMessageToReplay, aRefusedMessage, aReplayedMessage, type HospitalsMessage } from './hospital-messages.ts'
import { aStaffLogIn } from './log-ins.ts'
import { type SubgraphName, subgraphNames } from './matrix.ts'
import { keyHost, type Partners, partnersOf } from './partners.ts'
import { recordsElsewhere, type Records, recordsOf } from './records.ts'

/** A portal with everybody and everything in it that the matrix asks about. */
export interface Cast {
  readonly portal: World
  /** Whose rows everything is about. */
  readonly owner: PersonInWorld
  readonly stranger: PersonInWorld
  readonly nhsNumber: string
  /** The systems of partners, with whom the owner shares something or nothing. */
  readonly partners: Partners
  readonly tokens: Readonly<Record<'patient' | 'another patient' | 'staff' | 'ended session', string>>
  /** Who the gateway says the member of staff is. */
  readonly staff: Viewer
  readonly endedSessionId: string
  readonly appointments: Readonly<
    Record<'open' | 'accepted' | 'toAccept' | 'cancelled', { id: string; hospitalId: string }>
  >
  readonly strangersAppointmentId: string
  readonly clinicCode: string
  /** Where patients ask and staff answer. */
  readonly askingClinicCode: string
  /** Requests of the owner's: about the appointment that is accepted, and the one that is cancelled. */
  readonly requests: Readonly<Record<'answered' | 'inHand' | 'overtaken', string>>
  /** Appointments of the owner's that can be changed, or were; and what staff were asked about two of them. */
  readonly changes: Readonly<Record<Changed, string>>
  readonly askedBefore: Readonly<Record<'undoable' | 'stay', string>>
  readonly excludedClinicCode: string
  readonly letterId: string
  readonly records: Records
  readonly linkReference: string
  readonly messages: Readonly<Record<'refused' | 'replayed' | 'toReplay', HospitalsMessage>>
  /** A contact that was sent as many codes as it may be. */
  readonly pausedContact: string
  /** Where each subgraph listens: for those whom no gateway vouches for. */
  readonly addresses: Readonly<Record<SubgraphName, string>>
  stop(): Promise<void>
}

/** The portal that the cast is in. */
export const worldOfCast = { royalFree: recordsElsewhere, more: { partnerKeyHosts: [keyHost] } }

export async function castOf(portal: World): Promise<Cast> {
  const owner = await aPerson(portal, everythingAbout(1))
  const stranger = await aPerson(portal, everythingAbout(2))
  const booked = await bookingsOf(portal, owner)
  const { id: strangersAppointmentId } = await anAppointment(portal, stranger, { clinicCode: booked.clinicCode })
  const linkReference = /\/m\/([\w-]+)/.exec(portal.inbox.latest(owner.mobile)?.body ?? '')?.[1] ?? ''
  const loggedIn = await logInsOf(portal, owner, stranger)
  const { patient: token } = loggedIn.tokens
  const { appointments, clinicCode } = booked
  const letterId = await acceptAndRead(portal, token, appointments)
  const records = await recordsOf({ portal, owner, clinicCode }, { token, appointmentId: appointments.open.id })
  const nhsNumber = anNhsNumber(1)
  return {
    portal,
    owner,
    stranger,
    nhsNumber,
    strangersAppointmentId,
    letterId,
    records,
    linkReference,
    ...booked,
    ...loggedIn,
    partners: await partnersOf({ portal, owner, nhsNumber }, token),
    messages: await messagesOf(portal),
    pausedContact: await aPausedContact(portal),
    ...(await serveAll(portal)),
  }
}

/** The appointments of the owner, and where they are. */
async function bookingsOf(portal: World, owner: PersonInWorld) {
  const clinicCode = await aClinic(portal, everythingOfAClinic)
  const askingClinicCode = await aClinic(portal, { ...everythingOfAClinic, mode: 'REQUEST' })
  const excludedClinicCode = await aClinic(portal, { excluded: true })
  const asking = { portal, owner, askingClinicCode }
  return {
    clinicCode,
    askingClinicCode,
    excludedClinicCode,
    ...(await appointmentsOf(asking, clinicCode)),
    ...(await changesOf(asking, clinicCode)),
  }
}

async function logInsOf(portal: World, owner: PersonInWorld, stranger: PersonInWorld) {
  const ended = await logIn(portal, owner)
  const endedSessionId = await endOwn(portal, ended)
  const desk = await aStaffLogIn({ portal })
  const tokens = {
    staff: desk.token,
    patient: await logIn(portal, owner),
    'another patient': await logIn(portal, stranger),
    'ended session': ended,
  }
  return { endedSessionId, staff: desk.viewer, tokens }
}

/** The owner accepts one appointment, and is written to about another: its letter. */
async function acceptAndRead(portal: World, token: string, { accepted, open }: Cast['appointments']): Promise<string> {
  const accept = `mutation A($input: AcceptAppointmentInput!) { acceptAppointment(input: $input) { __typename } }`
  await portal.ask(token, accept, { input: { idempotencyKey: randomUUID(), appointmentId: accepted.id } })
  const { data } = await portal.ask(token, `query L($id: ID!) { appointment(id: $id) { letter { id } } }`, open)
  return (data?.appointment as unknown as { letter: { id: string } }).letter.id
}

const messagesOf = async (portal: World): Promise<Cast['messages']> => ({
  refused: await aRefusedMessage(portal),
  replayed: await aReplayedMessage(portal),
  toReplay: await aMessageToReplay(portal),
})

const card = { team: 'Eye clinic', phone: '+442079460120', hours: 'Monday to Friday' }

const everythingOfAClinic = {
  contact: { ...card, textphone: '+442079460121', email: 'eyes@example.com' },
  place: {
    site: 'Watford General',
    department: 'Eyes',
    addressLines: ['1 Road'],
    postcode: 'WD18 0HB',
    directions: 'Left',
  },
  letterIntroduction: 'Welcome.',
  ifYouDoNotAttend: 'Others wait.',
}

const everythingAbout = (count: number) => ({
  nhsNumber: anNhsNumber(count),
  name: { title: 'Mrs', given: ['Amal'], family: 'Haddad' },
  address: { lines: ['14 Cassio Lane'], postcode: 'WD18 0HB' },
  homePhone: '+441632960145',
  email: `person${count}@example.com`,
  preferredLanguage: 'Arabic',
  interpreterLanguage: 'Arabic',
  transport: true,
})

/** Ends the session that asks, and says which it was. */
async function endOwn(portal: World, token: string): Promise<string> {
  const list = await portal.ask(token, '{ me { sessions { id current } } }')
  const { sessions } = list.data?.me as unknown as { sessions: { id: string; current: boolean }[] }
  const logOut = `mutation L($input: LogOutInput!) { logOut(input: $input) { __typename } }`
  await portal.ask(token, logOut, { input: { idempotencyKey: randomUUID() } })
  return sessions.find(({ current }) => current)?.id ?? ''
}

async function aPausedContact(portal: World): Promise<string> {
  const contact = '+447711999999'
  const start = `mutation S($input: StartLoginInput!) { startLogin(input: $input) { __typename } }`
  for (let sent = 0; sent < 3; sent += 1)
    await portal.ask(undefined, start, { input: { channel: 'TEXT', contact, bornOn: '1984-03-09' } })
  return contact
}

async function serveAll(portal: World): Promise<Pick<Cast, 'addresses' | 'stop'>> {
  const servers = await Promise.all(subgraphNames.map((name) => serveOne(portal, name)))
  return {
    addresses: Object.fromEntries(servers.map(({ name, url }) => [name, url])) as Cast['addresses'],
    async stop() {
      for (const server of servers) await server.stop()
      await portal.stop()
    },
  }
}

async function serveOne({ graph, secrets, clock }: World, name: SubgraphName) {
  const subgraph = graph.subgraphs.get(name)
  if (!subgraph) throw new Error(`${name} does not run`)
  const key = Buffer.from(secrets[`SUBGRAPH_KEY_${name.toUpperCase()}` as keyof typeof secrets], 'base64url')
  const log = { info() {}, warn() {}, error() {} }
  return { name, ...(await serve(subgraph, { host: '127.0.0.1', port: 0, key, subscriptions: [], clock, log })) }
}
