import { createHash, randomUUID } from 'node:crypto'
import { serve } from '../../subgraphs/runtime/serve.ts'
import type { Viewer } from '../../subgraphs/runtime/viewer.ts'
import { anonymous, gateway, partner, patient, staff as anyStaff, system } from '../alone.ts'
import { anNhsNumber } from '../nhs-numbers.ts'
import { aClinic, anAppointment, aPerson, logIn, type PersonInWorld, type World } from '../world.ts'
import { aStaffLogIn } from './log-ins.ts'
import { type Changed, changesOf } from './changes.ts'
import { type Records, recordsOf } from './records.ts'
import { type Actor, type SubgraphName, subgraphNames } from './matrix.ts'
import { anAnsweredRequest, aRequestInHand, askForChange, type Asking } from './requests.ts'

/** A portal with everybody and everything in it that the matrix asks about. */
export interface Cast {
  readonly portal: World
  /** Whose rows everything is about. */
  readonly owner: PersonInWorld
  readonly stranger: PersonInWorld
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

export interface HospitalsMessage {
  id: string
  sender: string
  controlId: string
  type: string
  digest: string
}

export async function castOf(portal: World): Promise<Cast> {
  const owner = await aPerson(portal, everythingAbout(1))
  const stranger = await aPerson(portal, everythingAbout(2))
  const clinicCode = await aClinic(portal, everythingOfAClinic)
  const askingClinicCode = await aClinic(portal, { ...everythingOfAClinic, mode: 'REQUEST' })
  const excludedClinicCode = await aClinic(portal, { excluded: true })
  const { appointments, requests } = await appointmentsOf({ portal, owner, askingClinicCode }, clinicCode)
  const { changes, askedBefore } = await changesOf({ portal, owner, askingClinicCode }, clinicCode)
  const { id: strangersAppointmentId } = await anAppointment(portal, stranger, { clinicCode })
  const linkReference = /\/m\/([\w-]+)/.exec(portal.inbox.latest(owner.mobile)?.body ?? '')?.[1] ?? ''
  const ended = await logIn(portal, owner)
  const endedSessionId = await endOwn(portal, ended)
  const desk = await aStaffLogIn({ portal })
  const tokens = {
    staff: desk.token,
    patient: await logIn(portal, owner),
    'another patient': await logIn(portal, stranger),
    'ended session': ended,
  }
  const accept = `mutation A($input: AcceptAppointmentInput!) { acceptAppointment(input: $input) { __typename } }`
  await portal.ask(tokens.patient, accept, {
    input: { idempotencyKey: randomUUID(), appointmentId: appointments.accepted.id },
  })
  const { data } = await portal.ask(
    tokens.patient,
    `query L($id: ID!) { appointment(id: $id) { letter { id } } }`,
    appointments.open,
  )
  const servers = await Promise.all(subgraphNames.map((name) => serveOne(portal, name)))
  return {
    portal,
    owner,
    stranger,
    tokens,
    staff: desk.viewer,
    endedSessionId,
    appointments,
    strangersAppointmentId,
    clinicCode,
    askingClinicCode,
    requests,
    changes,
    askedBefore,
    excludedClinicCode,
    letterId: (data?.appointment as unknown as { letter: { id: string } }).letter.id,
    records: await recordsOf(
      { portal, owner, clinicCode },
      { token: tokens.patient, appointmentId: appointments.open.id },
    ),
    linkReference,
    messages: {
      refused: await aRefusedMessage(portal),
      replayed: await aReplayedMessage(portal),
      toReplay: await aMessageToReplay(portal),
    },
    pausedContact: await aPausedContact(portal),
    addresses: Object.fromEntries(servers.map(({ name, url }) => [name, url])) as Cast['addresses'],
    async stop() {
      for (const server of servers) await server.stop()
      await portal.stop()
    },
  }
}

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

async function appointmentsOf(asking: Asking, clinicCode: string): Promise<Pick<Cast, 'appointments' | 'requests'>> {
  const { portal, owner, askingClinicCode } = asking
  const inDays = (days: number, more: object = { arrangements }) => ({
    clinicCode,
    clinician: 'Dr Priya Shah',
    startsAt: new Date(portal.clock.now().getTime() + days * 24 * 3600_000),
    ...more,
  })
  // Transport is booked after they were asked about: then it is too late to ask.
  const toAskAbout = (days: number) => anAppointment(portal, owner, inDays(days, { clinicCode: askingClinicCode }))
  const cancelled = await toAskAbout(10)
  const overtaken = await askForChange(asking, cancelled.id)
  const word = { eventAt: portal.clock.now(), hospitalId: cancelled.hospitalId, patientId: owner.id }
  const cancel = `mutation C($input: RecordCancellationInput!) { recordCancellation(input: $input) { __typename } }`
  await portal.system(cancel, { input: { idempotencyKey: randomUUID(), ...word, reason: 'Strike' } })
  const accepted = await toAskAbout(12)
  const answered = await anAnsweredRequest(asking, accepted.id)
  const inHand = await aRequestInHand(asking, accepted.id)
  await anAppointment(portal, owner, { ...inDays(12), clinicCode: askingClinicCode, hospitalId: accepted.hospitalId })
  return {
    requests: { answered, inHand, overtaken },
    appointments: {
      cancelled,
      open: await anAppointment(portal, owner, inDays(11)),
      accepted,
      toAccept: await anAppointment(portal, owner, inDays(13)),
    },
  }
}

const arrangements = [{ kind: 'TRANSPORT', detail: 'Ambulance car' }]

/** Ends the session that asks, and says which it was. */
async function endOwn(portal: World, token: string): Promise<string> {
  const list = await portal.ask(token, '{ me { sessions { id current } } }')
  const { sessions } = list.data?.me as unknown as { sessions: { id: string; current: boolean }[] }
  const logOut = `mutation L($input: LogOutInput!) { logOut(input: $input) { __typename } }`
  await portal.ask(token, logOut, { input: { idempotencyKey: randomUUID() } })
  return sessions.find(({ current }) => current)?.id ?? ''
}

/** What tells of a new message of the hospital's. */
export const aMessage = () => ({
  sender: 'PAS|RWG',
  controlId: randomUUID(),
  type: 'SIU^S12',
  digest: createHash('sha256').update(randomUUID()).digest('hex'),
})

async function aRefusedMessage(portal: World): Promise<HospitalsMessage> {
  const message = aMessage()
  const receive = `mutation R($input: ReceiveHospitalMessageInput!) { receiveHospitalMessage(input: $input) { ... on HospitalMessageNew { message { id } } } }`
  const { receiveHospitalMessage } = await portal.system(receive, {
    input: { idempotencyKey: randomUUID(), ...message },
  })
  const { id } = (receiveHospitalMessage as unknown as { message: { id: string } }).message
  await answerMessage(portal, { id, acknowledgement: 'AE', reason: 'No patient', text: 'MSH|' })
  return { ...message, id }
}

async function aReplayedMessage(portal: World): Promise<HospitalsMessage> {
  const message = await aRefusedMessage(portal)
  await answerMessage(portal, { id: message.id, acknowledgement: 'AA' })
  return message
}

/** Nobody takes it again here: there are no feeds. */
async function aMessageToReplay(portal: World): Promise<HospitalsMessage> {
  const message = await aRefusedMessage(portal)
  const request = `mutation R($input: RequestReplayInput!) { requestReplay(input: $input) { __typename } }`
  const variables = { input: { idempotencyKey: randomUUID(), hospitalMessageId: message.id } }
  const call = { query: request, variables, viewer: anyStaff, requestId: randomUUID() }
  await portal.graph.subgraphs.get('messages')?.execute(call)
  return message
}

const answerMessage = (portal: World, answer: object) =>
  portal.system(
    `mutation A($input: AnswerHospitalMessageInput!) { answerHospitalMessage(input: $input) { __typename } }`,
    { input: { idempotencyKey: randomUUID(), ...answer } },
  )

async function aPausedContact(portal: World): Promise<string> {
  const contact = '+447711999999'
  const start = `mutation S($input: StartLoginInput!) { startLogin(input: $input) { __typename } }`
  for (let sent = 0; sent < 3; sent += 1)
    await portal.ask(undefined, start, { input: { channel: 'TEXT', contact, bornOn: '1984-03-09' } })
  return contact
}

async function serveOne({ graph, secrets, clock }: World, name: SubgraphName) {
  const subgraph = graph.subgraphs.get(name)
  if (!subgraph) throw new Error(`${name} does not run`)
  const key = Buffer.from(secrets[`SUBGRAPH_KEY_${name.toUpperCase()}` as keyof typeof secrets], 'base64url')
  const log = { info() {}, warn() {}, error() {} }
  return { name, ...(await serve(subgraph, { host: '127.0.0.1', port: 0, key, subscriptions: [], clock, log })) }
}

let addresses = 0
/** Who the gateway would say is asking. Nobody vouches for a session that has ended. */
export function viewerOf(
  { owner, stranger, staff }: Pick<Cast, 'owner' | 'stranger' | 'staff'>,
  actor: Exclude<Actor, 'ended session'>,
): Viewer {
  const viewers = {
    anonymous: () => anonymous(`2001:db8:${(addresses += 1).toString(16)}::a`),
    patient: () => patient(owner.id),
    'another patient': () => patient(stranger.id),
    partner: () => partner(['appointments', 'documents', 'results']),
    staff: () => staff,
    system: () => system,
    gateway: () => gateway,
  }
  return viewers[actor]()
}
