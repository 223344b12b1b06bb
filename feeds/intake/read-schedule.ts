import { MessageRefused, type Fault } from '../hl7/fault.ts'
import { readAppointment, type AppointmentInMessage } from '../reading/appointment.ts'
import { readEventTime } from '../reading/event-time.ts'
import { readPerson } from '../reading/person.ts'
import type { Errand } from './intake.ts'
import { putPerson, type Whose } from './record-person.ts'

/** A scheduling message once its person is on record. */
export interface Schedule {
  appointment: AppointmentInMessage
  whose: Whose
  eventAt: Date
  notes: string[]
}

/** Reads a scheduling message and records its person. Throws everything that is wrong with it, before anything is recorded. */
export async function readSchedule(errand: Errand): Promise<Schedule> {
  const { message, intake } = errand
  const faults: Fault[] = []
  const eventAt = readEventTime(message, intake.now(), faults)
  const person = readPerson(message, faults)
  const appointment = readAppointment(message, faults)
  if (faults.length > 0) throw new MessageRefused(faults)
  const { whose, notes } = await putPerson(errand, person, eventAt)
  return { appointment, whose, eventAt, notes }
}
