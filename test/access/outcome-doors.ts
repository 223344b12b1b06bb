import { createHash, randomUUID } from 'node:crypto'
import { logInStarted, aTwinsCode } from './log-ins.ts'
import type { Cast } from './cast.ts'
import { aClinicInput, type Door, id, input, keyed, mutation, outcome, query, type Variables } from './door.ts'
import type { Actor } from './matrix.ts'

let contacts = 0
/** A contact that nobody has, and that nothing was sent to. */
const aContact = () => `+447711${String((contacts += 1)).padStart(6, '0')}`
const aWish = () => ({ channel: 'TEXT', contact: aContact(), bornOn: '1984-03-09' })
const noChallenge = { challengeId: randomUUID(), code: '000000' }

/** What an anonymous visitor does; for everybody else it is enough to try. */
const ifAnonymous =
  (facts: (cast: Cast) => Promise<object>) =>
  (cast: Cast, actor: Actor): object =>
    actor === 'anonymous' ? facts(cast) : noChallenge

const aPersonsFacts = ({ portal }: Cast) => ({
  eventAt: portal.clock.now(),
  hospitalNumber: randomUUID(),
  name: { given: ['Bea'], family: 'Nash' },
  bornOn: '1990-01-01',
})
const aBooking = ({ portal, owner, clinicCode }: Cast) => ({
  eventAt: portal.clock.now(),
  hospitalId: randomUUID(),
  patientId: owner.id,
  clinicCode,
  startsAt: new Date(portal.clock.now().getTime() + 40 * 24 * 3600_000),
})
/** A booking that the hospital then cancels. */
async function aBookingToCancel(cast: Cast, actor: Actor): Promise<object> {
  const booking = aBooking(cast)
  const record = `mutation R($input: RecordAppointmentInput!) { recordAppointment(input: $input) { __typename } }`
  if (actor === 'system') await cast.portal.system(record, { input: { idempotencyKey: randomUUID(), ...booking } })
  const { eventAt, hospitalId, patientId } = booking
  return { eventAt, hospitalId, patientId }
}
const aSlot = (hospitalId: string, startsAt: string, endsAt: string) => [{ hospitalId, startsAt, endsAt }]
const published = ({ clinicCode }: Cast) => ({
  clinicCode,
  slots: aSlot(randomUUID(), '2027-06-01T10:00:00Z', '2027-06-01T10:30:00Z'),
})
const anEvent = () => ({ id: randomUUID(), kind: 'nothing.happened', ids: [] })
const tokenHash = ({ tokens }: Cast) => createHash('sha256').update(tokens.patient).digest('base64url')
const own = (which: keyof Cast['appointments']) =>
  keyed(({ appointments }) => ({ appointmentId: appointments[which].id }))
const nobodysAppointment: Variables = keyed(({ appointments }, actor) => ({
  appointmentId: actor === 'another patient' ? appointments.open.id : randomUUID(),
}))
const endedSession = keyed(({ endedSessionId }) => ({ sessionId: endedSessionId }))

/** How each root field is asked. */
export const rootDoors: Record<string, Door[]> = {
  'Query.trust': [{ at: 'both', text: '{ wanted: trust { __typename } }', variables: () => ({}) }],
  'Query.me': [{ at: 'both', text: '{ wanted: me { __typename } }', variables: () => ({}) }],
  'Query.patient': [
    query(
      'patient',
      'id',
      'ID!',
      id(({ owner }) => owner.id),
    ),
  ],
  'Query.patientByHospitalNumber': [
    query(
      'patientByHospitalNumber',
      'hospitalNumber',
      'String!',
      id(({ owner }) => owner.hospitalNumber),
    ),
  ],
  'Query.appointment': [
    query(
      'appointment',
      'id',
      'ID!',
      id(({ appointments }) => appointments.open.id),
    ),
  ],
  'Query.document': [
    query(
      'document',
      'id',
      'ID!',
      id(({ letterId }) => letterId),
    ),
  ],
  'Query.link': [
    query(
      'link',
      'reference',
      'ID!',
      id(({ linkReference }) => linkReference),
    ),
  ],
  'Query.loginCode': [
    query('loginCode', 'challengeId', 'ID!', async (cast, actor) => ({
      id: actor === 'system' ? (await logInStarted(cast)).challengeId : randomUUID(),
    })),
  ],
  'Query.viewerOf': [query('viewerOf', 'tokenHash', 'ID!', id(tokenHash))],
  'Mutation.startLogin': [mutation('startLogin', input(aWish))],
  'Mutation.resendLoginCode': [
    mutation(
      'resendLoginCode',
      input(() => ({ challengeId: randomUUID() })),
    ),
  ],
  'Mutation.finishLogin': [
    mutation(
      'finishLogin',
      input(() => noChallenge),
    ),
  ],
  'Mutation.chooseByNhsNumber': [
    mutation(
      'chooseByNhsNumber',
      input(() => ({ challengeId: randomUUID(), lastFour: '0000' })),
    ),
  ],
  'Mutation.logOut': [
    {
      ...mutation(
        'logOut',
        keyed(() => ({})),
      ),
      endsSessions: true,
    },
  ],
  'Mutation.logOutEverywhere': [
    {
      ...mutation(
        'logOutEverywhere',
        keyed(() => ({})),
      ),
      endsSessions: true,
    },
  ],
  'Mutation.endSession': [mutation('endSession', endedSession)],
  'Mutation.acceptAppointment': [mutation('acceptAppointment', own('toAccept'))],
  'Mutation.recordPatient': [mutation('recordPatient', keyed(aPersonsFacts))],
  'Mutation.recordAppointment': [mutation('recordAppointment', keyed(aBooking))],
  'Mutation.recordCancellation': [mutation('recordCancellation', keyed(aBookingToCancel))],
  'Mutation.publishClinic': [mutation('publishClinic', keyed(aClinicInput))],
  'Mutation.publishSlots': [mutation('publishSlots', keyed(published))],
  'Mutation.handOverLoginCode': [
    mutation(
      'handOverLoginCode',
      keyed(() => ({ challengeId: randomUUID() })),
    ),
  ],
  'Mutation.receiveEvent': [mutation('receiveEvent', input(anEvent))],
}

/** How what a mutation comes to is reached: by doing it. */
export const outcomeDoors: Record<string, Door[]> = {
  Viewer: [{ at: 'both', text: 'query Wanted($id: ID!) { viewerOf(tokenHash: $id) { % } }', variables: id(tokenHash) }],
  EventReceived: [
    {
      at: 'both',
      text: 'mutation Wanted($input: ReceiveEventInput!) { receiveEvent(input: $input) { % } }',
      variables: input(anEvent),
    },
  ],
  LoginCode: [
    {
      at: 'both',
      text: 'query Wanted($id: ID!) { loginCode(challengeId: $id) { % } }',
      variables: async (cast, actor) => ({
        id: actor === 'system' ? (await logInStarted(cast)).challengeId : randomUUID(),
      }),
    },
  ],
  LoginCodeSent: outcome('startLogin', 'LoginCodeSent', input(aWish)),
  LoginPaused: outcome(
    'startLogin',
    'LoginPaused',
    input(({ pausedContact }) => ({ ...aWish(), contact: pausedContact })),
  ),
  ContactNotUsable: outcome(
    'startLogin',
    'ContactNotUsable',
    input(() => ({ ...aWish(), contact: 'nothing' })),
  ),
  LoginStartAgain: outcome(
    'finishLogin',
    'LoginStartAgain',
    input(() => noChallenge),
  ),
  WrongCode: outcome(
    'finishLogin',
    'WrongCode',
    input(
      ifAnonymous(async (cast) => ({
        challengeId: (await logInStarted(cast, aContact())).challengeId,
        code: '000000',
      })),
    ),
  ),
  CodeExpired: outcome(
    'finishLogin',
    'CodeExpired',
    input(
      ifAnonymous(async (cast) => {
        const contact = aContact()
        const { challengeId } = await logInStarted(cast, contact)
        await logInStarted(cast, contact)
        return { challengeId, code: '000000' }
      }),
    ),
  ),
  NhsNumberNeeded: outcome('finishLogin', 'NhsNumberNeeded', input(ifAnonymous((cast) => aTwinsCode(cast)))),
  LoggedIn: outcome(
    'finishLogin',
    'LoggedIn',
    input(ifAnonymous(async (cast) => (await logInStarted(cast)).withCode())),
  ),
  Session: [
    {
      ...mutation('finishLogin', input(ifAnonymous(async (cast) => (await logInStarted(cast)).withCode()))),
      text: 'mutation Wanted($input: FinishLoginInput!) { finishLogin(input: $input) { ... on LoggedIn { session { % } } } }',
      for: (actor) => actor === 'anonymous',
    },
  ],
  SessionEnded: outcome('endSession', 'SessionEnded', endedSession),
  SessionNotFound: outcome(
    'endSession',
    'SessionNotFound',
    keyed(({ endedSessionId }, actor) => ({
      sessionId: actor === 'another patient' ? endedSessionId : randomUUID(),
    })),
  ),
  LoggedOut: outcome(
    'logOut',
    'LoggedOut',
    keyed(() => ({})),
  ).map((it) => ({ ...it, endsSessions: true })),
  PatientRecorded: outcome('recordPatient', 'PatientRecorded', keyed(aPersonsFacts)),
  PatientNotIdentified: outcome(
    'recordPatient',
    'PatientNotIdentified',
    keyed(({ portal }) => ({ eventAt: portal.clock.now() })),
  ),
  PatientIncomplete: outcome(
    'recordPatient',
    'PatientIncomplete',
    keyed(({ portal }) => ({
      eventAt: portal.clock.now(),
      hospitalNumber: randomUUID(),
    })),
  ),
  LoginCodeHandedOver: outcome(
    'handOverLoginCode',
    'LoginCodeHandedOver',
    keyed(() => ({ challengeId: randomUUID() })),
  ),
  AppointmentAccepted: outcome('acceptAppointment', 'AppointmentAccepted', own('toAccept')),
  CannotAccept: outcome('acceptAppointment', 'CannotAccept', own('cancelled')),
  AppointmentNotFound: [
    ...outcome('acceptAppointment', 'AppointmentNotFound', nobodysAppointment),
    ...outcome(
      'recordCancellation',
      'AppointmentNotFound',
      keyed((cast) => {
        const { eventAt, hospitalId, patientId } = aBooking(cast)
        return { eventAt, hospitalId, patientId }
      }),
    ),
  ],
  ClinicPublished: outcome('publishClinic', 'ClinicPublished', keyed(aClinicInput)),
  ClinicNotFound: outcome(
    'publishSlots',
    'ClinicNotFound',
    keyed((cast) => ({ ...published(cast), clinicCode: 'none' })),
  ),
  SlotsPublished: outcome('publishSlots', 'SlotsPublished', keyed(published)),
  SlotsNotUsable: outcome(
    'publishSlots',
    'SlotsNotUsable',
    keyed((cast) => ({
      ...published(cast),
      slots: aSlot(randomUUID(), '2027-06-01T10:30:00Z', '2027-06-01T10:00:00Z'),
    })),
  ),
  AppointmentRecorded: outcome('recordAppointment', 'AppointmentRecorded', keyed(aBooking)),
  AppointmentKeptOut: outcome(
    'recordAppointment',
    'AppointmentKeptOut',
    keyed((cast) => ({
      ...aBooking(cast),
      clinicCode: cast.excludedClinicCode,
    })),
  ),
  AppointmentIncomplete: outcome(
    'recordAppointment',
    'AppointmentIncomplete',
    keyed((cast) => ({
      ...aBooking(cast),
      clinicCode: null,
    })),
  ),
  PatientDiffers: outcome(
    'recordAppointment',
    'PatientDiffers',
    keyed((cast) => ({
      ...aBooking(cast),
      hospitalId: cast.appointments.open.hospitalId,
      patientId: cast.stranger.id,
    })),
  ),
}
