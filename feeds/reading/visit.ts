import type { AdmissionStep, RecordAdmissionInput } from '../../client/main.ts'
import type { Fault } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import { readTimestamp } from '../hl7/timestamp.ts'
import { clinicCodesOfVisit } from './clinic-of-visit.ts'
import { readClinician } from './clinician.ts'
import { defined } from './defined.ts'
import { readPlace } from './place.ts'

/** What a message says of a stay in hospital. */
export type VisitInMessage = Pick<
  RecordAdmissionInput,
  'hospitalId' | 'expectedAt' | 'expectedUntil' | 'at' | 'clinicCodes' | 'clinician' | 'place' | 'reason'
>

/**
 * Whether the visit of PV1 is a stay, or becomes one. An outpatient's visit (O) is none. One to the Emergency department (E) is one
 * from its admission on, and its end (A03, A13) without one is somebody going home from there.
 */
export function isStay(message: Hl7Message, step: AdmissionStep): boolean {
  const patientClass = message.segment('PV1')?.text(2)?.toUpperCase()
  if (patientClass === 'E') return step === 'ADMITTED' || step === 'ADMISSION_CANCELLED'
  return patientClass !== 'O'
}

/** Reads PV1 and PV2: the visit number, when it was to begin and end and when it did, where, and who is responsible. */
export function readVisit(message: Hl7Message, step: AdmissionStep, faults: Fault[]): VisitInMessage {
  const [pv1, pv2] = [message.segment('PV1'), message.segment('PV2')]
  const hospitalId = pv1?.text(19)
  if (hospitalId === undefined)
    faults.push({ where: 'PV1-19', what: 'the visit number is missing. Send it: it tells one stay from another.' })
  const planned = step === 'PLANNED'
  const arrival = { where: 'PV2-8', value: pv2?.value(8) }
  const admission = { where: 'PV1-44', value: pv1?.value(44) }
  const discharge = { where: 'PV1-45', value: pv1?.value(45) }
  const happened = { where: 'EVN-6', value: message.segment('EVN')?.value(6) }
  const began = step === 'DISCHARGED' ? [discharge, happened] : step === 'ADMITTED' ? [admission, happened] : [happened]
  return {
    hospitalId: hospitalId ?? '',
    clinicCodes: clinicCodesOfVisit(message),
    ...defined({
      expectedAt: readTime(planned ? [arrival, admission] : [arrival], faults, { mustHaveTime: planned }),
      expectedUntil: readTime([{ where: 'PV2-9', value: pv2?.value(9) }], faults),
      at: planned ? undefined : (readTime(began, faults) ?? undefined),
      clinician: readClinician(message),
      place: readPlace(message),
      reason: readReason(message),
    }),
  }
}

interface Said {
  where: string
  value: string | null | undefined
}

/** The first that is given. A day without a time says when to come only to a clerk: not taken, or refused where the patient must know. */
function readTime(candidates: Said[], faults: Fault[], { mustHaveTime = false } = {}): string | null | undefined {
  const given = candidates.find(({ value }) => value !== undefined)
  if (given?.value === undefined || given.value === null) return given?.value
  const time = readTimestamp(given.value)
  if (!time) faults.push({ where: given.where, what: 'this is no date and time. Send a real one: YYYYMMDDHHMM.' })
  else if (time.precision === 'MINUTE' || time.precision === 'SECOND') return time.instant.toISOString()
  else if (mustHaveTime)
    faults.push({ where: given.where, what: 'the time of day is missing. Send YYYYMMDDHHMM: the patient must know.' })
  return undefined
}

/** Why it will not take place, in words fit for the patient. PV2-3, why the patient comes, is clinical and never read. */
function readReason(message: Hl7Message): string | undefined {
  const evn = message.segment('EVN')
  return [evn?.text(4, 2), evn?.text(4)].find((text) => text !== undefined && /[a-z]/.test(text))
}
