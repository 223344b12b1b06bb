import { readableTime } from '../hl7/readable-time.ts'
import { NotInTheBook } from './book.ts'
import { envelope, named, sendMessage, whose, type Act, type Acts } from './hospital.ts'
import {
  amendAppointment,
  bookAppointment,
  cancelAppointment,
  deleteAppointment,
  markAttended,
  markMissed,
  moveAppointment,
} from './messages.ts'
import { cancelStay } from './stay-acts.ts'

const book: Act<'book'> = async (hospital, order) => {
  const person = named(hospital.book.person(order.patient))
  const code = order.clinic ?? hospital.book.clinics[0]?.code
  if (code === undefined) throw new NotInTheBook('The hospital has no clinic of its own here. Name one with --clinic.')
  const clinic = hospital.book.clinics.find((it) => it.code === code)
  const startsAt = order.at ?? weekdayMorning(hospital.now())
  const minutes = order.minutes ?? clinic?.minutes ?? 30
  const clinician = order.clinician ?? clinic?.clinicians[0]
  const kind = order.admission ? ('ADMISSION' as const) : ('OUTPATIENT' as const)
  const appointment = { id: order.id, clinicCode: code, startsAt, minutes, clinician, medium: order.medium, kind }
  const exit = await sendMessage(hospital, bookAppointment(person, appointment, envelope(hospital)))
  if (exit !== 0) return exit
  const { id } = order
  const { hospitalNumber } = person
  hospital.book.remember({
    appointment: { id, hospitalNumber, clinicCode: code, minutes, startsAt: startsAt.toISOString() },
  })
  hospital.print(`\nAppointment ${id} is booked for ${readableTime(startsAt)}.\n`)
  hospital.print(`Next: npm run hospital -- move ${id} --at "..."   or   npm run hospital -- cancel ${id}\n`)
  return exit
}

const move: Act<'move'> = async (hospital, { id, at, patient }) => {
  const { person, known } = whose(hospital, id, patient)
  if (known?.stay)
    throw new NotInTheBook(`${id} is a stay. Plan it anew: npm run hospital -- plan --visit ${id} --at "..."`)
  const appointment = { id, startsAt: at, minutes: known?.minutes }
  const exit = await sendMessage(hospital, moveAppointment(person, appointment, envelope(hospital)))
  if (exit === 0 && known)
    hospital.book.remember({ appointment: { ...known, startsAt: at.toISOString(), cancelled: false } })
  return exit
}

const cancel: Act<'cancel'> = async (hospital, { id, reason, patient }) => {
  const { person, known } = whose(hospital, id, patient)
  if (known?.stay) return cancelStay(hospital, known, person, reason)
  const exit = await sendMessage(hospital, cancelAppointment(person, { id }, reason, envelope(hospital)))
  if (exit === 0 && known) hospital.book.remember({ appointment: { ...known, cancelled: true } })
  return exit
}

const amend: Act<'amend'> = async (hospital, { patient, ...amendment }) => {
  const { person } = whose(hospital, amendment.id, patient)
  return sendMessage(hospital, amendAppointment(person, amendment, envelope(hospital)))
}

const attended: Act<'attended'> = async (hospital, { id, patient }) => {
  const { person } = whose(hospital, id, patient)
  return sendMessage(hospital, markAttended(person, id, envelope(hospital)))
}

const missed: Act<'missed'> = async (hospital, { id, patient }) => {
  const { person } = whose(hospital, id, patient)
  return sendMessage(hospital, markMissed(person, id, envelope(hospital)))
}

const remove: Act<'delete'> = async (hospital, { id, patient }) => {
  const { person, known } = whose(hospital, id, patient)
  const exit = await sendMessage(hospital, deleteAppointment(person, id, envelope(hospital)))
  if (exit === 0 && known) hospital.book.remember({ appointment: { ...known, cancelled: true } })
  return exit
}

/** Half past ten in the morning (as UTC has it) on a weekday about a week from now. */
function weekdayMorning(now: Date): Date {
  const day = new Date(now)
  day.setUTCDate(day.getUTCDate() + 7)
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1)
  day.setUTCHours(10, 30, 0, 0)
  return day
}

/** What is done with appointments. */
export const appointmentActs: Acts<'book' | 'move' | 'cancel' | 'amend' | 'attended' | 'missed' | 'delete'> = {
  book,
  move,
  cancel,
  amend,
  attended,
  missed,
  delete: remove,
}
