import { readableTime } from '../hl7/readable-time.ts'
import { NotInTheBook, type BookedAppointment } from './book.ts'
import { envelope, named, sendMessage, whose, type Act, type Acts, type Hospital } from './hospital.ts'
import type { HospitalPerson } from './messages.ts'
import {
  admitPatient,
  cancelAdmission,
  cancelPlan,
  dischargePatient,
  planStay,
  type HospitalStay,
} from './stay-messages.ts'

const plan: Act<'plan'> = async (hospital, { patient, stay }) => {
  const person = named(hospital.book.person(patient))
  const exit = await sendMessage(hospital, planStay(person, stay, envelope(hospital)))
  if (exit !== 0) return exit
  remember(hospital, person, stay, 'PLANNED')
  if (stay.expectedAt) hospital.print(`\nStay ${stay.id} is planned for ${readableTime(stay.expectedAt)}.\n`)
  hospital.print(`Next: npm run hospital -- admit ${stay.id}   or   npm run hospital -- cancel ${stay.id}\n`)
  return exit
}

const admit: Act<'admit'> = async (hospital, { patient, stay }) => {
  const { person, known } = whoStays(hospital, stay.id, patient)
  const exit = await sendMessage(hospital, admitPatient(person, stay, envelope(hospital)))
  if (exit !== 0) return exit
  remember(hospital, person, { ...stay, clinicCode: stay.clinicCode ?? known?.clinicCode }, 'ADMITTED')
  hospital.print(`\nNext: npm run hospital -- discharge ${stay.id}   or   npm run hospital -- cancel ${stay.id}\n`)
  return exit
}

const discharge: Act<'discharge'> = async (hospital, { id, patient }) => {
  const { person, known } = whoStays(hospital, id, patient)
  const exit = await sendMessage(hospital, dischargePatient(person, { id }, envelope(hospital)))
  if (exit === 0) remember(hospital, person, { id, clinicCode: known?.clinicCode }, 'DISCHARGED')
  return exit
}

/** Gives up a plan, or takes an admission back: then the stay is planned again. */
export async function cancelStay(
  hospital: Hospital,
  known: BookedAppointment,
  person: HospitalPerson,
  reason: string | undefined,
): Promise<number> {
  if (known.stay === 'DISCHARGED') throw new NotInTheBook(`Stay ${known.id} is over. There is nothing to cancel.`)
  const isAdmitted = known.stay === 'ADMITTED'
  const message = isAdmitted ? cancelAdmission : cancelPlan
  const exit = await sendMessage(hospital, message(person, { id: known.id, reason }, envelope(hospital)))
  if (exit === 0) hospital.book.remember({ appointment: { ...known, stay: 'PLANNED', cancelled: !isAdmitted } })
  return exit
}

function whoStays(hospital: Hospital, id: string, patient: string | undefined) {
  const { person, known } = whose(hospital, id, patient)
  if (known && !known.stay)
    throw new NotInTheBook(`${id} is an appointment. See: npm run hospital -- list. Give a stay a number of its own.`)
  return { person, known }
}

function remember(
  { book }: Hospital,
  { hospitalNumber }: HospitalPerson,
  { id, clinicCode = '', expectedAt }: HospitalStay,
  stay: NonNullable<BookedAppointment['stay']>,
): void {
  const startsAt = expectedAt?.toISOString() ?? book.appointment(id)?.startsAt
  book.remember({ appointment: { id, hospitalNumber, clinicCode, minutes: 0, startsAt, stay } })
}

/** What is done with stays in hospital. */
export const stayActs: Acts<'plan' | 'admit' | 'discharge'> = { plan, admit, discharge }
