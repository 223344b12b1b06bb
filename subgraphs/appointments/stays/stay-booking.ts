import type { Appointment } from '../appointment.entity.ts'
import { AppointmentKind } from '../appointment-status.ts'
import { AppointmentIncomplete, type Booking, bookingFrom } from '../booking.ts'
import type { Clinic } from '../clinic.entity.ts'
import { AdmissionStep } from './admission-step.ts'
import type { RecordAdmissionInput } from './record-admission.input.ts'

const aDay = 24 * 60 * 60_000

/**
 * A stay as a booking: of a day, without word of going home. Only a plan says when it is to be; one that nobody planned
 * starts when the patient came.
 */
export function stayBooking(
  { step, at, expectedAt, expectedUntil, ...word }: RecordAdmissionInput,
  before: Appointment | null,
  clinic: Clinic,
): Booking | AppointmentIncomplete {
  const stay = { ...word, kind: AppointmentKind.ADMISSION }
  const isPlan = step === AdmissionStep.PLANNED
  if (before && !isPlan) return bookingFrom(stay, before, clinic)
  const startsAt = expectedAt ?? before?.startsAt ?? (isPlan ? undefined : (at ?? word.eventAt))
  if (!startsAt) return new AppointmentIncomplete('expectedAt', 'expectedAt: say when the patient is to come.')
  if (isPlan && expectedUntil && expectedUntil <= startsAt)
    return new AppointmentIncomplete('expectedUntil', 'expectedUntil: must be later than the patient comes.')
  const aDayLater = new Date(startsAt.getTime() + aDay)
  const endsAt = expectedUntil && expectedUntil > startsAt ? expectedUntil : before ? undefined : aDayLater
  return bookingFrom({ ...stay, startsAt, ...(endsAt && { endsAt }) }, before, clinic)
}
