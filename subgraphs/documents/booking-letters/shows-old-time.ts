import { Directive, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { batched } from '../../runtime/batch.ts'
import type { ReferenceResolver } from '../../runtime/federate.ts'
import { typeOfDocument } from '../clinical-document.ts'
import { AdmissionLetterType, AppointmentLetterType } from '../letter.type.ts'
import { shown, type ShownBookingLetter } from '../shown-document.ts'
import { shownToReader } from '../shown-of-document.ts'
import { BookingLetter } from './booking-letter.entity.ts'

const description =
  'True when the appointment is at another time by now: after a change by the patient no new letter comes.'

@Resolver(() => AppointmentLetterType)
export class OldTimeOfAppointmentLetter {
  @Auth(shownToReader)
  @Directive('@requires(fields: "appointment { startsAt }")')
  @FieldResolver(() => Boolean, { description })
  showsOldTime(@Root() letter: ShownBookingLetter): boolean {
    return showsOldTime(letter)
  }
}

@Resolver(() => AdmissionLetterType)
export class OldTimeOfAdmissionLetter {
  @Auth(shownToReader)
  @Directive('@requires(fields: "appointment { startsAt }")')
  @FieldResolver(() => Boolean, { description })
  showsOldTime(@Root() letter: ShownBookingLetter): boolean {
    return showsOldTime(letter)
  }
}

function showsOldTime({ startsAt, startsAtNow }: ShownBookingLetter): boolean {
  if (!startsAtNow) throw new Error('the time of the appointment did not come along')
  return startsAtNow.getTime() !== startsAt.getTime()
}

const letterById = batched(async ({ em }, ids) => {
  const letters = await em.find(BookingLetter, { id: { $in: [...ids] } })
  return new Map(letters.map((letter) => [letter.id, letter]))
})

/** A letter about a booking. The time of the appointment comes along when `showsOldTime` is asked. */
export const bookingLetterReference: ReferenceResolver = async ({ __typename, id, appointment }, context) => {
  const row = await letterById(context, String(id))
  if (!row || typeOfDocument(row) !== __typename) return null
  const startsAt = (appointment as { startsAt?: string } | null | undefined)?.startsAt
  return { ...shown(context, row), ...(startsAt && { startsAtNow: new Date(startsAt) }) }
}
