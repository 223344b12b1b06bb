import { randomBytes } from 'node:crypto'
import { writeTimestamp } from '../hl7/timestamp.ts'
import {
  type Cell,
  writeClinician,
  writeComponents as components,
  writeMessage as written,
  writeSegment as segment,
  writeText as text,
} from '../hl7/writing.ts'

/** A person as a hospital's own system would send them. What is left out is left empty, and changes nothing. */
export interface HospitalPerson {
  readonly hospitalNumber: string
  readonly nhsNumber?: string | undefined
  readonly title?: string | undefined
  readonly given?: readonly string[] | undefined
  readonly family?: string | undefined
  /** `YYYY-MM-DD` */
  readonly bornOn?: string | undefined
  /** Person stated gender code: 1, 2, 9 or X. */
  readonly sex?: string | undefined
  readonly address?: { readonly lines: readonly string[]; readonly postcode?: string | undefined } | undefined
  readonly homePhone?: string | undefined
  readonly mobile?: string | undefined
  readonly email?: string | undefined
  readonly language?: string | undefined
  /** ODS code. */
  readonly generalPractice?: string | undefined
  readonly deceased?: boolean | undefined
  readonly sensitive?: boolean | undefined
}

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

/** The envelope: when it happened, and from whom. */
export interface Envelope {
  readonly at: Date
  /** The trust's ODS code. */
  readonly facility?: string | undefined
  readonly controlId?: string | undefined
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
    ...further(person),
  ])

const scheduling = (event: string, person: HospitalPerson, envelope: Envelope, [sch = '', ...others]: string[]) =>
  written([header(`SIU^${event}^SIU_${event}`, envelope), sch, identification(person, envelope), ...others])

/** MSH of a message of the hospital. */
export const header = (type: string, { at, facility = 'RWG', controlId = newControlId() }: Envelope) =>
  // MSH-1 is the separator after the name: every other field stands one place further left.
  segment('MSH', {
    1: '^~\\&',
    2: 'PAS',
    3: facility,
    4: 'PORTAL',
    5: facility,
    6: writeTimestamp(at),
    8: type,
    9: controlId,
    10: 'P',
    11: '2.4',
    17: 'UNICODE UTF-8',
  })

/** A number of its own for each message. */
export const newControlId = (): string => `HB${randomBytes(8).toString('hex').toUpperCase()}`

/** PID, with what is known of the person. */
export function identification(person: HospitalPerson, { facility = 'RWG' }: Envelope): string {
  const nhs = person.nhsNumber && `${text(person.nhsNumber)}^^^NHS^NH`
  const [first = '', ...others] = person.given ?? []
  const name =
    person.family &&
    components(text(person.family), text(first), text(others.join(' ')), '', text(person.title), '', 'L')
  return segment('PID', {
    1: '1',
    3: [`${text(person.hospitalNumber)}^^^${facility}^MR`, nhs].filter((it) => it !== undefined).join('~'),
    5: name,
    7: person.bornOn?.replaceAll('-', ''),
    8: person.sex,
    11: address(person.address),
    13: contacts(person),
    15: person.language,
    30: person.deceased === undefined ? undefined : person.deceased ? 'Y' : 'N',
  })
}

function address(it: HospitalPerson['address']): Cell {
  if (!it) return undefined
  const [street, second, town, ...others] = it.lines
  return components(text(street), text(second), text(town), text(others.join(', ')), text(it.postcode), 'GBR', 'H')
}

const contacts = ({ homePhone, mobile, email }: HospitalPerson): Cell =>
  [
    homePhone && `${text(homePhone)}^PRN^PH`,
    mobile && `${text(mobile)}^PRS^CP`,
    email && `^NET^Internet^${text(email)}`,
  ]
    .filter((it) => it)
    .join('~') || undefined

const further = ({ generalPractice, sensitive }: HospitalPerson): string[] =>
  generalPractice === undefined && sensitive === undefined
    ? []
    : [
        segment('PD1', {
          3: generalPractice && `^^${text(generalPractice)}`,
          12: sensitive === undefined ? undefined : sensitive ? 'Y' : 'N',
        }),
      ]

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
