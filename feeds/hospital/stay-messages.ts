import { writeTimestamp } from '../hl7/timestamp.ts'
import { writeClinician, writeMessage, writeSegment, writeText } from '../hl7/writing.ts'
import { header, identification, type Envelope, type HospitalPerson } from './person-segments.ts'

/** A stay in hospital as the hospital's own system would send it. */
export interface HospitalStay {
  /** The visit number: PV1-19. */
  readonly id: string
  /** The service it is with: PV1-10. */
  readonly clinicCode?: string | undefined
  readonly clinician?: string | undefined
  readonly expectedAt?: Date | undefined
  readonly expectedUntil?: Date | undefined
  /** Why it will not take place. */
  readonly reason?: string | undefined
}

/** ADT^A05: a stay is planned, or planned anew. */
export const planStay = (person: HospitalPerson, stay: HospitalStay, envelope: Envelope): string =>
  about('A05^ADT_A05', 'P', person, stay, envelope)

/** ADT^A01: the patient is admitted. */
export const admitPatient = (person: HospitalPerson, stay: HospitalStay, envelope: Envelope): string =>
  about('A01^ADT_A01', 'I', person, stay, envelope)

/** ADT^A03: the patient goes home. */
export const dischargePatient = (person: HospitalPerson, stay: HospitalStay, envelope: Envelope): string =>
  about('A03^ADT_A03', 'I', person, stay, envelope)

/** ADT^A38: the plan is given up. */
export const cancelPlan = (person: HospitalPerson, stay: HospitalStay, envelope: Envelope): string =>
  about('A38^ADT_A38', 'P', person, stay, envelope)

/** ADT^A11: the admission was a mistake. */
export const cancelAdmission = (person: HospitalPerson, stay: HospitalStay, envelope: Envelope): string =>
  about('A11^ADT_A09', 'I', person, stay, envelope)

function about(
  event: string,
  patientClass: 'I' | 'P',
  person: HospitalPerson,
  { id, clinicCode, clinician, expectedAt, expectedUntil, reason }: HospitalStay,
  envelope: Envelope,
): string {
  const at = writeTimestamp(envelope.at)
  return writeMessage([
    header(`ADT^${event}`, envelope),
    writeSegment('EVN', { 2: at, 4: reason && `^${writeText(reason)}`, 6: at }),
    identification(person, envelope),
    writeSegment('PV1', {
      1: '1',
      2: patientClass,
      7: clinician && writeClinician(clinician),
      10: writeText(clinicCode),
      19: `${writeText(id)}^^^VISITID`,
      44: event.startsWith('A01') ? at : undefined,
      45: event.startsWith('A03') ? at : undefined,
    }),
    ...(expectedAt || expectedUntil
      ? [
          writeSegment('PV2', {
            8: expectedAt && writeTimestamp(expectedAt),
            9: expectedUntil && writeTimestamp(expectedUntil),
          }),
        ]
      : []),
  ])
}
