import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import type { ReferenceResolver } from '../../runtime/federate.ts'
import { Role } from '../../runtime/viewer.ts'
import { BookingLetter } from './booking-letter.entity.ts'
import { AppointmentLetterType } from './booking-letter.type.ts'
import { AppointmentStub } from '../appointment.stub.ts'

@Resolver(() => AppointmentStub)
export class LetterOfAppointment {
  @Auth({ roles: [Role.PATIENT, Role.SYSTEM], relation: Relation.SELF })
  @FieldResolver(() => AppointmentLetterType, {
    nullable: true,
    description: 'The newest letter about it; null until it is written.',
  })
  letter(@Root() appointment: AppointmentStub, @Ctx() context: Context) {
    return newestLetter(context, appointment.id)
  }
}

const newestLetter = batched(async ({ em }, appointmentIds) => {
  const where = { appointmentId: { $in: [...appointmentIds] } }
  const letters = await em.find(BookingLetter, where, { orderBy: { number: 'asc' } })
  return new Map(letters.map((letter) => [letter.appointmentId, letter]))
})

const letterById = batched(async ({ em }, ids) => {
  const letters = await em.find(BookingLetter, { id: { $in: [...ids] } })
  return new Map(letters.map((letter) => [letter.id, letter]))
})

/** An id alone proves nothing about whose appointment it is: the letter about it does. */
export const appointmentReference: ReferenceResolver = async ({ id }, context) => {
  const letter = await newestLetter(context, String(id))
  return letter && letter.appointment
}

/** The time of the appointment comes along when `showsOldTime` is asked. */
export const letterReference: ReferenceResolver = async ({ id, appointment }, context) => {
  const letter = await letterById(context, String(id))
  const startsAt = (appointment as { startsAt?: string } | undefined)?.startsAt
  if (letter && startsAt) letter.startsAtNow = new Date(startsAt)
  return letter
}
