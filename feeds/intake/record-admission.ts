import { RecordAdmissionDocument, type AdmissionStep } from '../../client/main.ts'
import { MessageRefused, refuse, type Fault } from '../hl7/fault.ts'
import { readEventTime } from '../reading/event-time.ts'
import { readPerson } from '../reading/person.ts'
import { isStay, readVisit, type VisitInMessage } from '../reading/visit.ts'
import { anotherPatient, noteOf } from './appointment-outcome.ts'
import type { Errand, Reaction } from './intake.ts'
import { putPerson, recordPerson, type Whose } from './record-person.ts'

/** ADT^A01, A03, A05, A11, A13, A14, A27, A38: the person, then this step of the stay. */
export const recordAdmission =
  (step: AdmissionStep): Reaction =>
  async (errand) => {
    const { message, intake } = errand
    if (!isStay(message, step)) return recordPerson(errand)
    const faults: Fault[] = []
    const eventAt = readEventTime(message, intake.now(), faults)
    const person = readPerson(message, faults)
    const visit = readVisit(message, step, faults)
    if (faults.length > 0) throw new MessageRefused(faults)
    const { whose, notes } = await putPerson(errand, person, eventAt)
    return [...notes, ...(await putStep(errand, step, visit, whose, eventAt))]
  }

async function putStep(
  { intake, keyFor, signal, requestId }: Errand,
  step: AdmissionStep,
  visit: VisitInMessage,
  whose: Whose,
  eventAt: Date,
): Promise<string[]> {
  const input = { ...visit, ...whose, step, idempotencyKey: keyFor('admission'), eventAt: eventAt.toISOString() }
  const { recordAdmission: outcome } = await intake.graph.write(
    RecordAdmissionDocument,
    { input },
    { signal, requestId },
  )
  switch (outcome.__typename) {
    case 'AppointmentRecorded':
      return outcome.flags.flatMap((flag) => noteOf[flag]?.replace(/^SCH-\d+/, 'PV1') ?? [])
    case 'AppointmentKeptOut':
      return []
    case 'AppointmentNotFound':
      return refuse('PV1-19', unknown)
    case 'AppointmentIncomplete':
      return refuse(placeOf[outcome.field] ?? 'PV1', outcome.field === 'hospitalId' ? noStay : incomplete)
    case 'PatientDiffers':
      return refuse('PV1-19', anotherPatient)
    default:
      return outcome satisfies never
  }
}

const unknown = 'the portal does not know this visit. Send its admission (A01) or its plan (A05, A14) first.'
const noStay =
  'the portal knows this number as that of a clinic appointment (SCH-1), which is no stay. Send the visit with a number of its own.'
const incomplete =
  'this visit is new to the portal and this is missing. Send the expected admission (PV2-8) with its time.'
const placeOf: Record<string, string> = { startsAt: 'PV2-8', expectedAt: 'PV2-8', at: 'PV1-44', hospitalId: 'PV1-19' }
