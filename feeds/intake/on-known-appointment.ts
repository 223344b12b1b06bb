import { refuse } from '../hl7/fault.ts'
import type { Errand } from './intake.ts'
import type { Schedule } from './read-schedule.ts'
import { putBooking } from './record-booking.ts'

/** Does one thing to an appointment under this name of a step: its notes, or undefined when the portal does not know it. */
export type Deed = (step: string) => Promise<string[] | undefined>

/** Does something to an appointment. One the portal never heard of is recorded first, when the message says enough of it. */
export async function onKnownAppointment(
  errand: Errand,
  schedule: Schedule,
  name: string,
  deed: Deed,
): Promise<string[]> {
  const known = await deed(name)
  if (known) return [...schedule.notes, ...known]
  const { details, clinicCodes } = schedule.appointment
  if (details.startsAt === undefined || clinicCodes.length === 0) return refuse('SCH-1', unknown)
  const booked = await putBooking(errand, schedule)
  // The answer to the first key is "not found", for good: the second try needs one of its own.
  const done = await deed(`${name}-of-unknown`)
  // Still unknown: the trust keeps this clinic out of the portal, and there is nothing to do it to.
  return [...new Set([...schedule.notes, ...booked, ...(done ?? [])])]
}

const unknown =
  'the portal does not know this appointment, and the message says too little to record it. ' +
  'Send the identifier it was booked with, or clinic (AIS-3) and start (SCH-11.4) too.'
