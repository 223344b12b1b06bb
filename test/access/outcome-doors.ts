import { randomUUID } from 'node:crypto'
import type { Cast } from './cast.ts'
import { aClinicInput, type Door, id, input, keyed, mutation, outcome, query, type Variables } from './door.ts'
import type { Actor } from './matrix.ts'

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
const own = (which: keyof Cast['appointments']) =>
  keyed(({ appointments }) => ({ appointmentId: appointments[which].id }))
const nobodysAppointment: Variables = keyed(({ appointments }, actor) => ({
  appointmentId: actor === 'another patient' ? appointments.open.id : randomUUID(),
}))

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
  'Mutation.acceptAppointment': [mutation('acceptAppointment', own('toAccept'))],
  'Mutation.recordPatient': [mutation('recordPatient', keyed(aPersonsFacts))],
  'Mutation.recordAppointment': [mutation('recordAppointment', keyed(aBooking))],
  'Mutation.recordCancellation': [mutation('recordCancellation', keyed(aBookingToCancel))],
  'Mutation.publishClinic': [mutation('publishClinic', keyed(aClinicInput))],
  'Mutation.publishSlots': [mutation('publishSlots', keyed(published))],
  'Mutation.receiveEvent': [mutation('receiveEvent', input(anEvent))],
}

/** How what a mutation comes to is reached: by doing it. */
export const outcomeDoors: Record<string, Door[]> = {
  EventReceived: [
    {
      at: 'both',
      text: 'mutation Wanted($input: ReceiveEventInput!) { receiveEvent(input: $input) { % } }',
      variables: input(anEvent),
    },
  ],
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
