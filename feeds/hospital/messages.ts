import { writeTimestamp } from '../hl7/timestamp.ts'
import { writeClinician, writeMessage as written, writeSegment as segment, writeText as text } from '../hl7/writing.ts'
import { header, identification, practice, type Envelope, type HospitalPerson } from './person-segments.ts'

export type { Envelope, HospitalPerson } from './person-segments.ts'

/** An appointment or admission as the hospital's booking system would send it. */
export interface HospitalAppointment {
  readonly id: string
  readonly clinicCode: string
  readonly startsAt: Date
  readonly minutes?: number | undefined
  /** As people say it: "Dr Priya Shah". */
  readonly clinician?: string | undefined
  readonly medium?: 'FACE_TO_FACE' | 'VIDEO' | 'PHONE' | undefined
  readonly kind?: 'OUTPATIENT' | 'ADMISSION' | undefined
}

/** ADT^A28: a person is registered. */
export const registerPatient = (person: HospitalPerson, envelope: Envelope): string =>
  about(person, 'ADT^A28^ADT_A05', envelope)

/** ADT^A31: what is known of a person has changed. */
export const updatePatient = (person: HospitalPerson, envelope: Envelope): string =>
  about(person, 'ADT^A31^ADT_A05', envelope)

/** SIU^S12: an appointment is booked. */
export const bookAppointment = (person: HospitalPerson, appointment: HospitalAppointment, envelope: Envelope): string =>
  scheduling('S12', person, envelope, [...schedule(appointment), ...resources(appointment)])

/** SIU^S13: an appointment has a new time. What else is given is sent too, and what is not stays. */
export const moveAppointment = (
  person: HospitalPerson,
  appointment: Pick<HospitalAppointment, 'id' | 'startsAt' | 'minutes'> & Partial<HospitalAppointment>,
  envelope: Envelope,
): string => scheduling('S13', person, envelope, [...schedule(appointment), ...resources(appointment)])

/** SIU^S15: an appointment is cancelled, and why. */
export const cancelAppointment = (
  person: HospitalPerson,
  appointment: Pick<HospitalAppointment, 'id'> & Partial<HospitalAppointment>,
  reason: string | undefined,
  envelope: Envelope,
): string => scheduling('S15', person, envelope, [...schedule(appointment, reason), ...resources(appointment)])

/** SIU^S14: something is arranged for an appointment, or nothing any more. */
export const amendAppointment = (
  person: HospitalPerson,
  { id, transport, interpreter }: Amendment,
  envelope: Envelope,
): string => {
  const none = !transport && interpreter === undefined
  const arranged = [
    ...(transport ? [segment('AIG', { 1: '1', 2: 'A', 4: 'TRANSPORT' })] : []),
    ...(interpreter === undefined
      ? []
      : [segment('AIG', { 1: '1', 2: 'A', 3: `^${text(interpreter)}`, 4: 'INTERPRETER' })]),
    ...(none ? [segment('AIG', { 1: '1', 2: 'D', 4: 'TRANSPORT' })] : []),
  ]
  return scheduling('S14', person, envelope, [...schedule({ id }), segment('RGS', { 1: '1' }), ...arranged])
}

/** What is arranged for an appointment: all of it. */
export interface Amendment {
  readonly id: string
  readonly transport: boolean
  /** The language. */
  readonly interpreter?: string | undefined
}

/** SIU^S14 with the status that it is complete: the patient came. */
export const markAttended = (person: HospitalPerson, id: string, envelope: Envelope): string =>
  scheduling('S14', person, envelope, schedule({ id }, undefined, 'COMPLETE'))

/** SIU^S26: the patient did not come. */
export const markMissed = (person: HospitalPerson, id: string, envelope: Envelope): string =>
  scheduling('S26', person, envelope, schedule({ id }, undefined, 'NOSHOW'))

/** SIU^S17: the appointment should never have been. */
export const deleteAppointment = (person: HospitalPerson, id: string, envelope: Envelope): string =>
  scheduling('S17', person, envelope, schedule({ id }, undefined, 'DELETED'))

const about = (person: HospitalPerson, type: string, envelope: Envelope) =>
  written([
    header(type, envelope),
    segment('EVN', { 2: writeTimestamp(envelope.at) }),
    identification(person, envelope),
    ...practice(person),
  ])

const scheduling = (event: string, person: HospitalPerson, envelope: Envelope, [sch = '', ...others]: string[]) =>
  written([header(`SIU^${event}^SIU_S12`, envelope), sch, identification(person, envelope), ...others])

const mediumCodes = { FACE_TO_FACE: '01^Face to face', PHONE: '02^Telephone', VIDEO: '11^Video consultation' }

function schedule(
  { id, startsAt, minutes, medium }: Pick<HospitalAppointment, 'id'> & Partial<HospitalAppointment>,
  reason?: string,
  status?: string,
) {
  return [
    segment('SCH', {
      1: `${text(id)}^PAS`,
      6: reason && `^${text(reason)}`,
      8: medium && mediumCodes[medium],
      9: minutes === undefined ? undefined : String(minutes),
      10: minutes === undefined ? undefined : 'MIN',
      11: startsAt && `^^^${writeTimestamp(startsAt)}`,
      25: status,
    }),
  ]
}

function resources({ clinicCode, clinician, kind }: Partial<HospitalAppointment>): string[] {
  const patientClass = kind && (kind === 'ADMISSION' ? 'I' : 'O')
  return [
    ...(patientClass ? [segment('PV1', { 1: '1', 2: patientClass })] : []),
    ...(clinicCode || clinician ? [segment('RGS', { 1: '1' })] : []),
    ...(clinicCode ? [segment('AIS', { 1: '1', 3: text(clinicCode) })] : []),
    ...(clinician ? [segment('AIP', { 1: '1', 3: writeClinician(clinician) })] : []),
  ]
}
