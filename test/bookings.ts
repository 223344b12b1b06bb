import { randomUUID } from 'node:crypto'
import { type Alone, system } from './alone.ts'

let count = 0

/** An identifier nobody else in this run has. */
export const anIdentifier = (kind: string) => `${kind}-${(count += 1)}`

/** An instant so many days from the clock of the test. */
export const inDays = ({ clock }: Alone, days: number, minutes = 0) =>
  new Date(clock.now().getTime() + (days * 24 * 60 + minutes) * 60_000).toISOString()

async function tell<Answer>({ ask }: Alone, document: string, input: object): Promise<Answer> {
  const { data, errors } = await ask(system, document, { input: { idempotencyKey: randomUUID(), ...input } })
  if (errors) throw new Error(JSON.stringify(errors))
  return Object.values(data ?? {})[0] as Answer
}

/** A clinic of the hospital, by its code; everything can be said otherwise. */
export async function aClinic(it: Alone, facts: Record<string, unknown> = {}): Promise<string> {
  const code = anIdentifier('CLINIC')
  const document = `mutation PublishClinic($input: PublishClinicInput!) {
    publishClinic(input: $input) { ... on ClinicPublished { clinic { code } } }
  }`
  const answer = await tell<{ clinic: { code: string } }>(it, document, { code, ...clinicFacts, ...facts })
  return answer.clinic.code
}

export const clinicFacts = {
  name: 'Dermatology clinic',
  specialty: 'Dermatology',
  mode: 'DIRECT',
  contact: { team: 'Dermatology bookings', phone: '+442079460120', hours: 'Monday to Friday, 9am to 4pm' },
  place: {
    site: 'Watford General Hospital',
    department: 'Outpatients 2',
    addressLines: ['Vicarage Road', 'Watford'],
    postcode: 'WD18 0HB',
    directions: 'From the main entrance follow the blue signs.',
  },
  medium: 'FACE_TO_FACE',
  appointmentMinutes: 30,
  whatToBring: ['A list of your medicines'],
  preparation: ['Do not wear make-up'],
}

export interface Slots {
  __typename: string
  created: number
  unchanged: number
  hospitalIds: string[]
  message: string
}

export function publishSlots(it: Alone, clinicCode: string, slots: object[]): Promise<Slots> {
  const document = `mutation PublishSlots($input: PublishSlotsInput!) {
    publishSlots(input: $input) {
      __typename
      ... on SlotsPublished { created unchanged }
      ... on SlotsNotUsable { hospitalIds }
      ... on Problem { message }
    }
  }`
  return tell(it, document, { clinicCode, slots })
}

/** One published slot of half an hour, by the hospital's id. */
export async function aSlot(it: Alone, clinicCode: string, startsAt: string, facts: object = {}): Promise<string> {
  const hospitalId = anIdentifier('SLOT')
  const endsAt = new Date(new Date(startsAt).getTime() + 30 * 60_000).toISOString()
  await publishSlots(it, clinicCode, [{ hospitalId, startsAt, endsAt, ...facts }])
  return hospitalId
}

export interface RecordedAppointment {
  id: string
  hospitalId: string
  status: string
  kind: string
  startsAt: string
  endsAt: string
  acceptedAt: string | null
  medium: string
  clinician: string | null
  version: number
  clinic: { code: string; contact: { team: string } }
  place: { site: string; department: string | null } | null
  arrangements: { kind: string; detail: string | null }[]
  cancellation: { at: string; by: string; reason: string | null } | null
}

/** What came of the hospital's word. */
export interface RecordedWord {
  __typename: string
  appointment: RecordedAppointment
  created: boolean
  flags: string[]
  field: string
  message: string
}

const recorded = `
  __typename
  ... on AppointmentRecorded {
    created
    flags
    appointment {
      id hospitalId status kind startsAt endsAt acceptedAt medium clinician version
      clinic { code contact { team } } place { site department } arrangements { kind detail } cancellation { at by reason }
    }
  }
  ... on Problem { message }
`

/** The hospital says that an appointment is booked or moved. */
export function recordAppointment(it: Alone, facts: Record<string, unknown>): Promise<RecordedWord> {
  const document = `mutation RecordAppointment($input: RecordAppointmentInput!) {
    recordAppointment(input: $input) { ${recorded} ... on AppointmentIncomplete { field } }
  }`
  return tell(it, document, { eventAt: it.clock.now().toISOString(), hospitalId: anIdentifier('APPT'), ...facts })
}

/** The hospital says that an appointment is cancelled. */
export function recordCancellation(it: Alone, facts: Record<string, unknown>): Promise<RecordedWord> {
  const document = `mutation RecordCancellation($input: RecordCancellationInput!) {
    recordCancellation(input: $input) { ${recorded} }
  }`
  return tell(it, document, { eventAt: it.clock.now().toISOString(), ...facts })
}

/** An appointment in a week, in a clinic of its own unless one is given. */
export async function anAppointment(it: Alone, facts: Record<string, unknown> = {}): Promise<RecordedAppointment> {
  const clinicCode = facts.clinicCode ?? (await aClinic(it))
  const word = await recordAppointment(it, { patientId: 'amal', startsAt: inDays(it, 7), ...facts, clinicCode })
  if (word.__typename !== 'AppointmentRecorded') throw new Error(JSON.stringify(word))
  return word.appointment
}
