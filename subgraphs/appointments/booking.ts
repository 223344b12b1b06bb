import { Field, ObjectType } from 'type-graphql'
import { Auth, everyone } from '../runtime/auth.ts'
import { Problem } from '../runtime/problem.ts'
import type { Appointment } from './appointment.entity.ts'
import { AppointmentKind } from './appointment-status.ts'
import { type Arrangement, arrangementFrom } from './arrangement.ts'
import type { Clinic } from './clinic.entity.ts'
import type { Medium } from './medium.ts'
import { type Place, placeFrom } from './place.ts'
import type { RecordAppointmentInput } from './record-appointment.input.ts'

/** What the hospital says of an appointment, made whole from its message and from what was recorded before. */
export interface Booking {
  readonly clinicCode: string
  readonly kind: AppointmentKind
  readonly startsAt: Date
  readonly endsAt: Date
  readonly clinician: string | null
  readonly ownMedium: Medium | null
  readonly ownPlace: Place | null
  readonly arranged: Arrangement[]
  readonly arrangedAt: Date | null
  readonly excluded: boolean
  readonly recordedAt: Date
}

@ObjectType({
  implements: Problem,
  description: 'The message says too little, or what cannot be, to record an appointment.',
})
export class AppointmentIncomplete extends Problem {
  @Auth(everyone)
  @Field(() => String, { description: 'The field that is missing or wrong.' })
  readonly field: string

  constructor(field: string, message: string) {
    super()
    this.field = field
    this.message = message
  }
}

/** Fields left out change nothing; null clears. */
export function bookingFrom(
  input: RecordAppointmentInput,
  before: Appointment | null,
  clinic: Clinic,
): Booking | AppointmentIncomplete {
  const startsAt = input.startsAt ?? before?.startsAt
  if (!startsAt) return new AppointmentIncomplete('startsAt', 'startsAt: say when the new appointment starts.')
  // Transport and interpreters may be told of by another system, and later than this.
  const arranges = input.arrangements !== undefined && !(before?.arrangedAt && before.arrangedAt > input.eventAt)
  const endsAt = input.endsAt ?? endOf(startsAt, input, before, clinic)
  if (endsAt <= startsAt) return new AppointmentIncomplete('endsAt', 'endsAt: must be later than startsAt.')
  return {
    clinicCode: clinic.code,
    kind: input.kind ?? before?.kind ?? AppointmentKind.OUTPATIENT,
    startsAt,
    endsAt,
    clinician: said(input.clinician, before?.clinician),
    ownMedium: said(input.medium, before?.ownMedium),
    ownPlace: said(input.place && placeFrom(input.place), before?.ownPlace),
    arranged: (arranges ? input.arrangements?.map(arrangementFrom) : before?.arranged) ?? [],
    arrangedAt: (arranges ? input.eventAt : before?.arrangedAt) ?? null,
    excluded: clinic.excluded,
    recordedAt: input.eventAt,
  }
}

const said = <Value>(now: Value | null | undefined, before: Value | null | undefined): Value | null =>
  now === undefined ? (before ?? null) : now

/** An end that was not said: as long as before, or as long as the clinic's appointments are. */
function endOf(startsAt: Date, { endsAt }: RecordAppointmentInput, before: Appointment | null, clinic: Clinic): Date {
  const asBefore = before && endsAt !== null && before.endsAt.getTime() - before.startsAt.getTime()
  return new Date(startsAt.getTime() + (asBefore || clinic.appointmentMinutes * 60_000))
}
