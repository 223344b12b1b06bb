import type { RecordAppointmentInput } from '../../client/main.ts'
import type { Fault } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import { activeResources } from './active-resources.ts'
import { readTimes } from './appointment-times.ts'
import { readArrangements } from './arrangements.ts'
import { type BookingStatus, readBookingStatus } from './booking-status.ts'
import { readClinician } from './clinician.ts'
import { defined } from './defined.ts'
import { readMedium } from './medium.ts'
import { readPlace } from './place.ts'

/** A code that may be the clinic's, and where it stands. */
export interface ClinicCode {
  where: string
  code: string
}

/** What a message says about an appointment. */
export interface AppointmentInMessage {
  hospitalId: string
  /** The service's code first; hospitals keep the clinic in one of five places. */
  clinicCodes: ClinicCode[]
  details: Pick<
    RecordAppointmentInput,
    'startsAt' | 'endsAt' | 'kind' | 'medium' | 'clinician' | 'place' | 'arrangements'
  >
  /** What has become of it; left out while it stands. */
  status?: BookingStatus
  /** Why it was cancelled, in words fit for the patient. */
  reason?: string
}

/** Reads SCH, the resources booked (AIS, AIL, AIP) and the visit (PV1). */
export function readAppointment(message: Hl7Message, faults: Fault[]): AppointmentInMessage {
  const [sch, second] = message.all('SCH')
  const hospitalId = sch?.text(1) ?? sch?.text(2)
  if (!sch)
    faults.push({ where: 'SCH', what: "the segment is missing. Send SCH with the appointment's identifier in SCH-1." })
  else if (hospitalId === undefined)
    faults.push({
      where: 'SCH-1',
      what: 'the identifier of the appointment is missing. Send it in SCH-1, or in SCH-2.',
    })
  if (second) faults.push({ where: 'SCH', what: 'there is more than one. Send one message for each appointment.' })
  const reason = sch?.text(6, 2) ?? wordsOf(sch?.text(6))
  return {
    hospitalId: hospitalId ?? '',
    clinicCodes: readClinicCodes(message),
    details: {
      ...readTimes(message, faults),
      ...defined({
        kind: readKind(message),
        medium: readMedium(message),
        clinician: readClinician(message),
        place: readPlace(message),
        arrangements: readArrangements(message),
      }),
    },
    ...defined({ status: readBookingStatus(message), reason }),
  }
}

function readClinicCodes(message: Hl7Message): ClinicCode[] {
  const [sch, pv1] = [message.segment('SCH'), message.segment('PV1')]
  const places: [string, string | undefined][] = [
    ['AIS-3', activeResources(message, 'AIS')[0]?.text(3)],
    ['AIL-3', activeResources(message, 'AIL')[0]?.text(3)],
    ['SCH-5', sch?.text(5)],
    ['PV1-3', pv1?.text(3)],
    ['PV1-10', pv1?.text(10)],
  ]
  const codes = new Map<string, string>()
  for (const [where, code] of places) if (code !== undefined && !codes.has(code)) codes.set(code, where)
  return Array.from(codes, ([code, where]) => ({ where, code }))
}

/** An inpatient's booking is an admission. */
const readKind = (message: Hl7Message) => {
  const patientClass = message.segment('PV1')?.text(2)?.toUpperCase()
  return patientClass === undefined
    ? undefined
    : patientClass === 'I'
      ? ('ADMISSION' as const)
      : ('OUTPATIENT' as const)
}

/** A reason that is a bare code ("CANC2") says nothing to a patient. */
const wordsOf = (text: string | undefined) => (text !== undefined && /[a-z]/.test(text) ? text : undefined)
